import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { Light, type LightValue } from '#core/web/ui/Light.tsx';
import * as text from './text.ts';

const order = ['normal', 'warn', 'late', 'ahead', 'idle'] as const satisfies readonly LightValue[];

/** The counts are the map's legend as well. */
export function LightCounts({ counts }: { counts: Record<LightValue, number> }) {
  const t = useText(text);
  return (
    <section aria-label={t.lights}>
      <ul className="lights">
        {order.map((light) => (
          <li key={light}>
            <a href={`/projects?f=${encodeURIComponent(JSON.stringify({ light: { values: [light] } }))}`}>
              <b>{count(counts[light])}</b>
              <Light value={light} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
