import { cleanup, fireEvent, screen } from '@testing-library/react';
import { useLocation } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { DayPick, useTableAddress } from './DayPick.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

function Page() {
  const { day, set } = useTableAddress();
  return (
    <>
      <DayPick day={day} set={set} />
      <output>{`${day} ${useLocation().search}`}</output>
    </>
  );
}
const shown = () => screen.getByRole('status').textContent;
const pick = (value: string) => fireEvent.change(screen.getByLabelText('截至日期'), { target: { value } });

test('the day picked stands in the address beside what else is there, and today leaves it', () => {
  renderPage(<Page />, { at: '/dispatch?by=board' });
  expect(shown()).toBe('2021-09-26 ?by=board');
  pick('2021-06-30');
  expect(shown()).toBe('2021-06-30 ?by=board&day=2021-06-30');
  fireEvent.click(screen.getByRole('button', { name: '今天' }));
  expect(shown()).toBe('2021-09-26 ?by=board');
});

test('a day to come and what is no day show today', () => {
  renderPage(<Page />, { at: '/dispatch?day=2021-12-31' });
  expect(shown()).toMatch(/^2021-09-26 /);
  cleanup();
  renderPage(<Page />, { at: '/dispatch?day=2021-02-30' });
  expect(shown()).toMatch(/^2021-09-26 /);
});
