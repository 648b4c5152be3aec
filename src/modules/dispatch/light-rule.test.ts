import { expect, test } from 'vitest';
import { ratioOf } from '#core/shared/rate.ts';
import { type Band, band, bandAt, bandFaults, greenFrom } from './band.ts';
import { readRuleSet, ruleSet } from './light-rule.ts';
import { gapsOf } from './rule-gaps.ts';
import { shippedRuleSets } from './rule-sets.ts';

const bands = (...all: Parameters<typeof band.parse>[0][]): Band[] => all.map((b) => band.parse(b));
const line = { floor: null, isWhole: false };
const share = { floor: '0', isWhole: false };
const set = (code: string) => shippedRuleSets.find((s) => s.code === code)!;

test('Yinchuan 2025 leaves 0 to 10 points below the clock open, both ends open; nothing else', () => {
  expect(gapsOf(set('yinchuan-2025'))).toEqual([
    {
      rule: 'progress',
      kind: 'gap',
      from: '-10',
      fromIncluded: false,
      to: '0',
      toIncluded: false,
      words: null,
      level: null,
    },
  ]);
});

test('Sanya 2022 and the city set leave nothing open', () => {
  expect(gapsOf(set('sanya-2022'))).toEqual([]);
  expect(gapsOf(set('city'))).toEqual([]);
});

test('a single number left out between two open ends is a gap, and one number named twice an overlap', () => {
  const below = { light: 'late', from: null, to: '0', toIncluded: false };
  expect(bandFaults(bands(below, { light: 'normal', from: '0', fromIncluded: false, to: null }), line)).toEqual([
    { kind: 'gap', from: '0', fromIncluded: true, to: '0', toIncluded: true },
  ]);
  expect(bandFaults(bands({ ...below, toIncluded: true }, { light: 'normal', from: '0', to: null }), line)).toEqual([
    { kind: 'overlap', from: '0', fromIncluded: true, to: '0', toIncluded: true },
  ]);
  expect(bandFaults(bands(below, { light: 'normal', from: '0', to: null }), line)).toEqual([]);
});

test('open ends are reported: nothing below, nothing above', () => {
  expect(bandFaults(bands({ light: 'normal', from: '-5', to: '5' }), line)).toEqual([
    { kind: 'gap', from: null, fromIncluded: false, to: '-5', toIncluded: false },
    { kind: 'gap', from: '5', fromIncluded: true, to: null, toIncluded: false },
  ]);
  expect(
    bandFaults(bands({ light: 'normal', from: '80', to: null }, { light: 'late', from: '0', to: '60' }), share),
  ).toEqual([{ kind: 'gap', from: '60', fromIncluded: true, to: '80', toIncluded: false }]);
  expect(
    bandFaults(bands({ light: 'normal', from: '0', to: null }, { light: 'warn', from: '50', to: null }), share),
  ).toMatchObject([{ kind: 'overlap', from: '50', to: null }]);
});

test('a bound belongs to the band that includes it', () => {
  const progress = set('yinchuan-2025').rules.find((r) => r.kind === 'progress')!;
  if (progress.kind !== 'progress') throw new Error('no progress rule');
  const light = (points: string) => bandAt(progress.bands, ratioOf(points))?.light ?? null;
  expect(['0', '-0.000001', '-9.999999', '-10', '-30', '-30.000001', '12'].map(light)).toEqual([
    'normal',
    null,
    null,
    'warn',
    'warn',
    'late',
    'normal',
  ]);
  expect(greenFrom(progress.bands)).toEqual({ value: ratioOf('-10'), strictly: true });
});

test('a set with two rules of one code, or with bands that run downwards, is refused', () => {
  const city = set('city');
  expect(ruleSet.safeParse({ ...city, rules: [city.rules[0], city.rules[0]] }).success).toBe(false);
  const progress = { ...city.rules[1]!, bands: [{ light: 'warn', from: '10', to: '-10' }] };
  expect(ruleSet.safeParse({ ...city, rules: [progress] }).success).toBe(false);
});

test('days and places are whole numbers: 7 and 8 are neighbours, and 15 in two bands is said twice', () => {
  const days = { floor: '1', isWhole: true };
  const [yellow, red] = [
    { light: 'warn', from: null, to: '7', toIncluded: true },
    { light: 'late', from: '15', to: null },
  ];
  const orange = (from: string, to: string, toIncluded = false) => ({ light: 'orange', from, to, toIncluded });
  expect(bandFaults(bands(yellow, orange('8', '15'), red), days)).toEqual([]);
  expect(bandFaults(bands(yellow, orange('8', '14', true), red), days)).toEqual([]);
  expect(bandFaults(bands(yellow, orange('7', '15', true), red), days)).toEqual([
    { kind: 'overlap', from: '7', fromIncluded: true, to: '7', toIncluded: true },
    { kind: 'overlap', from: '15', fromIncluded: true, to: '15', toIncluded: true },
  ]);
  expect(bandFaults(bands(yellow, red), days)).toEqual([
    { kind: 'gap', from: '8', fromIncluded: true, to: '14', toIncluded: true },
  ]);
});

