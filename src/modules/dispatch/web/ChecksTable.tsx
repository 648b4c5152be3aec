import type { z } from 'zod';
import { useText, useWords } from '#core/web/text.ts';
import { dash } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { Check } from '../contract.ts';
import { CheckFigures } from './CheckFigures.tsx';
import * as text from './text.ts';

/** Every rule with its condition, its figures and what came of it. `light` chooses whose condition is shown. */
export function ChecksTable({
  checks,
  light,
  doneLink,
}: {
  checks: readonly z.infer<typeof Check>[];
  light: 'warn' | 'late';
  /** Where the money done opens: the newest accepted filing. */
  doneLink?: string | undefined;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t.why.rule}</th>
          <th>{t.why.condition(t.lightNames[light])}</th>
          <th>{t.why.inputs}</th>
          <th>{t.why.result}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => {
          const condition = check.conditions[light] ?? check.conditions.late;
          return (
            <tr key={check.rule} data-light={check.light ?? 'none'} title={words(check.result)}>
              <td className="nowrap">{words(check.name)}</td>
              <td>{condition ? words(condition) : dash}</td>
              <td>
                <CheckFigures check={check} doneLink={doneLink} />
              </td>
              <td className="nowrap">
                {check.light && <Light value={check.light} />}
                {check.state !== 'decided' && <small className="muted"> {t.why.states[check.state]}</small>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
