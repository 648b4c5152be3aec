import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LiveHub } from '#core/server/live.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import type { Contract, Endpoint, ShippedRole } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import { insertPastEdition } from '#modules/editions/server/public.ts';
import { filings } from '#modules/filings/contract.ts';
import { identity } from '#modules/identity/contract.ts';
import { newClerk } from '#modules/identity/server/testing/browser.ts';
import { organization } from '#modules/organization/contract.ts';
import { insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { snapshots } from '#modules/snapshots/contract.ts';
import * as registry from './registry.ts';
import { type Answer, ask } from './testing/ask.ts';
import { layOutReadings } from './testing/county-readings.ts';
import { cityTables, rowsOfCity, rowsOfCounty } from './testing/foreign-rows.ts';
import { type Foreign, leaksIn, withoutReferences } from './testing/leaks.ts';
import { neverCommits } from './testing/never-commits.ts';
import { ownInputs, setAt } from './testing/own-inputs.ts';
import { type IdField, idFieldsOf, sampleOf, schemaOf } from './testing/sample-input.ts';
import { type County, layOutCounty } from './testing/two-counties.ts';
import { unread } from './testing/unread.ts';

// 甲县 and 乙县: no user of the one reads anything of the other, by any endpoint or guessed id. Endpoints come from the
// contracts, ids from the tables, inputs from the schemas: what is added later is walked without a line here.

interface Place {
  name: string;
  endpoint: Endpoint;
  schema: ReturnType<typeof schemaOf>;
  fields: IdField[];
  /** The role of 甲县 that walks it with every foreign id; the others take one id of each table. */
  walker: Role;
}
/** All of them reach 甲县 only. */
const roles = [
  'office',
  'admin',
  'commandPost',
  'responsibleUnit',
  'filer',
  'inspector',
  'leader',
] as const satisfies ShippedRole[];
type Role = (typeof roles)[number];

const places: Place[] = (Object.values(registry) as Contract[]).flatMap((contract) =>
  Object.entries(contract.endpoints).map(([name, endpoint]) => {
    const schema = schemaOf(endpoint);
    const held = contract.permissions[endpoint.permission]?.roles;
    const walker = roles.find((role) => !held || held.includes(role)) ?? 'office';
    return { name: `${contract.name}.${name}`, endpoint, schema, fields: idFieldsOf(schema), walker };
  }),
);
/** Tables of things that people open by their id. */
const mainTables =
  /^(core\.file|projects\.(project|milestone)|filings\.filing|organization\.(unit|person|post)|identity\.account|dispatch\.exemption)$/;
const reads = places.filter((place) => place.endpoint.kind !== 'command');
const commands = places.filter((place) => place.endpoint.kind === 'command');

/** Reads that give a county nothing to compare: what the whole city alone may see, an account that the test has not (whose view it is, too), and a file that nobody here filled in. */
const cityReads =
  /^(notices\.(rules|webhooks)|opendata\.(dataset|oc4idsAll|overview|publicProject)|organization\.regionHistory|ledger\.calendarFile|projects\.(getImport|import(s|Rows|Refused|Templates))|filings\.previewSheet|demonstration\.status|explore\.view|editions\.(month|text|verify)|readings\.(aliases|desk|documents|file)|factors\.pools|identity\.totp|scores\.(examples|figures|units)|publications\.(get|reference|catalogue|phone|file|preview|templates|feedFile)|snapshots\.\w+)$/;
/** Which units there are, everybody knows: one that exists may be named as a party, or be refused in other words. */
const namesAnyUnit = (place: Place, field: IdField) =>
  /^(projects\.(create|update)|identity\.grant|factors\.setNeed|permits\.move|ledger\.(raise|recordOnSpot|edit|split)|decomposition\.(addRow|changeRows?)|meetings\.\w+|challenges\.\w+)$/.test(
    place.name,
  ) && /unitIds?$/i.test(field.path.filter((key) => key !== '[]').at(-1)!);

let city: TestCity;
let a: County;
let b: County;
let both: { personId: string; accountId: string };
let foreign: Foreign;
const callers = new Map<Role | 'anyone', Caller>();
let own: Record<string, Record<string, unknown>>;
/** Ids of 乙县: one of each thing people work with, and one of every table, with projects and filings in every state. */
let someIds: string[];
let manyIdsByTable: readonly (readonly [table: string, ids: string[]])[];
let idsOfA: string[];
/** What 甲县 reads while 乙县 is still empty. */
let earlier: Map<string, Answer>;

const caller = (role: Role | 'anyone') => callers.get(role)!;
const inputOf = (place: Place, path: string[] = [], value?: string, free?: string): Record<string, unknown> => {
  const sampled = sampleOf(place.schema, path, value, free) as Record<string, unknown>;
  const input = { ...sampled, ...structuredClone(own[place.name]) };
  if (value !== undefined) setAt(input, path, value);
  return input;
};
/**
 * The foreign ids that an endpoint is walked with: of every table it could come upon. A module's SQL names its own tables and
 * the views of those it uses, nothing else (src/architecture.test.ts); an id of any other table is to it like none at all.
 */
const manyIds = ({ name }: Place): string[] => {
  const [own] = name.split('.');
  const { uses = [] } = (Object.values(registry) as Contract[]).find((contract) => contract.name === own)!;
  const near = new Set([own, ...uses, 'core', 'projects', 'organization']);
  return manyIdsByTable.flatMap(([table, some]) => (near.has(table.split('.')[0]!) ? some : []));
};
const random = (field: IdField) => (field.kind === 'file' ? randomBytes(32).toString('hex') : newId());
const fits = (field: IdField, id: string) => (field.kind === 'file') === (id.length === 64);
/** What an answer tells by its kind alone. */
const kindOf = ({ status, code, body }: Answer) => {
  const refused = (body as { refused?: { code: string }[] } | undefined)?.refused;
  return [status, code, ...(refused ?? []).map((one) => one.code)].join(' ');
};

const readOf = (county: County) =>
  layOutReadings(city, county.secret, { projectId: county.projectIds.通过!, projectName: `${county.secret}通过项目` });

/** Some at a time, as browsers would: the pool is small. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}

/** Every query and download as every role, with what is the county's own. */
async function readAll(): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const all = reads.flatMap((place) => roles.map((role) => ({ place, role })));
  await each(all, async ({ place, role }) => {
    answers.set(`${place.name} as ${role}`, await ask(caller(role), place.endpoint, inputOf(place)));
  });
  return answers;
}

