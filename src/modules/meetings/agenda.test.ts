import { expect, test } from 'vitest';
import { type AgendaFacts, asksForCoordination, assembleAgenda, ordered, type ProjectFact } from './agenda.ts';

const none: AgendaFacts = { previousTitle: null, followUp: [], projects: [], overdue: [], requests: [] };
const project = (id: string, light: 'late' | 'warn', gapPoints: number | null, planYuan = 1): ProjectFact => ({
  id,
  name: `示例${id}`,
  light,
  gapPoints,
  planYuan,
  since: '2021-08-03',
  unitId: 'u1',
});
const decision = (id: string, light: string) => ({ id, state: 'working', light, leadUnitId: 'u1' });
const overdue = {
  id: 'm1',
  no: '问〔2021〕3号',
  title: '征拆',
  projectId: 'p9',
  leadUnitId: 'u2',
  dueCurrent: '2021-09-01',
};

test('the last meeting comes first, then red, yellow, overdue and requests, the worst of each first', () => {
  const { items } = assembleAgenda({
    previousTitle: '2021年第8次工作调度会',
    followUp: [decision('d1', 'done'), decision('d2', 'red'), decision('d3', 'normal')],
    projects: [project('y', 'warn', -3), project('r1', 'late', -12.34), project('r2', 'late', -30)],
    overdue: [
      { ...overdue, daysOver: 4, extensions: 0 },
      { ...overdue, id: 'm2', no: '问〔2021〕4号', daysOver: 25, extensions: 2 },
    ],
    requests: [
      {
        kind: 'filing',
        title: '示例路',
        projectId: 'p3',
        matterId: null,
        unitId: 'u3',
        detail: '恳请协调管线',
        on: '2021-09-20',
      },
      {
        kind: 'escalated',
        title: '用林',
        projectId: null,
        matterId: 'm7',
        unitId: 'u3',
        detail: '',
        level: 'headquarters',
        on: '2021-09-21',
      },
    ],
  });
  expect(items.map((item) => item.source)).toEqual([
    'followUp',
    'late',
    'late',
    'warn',
    'overdue',
    'overdue',
    'request',
    'request',
  ]);
  expect(items.map((item) => item.title)).toEqual([
    '上次会议议定事项落实情况',
    '示例r2',
    '示例r1',
    '示例y',
    '征拆',
    '征拆',
    '用林',
    '示例路',
  ]);
  expect(items.map((item) => item.why[0]!.zh)).toEqual([
    '2021年第8次工作调度会及以前议定 3 项：已销号 1 项，逾期 1 项',
    '红灯，自 2021-08-03 起，欠时序 30.0 个百分点',
    '红灯，自 2021-08-03 起，欠时序 12.3 个百分点',
    '黄灯，自 2021-08-03 起，欠时序 3.0 个百分点',
    '问〔2021〕4号 逾期 25 日（期限 2021-09-01，已延期 2 次）',
    '问〔2021〕3号 逾期 4 日（期限 2021-09-01）',
    '2021-09-21 提级至总指挥部研究',
    '填报提请协调：恳请协调管线',
  ]);
});

test('a first meeting has nothing to follow up', () => {
  expect(assembleAgenda({ ...none, projects: [project('a', 'warn', null)] }).items.map((i) => i.why[0]!.zh)).toEqual([
    '黄灯，自 2021-08-03 起',
  ]);
});

test('what concerns one project or one matter twice stands once, with both reasons', () => {
  const { items } = assembleAgenda({
    ...none,
    projects: [project('p3', 'late', -8)],
    overdue: [{ ...overdue, daysOver: 4, extensions: 0 }],
    requests: [
      {
        kind: 'filing',
        title: '示例',
        projectId: 'p3',
        matterId: null,
        unitId: null,
        detail: '恳请协调',
        on: '2021-09-20',
      },
      {
        kind: 'extension',
        title: '征拆',
        projectId: 'p9',
        matterId: 'm1',
        unitId: null,
        detail: '2021-10-08',
        on: '2021-09-20',
      },
    ],
  });
  expect(items.map((item) => item.why.map((why) => why.zh))).toEqual([
    ['红灯，自 2021-08-03 起，欠时序 8.0 个百分点', '填报提请协调：恳请协调'],
    ['问〔2021〕3号 逾期 4 日（期限 2021-09-01）', '2021-09-20 申请延期至 2021-10-08'],
  ]);
});

test('a matter of a red project keeps a page of its own', () => {
  const { items } = assembleAgenda({
    ...none,
    projects: [project('p9', 'late', -8)],
    overdue: [{ ...overdue, daysOver: 4, extensions: 0 }],
  });
  expect(items).toHaveLength(2);
});

test('what does not fit is counted, and can still be chosen', () => {
  const facts = { ...none, projects: ['a', 'b', 'c'].map((id, i) => project(id, 'late', -i)) };
  const { items, leftOut, all } = assembleAgenda(facts, { late: 1, warn: 0, overdue: 0, request: 0 });
  expect(items.map((item) => item.projectId)).toEqual(['c']);
  expect(leftOut.late).toBe(2);
  expect(all).toHaveLength(3);
});

test('a filing asks when its words ask, not when they only report', () => {
  expect(asksForCoordination('管线迁改滞后，恳请市里协调电力公司')).toBe(true);
  expect(asksForCoordination('需市自然资源局支持解决用地指标')).toBe(true);
  expect(asksForCoordination('雨天较多，影响土方施工')).toBe(false);
});

test('a dragged order puts what is not named behind', () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  expect(ordered(items, ['c', 'a']).map((item) => item.id)).toEqual(['c', 'a', 'b', 'd']);
});

test('a promise whose day has passed is an item, or one more reason where its project stands already', () => {
  const promise = {
    kind: 'promise' as const,
    title: '环湖大桥',
    projectId: 'p1',
    matterId: null,
    unitId: null,
    detail: '二季度调度会纪要',
    on: '2021-08-31',
  };
  const alone = assembleAgenda({ ...none, requests: [promise] }).items;
  expect(alone.map((one) => [one.source, one.title, one.why[0]!.zh])).toEqual([
    ['request', '环湖大桥', '承诺 2021-08-31 未兑现（二季度调度会纪要）'],
  ]);
  const red = {
    id: 'p1',
    name: '环湖大桥',
    light: 'late' as const,
    gapPoints: -12,
    planYuan: 100_000_000,
    since: '2021-07-01',
    unitId: null,
  };
  const both = assembleAgenda({ ...none, projects: [red], requests: [promise] }).items;
  expect(both).toHaveLength(1);
  expect(both[0]!.why.map((why) => why.zh)).toContain('承诺 2021-08-31 未兑现（二季度调度会纪要）');
});
