import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { dash, yiWithUnit } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { RuleSetVersion } from '../contract.ts';
import { LevelLight } from './LevelLight.tsx';
import * as text from './text.ts';

/** One row a rule, in the shape in which cities publish them: who is judged, green, yellow, red, what follows. */
export function RuleTable({ shown }: { shown: RuleSetVersion }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const c = t.rules.columns;
  const levelName = (code: string) => words(shown.levels.find((l) => l.code === code)?.words ?? { zh: code, en: code });
  return (
    <ScrollX label={c.rule}>
      <table className="plain">
        <thead>
          <tr>
            <th>{c.rule}</th>
            <th>{c.subject}</th>
            {shown.levels.map(({ code }) => (
              <th key={code} className="nowrap">
                <LevelLight levels={shown.levels} code={code} />
              </th>
            ))}
            <th>{c.consequence}</th>
            <th>{c.basis}</th>
          </tr>
        </thead>
        <tbody>
          {shown.rows.map((row) => (
            <tr key={row.code}>
              <td className="nowrap">
                <b>{words(row.name)}</b>
              </td>
              <td className="nowrap">
                {t.rules.subject[row.subject]}
                {row.leastPlanYuan !== null && (
                  <div className="muted">{t.rules.leastPlan(yiWithUnit(row.leastPlanYuan, language))}</div>
                )}
              </td>
              {shown.levels.map(({ code }) => (
                <td key={code}>
                  {row.conditions[code] ? words(row.conditions[code]) : <span className="muted">{dash}</span>}
                </td>
              ))}
              <td>
                {row.consequences.map((consequence) => (
                  <div key={`${consequence.light}${consequence.months}${consequence.text.zh}`}>
                    <span className="muted">{levelName(consequence.light)}</span>{' '}
                    {consequence.months > 1 && t.rules.months(consequence.months)}
                    {words(consequence.text)}
                  </div>
                ))}
              </td>
              <td>
                {t.rules.basis[row.basis]}
                {row.note && <div className="muted">{words(row.note)}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