beforeAll(async () => {
  // Before anything of the day is due: how late something is would grow while the test runs.
  city = await testCity({ startsAt: '08:00' });
  const { headquartersId } = await city.system((scope) =>
    insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom: '2020-01-01', regions: yueyangRegions }),
  );
  // Some administrator must be there, or no account could be locked.
  const grants = [{ role: 'admin' }];
  await newClerk(city, { name: '管理员', username: 'admin', unitId: headquartersId, grants });
  both = await newClerk(city, { name: '双岗人员', username: 'both', unitId: headquartersId });
  a = await layOutCounty(city, headquartersId, '甲县', both);
  for (const role of roles) callers.set(role, city.as({ role, unitIds: a.unitIds, personId: a.leaderId }));
  callers.set('anyone', city.anyone);
  await caller('office')(projects).saveView({ name: `${a.secret}室视图`, definition: {}, shared: false });
  await caller('office').upload(`${a.secret}.txt`, new TextEncoder().encode(a.secret));
  const { changeId } = await readOf(a);
  await city.settle();
  const { ids } = rowsOfCounty(await rowsOfCity(city), a.name);
  idsOfA = [...ids.values()].flatMap((some) => some.slice(-8));
  own = ownInputs(a, ids);
  const frozen = await city.as({ role: 'office' })(snapshots).freeze({ period: '2021-01' });
  own['snapshots.view'] = { id: frozen.id };
  own['readings.settle'] = { id: changeId, decision: 'refuse' };
  await city.system((scope) =>
    insertPastEdition(scope, { period: '2021-01', snapshotId: frozen.id, at: scope.now, byName: '刘敏' }),
  );
  for (const name of ['edition', 'projects', 'text', 'replay'])
    own[`editions.${name}`] = { period: '2021-01', version: 1 };
  // A list as the statistics office publishes it, uploaded by who reads it.
  const columns = [{ header: '项目名称' }, { header: '本年累计完成投资（万元）' }];
  const rows = [[`${a.secret}通过项目`, 7000]];
  const list = await caller('office').upload(
    `${a.secret}名单.xlsx`,
    await writeWorkbook([{ sheet: '名单', columns, rows }]),
  );
  const named = { fileId: list.id, period: '2021-08', document: '名单', issuedOn: '2021-09-10' };
  own['enrolment.readList'] = { fileId: list.id, period: '2021-08' };
  own['bulletins.check'] = { text: undefined, fileId: list.id };
  own['enrolment.acceptList'] = { ...named, lines: [{ row: 2, projectId: a.projectIds.通过 }], enrolMissing: false };
  for (const name of ['setDocument', 'move', 'setValue'])
    own[`enrolment.${name}`] = { ...own[`enrolment.${name}`], fileId: list.id };
  earlier = await readAll();

  b = await layOutCounty(city, headquartersId, '乙县', both);
  await readOf(b);
  // Who is to be told of it has been told before anybody of 甲县 does anything.
  await city.settle();
  const all = await rowsOfCity(city);
  const theirs = rowsOfCounty(all, b.name);
  const empty = [...all.keys()].filter((table) => !theirs.rows.some((row) => row.table === table));
  // A new table gets rows in layOutCounty, or stands in the list of those that belong to the whole city.
  expect(empty.sort()).toEqual(cityTables);
  someIds = [...theirs.ids].flatMap(([table, some]) => (mainTables.test(table) ? some.slice(-1) : []));
  manyIdsByTable = [...theirs.ids].map(([table, some]) => [
    table,
    some.slice(/\.(project|filing)$/.test(table) ? -9 : -1),
  ]);
  foreign = { name: b.name, ids: new Set([...theirs.ids.values()].flat()), unitIds: new Set(b.unitIds) };
}, 600_000);
afterAll(() => city?.close());

