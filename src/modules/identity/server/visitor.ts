import type { Host } from '#core/server/host.ts';
import { callOf, replyHeaders } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';

/** Who is at the other end of the line, as far as the line tells. */
export interface Visitor {
  address: string;
  agent: string;
  cookies: ReadonlyMap<string, string>;
  /** The browser came over HTTPS: cookies may be marked so. */
  isSecure: boolean;
}

const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.)/.test(address);

export function visitorOf(scope: Scope): Visitor {
  const call = callOf(scope);
  const headers = call?.request.headers ?? new Headers();
  const socket = call?.socketAddress;
  // Only a proxy on this machine is believed; anybody else could write what they like into the header.
  const forwarded = socket === undefined || isLoopback(socket) ? headers.get('x-forwarded-for') : null;
  return {
    address: forwarded?.split(',').at(-1)?.trim().slice(0, 64) || socket || 'unknown',
    agent: (headers.get('user-agent') ?? '').slice(0, 200),
    cookies: cookiesIn(headers.get('cookie')),
    isSecure: isSecure(scope.effects.host, headers),
  };
}

const isSecure = (host: Host, headers: Headers): boolean =>
  host.config.publicUrl?.startsWith('https:') === true || headers.get('x-forwarded-proto') === 'https';

export function cookiesIn(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    // The first of two cookies of one name is the one with the longer path: ours has none.
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}

/** Sets a cookie no script can read and no other site's form carries; zero seconds takes it away. */
export function setCookie(scope: Scope, name: string, value: string, maxAgeSeconds: number): void {
  const { isSecure } = visitorOf(scope);
  const parts = [`${name}=${value}`, 'Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Lax'];
  replyHeaders(scope).append('set-cookie', [...parts, ...(isSecure ? ['Secure'] : [])].join('; '));
}
