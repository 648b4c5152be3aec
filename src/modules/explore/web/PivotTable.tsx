import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { dimensions } from '../dimensions.ts';
import { type MeasureCode, measureOf } from '../measures.ts';
import { sizeOf } from '../roll.ts';
import type { Head, Pivot, Table } from '../shapes.ts';
import { showKey, showValue, unitOf } from '../show.ts';
import * as text from './text.ts';

const pageOfRows = 300;

export interface Cell {
  row: Head;
  column: Head;
  measure: MeasureCode;
}

/** The pivot: heads stay, arrows move from cell to cell, Enter opens what a cell is made of. */
export function PivotTable({
  pivot,
  table,
  isHeat,
  onOpen,
}: {
  pivot: Pivot;
  table: Table;
  isHeat: boolean;
  onOpen: (cell: Cell) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const [shown, setShown] = useState(pageOfRows);
  const [active, setActive] = useState('0:0');
  const label = useHeads(pivot, table);
  const rows = table.rows.slice(0, shown);
  const perColumn = pivot.measures.length;
  const scale = isHeat ? scalesOf(pivot, table) : null;

  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    const from = (event.target as HTMLElement).dataset.at;
    if (!step || !from) return;
    event.preventDefault();
    let [r, c] = from.split(':').map(Number) as [number, number];
    // Over cells that hold nothing.
    for (let i = 0; i < 500; i += 1) {
      [r, c] = [r + step[0], c + step[1]];
      const next = event.currentTarget.querySelector<HTMLElement>(`[data-at="${r}:${c}"]`);
      if (next) return next.focus();
      if (r < 0 || c < 0 || r >= rows.length || c >= table.columns.length * perColumn) return;
    }
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard */}
      <section className="explore-table" aria-label={t.table} tabIndex={0}>
        <table onKeyDown={move}>
          <thead>
            {pivot.columns.length > 0 && (
              <tr>
                <td className="corner">{pivot.columns.map((d) => words(dimensions[d].words)).join(' · ')}</td>
                {table.columns.map((head) => (
                  <th key={JSON.stringify(head)} scope="colgroup" colSpan={perColumn}>
                    {label.column(head)}
                  </th>
                ))}
              </tr>
            )}
            <tr>
              <th scope="col" className="corner">
                {pivot.rows.map((d) => words(dimensions[d].words)).join(' › ') || t.total}
              </th>
              {table.columns.flatMap((head) =>
                pivot.measures.map((measure) => (
                  <th
                    key={`${JSON.stringify(head)}${measure}`}
                    scope="col"
                    className="num"
                    title={words(measureOf(measure).note)}
                  >
                    {words(measureOf(measure).words)}
                    {unitOf(measure, language) && <small> {unitOf(measure, language)}</small>}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={JSON.stringify(row)} className={row.length < pivot.rows.length ? 'sum' : undefined}>
                <th scope="row" style={{ paddingLeft: `${0.5 + Math.max(0, row.length - 1)}rem` }}>
                  {label.row(row)}
                </th>
                {table.columns.flatMap((column, c) =>
                  pivot.measures.map((measure, m) => {
                    const value = table.cells[r]![c]![m]!;
                    const at = `${r}:${c * perColumn + m}`;
                    const shownValue = showValue(value, measure, language);
                    const isLeaf = row.length === pivot.rows.length && column.length === pivot.columns.length;
                    const heat = scale && isLeaf ? scale(measure, sizeOf(value)) : null;
                    return (
                      <td
                        key={at}
                        className="num"
                        {...(heat !== null && {
                          style: { background: `color-mix(in srgb, var(--accent) ${heat}%, var(--surface))` },
                        })}
                      >
                        {value === null ? (
                          <span className="muted">—</span>
                        ) : (
                          <button
                            type="button"
                            className="cell"
                            data-at={at}
                            tabIndex={at === active ? 0 : -1}
                            aria-label={t.open(
                              [
                                label.row(row),
                                ...(pivot.columns.length > 0 ? [label.column(column)] : []),
                                words(measureOf(measure).words),
                                shownValue,
                              ].join(' '),
                            )}
                            onFocus={() => setActive(at)}
                            onClick={() => onOpen({ row, column, measure })}
                          >
                            {shownValue}
                          </button>
                        )}
                      </td>
                    );
                  }),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.rows.length > shown && (
        <p>
          <Button onClick={() => setShown(shown + pageOfRows)}>
            {t.more(String(Math.min(pageOfRows, table.rows.length - shown)))}
          </Button>
        </p>
      )}
    </>
  );
}

export function useHeads(pivot: Pivot, table: Pick<Table, 'names'>) {
  const t = useText(text);
  const language = useLanguage();
  return {
    /** The innermost name alone: the rows above say the rest. */
    row: (head: Head) =>
      head.length === 0 ? t.total : showKey(pivot.rows[head.length - 1]!, head.at(-1)!, table.names, language),
    rowPath: (head: Head) =>
      head.length === 0 ? t.total : head.map((k, i) => showKey(pivot.rows[i]!, k, table.names, language)).join(' › '),
    column: (head: Head) => {
      if (head.length === 0) return t.total;
      const said = head.map((k, i) => showKey(pivot.columns[i]!, k, table.names, language)).join(' · ');
      return head.length < pivot.columns.length ? `${said} ${t.subtotal}` : said;
    },
  };
}

/** How strong a cell's ground is, of the innermost cells of its measure: 0 to 34 of 100, so that words stay legible. */
function scalesOf(pivot: Pivot, table: Table) {
  const ends = new Map<MeasureCode, [number, number]>();
  for (const [r, row] of table.rows.entries())
    for (const [c, column] of table.columns.entries())
      for (const [m, measure] of pivot.measures.entries()) {
        const size = sizeOf(table.cells[r]![c]![m]!);
        if (size === null || row.length < pivot.rows.length || column.length < pivot.columns.length) continue;
        const [low, high] = ends.get(measure) ?? [size, size];
        ends.set(measure, [Math.min(low, size), Math.max(high, size)]);
      }
  return (measure: MeasureCode, size: number | null): number | null => {
    const [low, high] = ends.get(measure) ?? [0, 0];
    return size === null || high === low ? null : Math.round(((size - low) / (high - low)) * 34);
  };
}
