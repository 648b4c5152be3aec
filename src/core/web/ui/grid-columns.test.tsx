import { act, cleanup, renderHook } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { arrange, useGridColumns } from './grid-columns.ts';
import type { GridColumn } from './grid-types.ts';

type Row = { id: string };
const column = (key: string, more: Partial<GridColumn<Row>> = {}): GridColumn<Row> => ({
  key,
  title: key,
  render: () => key,
  ...more,
});
const columns = [column('light', { always: true }), column('name'), column('plan'), column('note', { hidden: true })];
const keys = (list: readonly { key: string }[]) => list.map((one) => one.key);

beforeEach(() => {
  cleanup();
  localStorage.clear();
});

test('a person’s columns are remembered over a reload, apart for each table', () => {
  const first = renderHook(() => useGridColumns('projects.list.a', columns));
  act(() => first.result.current.setShown('note', true));
  act(() => first.result.current.setShown('plan', false));
  act(() => first.result.current.move('note', -1));
  act(() => first.result.current.setWidth('name', 222));
  expect(keys(first.result.current.shown)).toEqual(['light', 'name', 'note']);
  const kept = localStorage.getItem('guatu.columns.nobody.projects.list.a');
  expect(JSON.parse(kept!)).toEqual({
    order: ['light', 'name', 'note', 'plan'],
    shown: { note: true, plan: false },
    widths: { name: 222 },
  });
  const other = renderHook(() => useGridColumns('units.list', columns));
  expect(keys(other.result.current.shown)).toEqual(['light', 'name', 'plan']);
  act(() => first.result.current.reset());
  expect(keys(first.result.current.shown)).toEqual(['light', 'name', 'plan']);
});

test('a column that must stay cannot be hidden', () => {
  const all = arrange(columns, { order: [], shown: { light: false }, widths: {} });
  expect(all[0]).toMatchObject({ key: 'light', isShown: true });
});

test('a column that a new release brings stands after its neighbour, and one that it dropped is forgotten', () => {
  const choice = { order: ['plan', 'gone', 'light', 'name'], shown: { gone: true }, widths: {} };
  const grown = [column('light'), column('name'), column('new'), column('plan')];
  expect(keys(arrange(grown, choice))).toEqual(['plan', 'light', 'name', 'new']);
});
