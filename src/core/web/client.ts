import { createContext, useContext, useMemo } from 'react';
import { z } from 'zod';
import type { Contract, Endpoint, InputOf, OutputOf } from '../shared/contract.ts';
import { newId } from '../shared/id.ts';
import { Problem, ProblemError } from './problem.ts';

export { ProblemError } from './problem.ts';

export interface CallOptions {
  signal?: AbortSignal;
  /** Commands only. The same key sent twice is one effect; give one to make a retry by hand safe as well. */
  idempotencyKey?: string;
}

type Answer<E> = E extends { kind: 'download' } ? Blob : OutputOf<E>;
type Call<E> =
  Record<never, never> extends InputOf<E>
    ? (input?: InputOf<E>, options?: CallOptions) => Promise<Answer<E>>
    : (input: InputOf<E>, options?: CallOptions) => Promise<Answer<E>>;

export type Client<C extends Contract> = { [K in keyof C['endpoints']]: Call<C['endpoints'][K]> };
export type Send = (url: string, init?: RequestInit) => Promise<Response>;

const defaultSend: Send = (url, init) => fetch(url, init);

/** A typed client for one contract: `client(filings).submit({ id })`. Throws ProblemError for every refusal. */
export function client<C extends Contract>(contract: C, send: Send = defaultSend): Client<C> {
  const calls = Object.entries<Endpoint>(contract.endpoints).map(([name, endpoint]) => [
    name,
    (input: Record<string, unknown> = {}, options: CallOptions = {}) => call(endpoint, input, options, send),
  ]);
  return Object.fromEntries(calls) as Client<C>;
}

/** Tests and previews give another `fetch` here; pages need not know. */
export const SendContext = createContext<Send>(defaultSend);

export function useClient<C extends Contract>(contract: C): Client<C> {
  const send = useContext(SendContext);
  return useMemo(() => client(contract, send), [contract, send]);
}

/** The address of a query or download, for links and images. */
export function urlOf<C extends Contract, K extends keyof C['endpoints'] & string>(
  contract: C,
  name: K,
  ...[input]: Record<never, never> extends InputOf<C['endpoints'][K]>
    ? [input?: InputOf<C['endpoints'][K]>]
    : [input: InputOf<C['endpoints'][K]>]
): string {
  const { path, rest } = placed(contract.endpoints[name] as Endpoint, (input ?? {}) as Record<string, unknown>);
  return withQuery(path, rest);
}

async function call(endpoint: Endpoint, input: Record<string, unknown>, options: CallOptions, send: Send) {
  const { path, rest } = placed(endpoint, input);
  const signal = options.signal ? { signal: options.signal } : {};
  if (endpoint.kind === 'command') {
    const init: RequestInit = {
      method: 'POST',
      headers: { ...commandHeaders(options.idempotencyKey), 'content-type': 'application/json' },
      body: JSON.stringify(rest),
      ...signal,
    };
    return endpoint.output.parse(await json(await sendAgain(send, path, init)));
  }
  const response = await reach(send, withQuery(path, rest), { headers: { 'x-guatu': '1' }, ...signal });
  if (endpoint.kind === 'download') return (await checked(response)).blob();
  return endpoint.output.parse(await json(response));
}

/** Headers every write carries: the key makes a retry one effect, `x-guatu` proves the page and no foreign form sent it. */
export const commandHeaders = (key: string = newId()): Record<string, string> => ({
  'idempotency-key': key,
  'x-guatu': '1',
});

/** Fills `:name` parts of the path from the input; what is left travels as query or body. */
function placed(endpoint: Endpoint, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest[key];
    if (value === undefined || value === '') throw new Error(`${endpoint.path} needs ${key}`);
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  return { path: `/api${path}`, rest };
}

function withQuery(path: string, rest: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    query.set(key, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const pauses = [300, 1_000, 3_000];
/** A proxy or a restarting server answered, not the program: the command may or may not have run, so the key matters. */
const isPassing = (status: number) => status === 502 || status === 503 || status === 504;

/** Sends a command up to four times with the same body and key. */
export async function sendAgain(send: Send, url: string, init: RequestInit, waits = pauses): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const wait = waits[attempt];
    try {
      const response = await send(url, init);
      if (!isPassing(response.status) || wait === undefined) return response;
    } catch (error) {
      if (init.signal?.aborted) throw error;
      if (wait === undefined) throw ProblemError.offline(error);
    }
    await new Promise((done) => setTimeout(done, wait * (0.75 + Math.random() / 2)));
  }
}

async function reach(send: Send, url: string, init: RequestInit): Promise<Response> {
  try {
    return await send(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw ProblemError.offline(error);
  }
}

const signedOutListeners = new Set<() => void>();
/** Called when the server says that nobody is signed in (any more). */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** The response itself when it is a success, else a ProblemError. */
export async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw refusalOf(response.status, await response.json().catch(() => null));
}

/** The ProblemError of a refused answer; those who watch for the end of the session are told. */
export function refusalOf(status: number, body: unknown): ProblemError {
  const parsed = Problem.safeParse(body);
  const problem = new ProblemError(status, parsed.success ? parsed.data : undefined);
  if (problem.isSignedOut) for (const listener of signedOutListeners) listener();
  return problem;
}

async function json(response: Response): Promise<unknown> {
  const body = await (await checked(response)).text();
  return body === '' ? undefined : JSON.parse(body);
}

/** True for a failed parse of an answer: the page is older than the server, so a reload is the cure. */
export const isStalePage = (error: unknown): boolean => error instanceof z.ZodError;
