import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { HandedIncident, HandedMatter } from '../contract.ts';
import { unitWithinReach } from './reach.ts';

export interface HandoverRow {
  id: string;
  unitId: string;
  at: Date;
  outgoingId: string;
  outgoingName: string;
  incomingId: string;
  incomingName: string;
  matters: { count: number; list: HandedMatter[] };
  incidents: HandedIncident[];
  notes: string;
  writtenBy: string;
  writtenByName: string;
  writtenAt: Date;
  signedBy: string | null;
  signedByName: string | null;
  signedAt: Date | null;
  signNote: string | null;
  demo: boolean;
}
const columns = sql`id, unit_id, at, outgoing_id, outgoing_name, incoming_id, incoming_name, matters, incidents, notes, written_by, written_by_name,
  written_at, signed_by, signed_by_name, signed_at, sign_note, demo`;

export async function listHandovers(scope: Scope, unitId: string, since: Date, limit: number): Promise<HandoverRow[]> {
  const { rows } = await sql<HandoverRow>`select ${columns} from duties.handover
    where city_id = ${scope.cityId} and unit_id = ${unitId} and at >= ${since} order by at desc limit ${limit}`.execute(
    scope.db,
  );
  return rows;
}

export async function lockHandover(scope: Scope, id: string, permission: string): Promise<HandoverRow | undefined> {
  const { rows } = await sql<HandoverRow>`select ${columns} from duties.handover
    where city_id = ${scope.cityId} and id = ${id} and ${unitWithinReach(scope, permission, 'unit_id')} for update`.execute(
    scope.db,
  );
  return rows[0];
}

/** False when that moment has been handed over already: the first one stands. */
export async function insertHandover(scope: Scope, h: HandoverRow): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into duties.handover (city_id, ${columns}) values (${scope.cityId}, ${h.id}, ${h.unitId}, ${h.at},
      ${h.outgoingId}, ${h.outgoingName}, ${h.incomingId}, ${h.incomingName}, ${JSON.stringify(h.matters)}::jsonb,
      ${JSON.stringify(h.incidents)}::jsonb, ${h.notes}, ${h.writtenBy}, ${h.writtenByName}, ${h.writtenAt},
      ${h.signedBy}, ${h.signedByName}, ${h.signedAt}, ${h.signNote}, ${h.demo})
    on conflict (city_id, unit_id, at) do nothing`.execute(scope.db);
  return numAffectedRows === 1n;
}

export async function setSigned(scope: Scope, id: string, note: string): Promise<void> {
  await sql`update duties.handover set signed_by = ${scope.actor.id}, signed_by_name = ${scope.actor.name}, signed_at = ${scope.now}, sign_note = ${note || null}
    where city_id = ${scope.cityId} and id = ${id} and signed_at is null`.execute(scope.db);
}
