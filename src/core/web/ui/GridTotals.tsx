// biome-ignore-all lint/a11y/useSemanticElements: rows exist only while in view, so they cannot be table elements
import type { ReactNode } from 'react';
import type { GridColumn } from './grid-types.ts';

/** The last row: `lead` runs over the columns before the first that has a total. */
export function GridTotals<R>({
  columns,
  checks,
  lead,
  rowIndex,
}: {
  columns: readonly GridColumn<R>[];
  checks: number;
  lead: ReactNode;
  rowIndex: number;
}) {
  const first = columns.findIndex((column) => column.total !== undefined);
  const split = first < 0 ? columns.length : first;
  return (
    <div role="row" tabIndex={-1} aria-rowindex={rowIndex} className="grid-totals">
      {split + checks > 0 && (
        <div
          role="gridcell"
          tabIndex={-1}
          className="cell lead"
          aria-colindex={1}
          aria-colspan={split + checks}
          style={{ gridColumn: `span ${split + checks}` }}
        >
          {lead}
        </div>
      )}
      {columns.slice(split).map((column, index) => (
        <div
          key={column.key}
          role="gridcell"
          tabIndex={-1}
          aria-colindex={split + checks + index + 1}
          className={`cell ${column.align ?? 'start'}`}
        >
          {column.total}
        </div>
      ))}
    </div>
  );
}
