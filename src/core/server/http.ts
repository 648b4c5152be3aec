import { createHash } from 'node:crypto';
import { Hono, type Context as HonoContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { sql } from 'kysely';

import type { Contract, Endpoint } from '../shared/contract.ts';
import { newId } from '../shared/id.ts';
import { languageFor } from '../shared/words.ts';
import { canonical, writeAudit } from './audit.ts';
import { enterCity, inTransaction } from './db.ts';
import { Problem } from './errors.ts';
import { type FileReply, keepStream, registerFile } from './files.ts';
import type { Effects, Host } from './host.ts';
import { decoderFor } from './input.ts';
import type { AnyServerModule } from './module.ts';
import { problemOf } from './problems.ts';
import { type Actor, mintScope, type Reach, type Scope } from './scope.ts';
import { effectsOf } from './system.ts';

export { defineServerModule } from './module.ts';

type Authenticate = NonNullable<AnyServerModule['authenticate']>;

const nobody = '00000000-0000-0000-0000-000000000000';
const maxJsonBytes = 2 * 1024 * 1024;

/** Headers (a cookie, for example) that go out with this request's answer, if it succeeds. */
export const replyHeaders = (scope: Scope): Headers => scope.effects.headers;

/** The call itself, for cookies and the caller's address. Undefined in jobs and listeners. */
export const callOf = (scope: Scope) => scope.effects.call;

/**
 * Refuses a command and yet keeps what it wrote: a wrong password must be counted. The problem goes out after the commit.
 * `return refuse(scope, problem)` stands where the answer would.
 */
export function refuse<T>(scope: Scope, problem: Problem): T {
  scope.effects.refusal = problem;
  return undefined as T;
}

/**
 * The router. For every endpoint of every contract it does, in this order: who asks → may they → parse → one
 * transaction (read-only for a query) → Scope → handler → audit row → commit → announce events → shape the answer.
 */
export function createApi(modules: readonly AnyServerModule[], host: Host): Hono {
  const api = new Hono();
  const authenticate = modules.find((m) => m.authenticate)?.authenticate ?? (async () => null);
  const cityWide = cityWidePermissions(modules.map((m) => m.contract));
  const publicGrants = grantsOfPublic(modules.map((m) => m.contract));

  api.onError(answerProblem(host));
  api.notFound(() => {
    throw new Problem(404, 'no_endpoint', { zh: '没有这个接口', en: 'No such endpoint' });
  });
  api.use(async (c, next) => {
    c.header('x-request-id', newId());
    c.header('cache-control', 'no-store');
    await next();
  });

  const respond = async (
    c: HonoContext,
    contract: Contract,
    name: string,
    endpoint: Endpoint,
    read: () => Promise<Record<string, unknown>>,
  ) => {
    const isCommand = endpoint.kind === 'command';
    if (isCommand) refuseForeignSites(c);
    const raw = { ...(await read()), ...c.req.param() };
    const requestId = c.res.headers.get('x-request-id')!;
    const action = `${contract.name}.${name}`;
    const key = isCommand && !endpoint.secret && !endpoint.quiet ? c.req.header('idempotency-key') : undefined;
    let effects = effectsOf(host);

    const output = await inTransaction(
      host.db,
      async (tx) => {
        effects = effectsOf(host);
        effects.call = { request: c.req.raw, socketAddress: c.env?.incoming?.socket?.remoteAddress };
        const who = await authenticate(tx, c.req.raw, host);
        const scope = mintScope({
          db: tx,
          cityId: who?.cityId ?? (await onlyCity(tx)),
          actor: who ? withoutPartial(who.actor, cityWide) : publicActor(publicGrants),
          now: host.clock.now(),
          today: host.clock.today(),
          requestId,
          effects,
        });
        if (!who) await enterCity(tx, scope.cityId);
        permit(scope, endpoint, who !== null);
        const input = endpoint.input.parse(raw);
        const handler = modules.find((m) => m.contract === contract)!.handlers[name] as (
          scope: Scope,
          input: unknown,
        ) => Promise<unknown>;
        if (!isCommand) return handler(scope, input);
        return once(scope, action, key, raw, async () => {
          const answer = await handler(scope, input);
          if (!endpoint.quiet) await writeAudit(scope, action, raw, endpoint.secret);
          return effects.refusal ? null : endpoint.output.encode(answer as never);
        });
      },
      { readOnly: !isCommand },
    );
    if (effects.emitted) host.announce();
    if (effects.refusal) throw effects.refusal;
    const headers = [...effects.headers];
    if (endpoint.kind === 'download') return fileResponse(output as FileReply, headers, requestId);
    for (const [header, value] of headers) c.header(header, value, { append: true });
    return c.json((isCommand ? output : endpoint.output.encode(output as never)) as object);
  };

  for (const { contract } of modules)
    for (const [name, endpoint] of Object.entries(contract.endpoints) as [string, Endpoint][]) {
      const decode = decoderFor(endpoint.input);
      if (endpoint.kind === 'command')
        api.post(endpoint.path, bodyLimit({ maxSize: maxJsonBytes, onError: tooLarge }), (c) =>
          respond(c, contract, name, endpoint, async () => {
            const body: unknown = await c.req.json().catch(() => undefined);
            if (body === null || typeof body !== 'object' || Array.isArray(body))
              throw new Problem(400, 'bad_json', {
                zh: '请求内容不是有效的 JSON 对象',
                en: 'The body is not a JSON object',
              });
            return body as Record<string, unknown>;
          }),
        );
      else api.get(endpoint.path, (c) => respond(c, contract, name, endpoint, async () => decode(c.req.query())));
    }

  api.post('/files', (c) => receiveFile(c, host, authenticate));
  return api;
}

/** Every error of the API leaves through here. */
export const answerProblem = (host: Host) => (error: Error, c: HonoContext) => {
  const requestId = c.res.headers.get('x-request-id') ?? newId();
  const { status, body } = problemOf(
    error,
    languageFor(c.req.header('accept-language'), c.req.header('x-language')),
    requestId,
  );
  if (status >= 500) host.log.error({ requestId, path: c.req.path, error }, 'request failed');
  return c.json(body, status as ContentfulStatusCode, { 'x-request-id': requestId });
};

/** One rule for all: a permission of the contract, or 'signedIn', or 'anyone'. */
function permit(scope: Scope, endpoint: Endpoint, isSignedIn: boolean): void {
  if (endpoint.permission === 'anyone') return;
  if (!isSignedIn && !scope.can(endpoint.permission))
    throw new Problem(401, 'sign_in_needed', { zh: '请先登录', en: 'Sign in first' });
  if (scope.actor.mustChangePassword && endpoint.permission !== 'signedIn')
    throw new Problem(403, 'password_change_needed', {
      zh: '首次登录，请先修改密码',
      en: 'Change your first password before going on',
    });
  if (endpoint.permission !== 'signedIn' && !scope.can(endpoint.permission))
    throw new Problem(403, 'forbidden', {
      zh: '您的岗位没有这项权限，如需要请联系管理员',
      en: 'Your post does not hold this right: ask an administrator if you need it',
    });
}

/** A command must come from our own pages: browsers cannot send this header across sites without asking first. */
function refuseForeignSites(c: HonoContext): void {
  const site = c.req.header('sec-fetch-site');
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isForeign || c.req.header('x-guatu') === undefined)
    throw new Problem(403, 'foreign_site', {
      zh: '这个请求不是从本系统页面发出的，已拒绝',
      en: 'This request did not come from a page of this system',
    });
}

