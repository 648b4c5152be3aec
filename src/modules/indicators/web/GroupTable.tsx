import type { CSSProperties } from 'react';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Figure, GroupFigure, groupings } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { FigureText } from './FigureText.tsx';
import * as text from './text.ts';

/** Only for the length of a bar; figures themselves are never taken from a binary fraction. */
const near = (figure: Figure): number => ('missing' in figure ? 0 : Number(figure.n) / Number(figure.d));

/** One indicator for each group and for the whole. */
export function GroupTable({
  whole,
  groups,
  by,
  of,
}: {
  whole: Figure;
  groups: readonly GroupFigure[];
  by: (typeof groupings)[number];
  of: Pick<Definition, 'unit' | 'decimals'>;
}) {
  const t = useText(text);
  const longest = Math.max(...[whole, ...groups.map((g) => g.figure)].map((f) => Math.abs(near(f))), 0);
  const bar = (figure: Figure) => {
    const value = near(figure);
    const style = { '--v': `${longest === 0 ? 0 : (Math.abs(value) / longest) * 100}%` } as CSSProperties;
    return <i className={value < 0 ? 'indicator-bar below' : 'indicator-bar'} style={style} aria-hidden="true" />;
  };
  const members = groups.reduce((sum, g) => sum + g.members, 0);
  return (
    <ScrollX label={t.byGroup}>
      <table className="plain indicator-groups">
        <thead>
          <tr>
            <th>{t.by[by]}</th>
            <th className="num">{t.members}</th>
            <th className="num">{t.figure}</th>
            <th className="length">{t.share}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((g) => (
            <tr key={g.key ?? ''}>
              <th scope="row">{g.name ?? t.none}</th>
              <td className="num">{count(g.members)}</td>
              <td className="num">
                <FigureText figure={g.figure} of={of} />
              </td>
              <td className="length">{bar(g.figure)}</td>
            </tr>
          ))}
          <tr className="whole">
            <th scope="row">{t.whole}</th>
            <td className="num">{count(members)}</td>
            <td className="num">
              <FigureText figure={whole} of={of} />
            </td>
            <td className="length">{bar(whole)}</td>
          </tr>
        </tbody>
      </table>
      <p className="muted indicator-note">{t.groupsNote}</p>
    </ScrollX>
  );
}
