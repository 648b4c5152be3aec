import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';
import { moneyUnits } from '#core/shared/money.ts';
import { issueCodes, ledgerFields } from './ledger/field.ts';
import { coordinateSystems } from './stages.ts';

/** The import of a ledger: its shapes and endpoints, spread into the contract of the module. */
const Words = z.object({ zh: z.string(), en: z.string() });

export const importStates = ['analysing', 'ready', 'accepted', 'cancelled', 'failed'] as const;
export const rowStatuses = ['new', 'changed', 'unchanged', 'refused'] as const;
export type RowStatus = (typeof rowStatuses)[number];

export const ColumnChoice = z.object({
  column: z.int().min(0),
  field: z.enum(ledgerFields).nullable(),
  year: z.int().min(2000).max(2100).optional(),
});

/** What only the user can say. Whatever is missing here and not stated in the file becomes a question. */
export const Answers = z.object({
  /** Unit of money per column (0-based, as text); '*' for all columns that state none. */
  units: z.record(z.string(), z.enum(moneyUnits)).optional(),
  /** The year of annual columns whose heading names none. */
  year: z.int().min(2000).max(2100).optional(),
  crs: z.enum(coordinateSystems).optional(),
  /** Cells that cannot be read: refuse the row (the rule), or import the row without the cell. */
  unreadable: z.enum(['refuse', 'skip']).optional(),
  /** Names of units that do not exist: make them, or keep the name as text only. */
  newUnits: z.enum(['create', 'text']).optional(),
});
export type Answers = z.infer<typeof Answers>;

export const Question = z.object({
  kind: z.enum(['unit', 'year', 'crs', 'name', 'code']),
  column: z.int().nullable(),
  words: Words,
  /** Nothing can be accepted before this is answered. */
  isBlocking: z.boolean(),
});
export type Question = z.infer<typeof Question>;

export const LedgerColumn = z.object({
  column: z.int(),
  letters: z.string(),
  /** Headings from top to bottom: 2021年计划 › 投资. */
  path: z.array(z.string()),
  field: z.enum(ledgerFields).nullable(),
  year: z.int().nullable(),
  /** 0–100: how sure the proposal was; 100 once chosen by the user or a template. */
  score: z.number(),
  unit: z.enum(moneyUnits).nullable(),
  unitSource: z.enum(['cell', 'format', 'header', 'unitLine', 'answer']).nullable(),
  samples: z.array(z.string()),
});
export type LedgerColumn = z.infer<typeof LedgerColumn>;

/** What was found in the sheet before any row is read as a project. Row numbers as Excel shows them, from 1. */
export const Structure = z.object({
  title: z.string().nullable(),
  unitLine: z.object({ row: z.int(), text: z.string(), unit: z.enum(moneyUnits) }).nullable(),
  year: z.int().nullable(),
  headerRows: z.tuple([z.int(), z.int()]),
  dataRows: z.int(),
  skipped: z.array(
    z.object({
      row: z.int(),
      kind: z.enum(['total', 'group', 'note', 'header', 'blank']),
      text: z.string(),
      /** Of a total whose sums do not fit the rows above it. */
      remark: Words.nullable(),
    }),
  ),
  /** The saved template that gave the mapping. */
  template: z.string().nullable(),
  packages: z.int(),
  /** 个: packages count once; 项: as their items. */
  projects: z.int(),
  items: z.int(),
});
export type Structure = z.infer<typeof Structure>;

export const ImportUnit = z.object({
  name: z.string(),
  use: z.enum(['owner', 'lead', 'command', 'county']),
  rows: z.int(),
});

export const Import = z.object({
  id: z.uuid(),
  state: z.enum(importStates),
  fileName: z.string(),
  createdAt: z.iso.datetime(),
  actorName: z.string(),
  /** Grows with every analysis: accepting names the one the user saw. */
  revision: z.int(),
  progress: z.object({ step: z.enum(['waiting', 'reading', 'planning', 'writing']), rows: z.int() }).nullable(),
  problem: z.object({ code: z.string(), words: Words }).nullable(),
  sheets: z.array(z.object({ index: z.int(), name: z.string(), hidden: z.boolean(), rows: z.int() })),
  sheet: z.int().nullable(),
  structure: Structure.nullable(),
  columns: z.array(LedgerColumn),
  questions: z.array(Question),
  answers: Answers,
  counts: z.record(z.enum(rowStatuses), z.int()),
  /** Rows with a remark that does not refuse them. */
  warned: z.int(),
  newUnits: z.array(ImportUnit),
  allowed: z.array(z.enum(['map', 'accept', 'cancel', 'saveTemplate'])),
});
export type Import = z.infer<typeof Import>;

