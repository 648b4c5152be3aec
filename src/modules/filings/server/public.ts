import { sql } from 'kysely';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { FilingContent } from '../content.ts';
import { firstDayOf, kindOf, latenessSeconds, type Period, spanOf } from '../period.ts';
import { openCycle as open } from './cycles.ts';
import { levelsOf } from './past-level.ts';
import { type CycleRow, jsonb } from './tables.ts';

export { isExplanation } from '../explanation.ts';
export { insertPastCorrection, type PastCorrection } from './correction.ts';
export {
  acceptedAsOf,
  countPeriods,
  freezeFilings,
  listChangedSince,
  listUnfiled,
  type PeriodCount,
  type Unfiled,
} from './freezing.ts';
export { returnFilings, setForm } from './past-level.ts';

/** A month that was filed somewhere else: an earlier system, a ledger, the demonstration. Whole yuan. */
export interface PastFiling {
  projectId: string;
  period: Period;
  monthYuan: number;
  /** From 1 January to the end of the month. Months of one project must add up: the rules are not run here. */
  cumulativeYuan: number;
  submittedAt: Date;
  submittedByName: string;
  content?: Partial<Omit<FilingContent, 'monthYuan' | 'cumulativeYuan'>>;
}
/** A report between the months, without money: a week, half a month, a quarter. */
export interface PastReport extends Omit<PastFiling, 'monthYuan' | 'cumulativeYuan'> {
  monthYuan?: null;
  cumulativeYuan?: null;
}
export interface PastAcceptedReport extends PastReport {
  acceptedAt: Date;
  acceptedByName: string;
}
export interface PastAcceptedFiling extends PastFiling {
  acceptedAt: Date;
  acceptedByName: string;
}

/**
 * Opens a month and fixes who files in it; opening it twice changes nothing but takes in projects that have come to owe a
 * filing. `isPast` dates the opening to the first of the month and allows years without a published calendar.
 * @throws Problem 422 CALENDAR_NOT_PUBLISHED
 */
export const openCycle = (
  scope: Scope,
  period: Period,
  options: { exempt?: readonly { projectId: string; reason: string }[]; isPast?: boolean } = {},
): Promise<CycleRow> => open(scope, period, { ...options, ...(options.isPast && { openedAt: firstMomentOf(period) }) });

const firstMomentOf = (period: Period): Date => new Date(`${firstDayOf(period)}T00:05:00+08:00`);

/**
 * Enters accepted filings in bulk (some 2,000 a second): one version each, marked with `source`. Cycles that are missing
 * are opened; the population of a past month then is what was filed in it, so nobody becomes overdue afterwards. A filing
 * that has a version already is left alone, so the same rows twice are one effect. Emits `filings.accepted` once, without
 * a project, for all of them. Returns how many came in.
 */
export const insertAcceptedFilings = (
  scope: Scope,
  rows: readonly (PastAcceptedFiling | PastAcceptedReport)[],
  source = 'imported',
): Promise<number> => insertFilings(scope, rows, source, 'accepted');

/** The same for filings that wait for review, each at the first level at which somebody is. */
export const insertSubmittedFilings = (
  scope: Scope,
  rows: readonly (PastFiling | PastReport)[],
  source = 'imported',
): Promise<number> => insertFilings(scope, rows, source, 'submitted');

const pieceSize = 2000;

async function insertFilings(
  scope: Scope,
  rows: readonly ((PastFiling | PastReport) & Partial<Pick<PastAcceptedFiling, 'acceptedAt' | 'acceptedByName'>>)[],
  source: string,
  state: 'accepted' | 'submitted',
): Promise<number> {
  const cycles = new Map<Period, CycleRow>();
  for (const period of new Set(rows.map((r) => r.period))) {
    const isPast = spanOf(period).to < scope.today;
    const options = isPast ? { isPast, openedAt: firstMomentOf(period), hasPopulation: false } : {};
    cycles.set(period, await open(scope, period, options));
  }
  const levelFor = state === 'submitted' ? await levelsOf(scope, rows, cycles) : () => null;
  let count = 0;
  for (let at = 0; at < rows.length; at += pieceSize) {
    const piece = rows.slice(at, at + pieceSize).map((row) => {
      const cycle = cycles.get(row.period)!;
      const { monthYuan = null, cumulativeYuan = null } = row;
      return {
        id: newId(),
        submitted_event: newId(),
        accepted_event: newId(),
        cycle_id: cycle.id,
        project_id: row.projectId,
        period: row.period,
        kind: kindOf(row.period),
        level: levelFor(row),
        content: FilingContent.parse({ ...row.content, monthYuan, cumulativeYuan }),
        month_yuan: monthYuan,
        cumulative_yuan: cumulativeYuan,
        submitted_at: row.submittedAt,
        submitted_by_name: row.submittedByName,
        lateness_seconds: latenessSeconds(cycle.dueAt, row.submittedAt),
        accepted_at: row.acceptedAt ?? null,
        accepted_by_name: row.acceptedByName ?? null,
      };
    });
    count += await insertPiece(scope, piece, source, state);
  }
  if (count > 0)
    await emit(scope, { topic: `filings.${state}`, unitIds: [], data: { periods: [...cycles.keys()], count, source } });
  return count;
}

