import { type RawBuilder, sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { matterWithinReach, speaksFor } from '#modules/ledger/server/public.ts';
import { lastDayToObject } from '../objection.ts';
import { isConclusion, type SheetColour } from '../rule-sets.ts';
import type { SheetRow, sheetStates } from '../shapes.ts';
import type { SheetTable } from './tables.ts';

export interface SheetRecord extends SheetTable {
  matterNo: string;
  matterTitle: string;
  urgency: 'urgent' | 'normal' | 'hard';
  dueCurrent: string | null;
  unitName: string | null;
  hasObjection: boolean;
}

export interface SheetFilter {
  colour?: SheetColour | undefined;
  state?: (typeof sheetStates)[number] | undefined;
  q?: string | undefined;
  unitId?: string | undefined;
  ids?: readonly string[];
  matterId?: string;
}

/** `late` is no stored state: the sheet's own limit has passed and nobody has answered. */
const stateSql = (scope: Scope): RawBuilder<SheetRow['state']> => sql`case when s.state = 'revoked' then 'revoked'
  when s.state = 'answered' then 'answered' when s.limit_on < ${scope.today}::date then 'late' else 'unanswered' end`;

const where = (scope: Scope, { colour, state, q, unitId, ids, matterId }: SheetFilter) => sql`
  s.city_id = ${scope.cityId} and (${matterWithinReach(scope, 'ledger.read', 'm')}) and (${matterWithinReach(scope, 'supervision.read', 'm')})
  ${colour === undefined ? sql`` : sql`and s.colour = ${colour}`}
  ${state === undefined ? sql`` : sql`and ${stateSql(scope)} = ${state}`}
  ${unitId === undefined ? sql`` : sql`and s.lead_unit_id = ${unitId}`}
  ${q ? sql`and (m.title like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or s.no like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or m.no = ${q})` : sql``}
  ${ids === undefined ? sql`` : sql`and s.id = any(${[...ids]}::uuid[])`}
  ${matterId === undefined ? sql`` : sql`and s.matter_id = ${matterId}`}`;

const joined = sql`supervision.sheet s
  join ledger.pub_matter m on m.city_id = s.city_id and m.id = s.matter_id
  left join organization.pub_unit u on u.city_id = s.city_id and u.id = s.lead_unit_id`;

/** Sheets of matters within the caller's reach, newest first. */
export async function listSheets(
  scope: Scope,
  filter: SheetFilter,
  { offset, limit }: { offset: number; limit: number } = { offset: 0, limit: 200 },
): Promise<SheetRow[]> {
  const { rows } = await sql<SheetRecord>`
    select s.*, m.no as matter_no, m.title as matter_title, m.urgency, m.due_current, u.name as unit_name,
      exists (select 1 from supervision.objection o where o.city_id = s.city_id and o.about = 'sheet' and o.about_id = s.id) as has_objection
    from ${joined} where ${where(scope, filter)}
    order by s.issued_on desc, s.issued_at desc, s.id desc offset ${offset} limit ${limit}`.execute(scope.db);
  return rows.map((row) => present(scope, row));
}

export async function countSheets(scope: Scope, filter: SheetFilter) {
  const { rows } = await sql<{
    colour: SheetColour;
    state: SheetRow['state'];
    unitId: string | null;
    unitName: string | null;
    n: number;
  }>`
    select s.colour, ${stateSql(scope)} as state, s.lead_unit_id as unit_id, u.name as unit_name, count(*)::int as n
    from ${joined} where ${where(scope, filter)} group by 1, 2, 3, 4`.execute(scope.db);
  return rows;
}

/** For an act: locked, within reach. @throws Problem 404 */
export async function lockSheet(scope: Scope, id: string, permission: string): Promise<SheetRecord> {
  const { rows } = await sql<SheetRecord>`
    select s.*, m.no as matter_no, m.title as matter_title, m.urgency, m.due_current, null as unit_name, false as has_objection
    from supervision.sheet s join ledger.pub_matter m on m.city_id = s.city_id and m.id = s.matter_id
    where s.city_id = ${scope.cityId} and s.id = ${id} and (${matterWithinReach(scope, 'ledger.read', 'm')})
      and (${matterWithinReach(scope, permission, 'm')}) for update of s`.execute(scope.db);
  if (!rows[0]) throw notFound({ zh: '督查单', en: 'sheet' });
  return rows[0];
}

export async function getSheet(scope: Scope, id: string): Promise<SheetRow> {
  const [found] = await listSheets(scope, { ids: [id] });
  if (!found) throw notFound({ zh: '督查单', en: 'sheet' });
  return found;
}

/** The frozen contents, in the order asked for. @throws Problem 404 when one is missing or out of reach */
export async function listContents(scope: Scope, ids: readonly string[]): Promise<SheetTable['content'][]> {
  const { rows } = await sql<{ id: string; content: SheetTable['content'] }>`
    select s.id, s.content from ${joined} where ${where(scope, { ids })}`.execute(scope.db);
  const byId = new Map(rows.map((row) => [row.id, row.content]));
  return ids.map((id) => {
    const content = byId.get(id);
    if (!content) throw notFound({ zh: '督查单', en: 'sheet' });
    return content;
  });
}

function present(scope: Scope, row: SheetRecord): SheetRow {
  const isOwn = speaksFor(scope, row.leadUnitId, 'supervision.object') && scope.actor.kind !== 'system';
  const allowed: SheetRow['allowed'] = [];
  if (isOwn && row.state === 'issued') allowed.push('answer');
  if (
    isOwn &&
    row.state !== 'revoked' &&
    isConclusion(row.colour) &&
    !row.hasObjection &&
    scope.today <= lastDayToObject(row.issuedOn)
  )
    allowed.push('object');
  return {
    id: row.id,
    no: row.no,
    colour: row.colour,
    title: row.content.title,
    measure: row.content.measure,
    matter: {
      id: row.matterId,
      no: row.matterNo,
      title: row.matterTitle,
      urgency: row.urgency,
      dueCurrent: row.dueCurrent,
      leadUnit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.unitName ?? row.content.leadUnit },
      demo: row.demo,
    },
    why: row.content.why,
    demand: row.content.demand,
    issuedOn: row.issuedOn,
    issuedByName: row.issuedByName,
    approval:
      row.approverName === null || row.approvedOn === null
        ? null
        : { leaderName: row.approverName, on: row.approvedOn },
    limitOn: row.limitOn,
    state: row.state === 'issued' ? (row.limitOn < scope.today ? 'late' : 'unanswered') : row.state,
    answer: row.answer,
    answeredOn: row.answeredOn,
    answeredByName: row.answeredByName,
    isAnsweredLate: row.answeredOn !== null && row.answeredOn > row.limitOn,
    revokedOn: row.revokedOn,
    demo: row.demo,
    allowed,
  };
}
