import { expect, test } from 'vitest';
import type { TreeUnit } from '../shapes.ts';
import { ancestorsOf, childrenOf, keyOn, matching, rowsOf } from './tree-rows.ts';

const unit = (
  id: string,
  parentId: string | null,
  name: string,
  initials = '',
  shortName: string | null = null,
): TreeUnit => ({
  id,
  parentId,
  name,
  shortName,
  initials,
  kind: 'other',
  state: 'valid',
  canOpen: true,
});
const units = [
  unit('hq', null, '总指挥部', 'zzhb'),
  unit('office', 'hq', '办公室', 'bgs'),
  unit('yunxi', 'hq', '云溪区', 'yxq yx', '云溪'),
  unit('firm', 'yunxi', '云溪示例公司', 'yxslgs'),
  unit('orphan', 'retired', '上级已撤销的单位', 'sjycxddw'),
];
const children = childrenOf(units);
const names = (open: string[]) =>
  rowsOf(children, (id) => open.includes(id)).map((row) => `${row.level} ${row.unit.name}`);

test('only what stands below open units is drawn, and a unit without a shown parent is not lost', () => {
  expect(names([])).toEqual(['1 总指挥部', '1 上级已撤销的单位']);
  expect(names(['hq'])).toEqual(['1 总指挥部', '2 办公室', '2 云溪区', '1 上级已撤销的单位']);
  expect(names(['hq', 'yunxi'])).toContain('3 云溪示例公司');
  expect(names(['yunxi'])).not.toContain('3 云溪示例公司');
});

test('siblings stand by what they are, then as the server ordered them', () => {
  const mixed = childrenOf([
    { ...unit('a', 'hq', '某公司'), kind: 'projectUnit' },
    { ...unit('b', 'hq', '乙指挥部'), kind: 'commandPost' },
    unit('hq', null, '总指挥部'),
    { ...unit('c', 'hq', '甲指挥部'), kind: 'commandPost' },
    { ...unit('d', 'hq', '办公室'), kind: 'office' },
  ]);
  expect(mixed.get('hq')!.map((u) => u.id)).toEqual(['d', 'b', 'c', 'a']);
});

test('a unit is found by name, short name and initials', () => {
  const find = (text: string) => matching(units, text).map((found) => found.id);
  expect(find('云溪')).toEqual(['yunxi', 'firm']);
  expect(find('YXQ')).toEqual(['yunxi']);
  expect(find('bgs')).toEqual(['office']);
  expect(find(' ')).toEqual([]);
});

test('a deep unit names all that must be open for it', () => {
  expect(ancestorsOf(units, 'firm')).toEqual(['yunxi', 'hq']);
  expect(ancestorsOf(units, 'hq')).toEqual([]);
});

test('arrow keys walk, open and shut the tree', () => {
  const rows = rowsOf(children, (id) => id === 'hq');
  expect(keyOn(rows, 0, 'ArrowDown')).toEqual({ go: 1 });
  expect(keyOn(rows, 0, 'ArrowUp')).toEqual({ go: 0 });
  expect(keyOn(rows, 0, 'ArrowRight')).toEqual({ go: 1 });
  expect(keyOn(rows, 2, 'ArrowRight')).toEqual({ toggle: 'yunxi' });
  expect(keyOn(rows, 2, 'ArrowLeft')).toEqual({ go: 0 });
  expect(keyOn(rows, 0, 'ArrowLeft')).toEqual({ toggle: 'hq' });
  expect(keyOn(rows, 1, 'ArrowRight')).toBeNull();
  expect(keyOn(rows, 0, 'End')).toEqual({ go: 3 });
});
