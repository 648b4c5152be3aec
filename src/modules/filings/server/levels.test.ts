import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Caller } from '#core/server/testing/test-city.ts';
import { insertAccountWithRoles } from '#modules/identity/server/public.ts';
import {
  ensureUnit,
  insertCityOrganization,
  insertPerson,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { updateProjects } from '#modules/projects/server/public.ts';
import { filings } from '../contract.ts';
import { moveOnFromEmptyLevels } from './review.ts';
import { type Story, statement, tellStory } from './story.ts';

let story: Story;
let bureau: string;
let post: string;
let emptyBureau: string;
let unitClerk: Caller;
let commandClerk: Caller;
let bureauPerson: string;

beforeAll(async () => {
  story = await tellStory();
  await story.city.system(async (scope) => {
    const validFrom = '2020-01-01';
    await insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom, regions: yueyangRegions });
    const unit = async (name: string, kind: 'department' | 'commandPost') =>
      (await ensureUnit(scope, { name, kind, validFrom, reason: '示例' })).id;
    bureau = await unit('市交通运输局', 'department');
    emptyBureau = await unit('市农业农村局', 'department');
    post = await unit('交通建设协调指挥部', 'commandPost');
    const employ = async (name: string, username: string, unitId: string, role: string) => {
      const { personId, postId } = await insertPerson(scope, {
        name,
        unitId,
        title: '科长',
        validFrom,
        reason: '示例',
      });
      await insertAccountWithRoles(scope, {
        personId,
        username,
        password: 'rain-on-the-ferry-42',
        grants: [{ postId, role, validFrom }],
      });
      return personId;
    };
    bureauPerson = await employ('王科', 'wangke', bureau, 'responsibleUnit');
    await employ('李副', 'lifu', post, 'commandPost');
  });
  unitClerk = story.city.as({ role: 'responsibleUnit', name: '王科', unitIds: [bureau] });
  commandClerk = story.city.as({ role: 'commandPost', name: '李副', unitIds: [post] });
});
afterAll(() => story.city.close());

/** A project that the bureau answers for and the command post coordinates; September is submitted. */
async function submitted(name: string, parties: { lead?: string | null; command?: string | null } = {}) {
  const projectId = await story.hospital(name);
  const { lead = bureau, command = post } = parties;
  await story.city.system((scope) =>
    updateProjects(scope, [{ id: projectId, changes: { leadUnitId: lead, commandUnitId: command } }], {
      kind: 'changed',
      reason: '示例',
    }),
  );
  const { id } = await story.september(projectId);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  return { id, projectId };
}

/** As if the due moment had been some days ago, for the while of `work`. */
async function afterDue(work: () => Promise<void>): Promise<void> {
  const setDue = (at: Date) =>
    story.city.system((scope) =>
      sql`update filings.cycle set due_at = ${at} where city_id = ${scope.cityId} and period = '2021-09'`.execute(
        scope.db,
      ),
    );
  await setDue(new Date(story.city.host.clock.now().getTime() - 3 * 86_400_000));
  try {
    await work();
  } finally {
    await setDue(new Date('2021-09-26T10:00:00Z'));
  }
}

