import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/shared/day.ts';
import { readDate, readDateText } from './ledger-date.ts';

const read = (text: string, year?: number) => {
  const found = readDateText(text, year);
  if (found.kind === 'date') return `${found.date.day} ${found.date.precision}`;
  if (found.kind === 'period')
    return `${found.from.day} ${found.from.precision} – ${found.to.day} ${found.to.precision}`;
  return found.kind === 'problem' ? found.problem : found.kind;
};

describe('a date as a ledger writes it', () => {
  test.each([
    ['2021年底', '2021-12-31 year'],
    ['2021.3.16', '2021-03-16 day'],
    ['2021年3月', '2021-03-31 month'],
    ['2021/3/16', '2021-03-16 day'],
    ['2021-03-16 00:00', '2021-03-16 day'],
    ['2021年3月16日', '2021-03-16 day'],
    ['２０２１年３月１６日', '2021-03-16 day'],
    ['20210316', '2021-03-16 day'],
    ['21.3.16', '2021-03-16 day'],
    ['21年3月', '2021-03-31 month'],
    ['2021.10', '2021-10-31 month'],
    ['2021-12', '2021-12-31 month'],
    ['202103', '2021-03-31 month'],
    ['2021', '2021-12-31 year'],
    ['2021年', '2021-12-31 year'],
    ['2024年2月底前', '2024-02-29 month'],
    ['2021年6月底前主体完工', '2021-06-30 month'],
    ['计划2021年9月30日前竣工', '2021-09-30 day'],
    ['2021年三季度', '2021-09-30 quarter'],
    ['2021年第3季度末', '2021-09-30 quarter'],
    ['2021年上半年', '2021-06-30 half'],
    ['2021年3月上旬', '2021-03-10 month'],
    ['2021年3月中旬', '2021-03-20 month'],
    ['二〇二一年十二月三十一日', '2021-12-31 day'],
    ['二零二一年六月', '2021-06-30 month'],
    ['已开工', 'done'],
    ['已于2020年竣工', '2020-12-31 year'],
    ['待定', 'blank'],
    ['—', 'blank'],
    ['2021年2月31日', 'impossible'],
    ['2021.2.30', 'impossible'],
    ['2021年13月', 'impossible'],
    ['视征拆情况而定', 'unclear'],
  ])('%s → %s', (text, want) => expect(read(text)).toBe(want));

  test.each([
    ['6月底前', '2021-06-30 month'],
    ['3月16日', '2021-03-16 day'],
    ['三季度', '2021-09-30 quarter'],
    ['年底前', '2021-12-31 year'],
    ['年内', '2021-12-31 year'],
    ['明年3月', '2022-03-31 month'],
    ['上半年', '2021-06-30 half'],
    ['十月底', '2021-10-31 month'],
  ])('%s needs a year, and with 2021 is %s', (text, want) => {
    expect(read(text)).toBe('needsYear');
    expect(read(text, 2021)).toBe(want);
  });

  test.each([
    ['2021-2023', '2021-12-31 year – 2023-12-31 year'],
    ['2021—2023年', '2021-12-31 year – 2023-12-31 year'],
    ['2021-23', '2021-12-31 year – 2023-12-31 year'],
    ['2021年3月至2023年12月', '2021-03-31 month – 2023-12-31 month'],
    ['2021.03-2023.12', '2021-03-31 month – 2023-12-31 month'],
    ['2021年3月-12月', '2021-03-31 month – 2021-12-31 month'],
    ['2021.3.16—2022.6.30', '2021-03-16 day – 2022-06-30 day'],
    ['2020~2022', '2020-12-31 year – 2022-12-31 year'],
    ['2023-2021', 'reversed'],
    ['2021年3月-2022年14月', 'impossible'],
  ])('%s is a span: %s', (text, want) => expect(read(text)).toBe(want));

  test('every day of the calendar is read back in all usual ways, and the text is kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (n) => {
        const day = addDays('2010-01-01', n);
        const [y, m, d] = day.split('-').map(Number) as [number, number, number];
        for (const text of [day, `${y}年${m}月${d}日`, `${y}.${m}.${d}`, `${y}/${m}/${d}`, day.replaceAll('-', '')]) {
          expect(readDateText(text)).toEqual({ kind: 'date', date: { day, precision: 'day', text } });
        }
      }),
    );
  });

  test('no text makes it throw, and none gives a day that is not in the calendar', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9年月日底前至./\-—季度一二三]{0,16}$/), (text) => {
        const found = readDateText(text, 2021);
        const days =
          found.kind === 'date' ? [found.date.day] : found.kind === 'period' ? [found.from.day, found.to.day] : [];
        for (const day of days) expect(addDays(day, 0)).toBe(day);
      }),
    );
  });
});

describe('a date in an Excel cell', () => {
  const cell = (value: number, numFmt?: string, date?: string) =>
    readDate({ value, kind: date ? 'date' : 'number', ...(numFmt && { numFmt }), ...(date && { date }) });

  test('is as exact as it is shown', () => {
    expect(cell(44271, 'yyyy"年"m"月"d"日"', '2021-03-16')).toMatchObject({
      date: { day: '2021-03-16', precision: 'day' },
    });
    expect(cell(44256, 'yyyy"年"m"月"', '2021-03-01')).toMatchObject({
      date: { day: '2021-03-31', precision: 'month', text: '2021年3月' },
    });
    expect(cell(44197, 'yyyy"年"', '2021-01-01')).toMatchObject({ date: { day: '2021-12-31', precision: 'year' } });
  });

  test('may be a plain number: a year, a lost serial number; 2021.1 is January or October, so it is asked', () => {
    expect(cell(2021)).toMatchObject({ date: { day: '2021-12-31', precision: 'year' } });
    expect(cell(44271)).toMatchObject({ date: { day: '2021-03-16', precision: 'day' } });
    expect(cell(2021.3)).toMatchObject({ date: { day: '2021-03-31', precision: 'month' } });
    expect(cell(2021.1)).toEqual({ kind: 'problem', problem: 'ambiguous' });
  });
});
