import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit, insertPerson } from '#modules/organization/server/public.ts';
import { ledger } from '../contract.ts';
import { lightOn } from '../light.ts';
import { lightSql } from './light-sql.ts';
import { limitsOf } from './limits.ts';
import { turnsOf } from './settle.ts';
import { listNodes, type MatterRecord } from './store.ts';

let city: TestCity;
let actors: Caller[];
let leadUnit: string;
let files: string[];

beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  leadUnit = await city.system(async (scope) => {
    const unit = await ensureUnit(scope, { name: '市交通运输局', kind: 'department' });
    await insertPerson(scope, { name: '示例局长', unitId: unit.id, title: '局长', leaderOrder: 1 });
    return unit.id;
  });
  actors = [
    city.as({ role: 'office', name: '总办' }),
    city.as({ role: 'responsibleUnit', name: '经办', unitIds: [leadUnit] }),
    city.as({ role: 'inspector', name: '督查' }),
    // Holds every right there is, in the unit that does the work: the one who could close his own.
    city.as({ role: 'admin', name: '两边都占', unitIds: [leadUnit] }),
  ];
  files = [];
  for (const actor of actors) files.push((await actor.upload('件.txt', new TextEncoder().encode('件'))).id);
});
afterAll(() => city.close());

/** Any act by anybody, and now and then the whole straight way, so that many sequences do reach the end. */
const anyStep = fc.record({
  who: fc.nat({ max: 3 }),
  what: fc.constantFrom(
    'sign',
    'report',
    'claim',
    'claimBare',
    'take',
    'pass',
    'fail',
    'suspend',
    'resume',
    'ask',
    'grant',
    'reopen',
    'escalate',
  ),
});

const straight = fc.tuple(fc.constantFrom(1, 3), fc.nat({ max: 3 })).map(([worker, judge]) => [
  { who: worker, what: 'sign' },
  { who: worker, what: 'claim' },
  { who: judge, what: 'pass' },
]);
const steps = fc
  .array(fc.oneof({ weight: 3, arbitrary: anyStep.map((one) => [one]) }, { weight: 1, arbitrary: straight }), {
    minLength: 3,
    maxLength: 9,
  })
  .map((parts) => parts.flat());

async function attempt(id: string, { who, what }: { who: number; what: string }): Promise<void> {
  const call = actors[who]!(ledger);
  const evidence = [{ kind: 'document' as const, fileId: files[who]! }];
  const acts: Record<string, () => Promise<unknown>> = {
    sign: () => call.sign({ ids: [id] }),
    report: () => call.report({ id, text: '进展' }),
    claim: () => call.claim({ id, text: '办结', evidence }),
    claimBare: () => call.claim({ id, text: '办结', evidence: [] }),
    take: () => call.take({ id }),
    pass: () => call.verify({ id, result: 'passed', method: 'document', note: '属实' }),
    fail: () => call.verify({ id, result: 'failed', method: 'document', note: '不实' }),
    suspend: () => call.suspend({ id, basis: '等批复', resumeOn: '2021-12-01' }),
    resume: () => call.resume({ id }),
    ask: () => call.askExtension({ id, dueOn: '2021-12-31', reason: '设备到货推迟' }),
    grant: () => call.decideExtension({ id, isGranted: true }),
    reopen: () => call.reopen({ id, reason: '又出现' }),
    escalate: () => call.escalate({ id, reason: '协调不动' }),
  };
  await acts[what]!().catch((error: { status?: number }) => {
    // Refused acts are the point of the exercise; anything else is a fault.
    if (![403, 404, 409, 422].includes(error.status ?? 0)) throw error;
  });
}

const record = async (id: string): Promise<MatterRecord> => {
  const { rows } = await city.system((scope) =>
    sql<MatterRecord>`select * from ledger.matter where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db),
  );
  return rows[0]!;
};

it('no sequence of acts closes a matter without evidence and an outside verifier, moves the original limit, or bends a light', async () => {
  let closed = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const { id } = await actors[0]!(ledger).raise({
        kind: 'task',
        title: '完成沿江公路路面施工',
        source: { kind: 'document' },
        leadUnitId: leadUnit,
        dueOn: '2021-11-30',
        issue: true,
      });
      for (const one of sequence) {
        await attempt(id, one);
        const now = await record(id);
        expect(now.dueOriginal).toBe('2021-11-30');
        await city.system(async (scope) => {
          const turns = turnsOf(await limitsOf(scope), now, await listNodes(scope, [id]));
          for (const [key, value] of Object.entries(turns)) expect(now[key as 'redOn']).toBe(value);
        });
      }
      const view = await actors[0]!(ledger).matter({ id });
      if (view.closedOn === null) return;
      closed++;
      const passed = view.verifications.filter((v) => v.result === 'passed');
      expect(passed.length).toBeGreaterThan(0);
      const workers = new Set(
        view.events.filter((e) => ['sign', 'report', 'claim', 'askExtension'].includes(e.act)).map((e) => e.actorName),
      );
      for (const v of passed) {
        expect(workers).not.toContain(v.verifierName);
        expect(['总办', '督查']).toContain(v.verifierName);
      }
      expect(view.evidence.some((e) => e.round === passed.at(-1)!.round)).toBe(true);
    }),
    { numRuns: 25, seed: 20210926 },
  );
  expect(closed).toBeGreaterThan(4);
}, 120_000);

it('shows the same colour by SQL as by the rule, on any day', async () => {
  await city.system(async (scope) => {
    for (const day of ['2021-09-26', '2021-11-24', '2021-11-27', '2021-12-01', '2022-06-01']) {
      const { rows } = await sql<MatterRecord & { light: string }>`
        select m.*, ${lightSql(day)} as light from ledger.matter m where m.city_id = ${scope.cityId}`.execute(scope.db);
      expect(rows.length).toBeGreaterThan(10);
      for (const row of rows) expect(row.light).toBe(lightOn(day, row));
    }
  });
});

it('gives each number once, however many raise at the same time', async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, () =>
      actors[0]!(ledger).raise({ kind: 'decision', title: '会议定了一件事', source: { kind: 'meeting' } }),
    ),
  );
  expect(new Set(made.map((m) => m.no)).size).toBe(12);
});
