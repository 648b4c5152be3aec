import { expect, test, vi } from 'vitest';
import { readWorkbook } from './spreadsheet/read.ts';
import { writeWorkbook } from './spreadsheet/write.ts';
import { steadyZip } from './steady-zip.ts';

const moment = new Date('2021-09-26T10:00:00Z');
const workbook = (at: string, value = 1) => {
  vi.setSystemTime(new Date(at));
  return writeWorkbook([{ sheet: '表', columns: [{ header: '数' }], rows: [[value]] }]);
};

test('the same workbook written at two times is the same bytes, and another one is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const [early, late, other] = [
    await workbook('2021-01-01T00:00:00Z'),
    await workbook('2031-05-05T05:05:05Z'),
    await workbook('2021-01-01T00:00:00Z', 2),
  ];
  vi.useRealTimers();
  expect(Buffer.from(early).equals(Buffer.from(late))).toBe(false);
  const [a, b, c] = [early, late, other].map((bytes) => Buffer.from(steadyZip(bytes, moment)));
  expect(a!.equals(b!)).toBe(true);
  expect(a!.equals(c!)).toBe(false);
  expect((await readWorkbook(a!)).sheets[0]!.rows[1]![0]!.value).toBe(1);
});

test('what is no zip is refused', () => {
  expect(() => steadyZip(new TextEncoder().encode('no zip at all'), moment)).toThrow('No zip');
});
