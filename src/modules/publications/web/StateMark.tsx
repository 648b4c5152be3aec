import { useText } from '#core/web/text.ts';
import type { PublicationRow } from '../shapes.ts';
import * as text from './text.ts';

const shapes = { draft: '○', releasing: '◐', released: '●', discarded: '×' } as const;

/** How a bulletin stands, by shape and word. */
export function StateMark({ row }: { row: Pick<PublicationRow, 'state' | 'issue' | 'replacedById' | 'problem'> }) {
  const t = useText(text);
  return (
    <span className={`pub-mark is-${row.state}`}>
      <span className="nowrap">
        {shapes[row.state]} {t.states[row.state]}
      </span>
      {row.issue > 1 && <small>{t.issue(row.issue)}</small>}
      {row.replacedById && <small>▲ {t.replaced}</small>}
      {row.problem && <small>▲ {t.failed}</small>}
    </span>
  );
}
