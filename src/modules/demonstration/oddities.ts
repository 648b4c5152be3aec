import type { PastMonth } from './history.ts';

const year = '2021';
/** 10 million yuan: what rounds off a month of a project that reports whole 千万. */
const round = 10_000_000;

/** One project in sixteen reports as real ones sometimes do, so that the signals have something to say: 示例. */
type Oddity = 'linear' | 'round' | 'flat';
const oddityOf = (index: number): Oddity | null =>
  (({ 7: 'linear', 19: 'round', 31: 'flat' }) as const)[index % 48] ?? null;

/** The same months, oldest first, with some projects' newest ones equal, round or without a word of progress. */
export function withOddities(months: readonly PastMonth[]): PastMonth[] {
  const names = [...new Set(months.map((m) => m.name))].sort();
  const odd = new Map(names.map((name, i) => [name, oddityOf(i)]));
  const changed = new Map<string, PastMonth[]>();
  for (const [name, own] of Map.groupBy(months, (m) => m.name)) {
    const oddity = odd.get(name) ?? null;
    if (oddity === null) continue;
    const recent = own.filter((m) => m.period >= `${year}-01`).slice(-6);
    const each = Math.round(recent.reduce((n, m) => n + m.monthYuan, 0) / Math.max(1, recent.length) / 10_000) * 10_000;
    const touched = new Set(recent);
    const made = own.map((m) => {
      if (!touched.has(m)) return m;
      if (oddity === 'linear') return { ...m, monthYuan: each };
      if (oddity === 'round') return { ...m, monthYuan: Math.max(1, Math.round(m.monthYuan / round)) * round };
      return { ...m, progress: '主体施工' };
    });
    let sum = 0;
    changed.set(
      name,
      made.map((m) => {
        if (m.period.endsWith('-01')) sum = 0;
        // A project that began within the year has its first month's sum; those before it bring their own.
        sum = m.period.endsWith('-01') || sum > 0 ? sum + m.monthYuan : m.cumulativeYuan;
        return { ...m, cumulativeYuan: sum };
      }),
    );
  }
  const at = new Map([...changed.keys()].map((name) => [name, 0]));
  return months.map((m) => {
    const own = changed.get(m.name);
    if (!own) return m;
    const i = at.get(m.name)!;
    at.set(m.name, i + 1);
    return own[i]!;
  });
}
