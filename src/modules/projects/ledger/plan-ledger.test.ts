import { describe, expect, test } from 'vitest';
import { labelOf } from './mapping.ts';
import { planOf, sheetOf, type Value } from './testing/plan-of.ts';

const messy = sheetOf(
  [
    ['附件1'],
    ['2021年岳阳市重点项目计划表（示例）'],
    [null, null, null, null, null, null, null, '单位：万元'],
    [
      '序号',
      '项目名称',
      '建设起止年限',
      null,
      '总投资（亿元）',
      '至2020年底累计完成投资',
      '2021年计划',
      null,
      '业主单位',
      '备注',
    ],
    [null, null, '开工', '竣工', null, null, '投资', '建设目标'],
    ['一、产业项目（3个）', null, null, null, 11.2],
    [1, '市中心医院项目', '2021.3.16', '2023年底', 8.6, 12000, 3500, '主体封顶', '岳阳市交投集团'],
    [2, '园区标准化厂房（打捆2个）', '2020年', '6月底前', 1.6, null, '0.5亿元', null, '岳阳市城投集团'],
    [2.1, 'A区厂房', null, null, 1, null, 3000, null, '岳阳市城投集团'],
    [2.2, 'B区厂房', null, null, 0.6, null, 2000, null, '岳阳市城投集团'],
    [3, '粮仓改造', '已开工', '2021年12月', 1, null, 600, null, '岳阳农发公司'],
    [],
    ['小计', null, null, null, 11.2, 12000, 9100],
    ['注：标“示例”的为虚构。'],
  ],
  ['A2:I2', 'A4:A5', 'B4:B5', 'C4:D4', 'E4:E5', 'F4:F5', 'G4:H4', 'I4:I5', 'J4:J5', 'A6:D6'],
);

describe('the head of a ledger', () => {
  test('is found below the title and the unit line, over two merged levels', () => {
    const plan = planOf(messy)!;
    expect(plan.structure).toMatchObject({
      title: '2021年岳阳市重点项目计划表（示例）',
      unitLine: { row: 3, text: '单位：万元', unit: '万元' },
      year: 2021,
      headerRows: [4, 5],
      dataRows: 5,
      packages: 1,
      projects: 3,
      items: 4,
    });
    expect(plan.columns.map((c) => [c.path.join('›'), c.field, c.year, c.unit, c.unitSource])).toEqual([
      ['序号', 'serial', null, null, null],
      ['项目名称', 'name', null, null, null],
      ['建设起止年限›开工', 'startPlanned', null, null, null],
      ['建设起止年限›竣工', 'finishPlanned', null, null, null],
      ['总投资（亿元）', 'totalYuan', null, '亿元', 'header'],
      ['至2020年底累计完成投资', 'doneBeforeYuan', null, '万元', 'unitLine'],
      ['2021年计划›投资', 'planYuan', 2021, '万元', 'unitLine'],
      ['2021年计划›建设目标', 'goal', 2021, null, null],
      ['业主单位', 'owner', null, null, null],
      ['备注', 'remark', null, null, null],
    ]);
    expect(plan.structure.skipped.map((s) => [s.row, s.kind])).toEqual([
      [6, 'group'],
      [13, 'total'],
      [14, 'note'],
    ]);
  });

  test('is found without merges, as in a CSV', () => {
    const plan = planOf(
      sheetOf([
        ['序号', '项目名称', '2021年计划', '', '责任单位'].map((v) => v || null),
        [null, null, '投资（万元）', '目标', null],
        ['1', '西环线', '3500', '通车', '市交通局'],
      ]),
    )!;
    expect(plan.structure.headerRows).toEqual([1, 2]);
    expect(plan.columns.map((c) => c.field)).toEqual(['serial', 'name', 'planYuan', 'goal', 'lead']);
    expect(plan.rows[0]!.plans).toEqual([{ year: 2021, planYuan: 35_000_000, goal: '通车' }]);
  });

  test('of one level is not taken to reach into the first project', () => {
    const plan = planOf(
      sheetOf([
        ['项目名称', '建设性质', '总投资（万元）'],
        ['西环线', '新建', 100],
        ['东环线', '扩建', 200],
      ]),
    )!;
    expect(plan.structure.headerRows).toEqual([1, 1]);
    expect(plan.rows).toHaveLength(2);
  });

  test('is missing in a sheet that is no ledger', () => {
    expect(planOf(sheetOf([['会议纪要'], ['时间：9月26日'], ['一、关于…']]))).toBeUndefined();
  });
});