/** The same key twice is one effect: the second call waits for the first, then gets its answer. */
async function once(
  scope: Scope,
  action: string,
  key: string | undefined,
  raw: unknown,
  work: () => Promise<unknown>,
): Promise<unknown> {
  if (key === undefined) return work();
  if (!/^[\w-]{8,80}$/.test(key))
    throw new Problem(400, 'bad_idempotency_key', {
      zh: '幂等键格式不对：8–80 个字母、数字、横线',
      en: 'An idempotency key is 8–80 letters, digits or dashes',
    });
  const inputHash = createHash('sha256').update(canonical(raw)).digest('hex');
  const claimed = await sql`insert into core.idempotency (city_id, actor_id, key, action, input_hash)
    values (${scope.cityId}, ${scope.actor.id}, ${key}, ${action}, ${inputHash}) on conflict do nothing returning key`.execute(
    scope.db,
  );
  if (claimed.rows.length === 0) {
    const { rows } = await sql<{
      action: string;
      inputHash: string;
      response: unknown;
    }>`select action, input_hash, response from core.idempotency
      where city_id = ${scope.cityId} and actor_id = ${scope.actor.id} and key = ${key}`.execute(scope.db);
    const first = rows[0];
    if (first?.action !== action || first.inputHash !== inputHash)
      throw new Problem(409, 'idempotency_key_reused', {
        zh: '同一幂等键用在了不同的请求上，请刷新页面后重试',
        en: 'This key was used for another request: reload and try again',
      });
    return first.response;
  }
  const response = await work();
  // A refusal that keeps its writes is no answer to repeat: the same key may try again.
  if (scope.effects.refusal) {
    await sql`delete from core.idempotency where city_id = ${scope.cityId} and actor_id = ${scope.actor.id} and key = ${key}`.execute(
      scope.db,
    );
    return response;
  }
  await sql`update core.idempotency set response = ${JSON.stringify(response ?? null)}::jsonb
    where city_id = ${scope.cityId} and actor_id = ${scope.actor.id} and key = ${key}`.execute(scope.db);
  return response;
}

