import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FilingContent } from '../content.ts';
import type { HistoryMonth } from '../contract.ts';
import type { FilingState } from '../flow.ts';

interface Row {
  id: string;
  period: string;
  state: FilingState;
  acceptedSeq: number | null;
  acceptedMonthYuan: number | null;
  acceptedCumulativeYuan: number | null;
  acceptedAt: Date | null;
  acceptedByName: string | null;
  monthYuan: number | null;
  submittedAt: Date | null;
  submittedByName: string | null;
  latenessSeconds: number | null;
  content: FilingContent | null;
  corrections: number;
}

/** Months of a project, newest first: the values that count, who filed and who accepted. Reach was checked by the caller. */
export async function listHistory(scope: Scope, projectId: string): Promise<HistoryMonth[]> {
  const { rows } = await sql<Row>`
    select f.id, f.period, f.state, f.accepted_seq, f.accepted_month_yuan, f.accepted_cumulative_yuan, f.accepted_at, f.accepted_by_name,
      f.month_yuan, f.submitted_at, f.submitted_by_name, f.lateness_seconds, v.content,
      (select count(*) from filings.correction c
        where c.city_id = f.city_id and c.filing_id = f.id and c.approved_at is not null) as corrections
    from filings.filing f
    left join filings.filing_version v on v.city_id = f.city_id and v.filing_id = f.id and v.seq = coalesce(f.accepted_seq, f.seq)
    where f.city_id = ${scope.cityId} and f.project_id = ${projectId} and f.kind = 'monthly'
    order by f.period desc`.execute(scope.db);
  return rows.map((row) => ({
    id: row.id,
    period: row.period,
    state: row.state,
    monthYuan: row.acceptedMonthYuan,
    cumulativeYuan: row.acceptedCumulativeYuan,
    waitingMonthYuan: row.state === 'submitted' ? row.monthYuan : null,
    imageProgress: row.content?.imageProgress ?? '',
    submittedBy: row.submittedByName,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    acceptedBy: row.acceptedByName,
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    latenessSeconds: row.latenessSeconds,
    isCorrection: row.acceptedSeq !== null && row.state !== 'accepted' && row.state !== 'frozen',
    correctionCount: row.corrections,
    photos: row.content?.photos ?? [],
  }));
}
