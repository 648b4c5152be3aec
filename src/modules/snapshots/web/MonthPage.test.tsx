import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { MonthPage } from './MonthPage.tsx';

/** A line on which nothing happens. */
class Silence {
  addEventListener() {}
  close() {}
}
vi.stubGlobal('EventSource', Silence);
chooseLanguage('zh');

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const missing = { projectId: id(1), projectName: '湘雅分院', unitName: '市卫健委', state: 'submitted', reason: null };
const month = {
  period: '2021-08',
  total: 2,
  filed: 1,
  exempt: 0,
  frozen: 0,
  correcting: 0,
  snapshot: null,
  changedSince: 0,
  allowed: ['freeze'],
};

test('before a freeze the page says what will happen and who is missing, and asks why it is done nevertheless', async () => {
  const sent: unknown[] = [];
  renderPage(<MonthPage />, {
    at: '/snapshots/2021-08',
    path: '/snapshots/:period',
    permissions: ['snapshots.read', 'snapshots.freeze'],
    send: answersFrom({
      '/api/snapshots/months/2021-08/freeze': (_url: URL, init: RequestInit) => {
        sent.push(JSON.parse(String(init.body)));
        return { ok: true };
      },
      '/api/snapshots/months/2021-08': { month, snapshots: [], restatements: [], unfiled: [missing] },
    }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '冻结本月' }, { timeout: 5000 }));
  const form = within(await screen.findByRole('dialog', {}, { timeout: 5000 }));
  expect(form.getByText(/1 份已审填报将冻结/)).toBeDefined();
  expect(form.getByText('湘雅分院')).toBeDefined();
  const freeze = form.getByRole('button', { name: '冻结' }) as HTMLButtonElement;
  expect(freeze.disabled).toBe(true);
  fireEvent.change(form.getByLabelText('缺报仍冻结的理由'), { target: { value: '经主任办公会同意' } });
  await waitFor(() => expect(freeze.disabled).toBe(false));
  fireEvent.click(freeze);
  await waitFor(() => expect(sent).toEqual([{ missingReason: '经主任办公会同意', note: null }]));
});
