import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { stateAfter } from '../flow.ts';
import { leadersOf } from './leaders.ts';
import { type Limits, limitsOf } from './limits.ts';
import { type Fault, inRow, refuse } from './new-matter.ts';
import { insertRows } from './rows.ts';
import { keepLights, turnsOf } from './settle.ts';
import { insertEvents, lockMatters, type MatterRecord, partyUnits } from './store.ts';
import { tables } from './tables.ts';

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
