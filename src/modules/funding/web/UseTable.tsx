import { useLanguage, useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ProjectFunding } from '../shapes.ts';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';

/** The issues of special bonds a project was given, against the six-month rule. */
export function UseTable({ bonds }: { bonds: ProjectFunding['bonds'] }) {
  const t = useText(text);
  const language = useLanguage();
  const head = t.bonds.head;
  return (
    <>
      <h3 className="funding-h3" title={t.bonds.rule}>
        {t.bonds.section}
      </h3>
      <ScrollX label={t.bonds.section}>
        <table className="plain">
          <thead>
            <tr>
              <th>{head.bond}</th>
              <th className="num">{head.allotted}</th>
              <th className="num">{head.used}</th>
              <th className="num">{head.expected}</th>
              <th className="num">{head.progress}</th>
              <th>{head.useBy}</th>
              <th>{head.light}</th>
            </tr>
          </thead>
          <tbody>
            {bonds.map((bond) => (
              <tr key={bond.bondId}>
                <td>{bond.name}</td>
                <td className="num">{yi(bond.allottedYuan, language)}</td>
                <td className="num">{yi(bond.usedYuan, language)}</td>
                <td className="num">{yi(bond.expectedYuan, language)}</td>
                <td className="num">
                  {bond.expectedYuan === 0 ? (
                    <span className="muted">{t.bonds.notYet}</span>
                  ) : (
                    shareText(bond.usedYuan, bond.expectedYuan)
                  )}
                </td>
                <td className="nowrap">{bond.useBy}</td>
                <td>
                  <Light value={bond.light} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}
