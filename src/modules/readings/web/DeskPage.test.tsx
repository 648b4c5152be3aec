import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Desk, Proposal, Values } from '../contract.ts';
import { DeskPage } from './DeskPage.tsx';

const id = '00000000-0000-7000-8000-000000000001';
const unitId = '00000000-0000-7000-8000-000000000002';
const part = '要抓紧办理施工许可。';
const values: Values = {
  kind: 'requirement',
  title: '抓紧办理施工许可',
  leadUnitId: unitId,
  coUnitIds: [],
  projectId: null,
  dueOn: null,
  hedge: null,
};
const proposal = (start: number, more: Partial<Proposal> = {}): Proposal => ({
  key: `requirement:${start}`,
  kind: 'requirement',
  span: { start, end: start + 9 },
  original: { start, end: start + 9 },
  text: part.slice(0, 9),
  values,
  names: { [unitId]: '市住建局' },
  decision: null,
  history: [],
  allowed: ['accept', 'reject'],
  ...more,
});
const decided = proposal(0, {
  decision: {
    decision: 'accept',
    accepted: values,
    reason: null,
    result: { kind: 'matter', id: unitId },
    byName: '陈立',
    at: '2021-09-26T02:05:00.000Z',
  },
  history: [
    { act: 'reject', reason: null, byName: '陈立', at: '2021-09-26T02:00:00.000Z' },
    { act: 'accept', reason: null, byName: '陈立', at: '2021-09-26T02:05:00.000Z' },
  ],
  allowed: ['revoke'],
});
/** A text of two parts; the second has a place that contradicts. */
const deskOf = (index: number): Desk => ({
  document: {
    id,
    title: '推进会纪要',
    documentDate: '2021-07-20',
    addedAt: '2021-09-26T01:00:00.000Z',
    addedByName: '刘敏',
    fileName: null,
    length: 80_000,
    accepted: 1,
    rejected: 0,
    isWithdrawn: false,
  },
  part: { index, start: index * 40_000, originalStart: index * 40_000, length: 80_000 },
  parts: [
    { start: 0, contradicts: 0, proposals: 1 },
    { start: 40_000, contradicts: 1, proposals: 1 },
  ],
  original: part,
  clean: part,
  articles: [],
  unreadable: [],
  marks: [
    {
      id: 1,
      kind: 'requirement',
      span: { start: index * 40_000, end: index * 40_000 + 9 },
      original: { start: index * 40_000, end: index * 40_000 + 9 },
      text: part.slice(0, 9),
      says: null,
      registerId: null,
    },
  ],
  checks: [],
  proposals: index === 0 ? [decided] : [proposal(40_000)],
  allowed: ['edit', 'withdraw'],
});

const sent: unknown[] = [];
const send = answersFrom({
  [`/api/readings/${id}`]: (url: URL) => deskOf(Number(url.searchParams.get('part') ?? 0)),
  [`/api/readings/${id}/revoke`]: (_: URL, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return proposal(0);
  },
  [`/api/readings/${id}/decide`]: (_: URL, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return decided;
  },
});
const desk = () =>
  renderPage(<DeskPage />, { send, at: `/readings/${id}`, path: '/readings/:id', permissions: ['readings.read'] });
beforeEach(() => {
  chooseLanguage('zh');
  sent.length = 0;
});
afterEach(cleanup);

test('a decision is taken back by key, with a reason; who decided before stands beside it', async () => {
  desk();
  fireEvent.click(await screen.findByRole('button', { name: /要抓紧办理/ }));
  const history = screen.getByRole('list', { name: '各次决定' });
  expect(within(history).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: '采纳' })).toBeNull();
  fireEvent.keyDown(document.body, { key: 'z' });
  const form = await screen.findByRole('dialog');
  const save = within(form).getByRole('button', { name: '撤回决定' });
  expect((save as HTMLButtonElement).disabled).toBe(true);
  fireEvent.change(within(form).getByLabelText('理由'), { target: { value: '采错了一条' } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toEqual([expect.objectContaining({ key: 'requirement:0', reason: '采错了一条' })]));
});

test('a long text is shown in parts, and the parts that contradict are named', async () => {
  desk();
  await screen.findByText(/全文 80,000 字，分 2 段显示/);
  fireEvent.click(screen.getByRole('button', { name: '第 2 段' }));
  const open = await screen.findByText('待定 1 条');
  expect(open).toBeTruthy();
  // Marks are placed in the part, not in the whole text.
  const marks = document.querySelectorAll('.marked-text mark.m-requirement');
  expect([...marks].map((mark) => mark.textContent)).toEqual([part.slice(0, 9), part.slice(0, 9)]);
});

test('what is put right goes out as one value, whatever its kind', async () => {
  desk();
  await screen.findByText(/全文/);
  fireEvent.click(screen.getByRole('button', { name: '第 2 段' }));
  await screen.findByText('待定 1 条');
  fireEvent.click(screen.getByRole('button', { name: /要抓紧办理/ }));
  fireEvent.keyDown(document.body, { key: 'e' });
  const form = await screen.findByRole('dialog');
  for (const label of ['事项', '牵头单位', '配合单位', '项目', '完成时限'])
    expect(within(form).getByLabelText(label)).toBeTruthy();
  fireEvent.change(within(form).getByLabelText('事项'), { target: { value: '月底前办妥施工许可' } });
  fireEvent.click(within(form).getByRole('button', { name: /采\s?纳/ }));
  await waitFor(() =>
    expect(sent).toEqual([
      expect.objectContaining({
        key: 'requirement:40000',
        decision: 'accept',
        values: { ...values, title: '月底前办妥施工许可' },
      }),
    ]),
  );
});

test('who comes second is told by whom it was decided, and sees the decision at once', async () => {
  const words = { zh: '陈立已于 2021-09-26 10:05 采纳这一条；要改，先撤回这个决定', en: 'Decided' };
  let isDecided = false;
  const late = answersFrom({
    [`/api/readings/${id}`]: () => ({ ...deskOf(0), proposals: [isDecided ? decided : proposal(0)] }),
    [`/api/readings/${id}/decide`]: () => {
      isDecided = true;
      return Response.json({ code: 'decided', words, requestId: 'test' }, { status: 409 });
    },
  });
  renderPage(<DeskPage />, { send: late, at: `/readings/${id}`, path: '/readings/:id' });
  fireEvent.click(await screen.findByRole('button', { name: /要抓紧办理/ }));
  fireEvent.keyDown(document.body, { key: 'a' });
  await screen.findByText(words.zh);
  await screen.findByText('✓ 已采纳');
  expect(screen.getByText(words.zh)).toBeTruthy();
});
