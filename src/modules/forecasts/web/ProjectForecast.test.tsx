import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { ProjectForecast } from '../shapes.ts';
import { ProjectForecastSection } from './ProjectForecast.tsx';

const id = '00000000-0000-7000-8000-000000000001';
const yi = 100_000_000;
const forecast: ProjectForecast = {
  projectId: id,
  year: 2021,
  origin: '2021-08',
  planYuan: 4 * yi,
  doneYuan: 2 * yi,
  traits: { begun: true, planKind: 'carried', size: 'middle', board: '产业' },
  money: {
    spread: { p10: 2.5 * yi, p25: 2.8 * yi, p50: 3 * yi, p75: 3.2 * yi, p90: 3.6 * yi },
    references: { step: 1, windows: 120, projects: 30 },
  },
  finish: { planned: '2021-12-31', spread: null, projects: 0, step: 3, atPace: '2022-05-01' },
};
const show = (money: ProjectForecast['money'], tested: number) =>
  renderPage(<ProjectForecastSection project={{ id }} />, {
    send: answersFrom({
      [`/api/forecasts/projects/${id}`]: {
        forecast: { ...forecast, money },
        told: null,
        tested,
        inside: Math.round(tested * 0.8),
        finishTested: 0,
        finishInside: 0,
      },
    }),
  });

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

test('an interval stands with its references and its measured hit rate', async () => {
  show(forecast.money, 200);
  expect(await screen.findByText(/2\.50 — 3\.60 亿元/)).toBeTruthy();
  expect(screen.getByText(/同类投资状态、同计划类型、同规模，30 个项目的 120 段历史/).textContent).toContain(
    '200 次预测命中 160 次（80.0%）',
  );
});

test('where references are too few the page says so and shows no interval', async () => {
  show(null, 0);
  expect((await screen.findAllByText('同类项目的过去数据太少，不给区间')).length).toBe(2);
  expect(screen.queryByText(/亿元/)).toBeNull();
});
