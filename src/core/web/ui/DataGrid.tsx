// biome-ignore-all lint/a11y/useSemanticElements: rows exist only while in view, so they cannot be table elements
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useText } from '../text.ts';
import { Empty } from './Empty.tsx';
import { HeadCell } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { GridTotals } from './GridTotals.tsx';
import './grid.css';
import { useGridColumns } from './grid-columns.ts';
import { activeAfter, withRange } from './grid-keys.ts';
import type { DataGridProps, GridColumn } from './grid-types.ts';
import { ProblemView } from './Problem.tsx';
import * as text from './text.ts';

export type {
  DataGridProps,
  GridColumn,
  GridFilter,
  GridFilters,
  GridFilterValue,
  GridSort,
  RowSource,
} from './grid-types.ts';

const headHeight = 38;
const checkWidth = 40;
const track = <R,>(column: GridColumn<R>): string =>
  column.grow ? `minmax(${column.width ?? 200}px, 1fr)` : `${column.width ?? 96}px`;

/**
 * The dense table of the product: 29 px rows, of which only those in view exist, so 20,000 rows scroll like twenty.
 * Give it a parent with a height. One tab stop; ↑↓ PageUp/Down Home End move, Enter opens, Space selects, Esc lets go.
 */
export function DataGrid<R>(props: DataGridProps<R>) {
  const {
    id,
    label,
    rowKey,
    rowName,
    source,
    sort,
    onSort,
    filters = {},
    onFilters,
    selected,
    onSelect,
    onOpen,
  } = props;
  const { rowHeight = 29 } = props;
  const t = useText(text);
  const domId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const chosen = useGridColumns(id, props.columns);
  const columns = chosen.shown;
  const [active, setActive] = useState(-1);
  const anchor = useRef(-1);
  const hasTotals = props.totals !== undefined || columns.some((column) => column.total !== undefined);

  const virtual = useVirtualizer({
    count: source.rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: hasTotals ? 34 : 0,
    initialRect: { width: 1200, height: 800 },
    // A table without a size yet (a hidden tab, a test without layout) draws its first screen all the same.
    observeElementRect: (instance, done) =>
      observeElementRect(instance, (rect) => done(rect.height > 0 ? rect : { width: 1200, height: 800 })),
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = (items.at(-1)?.index ?? -1) + 1;
  const { show } = source;
  useEffect(() => show(from, Math.max(to, from + 1)), [show, from, to]);

  const keyAt = (index: number): string | undefined => {
    const row = source.rowAt(index);
    return row === undefined ? undefined : rowKey(row);
  };
  const select = (first: number, last: number, isOn: boolean) =>
    selected && onSelect?.(withRange(selected, keyAt, first, last, isOn));
  const toggle = (index: number, withShift: boolean) => {
    const key = keyAt(index);
    if (key === undefined || !selected) return;
    const start = withShift && anchor.current >= 0 ? anchor.current : index;
    select(start, index, !selected.has(key));
    anchor.current = index;
    setActive(index);
  };

  // Rows are memoised: they must get the same functions while the page changes around them.
  const latest = useRef({ toggle, onOpen, source });
  latest.current = { toggle, onOpen, source };
  const press = useCallback((index: number, event: MouseEvent) => {
    setActive(index);
    if ((event.target as Element).closest('a, button, input, label')) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return latest.current.toggle(index, event.shiftKey);
    // Marking text with the mouse must not open the row.
    if (getSelection()?.toString()) return;
    const row = latest.current.source.rowAt(index);
    if (row !== undefined) latest.current.onOpen?.(row);
  }, []);
  const onToggle = useCallback((index: number, shift: boolean) => latest.current.toggle(index, shift), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && (event.target as Element).closest('button, a, input, select, textarea'))
      return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 600) - headHeight) / rowHeight) - 1);
    const next = activeAfter(event.key, active, source.rowCount, page);
    if (next !== undefined) {
      if (event.shiftKey && selected) select(Math.max(active, 0), next, true);
      setActive(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter') {
      const row = source.rowAt(active);
      if (row === undefined) return;
      onOpen?.(row);
    } else if (event.key === ' ' && selected) toggle(Math.max(active, 0), event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selected) select(0, source.rowCount - 1, true);
    else if (event.key === 'Escape' && selected?.size) onSelect?.(new Set());
    else return;
    event.preventDefault();
  };

  const checks = selected ? 1 : 0;
  const width = columns.reduce((sum, column) => sum + (column.width ?? 0), checks * checkWidth);
  const style = {
    '--cols': `${selected ? `${checkWidth}px ` : ''}${columns.map(track).join(' ')}`,
    '--grid-row': `${rowHeight}px`,
    minWidth: width,
  } as CSSProperties;
  const loaded = selected ? Array.from({ length: Math.min(source.rowCount, 500) }, (_, index) => keyAt(index)) : [];
  const isAll = loaded.length > 0 && loaded.every((key) => key === undefined || selected!.has(key));

  return (
    <div className="grid">
      <div
        ref={scroller}
        className="grid-scroll"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.isPending && source.rowCount === 0 ? -1 : source.rowCount + 1}
        aria-colcount={columns.length + checks}
        aria-busy={source.isPending}
        aria-multiselectable={selected ? true : undefined}
        aria-activedescendant={active >= from && active < to ? `${domId}-${active}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" className="grid-inner" style={style}>
          <div role="row" tabIndex={-1} aria-rowindex={1} className="grid-head">
            {selected && (
              <div role="columnheader" tabIndex={-1} aria-colindex={1} className="head-cell check">
                <input
                  type="checkbox"
                  aria-label={t.grid.selectAll}
                  checked={isAll}
                  ref={(box) => {
                    if (box) box.indeterminate = !isAll && selected.size > 0;
                  }}
                  onChange={(event) =>
                    event.target.checked ? select(0, source.rowCount - 1, true) : onSelect?.(new Set())
                  }
                />
              </div>
            )}
            {columns.map((column, index) => (
              <HeadCell
                key={column.key}
                column={column}
                index={index + 1 + checks}
                sort={sort}
                onSort={onSort}
                filters={filters}
                onFilters={onFilters}
                onWidth={(next) => chosen.setWidth(column.key, next)}
              />
            ))}
          </div>
          <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = source.rowAt(item.index);
              const key = row === undefined ? undefined : rowKey(row);
              return (
                <GridRow
                  key={item.index}
                  id={`${domId}-${item.index}`}
                  index={item.index}
                  top={item.start - headHeight}
                  row={row}
                  name={row === undefined ? '' : (rowName?.(row) ?? String(item.index + 1))}
                  columns={columns}
                  isActive={item.index === active}
                  isSelected={selected ? key !== undefined && selected.has(key) : undefined}
                  className={row === undefined ? undefined : props.rowClass?.(row)}
                  onPress={press}
                  onToggle={onToggle}
                />
              );
            })}
          </div>
          {hasTotals && source.rowCount > 0 && (
            <GridTotals
              columns={columns}
              checks={checks}
              lead={props.totals ?? t.grid.total}
              rowIndex={source.rowCount + 2}
            />
          )}
        </div>
      </div>
      {source.error !== null && source.error !== undefined && source.rowCount === 0 ? (
        <div className="grid-over">
          <ProblemView error={source.error} onRetry={source.retry} />
        </div>
      ) : source.isPending && source.rowCount === 0 ? (
        <div className="grid-over muted">{t.loading}</div>
      ) : (
        source.rowCount === 0 && <div className="grid-over">{props.empty ?? <Empty title={t.grid.none} />}</div>
      )}
      {selected && selected.size > 0 && (
        <div className="grid-bar" role="region" aria-label={t.grid.selected(selected.size)}>
          <b aria-live="polite">{t.grid.selected(selected.size)}</b>
          {props.selectionBar?.(selected)}
          <button type="button" className="chip" onClick={() => onSelect?.(new Set())}>
            {t.grid.cancel} <kbd>Esc</kbd>
          </button>
        </div>
      )}
    </div>
  );
}
