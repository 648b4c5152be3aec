// Long because raising, completing and issuing are one path: what a draft may lack, an issued matter may not.
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound, type Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { initialsOf } from '#core/server/initials.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { stateAfter } from '../flow.ts';
import { gramsOf } from '../grams.ts';
import type { MatterKind, MatterLevel, PartyRole, SourceKind, Track, Urgency } from '../kinds.ts';
import type { Details } from '../shapes.ts';
import { insertDetails } from './details.ts';
import { leadersOf } from './leaders.ts';
import { type Limits, limitsOf } from './limits.ts';
import { insertRows } from './rows.ts';
import { keepLights, turnsOf } from './settle.ts';
import { insertEvents, lockMatters, type MatterRecord, partyUnits, takeNumbers } from './store.ts';
import { tables } from './tables.ts';
import { indexAnew } from './title-search.ts';

export interface NewMatter {
  kind: MatterKind;
  track?: Track;
  title: string;
  body?: string;
  category?: string;
  urgency?: Urgency;
  source: {
    kind: SourceKind;
    title?: string | null | undefined;
    ref?: string | null | undefined;
    on?: Day | null | undefined;
  };
  projectId?: string | null;
  leadUnitId?: string | null;
  /** A person of the register; left out: the first leader of the lead unit, else of the unit above it. */
  leadLeaderId?: string | null;
  handlerName?: string | null;
  coUnitIds?: readonly string[];
  watchUnitIds?: readonly string[];
  firmUnitIds?: readonly string[];
  verifierUnitId?: string | null;
  level?: MatterLevel | undefined;
  template?: string;
  /** Left out: the template's limit, counted from the day of issuing. */
  dueOn?: Day | null;
  details?: Details | null;
  nodes?: readonly { code: string; title: string; dueOn: Day }[];
  parentId?: string | null;
  origin?: { module: string; id: string };
  /** Only for rows brought from elsewhere: the day and moment on which it was raised. */
  raisedOn?: Day;
  raisedByName?: string;
  raiserUnitId?: string | null;
  demo?: boolean;
  no?: string;
}

type Fault = { code: string; words: Words; field: string };

/** What is wrong with the people of a matter; null when nothing is. One lead, nobody twice, no verifier from inside. */
export function partyFault(m: {
  leadUnitId: string | null;
  coUnitIds: readonly string[];
  verifierUnitId: string | null;
}): Fault | null {
  if (m.leadUnitId !== null && m.coUnitIds.includes(m.leadUnitId))
    return {
      code: 'lead_twice',
      words: { zh: '牵头单位只有一个，不能同时是配合单位', en: 'The lead unit cannot be co-responsible as well' },
      field: 'coUnitIds',
    };
  if (m.verifierUnitId !== null && (m.verifierUnitId === m.leadUnitId || m.coUnitIds.includes(m.verifierUnitId)))
    return {
      code: 'verifier_inside',
      words: { zh: '复核单位不能是牵头单位或配合单位', en: 'The verifier cannot be the lead or a co-responsible unit' },
      field: 'verifierUnitId',
    };
  return null;
}

const refuse = (fault: Fault | null): void => {
  if (fault) throw invalid(fault.code, fault.words, fault.field);
};

const distinct = (ids: readonly string[] | undefined): string[] => [...new Set(ids ?? [])];

/** Parties of a matter, each unit once for each role. */
export function partiesOf(matterId: string, m: NewMatter, raiserUnitId: string | null, commandUnitId: string | null) {
  const rows: { matterId: string; unitId: string; role: PartyRole }[] = [];
  const add = (unitId: string | null | undefined, role: PartyRole) => {
    if (unitId && !rows.some((row) => row.unitId === unitId && row.role === role))
      rows.push({ matterId, unitId, role });
  };
  add(m.leadUnitId, 'lead');
  for (const id of distinct(m.coUnitIds)) add(id, 'co');
  for (const id of distinct(m.firmUnitIds)) add(id, 'firm');
  for (const id of distinct(m.watchUnitIds)) add(id, 'watch');
  add(m.verifierUnitId, 'verifier');
  add(raiserUnitId, 'raiser');
  // The command post of a project follows what happens to it.
  add(commandUnitId, 'watch');
  return rows;
}

