import type { Light } from '../light-rule.ts';

export type Grouping = 'county' | 'command' | 'board';

/** The address of the project list with these conditions, as the list itself writes it. A null key is “not recorded”. */
export function listLink(
  year: number,
  thisYear: number,
  conditions: { grouping?: Grouping; key?: string | null; light?: Light },
): string {
  const filters: Record<string, { values: string[] }> = {};
  if (conditions.grouping) filters[conditions.grouping] = { values: [conditions.key ?? ''] };
  if (conditions.light) filters.light = { values: [conditions.light] };
  const params = new URLSearchParams();
  if (year !== thisYear) params.set('year', String(year));
  if (Object.keys(filters).length > 0) params.set('f', JSON.stringify(filters));
  const query = params.toString();
  return query ? `/projects?${query}` : '/projects';
}
