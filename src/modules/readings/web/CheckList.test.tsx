import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Desk } from '../contract.ts';
import { CheckList } from './CheckList.tsx';

type Check = Desk['checks'][number];
const check = (at: number, published: number, verdict: Check['verdict'], zh: string): Check => ({
  kind: 'rate',
  verdict,
  published,
  computed: null,
  unit: '%',
  spans: [{ start: at, end: at + 3 }],
  originals: [{ start: at + 1, end: at + 4 }],
  says: { zh, en: zh },
});

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

test('contradictions stand first, and what the text does not say is told once, with each of its places to go to', async () => {
  const onGo = vi.fn();
  const lacks = (published: number) => `${published}% 无法判断：没有写出年度计划`;
  renderPage(
    <CheckList
      checks={[
        check(10, 74, 'cannot-judge', lacks(74)),
        check(20, 50, 'agrees', '10 ÷ 20 = 50%'),
        check(30, 81, 'cannot-judge', lacks(81)),
        check(40, 90, 'contradicts', '160 ÷ 200 = 80%，不是 90%'),
      ]}
      unreadable={[]}
      onGo={onGo}
    />,
  );
  // At first only what somebody has to look at.
  expect((await screen.findAllByRole('listitem')).map((item) => item.dataset.verdict)).toEqual(['contradicts']);
  fireEvent.click(screen.getByRole('checkbox'));
  const lines = [...document.querySelectorAll<HTMLElement>('.check-list > li')];
  expect(lines.map((item) => item.dataset.verdict)).toEqual(['contradicts', 'cannot-judge', 'agrees']);
  expect(screen.getAllByText('没有写出年度计划')).toHaveLength(1);
  const places = within(lines[1]!).getAllByRole('button');
  expect(places.map((place) => place.textContent)).toEqual(['74%', '81%']);
  fireEvent.click(places[1]!);
  expect(onGo).toHaveBeenCalledWith({ start: 30, end: 33 }, { start: 31, end: 34 });
});
