import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Ratio, ratio, ratioOf, showRatio } from '#core/shared/rate.ts';
import { evaluate, type Group, isMissing, type Member, type Value } from './evaluate.ts';
import { FormulaFault, maxLength, namesIn, parseFormula } from './formula.ts';
import { checkUnit, dimensionOf, type IndicatorUnit, type Meaning } from './formula-unit.ts';

const project = (dimension: Meaning['dimension']): Meaning => ({ scope: 'project', dimension });
const meanings = (name: string): Meaning | undefined =>
  ({
    年度计划: project('yuan'),
    本年完成: project('yuan'),
    总投资: project('yuan'),
    应开工: project('condition'),
    已开工: project('condition'),
    投资完成率: { scope: 'group', dimension: 'bare' } as Meaning,
    时序进度: { scope: 'group', dimension: 'bare' } as Meaning,
    完成投资: { scope: 'group', dimension: 'yuan' } as Meaning,
  })[name];

const member =
  (values: Record<string, number | boolean | null>): Member =>
  (name) =>
    values[name] ?? null;
const group = (
  members: readonly Member[],
  indicators: Record<string, Value> = {},
  earlier: Group | null = null,
): Group => ({
  members,
  indicator: (name) => indicators[name] ?? { missing: 'missing', name },
  earlier: () => earlier,
});
const value = (text: string, over: Group = group([])): Value => evaluate(parseFormula(text), over);
const shown = (text: string, over?: Group, decimals = 2): string => {
  const v = value(text, over);
  return 'ratio' in v ? showRatio(v.ratio, decimals, 'half-up') : JSON.stringify(v);
};
const faultOf = (work: () => unknown): FormulaFault => {
  try {
    work();
  } catch (error) {
    if (error instanceof FormulaFault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const unitFault = (text: string, unit: IndicatorUnit) => faultOf(() => checkUnit(parseFormula(text), meanings, unit));

describe('reading a formula', () => {
  it('takes Chinese and English words and the signs of either', () => {
    const chinese = parseFormula('如果（合计（本年完成）≥合计（年度计划），1，合计（本年完成）÷合计（年度计划））');
    const english = parseFormula('if(sum(本年完成) >= sum(年度计划), 1, sum(本年完成) / sum(年度计划))');
    const bare = (node: unknown) => JSON.stringify(node, (key, v) => (key === 'from' || key === 'to' ? undefined : v));
    expect(bare(chinese)).toBe(bare(english));
    expect(namesIn(chinese)).toEqual(['本年完成', '年度计划']);
  });

  it.each([
    ['1+2×3', '7.00'],
    ['(1+2)×3', '9.00'],
    ['10−4−3', '3.00'],
    ['24÷4÷3', '2.00'],
    ['−2×−3', '6.00'],
    ['min(3,1,2)+max(4,9)', '10.00'],
    ['abs(2−5)', '3.00'],
    ['round(2.5,0)', '3.00'],
    ['round(−2.5,0)', '-3.00'],
    ['round(47.7777,1)', '47.80'],
    ['if(1<2 且 非 2<1, 5, 6)', '5.00'],
    ['0.1+0.2−0.3', '0.00'],
  ])('%s gives %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['', '公式没有写完'],
    ['1+', '公式没有写完'],
    ['(1+2', '公式没有写完，缺少“)”'],
    ['1 2', '这里不应有“2”'],
    ['eval(1)', '没有函数“eval”'],
    ['a.b', '不认识“.”'],
    ['a[0]', '不认识“[”'],
    ["'x'", '不认识“'],
    ['x = 1 = 2', '这里不应有“=”'],
    ['且 1', '“且”前面缺少内容'],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, '公式嵌套太深'],
    [`${'−'.repeat(100)}1`, '公式嵌套太深'],
    [`1${'+1'.repeat(maxLength)}`, '公式超过'],
  ])('refuses %j and says why and where', (text, words) => {
    const fault = faultOf(() => parseFormula(text));
    expect(fault.words.zh).toContain(words);
    expect(fault.span.from).toBeLessThanOrEqual(text.length);
  });

  it('ends on any text, in a formula or a fault', () => {
    const pieces = fc.constantFrom(
      '1',
      '2.5',
      '年度计划',
      '合计',
      'if',
      '(',
      ')',
      ',',
      '+',
      '−',
      '÷',
      '≥',
      '且',
      '非',
      ' ',
      '.',
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          parseFormula(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaFault);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('units', () => {
  it('an amount by an amount is a bare number and must be declared as one', () => {
    const text = '合计(本年完成)÷合计(年度计划)';
    expect(() => checkUnit(parseFormula(text), meanings, 'percent')).not.toThrow();
    expect(unitFault(text, 'yuan').words.zh).toContain('无量纲数');
  });

  it.each([
    ['合计(本年完成)+个数(已开工)', 'yuan', '金额和个数不能放在一起'],
    ['合计(本年完成)×合计(年度计划)', 'yuan', '没有意义'],
    ['本年完成÷年度计划', 'percent', '单个项目的字段'],
    ['合计(投资完成率)', 'percent', '整组的指标'],
    ['个数(本年完成)', 'count', '应为条件'],
    ['合计(已开工)', 'count', '应为数值'],
    ['合计(合计(本年完成))', 'yuan', '不能套用'],
    ['如果(合计(本年完成),1,2)', 'number', '应为条件'],
    ['没有这个', 'number', '没有指标或字段'],
    ['round(1.5, 1+1)', 'number', '0 到 9'],
    ['min(1)', 'number', '需要 2 到 20 个参数'],
  ] as const)('%s is refused', (text, unit, words) => {
    expect(unitFault(text, unit).words.zh).toContain(words);
  });

  it('points at the part that does not fit', () => {
    const text = '合计(本年完成) + 个数(已开工)';
    const { span } = unitFault(text, 'yuan');
    expect(text.slice(span.from, span.to)).toBe('个数(已开工)');
  });

  it('takes a difference of rates as points', () => {
    expect(dimensionOf(parseFormula('投资完成率−时序进度'), meanings)).toBe('bare');
  });
});

describe('values', () => {
  const parts = [member({ 本年完成: 900, 年度计划: 1000 }), member({ 本年完成: 10, 年度计划: 100 })];
  const rate = '合计(本年完成)÷合计(年度计划)×100';

  it('recomputes a ratio at the level above: 90 % and 10 % give 82.73, never 50', () => {
    expect(parts.map((p) => shown(rate, group([p])))).toEqual(['90.00', '10.00']);
    expect(shown(rate, group(parts))).toBe('82.73');
  });

  it('has published rates to the digit: 629.0 of 647.4 is 97.2, and 13.8 points before 10/12', () => {
    const over = group([member({ 本年完成: 62_900_000_000, 年度计划: 64_740_000_000 })]);
    expect(shown(rate, over, 1)).toBe('97.2');
    expect(shown(`${rate} − 10÷12×100`, over, 1)).toBe('13.8');
  });

  it('gives no number and the reason where there is none', () => {
    expect(value(rate, group([member({ 本年完成: 5, 年度计划: 0 })]))).toEqual({
      missing: 'zeroDenominator',
      name: null,
    });
    expect(value(rate, group([member({ 年度计划: 5 })]))).toEqual({ missing: 'missing', name: '本年完成' });
    expect(value(rate, group([]))).toEqual({ missing: 'noMembers', name: null });
    expect(shown('缺则(合计(本年完成), 0)', group([member({})]))).toBe('0.00');
  });

  it('counts those that meet a condition, and a member of whom it is not known is not counted', () => {
    const over = group([member({ 应开工: true, 已开工: true }), member({ 应开工: true, 已开工: false }), member({})]);
    expect(shown('个数(已开工)÷个数(应开工)×100', over)).toBe('50.00');
    expect(shown('个数(应开工 且 非 已开工)', over, 0)).toBe('1');
  });

  it('looks a period back', () => {
    const earlier = group([member({ 本年完成: 160 })]);
    const over = group([member({ 本年完成: 153 })], {}, earlier);
    expect(shown('合计(本年完成) − 去年同期(合计(本年完成))', over, 0)).toBe('-7');
    expect(isMissing(value('上期(合计(本年完成))', group(parts)))).toBe(true);
  });

  it('is exact however the parts are cut: a sum over groups is the sum over all', () => {
    const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 2, maxLength: 30 }), fc.nat({ max: 29 }), (amounts, cut) => {
        const members = amounts.map((a) => member({ 本年完成: a }));
        const at = Math.max(1, Math.min(cut, members.length - 1));
        const sum = (of: readonly Member[]) => (value('合计(本年完成)÷7', group(of)) as { ratio: Ratio }).ratio;
        const [whole, left, right] = [sum(members), sum(members.slice(0, at)), sum(members.slice(at))];
        expect(compare(whole, ratio(left.n * right.d + right.n * left.d, left.d * right.d))).toBe(0);
      }),
    );
  });

  it('adds beyond what a double holds, and fractions beside whole numbers', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const over = group([most, most, 0.5, most, null].map((a) => member({ 本年完成: a })));
    expect((value('合计(本年完成)', over) as { ratio: Ratio }).ratio).toEqual(ratio(6n * BigInt(most) + 1n, 2n));
  });

  it('says of any condition over yes, no and unknown the same for one project as for a count of one', () => {
    const answer = fc.constantFrom(true, false, null);
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        const of = member({ 已开工: a, 续建: b });
        const [isA, isB] = [a === true, b === true];
        const counts = ['个数(已开工 且 续建)', '个数(已开工 或 续建)', '个数(非 已开工)', '个数(非 (已开工 且 续建))'];
        const expected = [isA && isB, isA || isB, a === false, a === false || b === false];
        expect(counts.map((text) => shown(text, group([of]), 0))).toEqual(expected.map((x) => (x ? '1' : '0')));
      }),
    );
  });

  it('rounds half away from zero at any place', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (thousandths) => {
        const text = (Math.abs(thousandths) / 1000).toFixed(3);
        const got = (value(`round(${thousandths < 0 ? '−' : ''}${text},2)`) as { ratio: Ratio }).ratio;
        const expected = (Math.sign(thousandths) * Math.floor(Math.abs(thousandths) / 10 + 0.5)) / 100;
        expect(compare(got, ratioOf(expected))).toBe(0);
      }),
    );
  });
});
