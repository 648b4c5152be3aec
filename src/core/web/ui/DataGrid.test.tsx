import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { DataGrid, type DataGridProps, type GridColumn, type GridSort, type RowSource } from './DataGrid.tsx';
import { useLocalRows, useWindowedRows } from './rows.ts';

interface Row {
  id: string;
  name: string;
  gap: number;
}
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: `p${n}`, name: `项目${n}`, gap: n - 10 }));
const columns: GridColumn<Row>[] = [
  { key: 'name', title: '项目名称', grow: true, sortable: true, filter: { kind: 'text' }, render: (row) => row.name },
  {
    key: 'gap',
    title: '时序差',
    unit: '百分点',
    align: 'end',
    cause: (row) => (row.gap < -5 ? 'late' : undefined),
    render: (row) => String(row.gap),
    total: '−4.4',
  },
];

function Table({ source, ...rest }: { source: RowSource<Row> } & Partial<DataGridProps<Row>>) {
  const [selected, onSelect] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataGrid
      id="test"
      label="项目"
      columns={columns}
      rowKey={(row) => row.id}
      rowName={(row) => row.name}
      selected={selected}
      onSelect={onSelect}
      source={source}
      {...rest}
    />
  );
}
const Local = ({ rows, ...rest }: { rows: readonly Row[] } & Partial<DataGridProps<Row>>) => (
  <Table source={useLocalRows(rows)} {...rest} />
);
const body = () => screen.getAllByRole('row').filter((row) => row.className.includes('grid-row'));
const press = (key: string, more = {}) => fireEvent.keyDown(screen.getByRole('grid'), { key, ...more });

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
});
afterEach(cleanup);

test('of twenty thousand rows only those in view exist, and the grid tells how many there are', () => {
  render(<Local rows={rowsOf(20_000)} />);
  expect(body().length).toBeLessThan(60);
  expect(screen.getByRole('grid', { name: '项目' }).getAttribute('aria-rowcount')).toBe('20001');
});

test('arrows move, Enter opens, Space selects, Shift extends and Esc lets go', () => {
  const onOpen = vi.fn();
  render(<Local rows={rowsOf(10)} onOpen={onOpen} />);
  press('ArrowDown');
  press('ArrowDown');
  press('Enter');
  expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: 'p1' }));
  expect(screen.getByRole('grid').getAttribute('aria-activedescendant')).toBe(body()[1]!.id);
  press(' ');
  press('ArrowDown', { shiftKey: true });
  expect(screen.getByText('已选 2 个')).toBeTruthy();
  expect(
    body()
      .map((row) => row.getAttribute('aria-selected'))
      .slice(0, 4),
  ).toEqual(['false', 'true', 'true', 'false']);
  press('Escape');
  expect(screen.queryByText(/已选/)).toBeNull();
});

test('a click opens the row, but a click on its box only selects it', () => {
  const onOpen = vi.fn();
  render(<Local rows={rowsOf(3)} onOpen={onOpen} />);
  fireEvent.click(screen.getByRole('checkbox', { name: '选择 项目2' }));
  expect(onOpen).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText('项目2'));
  expect(onOpen).toHaveBeenCalledTimes(1);
});

test('the cell that caused the light is tinted, and totals stand under their columns', () => {
  render(<Local rows={rowsOf(8)} totals="合计 8 个" />);
  const cells = screen.getAllByRole('gridcell');
  expect(cells.find((cell) => cell.textContent === '-10')?.className).toContain('cause late');
  expect(cells.find((cell) => cell.textContent === '-3')?.className).not.toContain('cause');
  expect(cells.find((cell) => cell.textContent === '合计 8 个')?.getAttribute('aria-colspan')).toBe('2');
  expect(cells.at(-1)?.textContent).toBe('−4.4');
});

test('a head sorts up, down and not at all', () => {
  const asked: (GridSort | undefined)[] = [];
  function Sorted() {
    const [sort, setSort] = useState<GridSort | undefined>();
    return (
      <Local
        rows={rowsOf(2)}
        sort={sort}
        onSort={(next) => {
          asked.push(next);
          setSort(next);
        }}
      />
    );
  }
  render(<Sorted />);
  const head = screen.getByRole('button', { name: '按项目名称排序' });
  fireEvent.click(head);
  expect(screen.getAllByRole('columnheader')[1]?.getAttribute('aria-sort')).toBe('ascending');
  fireEvent.click(head);
  fireEvent.click(head);
  expect(asked).toEqual([{ key: 'name', direction: 'asc' }, { key: 'name', direction: 'desc' }, undefined]);
});

test('windows are read as they come into view, and only those', async () => {
  const all = rowsOf(20_000);
  const loadRange = vi.fn(async (offset: number, limit: number) => ({
    rows: all.slice(offset, offset + limit),
    total: all.length,
  }));
  function Remote() {
    return <Table source={useWindowedRows<Row>({ queryKey: ['rows'], loadRange })} />;
  }
  renderPage(<Remote />);
  await screen.findByText('项目0');
  expect(loadRange).toHaveBeenCalledTimes(1);
  expect(loadRange.mock.calls[0]?.slice(0, 2)).toEqual([0, 100]);
});

test('a failed read says so and can be tried again', async () => {
  const loadRange = vi
    .fn()
    .mockRejectedValueOnce(new Error('断了'))
    .mockResolvedValue({ rows: rowsOf(1), total: 1 });
  function Remote() {
    return <Table source={useWindowedRows<Row>({ queryKey: ['rows'], loadRange })} />;
  }
  renderPage(<Remote />);
  fireEvent.click(await screen.findByRole('button', { name: '重试' }));
  await waitFor(() => expect(screen.getByText('项目0')).toBeTruthy());
});

test('when a filter changes, the old rows stay, marked busy, until the first new ones are here', async () => {
  const answers: ((total: number) => void)[] = [];
  const loadRange = () =>
    new Promise<{ rows: Row[]; total: number }>((done) =>
      answers.push((total) => done({ rows: rowsOf(total), total })),
    );
  function Remote() {
    const [year, setYear] = useState(2021);
    return (
      <>
        <button type="button" onClick={() => setYear(2020)}>
          去年
        </button>
        <Table source={useWindowedRows<Row>({ queryKey: ['rows', year], loadRange })} />
      </>
    );
  }
  renderPage(<Remote />);
  await waitFor(() => expect(answers).toHaveLength(1));
  answers[0]!(3);
  await screen.findByText('项目2');
  fireEvent.click(screen.getByText('去年'));
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(screen.getByText('项目2')).toBeTruthy();
  expect(screen.getByRole('grid').getAttribute('aria-busy')).toBe('true');
  answers[1]!(1);
  await waitFor(() => expect(screen.queryByText('项目2')).toBeNull());
  expect(screen.getByRole('grid').getAttribute('aria-busy')).toBe('false');
});