test('every endpoint is given an input that its schema takes, and every read answers its own county', () => {
  const refused = places.filter((place) => !place.endpoint.input.safeParse(inputOf(place)).success);
  expect(refused.map((place) => place.name)).toEqual([]);
  const isHeard = (place: Place) => roles.some((role) => earlier.get(`${place.name} as ${role}`)!.status === 200);
  const silent = reads.filter((place) => !isHeard(place) && !cityReads.test(place.name));
  expect(silent.map((place) => place.name)).toEqual([]);
});

test('what 甲县 reads is the same before 乙县 has anything and after: lists, counts, totals, ranks, exports', async () => {
  const shown = (answer: Answer) => [
    kindOf(answer),
    answer.status !== 200 || answer.body === undefined ? '' : withoutReferences(answer.body, foreign),
    answer.body === undefined ? answer.text : '',
  ];
  const now = await readAll();
  for (const [name, answer] of now) {
    expect(leaksIn(answer, foreign, new Set()), name).toEqual([]);
    // The code at the door is another one each minute.
    if (name.startsWith('meetings.code ')) continue;
    expect(shown(answer), name).toEqual(shown(earlier.get(name)!));
  }
}, 600_000);

test('of somebody with posts in both counties 甲县 is told its own half', async () => {
  const clerk = caller('admin');
  const answers = [
    await clerk(identity).account({ id: both.accountId }),
    await clerk(identity).accounts({ personId: both.personId }),
    await clerk(organization).person({ id: both.personId }),
  ];
  expect(answers[0]).toMatchObject({ posts: [{ title: `${a.secret}顾问` }], grants: { length: 2 } });
  for (const body of answers) expect(leaksIn({ text: '', body }, foreign, new Set())).toEqual([]);
});

