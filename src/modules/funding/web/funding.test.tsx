import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { ProjectFunding } from '../shapes.ts';
import { FundingSection } from './FundingSection.tsx';
import { readMoney } from './MoneyInput.tsx';

const id = '0190a000-0000-7000-8000-000000000001';
const wan = (n: number) => n * 10_000;

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

const who = { actorName: '刘敏', at: '2021-06-30T02:00:00.000Z' };
const revision = {
  ...who,
  track: 'total' as const,
  decidedOn: '2021-06-30',
  document: null,
  reason: null,
  approver: null,
};
const money: ProjectFunding = {
  projectId: id,
  year: 2021,
  years: [2021],
  totalYuan: wan(56_000),
  revisions: [
    { ...revision, id: `${id.slice(0, -1)}2`, seq: 1, kind: 'registered', yuan: wan(50_000) },
    { ...revision, id: `${id.slice(0, -1)}3`, seq: 2, kind: 'adjusted', yuan: wan(56_000) },
  ],
  agreementYuan: null,
  plan: { yuan: wan(12_000), version: 2 },
  rows: [
    {
      source: 'bond',
      label: '地方政府专项债券',
      plannedYuan: wan(6_000),
      arrivedYuan: wan(6_000),
      paidYuan: wan(3_000),
      arrivedToDateYuan: wan(6_000),
      paidToDateYuan: wan(3_000),
    },
    {
      source: 'local',
      label: '市县财政',
      plannedYuan: wan(4_000),
      arrivedYuan: wan(1_000),
      paidYuan: wan(1_500),
      arrivedToDateYuan: wan(1_000),
      paidToDateYuan: wan(1_500),
    },
  ],
  plannedYuan: wan(10_000),
  arrivedYuan: wan(7_000),
  paidYuan: wan(4_500),
  toPayYuan: null,
  arrivedToDateYuan: wan(7_000),
  paidToDateYuan: wan(4_500),
  months: [],
  findings: [
    {
      code: 'paidOverArrived',
      severity: 'explain',
      subject: 'local 2021',
      excessYuan: wan(500),
      words: { zh: '市县财政累计支付 1,500 万元，大于累计到位 1,000 万元', en: '' },
      explanation: null,
    },
  ],
  bonds: [],
  contracts: [],
  sources: [
    { code: 'bond', label: '地方政府专项债券', retired: false },
    { code: 'local', label: '市县财政', retired: false },
  ],
  allowed: ['enter', 'revise'],
};
const draw = (answers: Record<string, unknown> = {}, shown = money) =>
  renderPage(<FundingSection project={{ id, childCount: 0 }} year={2021} />, {
    send: answersFrom({ [`/api/funding/projects/${id}`]: shown, ...answers }),
    permissions: ['funding.read', 'funding.edit'],
  });

test('both arrival rates stand side by side and open to what they are made of, or why there is none', async () => {
  draw();
  fireEvent.click(await screen.findByRole('button', { name: '到位率 · 项目口径' }));
  expect(screen.getByRole('status').textContent).toBe(
    '本年到位 ÷ 年度投资计划：0.70 亿元 ÷ 1.20 亿元（调整后，第 2 版） = 58.3%',
  );
  fireEvent.click(screen.getByRole('button', { name: '到位率 · 招商口径' }));
  expect(screen.getByRole('status').textContent).toContain('未登记合同（协议）投资总额');
  expect(screen.getByText(/首次 5.00，调增 0.60（\+12.0%）/)).toBeTruthy();
});

test('each source has its row, and what does not fit waits for an explanation', async () => {
  const explained = vi.fn(async (_sent: unknown) => money);
  draw({
    [`/api/funding/projects/${id}/explanations`]: (_url: URL, init: RequestInit) =>
      explained(JSON.parse(String(init.body))),
  });
  const row = (await screen.findByText('市县财政')).closest('tr')!;
  expect(within(row).getByText('25.0%')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '写明原因' }));
  fireEvent.change(screen.getByRole('textbox', { name: '写明原因' }), {
    target: { value: '施工单位先行垫付，十月拨付到位' },
  });
  fireEvent.click(screen.getByRole('button', { name: /保\s?存/ }));
  await vi.waitFor(() =>
    expect(explained).toHaveBeenCalledWith({
      year: 2021,
      code: 'paidOverArrived',
      subject: 'local 2021',
      text: '施工单位先行垫付，十月拨付到位',
    }),
  );
});

test('a figure opens to its entries; a corrected one stays beside what took its place', async () => {
  const entry = {
    ...who,
    id,
    kind: 'arrived',
    year: 2021,
    period: '2021-03',
    source: 'local',
    bondId: null,
    contractId: null,
    yuan: wan(1_000),
    onDay: '2021-03-10',
    document: '回单 3',
    file: null,
    correctsId: null,
    reason: null,
    correctedById: null,
  };
  draw({
    [`/api/funding/projects/${id}/entries`]: [
      { ...entry, correctsId: money.revisions[0]!.id, reason: '多写了一个零' },
      { ...entry, id: money.revisions[0]!.id, yuan: wan(10_000), correctedById: id },
    ],
  });
  fireEvent.click(await screen.findByRole('button', { name: '查看市县财政到位的登记明细 0.10' }));
  expect(await screen.findByText('更正：多写了一个零')).toBeTruthy();
  expect(screen.getByText('已更正')).toBeTruthy();
});

test('nobody is offered a form that the server would refuse', async () => {
  draw({}, { ...money, allowed: [] });
  await screen.findByText('市县财政');
  expect(screen.queryByRole('button', { name: '登记资金' })).toBeNull();
  expect(screen.queryByRole('button', { name: '写明原因' })).toBeNull();
});

test('the unit of an amount is the one beside it, or the one in the text, and never guessed', () => {
  expect(readMoney({ typed: '300', unit: '万元' })).toEqual({ yuan: wan(300), fault: null });
  expect(readMoney({ typed: '1.2亿', unit: '万元' })).toEqual({ yuan: wan(12_000), fault: null });
  expect(readMoney({ typed: '0.00001', unit: '万元' }).fault).toBe('fraction');
  expect(readMoney({ typed: '-3', unit: '万元' }).fault).toBe('negative');
  expect(readMoney({ typed: '三百', unit: '万元' }).fault).toBe('bad');
});