test('a level that no rule gives is reported, and so is one that only stands behind others', () => {
  const shenzhen = set('shenzhen-days');
  expect(gapsOf(shenzhen)).toEqual([]);
  const [rule] = shenzhen.rules;
  if (rule?.kind !== 'daysLate') throw new Error('not days late');
  const [yellow, orange, red] = rule.bands;
  const unreached = (all: Band[]) =>
    gapsOf({ ...shenzhen, rules: [{ ...rule, bands: all }] }).flatMap((g) => (g.kind === 'unreached' ? [g.level] : []));
  expect(unreached([yellow!, red!])).toEqual(['orange']);
  // The first band that holds a value counts: behind one without end nothing is ever reached.
  expect(unreached([{ ...yellow!, to: null }, orange!, red!])).toEqual(['orange', 'late']);
  const never = { ...rule, streaks: [{ light: 'orange', months: 2, becomes: 'late', basis: 'city' as const }] };
  expect(gapsOf({ ...shenzhen, rules: [{ ...never, bands: [yellow!, { ...red!, from: '8' }] }] })).toMatchObject([
    { rule: 'days-late', kind: 'unreached', level: 'orange' },
    { rule: '', kind: 'unreached', level: 'orange' },
  ]);
});

test('growth leaves cases open instead of stretches: Tianjin says nothing of missing both, nor of zero growth', () => {
  expect(gapsOf(set('tianjin-2022')).map((g) => [g.kind, g.words?.zh])).toEqual([
    ['gap', '增长，低于计划也低于全市平均'],
    ['gap', '零增长'],
  ]);
});

test('where a source publishes lights without thresholds everything is open, and its warnings are never reached', () => {
  const said = (code: string) => gapsOf(set(code)).map((g) => [g.rule, g.kind, g.from, g.to, g.level]);
  expect(said('shaoxing-nodes')).toEqual([
    ['node', 'gap', '1', null, null],
    ['', 'unreached', null, null, 'warn'],
    ['', 'unreached', null, null, 'late'],
  ]);
  expect(said('zaozhuang-2022')).toEqual([
    ['place', 'gap', '1', null, null],
    ['change', 'gap', null, null, null],
    ['', 'unreached', null, null, 'blue'],
    ['', 'unreached', null, null, 'yellow'],
    ['', 'unreached', null, null, 'red'],
  ]);
});

test('every shipped set names its source, and its date or that none is known', () => {
  expect(shippedRuleSets.map((s) => [s.code, s.sourceDate])).toEqual([
    ['city', '2025'],
    ['yinchuan-2025', '2025'],
    ['sanya-2022', '2022'],
    ['tianjin-2022', '2022'],
    ['xinhuang-2015', '2015'],
    ['shaoxing-nodes', null],
    ['zaozhuang-2022', '2022'],
    ['shenzhen-days', null],
  ]);
  for (const s of shippedRuleSets) expect(s.source).not.toBe('');
});

test('a set saved before levels and streaks were data is read with the three lights, and its months become streaks', () => {
  const { levels: _, ...city } = set('city');
  const old = {
    ...city,
    rules: [
      { kind: 'start', code: 'start', name: { zh: '开工', en: 'Start' }, basis: 'published', lateMonths: 3 },
      { ...set('sanya-2022').rules[1]!, streaks: undefined, lateMonths: 2 },
      {
        kind: 'enrolment',
        code: 'enrolment',
        name: { zh: '入统', en: 'E' },
        basis: 'city',
        warnMonths: 1,
        lateMonths: 2,
      },
    ],
  };
  const read = readRuleSet(JSON.parse(JSON.stringify(old)));
  expect(read.levels.map((l) => l.code)).toEqual(['normal', 'warn', 'late']);
  expect(read.rules.map((r) => r.streaks.map((s) => [s.light, s.months, s.becomes]))).toEqual([
    [['warn', 3, 'late']],
    [['warn', 2, 'late']],
    [],
  ]);
  expect(read.rules[2]).toMatchObject({ warnMonths: 1, lateMonths: 2 });
});

test('a set speaks only of its own levels, and the calm one is called normal', () => {
  const shenzhen = set('shenzhen-days');
  const without = (code: string) =>
    ruleSet.safeParse({ ...shenzhen, levels: shenzhen.levels.filter((l) => l.code !== code) });
  expect(without('orange').success).toBe(false);
  expect(without('normal').success).toBe(false);
  expect(ruleSet.safeParse({ ...shenzhen, levels: [...shenzhen.levels, shenzhen.levels[1]] }).success).toBe(false);
});
