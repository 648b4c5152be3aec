import { beforeEach, expect, test } from 'vitest';
import { testSession } from '../testing/render-page.tsx';
import { forgetSession, recallSession, rememberSession } from './remembered-session.ts';

beforeEach(() => localStorage.clear());
const day = 86_400_000;

test('who was here is remembered for a week without a network, and forgotten by signing out', () => {
  rememberSession(testSession);
  expect(recallSession()?.account.name).toBe('刘敏');
  expect(recallSession(Date.now() + 8 * day)).toBeNull();
  forgetSession();
  expect(recallSession()).toBeNull();
});

test('the day goes on while there is no network, but not the day of a demonstration', () => {
  rememberSession({ ...testSession, today: '2026-09-26', demoClock: false });
  const later = Date.parse('2026-11-23T16:30:00Z');
  // The remembered moment is now; only the day matters here.
  localStorage.setItem(
    'guatu.session',
    localStorage.getItem('guatu.session')!.replace(/"at":\d+/, `"at":${later - day}`),
  );
  expect(recallSession(later)?.today).toBe('2026-11-24');
  rememberSession({ ...testSession, today: '2021-09-26', demoClock: true });
  expect(recallSession()?.today).toBe('2021-09-26');
});

test('what cannot be read is nobody', () => {
  localStorage.setItem('guatu.session', '{');
  expect(recallSession()).toBeNull();
});