test('a filing goes up level by level: each passes what the one below has passed, by name and time, and the last one accepts', async () => {
  const { id, projectId } = await submitted('环城公路');
  const first = await unitClerk(filings).get({ id });
  expect(first).toMatchObject({ state: 'submitted', level: 'responsibleUnit', review: { as: 'responsibleUnit' } });
  expect(first.allowed).toContain('pass');
  expect((await unitClerk(filings).review({})).filings.map((f) => f.projectId)).toContain(projectId);
  expect((await commandClerk(filings).review({})).filings).toEqual([]);
  expect((await commandClerk(filings).review({ tab: 'elsewhere' })).filings.map((f) => f.id)).toEqual([id]);

  await expect(commandClerk(filings).pass({ id, seq: 1 })).rejects.toMatchObject({
    code: 'level_below',
    words: { zh: expect.stringContaining('责任单位还没有审核') },
  });
  await expect(story.office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({ code: 'level_below' });

  await unitClerk(filings).pass({ id, seq: 1 });
  await expect(unitClerk(filings).pass({ id, seq: 1 })).rejects.toMatchObject({ code: 'not_your_level' });
  await expect(story.filer(filings).withdraw({ id, seq: 1 })).rejects.toMatchObject({ code: 'passed_up' });
  await commandClerk(filings).pass({ id, seq: 1 });
  const done = await story.office(filings).accept({ id, seq: 1 });
  expect(done).toMatchObject({ state: 'accepted', level: null });
  expect(done.review.steps).toMatchObject([
    { level: 'responsibleUnit', state: 'passed', by: '王科' },
    { level: 'commandPost', state: 'passed', by: '李副' },
    { level: 'office', state: 'passed', by: '刘敏' },
  ]);
  expect((await story.told(projectId)).map((e) => e.topic)).toEqual([
    'filings.submitted',
    'filings.passed',
    'filings.passed',
    'filings.accepted',
  ]);
});

test('any level returns to the filer with reason and cells; the next submission begins at the bottom, the due moment stays', async () => {
  const { id, projectId } = await submitted('二桥');
  await unitClerk(filings).pass({ id, seq: 1 });
  await expect(unitClerk(filings).sendBack({ id, seq: 1, reason: '再看看' })).rejects.toMatchObject({
    code: 'not_your_level',
  });
  const back = await commandClerk(filings).sendBack({
    id,
    seq: 1,
    reason: '桩号与监理日志不符',
    cells: ['imageProgress'],
  });
  expect(back).toMatchObject({ state: 'returned', level: null, dueAt: '2021-09-26T10:00:00.000Z' });
  expect(back.acts.at(-1)).toMatchObject({ event: 'return', level: 'commandPost', cells: ['imageProgress'] });
  const seen = await story.september(projectId);
  await story.filer(filings).submit({
    id,
    draftVersion: seen.draftVersion,
    content: statement({ imageProgress: 'K0 至 K3 路基完成' }),
  });
  expect(await story.september(projectId)).toMatchObject({ state: 'submitted', level: 'responsibleUnit' });
});

test('a level that has no unit or nobody to review is left out and named', async () => {
  const { id } = await submitted('乡村道路', { lead: emptyBureau, command: null });
  const waiting = await story.office(filings).get({ id });
  expect(waiting.level).toBe('office');
  expect(waiting.review.steps).toMatchObject([
    { level: 'responsibleUnit', state: 'skipped', why: 'nobody' },
    { level: 'commandPost', state: 'skipped', why: 'noUnit' },
    { level: 'office', state: 'waiting' },
  ]);
  await story.office(filings).accept({ id, seq: 1 });
});

test('the office may pass over levels that were late, with a reason that stays, and not before the due moment', async () => {
  const { id } = await submitted('货运站');
  const early = { id, seq: 1, bypassReason: '责任单位联系人出差，月度通报在即' };
  await expect(story.office(filings).accept(early)).rejects.toMatchObject({ code: 'level_below' });
  await afterDue(async () => {
    expect((await story.office(filings).get({ id })).review).toMatchObject({ as: 'office', needsReason: true });
    await expect(story.office(filings).accept({ id, seq: 1 })).rejects.toMatchObject({
      words: { zh: '责任单位逾期未审；越级审核请写明理由' },
    });
    const done = await story.office(filings).accept(early);
    expect(done.acts.at(-1)).toMatchObject({
      event: 'accept',
      level: 'office',
      reason: '责任单位联系人出差，月度通报在即',
      skipped: [
        { level: 'responsibleUnit', why: 'bypassed' },
        { level: 'commandPost', why: 'bypassed' },
      ],
    });
  });
});

test('nobody reviews what they filed, at any level, under whichever account', async () => {
  const { id, projectId } = await submitted('公交枢纽');
  await story.filer(filings).withdraw({ id, seq: 1 });
  const twoHats = story.city.as({ role: 'responsibleUnit', name: '王科', unitIds: [bureau], personId: bureauPerson });
  const { draftVersion } = await story.september(projectId, twoHats);
  await twoHats(filings).submit({ id, draftVersion, content: statement() });
  // The only reviewer of the bureau filed it: the bureau has nobody else, so the level is left out.
  expect(await twoHats(filings).get({ id })).toMatchObject({ level: 'commandPost' });
  const sameperson = story.city.as({ role: 'commandPost', name: '王科', unitIds: [post], personId: bureauPerson });
  expect((await sameperson(filings).get({ id })).acceptRefusal?.zh).toBe('本人提交的填报须由他人审核');
  await expect(sameperson(filings).pass({ id, seq: 2 })).rejects.toMatchObject({ code: 'own_filing' });
});

test('what waits at a level that somebody has left moves on, and the history says that nobody looked', async () => {
  const { id, projectId } = await submitted('收费站');
  const lock = (isLocked: boolean) =>
    story.city.system((scope) =>
      sql`update identity.account set is_locked = ${isLocked} where city_id = ${scope.cityId} and username = 'wangke'`.execute(
        scope.db,
      ),
    );
  await lock(true);
  try {
    expect(await story.city.system(moveOnFromEmptyLevels)).toBeGreaterThan(0);
    const moved = await story.september(projectId);
    expect(moved).toMatchObject({ state: 'submitted', level: 'commandPost' });
    expect(moved.acts.at(-1)).toMatchObject({
      event: 'moveOn',
      skipped: [{ level: 'responsibleUnit', why: 'nobody' }],
    });
    await commandClerk(filings).pass({ id, seq: 1 });
  } finally {
    await lock(false);
  }
});

test('several without a hit are passed at once at one’s own level; those of another level are told why not', async () => {
  const a = await submitted('停车场');
  const b = await submitted('候车亭', { lead: emptyBureau });
  const photo = await story.filer.upload(
    '现场.png',
    new Uint8Array(
      await (await import('sharp'))
        .default({
          create: { width: 8, height: 8, channels: 3, background: '#345' },
        })
        .png()
        .toBuffer(),
    ),
  );
  for (const { id, projectId } of [a, b]) {
    await story.filer(filings).withdraw({ id, seq: 1 });
    const { draftVersion } = await story.september(projectId);
    const photos = [{ fileId: photo.id, name: '现场.png', takenAt: null, lat: null, lon: null }];
    await story.filer(filings).submit({ id, draftVersion, content: statement({ photos }) });
  }
  const both = story.city.as({ role: 'responsibleUnit', unitIds: [bureau, story.countyA] });
  const answer = await both(filings).passMany({ filings: [a, b].map(({ id }) => ({ id, seq: 2 })) });
  expect(answer.accepted).toEqual([a.id]);
  expect(answer.refused).toMatchObject([{ id: b.id, code: 'not_your_level' }]);
});

test('no act of review takes a number: a reviewer names a version, gives reasons and marks cells', () => {
  const acts = ['pass', 'accept', 'passMany', 'acceptMany', 'sendBack', 'correct'] as const;
  /** Paths of numbers in a JSON schema. */
  const numbers = (schema: unknown, path: string): string[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const { type } = schema as { type?: unknown };
    const own = type === 'number' || type === 'integer' ? [path] : [];
    return [
      ...own,
      ...Object.entries(schema).flatMap(([key, value]) =>
        numbers(value, key === 'properties' ? path : `${path}.${key}`),
      ),
    ];
  };
  for (const act of acts) {
    const found = numbers(z.toJSONSchema(filings.endpoints[act].input, { io: 'input' }), act);
    // The number of the version that was on the screen, and nothing else.
    expect(found.filter((path) => !path.endsWith('.seq'))).toEqual([]);
  }
  expect(numbers(z.toJSONSchema(filings.endpoints.submit.input, { io: 'input' }), 'submit').join()).toContain(
    'monthYuan',
  );
});
