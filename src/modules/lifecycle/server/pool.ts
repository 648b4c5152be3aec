import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { isWithinReach, lockProject, withinReach } from '#modules/projects/server/public.ts';
import type { LifeStage } from '../gates.ts';
import { entryFault, isLapsed, planningTarget, proposedKind, type ReserveRules } from '../reserve.ts';
import type { CandidateRow, ReserveRow, RulesView } from '../shapes.ts';
import { holdLife, refuse, tell, words } from './hold.ts';
import { inCity, type PartyRow, type PlaceRow, partyColumns, placeColumns, placeJoins, placeOf } from './place.ts';
import {
  findMember,
  getRules,
  insertMembers,
  insertReserveEvents,
  insertRules,
  listItems,
  setMaturity,
  setItem as writeItem,
} from './reserve-store.ts';
import type { ReserveTable } from './tables.ts';

type MemberRow = PlaceRow &
  PartyRow &
  Pick<ReserveTable, 'kind' | 'enteredOn' | 'poolYear' | 'maturity' | 'leftOn' | 'leftHow'> & {
    stage: LifeStage;
    startPlanned: string | null;
  };

type Show = 'in' | 'lapsed' | 'left';
const shows = (scope: Scope, show: Show) => {
  const year = yearOf(scope.today);
  return {
    in: sql`r.left_on is null`,
    lapsed: sql`r.left_on is null and r.pool_year < ${year}`,
    left: sql`r.left_on is not null`,
  }[show];
};

async function listMembers(scope: Scope, where: ReturnType<typeof shows>): Promise<ReserveRow[]> {
  const { rows } = await sql<MemberRow>`
    select ${placeColumns}, ${partyColumns}, p.stage, p.start_planned, r.kind, r.entered_on, r.pool_year, r.maturity, r.left_on, r.left_how
    from lifecycle.reserve r
    join projects.pub_project p on p.city_id = r.city_id and p.id = r.project_id ${placeJoins}
    where ${inCity(scope)} and ${where} and ${withinReach(scope, 'lifecycle.read')}
    order by r.pool_year, r.maturity desc, p.serial`.execute(scope.db);
  const items = Map.groupBy(
    await listItems(
      scope,
      rows.map((row) => row.projectId),
    ),
    (item) => item.projectId,
  );
  return rows.map((row) => {
    const party = { id: row.projectId, ...row };
    const may = (permission: string) => scope.can(permission) && isWithinReach(scope, permission, party);
    const lapsed = isLapsed(row.poolYear, scope.today);
    return {
      ...placeOf(row),
      kind: row.kind,
      enteredOn: row.enteredOn,
      poolYear: row.poolYear,
      maturity: row.maturity,
      done: (items.get(row.projectId) ?? []).map(({ item, doneOn, document }) => ({ item, doneOn, document })),
      state: row.leftHow ?? (lapsed ? 'lapsed' : 'member'),
      leftOn: row.leftOn,
      stage: row.stage,
      startPlanned: row.startPlanned,
      allowed:
        row.leftHow !== null
          ? []
          : [
              ...(may('lifecycle.reserve') ? (lapsed ? (['item', 'carry'] as const) : (['item'] as const)) : []),
              ...(may('lifecycle.end') ? (['withdraw'] as const) : []),
            ],
    };
  });
}

export async function reserve(scope: Scope, { show = 'in' }: { show?: Show | undefined }) {
  const { rules } = await getRules(scope);
  const year = yearOf(scope.today);
  const reach = withinReach(scope, 'lifecycle.read');
  const { rows } = await sql<{ in: number; lapsed: number; left: number; members: number; yuan: number }>`
    select count(*) filter (where r.left_on is null)::int as in,
           count(*) filter (where r.left_on is null and r.pool_year < ${year})::int as lapsed,
           count(*) filter (where r.left_on is not null)::int as left,
           count(*) filter (where r.left_on is null and r.pool_year >= ${year} and p.parent_id is null)::int as members,
           coalesce(sum(p.total_yuan) filter (where r.left_on is null and r.pool_year >= ${year} and p.parent_id is null), 0)::bigint as yuan
    from lifecycle.reserve r join projects.pub_project p on p.city_id = r.city_id and p.id = r.project_id
    where ${inCity(scope)} and ${reach}`.execute(scope.db);
  const { rows: started } = await sql<{ count: number }>`
    select count(*)::int as count from lifecycle.gate g
    join projects.pub_project p on p.city_id = g.city_id and p.id = g.project_id
    where ${inCity(scope)} and g.stage = 'started' and g.reached_on between ${`${year - 1}-01-01`}::date and ${`${year - 1}-12-31`}::date
      and p.parent_id is null and ${rules.targetTier} = any(p.tiers) and ${reach}`.execute(scope.db);
  const { rows: waiting } = await sql<{ count: number }>`
    select count(*)::int as count ${candidatesFrom(scope)}`.execute(scope.db);
  const { members, yuan, ...counts } = rows[0]!;
  const startedLastYear = started[0]!.count;
  return {
    year,
    rows: await listMembers(scope, shows(scope, show)),
    counts: { ...counts, candidates: waiting[0]!.count },
    target: { startedLastYear, target: planningTarget(rules, startedLastYear), members, yuan },
    allowed: [
      ...(scope.can('lifecycle.reserve') ? (['enter', 'carry'] as const) : []),
      ...(scope.can('lifecycle.configure') ? (['configure'] as const) : []),
    ],
  };
}

