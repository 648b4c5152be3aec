import { describe, expect, test } from 'vitest';
import { blankProject } from '../blank-project.ts';
import type { ProjectFields } from '../contract.ts';
import type { RegisterRow } from './diff.ts';
import { planOf, sheetOf, type Value } from './testing/plan-of.ts';

describe('against the register', () => {
  const register = (
    fields: Partial<ProjectFields> & { name: string },
    more: Partial<RegisterRow> = {},
  ): RegisterRow => ({
    id: `id-${fields.name}`,
    serial: 1,
    fields: { ...blankProject(fields.name), ...fields },
    ownerName: null,
    plans: [],
    ...more,
  });
  const heads = ['项目名称', '项目代码', '业主单位', '总投资（万元）', '2021年计划投资（万元）', '计划竣工'];
  const status = (cells: Value[], rows: RegisterRow[], units = {}) =>
    planOf(sheetOf([heads, cells]), { register: rows, units, createUnits: false })!.rows[0]!;

  test('a project is found by its code even under another name, and shows old and new cell by cell', () => {
    const row = status(
      ['市中心医院', '2101-430600-04-01-123456', null, 1000, 50, '2023年底'],
      [
        register(
          {
            name: '中心医院',
            code: '2101-430600-04-01-123456',
            totalYuan: 9_000_000,
            finishPlanned: { day: '2023-12-31', precision: 'year', text: '2023年' },
          },
          { plans: [{ year: 2021, planYuan: 400_000, goal: '封顶' }] },
        ),
      ],
    );
    expect(row).toMatchObject({ status: 'changed', projectId: 'id-中心医院' });
    expect(row.changes).toEqual([
      { field: 'name', before: '中心医院', after: '市中心医院', column: 0 },
      { field: 'totalYuan', before: 9_000_000, after: 10_000_000, column: 3 },
      { field: 'planYuan.2021', before: 400_000, after: 500_000, column: 4 },
    ]);
    expect(row.writePlans).toEqual([{ year: 2021, planYuan: 500_000, goal: '封顶' }]);
  });

  test('a project is found by name and owner; empty cells clear nothing', () => {
    const row = status(
      ['甲 项目', null, '市交投', null, null, null],
      [register({ name: '甲项目', totalYuan: 5, ownerUnitId: 'u1' }, { ownerName: '市交投集团' })],
      { 市交投: 'u1' },
    );
    expect(row).toMatchObject({ status: 'changed', changes: [{ field: 'name', before: '甲项目', after: '甲 项目' }] });
  });

  test('the same file again changes nothing', () => {
    const first = status(['甲', '2101-430600-04-01-123456', '市交投', 1000, 50, '2023年底'], []);
    expect(first.status).toBe('new');
    const again = status(
      ['甲', '2101-430600-04-01-123456', '市交投', 1000, 50, '2023年底'],
      [register({ ...first.write, name: '甲' }, { ownerName: '市交投', plans: first.writePlans })],
    );
    expect(again).toMatchObject({ status: 'unchanged', changes: [] });
  });

  test.each<[string, Value[], RegisterRow[], string]>([
    [
      'two projects of one name',
      ['甲', null, null, 1],
      [register({ name: '甲' }, { id: 'a' }), register({ name: '甲' }, { id: 'b' })],
      'ambiguous_match',
    ],
    [
      'two projects of one code',
      ['丙', 'X-1', null, 1],
      [register({ name: '甲', code: 'X-1' }), register({ name: '乙', code: 'X-1' })],
      'ambiguous_match',
    ],
    [
      'the name with another owner',
      ['甲', null, '市城投', 1],
      [register({ name: '甲', ownerText: '市交投' }, { ownerName: '市交投' })],
      'same_name_other_owner',
    ],
    ['the name with another code', ['甲', 'X-2', null, 1], [register({ name: '甲', code: 'X-1' })], 'code_differs'],
  ])('%s is refused', (_, cells, rows, code) => {
    expect(status(cells, rows)).toMatchObject({ status: 'refused', errors: [{ code }] });
  });

  test('two rows that are one project: the second is refused', () => {
    const plan = planOf(sheetOf([heads, ['甲', null, '市交投', 1], ['甲', null, '市交投', 2]]))!;
    expect(plan.rows.map((r) => r.status)).toEqual(['new', 'refused']);
    expect(plan.rows[1]!.errors).toMatchObject([{ code: 'duplicate_in_file' }]);
  });

  test('units that the city does not have are proposed, with the rows that name them', () => {
    const plan = planOf(
      sheetOf([heads, ['甲', null, '新公司', 1], ['乙', null, '新公司', 1], ['丙', null, '市交投', 1]]),
      { units: { 市交投: 'u1' } },
    )!;
    expect(plan.newUnits).toEqual([{ name: '新公司', use: 'owner', rows: 2 }]);
    expect(plan.rows[2]!.write.ownerUnitId).toBe('u1');
  });
});
