import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAccountWithRoles } from '#modules/identity/server/public.ts';
import {
  insertCityOrganization,
  insertPerson,
  unitsByName,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { duties } from '../contract.ts';
import { shippedPatterns } from '../shifts.ts';

let city: TestCity;
let officeId: string;
const personIds: Record<string, string> = {};
const setNow = (text: string) => {
  const now = new Date(`${text}:00+08:00`);
  city.host.clock = { now: () => now, today: () => text.slice(0, 10), isDemo: true };
};

beforeAll(async () => {
  city = await testCity();
  await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
    });
    officeId = (await unitsByName(scope)).all.find((unit) => unit.kind === 'office')!.id;
    for (const name of ['liumin', 'zhangsan', 'zhuren', 'pangguan']) {
      const made = await insertPerson(scope, { name, unitId: officeId, title: '科员', validFrom: '2020-01-01' });
      const grants = [{ postId: made.postId, role: 'office', validFrom: '2020-01-01' }];
      await insertAccountWithRoles(scope, { personId: made.personId, username: name, password: 'guatu-2021', grants });
      personIds[name] = made.personId;
    }
  });
  setNow('2021-09-20T09:00');
  const office = city.as({ role: 'office' })(duties);
  const member = async (name: string, posts: ('leader' | 'officer')[]) =>
    (
      await office.saveMember({
        unitId: officeId,
        name,
        title: null,
        phone: null,
        posts,
        personId: personIds[name] ?? null,
      })
    ).id;
  const made = await office.generate({
    unitId: officeId,
    title: '9 月值班表',
    fromOn: '2021-09-21',
    toOn: '2021-09-28',
    pattern: shippedPatterns.whole,
    leaders: [await member('zhuren', ['leader'])],
    officers: [await member('liumin', ['officer']), await member('zhangsan', ['officer'])],
  });
  await office.publish({ id: made.id, edition: made.edition });
});
afterAll(() => city?.close());

const watch = async () => {
  await city.system(async (scope) => {
    await sql`select graphile_worker.add_job('duties.watch', ${JSON.stringify({ cityId: city.cityId, payload: {} })}::json)`.execute(
      scope.db,
    );
  });
  await city.settle();
};
const told = async () => {
  const { rows } = await city.system((scope) =>
    sql<{ username: string; title: { zh: string }; link: string }>`
      select a.username, n.title, n.link from notices.notice n join identity.account a on a.id = n.account_id
      where n.kind = 'duty' order by n.at, n.title->>'zh', a.username`.execute(scope.db),
  );
  return rows;
};

test('an unsigned hand-over is told to the next on duty, after half an hour to the leader on call, each once', async () => {
  setNow('2021-09-21T09:00');
  const office = city.as({ role: 'office' })(duties);
  const { turns } = await office.month({ unitId: officeId, month: '2021-09' });
  const officers = turns.filter((turn) => turn.post === 'officer');
  // The first relief is that of the 22nd, 08:30; nothing is missing before.
  const [going, coming] = [officers[0]!, officers[1]!];
  expect(coming.from).toBe('2021-09-22T00:30:00.000Z');
  await watch();
  expect(await told()).toEqual([]);

  setNow('2021-09-22T08:20');
  const outgoing = city.as({ role: 'office', name: going.name, personId: personIds[going.name]! })(duties);
  const written = await outgoing.handOver({ unitId: officeId, at: coming.from, notes: '' });
  await watch();
  expect(await told()).toEqual([]);

  setNow('2021-09-22T08:35');
  await watch();
  await watch();
  expect(await told()).toEqual([
    {
      username: coming.name,
      title: expect.objectContaining({ zh: '09-22 08:30 交接班尚未签字' }),
      link: `/duties?unit=${officeId}&tab=handovers`,
    },
  ]);
  setNow('2021-09-22T09:01');
  await watch();
  expect((await told()).map((row) => row.username)).toEqual([coming.name, 'zhuren']);

  await city
    .as({ role: 'office', name: coming.name, personId: personIds[coming.name]! })(duties)
    .sign({ id: written.id! });
  await watch();
  expect(await told()).toHaveLength(2);

  // Nothing written at the next relief: both hear of it, then the leader.
  setNow('2021-09-23T08:31');
  await watch();
  expect((await told()).slice(2).map((row) => [row.username, row.title.zh])).toEqual([
    ['liumin', '09-23 08:30 尚未交班'],
    ['zhangsan', '09-23 08:30 尚未交班'],
  ]);
  setNow('2021-09-23T09:10');
  await watch();
  expect((await told()).at(-1)!.username).toBe('zhuren');
  expect((await told()).every((row) => row.username !== 'pangguan')).toBe(true);
});
