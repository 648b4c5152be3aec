import { expect, it } from 'vitest';
import { type ListState, listAddress, queryOf, readState, writeState } from './list-state.ts';

const nothing: ListState = {
  list: 'all',
  view: null,
  q: '',
  filters: {},
  sort: undefined,
  unitId: null,
  unitName: null,
};

it('the address brings back the list, its filters, its order and its unit', () => {
  const state: ListState = {
    ...nothing,
    list: 'overdue',
    q: '机场',
    filters: { light: { values: ['red'] }, dueCurrent: { from: '2021-09-01', to: '2021-09-30' } },
    sort: { key: 'dueCurrent', direction: 'desc' },
    unitId: 'u1',
    unitName: '市交通局',
  };
  expect(readState(writeState(state))).toEqual(state);
  expect(queryOf(state)).toEqual({
    list: 'overdue',
    q: '机场',
    lights: ['red'],
    dueFrom: '2021-09-01',
    dueTo: '2021-09-30',
    unitIds: ['u1'],
    sort: 'dueCurrent',
    isDown: true,
  });
});

it('an address that somebody changed by hand shows the whole list instead of failing', () => {
  expect(readState(new URLSearchParams('list=nonsense&f={&sort=x.y'))).toEqual(nothing);
  expect(readState(new URLSearchParams('f={"light":{"values":"red"},"evil":{"values":[]}}')).filters).toEqual({});
});

it('what is chosen on top of a saved view narrows it', () => {
  const views = [{ id: 'v', name: '红灯', query: { lights: ['red' as const], list: 'overdue' as const } }];
  expect(queryOf({ ...nothing, view: 'v', filters: { kind: { values: ['task'] } } }, views)).toEqual({
    lights: ['red'],
    list: 'overdue',
    kinds: ['task'],
  });
});

it('a figure of the statistics opens the list behind it', () => {
  expect(listAddress({ filters: { track: { values: ['onSpot'] } } })).toBe(
    `/matters?f=${encodeURIComponent('{"track":{"values":["onSpot"]}}')}`,
  );
});
