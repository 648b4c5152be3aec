import { audited, canonical } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { partiesOf } from '#modules/projects/server/public.ts';
import type { FilingContent } from '../content.ts';
import { eventPermission, type FilingEvent, type FilingState, filingFlow } from '../flow.ts';
import { latenessSeconds } from '../period.ts';
import { blocking, check } from '../validation.ts';
import { listSurroundings, type Surroundings } from './facts.ts';
import { hasPhoto, insertEvent, insertVersion, lockFiling, type PlacedFiling, setFiling } from './store.ts';
import { newerVersion, noFiling, wrongState } from './words.ts';

/** Locks a filing for an event: 404 out of reach, 409 in a state that does not allow it. */
export async function lockFor(
  scope: Scope,
  id: string,
  event: FilingEvent,
): Promise<{ filing: PlacedFiling; next: FilingState }> {
  const filing = await lockFiling(scope, eventPermission[event], id);
  if (!filing) throw noFiling();
  const next = filingFlow[filing.state][event];
  if (!next) throw wrongState(filing.state, event);
  return { filing, next };
}

export const surroundingsOf = async (scope: Scope, filing: PlacedFiling): Promise<Surroundings> =>
  (await listSurroundings(scope, [filing])).get(filing.id)!;

/** Tells the parties; the amounts are those that the event is about. */
export async function announce(
  scope: Scope,
  filing: PlacedFiling,
  topic: string,
  data: { monthYuan: number | null; cumulativeYuan: number | null } & Record<string, unknown>,
): Promise<void> {
  await emit(scope, {
    topic: `filings.${topic}`,
    projectId: filing.projectId,
    unitIds: partiesOf(filing),
    data: { filingId: filing.id, period: filing.period, projectName: filing.projectName, ...data },
  });
}

/** Nobody's work is overwritten: a save that did not start from what is stored is refused with both contents. */
function mustBeNewest(filing: PlacedFiling, draftVersion: number, content: FilingContent): void {
  if (filing.draftVersion === draftVersion) return;
  // The answer to an earlier save was lost on a bad line: the same content again is no conflict.
  if (filing.draft && canonical(filing.draft) === canonical(content)) return;
  throw conflict(
    'draft_conflict',
    {
      zh: `${filing.draftByName ?? '他人'}已经改过这份填报，请比较后选用；您填的内容没有丢`,
      en: `${filing.draftByName ?? 'Somebody'} has changed this filing meanwhile: compare and choose; what you typed is kept`,
    },
    {
      yours: content,
      theirs: filing.draft,
      draftVersion: filing.draftVersion,
      by: filing.draftByName,
      at: filing.draftAt?.toISOString() ?? null,
    },
  );
}

/** A photo is attached by the one who brought it; afterwards it belongs to the filing. */
async function claimPhotos(scope: Scope, filing: PlacedFiling, content: FilingContent): Promise<void> {
  for (const { fileId } of content.photos) {
    if (!(await hasPhoto(scope, filing, fileId))) await claimFile(scope, fileId);
  }
}

export async function saveDraft(
  scope: Scope,
  { id, draftVersion, content }: { id: string; draftVersion: number; content: FilingContent },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'save');
  mustBeNewest(filing, draftVersion, content);
  if (filing.draft && canonical(filing.draft) === canonical(content)) return;
  await claimPhotos(scope, filing, content);
  await setFiling(scope, id, {
    state: next,
    draft: content,
    draftVersion: filing.draftVersion + 1,
    draftBy: scope.actor.id,
    draftByName: scope.actor.name,
    draftAt: scope.now,
  });
  // One line for the beginning, not one for each of the form's own saves.
  if (filing.state === 'opened') await insertEvent(scope, { filingId: id, event: 'begin' });
  audited(scope, { subject: 'filings.filing', id, before: filing.draft, after: content });
}

/**
 * Makes a version. Every 强制 rule holds and every 准强制 and 核实 hit is explained, else 422 with the hits; lateness is
 * against the one due moment of the cycle, whether or not the filing was returned before.
 */
export async function submit(
  scope: Scope,
  { id, draftVersion, content }: { id: string; draftVersion: number; content: FilingContent },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'submit');
  mustBeNewest(filing, draftVersion, content);
  const around = await surroundingsOf(scope, filing);
  const hits = check(content, around.facts);
  const [worst] = blocking(hits);
  if (worst) throw invalid('hits_block', worst.words, worst.field, { hits });
  await claimPhotos(scope, filing, content);
  const submission = {
    monthYuan: content.monthYuan!,
    cumulativeYuan: content.cumulativeYuan!,
    submittedAt: scope.now,
    submittedBy: scope.actor.id,
    submittedByName: scope.actor.name,
    latenessSeconds: latenessSeconds(filing.dueAt, scope.now),
  };
  const seq = await insertVersion(scope, { ...submission, filingId: id, content, hits, source: 'filed' });
  await setFiling(scope, id, {
    ...submission,
    state: next,
    seq,
    draft: content,
    draftVersion: filing.draftVersion + 1,
    draftBy: scope.actor.id,
    draftByName: scope.actor.name,
    draftAt: scope.now,
  });
  await insertEvent(scope, { filingId: id, event: 'submit', seq });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: { seq: filing.seq, monthYuan: filing.monthYuan },
    after: { seq, ...content },
  });
  await announce(scope, filing, 'submitted', {
    ...amountsOf(submission),
    seq,
    latenessSeconds: submission.latenessSeconds,
  });
}

const amountsOf = ({ monthYuan, cumulativeYuan }: { monthYuan: number | null; cumulativeYuan: number | null }) => ({
  monthYuan,
  cumulativeYuan,
});

/** The reviewer acts on the version that was on the screen, not on one that came in meanwhile. */
export function mustBeSeq(filing: PlacedFiling, seq: number): void {
  if (filing.seq !== seq) throw newerVersion();
}

export async function withdraw(scope: Scope, { id, seq }: { id: string; seq: number }): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'withdraw');
  mustBeSeq(filing, seq);
  await setFiling(scope, id, { state: next });
  await insertEvent(scope, { filingId: id, event: 'withdraw', seq });
  audited(scope, { subject: 'filings.filing', id, before: { state: filing.state, seq }, after: { state: next } });
  await announce(scope, filing, 'withdrawn', { ...amountsOf(filing), seq });
}

export async function sendBack(
  scope: Scope,
  { id, seq, reason, cells }: { id: string; seq: number; reason: string; cells: PlacedFiling['returnCells'] & object },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'return');
  mustBeSeq(filing, seq);
  await setFiling(scope, id, returned(scope, next, reason, cells));
  await insertEvent(scope, { filingId: id, event: 'return', seq, reason, cells });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: { state: filing.state, seq },
    after: { state: next, reason, cells },
  });
  await announce(scope, filing, 'returned', { ...amountsOf(filing), seq, reason, isCorrection: false });
}

/** What a filing carries while it is being mended; the due moment is not among it. */
export const returned = (scope: Scope, state: FilingState, reason: string, cells: PlacedFiling['returnCells']) => ({
  state,
  returnReason: reason,
  returnCells: cells,
  returnedByName: scope.actor.name,
  returnedAt: scope.now,
});
