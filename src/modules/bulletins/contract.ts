import { z } from 'zod';
import { command, defineContract } from '#core/shared/contract.ts';

export { type GroupedChecks, groupChecks } from './grouped.ts';
export type { CleanText, KnownNames, Mark, Pledge, Reading, Span } from './shapes.ts';

const span = z.object({ start: z.int(), end: z.int() });
const words = z.object({ zh: z.string(), en: z.string() });

/** Longest text that is read in one call, in UTF-16 units. */
export const maxTextLength = 10 * 2 ** 20;

/** Verdicts and marks of one document. All spans are in the text as it was given, in UTF-16 units, end excluded. */
export const BulletinReport = z.object({
  /** The document's own day, from its text or given. */
  documentDate: z.iso.date().nullable(),
  checks: z.array(
    z.object({
      kind: z.enum(['sum', 'rate', 'gap', 'growth', 'share', 'rank', 'count', 'restated']),
      verdict: z.enum(['agrees', 'last-digit', 'contradicts', 'part-not-listed', 'cannot-judge']),
      /** The number as printed, in the printed unit. */
      published: z.number(),
      /** Worked out from the other figures, unrounded, in the same unit; null when it cannot be judged. */
      computed: z.number().nullable(),
      decimals: z.int(),
      unit: z.string(),
      /** Of the printed number first, then of what it was worked out from. */
      spans: z.array(span),
      /** One sentence with the arithmetic. */
      says: words,
      /** rounded, truncated (last-digit); unit (a slip between 亿 and 万 explains it). */
      detail: z.string().nullable(),
    }),
  ),
  /** Places that are lost for good: nothing was read out of them. */
  unreadable: z.array(z.object({ span, text: z.string(), why: z.string() })),
  marks: z.array(
    z.object({
      kind: z.enum(['amount', 'rate', 'points', 'rank', 'count', 'date', 'person', 'unit', 'project', 'requirement']),
      text: z.string(),
      /** Yuan, percent, number, or the last day meant; null when it stays open. */
      value: z.union([z.number(), z.string()]).nullable(),
      span,
    }),
  ),
  promises: z.array(
    z.object({
      project: z.string(),
      registerId: z.string().nullable(),
      what: z.enum(['start', 'finish', 'open', 'produce', 'amount', 'other']),
      by: z.iso.date().nullable(),
      amountYuan: z.number().nullable(),
      /** 力争, 确保, 预计 …; 已 when the text reports it as done. */
      hedge: z.string().nullable(),
      speaker: z.string().nullable(),
      span,
      text: z.string(),
    }),
  ),
});

export const bulletins = defineContract({
  name: 'bulletins',
  title: { zh: '通报审读台', en: 'Bulletin desk' },
  uses: [],
  permissions: {
    'bulletins.read': {
      words: { zh: '审读通报、查看核对结果', en: 'Have bulletins read and checked' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'bulletins.review': {
      words: { zh: '采纳审读结果', en: 'Accept what was read' },
      roles: ['admin', 'office', 'inspector'],
    },
  },
  endpoints: {
    check: command({
      path: '/bulletins/check',
      summary: { zh: '核对一份通报的数字', en: 'Check the figures of a bulletin' },
      permission: 'bulletins.read',
      input: z
        .object({
          text: z.string().max(maxTextLength).optional(),
          /** An uploaded file instead of a text. */
          fileId: z.string().max(100).optional(),
          documentDate: z.iso.date().optional(),
        })
        .refine(({ text, fileId }) => (text === undefined) !== (fileId === undefined), {
          error: 'Give either text or fileId',
        }),
      output: BulletinReport.extend({
        /** The text that the spans are in, when it came from a file. */
        text: z.string().nullable(),
        /** How many of each are beyond the 20,000 that one answer lists; all 0 but in texts of millions of characters. */
        leftOut: z.object({ checks: z.int(), marks: z.int(), promises: z.int(), unreadable: z.int() }),
      }),
    }),
  },
});
