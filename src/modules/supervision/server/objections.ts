import { type SqlBool, sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { getMatter, matterWithinReach, recordNote, speaksFor } from '#modules/ledger/server/public.ts';
import { subtreeIds } from '#modules/organization/server/public.ts';
import {
  type ConclusionKind,
  daysLeft,
  decideBy,
  lastDayToObject,
  objectionWords,
  recusalFault,
} from '../objection.ts';
import type { ObjectionRow } from '../shapes.ts';
import { listConclusions } from './conclusions.ts';
import { type ObjectionTable, tables } from './tables.ts';

interface ObjectionRecord extends ObjectionTable {
  matterNo: string;
  matterTitle: string;
  urgency: 'urgent' | 'normal' | 'hard';
  dueCurrent: string | null;
  leadUnitId: string | null;
  leadUnitName: string | null;
  unitName: string;
  isInReach: boolean;
}

export interface ObjectionFilter {
  id?: string;
  matterId?: string;
  state?: ObjectionRow['state'] | undefined;
  unitId?: string | undefined;
  q?: string | undefined;
}

const filtered = (scope: Scope, { id, matterId, state, unitId, q }: ObjectionFilter) => sql`
  o.city_id = ${scope.cityId} and (${matterWithinReach(scope, 'ledger.read', 'm')}) and (${matterWithinReach(scope, 'supervision.read', 'm')})
  ${id === undefined ? sql`` : sql`and o.id = ${id}`}
  ${matterId === undefined ? sql`` : sql`and o.matter_id = ${matterId}`}
  ${state === undefined ? sql`` : sql`and o.state = ${state}`}
  ${unitId === undefined ? sql`` : sql`and o.unit_id = ${unitId}`}
  ${q ? sql`and (m.title like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or o.about_title like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`})` : sql``}`;

/** Objections about matters within reach: open ones first, the most pressing at the top. */
export async function listObjections(
  scope: Scope,
  filter: ObjectionFilter,
  { offset, limit }: { offset: number; limit: number } = { offset: 0, limit: 200 },
): Promise<ObjectionRow[]> {
  const { rows } = await sql<ObjectionRecord>`
    select o.*, m.no as matter_no, m.title as matter_title, m.urgency, m.due_current, m.lead_unit_id, l.name as lead_unit_name, u.name as unit_name,
      (${matterWithinReach(scope, 'supervision.decide', 'm')}) as is_in_reach
    from supervision.objection o
    join ledger.pub_matter m on m.city_id = o.city_id and m.id = o.matter_id
    join organization.pub_unit u on u.city_id = o.city_id and u.id = o.unit_id
    left join organization.pub_unit l on l.city_id = m.city_id and l.id = m.lead_unit_id
    where ${filtered(scope, filter)}
    order by o.state = 'filed' desc, case when o.state = 'filed' then o.decide_by end, o.decided_on desc nulls last, o.id desc
    offset ${offset} limit ${limit}`.execute(scope.db);
  return Promise.all(rows.map((row) => present(scope, row)));
}

export async function countObjections(scope: Scope, filter: ObjectionFilter) {
  const { rows } = await sql<{ open: number; late: number; total: number }>`
    select count(*) filter (where o.state = 'filed')::int as open,
      count(*) filter (where o.state = 'filed' and o.decide_by < ${scope.today}::date)::int as late, count(*)::int as total
    from supervision.objection o join ledger.pub_matter m on m.city_id = o.city_id and m.id = o.matter_id
    where ${filtered(scope, filter)}`.execute(scope.db);
  return rows[0]!;
}

const faultOf = async (scope: Scope, row: ObjectionTable) =>
  recusalFault({ accountId: scope.actor.id, personId: scope.actor.personId, unitIds: scope.actor.unitIds }, row, {
    unitIds: [row.unitId, ...(await subtreeIds(scope, [row.unitId]))],
    accountId: row.filedBy,
  });

async function present(scope: Scope, row: ObjectionRecord): Promise<ObjectionRow> {
  const mayDecide = row.state === 'filed' && row.isInReach && scope.can('supervision.decide');
  const fault = mayDecide ? await faultOf(scope, row) : null;
  return {
    id: row.id,
    matter: {
      id: row.matterId,
      no: row.matterNo,
      title: row.matterTitle,
      urgency: row.urgency,
      dueCurrent: row.dueCurrent,
      leadUnit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.leadUnitName ?? '' },
      demo: row.demo,
    },
    unit: { id: row.unitId, name: row.unitName },
    about: row.about,
    aboutId: row.aboutId,
    title: row.aboutTitle,
    concludedOn: row.concludedOn,
    concludedByName: row.concludedByName,
    reason: row.reason,
    filedOn: row.filedOn,
    filedByName: row.filedByName,
    decideBy: row.decideBy,
    daysLeft: daysLeft(row.decideBy, scope.today),
    state: row.state,
    decision: row.decision,
    decidedOn: row.decidedOn,
    decidedByName: row.decidedByName,
    demo: row.demo,
    recusal: fault?.words ?? null,
    allowed: mayDecide && !fault ? ['decide'] : [],
  };
}

/** The unit of the matter for which the caller speaks: the lead before those that help. Watchers and verifiers do not object. */
export async function objectingUnit(scope: Scope, matterId: string): Promise<string | undefined> {
  const { rows } = await sql<{ unitId: string }>`select unit_id from ledger.pub_party
    where city_id = ${scope.cityId} and matter_id = ${matterId} and role in ('lead', 'co', 'firm')
    order by array_position(array['lead', 'co', 'firm'], role), unit_id`.execute(scope.db);
  return rows.find((row) => speaksFor(scope, row.unitId, 'supervision.object'))?.unitId;
}

/** @throws Problem 404; 409 not_a_party, too_late, objected_already */
export async function object(
  scope: Scope,
  input: { matterId: string; about: ConclusionKind; aboutId: string; reason: string },
): Promise<ObjectionRow> {
  const matter = await getMatter(scope, input.matterId, 'supervision.object');
  const conclusion = (await listConclusions(scope, matter.id)).find(
    (one) => one.about === input.about && one.aboutId === input.aboutId,
  );
  if (!conclusion) throw notFound({ zh: '督查结论', en: 'conclusion' });
  const unitId = await objectingUnit(scope, matter.id);
  if (unitId === undefined)
    throw conflict('not_a_party', {
      zh: '只有牵头单位、配合单位和责任企业可以提出异议',
      en: 'Only the lead, a co-responsible unit or a responsible firm objects',
    });
  const lastDay = lastDayToObject(conclusion.concludedOn);
  if (scope.today > lastDay)
    throw conflict('too_late', {
      zh: `异议应在收到结论之日起 30 日内提出，${lastDay} 已过`,
      en: `An objection is raised within 30 days of the conclusion: ${lastDay} has passed`,
    });
  const row: ObjectionTable = {
    cityId: scope.cityId,
    id: newId(),
    matterId: matter.id,
    unitId,
    about: input.about,
    aboutId: input.aboutId,
    aboutTitle: conclusion.title,
    concludedOn: conclusion.concludedOn,
    concludedByName: conclusion.byName,
    accountIds: conclusion.accountIds,
    personIds: conclusion.personIds,
    reason: input.reason,
    filedOn: scope.today,
    filedBy: scope.actor.id,
    filedByName: scope.actor.name,
    decideBy: decideBy(scope.today),
    state: 'filed',
    decidedOn: null,
    decidedBy: null,
    decidedByName: null,
    decision: null,
    demo: matter.demo,
  };
  const made = await tables(scope)
    .insertInto('supervision.objection')
    .values(row)
    .onConflict((c) => c.columns(['cityId', 'about', 'aboutId']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made)
    throw conflict('objected_already', {
      zh: '对该结论已经提出过异议，复核只进行一次',
      en: 'This conclusion was objected to already; it is reviewed once',
    });
  await recordNote(scope, matter.id, {
    act: 'note',
    text: `提出异议（${row.aboutTitle}）：${input.reason}`.slice(0, 2000),
    payload: { objectionId: row.id, about: row.about, aboutId: row.aboutId, decideBy: row.decideBy },
  });
  audited(scope, { subject: 'supervision.objection', id: row.id, after: { about: row.about, matter: matter.no } });
  await emit(scope, {
    topic: 'supervision.objected',
    projectId: matter.projectId,
    unitIds: [unitId],
    data: {
      objectionId: row.id,
      matterId: matter.id,
      no: matter.no,
      title: matter.title,
      aboutTitle: row.aboutTitle,
      decideBy: row.decideBy,
    },
  });
  return (await listObjections(scope, { id: row.id }))[0]!;
}

/** @throws Problem 404; 409 decided_already, must_recuse, own_objection */
export async function decideObjection(
  scope: Scope,
  { id, result, reason }: { id: string; result: 'upheld' | 'changed'; reason: string },
): Promise<ObjectionRow> {
  const { rows } = await sql<ObjectionTable>`
    select o.* from supervision.objection o join ledger.pub_matter m on m.city_id = o.city_id and m.id = o.matter_id
    where o.city_id = ${scope.cityId} and o.id = ${id} and (${matterWithinReach(scope, 'ledger.read', 'm')})
      and (${matterWithinReach(scope, 'supervision.decide', 'm')}) for update of o`.execute(scope.db);
  const row = rows[0];
  if (!row) throw notFound({ zh: '异议', en: 'objection' });
  if (row.state !== 'filed')
    throw conflict('decided_already', { zh: '该异议已有复核决定', en: 'It was decided already' });
  const fault = await faultOf(scope, row);
  if (fault) throw conflict(fault.code, fault.words);
  await tables(scope)
    .updateTable('supervision.objection')
    .set({
      state: result,
      decision: reason,
      decidedOn: scope.today,
      decidedBy: scope.actor.id,
      decidedByName: scope.actor.name,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  if (result === 'changed' && row.about === 'sheet') await revokeSheet(scope, row.aboutId);
  await recordNote(scope, row.matterId, {
    act: 'note',
    text: `异议复核：${objectionWords[result].zh}（${row.aboutTitle}）。${reason}`.slice(0, 2000),
    payload: { objectionId: id, result, about: row.about, aboutId: row.aboutId },
  });
  audited(scope, {
    subject: 'supervision.objection',
    id,
    before: { state: 'filed' },
    after: { state: result, reason },
  });
  await emit(scope, {
    topic: 'supervision.objectionDecided',
    unitIds: [row.unitId],
    data: { objectionId: id, matterId: row.matterId, result, aboutTitle: row.aboutTitle, unitId: row.unitId },
  });
  return (await listObjections(scope, { id }))[0]!;
}

/** 撤销: it stays in history with its number, and no later step rests on it. */
async function revokeSheet(scope: Scope, id: string): Promise<void> {
  await tables(scope)
    .updateTable('supervision.sheet')
    .set({ state: 'revoked', revokedOn: scope.today })
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`id = ${id}`)
    .execute();
}
