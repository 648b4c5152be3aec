import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { CellRef, Pivot, Table, View } from '../shapes.ts';
import { ExplorePage } from './ExplorePage.tsx';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const table: Table = {
  from: '2021-01',
  to: '2021-09',
  rows: [[], [id(1)], [id(2)]],
  columns: [[]],
  cells: [[[800_000_000, { n: '3', d: '4' }]], [[600_000_000, { n: '1', d: '2' }]], [[null, null]]],
  names: { [id(1)]: '平江县', [id(2)]: '华容县' },
  day: '2021-09-26',
  hasDemo: true,
};
const pivot = { measures: ['yearDone', 'rate'], rows: ['county'] };
const view: View = {
  id: id(9),
  name: '各县区',
  pivot: {
    ...pivot,
    columns: [],
    span: { kind: 'thisYear' },
    level: 'projects',
    withDropped: false,
    conditions: [],
    subtotals: true,
    sort: null,
  } as Pivot,
  chart: 'none',
  isShared: true,
  isMine: false,
  ownerName: '总办',
  demo: false,
};
const asked: Pivot[] = [];
const cells: CellRef[] = [];
const send = answersFrom({
  '/api/explore/table': (url: URL) => {
    asked.push(JSON.parse(url.searchParams.get('pivot')!) as Pivot);
    return table;
  },
  '/api/explore/views': [view],
  [`/api/explore/views/${id(9)}`]: view,
  '/api/explore/members': (url: URL) => {
    cells.push(JSON.parse(url.searchParams.get('cell')!) as CellRef);
    return {
      total: 1,
      value: 600_000_000,
      members: [
        { projectId: id(3), serial: 3, name: '平江抽水蓄能', stage: 'building', demo: true, value: 600_000_000 },
      ],
    };
  },
  '/api/explore/filings': [
    { projectId: id(3), name: '平江抽水蓄能', period: '2021-08', monthYuan: 100_000_000, cumulativeYuan: 600_000_000 },
  ],
});

beforeEach(() => {
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
  localStorage.clear();
  chooseLanguage('zh');
  asked.length = 0;
  cells.length = 0;
});
afterEach(cleanup);

const at = `/explore?q=${encodeURIComponent(JSON.stringify(pivot))}`;

test('cells say figures as people read them, and arrows go over those that hold nothing', async () => {
  renderPage(<ExplorePage />, { send, at });
  const first = await screen.findByRole('button', { name: /^合计 本年完成 8.00/ });
  expect(screen.getByRole('button', { name: /^平江县 完成率 50.0/ })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^华容县 本年完成/ })).toBeNull();
  first.focus();
  fireEvent.keyDown(first, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('6.00');
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowRight' });
  expect(document.activeElement?.textContent).toBe('50.0');
  fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('50.0');
});

test('a cell opens to its projects and their filings, asked with the cell’s own heads', async () => {
  renderPage(<ExplorePage />, { send, at });
  fireEvent.click(await screen.findByRole('button', { name: /^平江县 本年完成/ }));
  const drawer = await screen.findByRole('dialog');
  expect(await within(drawer).findByRole('link', { name: '平江抽水蓄能' })).toBeTruthy();
  expect(cells[0]).toMatchObject({ row: [id(1)], column: [], measure: 'yearDone' });
  fireEvent.click(within(drawer).getByRole('button', { name: '平江抽水蓄能的各月填报' }));
  const month = await within(drawer).findByRole('link', { name: '2021年8月' });
  expect(month.getAttribute('href')).toBe(`/filings/${id(3)}/2021-08`);
});

test('a link to a shared view asks its question; a broken question in the address is the first one', async () => {
  renderPage(<ExplorePage />, { send, at: `/explore?view=${id(9)}` });
  expect(await screen.findByRole('heading', { level: 1, name: '自助分析 · 各县区' })).toBeTruthy();
  await waitFor(() => expect(asked[0]?.measures).toEqual(['yearDone', 'rate']));
  cleanup();
  asked.length = 0;
  renderPage(<ExplorePage />, { send, at: '/explore?q={broken' });
  await waitFor(() => expect(asked[0]?.rows).toEqual(['county']));
});

test('taking out subtotals asks again', async () => {
  renderPage(<ExplorePage />, { send, at });
  fireEvent.click(await screen.findByRole('checkbox', { name: '显示小计' }));
  await waitFor(() => expect(asked.at(-1)?.subtotals).toBe(false));
});
