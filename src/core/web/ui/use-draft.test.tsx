import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDraft } from './use-draft.ts';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const form = (key: string) => renderHook((place: string) => useDraft(place, { amount: 0 }), { initialProps: key });

test('what was typed is there again after the tab was closed, with the moment it was saved', () => {
  const first = form('filing.1');
  expect(first.result.current.restoredAt).toBeNull();
  act(() => first.result.current.set({ amount: 31 }));
  first.unmount();
  const again = form('filing.1');
  expect(again.result.current.value).toEqual({ amount: 31 });
  expect(again.result.current.restoredAt).toMatch(/^\d{4}-/);
});

test('a submitted form leaves no draft behind, not even by a late write', () => {
  const first = form('filing.1');
  act(() => first.result.current.set({ amount: 31 }));
  act(() => first.result.current.clear());
  act(() => vi.advanceTimersByTime(1_000));
  first.unmount();
  expect(localStorage.length).toBe(0);
  expect(form('filing.1').result.current.value).toEqual({ amount: 0 });
});

test('another subject under the same form starts from its own draft', () => {
  const view = form('filing.1');
  act(() => view.result.current.set({ amount: 31 }));
  view.rerender('filing.2');
  expect(view.result.current.value).toEqual({ amount: 0 });
  view.rerender('filing.1');
  expect(view.result.current.value).toEqual({ amount: 31 });
});

test('opening and leaving a form without typing keeps nothing', () => {
  form('filing.1').unmount();
  expect(localStorage.length).toBe(0);
});