/** Units and projects that were named must be there. @throws Problem 404 */
async function checkNamed(scope: Scope, rows: readonly NewMatter[]): Promise<Map<string, string | null>> {
  const units = new Set<string>();
  for (const m of rows)
    for (const id of [
      m.leadUnitId,
      m.verifierUnitId,
      ...(m.coUnitIds ?? []),
      ...(m.watchUnitIds ?? []),
      ...(m.firmUnitIds ?? []),
    ])
      if (id) units.add(id);
  const known = await unitNames(scope, [...units]);
  if ([...units].some((id) => !known.has(id))) throw notFound({ zh: '单位', en: 'unit' });
  await checkLeaders(
    scope,
    rows.flatMap((m) => (m.leadLeaderId ? [{ leader: m.leadLeaderId, unit: m.leadUnitId ?? null }] : [])),
  );
  const projects = [...new Set(rows.map((m) => m.projectId).filter((id) => id != null))];
  const { rows: found } = await sql<{ id: string; commandUnitId: string | null }>`
    select p.id, p.command_unit_id from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.id = any(${projects}::uuid[]) and ${withinReach(scope)}`.execute(scope.db);
  if (found.length < projects.length) throw notFound({ zh: '项目', en: 'project' });
  return new Map(found.map((row) => [row.id, row.commandUnitId]));
}

/**
 * A lead leader holds a post in the lead unit, in one above it, or in the headquarters or a command post. Of anybody else it
 * is not even said that there is such a person. @throws Problem 404
 */
export async function checkLeaders(
  scope: Scope,
  named: readonly { leader: string; unit: string | null }[],
): Promise<void> {
  if (named.length === 0) return;
  const pairs = [...new Map(named.map((pair) => [`${pair.leader} ${pair.unit}`, pair])).values()];
  const reach = scope.reach('ledger.raise');
  const within = reach.all ? sql`true` : sql`p.unit_id = any(${[...reach.unitIds]}::uuid[])`;
  const { rows: strangers } = await sql<{ leader: string }>`
    select x.leader from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as x(leader uuid, unit uuid)
    where not exists (
      select 1 from organization.pub_post p join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
      where p.city_id = ${scope.cityId} and p.person_id = x.leader
        and (${within} and p.unit_id = x.unit or u.kind = 'headquarters'
          or u.kind in ('office', 'commandPost') and exists (select 1 from organization.pub_unit top
            where top.city_id = u.city_id and top.id = u.parent_id and top.kind = 'headquarters')
          or ${within} and exists (
          select 1 from organization.pub_unit_closure c where c.city_id = p.city_id and c.ancestor_id = p.unit_id
            and c.descendant_id = x.unit)))
    limit 1`.execute(scope.db);
  if (strangers.length > 0) throw notFound({ zh: '牵头领导', en: 'lead leader' });
}

export const searchOf = (title: string) => {
  const initials = initialsOf(title).slice(0, 400);
  return { initials, grams: gramsOf(title, initials) };
};

/**
 * Brings matters into the ledger, one or thousands in a few statements: as drafts, or issued in the same breath. The caller's
 * permission is checked by the command that calls. @throws Problem 404, 422 with the number of the row
 */
