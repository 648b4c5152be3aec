import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Need, ProjectFactors } from '../contract.ts';
import { lampOf } from '../lamp.ts';
import { FactorSection } from './FactorSection.tsx';

const projectId = '01a20112-f73f-7334-9db0-85eb374d7dbb';
const need = (over: Partial<Need>): Need => ({
  id: '01a20112-0000-7000-8000-000000000001',
  category: 'land',
  demand: 184_200,
  supplied: 184_200,
  allotted: 100_000,
  clearance: null,
  unit: { id: '01a20112-0000-7000-8000-00000000000a', name: '自然资源和规划局' },
  personName: '何静',
  promisedOriginal: null,
  promisedOn: null,
  evidence: '示例函〔2021〕7号',
  files: [],
  note: null,
  state: 'secured',
  version: 3,
  ...over,
});
const needs = [
  need({}),
  need({
    id: '01a20112-0000-7000-8000-000000000002',
    category: 'power',
    demand: 1_670,
    supplied: 1_218,
    allotted: 0,
    promisedOriginal: '2021-08-01',
    promisedOn: '2021-09-20',
    evidence: null,
    state: 'overdue',
    version: 1,
  }),
];
const page = (over: Partial<ProjectFactors> = {}): ProjectFactors => ({
  projectId,
  asOf: '2021-09-26',
  lamp: lampOf(needs, '2021-09-26'),
  since: '2021-09-21',
  needs,
  allotments: [],
  allowed: ['edit'],
  ...over,
});
const sent: unknown[] = [];
const show = (answer: ProjectFactors) =>
  renderPage(<FactorSection project={{ id: projectId, childCount: 0 }} />, {
    send: answersFrom({
      [`/api/factors/projects/${projectId}`]: answer,
      [`/api/factors/projects/${projectId}/needs`]: (_: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return Response.json(
          {
            code: 'reason_missing',
            words: { zh: '须写明原因', en: 'needs a reason' },
            field: 'reason',
            requestId: 'test',
          },
          { status: 422 },
        );
      },
      '/api/organization/units': [],
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

test('shows what is secured of what is needed in its unit, and both promises where the first was moved', async () => {
  show(page());
  expect(await screen.findByText('1,842 / 1,842 亩')).toBeTruthy();
  expect(screen.getByText('1,218 / 1,670 千伏安')).toBeTruthy();
  expect(screen.getByText('原承诺 2021-08-01，现 2021-09-20 · 逾期 6 天')).toBeTruthy();
  expect(screen.getByText('示例函〔2021〕7号')).toBeTruthy();
});

test('says why the lamp is red, category by category, with its rule', async () => {
  show(page());
  fireEvent.click(await screen.findByText('为什么是“逾期”？'));
  expect(screen.getByText('用电：未落实且已过承诺日期')).toBeTruthy();
  const item = screen.getByText('已全部落实').closest('li')!;
  expect(within(item).getByText('用地指标')).toBeTruthy();
  expect(screen.getByText(/规则：取最差的一类/)).toBeTruthy();
});

test('a change goes out in whole units of the last decimal with the version it started from; a refusal stands at its field', async () => {
  show(page());
  fireEvent.click(await screen.findByRole('button', { name: '用地指标' }));
  fireEvent.change(await screen.findByLabelText('已落实'), { target: { value: '1,800.5' } });
  fireEvent.click(screen.getByRole('button', { name: /保\s*存/ }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ category: 'land', version: 3, demand: 184_200, supplied: 180_050 });
  expect(await screen.findByText('须写明原因')).toBeTruthy();
});

test('a number with too many decimals cannot be sent', async () => {
  show(page());
  fireEvent.click(await screen.findByRole('button', { name: '用电' }));
  fireEvent.change(await screen.findByLabelText('已落实'), { target: { value: '1218.5' } });
  expect(screen.getByText('请填写整数')).toBeTruthy();
  expect((screen.getByRole('button', { name: /保\s*存/ }) as HTMLButtonElement).disabled).toBe(true);
});

test('who may only read gets no buttons', async () => {
  show(page({ allowed: [] }));
  await screen.findByText('1,842 / 1,842 亩');
  expect(screen.queryByText('登记需求')).toBeNull();
  expect(screen.queryByRole('button', { name: '用地指标' })).toBeNull();
});
