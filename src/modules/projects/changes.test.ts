import { expect, test } from 'vitest';
import { blankProject } from './blank-project.ts';
import { changesBetween, unexplained } from './changes.ts';

const before = { ...blankProject('G353机场快速路项目'), totalYuan: 3_862_000_000, tiers: ['省重点', '市重点'] };

test('only fields that really differ are changes', () => {
  const changes = changesBetween(before, { name: before.name, totalYuan: 4_000_000_000, tiers: ['市重点', '省重点'] });
  expect(changes).toEqual([{ field: 'totalYuan', before: 3_862_000_000, after: 4_000_000_000 }]);
});

test('a changed amount needs a reason, a first amount does not', () => {
  expect(unexplained(changesBetween(before, { totalYuan: 4_000_000_000 }))).toEqual(['totalYuan']);
  expect(unexplained(changesBetween({ ...before, totalYuan: null }, { totalYuan: 4_000_000_000 }))).toEqual([]);
  expect(unexplained(changesBetween(before, { remark: '管线迁改' }))).toEqual([]);
});

test('a date that only gains its source text is a change of that field', () => {
  const date = { day: '2021-12-31', precision: 'year' as const, text: null };
  const changes = changesBetween({ ...before, finishPlanned: date }, { finishPlanned: { ...date, text: '2021年底' } });
  expect(changes.map((c) => c.field)).toEqual(['finishPlanned']);
});
