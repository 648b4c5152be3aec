import { z } from 'zod';
import { tableCodes } from './draft.ts';
import { Reference, Rows, Test } from './query.ts';

const code = z.string().regex(/^[a-z][\w-]{0,40}$/i);
/** Words with references in braces: 累计完成投资{done}. A name is one of `refs`, else one of the catalogue. */
const text = z.string().max(2000);
const when = z.array(Test).max(8).optional();

export const SentenceRule = z.object({
  code,
  when,
  /** The sentence once for each row; `row` as the list of a reference means that row. */
  each: Rows.optional(),
  join: z.string().max(10).optional(),
  before: text.optional(),
  after: text.optional(),
  /** The first whose condition holds is said: 超时序, 低于时序, 与时序持平. */
  options: z.array(z.object({ when, text })).min(1).max(8),
  refs: z.record(z.string(), Reference).optional(),
});
export type SentenceRule = z.infer<typeof SentenceRule>;

export const BlockRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), code, level: z.union([z.literal(1), z.literal(2)]), text, when }),
  z.object({ kind: z.literal('paragraph'), code, when, sentences: z.array(SentenceRule).min(1).max(40) }),
  /** One item for each sentence that is said; with `each`, one for each row. */
  z.object({ kind: z.literal('list'), code, when, sentences: z.array(SentenceRule).min(1).max(40) }),
  z.object({
    kind: z.literal('table'),
    code,
    when,
    table: z.enum(tableCodes),
    group: z.string().max(100).optional(),
    caption: z.string().max(100),
  }),
]);
export type BlockRule = z.infer<typeof BlockRule>;

export const templateCodes = ['month', 'quarter', 'boards', 'supervision', 'halfYear', 'yearEnd'] as const;
export type TemplateCode = (typeof templateCodes)[number];

const words = z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(80) });
export const Template = z.object({
  code: z.enum(templateCodes),
  name: words,
  /** `\n` breaks a long title where the sense allows. */
  title: text,
  recipients: z.array(z.string().trim().min(1).max(100)).max(40),
  blocks: z.array(BlockRule).min(1).max(80),
  /** Tables that follow as annexes; one without rows is left out. */
  annexes: z.array(z.enum(tableCodes)).max(12),
  copyTo: z.array(z.string().trim().min(1).max(100)).max(40),
  annotation: z.string().max(100).default(''),
});
export type Template = z.infer<typeof Template>;