/** Four statements for a piece: the filing, its version, its photos, its events. */
async function insertPiece(
  scope: Scope,
  piece: readonly (Record<string, unknown> & { project_id: string; period: string })[],
  source: string,
  state: 'accepted' | 'submitted',
): Promise<number> {
  const isAccepted = state === 'accepted';
  const columns = sql`(id uuid, submitted_event uuid, accepted_event uuid, cycle_id uuid, project_id uuid, period text, kind text, level text, content jsonb,
    month_yuan bigint, cumulative_yuan bigint, submitted_at timestamptz, submitted_by_name text, lateness_seconds bigint,
    accepted_at timestamptz, accepted_by_name text)`;
  const actorId = scope.actor.id;
  const { rows } = await sql<{ id: string; projectId: string; period: string }>`
    insert into filings.filing as f (city_id, id, cycle_id, project_id, kind, period, state, level, level_since, draft, seq, month_yuan, cumulative_yuan, submitted_at,
      submitted_by, submitted_by_name, lateness_seconds, accepted_seq, accepted_month_yuan, accepted_cumulative_yuan, accepted_at, accepted_by_name)
    select ${scope.cityId}, x.id, x.cycle_id, x.project_id, x.kind, x.period, ${state}, x.level, ${isAccepted ? sql`null` : sql`x.submitted_at`}, null, 1, x.month_yuan, x.cumulative_yuan, x.submitted_at,
      ${actorId}, x.submitted_by_name, x.lateness_seconds,
      ${isAccepted ? sql`1, x.month_yuan, x.cumulative_yuan, x.accepted_at, x.accepted_by_name` : sql`null, null, null, null, null`}
    from jsonb_to_recordset(${jsonb(piece)}::jsonb) as x ${columns}
    on conflict (city_id, project_id, period) do update
      set state = excluded.state, level = excluded.level, level_since = excluded.level_since, exempt_reason = null, seq = 1, month_yuan = excluded.month_yuan, cumulative_yuan = excluded.cumulative_yuan,
        submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by, submitted_by_name = excluded.submitted_by_name,
        lateness_seconds = excluded.lateness_seconds, accepted_seq = excluded.accepted_seq,
        accepted_month_yuan = excluded.accepted_month_yuan, accepted_cumulative_yuan = excluded.accepted_cumulative_yuan,
        accepted_at = excluded.accepted_at, accepted_by_name = excluded.accepted_by_name
      where f.seq is null and f.draft is null
    returning f.id, f.project_id, f.period`.execute(scope.db);
  // Which rows came in is looked up here, not by a join of two record sets: the planner cannot guess their sizes.
  const filingIds = new Map(rows.map((r) => [`${r.projectId} ${r.period}`, r.id]));
  const made = piece.flatMap((row) => {
    const filingId = filingIds.get(`${row.project_id} ${row.period}`);
    return filingId === undefined ? [] : [{ ...row, filing_id: filingId }];
  });
  if (made.length === 0) return 0;
  const rowsMade = sql`jsonb_to_recordset(${jsonb(made)}::jsonb) as x(filing_id uuid, submitted_event uuid, accepted_event uuid, content jsonb,
    month_yuan bigint, cumulative_yuan bigint, submitted_at timestamptz, submitted_by_name text, lateness_seconds bigint,
    accepted_at timestamptz, accepted_by_name text)`;
  await sql`
    insert into filings.filing_version (city_id, filing_id, seq, content, month_yuan, cumulative_yuan, submitted_at, submitted_by,
      submitted_by_name, lateness_seconds, source)
    select ${scope.cityId}, x.filing_id, 1, x.content, x.month_yuan, x.cumulative_yuan, x.submitted_at, ${actorId}, x.submitted_by_name,
      x.lateness_seconds, ${source}
    from ${rowsMade}`.execute(scope.db);
  await sql`
    insert into filings.photo (city_id, filing_id, seq, file_id, taken_at, lat, lon)
    select ${scope.cityId}, x.filing_id, 1, p."fileId", p."takenAt", p.lat, p.lon
    from ${rowsMade}
    cross join lateral jsonb_to_recordset(x.content -> 'photos')
      as p("fileId" text, "takenAt" timestamptz, lat double precision, lon double precision)
    on conflict do nothing`.execute(scope.db);
  await sql`
    insert into filings.filing_event (city_id, id, filing_id, event, at, actor_id, actor_name, seq)
    select ${scope.cityId}::uuid, x.submitted_event, x.filing_id, 'submit', x.submitted_at, ${actorId}::text, x.submitted_by_name, 1 from ${rowsMade}
    ${isAccepted ? sql`union all select ${scope.cityId}::uuid, x.accepted_event, x.filing_id, 'accept', x.accepted_at, ${actorId}::text, x.accepted_by_name, 1 from ${rowsMade}` : sql``}`.execute(
    scope.db,
  );
  return rows.length;
}
