// biome-ignore-all lint/a11y/useSemanticElements: rows exist only while in view, so they cannot be table elements
import { Popover } from 'antd';
import { type PointerEvent, useState } from 'react';
import { useText } from '../text.ts';
import { FilterForm } from './GridFilter.tsx';
import type { GridColumn, GridFilters, GridSort } from './grid-types.ts';
import * as text from './text.ts';

/** Clicks go ascending, descending, unsorted. */
export const nextSort = (sort: GridSort | undefined, key: string): GridSort | undefined =>
  sort?.key !== key ? { key, direction: 'asc' } : sort.direction === 'asc' ? { key, direction: 'desc' } : undefined;

/** A new set of filters with one column's changed or (undefined) removed. */
export function withFilter(filters: GridFilters, key: string, value: GridFilters[string] | undefined): GridFilters {
  const { [key]: _, ...rest } = filters;
  return value === undefined ? rest : { ...rest, [key]: value };
}

export function HeadCell<R>({
  column,
  index,
  sort,
  onSort,
  filters,
  onFilters,
  onWidth,
}: {
  column: GridColumn<R>;
  index: number;
  sort: GridSort | undefined;
  onSort: ((sort: GridSort | undefined) => void) | undefined;
  filters: GridFilters;
  onFilters: ((filters: GridFilters) => void) | undefined;
  onWidth: (width: number) => void;
}) {
  const t = useText(text);
  const [isOpen, setOpen] = useState(false);
  const direction = sort?.key === column.key ? sort.direction : undefined;
  const title = (
    <>
      {column.title}
      {direction && <span aria-hidden="true"> {direction === 'asc' ? '↑' : '↓'}</span>}
      {column.unit && <small>{column.unit}</small>}
    </>
  );
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-colindex={index}
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined}
      className={`head-cell ${column.align ?? 'start'}`}
      title={column.title}
    >
      {column.sortable && onSort ? (
        <button
          type="button"
          className="head-title"
          aria-label={t.grid.sort(column.title)}
          onClick={() => onSort(nextSort(sort, column.key))}
        >
          {title}
        </button>
      ) : (
        <span className="head-title">{title}</span>
      )}
      {column.filter && onFilters && (
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          trigger="click"
          placement="bottomLeft"
          destroyOnHidden
          content={
            <FilterForm
              filter={column.filter}
              label={column.title}
              value={filters[column.key]}
              onChange={(value) => {
                onFilters(withFilter(filters, column.key, value));
                setOpen(false);
              }}
            />
          }
        >
          <button
            type="button"
            className={`head-filter${filters[column.key] ? ' on' : ''}`}
            aria-label={t.grid.filter(column.title)}
            aria-expanded={isOpen}
          >
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <path d="M1 1.5h8L6 5.2v3.3L4 7.6V5.2z" />
            </svg>
          </button>
        </Popover>
      )}
      <span className="head-resize" aria-hidden="true" onPointerDown={(event) => dragWidth(event, onWidth)} />
    </div>
  );
}

function dragWidth(event: PointerEvent<HTMLSpanElement>, onWidth: (width: number) => void): void {
  event.preventDefault();
  const handle = event.currentTarget;
  const startX = event.clientX;
  const startWidth = handle.parentElement!.getBoundingClientRect().width;
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) => onWidth(startWidth + moved.clientX - startX);
  const stop = () => handle.removeEventListener('pointermove', move);
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', stop, { once: true });
  handle.addEventListener('pointercancel', stop, { once: true });
}
