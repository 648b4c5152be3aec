import { Link } from 'react-router';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, dash, moment, points, wan, wanUnit } from '#core/web/ui/format.ts';
import { Light, type LightValue, lights } from '#core/web/ui/Light.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Restatement } from '../contract.ts';
import * as text from './text.ts';

type Value = Restatement['changed'][number]['old'];

/** Why a frozen month was frozen anew, and the cells that changed, old beside new. */
export function RestatementList({ restatements }: { restatements: readonly Restatement[] }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t.month.restatements}</h2>
      {restatements.map((r) => (
        <article key={r.id} className="snap-restatement">
          <p>
            <b>
              {t.causes[r.cause]}：{t.month.version} {r.oldVersion} → {r.newVersion}
            </b>{' '}
            <span className="muted">
              {r.approvedBy} {moment(r.at)}
            </span>
          </p>
          <p>{r.publicNote}</p>
          <p className="muted">
            {t.month.document}：{r.document}　{t.month.changedCells(count(r.changedCount))}
          </p>
          <ScrollX label={t.month.restatements}>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.month.project}</th>
                  <th>{t.month.cell}</th>
                  <th className="num">{t.month.old}</th>
                  <th className="num">{t.month.now}</th>
                </tr>
              </thead>
              <tbody>
                {inReadingOrder(r.changed)
                  .slice(0, 40)
                  .map((c) => (
                    <tr key={`${c.projectId}${c.field}`}>
                      <td>
                        <Link to={`/projects/${c.projectId}`}>{c.name}</Link>
                      </td>
                      <td>
                        {t.fields[c.field] ?? c.field}
                        {c.field.endsWith('Yuan') && <small className="muted"> {wanUnit(language)}</small>}
                      </td>
                      <td className="num">
                        <CellText field={c.field} value={c.old} />
                      </td>
                      <td className="num">
                        <CellText field={c.field} value={c.new} />
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </ScrollX>
        </article>
      ))}
    </section>
  );
}

const isFiled = (c: Restatement['changed'][number]): boolean => c.field === 'monthYuan' || c.field === 'cumulativeYuan';

/** Projects whose filed figures changed come first; what followed from them, a light or a gap, after. */
function inReadingOrder(changed: Restatement['changed']): Restatement['changed'] {
  const filed = new Set(changed.filter(isFiled).map((c) => c.projectId));
  return [...changed].sort((a, b) => Number(filed.has(b.projectId)) - Number(filed.has(a.projectId)));
}

function CellText({ field, value }: { field: string; value: Value }) {
  const t = useText(text);
  if (value === null) return <>{dash}</>;
  if (typeof value === 'number') {
    if (field.endsWith('Yuan')) return <>{wan(value, 2)}</>;
    return <>{field === 'gapPoints' ? points(value) : value}</>;
  }
  if (field === 'lightCause') return <>{t.lightCauses[String(value)] ?? String(value)}</>;
  if (field === 'light' && String(value) in lights) return <Light value={value as LightValue} />;
  return <>{String(value)}</>;
}
