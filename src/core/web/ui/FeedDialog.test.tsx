import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { chooseLanguage } from '../text.ts';
import { FeedDialog } from './FeedDialog.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

test('an address is shown whole once it is made, and no longer when it is ended', async () => {
  let madeAt: string | null = null;
  const end = vi.fn(async () => {
    madeAt = null;
  });
  const make = async () => {
    madeAt = '2021-09-26T02:00:00.000Z';
    return [
      { label: 'RSS', path: '/api/feed/abc?format=rss' },
      { label: 'JSON', path: '/api/feed/abc?format=json' },
    ];
  };
  renderPage(
    <FeedDialog
      title="订阅"
      hint="请勿转发"
      queryKey={['test', 'feed']}
      read={async () => ({ madeAt })}
      make={make}
      end={end}
      onClose={() => undefined}
    />,
    {},
  );
  expect(await screen.findByText('还没有订阅地址')).toBeTruthy();
  expect(screen.queryByRole('button', { name: '撤 销' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '生成地址' }));
  const address = (await screen.findByLabelText('RSS')) as HTMLInputElement;
  expect(address.value).toBe(`${location.origin}/api/feed/abc?format=rss`);
  expect((screen.getByLabelText('JSON') as HTMLInputElement).value).toContain('format=json');
  fireEvent.click(await screen.findByRole('button', { name: /撤\s?销/ }));
  await waitFor(() => expect(end).toHaveBeenCalledOnce());
  await waitFor(() => expect(screen.queryByLabelText('RSS')).toBeNull());
  expect(await screen.findByText('还没有订阅地址')).toBeTruthy();
});

test('of one made before only its day is told: the server does not know it any more', async () => {
  renderPage(
    <FeedDialog
      title="订阅"
      hint="请勿转发"
      queryKey={['test', 'feed']}
      read={async () => ({ madeAt: '2021-09-26T02:00:00.000Z' })}
      make={async () => []}
      end={async () => undefined}
      onClose={() => undefined}
    />,
    {},
  );
  expect(await screen.findByText(/2021-09-26 10:00 生成过地址/)).toBeTruthy();
  expect(screen.queryByRole('textbox')).toBeNull();
});
