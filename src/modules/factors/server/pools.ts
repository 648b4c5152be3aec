import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { yearOf } from '#core/shared/day.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { categoryCodes, categoryOf } from '../categories.ts';
import type { factors, Pool } from '../contract.ts';
import { needState } from '../need-state.ts';
import { allotmentRefusal, type Refusal, sizeRefusal, withdrawalRefusal } from '../pool-rule.ts';
import { changesOf, insertEvents, lockNeeds, needOf, setNeedRow } from './need-store.ts';
import {
  findHeld,
  insertAllotments,
  insertPool,
  insertPoolVersion,
  listAllotments,
  listPools,
  listPoolVersions,
  lockPool,
  setPool,
} from './pool-store.ts';
import { settle } from './set-need.ts';
import type { NeedRow, PoolRow } from './tables.ts';

type Input<K extends 'createPool' | 'resizePool' | 'allot' | 'withdraw'> = ParsedOf<(typeof factors)['endpoints'][K]>;

const refuse = (refusal: Refusal | null): void => {
  if (refusal) throw invalid(refusal.code, refusal.words, refusal.field);
};

export async function presentPools(scope: Scope, rows: readonly PoolRow[]): Promise<Pool[]> {
  const ids = rows.map((row) => row.id);
  const versions = Map.groupBy(await listPoolVersions(scope, ids), (version) => version.poolId);
  const allotments = Map.groupBy(await listAllotments(scope, { poolIds: ids }), (allotment) => allotment.poolId);
  return rows
    .map(
      ({ id, category, year, name, size, allotted, version }): Pool => ({
        id,
        category,
        year,
        name,
        size,
        allotted,
        version,
        document: versions.get(id)?.[0]?.document ?? '',
        versions: (versions.get(id) ?? []).map((v) => ({
          version: v.version,
          size: v.size,
          document: v.document,
          note: v.note,
          actorName: v.actorName,
          at: v.at.toISOString(),
        })),
        allotments: (allotments.get(id) ?? []).map((a) => ({
          id: a.id,
          projectId: a.projectId,
          projectName: a.projectName,
          amount: a.amount,
          onDay: a.onDay,
          document: a.document,
          reason: a.reason,
          actorName: a.actorName,
        })),
      }),
    )
    .sort((a, b) => categoryCodes.indexOf(a.category) - categoryCodes.indexOf(b.category));
}

export async function poolsOf(scope: Scope, asked: number | undefined) {
  const all = await listPools(scope);
  const year = asked ?? yearOf(scope.today);
  const years = [...new Set([yearOf(scope.today), ...all.map((pool) => pool.year)])].sort((a, b) => b - a);
  return {
    year,
    years,
    pools: await presentPools(
      scope,
      all.filter((pool) => pool.year === year),
    ),
  };
}

async function getPool(scope: Scope, id: string): Promise<PoolRow> {
  const pool = await lockPool(scope, id);
  if (!pool) throw notFound({ zh: '指标池', en: 'quota pool' });
  return pool;
}

async function told(scope: Scope, pool: PoolRow): Promise<Pool> {
  // Pools are the whole city's: nobody below it is told.
  await emit(scope, { topic: 'factors.poolChanged', unitIds: [], data: { category: pool.category, year: pool.year } });
  return (await presentPools(scope, [pool]))[0]!;
}

export async function createPool(scope: Scope, input: Input<'createPool'>): Promise<Pool> {
  const { category, year, name, size, document, note = null } = input;
  const pool = await insertPool(scope, { category, year, name, size, decimals: categoryOf(category).decimals });
  if (!pool)
    throw conflict('pool_exists', {
      zh: `${year} 年已有名为“${name}”的指标池，请调整它的规模或换一个名称`,
      en: `There is a pool called ${name} for ${year}: change its size or choose another name`,
    });
  await insertPoolVersion(scope, { poolId: pool.id, version: 1, size, document, note });
  audited(scope, { subject: 'factors.pool', id: pool.id, before: null, after: pool });
  return told(scope, pool);
}

