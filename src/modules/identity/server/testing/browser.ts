import type { TestCity } from '#core/server/testing/test-city.ts';
import type { Contract } from '#core/shared/contract.ts';
import { type Client, client, type Send } from '#core/web/client.ts';
import { insertPerson } from '#modules/organization/server/public.ts';
import { identity } from '../../contract.ts';
import { insertAccountWithRoles, type NewGrant } from '../public.ts';

/** A browser with a cookie jar of its own, talking to the real router: nobody is signed in until it signs in. */
export interface Browser {
  cookies: Map<string, string>;
  /** The attributes of each cookie as it was set last. */
  attributes: Map<string, string>;
  headers: Record<string, string>;
  send: Send;
  identity: Client<typeof identity>;
  call<C extends Contract>(contract: C): Client<C>;
}

export function browser(city: TestCity, address = '10.0.0.1'): Browser {
  const cookies = new Map<string, string>();
  const attributes = new Map<string, string>();
  const own: Record<string, string> = { 'x-forwarded-for': address, 'user-agent': 'test browser' };
  const send: Send = async (url, init = {}) => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(own)) headers.set(name, value);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await city.anyone.request(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value, rest] = /^([^=]+)=([^;]*);?(.*)$/.exec(line)!;
      attributes.set(name!, rest!.trim());
      if (/Max-Age=0\b/.test(rest!)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return response;
  };
  return {
    cookies,
    attributes,
    headers: own,
    send,
    identity: client(identity, send),
    call: (contract) => client(contract, send),
  };
}

export const goodPassword = 'rain-on-the-ferry-42';

/** A person with a post in the unit and an account with these roles; signs in with `goodPassword` unless told otherwise. */
export async function newClerk(
  city: TestCity,
  clerk: {
    name: string;
    username: string;
    unitId: string;
    grants?: Omit<NewGrant, 'postId'>[];
    password?: string;
    mustChangePassword?: boolean;
  },
): Promise<{ accountId: string; personId: string; postId: string }> {
  return city.system(async (scope) => {
    const { personId, postId } = await insertPerson(scope, {
      name: clerk.name,
      unitId: clerk.unitId,
      title: '科员',
      validFrom: '2020-01-01',
    });
    const { accountId } = await insertAccountWithRoles(scope, {
      personId,
      username: clerk.username,
      password: clerk.password ?? goodPassword,
      mustChangePassword: clerk.mustChangePassword ?? false,
      grants: (clerk.grants ?? []).map((grant) => ({ ...grant, postId, validFrom: '2020-01-01' })),
    });
    return { accountId, personId, postId };
  });
}
