import type { ReactNode } from 'react';
import type { GridColumn } from '#core/web/ui/DataGrid.tsx';
import type { Import, ImportRow, RowStatus } from '../../import-contract.ts';
import { type FieldType, fieldInfo, isLedgerField } from '../../ledger/field.ts';
import { type Shown, showValue } from './show-value.ts';

const widths: Record<FieldType, number> = {
  text: 136,
  money: 120,
  date: 168,
  period: 220,
  list: 120,
  unit: 168,
  region: 120,
  choice: 96,
  flag: 64,
  number: 96,
  none: 96,
};

const marks: Record<RowStatus, string> = { new: '＋', changed: '≠', unchanged: '＝', refused: '×' };

const issuesAt = (row: ImportRow, column: number) => ({
  error: row.errors.find((issue) => issue.column === column),
  warning: row.warnings.find((issue) => issue.column === column),
});

/** The columns of the preview: row and what happens to it, why, then each mapped column with old → new in the cell. */
export function previewColumns(found: Import, shown: Shown): GridColumn<ImportRow>[] {
  const { t, language } = shown;
  // A change may stand in a column far to the right: beside the name it cannot be missed.
  const reasons = (row: ImportRow) =>
    [
      ...[...row.errors, ...row.warnings].map((issue) => issue.words[language]),
      ...row.changes.map((change) => changeText(change, shown)),
    ].join('；');
  const first: GridColumn<ImportRow>[] = [
    { key: 'row', title: t.row, width: 56, align: 'end', always: true, render: (row) => row.row },
    {
      key: 'status',
      title: t.status,
      width: 82,
      always: true,
      render: (row) => (
        <span className={`import-status ${row.status}`}>
          <i aria-hidden="true">{marks[row.status]}</i> {t.statuses[row.status]}
        </span>
      ),
    },
  ];
  const reason: GridColumn<ImportRow> = {
    key: 'reason',
    title: t.reason,
    width: 340,
    tip: reasons,
    cause: (row) => (row.errors.length > 0 ? 'late' : undefined),
    render: reasons,
  };
  const mapped = found.columns
    .filter((c) => c.field !== null && fieldInfo(c.field).type !== 'none')
    .map(({ column, letters, path, field, year }): GridColumn<ImportRow> => {
      const info = fieldInfo(field!);
      const key = info.isAnnual ? `${field}.${year ?? ''}` : field!;
      const title = `${info.words[language]}${info.isAnnual && year ? ` ${year}` : ''}`;
      return {
        key: `c${column}`,
        title,
        unit: `${letters} ${path.at(-1) ?? ''}`,
        width: field === 'name' ? 240 : widths[info.type],
        align: info.type === 'money' || info.type === 'number' ? 'end' : 'start',
        cause: (row) => (issuesAt(row, column).error ? 'late' : issuesAt(row, column).warning ? 'warn' : undefined),
        tip: (row) => tipOf(row, column, key, shown),
        render: (row) => cellOf(row, column, key, field === 'name', shown),
      };
    });
  const isName = (column: GridColumn<ImportRow>) => column.key === nameKey;
  const nameKey = `c${found.columns.find((c) => c.field === 'name')?.column}`;
  // Nothing to remark: no empty column. Else it stands beside the name, where the eye is.
  const remarks = found.counts.refused + found.counts.changed + found.warned > 0 ? [reason] : [];
  return [...first, ...mapped.filter(isName), ...remarks, ...mapped.filter((column) => !isName(column))];
}

/** 总投资 98,000 → 125,000 */
function changeText(change: ImportRow['changes'][number], shown: Shown): string {
  const [name = '', year] = change.field.split('.');
  const own = name.replace(/(UnitId|Text)$/, '').replace(/^regionCode$/, 'region');
  const label = isLedgerField(own) ? fieldInfo(own).words[shown.language] : own;
  const value = (side: unknown) => showValue(change.field, side, shown) || shown.t.none;
  return `${label}${year ? ` ${year}` : ''} ${value(change.before)} → ${value(change.after)}`;
}

const changeAt = (row: ImportRow, column: number, key: string) =>
  row.changes.find((c) => c.column === column && (c.field === key || !key.includes('.'))) ??
  row.changes.find((c) => c.column === column);

function cellOf(row: ImportRow, column: number, key: string, isName: boolean, shown: Shown): ReactNode {
  const { error } = issuesAt(row, column);
  if (error) return row.texts[String(column)] || error.words[shown.language];
  const change = changeAt(row, column, key);
  const value = showValue(key, row.values[String(column)], shown);
  if (change) {
    const before = showValue(change.field, change.before, shown) || shown.t.none;
    return (
      <span className="import-change">
        <del>{before}</del> <ins>{showValue(change.field, change.after, shown)}</ins>
      </span>
    );
  }
  return isName && row.parentRow !== null ? <span className="import-item">{value}</span> : value;
}

function tipOf(row: ImportRow, column: number, key: string, shown: Shown): string {
  const { error, warning } = issuesAt(row, column);
  const change = changeAt(row, column, key);
  const value = row.texts[String(column)] ?? showValue(key, row.values[String(column)], shown);
  return [
    value,
    change && `${shown.t.old}：${showValue(change.field, change.before, shown) || shown.t.none}`,
    error?.words[shown.language],
    warning?.words[shown.language],
  ]
    .filter(Boolean)
    .join('\n');
}
