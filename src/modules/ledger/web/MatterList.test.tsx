import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '#core/web/language.ts';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { namedLists } from '../lists.ts';
import type { MatterRow } from '../shapes.ts';
import { MatterList } from './MatterList.tsx';

beforeEach(() => {
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

const row: MatterRow = {
  id: '018f0000-0000-7000-8000-000000000001',
  no: '任〔2021〕1号',
  kind: 'task',
  track: 'assigned',
  title: '机场快速路征地拆迁',
  category: 'land',
  urgency: 'normal',
  sourceKind: 'document',
  projectId: null,
  projectName: null,
  level: 'county',
  leadUnitId: null,
  leadUnitName: '市交通运输局',
  leadLeaderName: null,
  state: 'working',
  light: 'red',
  lightWhy: 'afterDue',
  raisedOn: '2021-09-01',
  issuedOn: '2021-09-01',
  signedOn: '2021-09-02',
  dueOriginal: '2021-09-17',
  dueCurrent: '2021-09-17',
  claimedOn: null,
  closedOn: null,
  progressOn: null,
  returns: 0,
  extensions: 0,
  reopens: 0,
  demo: false,
};
const counts = { ...Object.fromEntries(namedLists.map((list) => [list, 0])), all: 1, overdue: 1 };
const base = {
  '/api/matters': { rows: [row], total: 1 },
  '/api/ledger/counts': counts,
  '/api/ledger/views': [],
  '/api/organization/units': [],
};

it('shows how many days a red one is over, and the lists with their counts', async () => {
  renderPage(<MatterList />, { send: answersFrom(base), permissions: ['ledger.read'] });
  expect(await screen.findByText('机场快速路征地拆迁')).toBeTruthy();
  expect(screen.getByText('逾期 9 天')).toBeTruthy();
  expect(screen.getByRole('button', { name: /^逾期\s*1$/ })).toBeTruthy();
  // Lists that hold nothing stay out of the row, unless their being empty is news.
  expect(screen.queryByRole('button', { name: /^退回/ })).toBeNull();
  expect(screen.getByRole('button', { name: /^本周到期\s*0$/ })).toBeTruthy();
});

it('selects with the keyboard and offers the acts that one may do', async () => {
  const send = vi.fn(
    answersFrom({ ...base, '/api/matters/sign': { done: [{ id: row.id, no: row.no }], refused: [] } }),
  );
  renderPage(<MatterList />, { send, permissions: ['ledger.read', 'ledger.handle'] });
  await screen.findByText('机场快速路征地拆迁');
  fireEvent.keyDown(document.body, { key: 'j' });
  fireEvent.keyDown(document.body, { key: 'x' });
  const sign = await screen.findByRole('button', { name: /签\s*收/ });
  expect(screen.queryByRole('button', { name: /催\s*办/ })).toBeNull();
  fireEvent.click(sign);
  await waitFor(() => expect(send.mock.calls.some(([url]) => String(url).endsWith('/matters/sign'))).toBe(true));
  await waitFor(() => expect(screen.queryByRole('button', { name: /签\s*收/ })).toBeNull());
});
