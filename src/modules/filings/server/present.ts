import type { Scope } from '#core/server/scope.ts';
import { eventsFrom } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';
import { isWithinReach } from '#modules/projects/server/public.ts';
import { emptyContent, type FilingContent } from '../content.ts';
import type { Filing, FilingLine } from '../contract.ts';
import { eventPermission, type FilingEvent, filingFlow } from '../flow.ts';
import { check, type Hit } from '../validation.ts';
import { listSurroundings, type Surroundings } from './facts.ts';
import { listMilestones } from './milestones.ts';
import { listCorrections, listEvents, listVersions, type PlacedFiling } from './store.ts';

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

/** The events the caller may send now: the state allows them, and the permission reaches this project. */
export function allowedOn(scope: Scope, filing: PlacedFiling): FilingEvent[] {
  const project = { ...filing, id: filing.projectId };
  return eventsFrom(filingFlow, filing.state).filter((event) => {
    if (event === 'pass' || event === 'freeze') return false;
    const permission = eventPermission[event];
    return scope.can(permission) && isWithinReach(scope, permission, project);
  });
}

/** Why the caller may not accept what waits: who filed a figure does not verify it. */
export const acceptRefusalOf = (scope: Scope, filing: PlacedFiling): Words | null =>
  filing.state === 'submitted' && filing.submittedBy === scope.actor.id
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
export const prefilled = ({ last }: Surroundings): FilingContent => ({
  ...emptyContent,
  imageProgress: last?.content.imageProgress ?? '',
});

/** The hits a reviewer or filer sees now, by today's facts. An accepted filing was judged; its hits are history. */
export function hitsOf(filing: PlacedFiling, content: FilingContent, { facts }: Surroundings): Hit[] {
  return filing.state === 'accepted' || filing.state === 'frozen' || filing.state === 'exempt'
    ? []
    : check(content, facts);
}

export async function presentFiling(scope: Scope, filing: PlacedFiling): Promise<Filing> {
  const around = (await listSurroundings(scope, [filing])).get(filing.id)!;
  const versions = await listVersions(scope, filing.id);
  const events = await listEvents(scope, filing.id);
  const corrections = await listCorrections(scope, filing.id);
  const newest = versions.find((v) => v.seq === filing.seq);
  const draft = filing.draft ?? newest?.content ?? prefilled(around);
  const shown = filing.state === 'submitted' && newest ? newest.content : draft;
  const isOpen =
    filing.state === 'returned' ||
    ((filing.state === 'draft' || filing.state === 'checked') && filing.returnReason !== null);
  return {
    ...lineOf(scope, filing, around),
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
    acceptRefusal: acceptRefusalOf(scope, filing),
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
