import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { FilingField } from '../content.ts';
import type { CorrectionCause, CorrectionState } from '../correction-contract.ts';
import type { FilingState } from '../flow.ts';
import type { Period } from '../period.ts';
import { type CorrectionRow, type FilingRow, jsonb, tables } from './tables.ts';

/** Newest first. */
export const listCorrections = (scope: Scope, filingId: string): Promise<CorrectionRow[]> =>
  tables(scope)
    .selectFrom('filings.correction')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('filingId', '=', filingId)
    .orderBy('requestedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();

export interface CorrectionToInsert {
  reason: string;
  needsApproval: boolean;
  cause: CorrectionCause;
  cells: readonly FilingField[];
  documentNo: string | null;
  documentFileId: string | null;
  documentName: string | null;
  requestedBy?: string;
  requestedByName?: string;
  requestedAt?: Date;
}

export async function insertCorrection(
  scope: Scope,
  filing: FilingRow,
  { cells, ...row }: CorrectionToInsert,
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('filings.correction')
    .values({
      requestedBy: scope.actor.id,
      requestedByName: scope.actor.name,
      requestedAt: scope.now,
      ...row,
      cells: jsonb([...cells]),
      cityId: scope.cityId,
      id,
      filingId: filing.id,
      wasFrozen: filing.state === 'frozen',
      oldSeq: filing.acceptedSeq!,
      oldMonthYuan: filing.acceptedMonthYuan!,
      oldCumulativeYuan: filing.acceptedCumulativeYuan!,
    })
    .execute();
  return id;
}

export interface Decision {
  decision: 'approved' | 'rejected';
  note: string;
  by?: string;
  byName?: string;
  at?: Date;
}

/** False when somebody has decided meanwhile. */
export async function decide(scope: Scope, id: string, { decision, note, by, byName, at }: Decision): Promise<boolean> {
  const { numUpdatedRows } = await tables(scope)
    .updateTable('filings.correction')
    .set({
      decision,
      decisionNote: note,
      decidedBy: by ?? scope.actor.id,
      decidedByName: byName ?? scope.actor.name,
      decidedAt: at ?? scope.now,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('decision', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The correction under which the filing is being put right; undefined when none is open. */
export async function findOpenCorrection(scope: Scope, filingId: string): Promise<CorrectionRow | undefined> {
  const rows = await listCorrections(scope, filingId);
  return rows.find((row) => stateOf(row) === 'open');
}

/** Writes who accepted and the new values beside the old ones. */
export async function closeCorrection(
  scope: Scope,
  id: string,
  made: { newSeq: number; newMonthYuan: number; newCumulativeYuan: number; byName?: string; at?: Date },
): Promise<void> {
  const { byName, at, ...values } = made;
  await tables(scope)
    .updateTable('filings.correction')
    .set({
      ...values,
      approvedBy: scope.actor.id,
      approvedByName: byName ?? scope.actor.name,
      approvedAt: at ?? scope.now,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export const stateOf = (row: Pick<CorrectionRow, 'needsApproval' | 'decision' | 'approvedAt'>): CorrectionState =>
  row.decision === 'rejected'
    ? 'rejected'
    : row.approvedAt !== null
      ? 'done'
      : row.needsApproval && row.decision === null
        ? 'requested'
        : 'open';

/**
 * Keeps the version that counted until now, with the moments between which it did. Called before `accepted_seq` moves on;
 * the first acceptance of a filing keeps nothing.
 */
export async function keepSuperseded(
  scope: Scope,
  filingId: string,
  newSeq: number,
  { correctionId = null, at = scope.now }: { correctionId?: string | null; at?: Date } = {},
): Promise<void> {
  await sql`
    insert into filings.superseded (city_id, filing_id, seq, project_id, period, month_yuan, cumulative_yuan, valid_from, superseded_at,
      new_seq, correction_id)
    select city_id, id, accepted_seq, project_id, period, accepted_month_yuan, accepted_cumulative_yuan, coalesce(counts_from, accepted_at),
      ${at}, ${newSeq}, ${correctionId}
    from filings.filing
    where city_id = ${scope.cityId} and id = ${filingId} and accepted_seq is not null and accepted_month_yuan is not null
    on conflict (city_id, filing_id, seq) do nothing`.execute(scope.db);
}

export interface PlacedCorrection extends CorrectionRow {
  projectId: string;
  projectName: string;
  demo: boolean;
  unitName: string | null;
  period: Period;
  restated: { period: Period; oldCumulativeYuan: number; newCumulativeYuan: number }[] | null;
}

/** Corrections within the caller's reach for `permission`, newest first, with the later months that followed each. */
export async function listPlacedCorrections(
  scope: Scope,
  permission: string,
  { id, projectId, period }: { id?: string; projectId?: string | undefined; period?: Period | undefined } = {},
): Promise<PlacedCorrection[]> {
  const { rows } = await sql<PlacedCorrection>`
    select c.*, f.project_id, f.period, p.name as project_name, p.demo,
      coalesce(u.short_name, u.name, p.owner_text, v.short_name, v.name) as unit_name,
      (select jsonb_agg(jsonb_build_object('period', s.period, 'oldCumulativeYuan', s.cumulative_yuan,
          'newCumulativeYuan', n.cumulative_yuan) order by s.period)
        from filings.superseded s
        join filings.filing_version n on n.city_id = s.city_id and n.filing_id = s.filing_id and n.seq = s.new_seq
        where s.city_id = c.city_id and s.correction_id = c.id and s.filing_id <> c.filing_id) as restated
    from filings.correction c
    join filings.filing f on f.city_id = c.city_id and f.id = c.filing_id
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join organization.pub_unit u on u.city_id = f.city_id and u.id = p.owner_unit_id
    left join organization.pub_unit v on v.city_id = f.city_id and v.id = p.lead_unit_id
    where c.city_id = ${scope.cityId} and ${withinReach(scope, permission)}
      ${id === undefined ? sql`` : sql`and c.id = ${id}`}
      ${projectId === undefined ? sql`` : sql`and f.project_id = ${projectId}`}
      ${period === undefined ? sql`` : sql`and f.period = ${period}`}
    order by c.requested_at desc, c.id desc limit 1000`.execute(scope.db);
  return rows;
}

/** Months of a project that count and are not being corrected already, newest first. Reach was checked by the caller. */
export async function listCorrectable(
  scope: Scope,
  projectId: string,
): Promise<{ filingId: string; period: Period; state: FilingState; monthYuan: number; cumulativeYuan: number }[]> {
  const { rows } = await sql<{
    filingId: string;
    period: Period;
    state: FilingState;
    monthYuan: number;
    cumulativeYuan: number;
  }>`
    select f.id as filing_id, f.period, f.state, f.accepted_month_yuan as month_yuan, f.accepted_cumulative_yuan as cumulative_yuan
    from filings.filing f
    where f.city_id = ${scope.cityId} and f.project_id = ${projectId} and f.state in ('accepted', 'frozen')
      and f.accepted_month_yuan is not null
      and not exists (select 1 from filings.correction c where c.city_id = f.city_id and c.filing_id = f.id
        and c.needs_approval and c.decision is null)
    order by f.period desc`.execute(scope.db);
  return rows;
}
