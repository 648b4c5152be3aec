import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import type { MatterKind } from '../kinds.ts';
import { insertDetails } from './details.ts';
import { issueRecords } from './issue.ts';
import { limitsOf } from './limits.ts';
import {
  checkNamed,
  inRow,
  type NewMatter,
  partiesOf,
  partyFault,
  recordOf,
  refuse,
  shapeFault,
} from './new-matter.ts';
import { insertRows } from './rows.ts';
import { insertEvents, type MatterRecord, takeNumbers } from './store.ts';

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

const tellRaised = (scope: Scope, records: readonly MatterRecord[]): Promise<void> =>
  emit(scope, { topic: 'ledger.raised', unitIds: scope.actor.unitIds, data: { count: records.length } });