export const CellIssue = z.object({ column: z.int().nullable(), code: z.enum(issueCodes), words: Words });
export const ImportRow = z.object({
  /** Row number as Excel shows it, from 1. */
  row: z.int(),
  status: z.enum(rowStatuses),
  /** The package (Excel row number) this row is an item of. */
  parentRow: z.int().nullable(),
  projectId: z.uuid().nullable(),
  serial: z.int().nullable(),
  name: z.string(),
  /** What the cells say, by column number as text: shown where nothing could be read. */
  texts: z.record(z.string(), z.string()),
  /** What would be written, by column number as text; money in yuan, dates as {day, precision, text}. */
  values: z.record(z.string(), z.unknown()),
  /** Old and new by ledger field; `column` says where the new value stands. */
  changes: z.array(
    z.object({ field: z.string(), column: z.int().nullable(), before: z.unknown(), after: z.unknown() }),
  ),
  errors: z.array(CellIssue),
  warnings: z.array(CellIssue),
});
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportTemplate = z.object({
  id: z.uuid(),
  name: z.string(),
  columns: z.int(),
  createdAt: z.iso.datetime(),
});

const byId = z.object({ id: z.uuid() });
const permission = 'projects.import';

export const importEndpoints = {
  startImport: command({
    path: '/project-imports',
    summary: { zh: '上传台账后开始分析', en: 'Analyse an uploaded ledger' },
    permission,
    input: z.object({
      fileId: z.string().regex(/^[0-9a-f]{64}$/),
      fileName: z.string().trim().min(1).max(200),
      templateId: z.uuid().optional(),
    }),
    output: Import,
  }),
  imports: query({
    path: '/project-imports',
    summary: { zh: '最近的导入', en: 'Recent imports' },
    permission,
    input: z.object({}),
    output: z.array(
      Import.pick({ id: true, state: true, fileName: true, createdAt: true, actorName: true, counts: true }),
    ),
  }),
  getImport: query({
    path: '/project-imports/:id',
    summary: {
      zh: '导入的结构、对应关系、问题和各类行数',
      en: 'Structure, mapping, questions and counts of an import',
    },
    permission,
    input: byId,
    output: Import,
  }),
  importRows: query({
    path: '/project-imports/:id/rows',
    summary: { zh: '导入预览的行', en: 'Rows of the preview' },
    permission,
    input: byId.extend({
      status: z.enum(rowStatuses).optional(),
      withIssue: z.stringbool().optional(),
      offset: z.coerce.number<unknown>().int().min(0).default(0),
      limit: z.coerce.number<unknown>().int().min(1).max(500).default(100),
    }),
    output: z.object({ total: z.int(), revision: z.int(), rows: z.array(ImportRow) }),
  }),
  mapImport: command({
    path: '/project-imports/:id/mapping',
    summary: {
      zh: '修改列的对应关系或回答问题，重新生成预览',
      en: 'Correct the mapping or answer questions; plans anew',
    },
    permission,
    input: byId.extend({
      sheet: z.int().min(0).optional(),
      mapping: z.array(ColumnChoice).max(1_000).optional(),
      answers: Answers.optional(),
    }),
    output: Import,
  }),
  acceptImport: command({
    path: '/project-imports/:id/accept',
    summary: {
      zh: '接受：一个事务写入全部新增和变更',
      en: 'Accept: writes all new and changed rows in one transaction',
    },
    permission,
    input: byId.extend({
      revision: z.int(),
      reason: z.string().trim().max(300).optional(),
      /** Who approved it, when the ledger changes plans that stand already: as for a change by hand. */
      approver: z.string().trim().max(60).optional(),
    }),
    output: Import,
  }),
  cancelImport: command({
    path: '/project-imports/:id/cancel',
    summary: { zh: '取消导入，不写入任何数据', en: 'Cancel: nothing is written' },
    permission,
    input: byId,
    output: Import,
  }),
  importRefused: download({
    path: '/project-imports/:id/refused',
    summary: { zh: '导出未导入的行及原因', en: 'Refused rows with their reasons as Excel' },
    permission,
    input: byId.extend({ language: z.enum(['zh', 'en']).optional() }),
    output: z.unknown(),
  }),
  importTemplates: query({
    path: '/project-import-templates',
    summary: { zh: '已保存的导入模板', en: 'Saved import templates' },
    permission,
    input: z.object({}),
    output: z.array(ImportTemplate),
  }),
  saveImportTemplate: command({
    path: '/project-import-templates',
    summary: { zh: '把对应关系存为模板', en: 'Save the mapping as a template' },
    permission,
    input: z.object({ importId: z.uuid(), name: z.string().trim().min(1).max(60) }),
    output: ImportTemplate,
  }),
};
