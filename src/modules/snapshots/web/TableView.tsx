import { Link } from 'react-router';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { count, dash, moment, points, wan, yi, yiUnit } from '#core/web/ui/format.ts';
import { Light, type LightValue, lightOrder } from '#core/web/ui/Light.tsx';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { TablePage } from '../contract.ts';
import * as text from './text.ts';

/** The summary by county and the first projects of a month, from frozen cells or as of a moment. */
export function TableView({ table }: { table: TablePage }) {
  const t = useText(text);
  const language = useLanguage();
  const words = useWords();
  const clock = table.clock.n / table.clock.d;
  const group = (g: TablePage['total'], name: string) => (
    <tr key={g.key ?? name}>
      <td className="num">{g.rank ?? dash}</td>
      <th scope="row">{name}</th>
      <td className="num nowrap">
        {count(g.projects)}
        {g.items !== g.projects && <small className="muted"> / {count(g.items)}</small>}
      </td>
      <td className="num">{yi(g.planYuan, language)}</td>
      <td className="num">{yi(g.doneYuan, language)}</td>
      <td className="snap-rate">
        <RateBar done={g.doneYuan} plan={g.planYuan} clock={clock} />
      </td>
      <td className="num">{points(g.gapPoints)}</td>
      {lightOrder.map((light) => (
        <td key={light} className="num">
          {count(g.lights[light] ?? 0)}
        </td>
      ))}
    </tr>
  );
  return (
    <>
      <p className="snap-note">
        {[
          `${t.columns.asOf} ${moment(table.asOf)}`,
          t.table.clock(table.clock.shown),
          t.table.rules(words(table.ruleSet), table.ruleSet.version),
        ].join('　')}
      </p>
      <ScrollX label={t.month.table}>
        <table className="plain snap-groups">
          <thead>
            <tr>
              <th className="num">{t.table.rank}</th>
              <th>{t.table.county}</th>
              <th className="num">{t.table.projects}</th>
              <th className="num">
                {t.table.plan} <small>{yiUnit(language)}</small>
              </th>
              <th className="num">
                {t.table.done} <small>{yiUnit(language)}</small>
              </th>
              <th>{t.table.rate}</th>
              <th className="num">
                {t.table.gap} <small>{t.table.points}</small>
              </th>
              {lightOrder.map((light) => (
                <th key={light} className="num">
                  <Light value={light} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{table.counties.map((g) => group(g, g.name ?? t.table.noCounty))}</tbody>
          <tfoot>{group(table.total, t.table.city)}</tfoot>
        </table>
      </ScrollX>
      <p className="snap-note">{t.month.tableNote(count(table.rows.length), count(table.rowCount))}</p>
      <ScrollX label={t.table.project}>
        <table className="plain snap-rows">
          <thead>
            <tr>
              <th className="num">No.</th>
              <th>{t.table.project}</th>
              <th>{t.table.county}</th>
              <th>{t.table.light}</th>
              <th className="num">
                {t.table.plan} <small>{t.table.wan}</small>
              </th>
              <th className="num">
                {t.table.monthDone} <small>{t.table.wan}</small>
              </th>
              <th className="num">
                {t.table.done} <small>{t.table.wan}</small>
              </th>
              <th className="num">
                {t.table.gap} <small>{t.table.points}</small>
              </th>
              <th>{t.table.filing}</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.id}>
                <td className="num">{row.serial}</td>
                <td>
                  <Link to={`/projects/${row.id}`}>{row.name}</Link>
                </td>
                <td className="nowrap">{row.countyName ?? dash}</td>
                <td className="nowrap">{row.light ? <Light value={row.light as LightValue} /> : dash}</td>
                <td className="num">{wan(row.yearPlanYuan)}</td>
                <td className="num">{wan(row.monthYuan)}</td>
                <td className="num">{wan(row.yearDoneYuan)}</td>
                <td className="num">{points(row.gapPoints)}</td>
                <td className="nowrap">{row.filingState ? (t.table.filings[row.filingState] ?? '') : dash}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}
