import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { YearPage } from './YearPage.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

const show = (read: (year: number) => Promise<string[]>, verify?: () => Promise<{ isWhole: boolean }>, at = '/kept') =>
  renderPage(
    <YearPage
      name="kept"
      title="各月"
      verifyLabel="校验"
      live={[]}
      read={read}
      {...(verify && { verify })}
      className="kept"
      checked={({ isWhole }) => <p role="status">{isWhole ? '完整' : '不完整'}</p>}
    >
      {(months) => months.map((month) => <p key={month}>{month}</p>)}
    </YearPage>,
    { at },
  );

test('shows the year of its address, this year where there is none', async () => {
  const read = vi.fn(async (year: number) => [`${year}年8月`]);
  show(read, undefined, '/kept?year=2019');
  expect(await screen.findByText('2019年8月')).toBeTruthy();
  cleanup();
  show(read);
  expect(await screen.findByText(/^\d{4}年8月$/)).toBeTruthy();
  expect(read.mock.calls[0]![0]).toBe(2019);
  expect(read.mock.calls.at(-1)![0]).toBeGreaterThan(2019);
});

test('verifies only when asked, and only for those who may ask', async () => {
  const verify = vi.fn(async () => ({ isWhole: false }));
  show(async () => ['8月'], verify);
  await screen.findByText('8月');
  expect(verify).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: /校\s?验/ }));
  expect((await screen.findByRole('status')).textContent).toBe('不完整');
  cleanup();
  show(async () => ['8月']);
  await screen.findByText('8月');
  expect(screen.queryByRole('button', { name: /校\s?验/ })).toBeNull();
});
