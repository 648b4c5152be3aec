import { z } from 'zod';
import { Reference } from './query.ts';

/** The text of a bulletin as it is written and edited: blocks of sentences, sentences of words and references. */
export const tableCodes = [
  'counties',
  'commands',
  'boards',
  'leads',
  'lights',
  'late',
  'notStarted',
  'matters',
  'boardList',
  'ranking',
  'scores',
  'challenges',
  'projects',
] as const;
export type TableCode = (typeof tableCodes)[number];

export const Run = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(4000) }),
  z.object({ kind: z.literal('ref'), ...Reference.shape }),
]);
export type Run = z.infer<typeof Run>;

const id = z.string().regex(/^[\w.-]{1,40}$/);
export const Sentence = z.object({
  id,
  /** The rule of the template that wrote it; null: written by a person. */
  from: z.string().max(60).nullable(),
  runs: z.array(Run).max(200),
});
export type Sentence = z.infer<typeof Sentence>;

const sentences = z.array(Sentence).max(100);
export const Block = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2)]), sentences }),
  z.object({ id, kind: z.literal('paragraph'), sentences }),
  z.object({ id, kind: z.literal('list'), sentences }),
  z.object({
    id,
    kind: z.literal('table'),
    table: z.enum(tableCodes),
    /** Of boards, rankings and scores: which; left out: all. */
    group: z.string().max(100).optional(),
    caption: z.string().max(100),
  }),
]);
export type Block = z.infer<typeof Block>;

export const Content = z.object({
  title: z.array(Run).max(50),
  recipients: z.array(z.string().trim().min(1).max(100)).max(40),
  blocks: z.array(Block).max(200),
  annexes: z.array(z.enum(tableCodes)).max(12),
  copyTo: z.array(z.string().trim().min(1).max(100)).max(40),
  /** 附注, as 此件公开发布; empty for none. */
  annotation: z.string().max(100),
});
export type Content = z.infer<typeof Content>;

/** Digits of a document's number are no figure that could be wrong. */
const documentNumber = /〔\d{4}〕\s*\d+\s*号/g;
const digits = /[0-9０-９]+(?:[.,．][0-9０-９]+)*\s*(?:%|％|个百分点|亿元|万元|元|个|家|件|项|位|天|日|月|年)?/g;

/**
 * Numbers that a person typed: they come from nowhere, so the editor marks them 人工 and warns. Templates have none: theirs
 * are references.
 */
export function typedNumbers(runs: readonly Run[]): string[] {
  return runs.flatMap((run) =>
    run.kind === 'text'
      ? [...run.text.replace(documentNumber, '').matchAll(digits)].map(([found]) => found.trim())
      : [],
  );
}

export interface Warning {
  blockId: string;
  sentenceId: string;
  kind: 'typed' | 'missing' | 'empty';
  text: string;
}

/** What somebody should look at before the bulletin is released. `textOf`: the words of a reference; null when it has none. */
export function warningsOf(content: Content, textOf: (run: Run & { kind: 'ref' }) => string | null): Warning[] {
  const place = (blockId: string, sentenceId: string, runs: readonly Run[]): Warning[] => [
    ...typedNumbers(runs).map((text) => ({ blockId, sentenceId, kind: 'typed' as const, text })),
    ...runs.flatMap((run) =>
      run.kind === 'ref' && textOf(run) === null
        ? [{ blockId, sentenceId, kind: 'missing' as const, text: run.format.as }]
        : [],
    ),
    ...(runs.every((run) => run.kind === 'text' && run.text.trim() === '')
      ? [{ blockId, sentenceId, kind: 'empty' as const, text: '' }]
      : []),
  ];
  return [
    ...place('title', 'title', content.title),
    ...content.blocks.flatMap((block) =>
      block.kind === 'table' ? [] : block.sentences.flatMap((sentence) => place(block.id, sentence.id, sentence.runs)),
    ),
  ];
}

export const missingMark = '〔无数据〕';

/** The words of runs; a reference without an answer shows that it has none. */
export const wordsOf = (runs: readonly Run[], textOf: (run: Run & { kind: 'ref' }) => string | null): string =>
  runs.map((run) => (run.kind === 'text' ? run.text : (textOf(run) ?? missingMark))).join('');

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, each]) => each !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;

/** The same for the same reference, in whatever order its parts were written. */
export const keyOf = ({ query, format }: Reference): string => JSON.stringify(sorted({ query, format }));

/** Every reference of a text once, by its key. */
export function referencesOf(content: Content): Map<string, Reference> {
  const found = new Map<string, Reference>();
  const look = (runs: readonly Run[]) => {
    for (const run of runs) if (run.kind === 'ref') found.set(keyOf(run), { query: run.query, format: run.format });
  };
  look(content.title);
  for (const block of content.blocks) if (block.kind !== 'table') for (const { runs } of block.sentences) look(runs);
  return found;
}
