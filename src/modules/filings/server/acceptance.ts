import { audited } from '#core/server/audit.ts';
import { conflict, Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { setMilestoneDone, updateProjects } from '#modules/projects/server/public.ts';
import type { FilingContent } from '../content.ts';
import { blocking, check, toWaive } from '../validation.ts';
import { announce, lockFor, mustBeSeq, returned, surroundingsOf } from './acts.ts';
import { listMilestones } from './milestones.ts';
import { acceptRefusalOf } from './present.ts';
import {
  closeCorrection,
  findVersion,
  insertCorrection,
  insertEvent,
  insertVersion,
  listCorrections,
  lockLaterAccepted,
  type PlacedFiling,
  setFiling,
} from './store.ts';

/**
 * Accepts the version that was reviewed: from now on exactly it counts. The rules are run again, because last month may
 * have been returned or corrected since the submission.
 * @throws Problem 409 own_filing, newer_version, hits_remain, waiver_needed
 */
export async function accept(
  scope: Scope,
  input: { id: string; seq: number; waived: readonly string[] },
): Promise<void> {
  const { id, seq, waived } = input;
  const { filing, next } = await lockFor(scope, id, 'accept');
  mustBeSeq(filing, seq);
  const refusal = acceptRefusalOf(scope, filing);
  if (refusal) throw conflict('own_filing', refusal);
  const { content } = (await findVersion(scope, id, seq))!;
  const hits = check(content, (await surroundingsOf(scope, filing)).facts);
  const [worst] = blocking(hits);
  if (worst)
    throw conflict(
      'hits_remain',
      {
        zh: `强制项未消除，不能通过，请退回：${worst.words.zh}`,
        en: `This cannot be accepted, return it: ${worst.words.en}`,
      },
      { hits },
    );
  const open = toWaive(hits).filter((h) => !waived.includes(h.rule));
  if (open[0])
    throw conflict(
      'waiver_needed',
      {
        zh: `请先逐条确认放行准强制项：${open[0].words.zh}`,
        en: `Let this pass by name first, or return it: ${open[0].words.en}`,
      },
      { hits: open },
    );
  const amounts = { monthYuan: filing.monthYuan!, cumulativeYuan: filing.cumulativeYuan! };
  await setFiling(scope, id, {
    state: next,
    acceptedSeq: seq,
    acceptedMonthYuan: amounts.monthYuan,
    acceptedCumulativeYuan: amounts.cumulativeYuan,
    acceptedAt: scope.now,
    acceptedByName: scope.actor.name,
    returnReason: null,
    returnCells: null,
    returnedByName: null,
    returnedAt: null,
  });
  const names = toWaive(hits).map((h) => h.rule);
  await insertEvent(scope, { filingId: id, event: 'accept', seq, waived: names });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: {
      acceptedSeq: filing.acceptedSeq,
      monthYuan: filing.acceptedMonthYuan,
      cumulativeYuan: filing.acceptedCumulativeYuan,
    },
    after: { acceptedSeq: seq, ...amounts, waived: names },
  });
  await tellRegister(scope, filing, content);
  const wasCorrection = await closeCorrection(scope, id, {
    newSeq: seq,
    newMonthYuan: amounts.monthYuan,
    newCumulativeYuan: amounts.cumulativeYuan,
  });
  await announce(scope, filing, 'accepted', {
    ...amounts,
    seq,
    submittedBy: filing.submittedByName,
    submittedAt: filing.submittedAt,
  });
  if (wasCorrection) await settleCorrection(scope, filing, amounts);
}

/** Ticked milestones and the actual start go into the register, which keeps the reason and the old value. */
async function tellRegister(scope: Scope, filing: PlacedFiling, content: FilingContent): Promise<void> {
  const reason = `${filing.period} 填报审核通过`;
  const known = new Map((await listMilestones(scope, filing.projectId)).map((m) => [m.id, m]));
  for (const { milestoneId, doneOn } of content.milestones) {
    const milestone = known.get(milestoneId);
    if (!milestone || doneOn === null || milestone.doneOn !== null) continue;
    await setMilestoneDone(scope, {
      projectId: filing.projectId,
      milestoneId,
      actual: { day: doneOn, precision: 'day', text: null },
      reason,
    });
  }
  if (content.startedOn !== null && filing.startActual === null)
    await updateProjects(
      scope,
      [{ id: filing.projectId, changes: { startActual: { day: content.startedOn, precision: 'day', text: null } } }],
      { kind: 'changed', reason },
    );
}

