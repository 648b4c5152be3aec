import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, ratio, showRatio } from '#core/shared/rate.ts';
import { measures, type RateRow, rateDefinitions, tally } from '#modules/dispatch/server/public.ts';
import { bookOf, type Facts, IndicatorFault, type KnownMeasure } from './book.ts';
import { Definition } from './definition.ts';
import type { Member } from './evaluate.ts';
import { extraMeasures } from './extra-measures.ts';
import { shippedDefinitions } from './shipped.ts';

const known: KnownMeasure[] = [
  ...Object.entries(measures).map(([code, { words, dimension }]) => ({ code, words, dimension })),
  ...extraMeasures,
];
const book = bookOf(shippedDefinitions, known);
const at = { day: '2021-09-30', basis: 'adjusted' as const };
const byChinese = new Map(Object.values(measures).map((m) => [m.words.zh, m]));
const memberOf =
  (facts: RateRow): Member =>
  (name) =>
    byChinese.get(name)?.read(facts, at) ?? null;
const nothing = { missing: 'missing', name: null } as const;
const facts = (members: readonly Member[], changes: Partial<Facts> = {}): Facts => ({
  members,
  pace: { ratio: ratio(9, 12) },
  earlier: () => null,
  ...changes,
});

const day = fc.option(
  fc.constantFrom('2020-11-01', '2021-03-15', '2021-08-31', '2021-09-30', '2021-11-20', '2022-02-01'),
  { nil: null },
);
const money = fc.option(fc.integer({ min: 0, max: 9_000_000_000 }), { nil: null });
const kind = fc.option(fc.constantFrom('new', 'carried', 'finishing', 'reserve'), { nil: null });
const gates = fc.dictionary(
  fc.constantFrom('reserve', 'signed', 'preparation', 'producing', 'fullCapacity'),
  fc.constantFrom('2020-05-01', '2021-05-01', '2021-12-01'),
);
const project = fc
  .record({
    stage: fc.constantFrom(
      'reserve',
      'signed',
      'started',
      'building',
      'completed',
      'producing',
      'suspended',
      'terminated',
    ),
    kind,
    startPlanned: day,
    finishPlanned: day,
    startActual: day,
    finishActual: day,
    enrolledOn: day,
    enrolled: fc.boolean(),
    reached: gates,
    totalYuan: money,
    planYuan: money,
    doneYuan: money,
    arrivedYuan: money,
    arrivedAllYuan: money,
    contractYuan: money,
  })
  .map(({ kind: planKind, startPlanned, finishPlanned, planYuan, ...rest }) => ({
    ...rest,
    parentId: null,
    childCount: 0,
    planKind: { original: planKind, adjusted: planKind },
    startPlanned: { original: startPlanned, adjusted: startPlanned },
    finishPlanned: { original: finishPlanned, adjusted: finishPlanned },
    planYuan: { original: planYuan, adjusted: planYuan },
  })) as fc.Arbitrary<RateRow>;

describe('the shipped indicators', () => {
  it('are whole definitions with a source, and none is named twice', () => {
    for (const d of shippedDefinitions) {
      expect(Definition.parse(d)).toEqual(d);
      expect(d.basis).not.toBe('');
    }
  });

  const same: [string, keyof typeof rateDefinitions][] = [
    ['invest', 'invest'],
    ['startOfYear', 'startOfYear'],
    ['startOfDue', 'startOfDue'],
    ['startWithEarly', 'startWithEarly'],
    ['startAndResume', 'startAndResume'],
    ['enrol', 'enrol'],
    ['finish', 'finish'],
    ['produce', 'produce'],
    ['capacity', 'fullCapacity'],
    ['fulfil', 'fulfil'],
    ['convert', 'convert'],
    ['fundsOfPlan', 'fundsOfPlan'],
    ['fundsOfContract', 'fundsOfContract'],
  ];
  it.each(same)('%s gives what the rate %s of the rates page gives, on any projects', (code, rateCode) => {
    fc.assert(
      fc.property(fc.array(project, { maxLength: 12 }), (projects) => {
        const value = book.value(code, facts(projects.map(memberOf)));
        const { numerator, denominator } = tally(rateDefinitions[rateCode], projects, at);
        if (denominator === 0) expect('missing' in value).toBe(true);
        else if (!('ratio' in value)) expect(numerator).toBe(0);
        else expect(compare(value.ratio, ratio(numerator, denominator))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('are points from unrounded rates: 97.158 less 83.333 is 13.8', () => {
    const member: Member = (name) =>
      name === '本年完成' ? 62_900_000_000 : name === '年度计划' ? 64_740_000_000 : null;
    const value = book.value('gap', facts([member], { pace: { ratio: ratio(10, 12) } }));
    expect('ratio' in value && showRatio(ratio(value.ratio.n * 100n, value.ratio.d), 1, 'half-up')).toBe('13.8');
  });

  it('look back a month and a year over the same group', () => {
    const done =
      (yuan: number): Member =>
      (name) =>
        name === '本年完成' ? yuan : name === '年度计划' ? 239_019 : null;
    const then = (yuan: number) => facts([done(yuan)]);
    const now = facts([done(125_355)], { earlier: (which) => then(which === 'previous' ? 100_000 : 64_064) });
    const shown = (code: string) => {
      const value = book.value(code, now);
      return 'ratio' in value && showRatio(ratio(value.ratio.n * 100n, value.ratio.d), 1, 'half-up');
    };
    expect(shown('monthShare')).toBe('10.6');
    expect(shown('growth')).toBe('95.7');
    expect(book.value('growth', facts([done(5)]))).toEqual(nothing);
  });
});

describe('a book of definitions', () => {
  const one = (code: string, zh: string, formula: string, unit: Definition['unit'] = 'percent'): Definition => ({
    ...shippedDefinitions[0]!,
    code,
    name: { zh, en: code },
    formula,
    unit,
  });
  const refused = (...definitions: Definition[]) => {
    try {
      bookOf(definitions, known);
    } catch (error) {
      if (error instanceof IndicatorFault) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  };

  it('refuses formulas that refer to each other in a circle, and shows the circle', () => {
    const fault = refused(one('aa', '甲率', '乙率+1'), one('bb', '乙率', '丙率'), one('cc', '丙率', '甲率'));
    expect(fault.words.zh).toContain('甲率 → 乙率 → 丙率 → 甲率');
  });
  it('names the indicator and the place of a fault', () => {
    const fault = refused(one('aa', '甲率', '合计(本年完成) + 个数(已开工)', 'yuan'));
    expect(fault.indicator).toBe('aa');
    expect(fault.span).toEqual({ from: 11, to: 18 });
  });
  it('takes no name twice', () => {
    expect(refused(one('aa', '甲率', '1'), one('bb', '甲率', '2')).words.zh).toContain('已被使用');
  });
  it('takes no name that means something else in formulas', () => {
    for (const name of ['年度计划', '时序', '合计', '且']) {
      const fault = refused(one('aa', name, '1'));
      expect([fault.field, fault.plain.zh]).toEqual(['name', `“${name}”已被使用`]);
    }
    expect(refused(one('planYuan', '甲率', '1')).field).toBe('code');
  });
  it('knows who uses an indicator', () => {
    expect(book.users('invest')).toEqual(['gap', 'gain']);
  });
});
