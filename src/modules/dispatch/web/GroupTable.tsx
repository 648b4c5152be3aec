import { Fragment, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import type { Language } from '#core/shared/words.ts';
import { useText } from '#core/web/text.ts';
import { count, dash, points, yi } from '#core/web/ui/format.ts';
import { Light, lightOrder } from '#core/web/ui/Light.tsx';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import type { Group, Summary } from '../contract.ts';
import { CountyLamp, type CountyLampOf } from './CountyLamp.tsx';
import { CountyWhy } from './CountyWhy.tsx';
import { type Grouping, listLink } from './list-link.ts';
import * as text from './text.ts';

/** One row a group, cut by the clock's tick; the name and each count open the project list with that condition. */
export function GroupTable({
  groups,
  total,
  summary,
  grouping,
  lamps,
  today,
  language,
}: {
  groups: readonly Group[];
  total: Group;
  summary: Summary;
  grouping: Grouping;
  /** Lamps of counties where the rules judge counties; a group without one has none. */
  lamps: readonly CountyLampOf[];
  today: string;
  language: Language;
}) {
  const t = useText(text);
  const [open, setOpen] = useState<string | null>(null);
  const hasLamps = lamps.length > 0;
  const clock = summary.clock.n / summary.clock.d;
  return (
    <div className="wide-table">
      <table className="plain group-table">
        <thead>
          <tr>
            <th className="num">{t.columns.rank}</th>
            <th>{t.by[grouping]}</th>
            {hasLamps && <th>{t.county.lamp}</th>}
            <th className="num">{t.columns.projects}</th>
            <th className="num">
              {t.columns.plan} <small>{t.yi}</small>
            </th>
            <th className="num">
              {t.columns.done} <small>{t.yi}</small>
            </th>
            <th>{t.columns.rate}</th>
            <th className="num">
              {t.columns.gap} <small>{t.points}</small>
            </th>
            {lightOrder.map((light) => (
              <th key={light} className="num">
                <Light value={light} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => {
            const county = lamps.find((lamp) => lamp.unitId === group.key);
            const isOpen = county !== undefined && open === county.unitId;
            return (
              <Fragment key={group.key ?? ''}>
                <Row
                  group={group}
                  year={summary.year}
                  clock={clock}
                  grouping={grouping}
                  today={today}
                  language={language}
                  lamp={
                    hasLamps && (
                      <td>
                        {county && (
                          <CountyLamp
                            county={county}
                            isOpen={isOpen}
                            onToggle={() => setOpen(isOpen ? null : county.unitId)}
                          />
                        )}
                      </td>
                    )
                  }
                />
                {isOpen && (
                  <tr className="why-row">
                    <td colSpan={13}>
                      <CountyWhy county={county} today={today} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <Row
            group={total}
            year={summary.year}
            clock={clock}
            today={today}
            language={language}
            lamp={hasLamps && <td />}
          />
        </tfoot>
      </table>
    </div>
  );
}

function Row({
  group,
  year,
  clock,
  grouping,
  today,
  language,
  lamp,
}: {
  group: Group;
  year: number;
  clock: number;
  /** Left out: the whole. */
  grouping?: Grouping;
  today: string;
  language: Language;
  /** The cell of the county's lamp; false where no group has one. */
  lamp: ReactNode;
}) {
  const t = useText(text);
  const where = grouping ? { grouping, key: group.key } : {};
  const thisYear = yearOf(today);
  const name = grouping ? (group.name ?? t.none) : t.total;
  const gap = group.gapPoints;
  return (
    <tr>
      <td className="num">{group.rank ?? (grouping ? dash : '')}</td>
      <td>
        <Link to={listLink(year, thisYear, where)} aria-label={t.openList(name)}>
          {name}
        </Link>
      </td>
      {lamp}
      <td className="num" title={t.itemsCount(count(group.projects), count(group.items))}>
        {count(group.projects)}
        {group.items !== group.projects && <small className="muted"> / {count(group.items)}</small>}
      </td>
      <td className="num">{yi(group.planYuan, language)}</td>
      <td className="num">{yi(group.doneYuan, language)}</td>
      <td className="rate-cell">
        <RateBar done={group.doneYuan} plan={group.planYuan} clock={clock} />
      </td>
      <td className={`num ${gap === null ? 'muted' : gap < 0 ? 'warn' : ''}`}>{points(gap)}</td>
      {lightOrder.map((light) => (
        <td key={light} className="num">
          {group.lights[light] ? (
            <Link to={listLink(year, thisYear, { ...where, light })}>{count(group.lights[light])}</Link>
          ) : (
            <span className="muted">0</span>
          )}
        </td>
      ))}
    </tr>
  );
}