/**
 * A corrected month moves the cumulative of the later accepted months of its year by the same amount: a computed version
 * each, marked as restated; the versions before stay. Months that wait are met by the identity rule instead.
 */
async function settleCorrection(
  scope: Scope,
  filing: PlacedFiling,
  now: { monthYuan: number; cumulativeYuan: number },
): Promise<void> {
  const before = { oldMonthYuan: filing.acceptedMonthYuan, oldCumulativeYuan: filing.acceptedCumulativeYuan };
  await announce(scope, filing, 'corrected', { ...now, ...before, restated: false });
  const shift = now.cumulativeYuan - filing.acceptedCumulativeYuan!;
  if (shift === 0) return;
  const [correction] = await listCorrections(scope, filing.id);
  for (const later of await lockLaterAccepted(scope, filing.projectId, filing.period)) {
    const version = (await findVersion(scope, later.id, later.acceptedSeq!))!;
    const cumulativeYuan = version.cumulativeYuan! + shift;
    const seq = await insertVersion(scope, {
      ...version,
      content: { ...version.content, cumulativeYuan },
      cumulativeYuan,
      hits: [],
      source: 'restated',
    });
    await setFiling(scope, later.id, {
      acceptedSeq: seq,
      acceptedCumulativeYuan: cumulativeYuan,
      ...(later.state === 'accepted' && { seq, cumulativeYuan }),
    });
    await insertEvent(scope, {
      filingId: later.id,
      event: 'restate',
      seq,
      reason: `${filing.period} 更正：${correction?.reason ?? ''}`,
    });
    await announce(scope, { ...filing, ...later }, 'corrected', {
      monthYuan: later.acceptedMonthYuan,
      cumulativeYuan,
      oldMonthYuan: later.acceptedMonthYuan,
      oldCumulativeYuan: later.acceptedCumulativeYuan,
      restated: true,
    });
  }
}

/** Accepts what has no hit at all; the rest is told with its reason. Each is judged alone. */
export async function acceptMany(
  scope: Scope,
  wanted: readonly { id: string; seq: number }[],
): Promise<{ accepted: string[]; refused: { id: string; code: string; words: Problem['words'] }[] }> {
  const accepted: string[] = [];
  const refused: { id: string; code: string; words: Problem['words'] }[] = [];
  for (const { id, seq } of wanted) {
    try {
      await mustBeClean(scope, id, seq);
      await accept(scope, { id, seq, waived: [] });
      accepted.push(id);
    } catch (error) {
      // Every refusal comes before the first write of its filing, so nothing half done stays in the transaction.
      if (!(error instanceof Problem)) throw error;
      refused.push({ id, code: error.code, words: error.words });
    }
  }
  return { accepted, refused };
}

async function mustBeClean(scope: Scope, id: string, seq: number): Promise<void> {
  const { filing } = await lockFor(scope, id, 'accept');
  const version = await findVersion(scope, id, seq);
  const hits = version ? check(version.content, (await surroundingsOf(scope, filing)).facts) : [];
  if (hits[0])
    throw conflict('has_hits', {
      zh: `有校验命中，请逐份审核：${hits[0].words.zh}`,
      en: `Review this one alone: ${hits[0].words.en}`,
    });
}

/**
 * Opens an accepted filing for a correction by its filer. The reviewer types no number: what is asked for is a reason and
 * marked cells, and the accepted version counts until a new one is accepted.
 */
export async function correct(
  scope: Scope,
  { id, reason, cells }: { id: string; reason: string; cells: PlacedFiling['returnCells'] & object },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'correct');
  const version = await findVersion(scope, id, filing.acceptedSeq!);
  await insertCorrection(scope, filing, reason);
  await setFiling(scope, id, {
    ...returned(scope, next, reason, cells),
    draft: version!.content,
    draftVersion: filing.draftVersion + 1,
    draftBy: null,
    draftByName: null,
    draftAt: scope.now,
  });
  await insertEvent(scope, { filingId: id, event: 'correct', seq: filing.acceptedSeq, reason, cells });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: { state: filing.state },
    after: { state: next, reason, cells },
  });
  await announce(scope, filing, 'returned', {
    monthYuan: filing.acceptedMonthYuan,
    cumulativeYuan: filing.acceptedCumulativeYuan,
    seq: filing.acceptedSeq,
    reason,
    isCorrection: true,
  });
}