export async function resizePool(scope: Scope, input: Input<'resizePool'>): Promise<Pool> {
  const pool = await getPool(scope, input.id);
  if (pool.version !== input.version)
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚调整了这个指标池，请刷新后重试',
      en: 'Somebody else has just changed this pool. Reload and try again',
    });
  refuse(sizeRefusal(categoryOf(pool.category), pool, input.size));
  const next = { ...pool, size: input.size, version: pool.version + 1 };
  await setPool(scope, pool.id, { size: next.size, version: next.version });
  await insertPoolVersion(scope, {
    poolId: pool.id,
    version: next.version,
    size: next.size,
    document: input.document,
    note: input.note ?? null,
  });
  audited(scope, { subject: 'factors.pool', id: pool.id, before: pool, after: next });
  return told(scope, next);
}

/**
 * Gives a project a part of the pool: its need is secured by as much, with the document as evidence. Refused with a
 * sentence when the pool has not so much left or the project does not lack so much.
 */
export async function allot(scope: Scope, input: Input<'allot'>): Promise<Pool> {
  const pool = await getPool(scope, input.id);
  const project = await getProject(scope, input.projectId, 'factors.allot');
  const category = categoryOf(pool.category);
  const needs = await lockNeeds(scope, project.id);
  const need = needOf(needs, pool.category);
  if (!need)
    throw invalid(
      'need_missing',
      {
        zh: `“${project.name}”没有登记${category.name.zh}需求，请先登记需求再分配`,
        en: `No need of ${category.name.en} is entered for ${project.name}: enter it first`,
      },
      'projectId',
    );
  const onDay = input.onDay ?? scope.today;
  if (onDay > scope.today)
    throw invalid('future_day', { zh: '分配日期不能晚于今天', en: 'The day cannot be after today' }, 'onDay');
  const gap = Math.max(0, need.demand - need.supplied);
  refuse(allotmentRefusal(category, pool, { name: project.name, gap }, input.amount));
  const { amount, document } = input;
  await insertAllotments(scope, [{ poolId: pool.id, projectId: project.id, amount, onDay, document, reason: null }]);
  await setPool(scope, pool.id, { allotted: pool.allotted + amount });
  await move(scope, need, amount, `${pool.name}：${document}`, 'allotted', (after) =>
    settle(scope, project, [...needs.filter((n) => n !== need), after], after),
  );
  audited(scope, { subject: 'factors.pool', id: pool.id, before: pool.allotted, after: pool.allotted + amount });
  return told(scope, { ...pool, allotted: pool.allotted + amount });
}

/** Takes back what a project does not use. The need is open again by as much; both rows stay. */
export async function withdraw(scope: Scope, input: Input<'withdraw'>): Promise<Pool> {
  const pool = await getPool(scope, input.id);
  const project = await getProject(scope, input.projectId, 'factors.allot');
  const needs = await lockNeeds(scope, project.id);
  const held = await findHeld(scope, pool.id, project.id);
  refuse(withdrawalRefusal(categoryOf(pool.category), held, input.amount));
  const amount = -input.amount;
  const { document, reason } = input;
  await insertAllotments(scope, [
    { poolId: pool.id, projectId: project.id, amount, onDay: scope.today, document, reason },
  ]);
  await setPool(scope, pool.id, { allotted: pool.allotted + amount });
  const need = needOf(needs, pool.category)!;
  await move(scope, need, amount, reason, 'withdrawn', (after) =>
    settle(scope, project, [...needs.filter((n) => n !== need), after], after),
  );
  audited(scope, { subject: 'factors.pool', id: pool.id, before: pool.allotted, after: pool.allotted + amount });
  return told(scope, { ...pool, allotted: pool.allotted + amount });
}

async function move(
  scope: Scope,
  need: NeedRow,
  amount: number,
  reason: string,
  kind: 'allotted' | 'withdrawn',
  after: (row: NeedRow) => Promise<void>,
): Promise<void> {
  const moved = { ...need, supplied: need.supplied + amount, allotted: need.allotted + amount };
  const next: NeedRow = {
    ...moved,
    state: needState(moved, scope.today),
    version: need.version + 1,
    changedAt: scope.now,
  };
  await setNeedRow(scope, next);
  await insertEvents(scope, [
    { projectId: need.projectId, category: need.category, kind, reason, changes: changesOf(need, next) },
  ]);
  await after(next);
}
