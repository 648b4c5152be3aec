import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { CountyLamps, Exemption, Summary } from '../contract.ts';
import type { CountyFacts } from '../county-check.ts';
import { evaluateCounty } from '../county-light.ts';
import { emptySums } from '../grouping.ts';
import { shippedRuleSets } from '../rule-sets.ts';
import { DispatchPage } from './DispatchPage.tsx';
import { ExemptionsPage } from './ExemptionsPage.tsx';

const yunxi = '01a20112-f73f-7334-9db0-85eb374d7dbb';
const today = '2021-09-26';
const tianjin = shippedRuleSets.find((s) => s.code === 'tianjin-2022')!;
const facts: CountyFacts = {
  projects: 12,
  planYuan: 1_500_000_000,
  doneYuan: 1_090_000_000,
  throughYuan: 1_060_000_000,
  lastYearYuan: 1_000_000_000,
  plannedGrowth: '8',
  city: { throughYuan: 10_500_000_000, lastYearYuan: 10_000_000_000 },
  months: [],
  plannedThroughYuan: 1_060_000_000,
  place: 1,
  placeBefore: 1,
  rates: [],
};
const lamps: CountyLamps = {
  day: today,
  ruleSet: { code: tianjin.code, version: 0, name: tianjin.name, source: tianjin.source },
  counties: [
    {
      unitId: yunxi,
      name: '云溪区',
      ...evaluateCounty(tianjin, facts, today)!,
      plannedGrowth: { percent: '8', source: '示例', actorName: '刘敏', at: '2021-02-01T02:00:00.000Z' },
    },
  ],
};
const group = { ...emptySums(yunxi), projects: 12, items: 12, name: '云溪区', rank: 1, gapPoints: -3 };
const summary: Summary = {
  year: 2021,
  day: today,
  clock: { n: 269, d: 365, shown: '269/365', kind: 'linearDay' },
  ruleSet: { code: tianjin.code, version: 0, name: tianjin.name },
  asOf: today,
  total: { ...group, key: null, name: null, rank: null },
  byCounty: [group],
  byCommand: [],
  byBoard: [],
};

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

test('each county has its lamp, and behind it the rule, its figures and the amount that turns it green', async () => {
  renderPage(<DispatchPage />, {
    at: '/dispatch',
    send: answersFrom({ '/api/dispatch/summary': summary, '/api/dispatch/counties': lamps }),
  });
  const lamp = await screen.findByRole('button', { name: '云溪区为什么是这个灯' });
  expect(lamp.textContent).toBe('预警');
  expect(screen.queryByText(/计划增速 8%/)).toBeNull();
  fireEvent.click(lamp);
  const row = screen.getByText('区投资增速').closest('tr')!;
  expect(row.textContent).toContain('1–8 月');
  expect(row.textContent).toContain('增速 6.0%，计划增速 8%，全市增速 5.0%');
  expect(within(row).getByText('增长，低于计划和全市平均其中一个')).toBeTruthy();
  expect(screen.getByText('至 2021-08-31 累计需达到 10.80 亿元，还差 0.20')).toBeTruthy();
  expect(screen.getByText('计划增速 8%（示例）')).toBeTruthy();
  fireEvent.click(lamp);
  expect(screen.queryByText('区投资增速')).toBeNull();
});

test('without rules for counties the table has no column of lamps', async () => {
  renderPage(<DispatchPage />, {
    at: '/dispatch',
    send: answersFrom({ '/api/dispatch/summary': summary, '/api/dispatch/counties': { ...lamps, counties: [] } }),
  });
  expect(await screen.findByText('云溪区')).toBeTruthy();
  expect(screen.queryByText('县区灯')).toBeNull();
});

test('exemptions stand by what is to be done with them: to decide, in force until a day, over', async () => {
  const one: Exemption = {
    id: '01a20112-f73f-7334-9db0-85eb374d7dbc',
    projectId: yunxi,
    projectName: '道路',
    ruleCode: null,
    reason: '防汛停工',
    state: 'requested',
    approver: null,
    decidedAt: null,
    decisionNote: null,
    from: '2021-09-01',
    until: '2021-10-06',
    endedOn: null,
    endReason: null,
    actorName: '赵琳',
    at: '2021-09-01T02:00:00.000Z',
    allowed: ['decide'],
  };
  const id = (n: number) => `01a20112-f73f-7334-9db0-85eb374d7d${n}0`;
  const approved = { ...one, id: id(1), state: 'approved' as const, approver: '周立', allowed: ['end' as const] };
  const rows = [
    one,
    approved,
    { ...approved, id: id(2), until: '2021-09-25', allowed: [] },
    { ...one, id: id(3), state: 'refused' as const, approver: '周立', decisionNote: '未见停工令', allowed: [] },
  ];
  renderPage(<ExemptionsPage />, {
    at: '/dispatch/exemptions',
    send: answersFrom({
      '/api/dispatch/exemptions': rows,
      '/api/dispatch/rule-sets': { sets: [], active: null, choices: [] },
    }),
  });
  const tableOf = async (label: string) => within(await screen.findByRole('region', { name: label }));
  const waiting = await tableOf('待批准');
  fireEvent.click(waiting.getByRole('button', { name: '不批准' }));
  // Refusing is said with a reason.
  expect(screen.getByRole('button', { name: /确\s*定/ }).hasAttribute('disabled')).toBe(true);
  expect((await tableOf('有效')).getByText('还有 10 天到期')).toBeTruthy();
  const over = await tableOf('已结束');
  expect(over.getByText('已到期')).toBeTruthy();
  expect(over.getByText('未见停工令')).toBeTruthy();
});
