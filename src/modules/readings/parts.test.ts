import { expect, test } from 'vitest';
import { partAt, partsOf } from './parts.ts';

test('a text of one part stays whole, a longer one is cut at line ends, and nothing is lost', () => {
  expect(partsOf('一\n二', 100)).toEqual([0]);
  const text = '项目建设有序推进。\n'.repeat(50);
  const starts = partsOf(text, 100);
  expect(starts.length).toBeGreaterThan(3);
  expect(starts.slice(1).every((start) => text[start - 1] === '\n')).toBe(true);
  const pieces = starts.map((start, i) => text.slice(start, starts[i + 1]));
  expect(pieces.join('')).toBe(text);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(130);
});

test('a single line is cut between characters, never through one', () => {
  const text = `一${'𠮷'.repeat(500)}`;
  for (const start of partsOf(text, 100).slice(1)) expect(text.slice(start).isWellFormed()).toBe(true);
});

test('a place lies in the last part that begins before it', () => {
  expect([0, 99, 100, 250, 9_999].map((place) => partAt([0, 100, 200], place))).toEqual([0, 0, 1, 2, 2]);
});
