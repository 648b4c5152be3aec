import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { ChallengeCard } from '../shapes.ts';
import { ChallengesPage } from './ChallengesPage.tsx';
import { shareOf, yuanOf } from './show.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const card = (n: number, rest: Partial<ChallengeCard> = {}): ChallengeCard => ({
  id: id(n),
  no: `榜〔2021〕${n}号`,
  batchId: id(900),
  batchTitle: '突破榜',
  title: `第${n}榜`,
  state: 'signed',
  owner: { id: id(901), name: '新港区' },
  verifier: { id: id(902), name: '统计局' },
  metric: { name: '集装箱吞吐量', unit: '万标箱', decimals: 2 },
  baseline: { n: '254', d: '5' },
  target: '60',
  openOn: '2021-03-02',
  closeOn: '2021-03-07',
  dueOn: '2021-12-31',
  takers: ['方某'],
  relation: 'inside',
  value: { n: '277', d: '5' },
  valueBasis: 'filing',
  valueOn: '2021-08-31',
  progress: { n: '1', d: '2' },
  time: { n: '2', d: '3' },
  isLagging: false,
  supports: 2,
  lateSupport: 0,
  needsAdjustment: false,
  demo: false,
  ...rest,
});
const batch = {
  id: id(900),
  title: '突破榜',
  year: 2021,
  publisher: { id: id(901), name: '新港区' },
  isSingleAward: true,
  audience: 'city',
  publicityDays: 5,
  rules: '',
  source: null,
  version: 1,
  demo: false,
  canPublish: false,
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

test('a card shows the way and the time, 自报 beside a typed number, and the late support of the publisher beside the lag', async () => {
  const cards = [card(1), card(2, { valueBasis: 'selfReported', isLagging: true, lateSupport: 1 })];
  const answer = { batches: [batch], cards, states: [{ state: 'signed', n: 2 }], allowed: [] };
  renderPage(<ChallengesPage />, {
    send: answersFrom({ '/api/challenges': answer }),
    permissions: ['challenges.read'],
  });
  const [sound, late] = await screen.findAllByRole('article');
  expect(within(sound!).getByText('50.0%')).toBeTruthy();
  expect(within(sound!).getByText('55.40 万标箱')).toBeTruthy();
  expect(within(sound!).getByText('核定报送')).toBeTruthy();
  expect(within(late!).getByText('自报')).toBeTruthy();
  expect(within(late!).getByText(/支持事项逾期 1 项/)).toBeTruthy();
  expect(within(late!).getByText(/落后于时间进度/)).toBeTruthy();
});

test('who is no party is shown the target and no number on the way', async () => {
  const cards = [card(1, { relation: 'public', value: null, valueBasis: null, progress: null })];
  const answer = { batches: [batch], cards, states: [], allowed: [] };
  renderPage(<ChallengesPage />, {
    send: answersFrom({ '/api/challenges': answer }),
    permissions: ['challenges.read'],
  });
  const shown = await screen.findByRole('article');
  expect(within(shown).getByText('过程数据不公开')).toBeTruthy();
  expect(within(shown).queryByText('自报')).toBeNull();
  expect(within(shown).queryByText('完成率')).toBeNull();
});

test('cents are shown whole, shares rounded once', () => {
  expect([yuanOf(65_666_671), yuanOf(5), yuanOf(100_000_000)]).toEqual(['656,666.71', '0.05', '1,000,000.00']);
  expect(shareOf({ n: '2', d: '3' })).toBe('66.7%');
  expect(shareOf(null)).toBe('—');
});