describe('rows', () => {
  const rows = planOf(messy)!.rows;

  test('become projects with yuan, dates that keep their words, and the board of their group', () => {
    expect(rows[0]).toMatchObject({
      row: 6,
      status: 'new',
      fields: {
        name: '市中心医院项目',
        board: '产业',
        totalYuan: 860_000_000,
        doneBeforeYuan: 120_000_000,
        startPlanned: { day: '2021-03-16', precision: 'day', text: '2021.3.16' },
        finishPlanned: { day: '2023-12-31', precision: 'year', text: '2023年底' },
      },
      plans: [{ year: 2021, planYuan: 35_000_000, goal: '主体封顶' }],
      units: { owner: '岳阳市交投集团' },
    });
  });

  test('of a package know their package, and a unit in the cell beats that of the column', () => {
    expect(rows.map((r) => [r.fields.name, r.parentRow])).toEqual([
      ['市中心医院项目', null],
      ['园区标准化厂房（打捆2个）', null],
      ['A区厂房', 7],
      ['B区厂房', 7],
      ['粮仓改造', null],
    ]);
    expect(rows[1]!.plans[0]!.planYuan).toBe(50_000_000);
    expect(rows[1]!.fields.finishPlanned).toEqual({ day: '2021-06-30', precision: 'month', text: '6月底前' });
  });

  test('that say 已开工 without a day suggest a stage and no date', () => {
    expect(rows[4]).toMatchObject({ stageHint: 'building', errors: [] });
    expect(rows[4]!.fields.startPlanned).toBeUndefined();
  });

  test('of a group whose title counts otherwise are remarked', () => {
    const plan = planOf(
      sheetOf([
        ['项目名称', '总投资（万元）'],
        ['一、产业项目（5个）', null],
        ['甲', 1],
        ['乙', 2],
      ]),
    )!;
    expect(plan.rows[0]!.warnings).toMatchObject([{ code: 'count_differs' }]);
  });

  test('are added up against the totals that the ledger states', () => {
    const remarks = (total: number) =>
      planOf(
        sheetOf([
          ['项目名称', '总投资（万元）'],
          ['一、产业', null],
          ['甲', 100],
          ['乙', 200],
          ['小计', total],
          ['二、生态', null],
          ['丙', 50],
          ['合计', 350],
        ]),
      )!
        .structure.skipped.filter((row) => row.kind === 'total')
        .map((row) => row.remark?.zh ?? null);
    expect(remarks(300)).toEqual([null, null]);
    expect(remarks(320)).toEqual(['“总投资（万元）”写 320 万元，表内各行相加为 300 万元', null]);
  });

  test('share what is merged over them, but not an amount', () => {
    const plan = planOf(
      sheetOf(
        [
          ['项目名称', '责任单位', '总投资（万元）'],
          ['甲', '市交通局', 100],
          ['乙', null, null],
        ],
        ['B2:B3', 'C2:C3'],
      ),
    )!;
    expect(plan.rows[1]).toMatchObject({ units: { lead: '市交通局' } });
    expect(plan.rows[1]!.fields.totalYuan).toBeUndefined();
  });

  test('below “其中：” belong to the package until the next number', () => {
    const plan = planOf(
      sheetOf([
        ['序号', '项目名称'],
        [1, '打捆甲'],
        [null, '其中：一期'],
        [null, '二期'],
        [2, '乙'],
        ['（1）', '乙之一'],
        ['（2）', '乙之二'],
        [3, '丙'],
      ]),
    )!;
    expect(plan.rows.map((r) => [r.fields.name, r.parentRow])).toEqual([
      ['打捆甲', null],
      ['一期', 1],
      ['二期', 1],
      ['乙', null],
      ['乙之一', 4],
      ['乙之二', 4],
      ['丙', null],
    ]);
    expect(plan.structure).toMatchObject({ packages: 2, projects: 3, items: 5 });
  });
});

describe('what cannot be read is refused at its cell', () => {
  const refused = (heads: string[], cells: Value[], answers = {}) => {
    const plan = planOf(
      sheetOf([
        ['项目名称', ...heads],
        ['甲', ...cells],
      ]),
      { answers },
    )!;
    return { plan, row: plan.rows[0]!, codes: plan.rows[0]!.errors.map((e) => [e.column, e.code]) };
  };

  test.each<[string, Value, string]>([
    ['计划开工', '2021年2月31日', 'date_impossible'],
    ['计划开工', 2021.1, 'date_ambiguous'],
    ['计划开工', '视征拆而定', 'date_unclear'],
    ['总投资（万元）', { value: null, kind: 'error', error: '#REF!' }, 'excel_error'],
    ['总投资（万元）', { value: null, kind: 'empty', formulaWithoutValue: true }, 'formula_without_value'],
    ['总投资（万元）', '1.2-1.5亿', 'amount_range'],
    ['总投资（万元）', '见附表', 'amount_unclear'],
    ['总投资（万元）', -5, 'amount_negative'],
    ['计划类型', '其它', 'choice_unknown'],
    ['备注', 'x'.repeat(1001), 'too_long'],
  ])('%s: %s', (head, value, code) => {
    const { row, codes } = refused([head], [value]);
    expect(codes).toEqual([[1, code]]);
    expect(row.status).toBe('refused');
  });

  test('or, when the user says so, left out with a remark', () => {
    const { row } = refused(['计划开工', '备注'], ['2021年2月31日', '留着'], { unreadable: 'skip' });
    expect(row).toMatchObject({
      status: 'new',
      errors: [],
      warnings: [{ column: 1, code: 'date_impossible' }],
      write: { remark: '留着' },
    });
    expect(row.texts[1]).toBe('2021年2月31日');
  });

  test('a project without a name is refused', () => {
    const plan = planOf(
      sheetOf([
        ['序号', '项目名称', '备注', '责任人'],
        [1, null, '没有名称', '张三'],
      ]),
    )!;
    expect(plan.rows[0]).toMatchObject({ status: 'refused', errors: [{ column: 1, code: 'no_name' }] });
  });

  test('an item of a refused package is refused with it', () => {
    const plan = planOf(
      sheetOf([
        ['序号', '项目名称', '计划开工'],
        [1, '打捆', '2021年13月'],
        [1.1, '子项', '2021年3月'],
      ]),
    )!;
    expect(plan.rows[1]!.errors).toMatchObject([{ code: 'package_refused' }]);
  });
});

