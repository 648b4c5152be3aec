import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';
import { filingFields } from './content.ts';
import { periodPattern } from './period.ts';
import { severities } from './validation-rule.ts';

/** The month's form as a spreadsheet: its shapes and endpoints, spread into the contract of the module. */
const Words = z.object({ zh: z.string(), en: z.string() });
const Period = z.string().regex(periodPattern);
const fileId = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * changed: would be written. unchanged: says what is there already, or nothing at all. conflict: somebody changed the
 * filing after the form was downloaded, or it is a row of another period. refused: a cell cannot be read, or the filing is
 * not open.
 */
export const sheetStatuses = ['changed', 'unchanged', 'conflict', 'refused'] as const;
export type SheetStatus = (typeof sheetStatuses)[number];

export const SheetIssue = z.object({
  /** As Excel shows it: H7. Null when the whole row is meant. */
  cell: z.string().nullable(),
  words: Words,
});
export type SheetIssue = z.infer<typeof SheetIssue>;

/** Fields that the form has a column for, besides those of a filing itself. */
export const sheetFields = [...filingFields, 'unchanged', 'explanation'] as const;
export type SheetField = (typeof sheetFields)[number];

export const SheetRow = z.object({
  /** Row number as Excel shows it, from 1. */
  row: z.int(),
  filingId: z.uuid().nullable(),
  projectName: z.string(),
  status: z.enum(sheetStatuses),
  changes: z.array(
    z.object({ field: z.enum(sheetFields), cell: z.string().nullable(), before: z.string(), after: z.string() }),
  ),
  issues: z.array(SheetIssue),
  /** What the rules say of the filing as it would be, with the cell that it is about. */
  hits: z.array(
    z.object({
      rule: z.string(),
      severity: z.enum(severities),
      cell: z.string().nullable(),
      words: Words,
      isOpen: z.boolean(),
    }),
  ),
  /** Nothing stands in the way of submitting it. */
  canSubmit: z.boolean(),
});
export type SheetRow = z.infer<typeof SheetRow>;

export const SheetPreview = z.object({
  period: Period,
  fileName: z.string(),
  /** The unit of the amounts, and where it was read. */
  unit: z.enum(['元', '万元', '亿元']),
  unitCell: z.string(),
  rows: z.array(SheetRow),
  counts: z.record(z.enum(sheetStatuses), z.int()),
  submittable: z.int(),
  /** Names what was shown: accepting names it again, so that nothing else is written. */
  digest: z.string(),
});
export type SheetPreview = z.infer<typeof SheetPreview>;

export const sheetEndpoints = {
  formSheet: download({
    path: '/filing-sheets',
    summary: { zh: '下载我待填的填报表（Excel）', en: 'My open filings of a month as an Excel form' },
    permission: 'filings.file',
    input: z.object({ period: Period }),
    output: z.unknown(),
  }),
  previewSheet: query({
    path: '/filing-sheets/:fileId',
    summary: {
      zh: '上传的填报表与现有填报比较，不写入',
      en: 'Compares a filled form with what is there; writes nothing',
    },
    permission: 'filings.file',
    input: z.object({ fileId, period: Period }),
    output: SheetPreview,
  }),
  acceptSheet: command({
    path: '/filing-sheets/:fileId/accept',
    summary: {
      zh: '接受填报表：存为草稿，或提交可以提交的',
      en: 'Accepts a filled form: as drafts, or submitting what may be submitted',
    },
    permission: 'filings.file',
    input: z.object({ fileId, period: Period, digest: z.string().max(64), as: z.enum(['draft', 'submission']) }),
    output: z.object({ saved: z.int(), submitted: z.int() }),
  }),
};
