import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { checklistOf, type DocumentKind, type Facts, noFacts } from '../checklist.ts';
import type { Enrolment, Gaps, Overview } from '../contract.ts';
import { crossFindings } from '../cross-check.ts';
import { shippedRules } from '../rules.ts';
import { EnrolmentSection } from './EnrolmentSection.tsx';
import { GapsPage } from './GapsPage.tsx';
import { OpenPage } from './OpenPage.tsx';
import { gapShare, readWan, signed, wanExact } from './show.ts';

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

const projectId = '0190b0a0-0000-7000-8000-000000000001';
const path = `/api/enrolment/projects/${projectId}`;
const facts = (over: Partial<Facts>): Facts => ({ ...noFacts, ...over });
const approval = facts({ unitName: '岳阳市交投集团', day: '2020-11-20', totalYuan: 328_000_000 });
const contract = facts({ partyA: '岳阳市住建局', day: '2021-03-01' });
const held = [
  { kind: 'approval' as DocumentKind, hasFile: false, isOnPaper: true, facts: approval },
  { kind: 'contract' as DocumentKind, hasFile: false, isOnPaper: true, facts: contract },
];

const enrolment = (over: Partial<Enrolment> = {}): Enrolment => ({
  projectId,
  version: 3,
  state: 'preparing',
  startedOn: '2021-07-17',
  daysSinceStart: 71,
  lamp: 'late',
  lampDays: { warnOn: '2021-08-17', lateAfter: '2021-09-17' },
  lampSource: '银川 2025',
  totalYuan: 328_000_000,
  form: shippedRules.forms[0]!,
  enrolledOn: null,
  enrolledCode: null,
  documents: checklistOf(held, 328_000_000, shippedRules).map((item) => ({
    ...item,
    file: null,
    isOnPaper: item.state === 'ready',
    facts: held.find((d) => d.kind === item.kind)?.facts ?? noFacts,
    codeDoubt: null,
    version: item.state === 'ready' ? 1 : 0,
    changedAt: null,
    changedByName: null,
  })),
  findings: crossFindings({
    approval,
    contract,
    application: noFacts,
    environment: noFacts,
    register: { ownerName: '岳阳市交投集团', totalYuan: 328_000_000 },
  }),
  months: [],
  events: [],
  allowed: ['submit', 'enrol', 'document'],
  ...over,
});
const section = (answer: unknown, more: Record<string, unknown> = {}) =>
  renderPage(<EnrolmentSection project={{ id: projectId }} />, { send: answersFrom({ [path]: answer, ...more }) });

test('the section says the days, the lamp, what lacks, what differs with both values, and that nothing is reported', async () => {
  section(enrolment());
  expect(await screen.findByText('开工第 71 天')).toBeTruthy();
  expect(screen.getByText('滞后')).toBeTruthy();
  expect(screen.getByText('必备材料缺 ①④⑦')).toBeTruthy();
  expect(screen.getByText(/批文单位“岳阳市交投集团”与甲方（发包人）“岳阳市住建局”不一致/)).toBeTruthy();
  expect(screen.getByText(/以正式打桩为标志；平场阶段不算开工/)).toBeTruthy();
  expect(screen.getByText(/平台不报送统计数据，也不替代联网直报/)).toBeTruthy();
  expect(screen.getByText(/206-1 表：联网直报/)).toBeTruthy();
});

test('only what is allowed has a button; handing in with papers that differ asks which statement goes with them', async () => {
  section(enrolment());
  fireEvent.click(await screen.findByRole('button', { name: '登记已报统计部门' }));
  expect(screen.queryByRole('button', { name: '登记退回' })).toBeNull();
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/不会发送任何数据/)).toBeTruthy();
  const save = dialog.getByRole('button', { name: '保存' });
  expect((save as HTMLButtonElement).disabled).toBe(true);
  fireEvent.change(dialog.getByLabelText('材料有不一致时，写明已附的说明文件'), {
    target: { value: '附委托代建协议' },
  });
  expect((save as HTMLButtonElement).disabled).toBe(false);
});

test('a paper is read off field by field; an amount without a unit is 万元 and goes out in yuan', async () => {
  let sent: Record<string, unknown> = {};
  section(enrolment(), {
    [`${path}/documents`]: (_: URL, init: RequestInit) => {
      sent = JSON.parse(String(init.body)) as Record<string, unknown>;
      return enrolment();
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: /审批、核准或备案文件/ }));
  const total = await screen.findByLabelText('总投资');
  expect((total as HTMLInputElement).value).toBe('32800');
  fireEvent.change(total, { target: { value: '约三亿' } });
  expect(screen.getByText(/金额读不出/)).toBeTruthy();
  fireEvent.change(total, { target: { value: '3.3亿元' } });
  fireEvent.click(screen.getByRole('button', { name: '保存' }));
  await waitFor(() => expect(sent).toMatchObject({ kind: 'approval', version: 1, isOnPaper: true, fileId: null }));
  expect(sent.facts).toMatchObject({ totalYuan: 330_000_000, unitName: '岳阳市交投集团', partyA: null });
});

