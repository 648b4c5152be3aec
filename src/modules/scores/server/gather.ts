import { conflict } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { challengeResults } from '#modules/challenges/server/public.ts';
import type { Figure } from '#modules/indicators/contract.ts';
import { formulaFigures, indicatorFigures, type Moments } from '#modules/indicators/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { divided, exactOf, plus, wire, zero } from '../exact.ts';
import type { ScoreInputs } from '../result.ts';
import type { Input, SchemeBody } from '../scheme.ts';
import type { UnitFigure } from '../spell.ts';
import { listFigures, listMarks, listSelves, newestBy } from './entry-store.ts';
import type { SchemeTable } from './tables.ts';

const key = (...parts: (string | null)[]): string => parts.join(' ');

export interface Known {
  /** By when filings count; left out: by the end of the day. */
  knownAt?: Date | undefined;
  /** Formulas, entered figures, marks and self-scores as they stood then; left out: now. */
  asOf?: Date | undefined;
  /** What the same work has read of the register already. */
  moments?: Moments | undefined;
}

/**
 * Everything a result of the scheme rests on, as of a day. With `frozen`, the figures of the register stay those of an earlier
 * result, and only what people entered (figures, marks, self-scores) is read again. In a fixed order, so that equal inputs
 * are equal bytes.
 * @throws Problem 409 not_whole_city; 422 future_day; FormulaFault when the register has no such measure
 */
export async function gatherInputs(
  scope: Scope,
  scheme: Pick<SchemeTable, 'id' | 'code' | 'year' | 'version'>,
  body: SchemeBody,
  day: Day,
  { frozen, ...at }: { frozen?: ScoreInputs | undefined } & Known = {},
): Promise<ScoreInputs> {
  const unitIds = body.groups.flatMap((g) => g.units.map((u) => u.unitId));
  const names = await unitNames(scope, unitIds);
  const units = unitIds.flatMap((unitId) => {
    const found = names.get(unitId);
    return found ? [{ unitId, name: found.shortName ?? found.name }] : [];
  });
  const ofRegister = frozen ? frozenFigures(frozen) : await registerFigures(scope, body, day, at);
  const stood = ({ at: made }: { at: Date }) => at.asOf === undefined || made <= at.asOf;
  const isStruck = (on: Date | null) => on !== null && stood({ at: on });
  const entered = newestBy((await listFigures(scope, scheme.id)).filter(stood), (f) => key(f.unitId, f.item, f.input));
  const marks = (await listMarks(scope, scheme.id)).filter((m) => stood(m) && !isStruck(m.struckAt) && m.onDay <= day);
  const selves = newestBy((await listSelves(scope, scheme.id)).filter(stood), (s) => key(s.unitId, s.item));
  const figures: ScoreInputs['figures'] = [];
  for (const { unitId } of units)
    for (const item of body.items)
      for (const input of item.inputs) {
        const value = figureOf(unitId, item.code, input);
        figures.push({ unitId, item: item.code, name: input.name, value });
      }
  return {
    code: scheme.code,
    version: scheme.version,
    year: scheme.year,
    day,
    body,
    units,
    figures,
    vetoes: units.flatMap(({ unitId }) =>
      marks
        .filter((m) => m.item === null && m.unitId === unitId)
        .slice(0, 1)
        .map((m) => ({ unitId, reason: { zh: m.reason, en: m.reason } })),
    ),
    selfScores: units.flatMap(({ unitId }) =>
      body.items.flatMap((item) => {
        const self = selves.get(key(unitId, item.code));
        return self ? [{ unitId, item: item.code, points: self.points }] : [];
      }),
    ),
  };

  function figureOf(unitId: string, item: string, input: Input): UnitFigure {
    const { source, name, show } = input;
    if (source.kind === 'events')
      return wire(
        marks
          .filter((m) => m.unitId === unitId && m.item === item && m.input === name)
          .reduce((sum, m) => plus(sum, exactOf(m.quantity)), zero),
      );
    if (source.kind === 'entered') {
      const typed = entered.get(key(unitId, item, name));
      if (!typed) return { missing: 'notEntered' };
      const value = exactOf(typed.value);
      // People type 85 for 85 %.
      return wire(show === 'percent' ? divided(value, { n: 100n, d: 1n }) : value);
    }
    const known = ofRegister.get(key(unitId, item, name));
    // A unit that took no challenge has none, which is a figure.
    return known ?? (source.kind === 'challenges' ? wire(zero) : { missing: 'noMembers' });
  }
}

const frozenFigures = (frozen: ScoreInputs): Map<string, UnitFigure> =>
  new Map(frozen.figures.map((f) => [key(f.unitId, f.item, f.name), f.value]));

const unitFigure = (figure: Figure): UnitFigure => ('n' in figure ? figure : { missing: figure.missing });

/** Figures of indicators and of formulas over projects, by unit, item and input; read together. */
async function registerFigures(
  scope: Scope,
  body: SchemeBody,
  day: Day,
  known: Known,
): Promise<Map<string, UnitFigure>> {
  // Half a city would give a false average and a false rank: nobody computes with less than all of it.
  if (!scope.reach('indicators.read').all)
    throw conflict('not_whole_city', {
      zh: '计算考核分需要查看全市指标的权限',
      en: 'Computing scores needs the right to see the indicators of the whole city',
    });
  const inputs = body.items.flatMap((item) => item.inputs.map((input) => ({ item: item.code, input })));
  const found = new Map<string, UnitFigure>();
  const put = (item: string, name: string, unitId: string | null, figure: Figure) => {
    if (unitId !== null) found.set(key(unitId, item, name), unitFigure(figure));
  };
  const codes = new Set(inputs.flatMap(({ input: { source } }) => (source.kind === 'indicator' ? [source.code] : [])));
  const by = new Set(inputs.flatMap(({ input: { source } }) => (source.kind === 'indicator' ? [source.by] : [])));
  if (codes.size > 0) {
    const read = await indicatorFigures(scope, { day, ...known, codes: [...codes], by: [...by] });
    for (const { item, input } of inputs) {
      const { source, name } = input;
      if (source.kind !== 'indicator') continue;
      const groups = read.find((i) => i.definition.code === source.code)?.groups[source.by];
      for (const group of groups ?? []) put(item, name, group.key, group.figure);
    }
  }
  const formulas = inputs.flatMap(({ item, input: { name, source } }) =>
    source.kind === 'projects' ? [{ item, name, formula: source.formula, by: source.by }] : [],
  );
  if (formulas.length > 0) {
    const read = await formulaFigures(scope, { day, ...known, formulas });
    formulas.forEach(({ item, name }, i) => {
      for (const [unitId, figure] of read[i]!) put(item, name, unitId, figure);
    });
  }
  if (inputs.some(({ input: { source } }) => source.kind === 'challenges')) {
    const results = await challengeResults(scope, { from: `${day.slice(0, 4)}-01-01`, to: day });
    for (const { item, input } of inputs)
      if (input.source.kind === 'challenges')
        for (const result of results)
          put(item, input.name, result.unitId, { n: `${result[input.source.end]}`, d: '1' });
  }
  return found;
}
