import type { Words } from '#core/shared/words.ts';
import type { Definition } from './definition.ts';
import { evaluate, type Group, type Member, type Value } from './evaluate.ts';
import { FormulaFault, functionNames, type Node, namesIn, parseFormula, type Span, spokenNames } from './formula.ts';
import { checkUnit, type Dimension, type Meaning, unitOf } from './formula-unit.ts';

/** A measure of one project, under its code and its Chinese name. */
export interface KnownMeasure {
  code: string;
  words: Words;
  dimension: Dimension;
}

/** Indicators as they stand together: parsed, checked, in an order in which each stands after those it refers to. */
export interface Book {
  definitions: readonly Definition[];
  /** Code of an indicator → codes of those whose formulas name it. */
  users(code: string): string[];
  value(code: string, group: Omit<Group, 'indicator' | 'earlier'> & { pace: Value; earlier: Earlier }): Value;
}
type Earlier = (which: 'previous' | 'lastYear') => Facts | null;
/** A group at a moment: its members, how far the year has gone, and the same group earlier. */
export interface Facts {
  members: readonly Member[];
  pace: Value;
  earlier: Earlier;
}

/** 时序: the share of the year that has passed, the only name that is neither a measure nor an indicator. */
export const paceName = '时序';
const reserved = new Set<string>([paceName, ...functionNames, ...Object.keys(spokenNames), 'and', 'or', 'not']);

/**
 * Reads a set of definitions together. @throws FormulaFault for the first that cannot be read, does not fit its unit, refers
 * to nothing, or refers to itself in a circle; `fault.indicator` names it
 */
export function bookOf(definitions: readonly Definition[], measures: readonly KnownMeasure[]): Book {
  const byName = new Map<string, Definition>();
  const measureOf = new Map(measures.flatMap((m) => [[m.code, m] as const, [m.words.zh, m] as const]));
  for (const d of definitions)
    for (const field of ['code', 'name'] as const) {
      const name = field === 'code' ? d.code : d.name.zh;
      // A name that means something else in formulas could never be referred to.
      if ((byName.has(name) && byName.get(name) !== d) || measureOf.has(name) || reserved.has(name))
        throw named(d, { zh: `“${name}”已被使用`, en: `“${name}” is taken` }, { from: 0, to: name.length }, field);
      byName.set(name, d);
    }
  const meanings = (name: string): Meaning | undefined => {
    if (name === paceName) return { scope: 'group', dimension: 'bare' };
    const measure = measureOf.get(name);
    if (measure) return { scope: 'project', dimension: measure.dimension };
    const indicator = byName.get(name);
    return indicator && { scope: 'group', dimension: unitOf[indicator.unit] };
  };
  const parsed = new Map<string, Node>();
  for (const d of definitions)
    try {
      const node = parseFormula(d.formula);
      checkUnit(node, meanings, d.unit);
      parsed.set(d.code, node);
    } catch (error) {
      if (error instanceof FormulaFault) throw named(d, error.words, error.span);
      throw error;
    }
  const referred = new Map(
    definitions.map((d) => [
      d.code,
      namesIn(parsed.get(d.code)!).flatMap((name) =>
        byName.has(name) && !measureOf.has(name) ? [byName.get(name)!.code] : [],
      ),
    ]),
  );
  refuseCircles(definitions, referred);

  const valueIn = (code: string, facts: Facts, known: Map<string, Value>): Value => {
    const found = known.get(code);
    if (found) return found;
    const group = groupOf(facts, known);
    const value = evaluate(parsed.get(code)!, group);
    known.set(code, value);
    return value;
  };
  const groupOf = (facts: Facts, known: Map<string, Value>): Group => ({
    members: facts.members,
    indicator: (name) => (name === paceName ? facts.pace : valueIn(byName.get(name)!.code, facts, known)),
    earlier: (which) => {
      const before = facts.earlier(which);
      return before && groupOf(before, new Map());
    },
  });
  return {
    definitions,
    users: (code) => [...referred].filter(([, names]) => names.includes(code)).map(([user]) => user),
    value: (code, facts) => valueIn(code, facts, new Map()),
  };
}

/** A fault that also says which indicator it is in, and in which part: the span is a place in that text. */
export class IndicatorFault extends FormulaFault {
  readonly indicator: string;
  readonly field: 'code' | 'name' | 'formula';
  /** Without the indicator's name, for where that is in sight anyway. */
  readonly plain: Words;
  constructor(d: Definition, plain: Words, span: Span, field: IndicatorFault['field']) {
    super({ zh: `${d.name.zh}：${plain.zh}`, en: `${d.name.en || d.code}: ${plain.en}` }, span);
    this.indicator = d.code;
    this.field = field;
    this.plain = plain;
  }
}
const named = (d: Definition, words: Words, { from, to }: Span, field: IndicatorFault['field'] = 'formula') =>
  new IndicatorFault(d, words, { from, to }, field);

function refuseCircles(definitions: readonly Definition[], referred: ReadonlyMap<string, string[]>): void {
  const done = new Set<string>();
  const walk = (code: string, path: readonly string[]): void => {
    if (path.includes(code)) {
      const circle = [...path.slice(path.indexOf(code)), code];
      const nameOf = (c: string) => definitions.find((d) => d.code === c)!;
      throw named(
        nameOf(code),
        {
          zh: `公式互相引用成圈：${circle.map((c) => nameOf(c).name.zh).join(' → ')}`,
          en: `The formulas refer to each other in a circle: ${circle.join(' → ')}`,
        },
        { from: 0, to: nameOf(code).formula.length },
      );
    }
    if (done.has(code)) return;
    for (const next of referred.get(code) ?? []) walk(next, [...path, code]);
    done.add(code);
  };
  for (const d of definitions) walk(d.code, []);
}
