import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';

/** A hint that something changed: refetch what you show. `data` is small and never the truth itself. */
export interface LiveEvent {
  id: string;
  topic: string;
  projectId: string | null;
  data: unknown;
}

export type LiveState = 'connecting' | 'live' | 'lost';
export interface LiveStatus {
  state: LiveState;
  /** When the last heartbeat or event came (epoch ms), null before the first. */
  heardAt: number | null;
  /** When the state began (epoch ms). */
  since: number;
}

/** The server sends a heartbeat every 15 s; three missed ones are a lost line even when the socket looks open. */
export const silenceLimit = 45_000;
const pauses = [1_000, 2_000, 5_000, 10_000];

export interface EventSourceLike {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  readyState: number;
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/**
 * One line to the server per tab, opened with the first listener and closed with the last. The browser resumes with
 * `Last-Event-ID` by itself; where it gives up (a proxy's error page, a long restart) we reopen, and every listener
 * refetches once.
 */
export class LiveLine {
  #open: (url: string) => EventSourceLike;
  #source: EventSourceLike | null = null;
  #listeners = new Map<(event: LiveEvent) => void, readonly string[]>();
  #watchers = new Set<() => void>();
  #status: LiveStatus = { state: 'connecting', heardAt: null, since: Date.now() };
  #failures = 0;
  /** The browser gave up and we opened a new line: it starts without a last id, so hints in between are lost. */
  #reopened = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #url: string;

  constructor(open: (url: string) => EventSourceLike, url = '/api/events') {
    this.#open = open;
    this.#url = url;
  }

  /** Topics are exact ('filings.accepted') or a whole module ('filings.*'). */
  listen(topics: readonly string[], listener: (event: LiveEvent) => void): () => void {
    this.#listeners.set(listener, topics);
    this.resume();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  status = (): LiveStatus => this.#status;

  /** Lets the line go while nobody looks; `resume` opens it again and every listener refetches once. */
  pause(): void {
    this.close();
    this.#reopened = true;
  }

  resume(): void {
    if (this.#listeners.size > 0 && !this.#source && !this.#retry) this.#connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#retry = undefined;
    this.#source?.close();
    this.#source = null;
  }

  #connect(): void {
    this.#retry = undefined;
    const source = this.#open(this.#url);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#heard();
      if (this.#reopened) this.#refetch();
      this.#reopened = false;
    };
    source.onerror = () => this.#lost(source);
    source.addEventListener('happened', (message) => this.#receive(message));
    source.addEventListener('beat', () => this.#heard());
    // More happened than the server replays: everything shown may be old.
    source.addEventListener('missed', () => this.#refetch());
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      const { heardAt, state } = this.#status;
      if (state === 'live' && heardAt !== null && Date.now() - heardAt > silenceLimit) this.#lost(source, true);
    }, 5_000);
  }

  #lost(source: EventSourceLike, silent = false): void {
    if (source !== this.#source) return;
    this.#set('lost', this.#status.heardAt);
    this.#failures += 1;
    if (source.readyState !== 2 && !silent) return; // the browser is already trying again
    source.close();
    this.#source = null;
    clearInterval(this.#watch);
    const pause = pauses[Math.min(this.#failures - 1, pauses.length - 1)]!;
    this.#reopened = true;
    this.#retry = setTimeout(() => this.#connect(), pause * (0.75 + Math.random() / 2));
  }

  #receive(message: MessageEvent<string>): void {
    this.#heard();
    const body: unknown = JSON.parse(message.data);
    if (typeof body !== 'object' || body === null || !('topic' in body) || typeof body.topic !== 'string') return;
    this.#tell({
      id: message.lastEventId,
      topic: body.topic,
      projectId: 'projectId' in body && typeof body.projectId === 'string' ? body.projectId : null,
      data: 'data' in body ? body.data : null,
    });
  }

  #tell(event: LiveEvent): void {
    for (const [listener, topics] of this.#listeners) {
      if (event.topic === 'live.resumed' || topics.some((topic) => matches(topic, event.topic))) listener(event);
    }
  }

  #refetch(): void {
    this.#tell({ id: '', topic: 'live.resumed', projectId: null, data: null });
  }

  #heard(): void {
    this.#set('live', Date.now());
  }

  #set(state: LiveState, heardAt: number | null): void {
    const since = this.#status.state === state ? this.#status.since : Date.now();
    this.#status = { state, heardAt, since };
    for (const watcher of this.#watchers) watcher();
  }
}

export const matches = (wanted: string, topic: string): boolean =>
  wanted === topic || wanted === '*' || (wanted.endsWith('.*') && topic.startsWith(wanted.slice(0, -1)));

const line = new LiveLine((url) => new EventSource(url) as EventSourceLike);

// Over HTTP/1.1 a browser holds six connections to one server: seven tabs left open would starve each other.
let hiddenFor: ReturnType<typeof setTimeout> | undefined;
globalThis.document?.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenFor);
  if (document.hidden) hiddenFor = setTimeout(() => line.pause(), 60_000);
  else line.resume();
});

/**
 * Calls back on events of these topics, and once with topic 'live.resumed' after a lost line healed (something may have
 * been missed: refetch). `useLive(['filings.*'], () => cache.invalidateQueries({ queryKey: ['filings'] }))`.
 */
export function useLive(topics: readonly string[], onEvent: (event: LiveEvent) => void): void {
  const handle = useEffectEvent(onEvent);
  const key = topics.join(' ');
  useEffect(() => line.listen(key.split(' '), (event) => handle(event)), [key]);
}

/**
 * Refetches what a page shows when one of these topics happens: `useLiveRefetch(['filings.*'], [['filings']])`. At once for
 * the first hint, then at most each second: an import of 600 projects is 600 hints, and must not be 600 reads.
 */
export function useLiveRefetch(topics: readonly string[], queryKeys: readonly QueryKey[]): void {
  const cache = useQueryClient();
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const again = useRef(false);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const refetch = () => {
    again.current = waiting.current !== undefined;
    if (again.current) return;
    for (const queryKey of queryKeys) void cache.invalidateQueries({ queryKey });
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      if (again.current) refetch();
    }, 1_000);
  };
  useLive(topics, refetch);
}

/**
 * The state of the line, how long it has been so, and the age of what was last heard, in whole seconds (renewed each
 * second while shown).
 */
export function useLiveStatus(): LiveStatus & { ageSeconds: number | null; stateSeconds: number } {
  const status = useSyncExternalStore(line.watch, line.status, line.status);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const secondsSince = (moment: number) => Math.max(0, Math.floor((now - moment) / 1_000));
  return {
    ...status,
    ageSeconds: status.heardAt === null ? null : secondsSince(status.heardAt),
    stateSeconds: secondsSince(status.since),
  };
}
