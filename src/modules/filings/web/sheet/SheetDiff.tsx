import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type SheetPreview, type SheetRow, type SheetStatus, sheetStatuses } from '../../sheet-contract.ts';
import * as filingText from '../text.ts';
import * as text from './text.ts';

/** What needs a person comes first. */
const order: readonly SheetStatus[] = ['refused', 'conflict', 'changed', 'unchanged'];

/** The filled form against what is there: a line for each row of the file, each remark with the cell it is about. */
export function SheetDiff({ preview }: { preview: SheetPreview }) {
  const t = useText(text);
  const [only, setOnly] = useState<SheetStatus | null>(null);
  const rows = preview.rows
    .filter((row) => only === null || row.status === only)
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.row - b.row);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of filters is no form */}
      <div className="fs-chips" role="group" aria-label={t.columns.change}>
        <button type="button" className="chip" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {t.all} {preview.rows.length}
        </button>
        {sheetStatuses.map((status) => (
          <button
            key={status}
            type="button"
            className="chip"
            aria-pressed={only === status}
            onClick={() => setOnly(only === status ? null : status)}
          >
            {t.counts[status]} {preview.counts[status] ?? 0}
          </button>
        ))}
      </div>
      <ScrollX label={t.columns.change}>
        <table className="plain fs-table">
          <thead>
            <tr>
              <th className="num">{t.columns.row}</th>
              <th>{t.columns.project}</th>
              <th>{t.columns.change}</th>
              <th>{t.columns.remarks}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.row} ${row.filingId}`} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollX>
    </>
  );
}

function Row({ row }: { row: SheetRow }) {
  const t = useText(text);
  const labels = { ...useText(filingText).fields, ...t.fields };
  const words = useWords();
  const severe = row.hits.filter((hit) => hit.isOpen || hit.severity !== 'inform');
  return (
    <tr className={`fs-row ${row.status}`}>
      <td className="num">{row.row}</td>
      <td>
        {row.projectName}
        <small className={`fs-status ${row.status}`}>{t.counts[row.status]}</small>
      </td>
      <td>
        {row.changes.length === 0 && <span className="soft">{t.blank}</span>}
        {row.changes.map((change) => (
          <p key={`${change.field} ${change.cell}`}>
            <code>{change.cell}</code> {labels[change.field]} <s>{change.before === '' ? t.empty : change.before}</s> →{' '}
            <b>{change.after === '' ? t.empty : change.after}</b>
          </p>
        ))}
      </td>
      <td>
        {row.issues.map((issue) => (
          <p key={`${issue.cell} ${issue.words.zh}`} className="late">
            {issue.cell && <code>{issue.cell}</code>} {words(issue.words)}
          </p>
        ))}
        {severe.map((hit) => (
          <p key={hit.rule} className={hit.isOpen ? 'late' : 'soft'}>
            {hit.cell && <code>{hit.cell}</code>} {words(hit.words)}
          </p>
        ))}
        {row.canSubmit ? (
          <p className="good">{t.ready}</p>
        ) : (
          row.status === 'changed' && <p className="warn">{t.notReady}</p>
        )}
      </td>
    </tr>
  );
}
