import type { Scope } from '#core/server/scope.ts';
import { measures, type RateRow, summaryDay } from '#modules/dispatch/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { type Book, bookOf, type KnownMeasure } from '../book.ts';
import type { Figure, GroupFigure, groupings } from '../contract.ts';
import type { Definition } from '../definition.ts';
import type { Value } from '../evaluate.ts';
import { extraMeasures } from '../extra-measures.ts';
import { type Node, parseFormula } from '../formula.ts';
import { type At, factsOf, type Moment, type Moments, readMoments } from './facts.ts';

export type Grouping = (typeof groupings)[number];

export const knownMeasures: readonly KnownMeasure[] = [
  ...Object.entries(measures).map(([code, { words, dimension }]) => ({ code, words, dimension })),
  ...extraMeasures,
];

export const figureOf = (value: Value): Figure => {
  if ('ratio' in value) return { n: value.ratio.n.toString(), d: value.ratio.d.toString() };
  return 'missing' in value ? value : { missing: 'missing', name: null };
};

const keyOf: Record<Grouping, (row: RateRow) => string | null> = {
  county: (row) => row.countyUnitId,
  command: (row) => row.commandUnitId,
  lead: (row) => row.leadUnitId,
  board: (row) => row.board,
};

/** Which earlier days the formulas of some indicators look at, also through the indicators they name. */
export function looksBack(definitions: readonly Definition[], codes: readonly string[]): ('previous' | 'lastYear')[] {
  const found = new Set<'previous' | 'lastYear'>();
  const byName = new Map(definitions.flatMap((d) => [[d.code, d] as const, [d.name.zh, d] as const]));
  const seen = new Set<Definition>();
  const walk = (node: Node): void => {
    if (node.kind === 'name') visit(byName.get(node.name));
    else if (node.kind === 'call') {
      if (node.name === 'previous' || node.name === 'lastYear') found.add(node.name);
      node.args.forEach(walk);
    } else if (node.kind === 'binary') {
      walk(node.left);
      walk(node.right);
    } else if (node.kind === 'not' || node.kind === 'negative') walk(node.inner);
  };
  const visit = (d: Definition | undefined): void => {
    if (!d || seen.has(d)) return;
    seen.add(d);
    walk(parseFormula(d.formula));
  };
  for (const code of codes) visit(byName.get(code));
  return [...found];
}

export interface Reading {
  at: At;
  book: Book;
  now: Moment;
  whole(code: string): Figure;
  groups(code: string, by: Grouping): Promise<GroupFigure[]>;
}

/**
 * A set of definitions over the projects within reach, read once. Only `codes` of them, if given, may be asked for: what they
 * do not look at is not read. `moments` holds what was read before in the same work. @throws FormulaFault when they do not
 * fit together, Problem 422 future_day
 */
export async function readFigures(
  scope: Scope,
  definitions: readonly Definition[],
  wanted: Omit<At, 'day'> & { day?: string | undefined },
  { codes, moments }: { codes?: readonly string[] | undefined; moments?: Moments | undefined } = {},
): Promise<Reading> {
  const book = bookOf(definitions, knownMeasures);
  const at: At = { ...wanted, day: summaryDay(scope, undefined, wanted.day) };
  const back = looksBack(definitions, codes ?? definitions.map((d) => d.code));
  const { now, earlier } = await readMoments(scope, at, back, moments);
  const all = factsOf(now, earlier);
  // Who stands in which group is the same for every indicator.
  const known = new Map<Grouping, Promise<Omit<GroupFigure, 'figure'>[]>>();
  const groupsBy = (by: Grouping) => {
    const found = known.get(by) ?? listGroups(scope, now, by);
    known.set(by, found);
    return found;
  };
  return {
    at,
    book,
    now,
    whole: (code) => figureOf(book.value(code, all)),
    async groups(code, by) {
      const groups = await groupsBy(by);
      return groups.map((group) => ({
        ...group,
        figure: figureOf(book.value(code, factsOf(now, earlier, keyOf[by], group.key))),
      }));
    },
  };
}

async function listGroups(scope: Scope, now: Moment, by: Grouping): Promise<Omit<GroupFigure, 'figure'>[]> {
  const counts = new Map<string | null, number>();
  for (const { row } of now.members) counts.set(keyOf[by](row), (counts.get(keyOf[by](row)) ?? 0) + 1);
  const ids = [...counts.keys()].filter((k) => k !== null);
  const names = by === 'board' ? null : await unitNames(scope, ids);
  const nameOf = (k: string | null) =>
    k === null || names === null ? k : (names.get(k)?.shortName ?? names.get(k)?.name ?? null);
  return [...counts]
    .map(([k, members]) => ({ key: k, name: nameOf(k), members }))
    .sort(
      (a, b) => Number(a.key === null) - Number(b.key === null) || (a.name ?? '').localeCompare(b.name ?? '', 'zh'),
    );
}