async function onlyCity(tx: Scope['db']): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from core.city order by created_at limit 1`.execute(tx);
  return rows[0]?.id ?? nobody;
}

function grantsOfPublic(contracts: readonly Contract[]): ReadonlyMap<string, Reach> {
  const held = contracts.flatMap((c) =>
    Object.entries(c.permissions)
      .filter(([, p]) => p.roles.includes('public'))
      .map(([name]) => name),
  );
  return new Map(held.map((name) => [name, { all: true }]));
}

function cityWidePermissions(contracts: readonly Contract[]): string[] {
  return contracts.flatMap((c) =>
    Object.entries(c.permissions)
      .filter(([, p]) => p.isCityWide)
      .map(([name]) => name),
  );
}

/** A grant for a part of the city does not carry what touches the whole of it; without it no button shows and no call passes. */
function withoutPartial(actor: Actor, cityWide: readonly string[]): Actor {
  const partial = cityWide.filter((permission) => actor.grants.get(permission)?.all === false);
  if (partial.length === 0) return actor;
  return { ...actor, grants: new Map([...actor.grants].filter(([permission]) => !partial.includes(permission))) };
}

const publicActor = (grants: ReadonlyMap<string, Reach>): Actor => ({
  kind: 'public',
  id: 'public',
  personId: null,
  name: '公众',
  unitIds: [],
  grants,
});

const tooLarge = (): never => {
  throw new Problem(413, 'body_too_large', {
    zh: '提交的内容过大，请分批提交',
    en: 'The request is too large: send it in parts',
  });
};

function fileResponse(reply: FileReply, headers: Iterable<[string, string]>, requestId: string): Response {
  const response = new Response(reply.body, {
    headers: { 'content-type': reply.type, 'x-content-type-options': 'nosniff', 'x-request-id': requestId },
  });
  for (const [header, value] of headers) response.headers.append(header, value);
  const how = reply.inline ? 'inline' : 'attachment';
  response.headers.set('content-disposition', `${how}; filename*=UTF-8''${encodeURIComponent(reply.name)}`);
  response.headers.set('cache-control', reply.inline ? 'private, max-age=86400' : 'no-store');
  return response;
}

/** Any signed-in account may bring a file; it opens to nobody else until a module attaches it to something. */
async function receiveFile(c: HonoContext, host: Host, authenticate: Authenticate): Promise<Response> {
  refuseForeignSites(c);
  const name =
    (c.req.query('name') ?? '')
      .normalize('NFC')
      .replace(/[\\/\p{Cc}]/gu, ' ')
      .trim()
      .slice(0, 200) || '未命名';
  // Before a byte is kept: nobody without an account fills the disk.
  await inTransaction(host.db, async (tx) => requireActor(await authenticate(tx, c.req.raw, host)), { readOnly: true });
  const body = c.req.raw.body;
  if (!body)
    throw new Problem(422, 'file_empty', { zh: '文件是空的，请重新选择', en: 'The file is empty: choose another' });
  const kept = await keepStream(host, body as unknown as AsyncIterable<Uint8Array>);
  const file = { ...kept, name };
  await inTransaction(host.db, async (tx) => {
    const who = requireActor(await authenticate(tx, c.req.raw, host));
    const effects: Effects = effectsOf(host);
    const scope = mintScope({
      db: tx,
      ...who,
      now: host.clock.now(),
      today: host.clock.today(),
      requestId: c.res.headers.get('x-request-id')!,
      effects,
    });
    await registerFile(scope, file);
    await writeAudit(scope, 'core.uploadFile', file);
  });
  return c.json(file);
}

function requireActor<T>(who: T | null): T {
  if (who) return who;
  throw new Problem(401, 'sign_in_needed', { zh: '请先登录', en: 'Sign in first' });
}
