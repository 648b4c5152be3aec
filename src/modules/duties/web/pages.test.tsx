import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Handover, Month, Roster, Turn } from '../contract.ts';
import type { Clock, Incident } from '../incident-contract.ts';
import { shippedRules } from '../incident-rules.ts';
import { DutiesPage } from './DutiesPage.tsx';
import { IncidentPage } from './IncidentPage.tsx';
import { IncidentsPage } from './IncidentsPage.tsx';
import { RulesPage } from './RulesPage.tsx';

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const id = (n: number) => `0190b0a0-0000-7000-8000-00000000000${n}`;
const iso = (text: string) => new Date(`${text}:00+08:00`).toISOString();
const unit = { id: id(1), name: '市重点办' };
const turn = (over: Partial<Turn>): Turn => ({
  id: id(3),
  rosterId: id(2),
  post: 'officer',
  memberId: id(4),
  name: '刘敏',
  phone: '0730-8880001',
  from: iso('2021-09-26T08:30'),
  to: iso('2021-09-27T08:30'),
  ...over,
});
const leader = turn({ id: id(5), post: 'leader', memberId: id(6), name: '周建国', phone: null });
const roster = (over: Partial<Roster> = {}): Roster => ({
  id: id(2),
  unitId: unit.id,
  title: '9月值班表',
  fromOn: '2021-09-01',
  toOn: '2021-09-30',
  from: iso('2021-09-01T08:30'),
  to: iso('2021-10-01T08:30'),
  pattern: { handover: '08:30', workday: [], restDay: [] },
  version: 1,
  edition: 2,
  changedByName: '刘敏',
  changedAt: iso('2021-08-30T09:00'),
  demo: false,
  faults: [],
  fairness: [{ memberId: id(4), name: '刘敏', post: 'officer', counts: { workday: 4, rest: 2, holiday: 1 } }],
  allowed: ['swap'],
  ...over,
});
const handover: Handover = {
  id: null,
  unitId: unit.id,
  at: iso('2021-09-26T08:30'),
  outgoingName: '何晓东',
  incomingName: '刘敏',
  state: 'due',
  matters: [],
  matterCount: 0,
  incidents: [],
  notes: '',
  writtenByName: null,
  writtenAt: null,
  signedByName: null,
  signedAt: null,
  signNote: null,
  demo: false,
  allowed: ['write'],
};
const month = (over: Partial<Month> = {}): Month => ({
  month: '2021-09',
  unit,
  units: [unit],
  days: Array.from({ length: 42 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 7, 26 + i)).toISOString().slice(0, 10);
    return { day, kind: day === '2021-09-26' ? 'makeUp' : 'workday', name: day === '2021-09-26' ? '国庆节' : null };
  }),
  missingCalendar: null,
  madeAt: iso('2021-09-26T12:00'),
  onNow: [turn({}), leader],
  rosters: [roster()],
  turns: [turn({}), leader],
  members: [],
  handovers: [handover],
  allowed: ['roster', 'log'],
  ...over,
});
const page = (answer: Month, more: Record<string, unknown> = {}) =>
  renderPage(<DutiesPage />, { send: answersFrom({ '/api/duties': answer, ...more }) });

test('who is on now stands first, with a number to call, and the make-up workday is marked', async () => {
  page(month());
  const now = within((await screen.findByText('此刻值班')).closest('section')!);
  expect(now.getByText('周建国')).toBeTruthy();
  expect(now.getByText('未登记电话')).toBeTruthy();
  expect(now.getByRole('link', { name: '拨打 刘敏' }).getAttribute('href')).toBe('tel:0730-8880001');
  const day = screen.getByRole('button', { name: /^26/ });
  expect(day.textContent).toContain('班');
  expect(day.textContent).toContain('值班 刘敏');
});

test('nobody on duty is said in words and shape', async () => {
  page(month({ onNow: [leader] }));
  expect(await screen.findByText('■ 无人在岗')).toBeTruthy();
});

