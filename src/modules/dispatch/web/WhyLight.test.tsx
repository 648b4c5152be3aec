import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Explanation } from '../contract.ts';
import { evaluate } from '../light.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { shippedRuleSets } from '../rule-sets.ts';
import { WhyLight } from './WhyLight.tsx';

const projectId = '01a20112-f73f-7334-9db0-85eb374d7dbb';
const city = shippedRuleSets[0]!;
const facts: ProjectFacts = {
  planKind: 'carried',
  stage: 'building',
  startPlanned: '2019-11-30',
  startActual: '2019-11-18',
  finishPlanned: null,
  finishActual: null,
  totalYuan: 3_862_000_000,
  enrolled: true,
  enrolledOn: '2019-12-10',
  planYuan: 1_280_000_000,
  curve: null,
  doneYuan: 744_000_000,
  paidYuan: null,
  toPayYuan: null,
  months: [],
  overdueNodes: null,
  exemptions: [],
};
const why = (over: Partial<Explanation> = {}): Explanation => ({
  ...evaluate(city, facts, '2021-09-26'),
  projectId,
  planYuan: facts.planYuan,
  doneYuan: facts.doneYuan,
  acceptedPeriod: '2021-09',
  ruleSet: { code: 'city', version: 3, name: city.name, source: city.source, effectiveOn: '2021-07-01' },
  since: '2021-08-26',
  exemptions: [],
  allowed: [],
  ...over,
});
const show = (answer: Explanation) =>
  renderPage(<WhyLight project={{ id: projectId }} year={2021} />, {
    send: answersFrom({ [`/api/dispatch/projects/${projectId}/light`]: answer }),
  });

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

test('it names the rule that decided, with its sum, and the money opens its filing', async () => {
  show(why());
  expect(await screen.findByText(/4 条规则取最重一条：进度为黄灯/)).toBeTruthy();
  const row = screen.getByText('进度').closest('tr')!;
  expect(row.textContent).toContain('低于时序 10–30 个百分点（含）');
  expect(row.textContent).toContain('7.44 ÷ 12.80 − 269/365 = −15.6 个百分点');
  expect(within(row).getByRole('link', { name: '7.44' }).getAttribute('href')).toBe(`/filings/${projectId}/2021-09`);
  expect(screen.getByText('资金支付').closest('tr')!.textContent).toContain('缺数据');
});

test('it says what turns it green, rounded up so that the shown amount is enough', async () => {
  show(why());
  expect(await screen.findByText('今天：累计达到 8.16 亿元，还差 0.72')).toBeTruthy();
  expect(screen.getByText('2021-10-31：累计达到 9.39 亿元，还差 1.95')).toBeTruthy();
  expect(screen.getByText(/黄灯自 2021-08-26 起，第 32 天/)).toBeTruthy();
  expect(screen.getByText(/第 3 次修订/)).toBeTruthy();
});

test('an exemption is offered only to those who may, and a running one shows who approved it', async () => {
  const { unmount } = show(why());
  await screen.findByText(/豁免：无/);
  expect(screen.queryByRole('button', { name: '申请豁免' })).toBeNull();
  unmount();
  const given = {
    id: projectId,
    projectId,
    projectName: 'G353',
    ruleCode: 'progress',
    reason: '防汛停工',
    state: 'approved' as const,
    approver: '周立',
    decidedAt: '2021-09-01T03:00:00.000Z',
    decisionNote: null,
    from: '2021-09-01',
    until: '2021-10-31',
    endedOn: null,
    endReason: null,
    actorName: '刘敏',
    at: '2021-09-01T02:00:00.000Z',
    allowed: [],
  };
  show(why({ exemptions: [given], allowed: ['exempt'] }));
  expect(await screen.findByText('豁免（进度）：防汛停工，周立批准，至 2021-10-31')).toBeTruthy();
  expect(screen.getByRole('button', { name: '申请豁免' })).toBeTruthy();
  cleanup();
  show(why({ exemptions: [{ ...given, state: 'requested', approver: null, decidedAt: null }] }));
  expect(await screen.findByText('申请豁免（进度）：防汛停工，刘敏申请，至 2021-10-31，待批准')).toBeTruthy();
});

test('a colour of the city keeps its own word, colour and shape, and the node to be made up is named', async () => {
  const shenzhen = shippedRuleSets.find((s) => s.code === 'shenzhen-days')!;
  const late = { ...facts, overdueNodes: [{ name: '主体封顶', due: '2021-09-16' }] };
  const { container } = show(why(evaluate(shenzhen, late, '2021-09-26')));
  expect(await screen.findByText(/1 条规则取最重一条：工期为橙灯/)).toBeTruthy();
  const mark = container.querySelector('tbody .light[data-colour="orange"]')!;
  expect([mark.textContent, mark.getAttribute('data-shape')]).toEqual(['橙灯', 'hexagon']);
  expect(screen.getByText('未完成节点 主体封顶，节点到期 2021-09-16，超期 10 天')).toBeTruthy();
  expect(screen.getByText('补完“主体封顶”（应于 2021-09-16 完成，已超 10 天）并登记完成日期')).toBeTruthy();
});

test('a streak lists its months and what it became', async () => {
  const waiting = {
    ...facts,
    stage: 'preparation',
    planKind: 'new',
    startActual: null,
    startPlanned: '2021-06-15',
    enrolled: false,
    enrolledOn: null,
    doneYuan: 0,
  };
  const past = ['2021-08-31', '2021-07-31', '2021-06-30'].map((day) => ({ day, facts: waiting }));
  show(why(evaluate(city, waiting, '2021-09-26', past)));
  expect(await screen.findByText('连续 3 个月预警（2021-06、2021-07、2021-08），转为滞后')).toBeTruthy();
});

test('the same in English', async () => {
  chooseLanguage('en');
  show(why());
  expect(await screen.findByText(/The worst of 4 rules decides: Progress is yellow/)).toBeTruthy();
  expect(screen.getByText(/^Today: reach 816 CNY .+, 72 to go$/)).toBeTruthy();
});
