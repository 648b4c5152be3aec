import { sql } from 'kysely';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { partiesOf, type StandingToSet, setStanding } from '#modules/projects/server/public.ts';
import { isPlain } from '../level.ts';
import type { Decision } from '../light.ts';
import { levelOf } from '../light-rule.ts';
import { listFacts, readMany, type StandingFacts } from './facts-store.ts';
import { decideMany } from './history.ts';
import { getActive, type VersionedSet } from './rule-store.ts';

/** Projects worked out in one transaction: short enough not to hold anybody up, large enough to be quick. */
export const pieceSize = 4000;
/** A ledger that comes in names hundreds at once; a filing that is accepted, one. */
const manyIds = 50;

/** What the read model keeps of an evaluation: small, because 20,000 of them are rewritten each night. */
function standingOf({ set, version }: VersionedSet, facts: StandingFacts, found: Decision): StandingToSet {
  return {
    projectId: facts.id,
    year: yearOf(found.day),
    light: found.light,
    cause: found.cause,
    explanation: {
      ruleSet: set.code,
      version,
      lights: Object.fromEntries(found.checks.filter((c) => c.light !== null).map((c) => [c.rule, c.light])),
      exempt: found.checks.filter((c) => c.state === 'exempt').map((c) => c.rule),
      clock: found.clock.shown ?? found.clock.kind,
      // Only what a list could not draw from the light alone.
      ...(found.level && !isPlain(levelOf(set, found.level.code)) && { level: found.level }),
    },
    planYuan: facts.planYuan,
    doneYuan: facts.doneYuan,
    gapPoints: found.gapPoints,
    filedOn: facts.filedOn,
    filingState: facts.filingState,
    asOf: found.day,
  };
}

/**
 * Reading the facts and writing the standing belong together: who read before a filing was accepted must not write after
 * the one who read it. Some projects wait for each other one by one, a whole piece waits for all and all for it.
 * Held to the end of the transaction; ids in order, so that two never wait in a circle.
 */
async function lockStandings(scope: Scope, ids: readonly string[] | 'all'): Promise<void> {
  const city = sql`hashtextextended('guatu standing ' || ${scope.cityId}, 0)`;
  if (ids === 'all') {
    await sql`select pg_advisory_xact_lock(${city})`.execute(scope.db);
    return;
  }
  await sql`select pg_advisory_xact_lock_shared(${city}), (select count(pg_advisory_xact_lock(hashtextextended('guatu standing ' || id, 0)))
    from (select id from unnest(${[...ids]}::text[]) id order by id offset 0) ordered)`.execute(scope.db);
}

async function settle(scope: Scope, facts: StandingFacts[], active: VersionedSet, day: Day) {
  const found = await decideMany(scope, active.set, facts, day);
  const rows = facts.map((f, i) => standingOf(active, f, found[i]!));
  return setStanding(scope, rows);
}

/**
 * Works out some projects (and the packages they belong to) for today and tells who watches them. Told even when no
 * light changed: the money behind it may have.
 */
export async function recomputeProjects(scope: Scope, ids: readonly string[]): Promise<void> {
  const day = scope.today;
  if (ids.length > manyIds) await readMany(scope);
  const active = await getActive(scope, day);
  const { rows: family } = await sql<{ id: string }>`
    select id from projects.pub_project where city_id = ${scope.cityId} and id = any(${[...ids]}::uuid[])
    union select parent_id from projects.pub_project
      where city_id = ${scope.cityId} and id = any(${[...ids]}::uuid[]) and parent_id is not null`.execute(scope.db);
  await lockStandings(
    scope,
    family.map((f) => f.id),
  );
  const own = await listFacts(scope, day, { ids });
  const parents = [...new Set(own.flatMap((f) => (f.parentId ? [f.parentId] : [])))].filter((id) => !ids.includes(id));
  const facts = parents.length > 0 ? [...own, ...(await listFacts(scope, day, { ids: parents }))] : own;
  const changed = new Map((await settle(scope, facts, active, day)).map((c) => [c.projectId, c]));
  for (const f of facts)
    await emit(scope, {
      topic: 'dispatch.standingChanged',
      projectId: f.id,
      unitIds: partiesOf(f),
      data: { before: changed.get(f.id)?.before ?? null, after: changed.get(f.id)?.after ?? null },
    });
}

/** The next piece of a whole recomputation, by id after `after`. Returns the last id, or null at the end. */
export async function recomputePiece(
  scope: Scope,
  after: string | null,
): Promise<{ last: string | null; changed: number; unitIds: string[] }> {
  const day = scope.today;
  await lockStandings(scope, 'all');
  await readMany(scope);
  const facts = await listFacts(scope, day, { after, limit: pieceSize });
  const changed = await settle(scope, facts, await getActive(scope, day), day);
  const ids = new Set(changed.map((c) => c.projectId));
  return {
    last: facts.length === pieceSize ? facts.at(-1)!.id : null,
    changed: changed.length,
    unitIds: [...new Set(facts.filter((f) => ids.has(f.id)).flatMap(partiesOf))],
  };
}
