import { Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { eventsFrom } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';
import { isWithinReach } from '#modules/projects/server/public.ts';
import { emptyContent, type FilingContent } from '../content.ts';
import type { Filing, FilingLine } from '../contract.ts';
import { eventPermission, type FilingEvent, filingFlow } from '../flow.ts';
import { fieldsFor } from '../form.ts';
import { type Level, levelsAbove } from '../levels.ts';
import type { Hit } from '../validation.ts';
import { mergedFields, mergeWeeks, photosOfWeeks, type WeekText } from '../weekly-texts.ts';
import { listCorrections } from './correction-store.ts';
import { listSurroundings, type Surroundings } from './facts.ts';
import { check } from './form-hits.ts';
import { listMilestones } from './milestones.ts';
import { listEvents, listVersions, type PlacedFiling } from './store.ts';
import type { EventRow } from './tables.ts';
import { type Author, isPassedUp, levelOf, mayBypass, ownLevels, turnFor } from './turn.ts';
import { countUses, listWeeks } from './weeks.ts';

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

/** The events the caller may send now: the state allows them, and the permission reaches this project. */
export function allowedOn(scope: Scope, filing: PlacedFiling): FilingEvent[] {
  const project = { ...filing, id: filing.projectId };
  const [own] = filing.state === 'submitted' ? ownLevels(scope, filing) : [];
  return eventsFrom(filingFlow, filing.state).filter((event) => {
    if (event === 'freeze' || (event === 'correct' && filing.kind !== 'monthly')) return false;
    // A frozen month is opened by a request that another person approves.
    if (event === 'correct' && filing.state === 'frozen') return false;
    if (event === 'return') return own !== undefined;
    // Exactly for the level at which it waits; whether a level below is empty by now, the filing itself tells.
    if (event === 'pass') return own !== undefined && own !== 'office' && own === levelOf(filing);
    if (event === 'accept') return own === 'office' && (levelOf(filing) === 'office' || mayBypass(scope, filing));
    if (event === 'withdraw' && isPassedUp(filing)) return false;
    const permission = eventPermission[event];
    return scope.can(permission) && isWithinReach(scope, permission, project);
  });
}

export const authorOf = (filing: Pick<PlacedFiling, 'submittedBy' | 'submittedByPerson'>): Author => ({
  accountId: filing.submittedBy,
  personId: filing.submittedByPerson,
});

/** Why the caller may not accept what waits: who filed a figure does not verify it. */
export const ownFilingOf = (scope: Scope, filing: PlacedFiling): Words | null =>
  filing.state === 'submitted' &&
  (filing.submittedBy === scope.actor.id ||
    (filing.submittedByPerson !== null && filing.submittedByPerson === scope.actor.personId))
    ? { zh: '本人提交的填报须由他人审核', en: 'You filed this yourself; somebody else must review it' }
    : null;

export const isCorrection = (filing: PlacedFiling): boolean =>
  filing.acceptedSeq !== null && filing.state !== 'accepted' && filing.state !== 'frozen';

export function lineOf(scope: Scope, filing: PlacedFiling, { facts, last }: Surroundings): FilingLine {
  return {
    id: filing.id,
    kind: filing.kind,
    period: filing.period,
    projectId: filing.projectId,
    projectName: filing.projectName,
    demo: filing.demo,
    unitName: filing.unitName ?? '',
    light: filing.light as FilingLine['light'],
    gapPoints: filing.gapPoints,
    state: filing.state,
    level: filing.level,
    exemptReason: filing.exemptReason,
    isCorrection: isCorrection(filing),
    dueAt: filing.dueAt.toISOString(),
    latenessSeconds: filing.latenessSeconds,
    submittedAt: iso(filing.submittedAt),
    submittedBy: filing.submittedByName,
    seq: filing.seq,
    monthYuan: filing.monthYuan,
    cumulativeYuan: filing.cumulativeYuan,
    lastPeriod: last?.period ?? null,
    lastMonthYuan: last?.monthYuan ?? null,
    lastCumulativeYuan: facts.lastCumulativeYuan,
    planYuan: facts.planYuan,
    planMonthYuan: facts.planMonthYuan,
    returnReason: filing.state === 'returned' ? filing.returnReason : null,
    allowed: allowedOn(scope, filing),
  };
}

/** What the form starts with: everything known, and the amounts of the month left open. */
export function prefilled({ last }: Surroundings, weeks: readonly WeekText[] = []): FilingContent {
  const known = { ...emptyContent, imageProgress: last?.content.imageProgress ?? '' };
  for (const field of mergedFields) known[field] = mergeWeeks(weeks, field).text || known[field];
  return known;
}

/** The weeks whose words flow into a month; none for the other kinds. */
export const weeksOf = async (scope: Scope, filing: PlacedFiling): Promise<WeekText[]> =>
  filing.kind === 'monthly'
    ? listWeeks(scope, filing.projectId, filing.covers.length > 0 ? filing.covers : [filing.period])
    : [];

/** The levels of the newest submission, from below, each with what became of it. */
export function stepsOf(filing: PlacedFiling, events: readonly EventRow[]): Filing['review']['steps'] {
  const start = events.findLastIndex((e) => e.event === 'submit');
  if (start < 0 || ['opened', 'draft', 'checked', 'returned', 'exempt'].includes(filing.state)) return [];
  const since = events.slice(start);
  const chain: readonly Level[] = filing.chain.includes('office') ? filing.chain : [...filing.chain, 'office'];
  const waits = filing.state === 'submitted' ? levelOf(filing) : null;
  return chain.flatMap((level): Filing['review']['steps'] => {
    const yes = since.find((e) => (e.event === 'pass' || e.event === 'accept') && (e.level ?? 'office') === level);
    const skip = since.flatMap((e) => e.skipped).find((s) => s.level === level);
    const plain = { level, by: null, at: null, why: null };
    if (yes) return [{ ...plain, state: 'passed' as const, by: yes.actorName, at: yes.at.toISOString() }];
    if (skip) return [{ ...plain, state: 'skipped' as const, why: skip.why }];
    if (level === waits) return [{ ...plain, state: 'waiting' as const }];
    return waits !== null && levelsAbove(filing.chain, waits).includes(level)
      ? [{ ...plain, state: 'ahead' as const }]
      : [];
  });
}

/** As which level the caller may say yes, or the words that say why not. */
async function turnOf(
  scope: Scope,
  filing: PlacedFiling,
): Promise<{ as: Level | null; needsReason: boolean; refusal: Words | null }> {
  const none = { as: null, needsReason: false, refusal: null };
  if (filing.state !== 'submitted' || ownLevels(scope, filing).length === 0) return none;
  const own = ownFilingOf(scope, filing);
  if (own) return { ...none, refusal: own };
  try {
    const { level } = await turnFor(scope, filing, authorOf(filing), null);
    return { ...none, as: level };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const needsReason = mayBypass(scope, filing) && ownLevels(scope, filing)[0] === 'office';
    return needsReason ? { as: 'office', needsReason, refusal: null } : { ...none, refusal: error.words };
  }
}

/** The hits a reviewer or filer sees now, by today's facts. An accepted filing was judged; its hits are history. */
export function hitsOf(filing: PlacedFiling, content: FilingContent, around: Surroundings): Hit[] {
  return filing.state === 'accepted' || filing.state === 'frozen' || filing.state === 'exempt'
    ? []
    : check(filing, content, around);
}

const yesOf = (level: Level): FilingEvent => (level === 'office' ? 'accept' : 'pass');

export async function presentFiling(scope: Scope, filing: PlacedFiling): Promise<Filing> {
  const around = (await listSurroundings(scope, [filing])).get(filing.id)!;
  const versions = await listVersions(scope, filing.id);
  const events = await listEvents(scope, filing.id);
  const corrections = await listCorrections(scope, filing.id);
  const newest = versions.find((v) => v.seq === filing.seq);
  const weeks = await weeksOf(scope, filing);
  const photos = photosOfWeeks(weeks);
  const uses = await countUses(
    scope,
    filing.projectId,
    photos.map((p) => p.fileId),
  );
  // A draft kept from before a cell was there lacks it.
  const draft = { ...emptyContent, ...(filing.draft ?? newest?.content ?? prefilled(around, weeks)) };
  const turn = await turnOf(scope, filing);
  const line = lineOf(scope, filing, around);
  const shown = filing.state === 'submitted' && newest ? newest.content : draft;
  const isOpen =
    filing.state === 'returned' ||
    ((filing.state === 'draft' || filing.state === 'checked') && filing.returnReason !== null);
  return {
    ...line,
    allowed: turn.as === null ? line.allowed : [...new Set([...line.allowed, yesOf(turn.as)])],
    draft,
    draftVersion: filing.draftVersion,
    draftBy: filing.draftByName,
    draftAt: iso(filing.draftAt),
    facts: { ...around.facts, recentMonthYuans: [...around.facts.recentMonthYuans] },
    hits: hitsOf(filing, shown, around),
    last: around.last && { id: around.last.id, period: around.last.period, content: around.last.content },
    milestones: await listMilestones(scope, filing.projectId),
    returned: isOpen
      ? {
          reason: filing.returnReason ?? '',
          cells: filing.returnCells ?? [],
          by: filing.returnedByName ?? '',
          at: filing.returnedAt!.toISOString(),
        }
      : null,
    acceptRefusal: turn.refusal,
    form: {
      title: filing.formTitle,
      fields: [...(filing.formFields ?? fieldsFor(filing.kind))],
      covers: filing.covers,
    },
    review: { steps: stepsOf(filing, events), as: turn.as, needsReason: turn.needsReason },
    weeks: weeks.map(({ id, period, content }) => ({
      id,
      period,
      content: {
        imageProgress: content.imageProgress,
        problems: content.problems,
        nextSteps: content.nextSteps ?? '',
        photos: content.photos,
        unchanged: content.unchanged,
        note: content.note,
      },
    })),
    weekPhotos: photos.map((photo) => ({ ...photo, uses: uses.get(photo.fileId) ?? 1 })),
    versions: versions.map((v) => ({
      seq: v.seq,
      content: v.content,
      monthYuan: v.monthYuan,
      cumulativeYuan: v.cumulativeYuan,
      submittedAt: v.submittedAt.toISOString(),
      submittedBy: v.submittedByName,
      latenessSeconds: v.latenessSeconds,
      source: v.source,
      counts: v.seq === filing.acceptedSeq,
    })),
    acts: events.map((e) => ({
      event: e.event,
      at: e.at.toISOString(),
      actorName: e.actorName,
      seq: e.seq,
      reason: e.reason,
      cells: e.cells,
      waived: e.waived,
      level: e.level,
      skipped: e.skipped,
    })),
    corrections: corrections.map((c) => ({
      id: c.id,
      reason: c.reason,
      requestedBy: c.requestedByName,
      requestedAt: c.requestedAt.toISOString(),
      approvedBy: c.approvedByName,
      approvedAt: iso(c.approvedAt),
      oldSeq: c.oldSeq,
      oldMonthYuan: c.oldMonthYuan,
      oldCumulativeYuan: c.oldCumulativeYuan,
      newSeq: c.newSeq,
      newMonthYuan: c.newMonthYuan,
      newCumulativeYuan: c.newCumulativeYuan,
    })),
  };
}
