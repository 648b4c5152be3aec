import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '#core/shared/sheet.ts';
import { readAmount, unitInFormat, unitInLabel, unitInLine } from './unit.ts';

const text = (value: string): Cell => ({ value, kind: 'text' });
const number = (value: number, numFmt?: string): Cell => ({ value, kind: 'number', ...(numFmt && { numFmt }) });
const wan = { unit: '万元', source: 'header' } as const;

describe('the unit of money', () => {
  test.each([
    ['总投资（亿元）', '亿元'],
    ['总投资\n(万元)', '万元'],
    ['总投资（元）', '元'],
    ['2021年计划投资/万元', '万元'],
    ['总投资（亿）', '亿元'],
    ['单元数', undefined],
    ['总投资', undefined],
    ['总投资（亿元/万元）', undefined],
    ['多元投资', undefined],
  ])('in a heading: %s → %s', (label, unit) => expect(unitInLabel(label)).toBe(unit));

  test.each([
    ['单位：万元', '万元'],
    ['（单位：亿元）', '亿元'],
    ['单位:万元、公里', '万元'],
    ['金额单位：元', '元'],
    ['计量单位：亿元', '亿元'],
    ['填报单位：市重点办公室　　　　单位：万元', '万元'],
    ['2021年计划表（单位：亿元）', '亿元'],
    ['责任单位：市交通局', undefined],
    ['填报单位：万元公司', undefined],
    ['单位：公里', undefined],
  ])('in a line above the table: %s → %s', (line, unit) => expect(unitInLine(line)).toBe(unit));

  test.each([
    ['0.00"万元"', '万元'],
    ['#,##0.00"亿"', '亿元'],
    ['0.00万', '万元'],
    ['#,##0"元"', '元'],
    ['0!.0,"万"', '元'],
    ['0"."0,"万"', '元'],
    ['#,##0,"千元"', '元'],
    ['0.00', undefined],
    [undefined, undefined],
  ])('in a number format: %s → %s', (format, unit) => expect(unitInFormat(format)).toBe(unit));
});

describe('an amount', () => {
  test.each([
    ['3.2亿', 320_000_000],
    ['8500万元', 85_000_000],
    ['3亿2000万', 320_000_000],
    ['约1.5亿元', 150_000_000],
    ['3.2亿元（其中专项债1亿元）', 320_000_000],
    ['1,234.5', 12_345_000],
    ['０.８', 8_000],
    ['¥500', 5_000_000],
    ['0', 0],
  ])('%s in a column of 万元 is %d yuan', (value, yuan) =>
    expect(readAmount(text(value), wan)).toMatchObject({ kind: 'yuan', yuan }),
  );

  test('takes the unit of its own number format before that of the column', () => {
    expect(readAmount(number(3.2, '0.00"亿"'), wan)).toEqual({
      kind: 'yuan',
      yuan: 320_000_000,
      unit: '亿元',
      source: 'format',
    });
    expect(readAmount(number(0.1 + 0.2), { unit: '亿元', source: 'unitLine' })).toMatchObject({ yuan: 30_000_000 });
    expect(readAmount(number(85_000_000, '0!.0,"万"'), wan)).toMatchObject({ yuan: 85_000_000 });
  });

  test('without a unit anywhere is a question, never a guess; zero is zero', () => {
    expect(readAmount(number(320), undefined)).toEqual({ kind: 'problem', problem: 'unit' });
    expect(readAmount(text('320'), undefined)).toEqual({ kind: 'problem', problem: 'unit' });
    expect(readAmount(number(0), undefined)).toMatchObject({ yuan: 0 });
  });

  test('that is a range or no number is refused; a dash is blank', () => {
    expect(readAmount(text('1.2-1.5亿'), wan)).toEqual({ kind: 'problem', problem: 'range' });
    expect(readAmount(text('12.5%'), wan)).toEqual({ kind: 'problem', problem: 'unclear' });
    expect(readAmount(text('见附表'), wan)).toEqual({ kind: 'problem', problem: 'unclear' });
    expect(readAmount(text('—'), wan)).toEqual({ kind: 'blank' });
  });

  test('written in 亿元, 万元 or 元 is the same yuan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (yuan) => {
        const inYi = `${Math.floor(yuan / 1e8)}.${String(yuan % 1e8).padStart(8, '0')}亿元`;
        const inWan = `${Math.floor(yuan / 1e4)}.${String(yuan % 1e4).padStart(4, '0')}万`;
        for (const value of [inYi, inWan, `${yuan}元`])
          expect(readAmount(text(value), undefined)).toMatchObject({ kind: 'yuan', yuan });
        // The same as an Excel number, which carries 15 digits.
        expect(readAmount(number(Number((yuan / 1e4).toFixed(4))), wan)).toMatchObject({ kind: 'yuan', yuan });
      }),
    );
  });
});
