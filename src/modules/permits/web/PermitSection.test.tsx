import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Plan, Step } from '../contract.ts';
import { PermitSection } from './PermitSection.tsx';

const projectId = '01a20112-f73f-7334-9db0-85eb374d7dbb';
const step = (code: string, zh: string, over: Partial<Step> = {}): Step => ({
  id: `01a20112-0000-7000-8000-0000000000${code.length.toString().padStart(2, '0')}`,
  code,
  name: { zh, en: code },
  lane: 'land',
  ownerText: '自然资源部门',
  unit: null,
  limitDays: 20,
  limitUnit: 'WORKDAY',
  basis: '《行政许可法》第四十二条',
  isReference: true,
  after: [],
  state: 'ready',
  light: 'idle',
  acceptedOn: null,
  doneOn: null,
  dueOn: null,
  usedDays: null,
  leftDays: null,
  blockedBy: [],
  blocks: [],
  suspensions: [],
  documentNo: null,
  file: null,
  note: null,
  version: 1,
  allowed: [],
  ...over,
});
const plan: Plan = {
  projectId,
  asOf: '2021-09-26',
  template: { code: 'filed-building', name: { zh: '备案制 · 房建', en: 'Filed' }, version: 0 },
  steps: [
    step('landUse', '建设用地规划许可证', {
      state: 'overdue',
      light: 'late',
      acceptedOn: '2021-08-11',
      dueOn: '2021-09-08',
      usedDays: 32,
      leftDays: -12,
      blocks: ['planning'],
      version: 2,
      allowed: ['finish', 'suspend', 'correct', 'assign'],
    }),
    step('planning', '建设工程规划许可证', {
      lane: 'design',
      state: 'blocked',
      after: ['landUse'],
      blockedBy: ['landUse'],
      allowed: ['accept', 'skip', 'assign'],
    }),
    step('constructionPermit', '施工许可证', { lane: 'start', state: 'blocked', blockedBy: ['planning'] }),
  ],
  earliest: {
    day: '2021-12-01',
    isDone: false,
    chain: [{ code: 'planning', remaining: 20, unit: 'WORKDAY', from: '2021-09-26', to: '2021-11-03' }],
  },
  missingCalendar: null,
  allowed: ['plan'],
};
const sent: unknown[] = [];
const show = (answer: Plan) =>
  renderPage(<PermitSection project={{ id: projectId, board: '产业', childCount: 0 }} />, {
    send: answersFrom({
      [`/api/permits/projects/${projectId}`]: answer,
      [`/api/permits/steps/${plan.steps[0]!.id}/move`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return plan;
      },
      [`/api/permits/projects/${projectId}/plan`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return plan;
      },
      '/api/permits/templates': {
        templates: [
          {
            code: 'filed-industrial',
            name: { zh: '备案制 · 工业', en: 'Filed · industry' },
            version: 0,
            steps: [],
            reason: null,
            actorName: null,
            at: null,
          },
        ],
        allowed: [],
      },
    }),
  });

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  sent.length = 0;
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

test('lanes show days used of the limit, what is over it and what waits for what; the chain names the day', async () => {
  show(plan);
  expect(await screen.findByText('32 / 20 · 超 12 工作日')).toBeTruthy();
  expect(screen.getByText('待 建设用地规划许可证')).toBeTruthy();
  expect(screen.getByText('2021-12-01')).toBeTruthy();
  expect(screen.getByText(/关键链/).textContent).toBe('关键链 建设工程规划许可证 20 个工作日');
  expect(screen.getByText('已办结 0 / 3')).toBeTruthy();
});

test('a step tells its ground and its successors, and offers only what may be recorded now', async () => {
  show(plan);
  fireEvent.click(await screen.findByText('32 / 20 · 超 12 工作日'));
  expect(await screen.findByText('《行政许可法》第四十二条')).toBeTruthy();
  expect(screen.getByText('参考')).toBeTruthy();
  expect(screen.queryByRole('button', { name: '受理' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '补正（暂停计时）' }));
  const save = screen.getByRole('button', { name: /保\s*存/ }) as HTMLButtonElement;
  expect(save.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('要求补正的内容'), { target: { value: '补充图件' } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: 'suspend', version: 2, on: '2021-09-26', reason: '补充图件' });
});

test('without a plan the usual template of the board is offered', async () => {
  show({ ...plan, template: null, steps: [], earliest: null });
  expect(await screen.findByText('备案制 · 工业')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '建立手续计划' }));
  await waitFor(() => expect(sent[0]).toMatchObject({ template: 'filed-industrial' }));
});

test('a year without a calendar says so instead of a day', async () => {
  show({ ...plan, earliest: null, missingCalendar: 2027 });
  expect(await screen.findByText('2027 年工作日历尚未发布，无法推算最早日期。')).toBeTruthy();
});