/** Not begun, not ended, not in the pool. An item enters as a part of its package. */
const candidatesFrom = (scope: Scope) => sql`
  from projects.pub_project p ${placeJoins}
  where ${inCity(scope)} and p.stage in ('reserve', 'signed', 'preparation') and p.start_actual is null and p.parent_id is null
    and not exists (select 1 from lifecycle.reserve r where r.city_id = p.city_id and r.project_id = p.id and r.left_on is null)
    and ${withinReach(scope, 'lifecycle.read')}`;

export async function candidates(scope: Scope): Promise<CandidateRow[]> {
  const { rules } = await getRules(scope);
  const { rows } = await sql<PlaceRow & PartyRow & { stage: LifeStage }>`
    select ${placeColumns}, ${partyColumns}, p.stage ${candidatesFrom(scope)} order by p.serial`.execute(scope.db);
  return rows.map((row) => {
    const proposed = proposedKind(rules, row.board);
    return {
      ...placeOf(row),
      stage: row.stage,
      proposed: proposed?.code ?? null,
      refusal: proposed && (entryFault(proposed, row.totalYuan)?.words ?? null),
      canEnter:
        scope.can('lifecycle.reserve') && isWithinReach(scope, 'lifecycle.reserve', { id: row.projectId, ...row }),
    };
  });
}

async function getMember(scope: Scope, projectId: string): Promise<ReserveRow> {
  const [row] = await listMembers(scope, sql`r.project_id = ${projectId}`);
  if (!row) throw notFound(words);
  return row;
}

/** Takes a project into the pool for this year. @throws Problem 422 below_floor, total_missing, already_started, … */
export async function enter(
  scope: Scope,
  { id, kind, on, reason }: { id: string; kind: string; on: string; reason?: string | undefined },
): Promise<ReserveRow> {
  const { project, life } = await holdLife(scope, id, 'lifecycle.reserve');
  const { rules } = await getRules(scope);
  const found = rules.kinds.find((k) => k.code === kind);
  if (!found)
    throw invalid('kind_unknown', { zh: '储备类别不在规则中，请重新选择', en: 'The rules have no such kind' }, 'kind');
  if (life.end || life.gates.started)
    throw invalid(
      'already_started',
      { zh: '已开工或已终止的项目不再列入储备库', en: 'A project that has begun or ended does not enter the pool' },
      'id',
    );
  if (on > scope.today)
    throw invalid('in_the_future', { zh: '入库日期晚于今天', en: 'The day of entry lies ahead' }, 'on');
  const before = await findMember(scope, id);
  if (before && before.leftOn === null)
    throw conflict('already_in', { zh: '项目已在储备库中', en: 'The project is in the pool already' });
  refuse(entryFault(found, project.totalYuan));
  await insertMembers(scope, [{ projectId: id, kind, enteredOn: on, poolYear: yearOf(scope.today), maturity: 0 }]);
  await setMaturity(scope, rules, [id]);
  await insertReserveEvents(scope, [
    { projectId: id, kind: 'entered', year: yearOf(scope.today), day: on, reason: reason ?? null },
  ]);
  audited(scope, { subject: 'lifecycle.reserve', id, before: before ?? null, after: { kind, on } });
  await tell(scope, project, 'reserveEntered', { kind, on });
  return getMember(scope, id);
}

