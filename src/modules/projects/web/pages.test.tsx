import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineWebModule } from '#core/web/module.ts';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { blankProject } from '../blank-project.ts';
import { type Project, projects } from '../contract.ts';
import type { ProjectRow, Totals } from '../list-shapes.ts';
import { EditProjectPage, NewProjectPage } from './ProjectEntry.tsx';
import { ProjectList } from './ProjectList.tsx';
import { ProjectPage } from './ProjectPage.tsx';

const id = '0190a000-0000-7000-8000-000000000001';
const date = (day: string) => ({ day, precision: 'day' as const, text: null });

/** A line to the server that says nothing. */
class Silence {
  onopen = null;
  onerror = null;
  readyState = 1;
  addEventListener() {}
  close() {}
}

beforeEach(() => {
  vi.stubGlobal('EventSource', Silence);
  localStorage.clear();
  chooseLanguage('zh');
});
afterEach(cleanup);

const row: ProjectRow = {
  id,
  serial: 18,
  name: '胥家桥物流园城配中心',
  code: null,
  board: '产业',
  industry: null,
  nature: null,
  planKind: 'carried',
  stage: 'building',
  tiers: ['市重点'],
  parentId: null,
  childCount: 3,
  regionCode: '430602',
  regionName: '岳阳楼区',
  startPlanned: null,
  startActual: '2020-03-01',
  finishPlanned: null,
  finishActual: null,
  totalYuan: 980_000_000,
  doneBeforeYuan: null,
  ownerName: null,
  leadName: '市交投集团',
  commandName: null,
  countyName: null,
  responsibleName: '何立新',
  leaderName: null,
  enrolled: true,
  enrolledOn: null,
  demo: true,
  light: 'late',
  cause: 'progress',
  planYuan: 300_000_000,
  doneYuan: 121_000_000,
  gapPoints: -33.4,
  filedOn: '2021-09-25',
  filingState: 'submitted',
};
const totals: Totals = {
  rows: 1,
  projects: 1,
  items: 3,
  totalYuan: 980_000_000,
  planYuan: 300_000_000,
  doneYuan: 121_000_000,
  doneOfPlannedYuan: 121_000_000,
  lights: { normal: 0, warn: 0, late: 1, idle: 0, ahead: 0 },
  notEnrolled: 0,
  notFiled: 0,
};
const project: Project = {
  ...blankProject('G353机场快速路项目'),
  id,
  serial: 3,
  version: 1,
  stage: 'building',
  childCount: 0,
  doneBeforeYear: null,
  parent: null,
  regionName: null,
  owner: null,
  lead: { id: null, name: '市交投集团' },
  command: null,
  county: null,
  lng: null,
  lat: null,
  contactHidden: false,
  totalYuan: 3_862_000_000,
  plan: null,
  originalPlanYuan: null,
  planYears: [],
  changedAt: '2021-09-25T10:40:00.000Z',
  allowed: ['edit'],
  standing: {
    year: 2021,
    light: 'warn',
    cause: 'progress',
    explanation: null,
    planYuan: null,
    doneYuan: null,
    gapPoints: null,
    filedOn: null,
    filingState: null,
    asOf: '2021-09-26',
    since: '2021-08-26',
  },
  milestones: [
    { id, name: '主线通车', planned: date('2021-07-01'), due: date('2021-10-01'), actual: date('2021-09-25') },
  ],
};
const shared = {
  '/api/project-views': [],
  '/api/project-choices': { board: [], tier: [{ label: '市重点', mark: '市' }], nature: [] },
  '/api/project-facets': {},
  '/api/project-counts': { projects: 1, items: 3, mine: 0, late: 1, startOverdue: 0, notEnrolled: 0 },
  '/api/projects': { year: 2021, asOf: '2021-09-26', rows: [row], totals },
  [`/api/projects/${id}`]: project,
  [`/api/projects/${id}/history`]: { total: 0, events: [] },
  '/api/organization/units': [],
  '/api/organization/regions': [],
};

test('the list says both counts and tints the cell that caused the light', async () => {
  renderPage(<ProjectList />, { send: answersFrom(shared), permissions: ['projects.read'] });
  expect((await screen.findAllByText('1 个，拆分 3 项')).length).toBeGreaterThan(0);
  const line = (await screen.findByText('胥家桥物流园城配中心')).closest<HTMLElement>('[role=row]')!;
  expect(within(line).getByText('滞后')).toBeTruthy();
  expect(within(line).getByText('拆3')).toBeTruthy();
  expect(within(line).getByText('−33.4').closest('.cell')?.className).toContain('late');
  expect(screen.queryByText('登记项目')).toBeNull();
});

test('the page keeps the original date beside the current one, and draws only what is allowed', async () => {
  renderPage(<ProjectPage />, {
    send: answersFrom(shared),
    at: `/projects/${id}`,
    path: '/projects/:id',
    permissions: ['projects.read'],
  });
  const milestone = (await screen.findByText('主线通车')).closest('tr')!;
  expect([...milestone.cells].map((cell) => cell.textContent)).toEqual([
    '主线通车',
    '2021-07-01',
    '2021-10-01',
    '2021-09-25',
    '晚 86 天',
  ]);
  expect(screen.getByRole('button', { name: '修改' })).toBeTruthy();
  expect(screen.queryByText('增加子项')).toBeNull();
  expect(screen.queryByText('设置节点')).toBeNull();
});

test('“why” opens what another module explains', async () => {
  const explainer = defineWebModule(projects, {
    slots: { 'projects.page.light': [{ order: 1, component: () => <p>进度低于时序</p> }] },
  });
  renderPage(<ProjectPage />, {
    send: answersFrom(shared),
    at: `/projects/${id}`,
    path: '/projects/:id',
    modules: [explainer],
  });
  const why = await screen.findByRole('button', { name: '为什么是黄灯？' });
  expect(screen.queryByText('进度低于时序')).toBeNull();
  fireEvent.click(why);
  expect(screen.getByText('进度低于时序')).toBeTruthy();
});

test('an empty form is not sent; the fault stands at its field', async () => {
  let sent = 0;
  const count = (_: URL, init: RequestInit) => {
    if (init.method === 'POST') sent++;
    return shared['/api/projects'];
  };
  renderPage(<NewProjectPage />, {
    send: answersFrom({ ...shared, '/api/projects': count }),
    permissions: ['projects.edit'],
  });
  fireEvent.click(await screen.findByRole('button', { name: '登记' }));
  expect(screen.getByText('请填写项目名称')).toBeTruthy();
  expect(sent).toBe(0);
});

test('a changed amount asks for its reason before anything is sent, and then sends only the change', async () => {
  let body: unknown;
  const update = (_: URL, init: RequestInit) => {
    body = JSON.parse(String(init.body));
    return project;
  };
  const send = answersFrom({ ...shared, [`/api/projects/${id}/update`]: update });
  renderPage(<EditProjectPage />, {
    send,
    at: `/projects/${id}/edit`,
    path: '/projects/:id/edit',
    permissions: ['projects.edit'],
  });
  fireEvent.change(await screen.findByLabelText('总投资'), { target: { value: '40' } });
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  expect(screen.getAllByText('修改金额或日期须写明原因').length).toBeGreaterThan(0);
  expect(body).toBeUndefined();
  fireEvent.change(screen.getByRole('textbox', { name: '原因' }), { target: { value: '概算调整' } });
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  await expect.poll(() => body).toEqual({ version: 1, changes: { totalYuan: 4_000_000_000 }, reason: '概算调整' });
});
