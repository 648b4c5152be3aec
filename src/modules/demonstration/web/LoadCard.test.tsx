import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { chooseLanguage } from '#core/web/language.ts';
import { answersFrom, renderPage, testSession } from '#core/web/testing/render-page.tsx';
import { LoadCard } from './LoadCard.tsx';
import { zh } from './text.ts';

chooseLanguage('zh');
afterEach(cleanup);
const send = answersFrom({ '/api/demonstration': { state: null, step: null, problem: null, isPossible: true } });

test('in another year the card says before loading that nothing will be under way', async () => {
  renderPage(<LoadCard />, { send, session: { ...testSession, today: '2026-11-22' } });
  await screen.findByRole('button', { name: zh.act });
  expect(screen.queryByText(zh.otherYear)).not.toBeNull();
});

test('on the demonstration clock it does not', async () => {
  renderPage(<LoadCard />, { send, session: { ...testSession, today: '2021-09-26' } });
  await screen.findByRole('button', { name: zh.act });
  expect(screen.queryByText(zh.otherYear)).toBeNull();
});
