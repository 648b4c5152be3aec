import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseMoney } from '#core/shared/money.ts';
import { gapInPoints, percent, rate, ratio, ratioOf, showRatio } from '#core/shared/rate.ts';
import { clockAt } from './clock.ts';
import { completionRate, gapToClock, yuanForGap } from './completion.ts';

const yi = (text: string) => parseMoney(text, '亿元').yuan!;
const gap = (done: string, plan: string, day: string, decimals: number) =>
  showRatio(gapToClock(yi(done), yi(plan), clockAt('linearMonth', day).ratio)!, decimals, 'half-up');
const gapOfRate = (printed: string, day: string, decimals: number) => {
  const { n, d } = ratioOf(printed);
  return showRatio(gapInPoints(rate(n, d * 100n), clockAt('linearMonth', day).ratio)!, decimals, 'half-up');
};

describe('published gaps, to the digit', () => {
  test('06 Kaifeng 1–8/2019: 10 points, and 17 for the carried projects', () => {
    expect(gap('697.38', '906', '2019-08-31', 0)).toBe('10');
    expect(gapOfRate('83.55', '2019-08-31', 0)).toBe('17');
  });
  test('07 Jiangmen 1–10: 13.8, where rounding first would give 13.9', () => {
    expect(gap('629.0', '647.4', '2019-10-31', 1)).toBe('13.8');
    expect(percent(completionRate(yi('629.0'), yi('647.4')), 1, 'half-up')).toBe('97.2');
  });
  test('08 Jiangmen 1–3/2021: 5.90', () => {
    expect(gap('313.64', '1015', '2021-03-31', 2)).toBe('5.90');
  });
  test('13 Nanchang 1–10/2023: 19.8', () => {
    expect(gap('1015.19', '984.59', '2023-10-31', 1)).toBe('19.8');
  });
  test('18 Sanming 1–8/2010: 7.33', () => {
    expect(gapOfRate('74', '2010-08-31', 2)).toBe('7.33');
  });
  test('Ziyang: 44 − 41.67 = 2.3', () => {
    expect(gapOfRate('44', '2019-05-31', 1)).toBe('2.3');
  });
});

// The bulletins lie beside the checkout where the project is built; a clone alone has only the figures above.
const bulletins = new URL('../../../../shared/data/bulletins/', import.meta.url);
describe.skipIf(!existsSync(bulletins))(
  'the same figures, read from the bulletins (skipped: ../shared is not there)',
  () => {
    const text = (file: string) =>
      readFileSync(new URL(file, bulletins), 'utf8')
        .replace(/(?<=[㐀-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}\)/g, '')
        .replaceAll('劃', '划')
        .replaceAll('億', '亿')
        .replaceAll('過', '过')
        .replaceAll('時間進度', '时间进度')
        .replaceAll('個百分點', '个百分点')
        .replaceAll('計划', '计划')
        .replaceAll('投資', '投资');
    const cases = [
      {
        file: '06.txt',
        day: '2019-08-31',
        done: /累计完成投资 ?([\d.]+) ?亿元,占/,
        plan: /计划完成投资 ?([\d.]+) ?亿元/,
      },
      { file: '07.txt', day: '2019-10-31', done: /累计完成投资([\d.]+)亿元/, plan: /年度投资计划([\d.]+)亿元/ },
      { file: '08.txt', day: '2021-03-31', done: /完成投资([\d.]+)亿元/, plan: /年度投资计划([\d.]+)亿元/ },
      { file: '13.txt', day: '2023-10-31', done: /累计完成投资([\d.]+)亿元/, plan: /年度计划投资([\d.]+)亿元/ },
    ];
    for (const { file, day, done, plan } of cases)
      test(`${file}: the gap it prints is the gap of its own amounts`, () => {
        const page = text(file);
        const printed = /[超][过出]?(?:年度)?(?:时间进度|时序进度) ?([\d.]+) ?个百分点/.exec(page)![1]!;
        const decimals = printed.split('.')[1]?.length ?? 0;
        expect(gap(done.exec(page)![1]!, plan.exec(page)![1]!, day, decimals)).toBe(printed);
      });
    test('06.txt and 18.txt: the gap follows from the rate they print', () => {
      expect(gapOfRate(/占年计划的 ?(83\.55)%/.exec(text('06.txt'))![1]!, '2019-08-31', 0)).toBe(
        /时序进度 ?(17) ?个百分点/.exec(text('06.txt'))![1],
      );
      expect(gapOfRate(/占年计划(\d+)%/.exec(text('18.txt'))![1]!, '2010-08-31', 2)).toBe(
        /超序时进度([\d.]+)个百分点/.exec(text('18.txt'))![1],
      );
    });
  },
);

describe('the clock', () => {
  test('by months counts the months that have ended', () => {
    expect(clockAt('linearMonth', '2021-09-26').shown).toBe('8/12');
    expect(clockAt('linearMonth', '2021-09-30').shown).toBe('9/12');
    expect(clockAt('linearMonth', '2021-01-15').ratio).toEqual(ratio(0, 12));
  });
  test('by days counts 366 in a leap year', () => {
    expect(clockAt('linearDay', '2021-09-26').shown).toBe('269/365');
    expect(clockAt('linearDay', '2024-12-31').shown).toBe('366/366');
  });
  test('a phased plan is straight between its month ends, and exact', () => {
    const plan = { planYuan: 1000, curve: [0, 0, 100, 100, 200, 300, 400, 500, 600, 800, 900, 1000] };
    expect(clockAt('curve', '2021-03-31', plan).ratio).toEqual(ratio(100, 1000));
    expect(clockAt('curve', '2021-10-15', plan).ratio).toEqual(ratio(600 * 16 + 800 * 15, 31 * 1000));
    expect(clockAt('curve', '2021-01-20', plan).ratio).toEqual(ratio(0, 1));
  });
  test('a plan without a curve falls back to days and says so', () => {
    expect(clockAt('curve', '2021-09-26', { planYuan: 1000, curve: null })).toMatchObject({
      kind: 'linearDay',
      shown: '269/365',
    });
  });
});

test('the yuan needed for a gap is the least that reaches it, and one less does not', () => {
  const clock = clockAt('linearDay', '2021-09-26').ratio;
  const plan = yi('12.80');
  const need = yuanForGap(plan, clock, ratioOf('-10'), true);
  expect(need).toBe(815_342_466);
  expect(Number(showRatio(gapToClock(need, plan, clock)!, 9, 'half-up'))).toBeGreaterThan(-10);
  expect(Number(showRatio(gapToClock(need - 1, plan, clock)!, 9, 'half-up'))).toBeLessThan(-10);
  expect(yuanForGap(1000, ratio(1, 2), ratioOf('0'), false)).toBe(500);
  expect(yuanForGap(1000, ratio(1, 2), ratioOf('0'), true)).toBe(501);
  expect(yuanForGap(1000, ratio(1, 12), ratioOf('-30'), false)).toBe(0);
});

test('no plan gives no rate and no gap', () => {
  expect(gapToClock(5, 0, ratio(1, 2))).toBeNull();
  expect(gapToClock(5, null, ratio(1, 2))).toBeNull();
});
