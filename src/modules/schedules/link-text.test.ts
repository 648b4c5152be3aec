import { expect, test } from 'vitest';
import { linkText, readLinks } from './link-text.ts';

const tasks = [{ uid: 11 }, { uid: 12 }, { uid: 13 }];

test('predecessors are written by the number of the row and read back', () => {
  const { links } = readLinks('1， 2ss+5、3FF-2天', tasks);
  expect(links).toEqual([
    { from: 11, kind: 'FS', lag: 0 },
    { from: 12, kind: 'SS', lag: 5 },
    { from: 13, kind: 'FF', lag: -2 },
  ]);
  expect(linkText(links!, tasks)).toBe('1, 2SS+5, 3FF-2');
  expect(readLinks('', tasks)).toEqual({ links: [] });
});

test.each(['4', '0', '1XX', '封顶', '1FS+9999'])('“%s” is named as the part that cannot be read', (wrong) => {
  expect(readLinks(`1, ${wrong}`, tasks)).toEqual({ wrong });
});
