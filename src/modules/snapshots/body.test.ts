import { expect, test } from 'vitest';
import { bodyOf, canonicalText, cellCount, changesBetween, rowsOf, type SnapshotRow } from './body.ts';

const rows: SnapshotRow[] = [
  { id: 'b', name: '乙厂', planYuan: 20, monthYuan: null },
  { id: 'a', name: '甲桥', planYuan: 10, monthYuan: 3 },
];

test('the same cells in another order are the same text (city-systems.md §4.12, 24)', () => {
  const shuffled = [...rows].reverse().map((row) => Object.fromEntries(Object.entries(row).reverse()) as SnapshotRow);
  expect(canonicalText(bodyOf(shuffled))).toBe(canonicalText(bodyOf(rows)));
  expect(canonicalText(bodyOf(rows))).toBe(
    '{"fields":["monthYuan","name","planYuan"],"rows":[["a",3,"甲桥",10],["b",null,"乙厂",20]],"schema":"guatu.snapshot/1"}',
  );
});

test('one other cell is another text', () => {
  const other = rows.map((row) => (row.id === 'a' ? { ...row, monthYuan: 4 } : row));
  expect(canonicalText(bodyOf(other))).not.toBe(canonicalText(bodyOf(rows)));
  expect(changesBetween(bodyOf(rows), bodyOf(other))).toEqual([
    { projectId: 'a', name: '甲桥', field: 'monthYuan', old: 3, new: 4 },
  ]);
});

test('a project that came or went is told cell by cell', () => {
  expect(changesBetween(bodyOf(rows), bodyOf([rows[1]!]))).toEqual([
    { projectId: 'b', name: '乙厂', field: 'name', old: '乙厂', new: null },
    { projectId: 'b', name: '乙厂', field: 'planYuan', old: 20, new: null },
  ]);
});

test('rows come back as they went in, and cells are counted without the key', () => {
  expect(rowsOf(bodyOf(rows))).toEqual([rows[1], rows[0]]);
  expect(cellCount(bodyOf(rows))).toBe(6);
});
