import { multiply, type Ratio, rank } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { brief, exactOf, least, plus, sum, unwire, wire, zero } from './exact.ts';
import { type Figures, itemPoints, type Points } from './points.ts';
import type { Item, SchemeBody } from './scheme.ts';
import type { UnitFigure } from './spell.ts';
import type { ScoredItem, ScoredUnit, YearScores } from './year.ts';

/** Everything a result rests on: frozen with it, so that it can be worked out again for ever. */
export interface ScoreInputs {
  code: string;
  version: number;
  year: number;
  day: string;
  body: SchemeBody;
  units: { unitId: string; name: string }[];
  figures: { unitId: string; item: string; name: string; value: UnitFigure }[];
  vetoes: { unitId: string; reason: Words }[];
  selfScores: { unitId: string; item: string; points: string }[];
}

const key = (...parts: string[]): string => parts.join(' ');
const notEntered: UnitFigure = { missing: 'notEntered' };

/**
 * The scores of a year under one scheme, exact. Ranks are within a group; ties share the better rank; who has a veto keeps the
 * points and is not ranked. Pure: the same inputs give the same answer.
 */
export function scoreOf(inputs: ScoreInputs): YearScores {
  const { body } = inputs;
  const figures = new Map(inputs.figures.map((f) => [key(f.unitId, f.item, f.name), f.value]));
  const selves = new Map(inputs.selfScores.map((s) => [key(s.unitId, s.item), s.points]));
  const names = new Map(inputs.units.map((u) => [u.unitId, u.name]));
  const vetoes = new Map(inputs.vetoes.map((v) => [v.unitId, v.reason]));
  const units: ScoredUnit[] = [];
  for (const group of body.groups) {
    const members = group.units.filter(({ unitId }) => names.has(unitId));
    const byItem = body.items.map((item) => {
      const own = members.map(
        ({ unitId }): Figures =>
          new Map(item.inputs.map(({ name }) => [name, figures.get(key(unitId, item.code, name)) ?? notEntered])),
      );
      return shared(item, members, itemPoints(item, own));
    });
    const totals = members.map((_, at) =>
      totalOf(
        body,
        byItem.map((points) => points[at]!.points),
      ),
    );
    const places = rank(totals.map((total, at) => (vetoes.has(members[at]!.unitId) ? null : total)));
    members.forEach(({ unitId }, at) => {
      const items = body.items.map((item, i): ScoredItem => {
        const self = selves.get(key(unitId, item.code));
        return {
          code: item.code,
          name: item.name,
          weight: item.weight,
          points: wire(byItem[i]![at]!.points),
          selfPoints: self === undefined ? null : wire(exactOf(self)),
          basis: byItem[i]![at]!.basis,
        };
      });
      const total = wire(totals[at]!);
      const veto = vetoes.get(unitId) ?? null;
      units.push({ unitId, name: names.get(unitId)!, group: group.code, total, rank: places[at]!, veto, items });
    });
  }
  return {
    code: inputs.code,
    version: inputs.version,
    name: body.name,
    year: inputs.year,
    day: inputs.day,
    decimals: body.decimals,
    groups: body.groups.map(({ code, name }) => ({ code, name })),
    units,
  };
}

/** Bonuses together are held to the scheme's limit; deductions stand as they are. */
export function totalOf({ items, bonusMost }: SchemeBody, points: readonly Ratio[]): Ratio {
  const bonus = sum(points.filter((_, i) => items[i]!.side === 'bonus'));
  const rest = sum(points.filter((_, i) => items[i]!.side !== 'bonus'));
  return plus(rest, bonusMost === null ? bonus : least(bonus, exactOf(bonusMost)));
}

/** 捆绑单位: both are scored on the lead's task, each with its share; a lead with nobody bound to it keeps all. */
function shared(item: Item, members: SchemeBody['groups'][number]['units'], points: readonly Points[]): Points[] {
  const { binding } = item;
  if (binding === null) return [...points];
  const leads = new Set(members.flatMap(({ boundTo }) => (boundTo === null ? [] : [boundTo])));
  const share = (of: Points, part: string): Points => {
    const own = multiply(of.points, exactOf(part));
    const tail = (zh: boolean) =>
      zh
        ? `；捆绑计分 ${brief(of.points)} × ${part} = ${brief(own)} 分`
        : `; shared by bound units: ${brief(of.points)} × ${part} = ${brief(own)}`;
    return { points: own, basis: { zh: of.basis.zh + tail(true), en: of.basis.en + tail(false) } };
  };
  return members.map(({ unitId, boundTo }, at) => {
    if (boundTo !== null) {
      const lead = members.findIndex((m) => m.unitId === boundTo);
      return lead < 0 ? points[at]! : share(points[lead]!, binding.bound);
    }
    return leads.has(unitId) ? share(points[at]!, binding.lead) : points[at]!;
  });
}

export interface Move {
  unitId: string;
  name: string;
  group: string;
  before: { total: ScoredUnit['total']; rank: number | null };
  after: { total: ScoredUnit['total']; rank: number | null };
  change: ScoredUnit['total'];
}

/** Who moves from one result to another, in the order of the new one. A unit of one of them only is left out. */
export function movesBetween(before: YearScores, after: YearScores): Move[] {
  const old = new Map(before.units.map((u) => [key(u.group, u.unitId), u]));
  return after.units.flatMap((u) => {
    const was = old.get(key(u.group, u.unitId));
    if (!was) return [];
    const change = plus(unwire(u.total), multiply(unwire(was.total), { n: -1n, d: 1n }));
    return [
      {
        unitId: u.unitId,
        name: u.name,
        group: u.group,
        before: { total: was.total, rank: was.rank },
        after: { total: u.total, rank: u.rank },
        change: wire(change),
      },
    ];
  });
}

export const fullMarks = (body: SchemeBody): Ratio =>
  body.items.filter((i) => i.side === 'score').reduce((total, i) => plus(total, exactOf(i.weight)), zero);