/** An item of the checklist is done, or turns out not to be; maturity follows by itself. */
export async function setItem(
  scope: Scope,
  {
    id,
    item,
    isDone,
    on = scope.today,
    document,
    reason,
  }: {
    id: string;
    item: string;
    isDone: boolean;
    on?: string | undefined;
    document?: string | undefined;
    reason?: string | undefined;
  },
): Promise<ReserveRow> {
  const project = await lockProject(scope, id, 'lifecycle.reserve');
  const member = project && (await findMember(scope, id));
  if (!project || !member) throw notFound(words);
  const { rules } = await getRules(scope);
  if (!rules.checklist.some((one) => one.code === item))
    throw invalid('item_unknown', { zh: '成熟度清单中没有这一项', en: 'The checklist has no such item' }, 'item');
  if (on > scope.today) throw invalid('in_the_future', { zh: '完成日期晚于今天', en: 'The day lies ahead' }, 'on');
  if (!isDone && !reason)
    throw invalid(
      'reason_needed',
      { zh: '撤回已完成的事项须写明原因', en: 'Say why the item is not done after all' },
      'reason',
    );
  await writeItem(scope, { projectId: id, item, doneOn: isDone ? on : null, document: document ?? null });
  await setMaturity(scope, rules, [id]);
  await insertReserveEvents(scope, [
    { projectId: id, kind: isDone ? 'done' : 'undone', item, day: on, reason: reason ?? document ?? null },
  ]);
  audited(scope, { subject: 'lifecycle.maturity', id, after: { item, isDone, on, document } });
  await tell(scope, project, 'maturityChanged', { item, isDone });
  return getMember(scope, id);
}

/** 结转: members of an earlier year are qualified for this one, by decision. Those qualified already stay untouched. */
export async function carry(
  scope: Scope,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<{ carried: number }> {
  const year = yearOf(scope.today);
  const { rows } = await sql<{
    id: string;
    ownerUnitId: string | null;
    leadUnitId: string | null;
    commandUnitId: string | null;
    countyUnitId: string | null;
  }>`
    select p.id, ${partyColumns} from projects.pub_project p
    where ${inCity(scope)} and p.id = any(${[...ids]}::uuid[]) and ${withinReach(scope, 'lifecycle.reserve')}`.execute(
    scope.db,
  );
  if (rows.length < new Set(ids).size) throw notFound(words);
  const { rows: carried } = await sql<{ projectId: string }>`
    update lifecycle.reserve set pool_year = ${year}
    where city_id = ${scope.cityId} and project_id = any(${[...ids]}::uuid[]) and left_on is null and pool_year < ${year}
    returning project_id`.execute(scope.db);
  await insertReserveEvents(
    scope,
    carried.map(({ projectId }) => ({ projectId, kind: 'carried' as const, year, day: scope.today, reason })),
  );
  for (const { projectId } of carried)
    audited(scope, { subject: 'lifecycle.reserve', id: projectId, after: { poolYear: year, reason } });
  if (carried.length > 0)
    await emit(scope, {
      topic: 'lifecycle.reserveCarried',
      unitIds: [...new Set(rows.flatMap((r) => [r.ownerUnitId, r.leadUnitId, r.commandUnitId, r.countyUnitId]))].filter(
        (u) => u !== null,
      ),
      data: { year, count: carried.length },
    });
  return { carried: carried.length };
}

export async function presentRules(scope: Scope): Promise<RulesView> {
  const { version, rules, reason, actorName, at } = await getRules(scope);
  return { version, rules, reason: reason ?? null, actorName: actorName ?? null, at: at?.toISOString() ?? null };
}

/** A new version of the rules; every maturity is worked out anew. @throws Problem 409 when somebody else was first */
export async function setRules(
  scope: Scope,
  { basedOn, rules, reason }: { basedOn: number; rules: ReserveRules; reason: string },
): Promise<RulesView> {
  const before = await getRules(scope);
  for (const list of [rules.kinds, rules.checklist])
    if (new Set(list.map((one) => one.code)).size < list.length)
      throw invalid('code_twice', { zh: '同一代码出现了两次', en: 'A code stands twice' }, 'rules');
  if (before.version !== basedOn || !(await insertRules(scope, basedOn + 1, rules, reason)))
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚修改了规则，请刷新后重试',
      en: 'Somebody else has just changed the rules. Reload and try again',
    });
  await setMaturity(scope, rules);
  audited(scope, { subject: 'lifecycle.rules', id: String(basedOn + 1), before: before.rules, after: rules });
  await emit(scope, { topic: 'lifecycle.rulesChanged', unitIds: [], data: { version: basedOn + 1 } });
  return presentRules(scope);
}
