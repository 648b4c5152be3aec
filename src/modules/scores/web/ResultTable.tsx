import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { plus, unwire, wire, zero } from '../exact.ts';
import type { SchemeBody } from '../scheme.ts';
import type { ResultUnit } from '../shapes.ts';
import { nameOf, showPoints } from './show.ts';
import * as text from './text.ts';

const selfTotal = (unit: ResultUnit) =>
  unit.items.some((i) => i.selfPoints)
    ? wire(unit.items.reduce((sum, i) => (i.selfPoints ? plus(sum, unwire(i.selfPoints)) : sum), zero))
    : null;

/** Best first, who is not ranked at the end. */
const inOrder = (units: readonly ResultUnit[]): ResultUnit[] =>
  [...units].sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9));

export function ResultTable({
  label,
  body,
  units,
  onOpen,
}: {
  label: string;
  body: SchemeBody;
  units: readonly ResultUnit[];
  onOpen: (unitId: string, item: string) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const { decimals } = body;
  const named = (code: string) => {
    const item = body.items.find((i) => i.code === code);
    return item ? nameOf(item.name, language) : code;
  };
  const parts: { part: string; span: number }[] = [];
  for (const { part } of body.items) {
    const last = parts.at(-1);
    if (last && last.part === part) last.span += 1;
    else parts.push({ part, span: 1 });
  }
  return (
    <ScrollX label={label}>
      <table className="plain scores-table">
        <thead>
          {parts.length > 1 && (
            <tr className="scores-parts">
              <th colSpan={2} className="scores-stick" />
              {parts.map(({ part, span }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: headings stand in the order of the items
                <th key={i} colSpan={span} scope="colgroup">
                  {part}
                </th>
              ))}
              <th colSpan={2} />
            </tr>
          )}
          <tr>
            <th className="num scores-rank">{t.rank}</th>
            <th className="scores-unit">{t.unit}</th>
            {body.items.map((item) => (
              <th key={item.code} className="num">
                {nameOf(item.name, language)}
                <small>{item.side === 'score' ? item.weight : t.sides[item.side]}</small>
              </th>
            ))}
            <th className="num">{t.selfTotal}</th>
            <th className="num">{t.total}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(units).map((unit) => {
            const self = selfTotal(unit);
            return (
              <tr key={unit.unitId} className={unit.isOwn ? 'scores-own' : undefined}>
                <td className="num scores-rank">{unit.rank ?? '—'}</td>
                <th scope="row" className="scores-unit">
                  {unit.name}
                  {unit.isOwn && <small className="tag">{t.own}</small>}
                  {unit.veto && (
                    <small className="scores-veto">
                      {t.veto}：{words(unit.veto)}
                    </small>
                  )}
                </th>
                {unit.items.map((item) => {
                  const name = named(item.code);
                  const points = showPoints(item.points, decimals);
                  return (
                    <td key={item.code} className="num">
                      <button
                        type="button"
                        className="scores-cell"
                        aria-label={t.open(unit.name, name, points)}
                        onClick={() => onOpen(unit.unitId, item.code)}
                      >
                        {points}
                        {item.selfPoints && (
                          <small>
                            {t.self} {showPoints(item.selfPoints, decimals)}
                          </small>
                        )}
                      </button>
                    </td>
                  );
                })}
                <td className="num soft">{self ? showPoints(self, decimals) : '—'}</td>
                <td className="num">
                  <button
                    type="button"
                    className="scores-cell scores-total"
                    aria-label={t.openUnit(unit.name)}
                    onClick={() => onOpen(unit.unitId, '')}
                  >
                    {showPoints(unit.total, decimals)}
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollX>
  );
}
