import { expect, test } from 'vitest';
import { marksFromLines } from './mark-lines.ts';

test('a notice is typed one day a line, in the ways people write days', () => {
  expect(marksFromLines('2027-01-01 休 元旦\n\n2027年1月3日 上班 元旦\n2027/2/7 off 春节')).toEqual({
    days: [
      { day: '2027-01-01', mark: 'off', name: '元旦' },
      { day: '2027-01-03', mark: 'work', name: '元旦' },
      { day: '2027-02-07', mark: 'off', name: '春节' },
    ],
    wrongLines: [],
  });
});

test('lines that are no day are named, not dropped', () => {
  expect(marksFromLines('2027-02-31 休 元旦\n元旦放假\n2027-01-01 休 元旦').wrongLines).toEqual([1, 2]);
});
