import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPlainText } from '#core/shared/document-text.ts';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { DocumentView, Row } from '../contract.ts';
import { propose } from '../propose.ts';
import { faultsOf } from '../row-check.ts';
import { report } from '../testing/documents.ts';
import { DecompositionPage } from './DecompositionPage.tsx';

const id = '0190a000-0000-7000-8000-000000000001';
const uuid = (n: number) => `0190a000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;
const document = readPlainText(report);
const known = new Map([['市应急局', '示例市应急管理局']]);
const rows: Row[] = propose(document, { title: '', on: '2021-02-19' }).map((row, i) => {
  const leadUnitId = row.leadText && known.has(row.leadText) ? uuid(90) : null;
  const base = {
    ...row,
    id: uuid(i),
    n: i + 1,
    leadUnitId,
    leadName: leadUnitId && known.get(row.leadText!)!,
    co: row.coTexts.map((text) => ({ text, unitId: null, name: null })),
    leaderId: null,
    leaderName: null,
    state: 'proposed' as const,
    version: 1,
    matter: null,
  };
  return { ...base, faults: faultsOf(base) };
});
const view: DocumentView = {
  id,
  title: '政府工作报告',
  sourceRef: null,
  docOn: '2021-02-19',
  kind: 'text',
  fileName: null,
  unitName: '总指挥部',
  state: 'confirming',
  madeByName: '刘敏',
  madeAt: '2021-02-20T01:00:00.000Z',
  issuedAt: null,
  demo: false,
  counts: {
    rows: rows.length,
    proposed: rows.length,
    accepted: 0,
    rejected: 0,
    issued: 0,
    ready: 1,
    lackLead: 8,
    lackDue: 3,
  },
  ...document,
  rows,
  allowed: ['edit', 'issue', 'discard'],
};

const sent: { path: string; body: Record<string, unknown> }[] = [];
let current = view;
const show = (start: DocumentView = view) => {
  current = start;
  const command = (url: URL, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { rowIds?: string[]; state?: Row['state'] };
    sent.push({ path: url.pathname, body });
    if (body.rowIds && body.state)
      current = {
        ...current,
        rows: current.rows.map((row) => (body.rowIds!.includes(row.id) ? { ...row, state: body.state! } : row)),
      };
    return url.pathname.endsWith('issue') ? { issued: [] } : { changed: 1 };
  };
  return renderPage(<DecompositionPage />, {
    at: `/decompositions/${id}`,
    path: '/decompositions/:id',
    send: answersFrom({
      [`/api/decompositions/${id}`]: () => current,
      [`/api/decompositions/${id}/rows/decide`]: command,
      [`/api/decompositions/${id}/issue`]: command,
    }),
  });
};
const lineOf = (title: RegExp) => screen.getByText(title, { selector: '.dc-task b' }).closest('tr')!;
const press = (key: string) => fireEvent.keyDown(window.document.body, { key });

beforeEach(() => {
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

test('the counts stand on top, and a row says what it lacks in words', async () => {
  show();
  expect(await screen.findByText('8 条缺牵头单位')).toBeTruthy();
  expect(within(lineOf(/服务专班/)).getByText('每月5日前')).toBeTruthy();
  expect(within(lineOf(/服务专班/)).getByText('是重复的期限，不是一个日期')).toBeTruthy();
  expect(within(lineOf(/招商攻坚/)).getByText(/市商务局（未找到）/)).toBeTruthy();
});

test('a row finds its place in the text, and the text finds its row', async () => {
  const { container } = show();
  await screen.findByText('8 条缺牵头单位');
  fireEvent.click(lineOf(/安全大排查/));
  const active = [...container.querySelectorAll('.dc-text [data-active]')].map((e) => e.textContent).join('');
  expect(active).toBe('责成市应急局于3月20日前完成在建工地安全大排查。');
  expect(container.querySelector('.dc-text [data-field=due]')?.textContent).toBe('3月20日前');
  const mark = [...container.querySelectorAll('.dc-mark')].find((e) => e.textContent?.includes('新建公办幼儿园'))!;
  fireEvent.click(mark);
  expect(lineOf(/幼儿园/).getAttribute('aria-current')).toBe('true');
});

test('J and K walk the rows, A accepts and R rejects and both go on to the next', async () => {
  show();
  await screen.findByText('8 条缺牵头单位');
  press('j');
  press('j');
  press('k');
  expect(lineOf(/快速路/).getAttribute('aria-current')).toBe('true');
  press('a');
  await waitFor(() => expect(within(lineOf(/快速路/)).getByText('已采用')).toBeTruthy());
  expect(lineOf(/水厂/).getAttribute('aria-current')).toBe('true');
  press('r');
  await waitFor(() => expect(sent.map((s) => s.body.state)).toEqual(['accepted', 'rejected']));
});

test('Enter opens the row for editing, with the words of the document beside each field, and Esc closes it', async () => {
  // As newer browsers do: with a promise.
  const scroll = vi.fn(() => Promise.resolve());
  Object.assign(Element.prototype, { scrollIntoView: scroll });
  show();
  await screen.findByText('8 条缺牵头单位');
  fireEvent.click(lineOf(/服务专班/));
  fireEvent.keyDown(lineOf(/服务专班/), { key: 'Enter' });
  expect(await screen.findByText('原文：市优化办')).toBeTruthy();
  expect(screen.getByText('原文：每月5日前（是重复的期限，不是一个日期）')).toBeTruthy();
  expect(scroll).toHaveBeenCalled();
  fireEvent.keyDown(screen.getByLabelText('任务'), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByText('原文：市优化办')).toBeNull());
  expect(lineOf(/服务专班/)).toBeTruthy();
});

test('issuing asks first, and says how many', async () => {
  show({ ...view, rows: rows.map((row, i) => (i < 2 ? { ...row, state: 'accepted' as const } : row)) });
  fireEvent.click(await screen.findByRole('button', { name: /签发 2 条/ }));
  expect(await screen.findByText(/牵头单位立即收到交办/)).toBeTruthy();
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: /签\s*发/ }));
  await waitFor(() => expect(sent.map((s) => s.path)).toEqual([`/api/decompositions/${id}/issue`]));
});

test('who may only read gets no boxes, keys or buttons that change anything', async () => {
  show({ ...view, allowed: [] });
  await screen.findByText('8 条缺牵头单位');
  expect(screen.queryByRole('checkbox')).toBeNull();
  press('j');
  press('a');
  expect(sent).toEqual([]);
  expect(screen.queryByRole('button', { name: /^签发/ })).toBeNull();
});
