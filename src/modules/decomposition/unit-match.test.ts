import { describe, expect, test } from 'vitest';
import { faultsOf } from './row-check.ts';
import { matchUnit } from './unit-match.ts';

const names = [
  '岳阳市发展和改革委员会',
  '岳阳市财政局',
  '岳阳市住房和城乡建设局',
  '岳阳市自然资源和规划局',
  '岳阳市交通运输局',
  '岳阳市卫生健康委员会',
  '岳阳市市场监督管理局',
  '岳阳市商务粮食局',
  '岳阳市生态环境局',
  '华容县财政局',
  '华容县人民政府',
  '城陵矶新港区管理委员会',
  '岳阳市水利局',
  '岳阳市水利工程建设局',
];
const all = names.map((name, i) => ({ id: `u${i}`, name }));
const register = { all, find: (text: string) => all.filter((unit) => unit.name === text) };
const found = (text: string) => {
  const { unitId } = matchUnit(text, register);
  return unitId === null ? null : names[Number(unitId.slice(1))];
};

describe('a unit is found', () => {
  test.each([
    ['岳阳市财政局', '岳阳市财政局'],
    ['市财政局', '岳阳市财政局'],
    ['财政局', '岳阳市财政局'],
    ['市发改委', '岳阳市发展和改革委员会'],
    ['发改委', '岳阳市发展和改革委员会'],
    ['市住建局', '岳阳市住房和城乡建设局'],
    ['市自然资源局', '岳阳市自然资源和规划局'],
    ['市资规局', '岳阳市自然资源和规划局'],
    ['市交通局', '岳阳市交通运输局'],
    ['市卫健委', '岳阳市卫生健康委员会'],
    ['市场监管局', '岳阳市市场监督管理局'],
    ['市商务局', '岳阳市商务粮食局'],
    ['新港区管委会', null],
    ['华容县财政局', '华容县财政局'],
    ['市水利局', '岳阳市水利局'],
    ['各县市区', null],
    ['市统计局', null],
    ['市局', null],
  ])('%s', (text, name) => expect(found(text)).toBe(name));

  test('only when one fits: several are given as candidates', () => {
    const two = [...all, { id: 'x', name: '岳阳市发展改革委员会' }];
    const { unitId, candidates } = matchUnit('发展改革委', {
      all: two.filter((u) => u.id !== 'u0').concat({ id: 'y', name: '岳阳市发展体制改革委' }),
      find: () => [],
    });
    expect(unitId).toBeNull();
    expect(candidates).toEqual(['x', 'y']);
  });
});

test('a row is ready when it has a task, one lead of the register and a day', () => {
  const ready = {
    title: '示例任务',
    leadText: '市财政局',
    leadUnitId: 'a',
    co: [{ text: '市水利局', unitId: 'b' }],
    leaderText: null,
    leaderId: null,
    dueOn: '2021-12-31',
    dueWords: null,
  };
  expect(faultsOf(ready)).toEqual([]);
  expect(faultsOf({ ...ready, leadUnitId: null })).toEqual(['unknownLead']);
  expect(faultsOf({ ...ready, leadUnitId: null, leadText: null })).toEqual(['noLead']);
  expect(faultsOf({ ...ready, co: [{ text: '水投', unitId: null }] })).toEqual(['unknownCo']);
  expect(faultsOf({ ...ready, co: [{ text: '市财政局', unitId: 'a' }] })).toEqual(['leadTwice']);
  expect(faultsOf({ ...ready, leaderText: '某某' })).toEqual(['unknownLeader']);
  expect(faultsOf({ ...ready, dueOn: null })).toEqual(['noDue']);
  expect(faultsOf({ ...ready, dueOn: null, dueWords: '每月5日前' })).toEqual(['openDue']);
  expect(faultsOf({ ...ready, title: ' ' })).toEqual(['noTitle']);
});