test('no read tells 甲县 or the public anything of 乙县, whichever of its ids is guessed and whatever is searched', async () => {
  const faults: string[] = [];
  const all = reads.flatMap((place) =>
    [...roles, 'anyone' as const].flatMap((role) =>
      [undefined, ...place.fields].map((field) => ({ place, role, field })),
    ),
  );
  await each(all, async ({ place, role, field }) => {
    const who = caller(role);
    if (!field) {
      const answer = await ask(who, place.endpoint, inputOf(place, [], undefined, b.secret));
      for (const leak of leaksIn(answer, foreign, new Set())) faults.push(`${place.name} as ${role} searched ${leak}`);
      return;
    }
    const none = await ask(who, place.endpoint, inputOf(place, field.path, random(field)));
    for (const id of (role === place.walker ? manyIds(place) : someIds).filter((one) => fits(field, one))) {
      const answer = await ask(who, place.endpoint, inputOf(place, field.path, id));
      const where = `${place.name} as ${role} ${field.path.join('.')}=${id}`;
      if (kindOf(answer) !== kindOf(none)) faults.push(`${where} ${kindOf(answer)} ≠ ${kindOf(none)}`);
      for (const leak of leaksIn(answer, foreign, new Set([id]))) faults.push(`${where} ${leak}`);
      if (isRefused(none)) break;
    }
  });
  expect(faults).toEqual([]);
}, 600_000);

test('a right over what touches the whole city is not carried by a grant for one county', async () => {
  const contracts = Object.values(registry) as Contract[];
  const cityWide = contracts.flatMap((c) => Object.keys(c.permissions).filter((key) => c.permissions[key]?.isCityWide));
  expect(cityWide).toContain('filings.open');
  // Of rows that are made for the whole city there may be none here: then nothing is found, and nothing is forbidden.
  const mayBeNone = /^(publications|readings)\./;
  for (const place of places.filter((one) => cityWide.includes(one.endpoint.permission))) {
    expect(await ask(caller('admin'), place.endpoint, inputOf(place)), place.name).toMatchObject({ code: 'forbidden' });
    if (place.endpoint.kind !== 'query') continue;
    const held = contracts.find((c) => place.name.startsWith(`${c.name}.`))!.permissions[place.endpoint.permission]!;
    const whole = city.as({ role: held.roles.includes('admin') ? 'admin' : held.roles[0]! });
    const { status } = await ask(whole, place.endpoint, inputOf(place));
    expect(mayBeNone.test(place.name) ? [200, 404] : [200], place.name).toContain(status);
  }
});

/** Refused whatever is asked: one id says as much as all. */
const isRefused = ({ code }: Answer) => code === 'sign_in_needed' || code === 'forbidden' || code === 'whole_city_only';

test('no command answers for an id of 乙县 otherwise than for one that does not exist', async () => {
  const faults: string[] = [];
  const blind: string[] = [];
  const all = commands.flatMap((place) =>
    [...roles, 'anyone' as const].flatMap((role) => place.fields.map((field) => ({ place, role, field }))),
  );
  const { db } = city.host;
  // Commands run whole and are rolled back, so that each meets the same rows.
  city.host.db = neverCommits(city.host.pool);
  await each(all, async ({ place, role, field }) => {
    const who = caller(role);
    const send = (id: string) => ask(who, place.endpoint, inputOf(place, field.path, id));
    const none = await send(random(field));
    for (const id of (role === place.walker ? manyIds(place) : someIds).filter((one) => fits(field, one))) {
      const answer = await send(id);
      const where = `${place.name} as ${role} ${field.path.join('.')}=${id}`;
      if (kindOf(answer) !== kindOf(none) && !(namesAnyUnit(place, field) && foreign.unitIds.has(id)))
        faults.push(`${where} ${kindOf(answer)} ≠ ${kindOf(none)}`);
      // Of a unit that everybody may name, the name is no secret.
      if (namesAnyUnit(place, field) && foreign.unitIds.has(id)) continue;
      for (const leak of leaksIn(answer, foreign, new Set([id]))) faults.push(`${where} ${leak}`);
      if (isRefused(none)) return;
    }
    // That the field is looked at at all: some id of 甲县 must make a difference, the one that belongs there before others.
    const label = `${place.name} ${field.path.join('.')}`;
    if (role !== place.walker || unread.includes(label)) return;
    const given = String(own[place.name]?.[field.path[0]!]);
    const ids = idsOfA.filter((one) => fits(field, one));
    for (const id of ids.includes(given) ? [given, ...ids] : ids) if (kindOf(await send(id)) !== kindOf(none)) return;
    blind.push(label);
  }).finally(() => {
    city.host.db = db;
  });
  expect(faults).toEqual([]);
  expect(blind).toEqual([]);
}, 600_000);

