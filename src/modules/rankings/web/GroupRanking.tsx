import type { CSSProperties } from 'react';
import { Link } from 'react-router';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ExactFigure, Month, MonthRanking, RankedGroup, RankedRow } from '../contract.ts';
import { riseOf } from '../ranking.ts';
import { showCompleteness, showFigure, unrankedWords } from '../show.ts';
import * as text from './text.ts';

/** Only for the length of a bar; what is compared are the exact fractions. */
const near = (figure: ExactFigure): number | null => ('missing' in figure ? null : Number(figure.n) / Number(figure.d));

/** One group of a ranking: those with a place by place, then those without, each with its reason. */
export function GroupRanking({ month, ranking, group }: { month: Month; ranking: MonthRanking; group: RankedGroup }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const aim = month.aims[ranking.code];
  const values = [...group.rows.map((row) => near(row.figure)), aim ? near(aim.figure) : null].filter(
    (v) => v !== null,
  );
  const span = { from: Math.min(0, ...values), to: Math.max(0, ...values) };
  const by = month.sums[group.code] ?? 'county';
  const year = month.result.period.slice(0, 4);
  const ranked = group.rows.filter((row) => row.unranked === null);
  const apart = group.rows.filter((row) => row.unranked !== null);
  const rowOf = (row: RankedRow) => (
    <Row
      key={row.unitId}
      row={row}
      ranking={ranking}
      span={span}
      aim={aim ? near(aim.figure) : null}
      isOwn={month.ownUnitIds.includes(row.unitId)}
      isWhole={month.isWhole}
      projects={`/projects?${new URLSearchParams({ year, f: JSON.stringify({ [by]: { values: [row.unitId] } }) })}`}
    />
  );
  return (
    <>
      <ScrollX label={words(group.name)}>
        <table className="plain ranking-table">
          <thead>
            <tr>
              <th className="num">{t.columns.rank}</th>
              <th>{t.columns.rise}</th>
              <th>{t.columns.unit}</th>
              <th className="num">{t.columns.figure}</th>
              <th className="span">{t.columns.bar}</th>
              <th className="num">{t.columns.members}</th>
              <th className="num">{t.columns.completeness}</th>
              <th>{t.columns.remark}</th>
            </tr>
          </thead>
          <tbody>{ranked.map(rowOf)}</tbody>
          {apart.length > 0 && (
            <tbody>
              <tr className="ranking-part">
                <th colSpan={8} scope="rowgroup">
                  {t.unranked} <small className="muted">{t.unrankedNote}</small>
                </th>
              </tr>
              {apart.map(rowOf)}
            </tbody>
          )}
        </table>
      </ScrollX>
      {aim && (
        <p className="muted ranking-aim">{t.aimLine(words(aim.name), showFigure(aim.figure, ranking, language))}</p>
      )}
    </>
  );
}

function Row({
  row,
  ranking,
  span,
  aim,
  isOwn,
  isWhole,
  projects,
}: {
  row: RankedRow;
  ranking: MonthRanking;
  span: { from: number; to: number };
  aim: number | null;
  isOwn: boolean;
  isWhole: boolean;
  projects: string;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  return (
    <tr className={isOwn ? 'own' : undefined}>
      <td className="num place">{row.rank ?? '—'}</td>
      <td className="nowrap">
        <Rise row={row} />
      </td>
      <th scope="row">
        {row.name} {isOwn && <span className="tag key">{t.own}</span>}
      </th>
      <td className="num nowrap">
        <b>{showFigure(row.figure, ranking, language)}</b>
      </td>
      <td className="span">
        <Bar value={near(row.figure)} span={span} aim={aim} />
      </td>
      <td className="num">
        <Link to={projects} aria-label={t.toProjects(row.name)}>
          {count(row.members)}
        </Link>
      </td>
      <td className="num">{showCompleteness(row.completeness)}</td>
      <td className="soft">
        {row.unranked
          ? words(unrankedWords[row.unranked])
          : !isWhole
            ? t.notPublished
            : row.isSmall && <span className="tag">{t.small}</span>}
      </td>
    </tr>
  );
}

function Rise({ row }: { row: RankedRow }) {
  const t = useText(text);
  const rise = riseOf(row);
  if (rise === null)
    return row.rank === null ? null : (
      <span className="muted" title={t.noBefore}>
        {'·'}
      </span>
    );
  if (rise === 0)
    return (
      <span className="muted" role="img" aria-label={t.same}>
        —
      </span>
    );
  return rise > 0 ? (
    <span className="rise" role="img" aria-label={t.up(rise)}>
      ↑{rise}
    </span>
  ) : (
    <span className="fall" role="img" aria-label={t.down(-rise)}>
      ↓{-rise}
    </span>
  );
}

function Bar({ value, span, aim }: { value: number | null; span: { from: number; to: number }; aim: number | null }) {
  const width = span.to - span.from || 1;
  const at = (v: number) => ((v - span.from) / width) * 100;
  const style = {
    '--from': `${value === null ? 0 : Math.min(at(0), at(value))}%`,
    '--long': `${value === null ? 0 : Math.abs(at(value) - at(0))}%`,
    '--aim': aim === null ? '0%' : `${at(aim)}%`,
  } as CSSProperties;
  const side = value === null || aim === null ? '' : value < aim ? ' behind' : ' ahead';
  return (
    <span className={`ranking-bar${side}${aim === null ? ' aimless' : ''}`} style={style} aria-hidden="true">
      <i />
    </span>
  );
}
