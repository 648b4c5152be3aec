import { expect, test } from 'vitest';
import { queryOf, readState, toFilter, writeState } from './list-state.ts';

const filters = { board: { values: ['产业', ''] }, total: { from: 500_000_000 }, enrolled: { values: ['false'] } };

test('the address brings the list back as it was', () => {
  const state = {
    tab: 'late',
    q: 'szxyy',
    year: 2020,
    level: 'items' as const,
    filters,
    sort: { key: 'gap', direction: 'desc' as const },
  };
  expect(readState(writeState(state, 2021), 2021)).toEqual(state);
});

test('a broken address shows everything instead of failing', () => {
  expect(readState(new URLSearchParams('f={{&sort=nothing.up&year=17'), 2021)).toMatchObject({
    filters: {},
    sort: undefined,
    year: 2021,
  });
});

test('grid filters become the conditions of the server', () => {
  expect(toFilter('board', filters.board)).toEqual({ op: 'in', field: 'board', values: ['产业', null] });
  expect(toFilter('total', filters.total)).toEqual({ op: 'between', field: 'total', min: 500_000_000, max: null });
  expect(toFilter('enrolled', filters.enrolled)).toEqual({ op: 'is', field: 'enrolled', value: false });
  expect(toFilter('startPlanned', { to: '2021-09-30' })).toEqual({
    op: 'days',
    field: 'startPlanned',
    from: null,
    to: '2021-09-30',
  });
});

test("a tab's own condition stays under the person's filters", () => {
  const state = {
    tab: 'late',
    q: '',
    year: 2021,
    level: 'projects' as const,
    filters: { board: { values: ['产业'] } },
    sort: undefined,
  };
  expect(queryOf(state).filters).toEqual([
    { op: 'in', field: 'light', values: ['late'] },
    { op: 'in', field: 'board', values: ['产业'] },
  ]);
});
