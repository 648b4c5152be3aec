import type { Scope } from '#core/server/scope.ts';
import type { SchemeBody } from '../scheme.ts';

/** Who sees all rows at any time: those whose `scores.read` reaches the whole city. */
export const seesAll = (scope: Scope): boolean => scope.reach('scores.read').all;

/** The participants for which the caller speaks (`scores.assess`) or whose row it may see (`scores.read`). */
export function ownUnitIds(scope: Scope, body: SchemeBody, permission = 'scores.read'): string[] {
  const reach = scope.reach(permission);
  // Nobody speaks for every unit of a city: a grant for all of it is no unit's own.
  if (reach.all) return [];
  const own = new Set(reach.unitIds);
  return body.groups.flatMap((g) => g.units.flatMap(({ unitId }) => (own.has(unitId) ? [unitId] : [])));
}

/** Groups in which the caller has a participant: in 公示 all rows of these are its to see. */
export const ownGroups = (scope: Scope, body: SchemeBody): Set<string> => {
  const own = new Set(ownUnitIds(scope, body));
  return new Set(body.groups.filter((g) => g.units.some(({ unitId }) => own.has(unitId))).map((g) => g.code));
};
