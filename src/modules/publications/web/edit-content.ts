import type { Block, Content, Run, Sentence } from '../draft.ts';
import type { Reference } from '../query.ts';

// Changes of a draft as functions from one text to the next: what the buttons of the editor do.

type Words = Block & { kind: 'heading' | 'paragraph' | 'list' };
const isWords = (block: Block): block is Words => block.kind !== 'table';

const inBlock = (content: Content, id: string, change: (block: Words) => Words): Content => ({
  ...content,
  blocks: content.blocks.map((block) => (block.id === id && isWords(block) ? change(block) : block)),
});

export const setRuns = (content: Content, blockId: string, sentenceId: string, runs: Run[]): Content =>
  blockId === 'title'
    ? { ...content, title: runs }
    : inBlock(content, blockId, (block) => ({
        ...block,
        sentences: block.sentences.map((one) => (one.id === sentenceId ? { ...one, runs } : one)),
      }));

export const runsAt = (content: Content, blockId: string, sentenceId: string): Run[] | undefined => {
  if (blockId === 'title') return content.title;
  const block = content.blocks.find(({ id }) => id === blockId);
  return block && isWords(block) ? block.sentences.find(({ id }) => id === sentenceId)?.runs : undefined;
};

/** In the place of the chosen figure, else at the end of the sentence before its full stop. */
export function putReference(runs: readonly Run[], at: number | null, { query, format }: Reference): Run[] {
  const ref: Run = { kind: 'ref', query, format };
  if (at !== null && runs[at]?.kind === 'ref') return runs.map((run, i) => (i === at ? ref : run));
  const last = runs.at(-1);
  if (last?.kind === 'text' && /[。；]$/.test(last.text))
    return [
      ...runs.slice(0, -1),
      { kind: 'text', text: last.text.slice(0, -1) },
      ref,
      { kind: 'text', text: last.text.slice(-1) },
    ];
  return [...runs, ref];
}

function moved<T extends { id: string }>(items: readonly T[], id: string, by: 1 | -1): T[] {
  const at = items.findIndex((one) => one.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= items.length) return [...items];
  const next = [...items];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

export const moveBlock = (content: Content, id: string, by: 1 | -1): Content => ({
  ...content,
  blocks: moved(content.blocks, id, by),
});
export const removeBlock = (content: Content, id: string): Content => ({
  ...content,
  blocks: content.blocks.filter((block) => block.id !== id),
});
export const moveSentence = (content: Content, blockId: string, id: string, by: 1 | -1): Content =>
  inBlock(content, blockId, (block) => ({ ...block, sentences: moved(block.sentences, id, by) }));

/** The last sentence takes its block with it. */
export function removeSentence(content: Content, blockId: string, id: string): Content {
  const next = inBlock(content, blockId, (block) => ({
    ...block,
    sentences: block.sentences.filter((one) => one.id !== id),
  }));
  return { ...next, blocks: next.blocks.filter((block) => !isWords(block) || block.sentences.length > 0) };
}

const fresh = (newId: () => string): Sentence => ({ id: newId(), from: null, runs: [] });

export const addSentence = (content: Content, blockId: string, newId: () => string): Content =>
  inBlock(content, blockId, (block) => ({ ...block, sentences: [...block.sentences, fresh(newId)] }));

/** A paragraph below the named block. */
export const addParagraph = (content: Content, afterId: string, newId: () => string): Content => ({
  ...content,
  blocks: content.blocks.flatMap((block) =>
    block.id === afterId ? [block, { id: newId(), kind: 'paragraph' as const, sentences: [fresh(newId)] }] : [block],
  ),
});
