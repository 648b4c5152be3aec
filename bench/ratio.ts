/** One figure of the bench table: how many times the baseline's time ours takes, both measured in this run. */
export interface Ratio {
  name: string;
  baseline: string;
  /** ours ÷ baseline, of the medians. */
  times: number;
  oursMs: number;
  baselineMs: number;
  rounds: number;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/**
 * Runs both in turn, one round each, so that a machine that slows down slows both. The first round of each is thrown
 * away: it pays for compiling and for cold caches.
 */
export async function compare(
  name: string,
  baseline: string,
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
  rounds = 15,
): Promise<Ratio> {
  const ourTimes: number[] = [];
  const bareTimes: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [a, b] =
      round % 2 === 0 ? [await timed(ours), await timed(bare)] : [await timed(bare), await timed(ours)].reverse();
    if (round === 0) continue;
    ourTimes.push(a!);
    bareTimes.push(b!);
  }
  const oursMs = median(ourTimes);
  const baselineMs = median(bareTimes);
  return { name, baseline, times: oursMs / baselineMs, oursMs, baselineMs, rounds };
}

export function print({ name, baseline, times, oursMs, baselineMs, rounds }: Ratio): void {
  process.stdout.write(
    `${name}: ${times.toFixed(2)}× ${baseline} (${oursMs.toFixed(2)} ms against ${baselineMs.toFixed(2)} ms, medians of ${rounds} rounds)\n`,
  );
}
