import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Snapshot } from '../contract.ts';
import * as text from './text.ts';

type Missing = Snapshot['missing'][number];

/** Who had not filed when the month was frozen, and why it was frozen nevertheless; before the freeze who has not now. */
export function MissingList({ snapshot, unfiled }: { snapshot: Snapshot | null; unfiled: readonly Missing[] }) {
  const t = useText(text);
  const rows = snapshot ? [...snapshot.missing, ...unfiled.filter((u) => u.state === 'exempt')] : unfiled;
  return (
    <section className="card">
      <h2>
        {t.month.missing}
        {snapshot && snapshot.missingCount > 0 && <small>{t.month.missingFrozen(count(snapshot.missingCount))}</small>}
        {!snapshot && rows.length > 0 && <small>{t.month.unfiledNow}</small>}
      </h2>
      {snapshot?.missingReason && (
        <p>
          {t.month.missingReason}：{snapshot.missingReason}
        </p>
      )}
      {rows.length === 0 ? <p className="muted">{t.month.none}</p> : <MissingTable rows={rows} />}
    </section>
  );
}

/** A month that has just begun has hundreds; who has not filed is a page of its own in 填报. */
const shownRows = 100;

export function MissingTable({ rows }: { rows: readonly Missing[] }) {
  const t = useText(text);
  return (
    <>
      <ScrollX label={t.month.missing}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.month.project}</th>
              <th>{t.month.unit}</th>
              <th>{t.month.state}</th>
              <th>{t.month.reason}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row) => (
              <tr key={row.projectId}>
                <td>
                  <Link to={`/projects/${row.projectId}`}>{row.projectName}</Link>
                </td>
                <td>{row.unitName}</td>
                <td className="nowrap">{t.states[row.state] ?? row.state}</td>
                <td>{row.reason ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {rows.length > shownRows && <p className="snap-note">{t.month.moreMissing(count(rows.length - shownRows))}</p>}
    </>
  );
}
