import { expect, test } from 'vitest';
import { Circle, everBelow, firstDay, type Link, lastDay, lineagesOf } from './parentage.ts';

const link = (unitId: string, parentId: string | null, from = '2020-01-01'): Link => ({ unitId, parentId, from });
const under = (links: Link[], ancestor: string, day: string) =>
  lineagesOf(links, new Set(links.map((l) => l.unitId)))
    .filter((l) => l.ancestorId === ancestor && l.fromDay <= day && day <= l.toDay)
    .map((l) => l.descendantId)
    .sort();

const tree = [link('root', null), link('post', 'root'), link('county', 'root'), link('firm', 'county')];

test('a subtree holds the unit itself and all below it', () => {
  expect(under(tree, 'root', '2021-09-26')).toEqual(['county', 'firm', 'post', 'root']);
  expect(under(tree, 'county', '2021-09-26')).toEqual(['county', 'firm']);
  expect(under(tree, 'firm', '2021-09-26')).toEqual(['firm']);
});

test('a moved unit stands under the old parent until the day before, and takes its subtree along', () => {
  const moved = [...tree, link('county', 'post', '2022-03-01')];
  expect(under(moved, 'post', '2022-02-28')).toEqual(['post']);
  expect(under(moved, 'post', '2022-03-01')).toEqual(['county', 'firm', 'post']);
  expect(under(moved, 'root', '2022-03-01')).toEqual(['county', 'firm', 'post', 'root']);
});

test('a move deeper down leaves one unbroken row for the ancestors that both places share', () => {
  const moved = [...tree, link('firm', 'post', '2022-03-01')];
  const rows = lineagesOf(moved, ['firm']).filter((l) => l.ancestorId === 'root');
  expect(rows).toEqual([{ ancestorId: 'root', descendantId: 'firm', fromDay: firstDay, toDay: lastDay }]);
});

test('parentage is known before the first link and after the last', () => {
  expect(under(tree, 'county', '1999-01-01')).toEqual(['county', 'firm']);
  expect(under(tree, 'county', '2099-01-01')).toEqual(['county', 'firm']);
});

test('a unit moved below its own child is a circle', () => {
  expect(() => under([...tree, link('county', 'firm', '2022-03-01')], 'root', '2023-01-01')).toThrow(Circle);
});

test('a circle on past days only is found too', () => {
  const links = [
    link('root', null),
    link('a', 'root'),
    link('b', 'a'),
    link('b', 'root', '2022-06-01'),
    // Back-dated into the months in which b stood below a.
    link('a', 'b', '2022-03-01'),
  ];
  expect(() => lineagesOf(links, ['a', 'b'])).toThrow(Circle);
});

test('those ever below a unit include units that have since left it', () => {
  const moved = [...tree, link('firm', 'post', '2022-03-01')];
  expect([...everBelow(moved, 'county')].sort()).toEqual(['county', 'firm']);
  expect([...everBelow(moved, 'post')].sort()).toEqual(['firm', 'post']);
});
