import { expect, test } from 'vitest';
import { gridRows, type Mark, piecesOf } from './source-marks.ts';

const mark = (rowId: string, field: Mark['field'], start: number, end: number): Mark => ({ rowId, field, start, end });

test('the pieces of a paragraph cover it without gap or overlap, and carry what lies over them', () => {
  const marks = [
    mark('a', 'text', 0, 20),
    mark('a', 'title', 0, 8),
    mark('a', 'due', 4, 8),
    mark('b', 'text', 12, 30),
    mark('c', 'text', 90, 99),
  ];
  const pieces = piecesOf({ start: 0, end: 40 }, marks, 'a');
  expect(pieces.map((p) => [p.start, p.end, p.rowIds.join(), p.field])).toEqual([
    [0, 4, 'a', 'title'],
    [4, 8, 'a', 'due'],
    [8, 12, 'a', null],
    [12, 20, 'a,b', null],
    [20, 30, 'b', null],
    [30, 40, '', null],
  ]);
});

test('of a row that is not chosen no field is shown', () => {
  expect(
    piecesOf({ start: 0, end: 10 }, [mark('a', 'text', 0, 10), mark('a', 'due', 2, 4)], 'b').every(
      (p) => p.field === null,
    ),
  ).toBe(true);
});

test('a table keeps its empty cells in their places, and merged cells stand once', () => {
  const cell = (row: number, column: number, rows = 1, columns = 1) => ({
    row,
    column,
    rows,
    columns,
    start: 0,
    end: 1,
  });
  const grid = gridRows({ rows: 2, columns: 3, cells: [cell(0, 0, 2), cell(0, 2), cell(1, 1)] });
  expect(grid.map((row) => row.map((c) => ('gap' in c ? `gap ${c.gap}` : c.column)))).toEqual([
    [0, 'gap 1', 2],
    [1, 'gap 2'],
  ]);
});