export async function raiseMatters(
  scope: Scope,
  wanted: readonly NewMatter[],
  { issue = false }: { issue?: boolean } = {},
): Promise<{ id: string; no: string }[]> {
  if (wanted.length === 0) return [];
  const commandOf = await checkNamed(scope, wanted);
  const limits = await limitsOf(scope);
  const records: MatterRecord[] = [];
  const parties: ReturnType<typeof partiesOf> = [];
  const numbers = await numbersFor(scope, wanted);
  wanted.forEach((m, i) => {
    inRow(wanted.length, i, () =>
      refuse(
        partyFault({
          leadUnitId: m.leadUnitId ?? null,
          coUnitIds: m.coUnitIds ?? [],
          verifierUnitId: m.verifierUnitId ?? null,
        }) ?? shapeFault(m, limits),
      ),
    );
    const record = recordOf(scope, m, numbers[i]!);
    records.push(record);
    const raiser = m.raiserUnitId === undefined ? (scope.actor.unitIds[0] ?? null) : m.raiserUnitId;
    parties.push(...partiesOf(record.id, m, raiser, (m.projectId && commandOf.get(m.projectId)) || null));
  });
  for (const piece of pieces(records)) await insertRows(scope, 'ledger.matter', piece);
  await insertRows(scope, 'ledger.party', parties);
  await insertDetails(
    scope,
    wanted.flatMap((m, i) => (m.details ? [{ matterId: records[i]!.id, details: m.details }] : [])),
  );
  const nodes = wanted.flatMap((m, i) => (m.nodes ?? []).map((node) => ({ matterId: records[i]!.id, ...node })));
  await insertRows(scope, 'ledger.node', nodes);
  await insertEvents(
    scope,
    records.map((record) => ({
      matterId: record.id,
      act: 'raise' as const,
      fromState: null,
      toState: 'draft' as const,
      onDay: record.raisedOn,
      actorName: record.raisedByName,
      payload: { kind: record.kind, track: record.track },
    })),
  );
  if (issue) await issueRecords(scope, records, limits);
  else await tellRaised(scope, records);
  return records.map(({ id, no }) => ({ id, no }));
}

const pieces = <T>(rows: readonly T[], size = 2000): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

/** Names the row when there are many. */
function inRow(count: number, index: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    const problem = error as Problem;
    if (count === 1 || !('words' in problem)) throw error;
    const { zh, en } = problem.words as Words;
    throw invalid(problem.code, { zh: `第 ${index + 1} 项：${zh}`, en: `Item ${index + 1}: ${en}` }, 'items', {
      index,
    });
  }
}

function shapeFault(m: NewMatter, limits: Limits): Fault | null {
  if (m.details && m.details.kind !== m.kind)
    return {
      code: 'details_of_another_kind',
      words: { zh: '补充信息与事项类型不符', en: 'The details belong to another kind of matter' },
      field: 'details',
    };
  if (m.template !== undefined && !limits.find(m.template))
    return {
      code: 'unknown_template',
      words: { zh: '没有这个督办模板', en: 'There is no such template' },
      field: 'template',
    };
  return null;
}

