import { audited } from '#core/server/audit.ts';
import { conflict, Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { setMilestoneDone, updateProjects } from '#modules/projects/server/public.ts';
import type { FilingContent } from '../content.ts';
import type { Level } from '../levels.ts';
import { blocking, toWaive } from '../validation.ts';
import { announce, lockFor, mustBeSeq, surroundingsOf } from './acts.ts';
import { settleCorrection } from './correction.ts';
import { closeCorrection, findOpenCorrection, keepSuperseded } from './correction-store.ts';
import { check } from './form-hits.ts';
import { listMilestones } from './milestones.ts';
import { authorOf, ownFilingOf } from './present.ts';
import { findVersion, insertEvent, type PlacedFiling, setFiling } from './store.ts';
import type { EventRow } from './tables.ts';
import { advance, turnFor } from './turn.ts';

export interface Decision {
  id: string;
  seq: number;
  /** 准强制 hits let pass by name. */
  waived: readonly string[];
  /** Why levels that did not review in time are passed over (越级审核). */
  bypassReason: string | null;
}

/**
 * A reviewer's yes to the version that was reviewed: handed up to the next level at which somebody is, or accepted when
 * there is none. From then on exactly this version counts. The rules are run again, because last month may have been
 * returned or corrected since the submission.
 * @throws Problem 409 own_filing, newer_version, not_your_level, level_below, hits_remain, waiver_needed
 */
export async function decide(scope: Scope, event: 'pass' | 'accept', input: Decision): Promise<void> {
  const { id, seq, waived, bypassReason } = input;
  const { filing } = await lockFor(scope, id, event);
  mustBeSeq(filing, seq);
  const refusal = ownFilingOf(scope, filing);
  if (refusal) throw conflict('own_filing', refusal);
  const turn = await turnFor(scope, filing, authorOf(filing), bypassReason);
  const isBypass = turn.skipped.some((s) => s.why === 'bypassed');
  const { content } = (await findVersion(scope, id, seq))!;
  const hits = check(filing, content, await surroundingsOf(scope, filing));
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
  const end = { level: null, skipped: [] };
  const above = turn.level === 'office' ? end : await advance(scope, filing, turn.level, authorOf(filing));
  const pass = {
    level: turn.level,
    skipped: [...turn.skipped, ...above.skipped],
    reason: isBypass ? bypassReason : null,
    waived: toWaive(hits).map((h) => h.rule),
  };
  if (above.level !== null) await handUp(scope, filing, above.level, pass);
  else await acceptNow(scope, filing, content, pass);
}

type Pass = Required<Pick<EventRow, 'level' | 'skipped' | 'reason' | 'waived'>>;

async function handUp(scope: Scope, filing: PlacedFiling, level: Level, pass: Pass): Promise<void> {
  const { id, seq } = filing;
  await setFiling(scope, id, { level, levelSince: scope.now });
  await insertEvent(scope, { filingId: id, event: 'pass', seq, ...pass });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: { level: filing.level, seq },
    after: { to: level, ...pass },
  });
  await announce(scope, filing, 'passed', {
    monthYuan: filing.monthYuan,
    cumulativeYuan: filing.cumulativeYuan,
    seq,
    level,
  });
}

async function acceptNow(scope: Scope, filing: PlacedFiling, content: FilingContent, pass: Pass): Promise<void> {
  const { id } = filing;
  const seq = filing.seq!;
  const amounts = { monthYuan: filing.monthYuan, cumulativeYuan: filing.cumulativeYuan };
  const correction = filing.kind === 'monthly' ? await findOpenCorrection(scope, id) : undefined;
  await keepSuperseded(scope, id, seq, { correctionId: correction?.id ?? null });
  await setFiling(scope, id, {
    state: 'accepted',
    level: null,
    levelSince: null,
    acceptedSeq: seq,
    countsFrom: scope.now,
    acceptedMonthYuan: amounts.monthYuan,
    acceptedCumulativeYuan: amounts.cumulativeYuan,
    acceptedAt: scope.now,
    acceptedByName: scope.actor.name,
    returnReason: null,
    returnCells: null,
    returnedByName: null,
    returnedAt: null,
  });
  await insertEvent(scope, { filingId: id, event: 'accept', seq, ...pass });
  audited(scope, {
    subject: 'filings.filing',
    id,
    before: {
      acceptedSeq: filing.acceptedSeq,
      monthYuan: filing.acceptedMonthYuan,
      cumulativeYuan: filing.acceptedCumulativeYuan,
    },
    after: { acceptedSeq: seq, ...amounts, waived: pass.waived, level: pass.level, skipped: pass.skipped },
  });
  await tellRegister(scope, filing, content);
  const made = { monthYuan: amounts.monthYuan!, cumulativeYuan: amounts.cumulativeYuan! };
  if (correction)
    await closeCorrection(scope, correction.id, {
      newSeq: seq,
      newMonthYuan: made.monthYuan,
      newCumulativeYuan: made.cumulativeYuan,
    });
  await announce(scope, filing, 'accepted', {
    ...amounts,
    seq,
    submittedBy: filing.submittedByName,
    submittedAt: filing.submittedAt,
  });
  if (correction) await settleCorrection(scope, filing, made, correction);
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

/** Says yes to what has no hit at all; the rest is told with its reason. Each is judged alone. */
export async function decideMany(
  scope: Scope,
  event: 'pass' | 'accept',
  wanted: readonly { id: string; seq: number }[],
): Promise<{ accepted: string[]; refused: { id: string; code: string; words: Problem['words'] }[] }> {
  const accepted: string[] = [];
  const refused: { id: string; code: string; words: Problem['words'] }[] = [];
  for (const { id, seq } of wanted) {
    try {
      await mustBeClean(scope, event, id, seq);
      await decide(scope, event, { id, seq, waived: [], bypassReason: null });
      accepted.push(id);
    } catch (error) {
      // Every refusal comes before the first write of its filing, so nothing half done stays in the transaction.
      if (!(error instanceof Problem)) throw error;
      refused.push({ id, code: error.code, words: error.words });
    }
  }
  return { accepted, refused };
}

async function mustBeClean(scope: Scope, event: 'pass' | 'accept', id: string, seq: number): Promise<void> {
  const { filing } = await lockFor(scope, id, event);
  const version = await findVersion(scope, id, seq);
  const hits = version ? check(filing, version.content, await surroundingsOf(scope, filing)) : [];
  if (hits[0])
    throw conflict('has_hits', {
      zh: `有校验命中，请逐份审核：${hits[0].words.zh}`,
      en: `Review this one alone: ${hits[0].words.en}`,
    });
}
