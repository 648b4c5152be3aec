import { describe, expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import { bondUse, expectedShare, lastUseDay, worstLight } from './bond-use.ts';

const wan = (n: number) => n * 10_000;
const share = (issuedOn: string, day: string) => {
  const { n, d } = expectedShare(issuedOn, day);
  return `${n}/${d}`;
};

describe('the six-month rule of 天津', () => {
  test('expects nothing in the month of issue, a sixth with each month after it, all at the end of the sixth', () => {
    expect(share('2021-03-18', '2021-03-31')).toBe('0/1');
    expect(share('2021-03-18', '2021-04-30')).toBe('1/6');
    expect(share('2021-03-18', '2021-06-30')).toBe('1/2');
    expect(share('2021-03-18', '2021-09-30')).toBe('1/1');
    expect(share('2021-03-18', '2022-01-01')).toBe('1/1');
  });
  test('grows by the day within a month, also over the turn of the year', () => {
    expect(share('2021-03-18', '2021-09-15')).toBe('11/12');
    expect(share('2020-11-30', '2021-02-14')).toBe('5/12');
    expect(share('2021-03-18', '2020-12-31')).toBe('0/1');
  });
  test('ends on the last day of the sixth month after the month of issue', () => {
    expect(lastUseDay('2021-03-18')).toBe('2021-09-30');
    expect(lastUseDay('2021-08-31')).toBe('2022-02-28');
  });
});

describe('the lamp of an allotment of 6,000 万元 issued in March, on 30 June when 3,000 are expected', () => {
  const at = (usedYuan: number) =>
    bondUse({ issuedOn: '2021-03-18', allottedYuan: wan(6_000), usedYuan, day: '2021-06-30' });
  test('is green from what is expected on', () => {
    expect(at(wan(3_000))).toMatchObject({ light: 'normal', expectedYuan: wan(3_000), idleYuan: wan(3_000) });
    expect(at(wan(6_000)).light).toBe('normal');
  });
  test('is yellow down to 30 % low, that point included', () => {
    expect(at(wan(3_000) - 1).light).toBe('warn');
    expect(at(wan(2_100)).light).toBe('warn');
  });
  test('is red below it', () => {
    expect(at(wan(2_100) - 1).light).toBe('late');
    expect(at(0)).toMatchObject({ light: 'late', idleYuan: wan(6_000) });
  });
  test('使用进度 is used ÷ expected', () => {
    expect(percent(at(wan(2_400)).progress, 1, 'half-up')).toBe('80.0');
  });
});

test('before anything is expected there is no progress and no warning', () => {
  const use = bondUse({ issuedOn: '2021-09-10', allottedYuan: wan(100), usedYuan: 0, day: '2021-09-26' });
  expect(use).toMatchObject({ light: 'normal', expectedYuan: 0, progress: { reason: 'zeroDenominator' } });
});

test('of several lamps the worst stands for the project', () => {
  expect(worstLight(['normal', 'late', 'warn'])).toBe('late');
  expect(worstLight([])).toBeNull();
});
