import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { CityForecast } from '../shapes.ts';
import { ForecastsPage } from './ForecastsPage.tsx';

const yi = 100_000_000;
const spread = { p10: 10 * yi, p25: 11 * yi, p50: 12 * yi, p75: 13 * yi, p90: 15 * yi };
const city: CityForecast = {
  year: 2021,
  origin: '2021-11',
  horizon: 1,
  projects: 3,
  planYuan: 14 * yi,
  done: Array.from({ length: 11 }, (_, i) => (i < 10 ? ((i + 1) * 8 * yi) / 10 : 9 * yi)),
  plan: Array.from({ length: 12 }, (_, i) => Math.round(((i + 1) * 14 * yi) / 12)),
  ahead: [{ period: '2021-12', spread, past: 20 }],
  tests: {
    projects: { horizon: 1, stretch: 1, months: [] },
    total: { horizon: 1, months: [] },
    finish: [],
  },
};

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

test('the fan has both intervals as bands that open from what was done, readable as a table', async () => {
  renderPage(<ForecastsPage />, {
    send: answersFrom({
      '/api/forecasts/city': { city, told: null },
      '/api/forecasts/projects': { counts: { short: 0, doubtful: 0, late: 0, all: 0, untold: 0 }, rows: [] },
    }),
  });
  const december = (await screen.findByRole('rowheader', { name: '2021年12月', hidden: true })).closest('tr')!;
  expect([...december.cells].map((cell) => cell.textContent)).toEqual([
    '2021年12月',
    '14.00',
    '—',
    '12.00',
    '10.00—15.00',
    '11.00—13.00',
  ]);
  const november = screen.getByRole('rowheader', { name: '2021年11月', hidden: true }).closest('tr')!;
  expect([...november.cells].slice(3).map((cell) => cell.textContent)).toEqual(['9.00', '9.00', '9.00']);
});
