// biome-ignore-all lint/a11y/useSemanticElements: rows exist only while in view, so they cannot be table elements
import { type MouseEvent, memo } from 'react';
import { useText } from '../text.ts';
import type { GridColumn } from './grid-types.ts';
import * as text from './text.ts';

interface Props<R> {
  id: string;
  index: number;
  top: number;
  row: R | undefined;
  name: string;
  columns: readonly GridColumn<R>[];
  isActive: boolean;
  /** Undefined when the table has no selection. */
  isSelected: boolean | undefined;
  className: string | undefined;
  onPress: (index: number, event: MouseEvent) => void;
  onToggle: (index: number, withShift: boolean) => void;
}

function Row<R>({ id, index, top, row, name, columns, isActive, isSelected, className, onPress, onToggle }: Props<R>) {
  const t = useText(text);
  const classes = ['grid-row', isSelected && 'sel', isActive && 'active', className].filter(Boolean).join(' ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled once, by the grid that owns the active row
    <div
      role="row"
      tabIndex={-1}
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(index, event)}
    >
      {isSelected !== undefined && (
        <div role="gridcell" tabIndex={-1} className="cell check" aria-colindex={1}>
          {row !== undefined && (
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isSelected}
              aria-label={t.grid.selectRow(name)}
              onChange={() => {}}
              onClick={(event) => {
                event.stopPropagation();
                onToggle(index, event.shiftKey);
              }}
            />
          )}
        </div>
      )}
      {columns.map((column, place) => {
        const content = row === undefined ? <span className="wait" /> : column.render(row);
        const cause = row === undefined ? undefined : column.cause?.(row);
        const tip =
          row === undefined ? undefined : (column.tip?.(row) ?? (typeof content === 'string' ? content : undefined));
        return (
          <div
            key={column.key}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={place + 1 + (isSelected === undefined ? 0 : 1)}
            className={`cell ${column.align ?? 'start'}${cause ? ` cause ${cause}` : ''}`}
            title={tip}
          >
            {content}
          </div>
        );
      })}
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;