describe('questions', () => {
  test('a unit that nothing states is asked, and the answer fills the gap only', () => {
    const sheet = sheetOf([
      ['项目名称', '总投资', '年度计划投资（亿元）'],
      ['甲', 320, 1],
    ]);
    const asked = planOf(sheet, { answers: { year: 2021 } })!;
    expect(asked.questions).toMatchObject([{ kind: 'unit', column: 1, isBlocking: true }, { kind: 'code' }]);
    const answered = planOf(sheet, { answers: { year: 2021, units: { '*': '万元' } } })!;
    expect(answered.questions.filter((q) => q.isBlocking)).toEqual([]);
    expect(answered.rows[0]).toMatchObject({ fields: { totalYuan: 3_200_000 }, plans: [{ planYuan: 100_000_000 }] });
  });

  test('a year that nothing states is asked', () => {
    const sheet = sheetOf([
      ['项目名称', '年度计划投资（万元）', '计划开工'],
      ['甲', 1, '6月底前'],
    ]);
    expect(planOf(sheet)!.questions).toMatchObject([{ kind: 'year', isBlocking: true }, { kind: 'code' }]);
    expect(planOf(sheet, { answers: { year: 2021 } })!.rows[0]).toMatchObject({
      plans: [{ year: 2021 }],
      fields: { startPlanned: { day: '2021-06-30' } },
    });
  });

  test('a coordinate system is asked unless the heading names it', () => {
    expect(
      planOf(
        sheetOf([
          ['项目名称', '经度', '纬度'],
          ['甲', 113.1, 29.3],
        ]),
      )!.questions,
    ).toMatchObject([{ kind: 'crs' }, {}]);
    const named = planOf(
      sheetOf([
        ['项目名称', '经度（高德）', '纬度（高德）'],
        ['甲', 113.1, 29.3],
      ]),
    )!;
    expect(named.rows[0]!.fields.point).toEqual({ crs: 'GCJ-02', x: 113.1, y: 29.3 });
  });
});

describe('the mapping', () => {
  test('never uses a field twice, and values settle what a heading leaves open', () => {
    const plan = planOf(
      sheetOf([
        ['项目名称', '建设性质', '项目类别', '建设地点', '责任单位', '牵头单位', '完成率（%）'],
        ['甲', '续建', '省重点', '岳阳楼区', '市交通局', '市发改委', 50],
        ['乙', '新开工', '市重点', '君山区', '市住建局', '市发改委', 60],
      ]),
    )!;
    expect(plan.columns.map((c) => c.field)).toEqual(['name', 'planKind', 'tiers', 'region', 'lead', null, 'rate']);
  });

  test('may be chosen by the user or come from a template, which holds over another year', () => {
    const sheet = sheetOf([
      ['项目名称', '奇怪的列', '2022年计划投资'],
      ['甲', '市交通局', 5],
    ]);
    const chosen = planOf(sheet, {
      mapping: [
        { column: 0, field: 'name' },
        { column: 1, field: 'owner' },
      ],
    })!;
    expect(chosen.columns.map((c) => c.field)).toEqual(['name', 'owner', null]);
    const template = {
      name: '县区报表',
      columns: [
        { label: labelOf(['奇怪的列']), field: 'owner' as const },
        { label: labelOf(['2021年计划投资']), field: 'planYuan' as const, unit: '万元' as const },
      ],
    };
    const plan = planOf(sheet, { template })!;
    expect(plan.structure.template).toBe('县区报表');
    expect(plan.columns.map((c) => [c.field, c.year, c.unit])).toEqual([
      ['name', null, null],
      ['owner', null, null],
      ['planYuan', 2022, '万元'],
    ]);
  });
});
