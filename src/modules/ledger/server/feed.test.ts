import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { newId } from '#core/shared/id.ts';
import { insertAccountWithRoles } from '#modules/identity/server/public.ts';
import { insertPerson } from '#modules/organization/server/public.ts';
import { ledger } from '../contract.ts';
import { type SmallLedger, smallLedger } from './testing/small-ledger.ts';

let small: SmallLedger;
const accounts: Record<string, string> = {};

beforeAll(async () => {
  small = await smallLedger('2021-09-22');
  await small.city.system(async (scope) => {
    for (const key of ['land', 'water'] as const) {
      const { personId, postId } = await insertPerson(scope, {
        name: key,
        unitId: small.units[key],
        title: '经办',
        validFrom: '2021-01-01',
      });
      const { accountId } = await insertAccountWithRoles(scope, {
        personId,
        username: `${key}-feed`,
        password: newId(),
        mustChangePassword: false,
        grants: [{ postId, role: 'responsibleUnit', validFrom: '2021-01-01' }],
      });
      accounts[key] = accountId;
    }
  });
  await small.issue({ title: '机场快速路，征地；拆迁', dueOn: '2021-10-15' });
  await small.issue({ title: '供地', leadUnitId: small.units.land, dueOn: '2021-10-16' });
});
afterAll(() => small.city.close());

/** The feed made by the real account: the test's callers have none, so its hash is put under the account. */
async function feedOf(key: string): Promise<string> {
  const caller = small.city.as({ role: 'responsibleUnit', unitIds: [] });
  const { path } = await caller(ledger).makeFeed({});
  await small.city.system((scope) =>
    sql`update ledger.feed set account_id = ${accounts[key]!} where account_id = ${caller.actor.id}`.execute(scope.db),
  );
  return path;
}
const read = async (path: string) => {
  const response = await small.city.anyone.request(path);
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type') };
};

it('a feed tells the due days of what its person works on, to whoever has the address, and to nobody else', async () => {
  const path = await feedOf('land');
  const { status, body, type } = await read(path);
  expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(body).toContain('BEGIN:VEVENT');
  expect(body).toContain('DTSTART;VALUE=DATE:20211016');
  expect(body).toContain('DTEND;VALUE=DATE:20211017');
  expect(body).toContain('供地');
  expect(body).not.toContain('机场');
  expect((await read(`/api/ledger/feed/${'A'.repeat(43)}.ics`)).status).toBe(404);
});

it('a feed of a unit that is no party is empty, and ends with the account', async () => {
  const path = await feedOf('water');
  const { status, body } = await read(path);
  expect(status).toBe(200);
  expect(body).not.toContain('BEGIN:VEVENT');
  await small.city.system((scope) =>
    sql`update identity.account set is_locked = true where id = ${accounts.water!}`.execute(scope.db),
  );
  expect((await read(path)).status).toBe(404);
});

it('keeps no more than the hash of an address, ends the old one with a new one, and can be revoked', async () => {
  const caller = small.city.as({ role: 'responsibleUnit', unitIds: [small.units.roads] });
  expect(await caller(ledger).feed({})).toEqual({ madeAt: null });
  const { path } = await caller(ledger).makeFeed({});
  const again = await caller(ledger).makeFeed({});
  expect(again.path).not.toBe(path);
  const { rows } = await small.city.system((scope) =>
    sql<{ kept: string }>`select f::text as kept from ledger.feed f`.execute(scope.db),
  );
  const token = again.path.split('/').at(-1)!.replace('.ics', '');
  expect(rows.map((row) => row.kept).join()).not.toContain(token);
  expect((await caller(ledger).feed({})).madeAt).not.toBeNull();
  await caller(ledger).endFeed({});
  expect(await caller(ledger).feed({})).toEqual({ madeAt: null });
});

it('exports what the list shows as Excel, Word and PDF, and to a stranger an empty one', async () => {
  const bytes = async (by: 'roads' | 'stranger', format: 'xlsx' | 'docx' | 'pdf') =>
    new Uint8Array(await (await small[by](ledger).exportList({ format, list: 'unsigned' })).arrayBuffer());
  const book = JSON.stringify(await readWorkbook(await bytes('roads', 'xlsx')));
  expect(book).toContain('机场快速路，征地；拆迁');
  expect(book).not.toContain('供地');
  expect(JSON.stringify(await readWorkbook(await bytes('stranger', 'xlsx')))).not.toContain('机场');
  expect(new TextDecoder().decode((await bytes('roads', 'docx')).slice(0, 2))).toBe('PK');
  expect(new TextDecoder().decode((await bytes('roads', 'pdf')).slice(0, 5))).toBe('%PDF-');
}, 60_000);