export async function numbersFor(scope: Scope, wanted: readonly NewMatter[]): Promise<string[]> {
  const queues = new Map<string, string[]>();
  const keyOf = (m: NewMatter) => `${m.kind} ${yearOf(m.raisedOn ?? scope.today)}`;
  const counts = new Map<string, { kind: MatterKind; year: number; count: number }>();
  for (const m of wanted) {
    if (m.no !== undefined) continue;
    const found = counts.get(keyOf(m)) ?? { kind: m.kind, year: yearOf(m.raisedOn ?? scope.today), count: 0 };
    counts.set(keyOf(m), { ...found, count: found.count + 1 });
  }
  // In one order everywhere, so that two who raise many at once never wait for each other in a circle.
  for (const [key, { kind, year, count }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    queues.set(key, await takeNumbers(scope, kind, year, count));
  return wanted.map((m) => m.no ?? queues.get(keyOf(m))!.shift()!);
}

export function recordOf(scope: Scope, m: NewMatter, no: string): MatterRecord {
  const raisedOn = m.raisedOn ?? scope.today;
  return {
    cityId: scope.cityId,
    id: newId(),
    no,
    kind: m.kind,
    track: m.track ?? 'assigned',
    title: m.title,
    ...searchOf(m.title),
    body: m.body ?? '',
    category: m.category ?? 'other',
    urgency: m.urgency ?? 'normal',
    sourceKind: m.source.kind,
    sourceTitle: m.source.title ?? null,
    sourceRef: m.source.ref ?? null,
    sourceOn: m.source.on ?? null,
    projectId: m.projectId ?? null,
    level: m.level ?? (m.projectId ? 'project' : 'headquarters'),
    levelSince: raisedOn,
    leadUnitId: m.leadUnitId ?? null,
    leadLeaderId: m.leadLeaderId ?? null,
    handlerName: m.handlerName ?? null,
    verifierUnitId: m.verifierUnitId ?? null,
    template: m.template ?? 'plain',
    dueOriginal: null,
    // What was asked for; it becomes the original limit when the matter is issued.
    dueCurrent: m.dueOn ?? null,
    state: 'draft',
    restingFrom: null,
    resumeOn: null,
    raisedOn,
    raisedBy: scope.actor.id,
    raisedByName: m.raisedByName ?? scope.actor.name,
    issuedAt: null,
    issuedOn: null,
    signedAt: null,
    signedOn: null,
    signedByName: null,
    progressOn: null,
    claimedAt: null,
    claimedOn: null,
    closedAt: null,
    closedOn: null,
    closeReason: null,
    returns: 0,
    extensions: 0,
    reopens: 0,
    returnedOn: null,
    extendedOn: null,
    leaderToldOn: null,
    blueOn: null,
    yellowOn: null,
    redOn: null,
    blueWhy: null,
    yellowWhy: null,
    redWhy: null,
    parentId: m.parentId ?? null,
    originModule: m.origin?.module ?? null,
    originId: m.origin?.id ?? null,
    demo: m.demo ?? false,
    version: 1,
  };
}

/** What an issued matter cannot lack; null when it is whole. */
function issueFault(record: MatterRecord): Fault | null {
  if (stateAfter(record.state, 'issue') === undefined)
    return {
      code: 'not_a_draft',
      words: { zh: `${record.no} 已经交办`, en: `${record.no} has been issued already` },
      field: 'ids',
    };
  if (record.leadUnitId === null)
    return {
      code: 'lead_missing',
      words: { zh: `${record.no} 没有牵头单位，请先指定`, en: `${record.no} has no lead unit: name one first` },
      field: 'leadUnitId',
    };
  if (record.leadLeaderId === null)
    return {
      code: 'leader_missing',
      words: {
        zh: `${record.no} 没有牵头领导，牵头单位及其上级也没有登记领导，请先指定`,
        en: `${record.no} has no lead leader, and neither its lead unit nor one above it has a leader registered: name one first`,
      },
      field: 'leadLeaderId',
    };
  return null;
}

/**
 * Issues drafts: the limit is fixed for good, the stages of the template become nodes, the days of the colours are worked out.
 * The records are changed in place. @throws Problem 422 for the first that lacks something
 */
export async function issueRecords(scope: Scope, records: readonly MatterRecord[], limits: Limits): Promise<void> {
  const without = records.filter((r) => r.leadLeaderId === null && r.leadUnitId !== null).map((r) => r.leadUnitId!);
  const leaders = without.length === 0 ? new Map<string, string>() : await leadersOf(scope, without);
  const known = await tables(scope)
    .selectFrom('ledger.node')
    .select(['matterId', 'dueOn', 'doneOn'])
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', sql<string>`any(${records.map((r) => r.id)}::uuid[])`)
    .execute();
  const nodesOf = Map.groupBy(known, (node) => node.matterId);
  const stages: { matterId: string; code: string; title: string; dueOn: Day }[] = [];
  const rows = records.map((record, i) => {
    record.leadLeaderId ??= leaders.get(record.leadUnitId ?? '') ?? null;
    inRow(records.length, i, () => refuse(issueFault(record)));
    const template = limits.get(record.template);
    const due = record.dueCurrent ?? limits.dueOf(template, record.urgency, scope.today);
    if (due < scope.today)
      throw invalid(
        'due_past',
        { zh: `${record.no} 的完成时限 ${due} 早于今天`, en: `The due date ${due} of ${record.no} is before today` },
        'dueOn',
      );
    const own = limits.stagesOf(template, scope.today).filter((stage) => stage.dueOn <= due);
    stages.push(...own.map((stage) => ({ matterId: record.id, ...stage })));
    Object.assign(record, {
      state: 'issued',
      issuedAt: scope.now,
      issuedOn: scope.today,
      dueOriginal: due,
      dueCurrent: due,
      levelSince: scope.today,
      version: record.version + 1,
    } satisfies Partial<MatterRecord>);
    const nodes = [...(nodesOf.get(record.id) ?? []), ...own.map((s) => ({ dueOn: s.dueOn, doneOn: null }))];
    Object.assign(record, turnsOf(limits, record, nodes));
    return record;
  });
  await insertRows(scope, 'ledger.node', stages, { ignoreKnown: true });
  await writeIssued(scope, rows);
  await insertEvents(
    scope,
    rows.map((r) => ({
      matterId: r.id,
      act: 'issue' as const,
      fromState: 'draft' as const,
      toState: 'issued' as const,
      payload: { dueOn: r.dueOriginal, leadUnitId: r.leadUnitId, template: r.template },
    })),
  );
  await keepLights(
    scope,
    rows.map((r) => r.id),
  );
  await tellIssued(scope, rows);
}

async function writeIssued(scope: Scope, rows: readonly MatterRecord[]): Promise<void> {
  const content = rows.map((r) => ({
    id: r.id,
    leader: r.leadLeaderId,
    due: r.dueOriginal,
    version: r.version,
    blue_on: r.blueOn,
    yellow_on: r.yellowOn,
    red_on: r.redOn,
    blue_why: r.blueWhy,
    yellow_why: r.yellowWhy,
    red_why: r.redWhy,
  }));
  await sql`update ledger.matter m set state = 'issued', issued_at = ${scope.now}, issued_on = ${scope.today}::date,
      due_original = x.due, due_current = x.due, lead_leader_id = x.leader, level_since = ${scope.today}::date, version = x.version,
      blue_on = x.blue_on, yellow_on = x.yellow_on, red_on = x.red_on,
      blue_why = x.blue_why, yellow_why = x.yellow_why, red_why = x.red_why
    from jsonb_to_recordset(${JSON.stringify(content)}::jsonb) as x(id uuid, leader uuid, due date, version int, blue_on date, yellow_on date,
      red_on date, blue_why text, yellow_why text, red_why text)
    where m.city_id = ${scope.cityId} and m.id = x.id and m.due_original is null`.execute(scope.db);
}

/** Above so many one event says that there are more: nobody reads a thousand. */
const toldOneByOne = 50;

async function tellIssued(scope: Scope, records: readonly MatterRecord[]): Promise<void> {
  const units = await partyUnits(
    scope,
    records.map((r) => r.id),
  );
  for (const r of records.slice(0, toldOneByOne))
    await emit(scope, {
      topic: 'ledger.issued',
      projectId: r.projectId,
      unitIds: units.get(r.id) ?? [],
      data: {
        matterId: r.id,
        no: r.no,
        title: r.title,
        kind: r.kind,
        state: 'issued',
        dueOn: r.dueCurrent,
        leadUnitId: r.leadUnitId,
      },
    });
  const rest = records.slice(toldOneByOne);
  if (rest.length > 0)
    await emit(scope, {
      topic: 'ledger.issuedMany',
      unitIds: [...new Set(rest.flatMap((r) => units.get(r.id) ?? []))],
      data: { count: rest.length, matterIds: rest.map((r) => r.id) },
    });
}

const tellRaised = (scope: Scope, records: readonly MatterRecord[]): Promise<void> =>
  emit(scope, { topic: 'ledger.raised', unitIds: scope.actor.unitIds, data: { count: records.length } });

/** Issues those that may be issued; the others are answered with their reason. */
export async function issueMatters(scope: Scope, ids: readonly string[], permission = 'ledger.issue') {
  const held = await lockMatters(scope, ids, permission);
  if (held.length === 0) throw notFound({ zh: '事项', en: 'matter' });
  const limits = await limitsOf(scope);
  const drafts = held.filter((m) => m.state === 'draft');
  const refused = held
    .filter((m) => m.state !== 'draft')
    .map((m) => ({ id: m.id, no: m.no, reason: { zh: '已经交办', en: 'Issued already' } }));
  const leaders = await leadersOf(
    scope,
    drafts.flatMap((m) => m.leadUnitId ?? []),
  );
  const ready: MatterRecord[] = [];
  for (const m of drafts) {
    m.leadLeaderId ??= leaders.get(m.leadUnitId ?? '') ?? null;
    const fault = issueFault(m);
    if (fault) refused.push({ id: m.id, no: m.no, reason: fault.words });
    else if (m.dueCurrent !== null && m.dueCurrent < scope.today)
      refused.push({
        id: m.id,
        no: m.no,
        reason: { zh: '完成时限早于今天', en: 'The due date is before today' },
      });
    else ready.push(m);
  }
  if (ready.length > 0) await issueRecords(scope, ready, limits);
  for (const m of ready)
    audited(scope, { subject: 'ledger.matter', id: m.id, after: { state: 'issued', due: m.dueOriginal } });
  return { done: ready.map(({ id, no }) => ({ id, no })), refused };
}

/** Changes a draft. @throws Problem 404, 409 moved, 422 */
export async function editMatter(
  scope: Scope,
  {
    id,
    version,
    changes,
  }: { id: string; version?: number | undefined; changes: NewMatter & { firmUnitIds?: readonly string[] } },
): Promise<{ id: string; no: string }> {
  const [held] = await lockMatters(scope, [id], 'ledger.raise');
  if (!held) throw notFound({ zh: '事项', en: 'matter' });
  if (held.state !== 'draft')
    throw conflict('not_a_draft', {
      zh: '已经交办的事项不能再改，只能反馈、延期或作废',
      en: 'A matter that was issued is not changed any more: report, extend or void it',
    });
  if (version !== undefined && version !== held.version)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再改', en: 'Somebody has just changed it: reload first' });
  const commandOf = await checkNamed(scope, [changes]);
  const limits = await limitsOf(scope);
  refuse(
    partyFault({
      leadUnitId: changes.leadUnitId ?? null,
      coUnitIds: changes.coUnitIds ?? [],
      verifierUnitId: changes.verifierUnitId ?? null,
    }) ?? shapeFault(changes, limits),
  );
  if (changes.kind !== held.kind)
    throw invalid(
      'kind_fixed',
      { zh: '事项类型不能改，请作废后重新登记', en: 'The kind is fixed: void it and raise anew' },
      'kind',
    );
  const fresh = recordOf(scope, changes, held.no);
  const kept = [
    'cityId',
    'id',
    'no',
    'kind',
    'raisedOn',
    'raisedBy',
    'raisedByName',
    'parentId',
    'originModule',
    'originId',
    'demo',
  ] as const;
  const columns = Object.fromEntries(
    Object.entries(fresh).filter(([key]) => !(kept as readonly string[]).includes(key)),
  );
  await tables(scope)
    .updateTable('ledger.matter')
    .set({ ...columns, version: held.version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  const raiser = await tables(scope)
    .selectFrom('ledger.party')
    .select('unitId')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', id)
    .where('role', '=', 'raiser')
    .executeTakeFirst();
  await tables(scope)
    .deleteFrom('ledger.party')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', id)
    .execute();
  await insertRows(
    scope,
    'ledger.party',
    partiesOf(id, changes, raiser?.unitId ?? null, (changes.projectId && commandOf.get(changes.projectId)) || null),
  );
  if (changes.details) await insertDetails(scope, [{ matterId: id, details: changes.details }]);
  await insertEvents(scope, [{ matterId: id, act: 'edit', fromState: 'draft', toState: 'draft' }]);
  await indexAnew(scope, [id]);
  audited(scope, { subject: 'ledger.matter', id, before: { title: held.title }, after: { title: changes.title } });
  return { id, no: held.no };
}
