import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { multiply, type Ratio, ratio, ratioOf } from '#core/shared/rate.ts';
import { acceptedAsOf } from '#modules/filings/server/public.ts';
import { indicatorFigures } from '#modules/indicators/server/public.ts';
import type { MetricSource } from '../terms.ts';

/**
 * The number of a metric on a day from what the platform itself holds: an indicator, or the accepted filings of named projects
 * (since 1 January). In the metric's unit, exact; undefined where there is none. Read with the reach of the scope: a job's is whole.
 */
export async function readValue(
  scope: Scope,
  source: MetricSource,
  day: Day,
): Promise<{ value: Ratio; basis: 'indicator' | 'filing'; document: string } | undefined> {
  if (source.kind === 'submission') return undefined;
  const factor = ratioOf(source.factor);
  if (source.kind === 'indicator') {
    const { code, by, key } = source;
    const [found] = await indicatorFigures(scope, { day, codes: [code], ...(by && { by: [by] }) });
    const figure = by && key !== null ? found?.groups[by]?.find((group) => group.key === key)?.figure : found?.whole;
    if (!found || !figure || 'missing' in figure) return undefined;
    const value = multiply(ratio(BigInt(figure.n), BigInt(figure.d)), factor);
    return {
      value,
      basis: 'indicator',
      document: `指标“${found.definition.name.zh}”第 ${found.version} 版，截至 ${day}`,
    };
  }
  const span = { from: `${yearOf(day)}-01`, to: day.slice(0, 7) };
  const rows = await acceptedAsOf(scope, span, new Date(`${day}T23:59:59.999+08:00`));
  const newest = new Map<string, number>();
  // In the order of months: the last one of each project stays.
  for (const row of rows) if (source.projectIds.includes(row.projectId)) newest.set(row.projectId, row.cumulativeYuan);
  if (newest.size === 0) return undefined;
  const sum = [...newest.values()].reduce((a, b) => a + b, 0);
  return {
    value: multiply(ratio(sum, 1), factor),
    basis: 'filing',
    document: `${newest.size} 个项目审核通过的填报，截至 ${day}`,
  };
}
