import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';

/** Reaching a milestone with evidence: its shapes and endpoints, spread into the contract of the module. */
const day = z.iso.date();

export const Evidence = z.object({
  id: z.uuid(),
  milestoneId: z.uuid(),
  /** The day the milestone was said to be reached when this was brought. */
  reachedOn: day,
  fileName: z.string(),
  isPicture: z.boolean(),
  note: z.string(),
  actorName: z.string(),
  at: z.iso.datetime(),
});
export type Evidence = z.infer<typeof Evidence>;

const EvidenceList = z.object({ evidence: z.array(Evidence), allowed: z.array(z.enum(['reach'])) });

export const evidenceEndpoints = {
  milestoneEvidence: query({
    path: '/projects/:id/milestone-evidence',
    summary: { zh: '节点完成佐证', en: 'Evidence for milestones' },
    permission: 'projects.read',
    input: z.object({ id: z.uuid() }),
    output: EvidenceList,
  }),
  reachMilestone: command({
    path: '/projects/:id/milestones/:milestoneId/reach',
    summary: {
      zh: '标记节点完成并附佐证；已完成的节点可补充佐证',
      en: 'Mark a milestone as reached, with evidence; more may follow later',
    },
    permission: 'projects.evidence',
    input: z.object({
      id: z.uuid(),
      milestoneId: z.uuid(),
      reachedOn: day,
      fileId: z.string().regex(/^[0-9a-f]{64}$/),
      note: z.string().trim().min(2).max(500),
    }),
    output: EvidenceList,
  }),
  evidenceFile: download({
    path: '/projects/:id/milestone-evidence/:evidenceId',
    summary: { zh: '佐证文件；图片可取缩略图', en: 'A file of evidence; a picture also in small' },
    permission: 'projects.read',
    input: z.object({ id: z.uuid(), evidenceId: z.uuid(), size: z.enum(['160', '1600']).optional() }),
    output: z.unknown(),
  }),
};
