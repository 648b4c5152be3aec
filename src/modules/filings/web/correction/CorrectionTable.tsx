import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { count, dash, moment, month, wan } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { filings } from '../../contract.ts';
import type { CorrectionLine } from '../../correction-contract.ts';
import { DecideForm } from './DecideForm.tsx';
import './correction.css';
import * as text from './text.ts';

/** Corrections with both values: why, by which document, who asked, who approved, and which later months followed. */
export function CorrectionTable({ rows, ofOne = false }: { rows: readonly CorrectionLine[]; ofOne?: boolean }) {
  const t = useText(text);
  const [deciding, setDeciding] = useState<{ row: CorrectionLine; act: 'approved' | 'rejected' } | null>(null);
  const canDecide = rows.some((row) => row.allowed.length > 0);
  return (
    <>
      <ScrollX label={t.title}>
        <table className="plain fcx-table">
          <thead>
            <tr>
              <th>{t.columns.project}</th>
              <th>{t.columns.state}</th>
              <th className="num">
                {t.columns.old} <small>{t.wan}</small>
              </th>
              <th className="num">
                {t.columns.now} <small>{t.wan}</small>
              </th>
              <th className="num">{t.columns.difference}</th>
              <th>{t.columns.why}</th>
              <th>{t.columns.who}</th>
              <th>{t.columns.restated}</th>
              {canDecide && <th>{t.columns.act}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="fcx-name">
                  {!ofOne && <Link to={`/projects/${row.projectId}`}>{row.projectName}</Link>}
                  <Link to={`/filings/${row.projectId}/${row.period}`}>{month(row.period)}</Link>
                  {row.wasFrozen && <small className="tag">{t.frozen}</small>}
                </td>
                <td className="nowrap">
                  <span className={`fcx-state ${row.state}`}>{t.states[row.state]}</span>
                </td>
                <td className="num nowrap">
                  {wan(row.oldMonthYuan, 2)}
                  <small>
                    {t.cumulative} {wan(row.oldCumulativeYuan, 2)}
                  </small>
                </td>
                <td className="num nowrap">
                  {row.newMonthYuan === null ? dash : wan(row.newMonthYuan, 2)}
                  {row.newCumulativeYuan !== null && (
                    <small>
                      {t.cumulative} {wan(row.newCumulativeYuan, 2)}
                    </small>
                  )}
                </td>
                <td className="num nowrap">
                  {row.newMonthYuan === null ? dash : wan(row.newMonthYuan - row.oldMonthYuan, 2)}
                </td>
                <td className="fcx-why">
                  <span className="tag">{t.causes[row.cause]}</span> {row.reason}
                  {row.documentNo && <small>{t.document(row.documentNo)}</small>}
                  {row.hasDocument && (
                    <small>
                      <a href={urlOf(filings, 'correctionDocument', { id: row.id })}>{row.documentName}</a>
                    </small>
                  )}
                </td>
                <td className="fcx-who">
                  <small>
                    {(row.documentNo === null ? t.opened : t.requested)(row.requestedBy, moment(row.requestedAt))}
                  </small>
                  {row.decidedBy && (
                    <small>
                      {(row.state === 'rejected' ? t.rejected : t.approved)(row.decidedBy, moment(row.decidedAt))}
                      {row.decisionNote && `：${row.decisionNote}`}
                    </small>
                  )}
                  {row.acceptedBy && <small>{t.accepted(row.acceptedBy, moment(row.acceptedAt))}</small>}
                </td>
                <td className="fcx-who">
                  {row.restated.length === 0 && <small className="muted">{t.noneRestated}</small>}
                  {row.restated.slice(0, 2).map((r) => (
                    <small key={r.period}>
                      {t.restatedOne(month(r.period), wan(r.oldCumulativeYuan), wan(r.newCumulativeYuan))}
                    </small>
                  ))}
                  {row.restated.length > 2 && <small>{t.more(count(row.restated.length))}</small>}
                </td>
                {canDecide && (
                  <td className="nowrap">
                    {row.allowed.includes('approve') && (
                      <span className="fcx-act">
                        <Button size="small" type="primary" onClick={() => setDeciding({ row, act: 'approved' })}>
                          {t.approve}
                        </Button>
                        <Button size="small" onClick={() => setDeciding({ row, act: 'rejected' })}>
                          {t.reject}
                        </Button>
                      </span>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {deciding && <DecideForm row={deciding.row} decision={deciding.act} onClose={() => setDeciding(null)} />}
    </>
  );
}
