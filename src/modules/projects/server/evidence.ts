import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile, type FileReply, openFile, openThumbnail } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Evidence } from '../evidence-contract.ts';
import { findEvidence, insertEvidence, listEvidence } from './evidence-store.ts';
import { listMilestones, setMilestoneActual } from './milestone-store.ts';
import { getProject } from './public.ts';
import { isWithinReach } from './reach.ts';
import { partiesOf } from './record.ts';
import { lockProject } from './store.ts';
import type { ProjectRecord } from './tables.ts';

const permission = 'projects.evidence';

async function answer(scope: Scope, project: ProjectRecord): Promise<{ evidence: Evidence[]; allowed: 'reach'[] }> {
  const may = scope.can(permission) && isWithinReach(scope, permission, project);
  return {
    evidence: (await listEvidence(scope, project.id)).map((row) => ({
      id: row.id,
      milestoneId: row.milestoneId,
      reachedOn: row.reachedOn,
      fileName: row.fileName,
      isPicture: row.fileType.startsWith('image/'),
      note: row.note,
      actorName: row.actorName,
      at: row.at.toISOString(),
    })),
    allowed: may ? ['reach'] : [],
  };
}

export const evidenceHandlers = {
  milestoneEvidence: async (scope: Scope, { id }: { id: string }) => answer(scope, await getProject(scope, id)),

  /** @throws Problem 404, 404 unknown_milestone, 409 already_reached, 422 in_the_future */
  reachMilestone: async (
    scope: Scope,
    input: { id: string; milestoneId: string; reachedOn: string; fileId: string; note: string },
  ) => {
    const { id, milestoneId, reachedOn, note } = input;
    const project = await lockProject(scope, id, 'projects.read');
    if (!project || !isWithinReach(scope, permission, project)) throw notFound({ zh: '项目', en: 'project' });
    const milestone = (await listMilestones(scope, id)).find((m) => m.id === milestoneId);
    // The project is the caller's own by now: that the node is not of it may be said.
    if (!milestone)
      throw new Problem(404, 'unknown_milestone', {
        zh: '该项目没有这个节点，请刷新后重试',
        en: 'This project has no such milestone: load the page again',
      });
    const file = await claimFile(scope, input.fileId);
    if (reachedOn > scope.today)
      throw invalid(
        'in_the_future',
        { zh: '完成日期不能晚于今天', en: 'The day it was reached cannot be after today' },
        'reachedOn',
      );
    if (milestone.actual && milestone.actual.day !== reachedOn)
      throw conflict('already_reached', {
        zh: `该节点已记为 ${milestone.actual.day} 完成。补充佐证请保留该日期；更正日期请在“设置节点”中写明原因`,
        en: `This milestone is recorded as reached on ${milestone.actual.day}. Keep that day to add evidence, or correct it under “Set milestones” with a reason`,
      });
    await setMilestoneActual(
      scope,
      id,
      milestoneId,
      milestone.actual ?? { day: reachedOn, precision: 'day', text: null },
      { kind: 'milestoneDone', reason: note, document: file.name },
    );
    await insertEvidence(scope, {
      projectId: id,
      milestoneId,
      reachedOn,
      fileId: file.id,
      fileName: file.name,
      fileType: file.type,
      note,
    });
    audited(scope, { subject: 'projects.project', id, after: { milestoneId, reachedOn, fileId: file.id, note } });
    await emit(scope, {
      topic: 'projects.changed',
      projectId: id,
      unitIds: partiesOf(project),
      data: { fields: ['milestones'] },
    });
    return answer(scope, project);
  },

  evidenceFile: async (
    scope: Scope,
    { id, evidenceId, size }: { id: string; evidenceId: string; size?: '160' | '1600' | undefined },
  ): Promise<FileReply> => {
    await getProject(scope, id);
    const row = await findEvidence(scope, id, evidenceId);
    if (!row) throw notFound({ zh: '佐证', en: 'evidence' });
    if (size && row.fileType.startsWith('image/')) return openThumbnail(scope, row.fileId, size === '160' ? 160 : 1600);
    return { ...(await openFile(scope, row.fileId)), name: row.fileName };
  },
};
