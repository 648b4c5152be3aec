import type { EditionBody } from '#modules/editions/contract.ts';
import { ask, isTrue, rowsOf } from './answer.ts';
import { catalogue } from './catalogue.ts';
import type { Block, Content, Run, Sentence } from './draft.ts';
import type { Reference, Rows, Test } from './query.ts';
import { hasRows } from './tables.ts';
import type { BlockRule, SentenceRule, Template } from './template.ts';

const byCode: ReadonlyMap<string, Reference> = new Map(
  catalogue.map(({ code, query, format }) => [code, { query, format }]),
);
const brace = /\{(\w+)\}/g;

/** Names in braces that are neither the rule's own references nor in the catalogue. */
export function unknownNames(text: string, refs: Record<string, Reference> = {}): string[] {
  return [...text.matchAll(brace)].map(([, name]) => name!).filter((name) => !refs[name] && !byCode.has(name));
}

/** @throws Error for a name that is not known: templates are checked by `faultsOf` before they are kept */
function runsOf(text: string, refs: Record<string, Reference> = {}): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(brace)) {
    if (match.index > at) runs.push({ kind: 'text', text: text.slice(at, match.index) });
    const found = refs[match[1]!] ?? byCode.get(match[1]!);
    if (!found) throw new Error(`No reference is called ${match[1]}`);
    runs.push({ kind: 'ref', query: found.query, format: found.format });
    at = match.index + match[0].length;
  }
  if (at < text.length) runs.push({ kind: 'text', text: text.slice(at) });
  return runs;
}

/** `row` becomes the very row, named by its key, so that the reference means the same wherever it is moved. */
function atRow<T>(value: T, each: Rows, key: string): T {
  if (Array.isArray(value)) return value.map((one) => atRow(one, each, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  if ('list' in value && value.list === 'row')
    return {
      list: each.list,
      ...(each.group !== undefined && { group: each.group }),
      where: [{ field: 'key', op: '=', value: key }],
    } as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, atRow(one, each, key)])) as T;
}

const all = (body: EditionBody, tests: readonly Test[] | undefined): boolean =>
  (tests ?? []).every((test) => isTrue(body, test));

/** What a rule says of this edition: nothing, one sentence, or one for each row. */
function sayings(body: EditionBody, rule: SentenceRule): Run[][] {
  if (!all(body, rule.when)) return [];
  const say = (options: SentenceRule['options'], refs: SentenceRule['refs']): Run[] | null => {
    for (const option of options) {
      if (!all(body, option.when)) continue;
      const runs = runsOf(option.text, refs);
      // A sentence around a figure that nobody knows is not said.
      if (runs.every((run) => run.kind === 'text' || ask(body, run.query).value !== null)) return runs;
    }
    return null;
  };
  if (!rule.each) {
    const runs = say(rule.options, rule.refs);
    return runs ? [runs] : [];
  }
  const { each } = rule;
  // The catalogue's own references may stand at the row too.
  return rowsOf(body, each).flatMap(({ key }) => {
    const refs = atRow(rule.refs ?? {}, each, key);
    const runs = say(atRow(rule.options, each, key), refs);
    return runs ? [runs] : [];
  });
}

/** Neighbouring words become one run: fewer pieces to edit. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (run.kind === 'text' && last?.kind === 'text')
      out[out.length - 1] = { kind: 'text', text: last.text + run.text };
    else out.push(run);
  }
  return out.filter((run) => run.kind === 'ref' || run.text !== '');
}

function oneSentence(body: EditionBody, rule: SentenceRule): Run[] | null {
  const said = sayings(body, rule);
  if (said.length === 0) return null;
  const between = runsOf(rule.join ?? '；', rule.refs);
  const middle = said.flatMap((runs, i) => (i === 0 ? runs : [...between, ...runs]));
  return joined([...runsOf(rule.before ?? '', rule.refs), ...middle, ...runsOf(rule.after ?? '', rule.refs)]);
}

function blockOf(body: EditionBody, rule: BlockRule, id: string): Block | null {
  if (!all(body, rule.when)) return null;
  if (rule.kind === 'heading')
    return {
      id,
      kind: 'heading',
      level: rule.level,
      sentences: [{ id: `${id}.1`, from: rule.code, runs: runsOf(rule.text) }],
    };
  if (rule.kind === 'table') {
    const { table, group, caption } = rule;
    if (!hasRows(body, table, group)) return null;
    return { id, kind: 'table', table, caption, ...(group !== undefined && { group }) };
  }
  const found: { from: string; runs: Run[] }[] =
    rule.kind === 'list'
      ? rule.sentences.flatMap((sentence) =>
          sayings(body, sentence).map((runs) => ({ from: sentence.code, runs: joined(runs) })),
        )
      : rule.sentences.flatMap((sentence) => {
          const runs = oneSentence(body, sentence);
          return runs ? [{ from: sentence.code, runs }] : [];
        });
  if (found.length === 0) return null;
  const sentences: Sentence[] = found.map((one, i) => ({ id: `${id}.${i + 1}`, ...one }));
  return { id, kind: rule.kind, sentences };
}

/** The bulletin that the template's rules write about an edition. The same two give the same text. */
export function writeContent(body: EditionBody, template: Template): Content {
  const blocks = template.blocks.flatMap((rule, i) => {
    const block = blockOf(body, rule, `b${i + 1}`);
    return block ? [block] : [];
  });
  return {
    title: runsOf(template.title),
    recipients: [...template.recipients],
    // A heading whose section says nothing goes with it.
    blocks: blocks.filter((block, i) => {
      if (block.kind !== 'heading') return true;
      const next = blocks[i + 1];
      return next !== undefined && (next.kind !== 'heading' || next.level > block.level);
    }),
    annexes: template.annexes.filter((table) => hasRows(body, table)),
    copyTo: [...template.copyTo],
    annotation: template.annotation,
  };
}

/** Why a template cannot be kept: names of references that do not exist, with the sentence they stand in. */
export function faultsOf(template: Template): { code: string; name: string }[] {
  const faults = (code: string, texts: readonly (string | undefined)[], refs?: Record<string, Reference>) =>
    texts.flatMap((text) => (text === undefined ? [] : unknownNames(text, refs).map((name) => ({ code, name }))));
  return [
    ...faults('title', [template.title]),
    ...template.blocks.flatMap((block) => {
      if (block.kind === 'heading') return faults(block.code, [block.text]);
      if (block.kind === 'table') return [];
      return block.sentences.flatMap((rule) =>
        faults(rule.code, [rule.before, rule.after, rule.join, ...rule.options.map(({ text }) => text)], rule.refs),
      );
    }),
  ];
}
