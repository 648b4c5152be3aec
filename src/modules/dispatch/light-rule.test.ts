import { expect, test } from 'vitest';
import { ratioOf } from '#core/shared/rate.ts';
import { type Band, band, bandAt, bandFaults, greenFrom } from './band.ts';
import { gapsOf, ruleSet } from './light-rule.ts';
import { shippedRuleSets } from './rule-sets.ts';

const bands = (...all: Parameters<typeof band.parse>[0][]): Band[] => all.map((b) => band.parse(b));
const set = (code: string) => shippedRuleSets.find((s) => s.code === code)!;

test('Yinchuan 2025 leaves 0 to 10 points below the clock open, both ends open; nothing else', () => {
  expect(gapsOf(set('yinchuan-2025'))).toEqual([
    { rule: 'progress', kind: 'gap', from: '-10', fromIncluded: false, to: '0', toIncluded: false },
  ]);
});

test('Sanya 2022 and the city set leave nothing open', () => {
  expect(gapsOf(set('sanya-2022'))).toEqual([]);
  expect(gapsOf(set('city'))).toEqual([]);
});

test('a single number left out between two open ends is a gap, and one number named twice an overlap', () => {
  const below = { light: 'late', from: null, to: '0', toIncluded: false };
  expect(bandFaults(bands(below, { light: 'normal', from: '0', fromIncluded: false, to: null }), null)).toEqual([
    { kind: 'gap', from: '0', fromIncluded: true, to: '0', toIncluded: true },
  ]);
  expect(bandFaults(bands({ ...below, toIncluded: true }, { light: 'normal', from: '0', to: null }), null)).toEqual([
    { kind: 'overlap', from: '0', fromIncluded: true, to: '0', toIncluded: true },
  ]);
  expect(bandFaults(bands(below, { light: 'normal', from: '0', to: null }), null)).toEqual([]);
});

test('open ends are reported: nothing below, nothing above', () => {
  expect(bandFaults(bands({ light: 'normal', from: '-5', to: '5' }), null)).toEqual([
    { kind: 'gap', from: null, fromIncluded: false, to: '-5', toIncluded: false },
    { kind: 'gap', from: '5', fromIncluded: true, to: null, toIncluded: false },
  ]);
  expect(
    bandFaults(bands({ light: 'normal', from: '80', to: null }, { light: 'late', from: '0', to: '60' }), '0'),
  ).toEqual([{ kind: 'gap', from: '60', fromIncluded: true, to: '80', toIncluded: false }]);
  expect(
    bandFaults(bands({ light: 'normal', from: '0', to: null }, { light: 'warn', from: '50', to: null }), '0'),
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