test('after every command of 甲县 and the public with ids of 乙县, no row of 乙县 is changed, gone or new', async () => {
  const before = rowsOfCounty(await rowsOfCity(city), b.name).rows.map((row) => `${row.table} ${row.text}`);
  for (const place of commands)
    for (const role of [place.walker, 'anyone' as const]) {
      const who = caller(role);
      await ask(who, place.endpoint, inputOf(place));
      for (const field of place.fields) {
        const ids = manyIds(place).filter((one) => fits(field, one));
        for (const id of ids) if (isRefused(await ask(who, place.endpoint, inputOf(place, field.path, id)))) break;
      }
    }
  await city.settle();
  const all = await rowsOfCity(city);
  const after = rowsOfCounty(all, b.name).rows;
  const texts = new Set(after.map((row) => `${row.table} ${row.text}`));
  expect(before.filter((row) => !texts.has(row))).toEqual([]);
  // What 甲县 enters may name a unit of 乙县; the logs keep what was asked.
  const ofA = new Set(rowsOfCounty(all, a.name).rows);
  const known = new Set(before);
  const added = after.filter(
    (row) => !row.table.startsWith('core.') && !known.has(`${row.table} ${row.text}`) && !ofA.has(row),
  );
  expect(added).toEqual([]);
  // Nor do ids that were written into rows of 甲县 bring back what stands behind them.
  const words = { ...foreign, name: b.secret };
  for (const [name, answer] of await readAll()) expect(leaksIn(answer, words, foreign.ids), name).toEqual([]);
}, 600_000);

test('a filing of 乙县 that is accepted is heard at headquarters and by nobody of 甲县, live or afterwards', async () => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(city.host.db);
  const url = new URL(process.env.GUATU_TEST_ADMIN_URL!);
  url.pathname = `/${rows[0]!.name}`;
  const hub = new LiveHub(city.host, url.href);
  await hub.start();
  try {
    const office = city.as({ role: 'office', name: '总办' });
    const listen = async (who: Caller, since?: string) => {
      const heard: string[] = [];
      const response = { write: (frame: string) => heard.push(frame) > 0, end: () => {} };
      const viewer = { cityId: city.cityId, actor: who.actor, request: new Request('http://x'), response };
      await hub.add(viewer as unknown as Parameters<LiveHub['add']>[0], since);
      return heard;
    };
    const atHeadquarters = await listen(office);
    const atA = await Promise.all(roles.map((role) => listen(caller(role))));
    await office(filings).accept({ id: b.filingIds.待审!, seq: 1 });
    hub.wake();
    await expect.poll(() => atHeadquarters.join('')).toContain('"topic":"filings.accepted"');
    expect(atHeadquarters.join('')).toContain(b.projectIds.待审);
    // Everything since the beginning, as a browser would fetch it that was away.
    for (const role of roles) atA.push(await listen(caller(role), '0'));
    for (const heard of atA) expect(leaksIn({ text: heard.join(''), body: undefined }, foreign, new Set())).toEqual([]);
  } finally {
    await hub.stop();
  }
});