const pair = {
  period: '2021-08',
  statisticsYuan: 40_000_000,
  dispatchYuan: 50_000_000,
  gapYuan: 10_000_000,
  needsExplanation: true,
  explanation: null,
  source: { document: '8 月名单（示例）', issuedOn: '2021-09-15', file: null },
};

test('an enrolled project shows both figures, the gap in 万元 and percent, the source, and asks for the cause', async () => {
  section(
    enrolment({
      state: 'enrolled',
      lamp: 'normal',
      enrolledOn: '2021-07-30',
      enrolledCode: '4306021234',
      months: [
        pair,
        { ...pair, period: '2021-09', statisticsYuan: null, gapYuan: null, needsExplanation: false, source: null },
      ],
      allowed: ['explain'],
    }),
  );
  expect(await screen.findByText('已入统 · 2021-07-30 · 代码 4306021234')).toBeTruthy();
  expect(screen.getByText('+1,000')).toBeTruthy();
  expect(screen.getByText('+25.0%')).toBeTruthy();
  expect(screen.getByText('待说明')).toBeTruthy();
  expect(screen.getByText(/来源：8 月名单（示例），2021-09-15 公布/)).toBeTruthy();
  // September is not out yet: it is no gap.
  expect(screen.queryByText('2021年9月')).toBeNull();
});

const overview: Overview = {
  asOf: '2021-09-26',
  projects: { enrolled: 10, due: 18 },
  items: { enrolled: 12, due: 22 },
  large: { enrolled: 5, due: 6 },
  nationalYuan: 50_000_000,
  states: { notDue: 4, preparing: 6, submitted: 1, returned: 1, enrolled: 10, notRequired: 2 },
  lamps: { normal: 0, warn: 1, late: 1, unknown: 0 },
  rows: (
    [
      ['晚开工项目', 'warn', 40],
      ['早开工项目', 'late', 90],
    ] as const
  ).map(([name, lamp, days], index) => ({
    projectId: `0190b0a0-0000-7000-8000-00000000001${index}`,
    serial: index + 1,
    name,
    demo: true,
    countyName: '岳阳楼区',
    leadName: null,
    totalYuan: 80_000_000,
    startedOn: '2021-07-01',
    days,
    state: 'preparing',
    lamp,
    missing: ['contract', 'photo'],
    hits: 1,
  })),
};

test('the city’s page gives the rate of both counts, red before yellow, and what each still lacks', async () => {
  renderPage(<OpenPage />, { send: answersFrom({ '/api/enrolment/overview': overview }) });
  expect(await screen.findByText('55.6%')).toBeTruthy();
  expect(screen.getByText('入统率，已入 10 / 应入 18 个')).toBeTruthy();
  expect(screen.getByText('拆分 12 / 22 项')).toBeTruthy();
  const names = screen.getAllByRole('link').map((link) => link.textContent);
  expect(names.indexOf('早开工项目')).toBeLessThan(names.indexOf('晚开工项目'));
  expect(screen.getAllByText('③④')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: /满 1 个月/ }));
  await waitFor(() => expect(screen.queryByText('早开工项目')).toBeNull());
});

test('the gap table adds up only what has both figures, and keeps those that wait for an explanation apart', async () => {
  const row = { ...pair, projectId, serial: 1, name: '对照项目', demo: true, countyName: '云溪区', enrolledOn: null };
  const gaps: Gaps = {
    period: '2021-08',
    periods: ['2021-08'],
    rows: [
      { ...row, allowed: ['explain'] },
      {
        ...row,
        projectId: '0190b0a0-0000-7000-8000-000000000002',
        name: '已说明项目',
        explanation: { cause: 'method', text: '款未付', actorName: '刘敏', at: '2021-09-20T02:00:00.000Z' },
        allowed: [],
      },
    ],
    both: { projects: 2, statisticsYuan: 80_000_000, dispatchYuan: 100_000_000 },
    onlyStatistics: { projects: 0, statisticsYuan: 0 },
    onlyDispatch: { projects: 3, dispatchYuan: 9_000_000 },
    unexplained: 1,
  };
  renderPage(<GapsPage />, { send: answersFrom({ '/api/enrolment/gaps': gaps }) });
  expect(await screen.findByText('已说明项目')).toBeTruthy();
  expect(screen.getByText('只有调度数 3 个')).toBeTruthy();
  expect(screen.getByText('10,000')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '待说明 1 个' }));
  await waitFor(() => expect(screen.queryByText('已说明项目')).toBeNull());
  expect(screen.getByText('对照项目')).toBeTruthy();
});

test('amounts are read and shown in 万元 without losing a yuan on the way', () => {
  expect(readWan('32,800')).toBe(328_000_000);
  expect(readWan('1234.5')).toBe(12_345_000);
  expect(readWan('')).toBeNull();
  expect(readWan('约三亿')).toBe('bad');
  expect(wanExact(12_345_000)).toBe('1,234.50');
  expect(signed(-5_000_000)).toBe('−500');
  expect(gapShare(1, 0)).toBe('—');
});
