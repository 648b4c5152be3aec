import { describe, expect, test } from 'vitest';
import { type DocumentText, readPlainText } from '#core/shared/document-text.ts';
import { columnField, columnFields } from './columns.ts';
import type { ProposedRow } from './proposal.ts';
import { propose } from './propose.ts';
import { quantitiesIn } from './quantity.ts';
import { pasted, report, taskTable } from './testing/documents.ts';

const on = '2021-02-19';
const rowsOf = (text: string, title = '', day = on) => propose(readPlainText(text), { title, on: day });
const titles = (rows: readonly ProposedRow[]) => rows.map((row) => row.title);
const who = (row: ProposedRow) => [row.leadText, ...row.coTexts];
const one = (sentence: string) => {
  const rows = rowsOf(`标题\n${sentence}`);
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

function expectTruth(document: DocumentText, rows: readonly ProposedRow[]): void {
  for (const row of rows) {
    expect(row.spans.length).toBeGreaterThan(0);
    for (const span of row.spans) expect(document.text.slice(span.start, span.end)).toBe(span.text);
    const title = row.spans.find((span) => span.field === 'title')!;
    expect(title.text.replace(/\s*\n\s*/g, '')).toBe(row.title);
    for (const quantity of row.quantities)
      expect(document.text.slice(quantity.start, quantity.end)).toBe(quantity.text);
  }
}

describe('prose', () => {
  const rows = rowsOf(report, '2021年政府工作报告');
  const row = (title: RegExp) => rows.find((r) => title.test(r.title))!;

  test('proposes what is ordered, and nothing of what looks back or only exhorts', () => {
    expect(titles(rows)).toEqual([
      '完成示例快速路征地拆迁，力争年内主线通车',
      '抓紧启动示例水厂二期，三季度末完成主体施工',
      '示例新材料产业园一期',
      '开展招商攻坚',
      '建立企业服务专班，每月5日前报送办理情况',
      '新建公办幼儿园8所，新增学位2400个',
      '改造老旧小区60个，惠及居民1.5万户',
      '推进示例中心医院建设，自开工之日起18个月内建成',
      '完成在建工地安全大排查',
    ]);
  });

  test('the bracket behind a paragraph speaks of all its sentences that name nobody', () => {
    for (const title of [/快速路/, /水厂/]) expect(who(row(title))).toEqual(['市住建局', '市自然资源局', '市水务集团']);
  });

  test('先列者为牵头: the first of those who are responsible leads', () => {
    expect(who(row(/招商攻坚/))).toEqual(['市商务局', '市工信局', '各县市区']);
    expect(who(row(/新材料/))).toEqual(['市工信局', '市发改委', '示例新区管委会']);
    expect(who(row(/中心医院/))).toEqual(['市卫健委', '市财政局']);
    expect(who(row(/安全大排查/))).toEqual(['市应急局']);
  });

  test('limits are days, or stay open with their words and the reason', () => {
    expect(rows.map((r) => r.dueOn ?? r.dueWhy)).toEqual([
      '2021-12-31',
      '2021-09-30',
      '2021-12-31',
      null,
      'recurring',
      '2021-08-31',
      '2021-11-20',
      'fromEvent',
      '2021-03-20',
    ]);
    expect(row(/服务专班/).dueWords).toBe('每月5日前');
  });

  test('quarters become goals, amounts are marked, headings are categories without their number', () => {
    const park = row(/新材料/);
    expect(park.goals).toEqual([
      { code: 'Q1', title: '完成征拆', dueOn: '2021-03-31' },
      { code: 'Q2', title: '开工建设', dueOn: '2021-06-30' },
      { code: 'Q4', title: '3栋厂房主体封顶，完成投资6.5亿元', dueOn: '2021-12-31' },
    ]);
    expect(park.quantities.map((q) => [q.kind, q.value, q.unit])).toEqual([
      ['count', 3, '栋'],
      ['money', 6.5, '亿元'],
    ]);
    expect(park.category).toBe('做强产业支撑');
    expect(row(/水厂/).target).toBe('新增供水能力5万吨');
  });

  test('every span is exactly the text at its place', () => expectTruth(readPlainText(report), rows));

  test.each<[string, string[], string | null]>([
    ['会议要求，要加快建设示例港口，9月底前投用（市交通局牵头）。', ['市交通局'], '2021-09-30'],
    ['责成市水利局于6月15日前完成示例堤防加固。', ['市水利局'], '2021-06-15'],
    ['建成示例站房（牵头单位：市住建局；配合单位：市财政局、市审计局）。', ['市住建局', '市财政局', '市审计局'], null],
    ['推进示例绿道建设，年底前完工（市城管局、市住建局负责）。', ['市城管局', '市住建局'], '2021-12-31'],
    ['实施示例工程（责任单位：市发改委（牵头）、市财政局和市统计局）。', ['市发改委', '市财政局', '市统计局'], null],
    [
      '做好示例服务（市商务局（市口岸办）牵头，市财政局配合），三季度末完成。',
      ['市商务局（市口岸办）', '市财政局'],
      '2021-09-30',
    ],
  ])('%s', (sentence, parties, due) => {
    const made = one(sentence);
    expect(who(made)).toEqual(parties);
    expect(made.dueOn).toBe(due);
  });

  test('brackets that name nobody are part of the sentence', () => {
    expect(one('加快建设示例路（含示例桥）项目，年底前通车。').leadText).toBeNull();
    expect(one('加快建设示例路（含示例桥）项目，年底前通车。').title).toContain('（含示例桥）');
  });

  test('lines behind an item say who and by when', () => {
    const [row1] = rowsOf(
      '重点任务\n1.建设示例学校\n新建校舍2栋，新增学位900个。\n牵头单位：市教体局\n配合单位：市财政局、市住建局\n完成时限：8月底前',
    );
    expect(row1).toMatchObject({
      title: '建设示例学校',
      leadText: '市教体局',
      coTexts: ['市财政局', '市住建局'],
      dueOn: '2021-08-31',
    });
  });

  test('一是 … 二是 … in one paragraph are several tasks', () => {
    const rows2 = rowsOf(
      '讲话\n要突出重点：一是加快示例园区建设，6月底前完成规划；二是抓紧示例铁路专线报批，确保年内开工。',
    );
    expect(titles(rows2)).toEqual(['加快示例园区建设，6月底前完成规划', '抓紧示例铁路专线报批，确保年内开工']);
  });

  test('an item whose own list follows is the category of that list', () => {
    const rows2 = rowsOf(
      '要点\n一、工作任务\n1.城市更新\n（1）改造示例路，6月底前完成。\n（2）新建公厕12座，年底前完成。',
    );
    expect(rows2.map((r) => [r.category, r.title])).toEqual([
      ['城市更新', '改造示例路，6月底前完成'],
      ['城市更新', '新建公厕12座，年底前完成'],
    ]);
  });
});

describe('a task table', () => {
  const text = pasted(taskTable);
  const rows = rowsOf(text, '2021年重点工作');

  test('gives a row for each line, group lines as categories', () => {
    expect(rows.map((r) => [r.category, r.title, r.target])).toEqual([
      ['产业项目', '示例产业园一期', '完成投资6.5亿元，建成厂房3栋'],
      ['产业项目', '示例新材料项目', '投产'],
      ['城市建设', '示例快速路', '主线通车18公里'],
    ]);
    expectTruth(readPlainText(text), rows);
  });

  test('先列者为牵头 without a column for the lead, and 牵头 in brackets counts before the order', () => {
    expect(rows.map(who)).toEqual([
      ['市工信局', '市发改委', '市财政局'],
      ['示例新区管委会'],
      ['市住建局', '市自然资源局'],
    ]);
    const other = rowsOf(
      pasted([
        ['任务', '责任单位', '时限'],
        ['建库', '市财政局、市粮食局（牵头）', '年底'],
      ]),
    );
    expect(who(other[0]!)).toEqual(['市财政局', '市粮食局']);
  });

  test('with a column for the lead, those responsible help', () => {
    const [row] = rowsOf(
      pasted([
        ['序号', '工作任务', '牵头单位', '责任单位', '完成时限'],
        ['1', '建库', '市粮食局', '市财政局 市住建局', '12月'],
      ]),
    );
    expect(who(row!)).toEqual(['市粮食局', '市财政局', '市住建局']);
    expect(row!.dueOn).toBe('2021-12-31');
  });

  test('quarter columns are goals on the last day of their quarter, recurring limits stay open', () => {
    expect(rows[0]!.goals.map((g) => [g.code, g.dueOn])).toEqual([
      ['Q1', '2021-03-31'],
      ['Q2', '2021-06-30'],
      ['Q3', '2021-09-30'],
      ['Q4', '2021-12-31'],
    ]);
    expect(rows[1]!.goals.map((g) => g.code)).toEqual(['Q2', 'Q3']);
    expect(rows[2]).toMatchObject({ dueOn: null, dueWords: '每月25日前', dueWhy: 'recurring' });
  });

  test('a plan for next year counts its months in that year', () => {
    const [row] = rowsOf(
      pasted([
        ['2022年任务分解表'],
        ['工作任务', '牵头单位', '完成时限', '一季度'],
        ['建库', '市粮食局', '6月底', '开工'],
      ]),
      '',
      '2021-12-20',
    );
    expect(row).toMatchObject({ dueOn: '2022-06-30', goals: [{ code: 'Q1', title: '开工', dueOn: '2022-03-31' }] });
  });

  test('merged cells go on downwards, and heads may have two rows', () => {
    const cell = (row: number, column: number, words: string, rows2 = 1, columns = 1) => ({
      row,
      column,
      words,
      rows: rows2,
      columns,
    });
    const cells = [
      cell(0, 0, '序号', 2),
      cell(0, 1, '工作任务', 2),
      cell(0, 2, '责任分工', 1, 2),
      cell(0, 4, '季度形象进度', 1, 2),
      cell(1, 2, '牵头单位'),
      cell(1, 3, '配合单位'),
      cell(1, 4, '上半年'),
      cell(1, 5, '12月底'),
      cell(2, 0, '一、民生', 1, 6),
      cell(3, 0, '1'),
      cell(3, 1, '示例学校'),
      cell(3, 2, '市教体局', 2),
      cell(3, 3, '市财政局'),
      cell(3, 4, '封顶'),
      cell(3, 5, '招生'),
      cell(4, 0, '2'),
      cell(4, 1, '示例幼儿园'),
      cell(5, 0, '注：示例', 1, 6),
    ];
    let text2 = '';
    const placed = cells.map(({ words, ...at }) => {
      const start = text2.length;
      text2 += `${words}\t`;
      return { ...at, start, end: start + words.length };
    });
    const document: DocumentText = {
      text: text2,
      blocks: [{ kind: 'table', start: 0, end: text2.length, rows: 6, columns: 6, cells: placed }],
    };
    const made = propose(document, { title: '', on });
    expect(
      made.map((r) => [r.category, r.title, r.leadText, r.coTexts.join(), r.goals.map((g) => g.code + g.title).join()]),
    ).toEqual([
      ['民生', '示例学校', '市教体局', '市财政局', 'Q2封顶,Q4招生'],
      ['民生', '示例幼儿园', '市教体局', '', ''],
    ]);
    expectTruth(document, made);
  });

  test('is told from tables of figures and of people', () => {
    expect(
      rowsOf(
        pasted([
          ['项目', '投资', '完成'],
          ['示例路', '1.2', '0.8'],
        ]),
      ),
    ).toEqual([]);
    expect(
      rowsOf(
        pasted([
          ['姓名', '单位', '电话'],
          ['张示例', '市财政局', '1'],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('headings', () => {
  test.each([
    ['牵头（市）领导', 'leader'],
    ['牵头 单位', 'lead'],
    ['责任（配合）单位', 'co'],
    ['配合单位', 'co'],
    ['协办单位', 'co'],
    ['责任单位', 'responsible'],
    ['完成时限（月底）', 'due'],
    ['时限', 'due'],
    ['工作任务（来源文件/会议）', 'title'],
    ['重点工作', 'title'],
    ['目标（量化）', 'target'],
    ['第二季度', 'Q2'],
    ['截至3月底', 'Q1'],
    ['每季度形象进度/月节点', 'quarters'],
    ['存在问题', 'problem'],
    ['总投资', undefined],
  ])('%s', (heading, field) => expect(columnField(heading)).toBe(field));

  test('of two columns for the task the left one is its category, and 目标任务 beside 重点工作 the target', () => {
    expect(columnFields([['主要任务'], ['具体任务'], ['责任单位']])).toEqual(['category', 'title', 'responsible']);
    expect(columnFields([['重点工作'], ['目标任务'], ['牵头单位'], ['责任单位']])).toEqual([
      'title',
      'target',
      'lead',
      'co',
    ]);
  });
});

describe('amounts', () => {
  test.each([
    ['完成投资12.5亿元', ['12.5亿元']],
    ['增长8%以上、提高2个百分点', ['8%', '2个百分点']],
    ['新建厂房3.2万平方米、道路18公里', ['3.2万平方米', '18公里']],
    ['引进项目20个，培训1,200人次', ['20个', '1200人次']],
    ['达到百分之八十五', ['85%']],
    ['2021年3月16日开工，3个月内完成', []],
    ['在5个方面取得突破', []],
  ])('%s', (text, expected) => expect(quantitiesIn(text).map((q) => `${q.value}${q.unit}`)).toEqual(expected));
});

test('for documents put together at random every span is true and nothing throws', () => {
  const pieces = [
    '一、任务',
    '\n',
    '（一）加快项目。',
    '1.',
    '示例路',
    '年底前通车',
    '，',
    '。',
    '；',
    '（市发改委牵头',
    '）',
    '“',
    '”',
    '工作任务\t牵头单位\n',
    '市财政局\t',
    '5月底前',
    '完成投资3亿元',
    '①',
    '责任单位：',
    '牵头单位：市水利局',
    '三季度',
    '每月5日前',
    '要',
    '？',
    '（',
  ];
  let seed = 11;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let n = 0; n < 1_500; n += 1) {
    const text = Array.from({ length: 3 + (next() % 40) }, () => pieces[next() % pieces.length]).join('');
    const document = readPlainText(text);
    expectTruth(document, propose(document, { title: '', on }));
  }
});
