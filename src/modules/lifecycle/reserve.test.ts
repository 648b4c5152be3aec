import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  entryFault,
  isLapsed,
  maturityOf,
  overdueStartDays,
  planningTarget,
  proposedKind,
  ReserveRules,
  shippedRules,
} from './reserve.ts';

const kind = (code: string) => shippedRules.kinds.find((k) => k.code === code)!;
const yi = (n: number) => Math.round(n * 100_000_000);

describe('the published floors of the pool', () => {
  test.each([
    ['manufacturing', 3],
    ['attracted', 1],
    ['infrastructure', 10],
    ['services', 5],
    ['social', 2],
  ])('%s from %d 亿元, and one yuan less is refused', (code, floor) => {
    expect(entryFault(kind(code), yi(floor))).toBeNull();
    expect(entryFault(kind(code), yi(floor) - 1)).toMatchObject({ code: 'below_floor' });
  });
  test('the refusal names both amounts', () => {
    expect(entryFault(kind('manufacturing'), yi(0.81))!.words.zh).toBe('总投资 0.81 亿元，低于制造业 3 亿元的入库门槛');
  });
  test('without a total nothing can be judged', () => {
    expect(entryFault(kind('social'), null)).toMatchObject({ code: 'total_missing' });
  });
  test('a board proposes a kind, people decide', () => {
    expect(proposedKind(shippedRules, '产业')?.code).toBe('manufacturing');
    expect(proposedKind(shippedRules, '基础设施')?.code).toBe('infrastructure');
    expect(proposedKind(shippedRules, '其他')).toBeNull();
  });
  test('the shipped rules are rules that a city could have saved', () => {
    expect(ReserveRules.parse(shippedRules)).toEqual(shippedRules);
  });
});

describe('maturity', () => {
  const codes = shippedRules.checklist.map((item) => item.code);
  test('is the weight of what is done', () => {
    expect(maturityOf(shippedRules.checklist, new Set(['approval', 'land', 'owner']))).toBe(50);
    expect(maturityOf(shippedRules.checklist, new Set())).toBe(0);
    expect(maturityOf(shippedRules.checklist, new Set([...codes, 'unknown']))).toBe(100);
    expect(
      maturityOf(
        [
          { code: 'ab', name: { zh: '一', en: 'a' }, weight: 1 },
          { code: 'cd', name: { zh: '二', en: 'b' }, weight: 7 },
        ],
        new Set(['ab']),
      ),
    ).toBe(13);
  });
  test('lies between 0 and 100 and grows with every item', () => {
    fc.assert(
      fc.property(fc.subarray(codes), fc.constantFrom(...codes), (done, more) => {
        const [before, after] = [
          maturityOf(shippedRules.checklist, new Set(done)),
          maturityOf(shippedRules.checklist, new Set([...done, more])),
        ];
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(100);
        expect(after - before).toBe(
          done.includes(more) ? 0 : shippedRules.checklist.find((i) => i.code === more)!.weight,
        );
      }),
    );
  });
});

test('a member of last year waits for a decision from 1 January on', () => {
  expect(isLapsed(2020, '2020-12-31')).toBe(false);
  expect(isLapsed(2020, '2021-01-01')).toBe(true);
});

test('the target is three times what began last year', () => {
  expect(planningTarget(shippedRules, 17)).toBe(51);
  expect(planningTarget({ targetFactor: 2.5 }, 3)).toBe(8);
  expect(planningTarget({ targetFactor: 1.1 }, 10)).toBe(11);
});

test('the limit from signing to the start ends six months later, on the same day', () => {
  expect(overdueStartDays(shippedRules, '2021-03-26', '2021-09-26')).toBeNull();
  expect(overdueStartDays(shippedRules, '2021-03-25', '2021-09-26')).toBe(1);
});
