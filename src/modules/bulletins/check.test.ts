import { describe, expect, test } from 'vitest';
import { checkText } from './check.ts';
import { cleanText } from './clean.ts';
import type { Check } from './shapes.ts';
import { samples } from './testing/bulletin-maker.ts';
import { traps } from './testing/traps.ts';

const check = (text: string): Check[] => checkText(cleanText(text));
const wrong = (text: string) => check(text).filter((c) => c.verdict === 'contradicts');

describe('texts that are right', () => {
  test.each(traps)('are not called wrong: %s', (_, text) => {
    expect(wrong(text).map((c) => c.says.zh)).toEqual([]);
  });

  test.each(samples(3))('made up of figures that add up: $name', ({ text }) => {
    const checks = check(text);
    expect(checks.filter((c) => /contradicts|part-not-listed/.test(c.verdict)).map((c) => c.says.zh)).toEqual([]);
    expect(checks.some((c) => c.verdict === 'agrees')).toBe(true);
  });
});

test('of all figures that checks rest on, at least 97 of 100 are found when one digit is changed', () => {
  let [changed, found] = [0, 0];
  for (const { text } of samples(1)) {
    const { clean } = cleanText(text);
    const agreed = check(text).filter((c) => c.verdict === 'agrees' || c.verdict === 'last-digit');
    const spans = new Map(agreed.flatMap((c) => c.spans.map((span) => [span.start, span])));
    for (const { start, end } of spans.values()) {
      const at = start + clean.slice(start, end).search(/\d/);
      const digit = Number(clean[at]);
      changed += 1;
      if (wrong(`${clean.slice(0, at)}${digit >= 8 ? digit - 2 : digit + 1}${clean.slice(at + 1)}`).length > 0)
        found += 1;
    }
  }
  expect(changed).toBeGreaterThan(150);
  expect(found / changed).toBeGreaterThanOrEqual(0.97);
});

describe('verdicts', () => {
  const only = (text: string, kind: Check['kind']) => check(text).find((c) => c.kind === kind);

  test('rounding and truncation are told apart', () => {
    const text = (rate: string) => `计划新开工项目270项，实际已开工129项，开工率达${rate}%。`;
    expect(only(text('48'), 'rate')).toMatchObject({ verdict: 'agrees' });
    expect(only(text('47'), 'rate')).toMatchObject({ verdict: 'last-digit', detail: 'truncated' });
    expect(only(text('57'), 'rate')).toMatchObject({ verdict: 'contradicts', published: 57 });
  });

  test('a gap is worked out from unrounded figures: 97.158 − 83.333 is 13.8, not 13.9', () => {
    const text =
      '1-10月，全市重点项目年度投资计划647.4亿元，完成投资629.0亿元，占年度计划的97.2%，超时间进度13.8个百分点。';
    const gap = only(text, 'gap')!;
    expect(gap.verdict).toBe('agrees');
    expect(gap.computed).toBeCloseTo(13.8245, 3);
  });

  test('万 written for 亿 is told with the unit that makes the figures agree', () => {
    const text = '全市重点项目年度计划投资200亿元，累计完成投资160万元，占年度计划的80%。';
    expect(only(text, 'rate')).toMatchObject({ verdict: 'contradicts', detail: 'unit' });
  });

  test('a missing part is not an error', () => {
    const text = '全市100个重点项目完成投资500.5亿元，其中续建项目60个，完成投资300.2亿元；新开工项目40个，有序推进；';
    expect(check(text).filter((c) => c.verdict === 'contradicts')).toEqual([]);
  });

  test('a list of names is counted; 等 may leave some out but never name more', () => {
    expect(wrong('甲路工程、乙桥工程、丙渠工程、丁坝工程3个工程已完工。')).toMatchObject([
      { kind: 'count', computed: 4 },
    ]);
    expect(wrong('甲园项目、乙园项目、丙园项目、丁园项目等3个项目已开工。')).toMatchObject([{ kind: 'count' }]);
  });
});

describe('adversarial texts', () => {
  const ms = (text: string): number => {
    const start = process.cpuUsage();
    check(text);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const sorts: [string, string][] = [
    ['one sentence of many amounts', '完成投资1.5亿元，占年度计划的50%，'],
    ['one list of many names', '甲乙丙项目、'],
    ['brackets that never close', '（其中'],
    ['parts of parts of parts', '其中续建项目10个，'],
    ['sentences without any part', '全市重点项目完成投资5亿元。'],
    ['digits and commas', '1,234,'],
    ['words of every rule', '按行业分，从阶段来看，较去年同期增长，占年度计划的，超时序进度，'],
    ['rows of a table', '甲县 | 10 | 20.5 | 30.5 | 50% |\n'],
  ];
  test.each(sorts)('%s: four times the text takes no more than ten times as long, not sixteen', (_, piece) => {
    const n = Math.ceil(15_000 / piece.length);
    ms(piece.repeat(n));
    // The best of three: collecting garbage falls into one round or another.
    const best = (text: string) => Math.min(ms(text), ms(text), ms(text));
    const [short, long] = [best(piece.repeat(n)), best(piece.repeat(4 * n))];
    expect(long).toBeLessThan(Math.max(short, 20) * 10);
  });
});
