import { Button, Checkbox, Popover } from 'antd';
import { useText } from '../text.ts';
import { useGridColumns } from './grid-columns.ts';
import type { GridColumn } from './grid-types.ts';
import * as text from './text.ts';

/** “列 15/41”: which columns a table shows and in what order. Stands in the page's head, apart from the grid. */
export function GridColumnsButton<R>({ id, columns }: { id: string; columns: readonly GridColumn<R>[] }) {
  const t = useText(text);
  const chosen = useGridColumns(id, columns);
  const list = (
    <div className="columns-list">
      <ul>
        {chosen.all.map((column, index) => (
          <li key={column.key}>
            <Checkbox
              checked={column.isShown}
              disabled={column.always ?? false}
              onChange={(event) => chosen.setShown(column.key, event.target.checked)}
            >
              {column.title}
            </Checkbox>
            <button
              type="button"
              disabled={index === 0}
              aria-label={`${t.grid.moveUp} ${column.title}`}
              onClick={() => chosen.move(column.key, -1)}
            >
              ↑
            </button>
            <button
              type="button"
              disabled={index === chosen.all.length - 1}
              aria-label={`${t.grid.moveDown} ${column.title}`}
              onClick={() => chosen.move(column.key, 1)}
            >
              ↓
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" disabled={!chosen.isChanged} onClick={chosen.reset}>
        {t.grid.columnsReset}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t.grid.columnsTitle} content={list}>
      <Button size="small">{t.grid.columns(chosen.shown.length, chosen.all.length)}</Button>
    </Popover>
  );
}