test('a draft with faults lists them from–to and cannot be published; a year without a calendar is said', async () => {
  const fault = {
    kind: 'gap' as const,
    post: 'officer' as const,
    from: iso('2021-09-14T08:30'),
    to: iso('2021-09-15T08:30'),
    names: [],
  };
  const draft = roster({ version: 0, title: '草稿一', faults: [fault], allowed: ['edit', 'publish', 'discard'] });
  page(month({ rosters: [draft], missingCalendar: 2027 }));
  expect(await screen.findByText('■ 1 处空档或重叠')).toBeTruthy();
  expect(screen.getByText('值班员空档：09-14 08:30 至 09-15 08:30')).toBeTruthy();
  expect((screen.getByRole('button', { name: '发布' }) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText(/2027 年的放假安排尚未发布/)).toBeTruthy();
});

test('what waits to be handed over shows what the next one will be given, then goes with the notes', async () => {
  let sent: Record<string, unknown> = {};
  const matter = {
    id: id(7),
    no: '问〔2021〕3号',
    title: '示例围挡加固',
    kind: 'problem',
    state: 'issued',
    dueOn: '2021-09-28',
    light: 'yellow',
    leadUnitName: '云溪区',
    why: 'duty',
  };
  page(month(), {
    '/api/duties/handovers/matters': { matters: [matter], matterCount: 1, incidents: [] },
    '/api/duties/handovers': (_: URL, init: RequestInit) => {
      sent = JSON.parse(String(init.body)) as Record<string, unknown>;
      return { ...handover, id: id(8), state: 'unsigned', allowed: [] };
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: '交班…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('示例围挡加固')).toBeTruthy();
  expect(dialog.getByText(/值班交办/)).toBeTruthy();
  fireEvent.change(dialog.getByLabelText('其他交代'), { target: { value: '注意水位' } });
  const send = dialog.getByRole('button', { name: '交班' });
  await waitFor(() => expect((send as HTMLButtonElement).disabled).toBe(false));
  fireEvent.click(send);
  await waitFor(() => expect(sent).toEqual({ unitId: unit.id, at: handover.at, notes: '注意水位' }));
});

const clock = (over: Partial<Clock>): Clock => ({
  code: 'countyPhone',
  report: 'phone',
  name: { zh: '电话报告', en: 'By phone' },
  basis: '县级实践',
  minutes: 20,
  dueAt: iso('2021-09-26T12:20'),
  metAt: null,
  lateMinutes: 0,
  state: 'running',
  ...over,
});
const incident: Incident = {
  id: id(9),
  no: '突发〔2021〕1号',
  class: 'environment',
  title: '示例泥浆入湖',
  place: '3 号墩',
  level: 'unknown',
  treatedAs: 'major',
  unitName: '交通指挥部',
  projectName: null,
  learnedAt: iso('2021-09-26T11:30'),
  closedAt: null,
  reports: 1,
  next: clock({ code: 'countyWritten', report: 'written', dueAt: iso('2021-09-26T12:10') }),
  lateMinutes: 5,
  state: 'near',
  demo: true,
  version: 1,
  unitId: unit.id,
  projectId: null,
  signs: ['drinkingWater'],
  happenedAt: null,
  learnedFrom: '巡查',
  treatedBasis: '第四条',
  enteredAt: iso('2021-09-26T11:40'),
  enteredByName: '陈志刚',
  madeAt: iso('2021-09-26T12:00'),
  clocks: [
    clock({ dueAt: iso('2021-09-26T11:50'), metAt: iso('2021-09-26T11:55'), lateMinutes: 5, state: 'metLate' }),
    clock({
      code: 'countyWritten',
      report: 'written',
      name: { zh: '书面初报', en: 'Written' },
      minutes: 40,
      dueAt: iso('2021-09-26T12:10'),
      state: 'near',
    }),
    clock({ code: 'environmentMajor', report: 'written', minutes: 120, dueAt: iso('2021-09-26T13:30') }),
  ],
  timeline: [
    {
      seq: 1,
      kind: 'phone',
      number: null,
      level: 'unknown',
      at: iso('2021-09-26T11:55'),
      text: '电话报值班室',
      elements: {},
      lateMinutes: 5,
      told: ['市重点办 值班员 刘敏'],
      outside: [],
      actorName: '陈志刚',
      enteredAt: iso('2021-09-26T11:58'),
    },
  ],
  events: [],
  matters: [],
  route: { people: ['市重点办 值班员 刘敏'], outside: ['市政府总值班室'] },
  nextReports: ['first'],
  allowed: ['report', 'setLevel', 'raiseMatter'],
};

test('the limits of an incident count down by the server’s clock, and late is said in minutes', async () => {
  renderPage(<IncidentPage />, {
    at: `/incidents/${incident.id}`,
    path: '/incidents/:id',
    send: answersFrom({ [`/api/incidents/${incident.id}`]: incident }),
  });
  expect(await screen.findByText(/11:55 报，晚 5 分钟/)).toBeTruthy();
  // Ten minutes by the server, whatever this computer thinks the time is.
  expect(screen.getByText(/▲ 还有 (10 分 0 秒|9 分 \d+ 秒)/)).toBeTruthy();
  expect(screen.getByText(/● 还有 1 小时 (30|29) 分/)).toBeTruthy();
  expect(screen.getByText('11:58 补录', { exact: false })).toBeTruthy();
  expect(screen.getByText('依据：第四条')).toBeTruthy();
});

test('a report goes out after it was asked whether it is meant, and names the bodies ticked off', async () => {
  let sent: Record<string, unknown> = {};
  renderPage(<IncidentPage />, {
    at: `/incidents/${incident.id}`,
    path: '/incidents/:id',
    send: answersFrom({
      [`/api/incidents/${incident.id}`]: incident,
      [`/api/incidents/${incident.id}/reports`]: (_: URL, init: RequestInit) => {
        sent = JSON.parse(String(init.body)) as Record<string, unknown>;
        return { ...incident, reports: 2 };
      },
    }),
  });
  fireEvent.change(await screen.findByLabelText('报告内容'), { target: { value: '围堰已封堵' } });
  fireEvent.change(screen.getByLabelText('已采取措施'), { target: { value: '布设围油栏' } });
  fireEvent.click(screen.getByRole('button', { name: '市政府总值班室' }));
  fireEvent.click(screen.getByRole('button', { name: '报送书面初报' }));
  fireEvent.click(await screen.findByRole('button', { name: '报出' }));
  await waitFor(() => expect(sent).toMatchObject({ kind: 'first', text: '围堰已封堵', outside: ['市政府总值班室'] }));
  expect(sent.elements).toEqual({ measures: '布设围油栏' });
  // Not touched: the moment of sending counts, not the minute the page was opened.
  expect(sent).not.toHaveProperty('at');
});

test('the list puts what is overdue first', async () => {
  const late = { ...incident, id: id(7), title: '已超时事件', state: 'late' as const };
  renderPage(<IncidentsPage />, {
    send: answersFrom({
      '/api/incidents': { madeAt: incident.madeAt, incidents: [incident, late], units: [], allowed: [] },
    }),
  });
  await screen.findByText('已超时事件');
  const titles = screen.getAllByRole('link').map((link) => link.textContent);
  expect(titles.indexOf('已超时事件')).toBeLessThan(titles.indexOf('示例泥浆入湖'));
  expect(screen.queryByRole('button', { name: '登记突发事件…' })).toBeNull();
});

test('rules of doubt and recipients are added and ended as a new version with its reason; an old version can be looked at', async () => {
  const older = { version: 0, rules: shippedRules, reason: null, actorName: null, at: null };
  const now = {
    version: 1,
    rules: { ...shippedRules, doubts: shippedRules.doubts.slice(1) },
    reason: '按市应急预案',
    actorName: '刘敏',
    at: iso('2021-09-01T09:00'),
  };
  const save = vi.fn((_: URL, _init: RequestInit) => now);
  renderPage(<RulesPage />, {
    send: answersFrom({
      '/api/incident-rules': (_: URL, init: RequestInit) =>
        init.method === 'POST' ? save(_, init) : { versions: [now, older], allowed: ['configure'] },
    }),
    permissions: ['duties.read', 'duties.configure'],
  });
  fireEvent.click(await screen.findByRole('button', { name: '查看' }));
  expect(await screen.findByText(/这是随平台提供的规则/)).toBeTruthy();
  expect(screen.getByText(/突发环境事件，涉及重金属/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '修改…' }));
  // Changes start from what holds, not from what was looked at.
  expect(screen.queryByText(/突发环境事件，涉及重金属/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '所有类别，有人员伤亡：按重大 停用' }));
  fireEvent.change(screen.getByRole('textbox', { name: '依据' }), { target: { value: '市应急预案第 3.2 条' } });
  fireEvent.click(screen.getByRole('button', { name: '加入规则' }));
  fireEvent.click(screen.getByRole('button', { name: '较大 总指挥部办公室 带班领导 停用' }));
  fireEvent.change(screen.getByRole('textbox', { name: '一般 加入平台外单位' }), { target: { value: '县政府值班室' } });
  fireEvent.click(screen.getByRole('button', { name: '一般 加入平台外单位 加入' }));
  fireEvent.change(screen.getByRole('textbox', { name: '理由' }), { target: { value: '按预案修订' } });
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(save).toHaveBeenCalled());
  const sent = JSON.parse(String(save.mock.calls[0]![1].body));
  expect(sent).toMatchObject({ basedOn: 1, reason: '按预案修订' });
  expect(sent.rules.doubts.map((d: { as: string; basis: string }) => [d.as, d.basis.slice(0, 6)])).toEqual([
    ['major', '市应急预案第'],
    ['larger', '本平台默认：'],
  ]);
  expect(sent.rules.routes[0].outside).toEqual(['县政府值班室']);
  expect(sent.rules.routes[1].to).toEqual(shippedRules.routes[1]!.to.slice(0, 3));
  expect(sent.rules.routes[3]).toEqual(shippedRules.routes[3]);
});
