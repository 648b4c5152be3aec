import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { matterWithinReach } from '#modules/ledger/server/public.ts';
import { type RuleSet, ruleSetOf } from '../rule-sets.ts';
import { ruleSetFor } from '../settings.ts';
import type { MatterRef } from '../shapes.ts';
import { type Proposal, proposedSheets, type SheetFacts, type SheetSoFar } from '../sheet.ts';
import { getSettings } from './settings-store.ts';
import { tables } from './tables.ts';

/** An issued matter with what the rules and the printed sheet need. */
export interface MatterFacts extends SheetFacts {
  no: string;
  title: string;
  template: string;
  leadUnitId: string | null;
  leadUnitName: string | null;
  leadLeaderName: string | null;
  sourceKind: string;
  sourceTitle: string | null;
  dueOriginal: Day;
  demo: boolean;
  rules: RuleSet;
}

type SheetPermission = 'supervision.sheet' | 'supervision.approve';

/** The caller may see the matter and holds one of the permissions for it. */
const within = (scope: Scope, permissions: readonly SheetPermission[]): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${matterWithinReach(scope, 'ledger.read', 'm')})
    and (${sql.join(
      permissions.map((permission) => sql`(${matterWithinReach(scope, permission, 'm')})`),
      sql` or `,
    )})`;

/**
 * Issued, open matters within the caller's reach: those named, or all that any rule could touch today. Only those whose limit
 * is near or gone, that wait to be signed for, that were returned, extended often, missed a stage or have stood for a week.
 */
export async function listFacts(
  scope: Scope,
  ids: readonly string[] | 'candidates',
  permissions: readonly SheetPermission[] = ['supervision.sheet', 'supervision.approve'],
): Promise<MatterFacts[]> {
  const which =
    ids === 'candidates'
      ? sql`(m.due_current <= ${scope.today}::date + 10 or m.state = 'issued' or m.returns > 0 or m.extensions > 2
          or (m.template = 'yingzhou' and m.issued_on <= ${scope.today}::date - 7)
          or exists (select 1 from ledger.pub_node n where n.city_id = m.city_id and n.matter_id = m.id
            and (n.mark = 'failed' or n.done_on is null and n.due_on < ${scope.today}::date)))`
      : sql`m.id = any(${[...ids]}::uuid[])`;
  const { settings } = await getSettings(scope);
  const { rows } = await sql<Omit<MatterFacts, 'nodes' | 'rules' | 'returnedOn' | 'extendedOn'>>`
    select m.id, m.no, m.title, m.state, m.urgency, m.template, m.issued_on, m.signed_on, m.due_original, m.due_current, m.returns,
      m.extensions, m.reopens, m.lead_unit_id, u.name as lead_unit_name, p.name as lead_leader_name, m.source_kind, m.source_title, m.demo
    from ledger.pub_matter m
    left join organization.pub_unit u on u.city_id = m.city_id and u.id = m.lead_unit_id
    left join organization.pub_person p on p.city_id = m.city_id and p.id = m.lead_leader_id
    where m.city_id = ${scope.cityId} and m.state in ('issued', 'signed', 'working', 'returned', 'reopened')
      and m.due_current is not null and ${which} and ${within(scope, permissions)}
    order by m.due_current, m.id`.execute(scope.db);
  const found = rows.map((row) => row.id);
  const { rows: nodes } = await sql<SheetFacts['nodes'][number] & { matterId: string }>`
    select matter_id, title, due_on, done_on, mark from ledger.pub_node
    where city_id = ${scope.cityId} and matter_id = any(${found}::uuid[])`.execute(scope.db);
  const { rows: acts } = await sql<{ matterId: string; act: string; onDay: Day }>`
    select matter_id, act, max(on_day) as on_day from ledger.pub_event
    where city_id = ${scope.cityId} and act in ('return', 'grantExtension') and matter_id = any(${found}::uuid[])
    group by matter_id, act`.execute(scope.db);
  const nodesOf = Map.groupBy(nodes, (node) => node.matterId);
  const dayOf = new Map(acts.map(({ matterId, act, onDay }) => [`${matterId} ${act}`, onDay]));
  return rows.map((row) => ({
    ...row,
    nodes: nodesOf.get(row.id) ?? [],
    returnedOn: dayOf.get(`${row.id} return`) ?? null,
    extendedOn: dayOf.get(`${row.id} grantExtension`) ?? null,
    rules: ruleSetOf(ruleSetFor(settings, row.template)),
  }));
}

/** Sheets that count: those not revoked. */
export const listSheetsSoFar = (scope: Scope, matterIds: readonly string[]): Promise<SheetSoFar[]> =>
  tables(scope)
    .selectFrom('supervision.sheet')
    .select(['matterId', 'colour', 'no', 'round', 'issuedOn', 'limitOn'])
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`matter_id = any(${[...matterIds]}::uuid[])`)
    .where('state', '<>', 'revoked')
    .execute();

export const listExcuses = (scope: Scope, matterIds: readonly string[]) =>
  tables(scope)
    .selectFrom('supervision.excuse')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`matter_id = any(${[...matterIds]}::uuid[])`)
    .orderBy('at', 'desc')
    .execute();

export interface ApprovalRow {
  matterId: string;
  round: number;
  leaderId: string;
  leaderName: string;
  approvedOn: Day;
}

export const listApprovals = (scope: Scope, matterIds: readonly string[]): Promise<ApprovalRow[]> =>
  tables(scope)
    .selectFrom('supervision.approval')
    .select(['matterId', 'round', 'leaderId', 'leaderName', 'approvedOn'])
    .where('cityId', '=', scope.cityId)
    .where(sql<SqlBool>`matter_id = any(${[...matterIds]}::uuid[])`)
    .execute();

/** Matters with the sheet each deserves today, worst first. */
export async function proposalsOf(
  scope: Scope,
  matters: readonly MatterFacts[],
): Promise<{ proposal: Proposal; matter: MatterFacts }[]> {
  const ids = matters.map((m) => m.id);
  const [calendar, sheets, excuses] = [
    await calendarOf(scope),
    await listSheetsSoFar(scope, ids),
    await listExcuses(scope, ids),
  ];
  const byId = new Map(matters.map((m) => [m.id, m]));
  return proposedSheets(matters, sheets, excuses, scope.today, calendar).map((proposal) => ({
    proposal,
    matter: byId.get(proposal.matterId)!,
  }));
}

export const refOf = (m: MatterFacts): MatterRef => ({
  id: m.id,
  no: m.no,
  title: m.title,
  urgency: m.urgency,
  dueCurrent: m.dueCurrent,
  leadUnit: m.leadUnitId === null ? null : { id: m.leadUnitId, name: m.leadUnitName ?? '' },
  demo: m.demo,
});
