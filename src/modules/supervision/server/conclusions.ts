import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { shanghaiDay } from '#core/shared/day.ts';
import { type ConclusionKind, lastDayToObject } from '../objection.ts';
import { isConclusion, type SheetColour } from '../rule-sets.ts';
import type { Conclusion } from '../shapes.ts';

export interface ConclusionRecord {
  about: ConclusionKind;
  aboutId: string;
  title: string;
  concludedOn: Day;
  byName: string;
  /** Who took part: accounts, and people who approved. */
  accountIds: string[];
  personIds: string[];
}

/**
 * Conclusions about a matter against which its units may object: claims that were returned, sheets other than blue ones, its
 * voiding, and marks below excellent. The caller has checked that the matter may be seen.
 */
export async function listConclusions(scope: Scope, matterId: string): Promise<ConclusionRecord[]> {
  const { rows: failed } = await sql<{ id: string; note: string; verifierId: string; verifierName: string; at: Date }>`
    select id, note, verifier_id, verifier_name, at from ledger.pub_verification
    where city_id = ${scope.cityId} and matter_id = ${matterId} and result = 'failed' order by at`.execute(scope.db);
  const { rows: events } = await sql<{
    id: string;
    act: 'void' | 'mark' | 'take' | 'return';
    text: string | null;
    payload: Record<string, unknown>;
    actorId: string;
    actorName: string;
    onDay: Day;
    seq: number;
  }>`select id, act, text, payload, actor_id, actor_name, on_day, seq from ledger.pub_event
    where city_id = ${scope.cityId} and matter_id = ${matterId} and act in ('void', 'mark', 'take', 'return') order by seq`.execute(
    scope.db,
  );
  const { rows: nodes } = await sql<{ code: string; title: string }>`select code, title from ledger.pub_node
    where city_id = ${scope.cityId} and matter_id = ${matterId}`.execute(scope.db);
  const { rows: sheets } = await sql<{
    id: string;
    no: string;
    colour: SheetColour;
    issuedOn: Day;
    issuedBy: string;
    issuedByName: string;
    approverId: string | null;
    recordedBy: string | null;
  }>`select s.id, s.no, s.colour, s.issued_on, s.issued_by, s.issued_by_name, s.approver_id, a.recorded_by
    from supervision.sheet s
    left join supervision.approval a on a.city_id = s.city_id and a.matter_id = s.matter_id and a.round = s.round and s.colour = 'red'
    where s.city_id = ${scope.cityId} and s.matter_id = ${matterId} and s.state <> 'revoked' order by s.issued_at`.execute(
    scope.db,
  );
  // Whoever began to verify took part in what came of it.
  const takers = events.filter((e) => e.act === 'take').map((e) => e.actorId);
  const nodeTitle = (code: unknown) => nodes.find((node) => node.code === code)?.title ?? String(code ?? '');
  const marks: Record<string, string> = { good: '良好', passable: '合格', failed: '不合格' };
  return [
    ...failed.map((v) => ({
      about: 'verification' as const,
      aboutId: v.id,
      title: `复核退回：${v.note}`.slice(0, 200),
      concludedOn: shanghaiDay(v.at),
      byName: v.verifierName,
      accountIds: [...new Set([v.verifierId, ...takers])],
      personIds: [],
    })),
    ...sheets
      .filter((s) => isConclusion(s.colour))
      .map((s) => ({
        about: 'sheet' as const,
        aboutId: s.id,
        title: s.no,
        concludedOn: s.issuedOn,
        byName: s.issuedByName,
        accountIds: [s.issuedBy, ...(s.recordedBy === null ? [] : [s.recordedBy])],
        personIds: s.approverId === null ? [] : [s.approverId],
      })),
    ...events
      .filter((e) => e.act === 'void' || (e.act === 'mark' && String(e.payload.mark) in marks))
      .map((e) => ({
        about: e.act as 'void' | 'mark',
        aboutId: e.id,
        title: (e.act === 'void'
          ? `作废：${e.text ?? ''}`
          : `“${nodeTitle(e.payload.node)}”反馈评为${marks[String(e.payload.mark)]}`
        ).slice(0, 200),
        concludedOn: e.onDay,
        byName: e.actorName,
        accountIds: [e.actorId],
        personIds: [],
      })),
  ];
}

export const presentConclusion = ({ about, aboutId, title, concludedOn, byName }: ConclusionRecord): Conclusion => ({
  about,
  aboutId,
  title,
  concludedOn,
  byName,
  lastDay: lastDayToObject(concludedOn),
});
