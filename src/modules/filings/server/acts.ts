import { audited, canonical } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { partiesOf } from '#modules/projects/server/public.ts';
import type { FilingContent } from '../content.ts';
import { eventPermission, type FilingEvent, type FilingState, filingFlow } from '../flow.ts';
import { latenessSeconds } from '../period.ts';
import { withoutMoney } from '../text-check.ts';
import { blocking } from '../validation.ts';
import { listSurroundings, type Surroundings } from './facts.ts';
import { check } from './form-hits.ts';
import { prefilled, weeksOf } from './present.ts';
import { hasPhoto, insertEvent, insertVersion, lockFiling, type PlacedFiling, setFiling } from './store.ts';
import { advance, isPassedUp, notYourLevel, ownLevels } from './turn.ts';
import { newerVersion, noFiling, passedUp, wrongState } from './words.ts';

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
    data: { filingId: filing.id, kind: filing.kind, period: filing.period, projectName: filing.projectName, ...data },
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
  { id, draftVersion, content: sent }: { id: string; draftVersion: number; content: FilingContent },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'save');
  const content = withoutMoney(filing.kind, sent);
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
 * Says that the draft meets every rule and waits only to be sent: by somebody else of the unit, or with others at once.
 * @throws Problem 422 hits_block
 */
export async function markChecked(
  scope: Scope,
  { id, draftVersion, content: sent }: { id: string; draftVersion: number; content: FilingContent },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'check');
  const content = withoutMoney(filing.kind, sent);
  mustBeNewest(filing, draftVersion, content);
  const [worst] = blocking(check(filing, content, await surroundingsOf(scope, filing)));
  if (worst) throw invalid('hits_block', worst.words, worst.field);
  await claimPhotos(scope, filing, content);
  await setFiling(scope, id, {
    state: next,
    draft: content,
    draftVersion: filing.draftVersion + 1,
    draftBy: scope.actor.id,
    draftByName: scope.actor.name,
    draftAt: scope.now,
  });
  if (filing.state !== 'checked') await insertEvent(scope, { filingId: id, event: 'check' });
  audited(scope, { subject: 'filings.filing', id, before: { state: filing.state }, after: { state: next } });
}

/**
 * Makes a version and hands it to the first level of review at which somebody is. Every 强制 rule holds and every 准强制 and 核实 hit is explained, else 422 with the hits; lateness is
 * against the one due moment of the cycle, whether or not the filing was returned before.
 */
export async function submit(
  scope: Scope,
  { id, draftVersion, content: sent }: { id: string; draftVersion: number; content: FilingContent },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'submit');
  const content = withoutMoney(filing.kind, sent);
  mustBeNewest(filing, draftVersion, content);
  const around = await surroundingsOf(scope, filing);
  const hits = check(filing, content, around);
  const [worst] = blocking(hits);
  if (worst) throw invalid('hits_block', worst.words, worst.field, { hits });
  await claimPhotos(scope, filing, content);
  const submission = {
    monthYuan: content.monthYuan,
    cumulativeYuan: content.cumulativeYuan,
    submittedAt: scope.now,
    submittedBy: scope.actor.id,
    submittedByName: scope.actor.name,
    latenessSeconds: latenessSeconds(filing.dueAt, scope.now),
  };
  const seq = await insertVersion(scope, { ...submission, filingId: id, content, hits, source: 'filed' });
  const author = { accountId: scope.actor.id, personId: scope.actor.personId };
  const { level, skipped } = await advance(scope, filing, null, author);
  await setFiling(scope, id, {
    ...submission,
    submittedByPerson: scope.actor.personId,
    state: next,
    level,
    levelSince: scope.now,
    seq,
    draft: content,
    draftVersion: filing.draftVersion + 1,
    draftBy: scope.actor.id,
    draftByName: scope.actor.name,
    draftAt: scope.now,
  });
  await insertEvent(scope, { filingId: id, event: 'submit', seq, skipped });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: { seq: filing.seq, monthYuan: filing.monthYuan },
    after: { seq, ...content },
  });
  await announce(scope, filing, 'submitted', {
    ...amountsOf(submission),
    seq,
    level,
    latenessSeconds: submission.latenessSeconds,
  });
}

/**
 * One tap: the period as it was last known, said to be unchanged, with a note. A month files 0 and keeps its cumulative; when
 * a rule asks for more than that (the month's plan was large, say), the filing page has to be opened.
 * @throws Problem 422 hits_block
 */
export async function submitUnchanged(scope: Scope, { id, note }: { id: string; note: string }): Promise<void> {
  const { filing } = await lockFor(scope, id, 'submit');
  const around = await surroundingsOf(scope, filing);
  const known = filing.draft ?? prefilled(around, await weeksOf(scope, filing));
  const money =
    filing.kind === 'monthly' ? { monthYuan: 0, cumulativeYuan: around.facts.lastCumulativeYuan, cause: null } : {};
  const content = { ...known, ...money, unchanged: true, note: note || known.note };
  await submit(scope, { id, draftVersion: filing.draftVersion, content });
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
  if (isPassedUp(filing)) throw passedUp();
  await setFiling(scope, id, { state: next, level: null, levelSince: null });
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
  const [level] = ownLevels(scope, filing);
  if (!level) throw notYourLevel(filing);
  await setFiling(scope, id, returned(scope, next, reason, cells));
  await insertEvent(scope, { filingId: id, event: 'return', seq, reason, cells, level });
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
  level: null,
  levelSince: null,
  returnReason: reason,
  returnCells: cells,
  returnedByName: scope.actor.name,
  returnedAt: scope.now,
});
