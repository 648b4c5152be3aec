import { useQuery } from '@tanstack/react-query';
import { act, cleanup } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EventSourceLike, LiveLine, matches, silenceLimit, useLiveRefetch } from './live.ts';
import { renderPage } from './testing/render-page.tsx';

class FakeSource implements EventSourceLike {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  #listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void) {
    this.#listeners.set(name, listener);
  }
  say(name: string, data: unknown = {}) {
    this.#listeners.get(name)?.({ data: JSON.stringify(data), lastEventId: '5' } as MessageEvent<string>);
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  fail(isFinal: boolean) {
    this.readyState = isFinal ? 2 : 0;
    this.onerror?.();
  }
  close() {
    this.readyState = 2;
  }
}

let sources: FakeSource[] = [];
const newLine = () =>
  new LiveLine(() => {
    const source = new FakeSource();
    sources.push(source);
    return source;
  });

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test('all listeners share one line; it opens with the first and closes with the last', () => {
  const line = newLine();
  const stopA = line.listen(['filings.accepted'], () => {});
  const stopB = line.listen(['projects.*'], () => {});
  expect(sources).toHaveLength(1);
  stopA();
  expect(sources[0]!.readyState).not.toBe(2);
  stopB();
  expect(sources[0]!.readyState).toBe(2);
});

test('a listener hears its topics and no others', () => {
  const line = newLine();
  const heard = vi.fn();
  line.listen(['filings.accepted'], heard);
  sources[0]!.open();
  sources[0]!.say('happened', { topic: 'filings.accepted', projectId: 'p', data: { n: 1 } });
  sources[0]!.say('happened', { topic: 'projects.changed', projectId: null, data: {} });
  expect(heard.mock.calls).toEqual([[{ id: '5', topic: 'filings.accepted', projectId: 'p', data: { n: 1 } }]]);
  expect(matches('filings.*', 'filings.accepted')).toBe(true);
  expect(matches('filings.*', 'filingsx.accepted')).toBe(false);
});

test('when the browser gives up, the line is opened again and everything is refetched once', async () => {
  const line = newLine();
  const heard = vi.fn();
  line.listen(['filings.*'], heard);
  sources[0]!.open();
  sources[0]!.fail(true);
  expect(line.status().state).toBe('lost');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sources).toHaveLength(2);
  sources[1]!.open();
  expect(line.status().state).toBe('live');
  expect(heard.mock.calls.map(([event]) => event.topic)).toEqual(['live.resumed']);
});

test('a short break that the browser heals by itself asks for nothing', () => {
  const line = newLine();
  const heard = vi.fn();
  line.listen(['filings.*'], heard);
  sources[0]!.open();
  sources[0]!.fail(false);
  expect(line.status().state).toBe('lost');
  sources[0]!.open();
  expect(sources).toHaveLength(1);
  expect(heard).not.toHaveBeenCalled();
});

test('a line on which nothing is heard, not even a heartbeat, counts as lost and is opened anew', async () => {
  const line = newLine();
  line.listen(['filings.*'], () => {});
  sources[0]!.open();
  await vi.advanceTimersByTimeAsync(30_000);
  sources[0]!.say('beat');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(line.status().state).toBe('live');
  await vi.advanceTimersByTimeAsync(silenceLimit);
  expect(sources.length).toBeGreaterThan(1);
});

test('when more was missed than the server repeats, listeners refetch', () => {
  const line = newLine();
  const heard = vi.fn();
  line.listen(['filings.*'], heard);
  sources[0]!.say('missed');
  expect(heard).toHaveBeenCalledWith(expect.objectContaining({ topic: 'live.resumed' }));
});

test('a tab that nobody looks at lets its line go, and catches up when it is looked at again', () => {
  const line = newLine();
  const heard = vi.fn();
  line.listen(['filings.*'], heard);
  sources[0]!.open();
  line.pause();
  expect(sources[0]!.readyState).toBe(2);
  line.resume();
  sources[1]!.open();
  expect(heard.mock.calls.map(([event]) => event.topic)).toEqual(['live.resumed']);
});

test('six hundred hints at once are two reads: one at the first, one when the storm is over', async () => {
  const stormed: FakeSource[] = [];
  vi.stubGlobal(
    'EventSource',
    class extends FakeSource {
      constructor() {
        super();
        stormed.push(this);
      }
    },
  );
  const read = vi.fn(async () => 1);
  function List() {
    useQuery({ queryKey: ['filings', 'list'], queryFn: read });
    useLiveRefetch(['filings.*'], [['filings']]);
    return null;
  }
  renderPage(<List />);
  await act(() => vi.advanceTimersByTimeAsync(50));
  expect(read).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 600; n += 1) stormed[0]!.say('happened', { topic: 'filings.accepted' });
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(read).toHaveBeenCalledTimes(3);
  cleanup();
  vi.unstubAllGlobals();
});
