// Invented sentences (示例) in the manner of bulletins, one for each turn of the language that a rule has to know.
import { describe, expect, test } from 'vitest';
import { checkText } from './check.ts';
import { cleanText } from './clean.ts';
import { groupChecks } from './grouped.ts';
import { markText } from './mark.ts';
import type { MarkKind } from './shapes.ts';

const marks = (text: string, kind: MarkKind, documentDate: string | null = '2021-09-26') =>
  markText(cleanText(text), { documentDate }).filter((mark) => mark.kind === kind);
const words = (text: string, kind: MarkKind) => marks(text, kind).map((mark) => mark.text);

describe('persons', () => {
  const persons = (text: string) => marks(text, 'person').map(({ person }) => [person!.name, person!.post]);
  test('a row before 等市领导 is of persons, even where a family name is rare', () => {
    expect(words('陈示例、杨宜示、花家范、钱先例等市领导出席会议。', 'person')).toEqual([
      '陈示例',
      '杨宜示',
      '花家范',
      '钱先例',
    ]);
    expect(words('这次开工分别由市领导鞠示范,孙向例,段利示,李瑶主持。', 'person')).toHaveLength(4);
  });
  test('posts that one person holds are told together', () => {
    expect(persons('市住建局党组书记、局长李示表示')).toEqual([['李示', '市住建局党组书记、局长']]);
    expect(persons('县委常委、常务副县长司马示主持会议')).toEqual([['司马示', '县委常委、常务副县长']]);
  });
  test('a name ends where a whole word begins', () => {
    expect(persons('区委书记杨国正一行到我县考察')).toEqual([['杨国正', '区委书记']]);
    expect(persons('县委书记张扬下达开工令')).toEqual([['张扬', '县委书记']]);
    expect(persons('副县长高军、马金例分工负责')).toEqual([
      ['高军', '副县长'],
      ['马金例', '副县长'],
    ]);
  });
  test('names of other tongues, double family names, comrades and the signature of a story are found', () => {
    expect(words('副县长买买提·示例参加，张示范同志指出', 'person')).toEqual(['买买提·示例', '张示范同志']);
    expect(words('副主任诸葛示汇报。\n(周示例)', 'person')).toEqual(['诸葛示', '周示例']);
  });
  test('those whom nobody names are no persons', () => {
    expect(words('22名村民代表签订协议，有关同志要负责，单位同志到场，项目负责人介绍', 'person')).toEqual([]);
  });
});

describe('units', () => {
  test('short names of departments stand alone, in rows and behind who asks them', () => {
    expect(words('请交通局尽快销号，责成市海洋局整改，市农委、市文明办、市综治办要配合', 'unit')).toEqual([
      '交通局',
      '市海洋局',
      '市农委',
      '市文明办',
      '市综治办',
    ]);
    expect(words('市督查室会同区效能办、县妇联开展督查', 'unit')).toEqual(['市督查室', '区效能办', '县妇联']);
  });
  test('a verb in front of a body is no part of its name', () => {
    expect(words('完成市政府下达目标，高于市政府确定的目标', 'unit')).toEqual(['市政府', '市政府']);
    expect(words('上报至市整改工作领导小组办公室', 'unit')).toEqual(['市整改工作领导小组办公室']);
  });
});

describe('projects', () => {
  test('what is done to any project names none', () => {
    expect(
      words(
        '要切实增强项目意识，千方百计筹措项目资金，以好作风跑出项目加速度，力促项目早开工，举行此次项目开工',
        'project',
      ),
    ).toEqual([]);
    expect(words('杜绝项目滞后，打造一批精品工程、放心工程，开展“四比四看”项目竞赛', 'project')).toEqual([]);
  });
  test('classes of projects are no projects, with or without a place and a year', () => {
    expect(words('跨区域打捆项目、工业经济新增长点项目、普通国省干线公路项目、地方项目', 'project')).toEqual([]);
    expect(words('示例市2023年二季度重点工业项目集中开工，全市县市区项目、三市项目', 'project')).toEqual([]);
    expect(words('听取了交通、水利等领域15个重大项目情况', 'project')).toEqual([]);
  });
  test('names of works stay whole', () => {
    expect(
      words('总投资12.5亿元的中科示例生物质综合利用项目（一期）投产，甲川至乙河高铁进入铺轨阶段', 'project'),
    ).toEqual(['中科示例生物质综合利用项目（一期）', '甲川至乙河高铁']);
    expect(words('市人民医院示例院区项目、年产5万吨示例化学品项目因用地停工', 'project')).toContain(
      '年产5万吨示例化学品项目',
    );
  });
});

describe('more about works', () => {
  test('works that stand before the last of a row are known by their ends', () => {
    expect(words('对甲川抽水蓄能电站、乙河港示例扩建工程实行专班推进', 'project')).toEqual([
      '甲川抽水蓄能电站',
      '乙河港示例扩建工程',
    ]);
    expect(words('城北示例水厂已于8月28日通水，清示大道4月底建成通车', 'project')).toEqual([
      '城北示例水厂',
      '清示大道',
    ]);
  });
  test('hydraulic works of a class are none', () => {
    expect(words('重大引调水工程、水土保持工程、河湖水系连通工程、某某省保障性安居工程', 'project')).toEqual([]);
  });
});

describe('requirements', () => {
  const required = (text: string) => marks(text, 'requirement').map(({ text: t, requirement: r }) => [t, r!.who]);
  test('what somebody else will do is no part of an order', () => {
    expect(required('会议要求，市财政局要统筹安排资金，市政府督查室将于下月开展督查。')).toEqual([
      ['市财政局要统筹安排资金', '市财政局'],
    ]);
  });
  test('an order may speak of last year, and last year is not its limit', () => {
    const [order] = marks('会议指出,要尽快清理剩余、加快推进去年的片区、启动新片区。', 'requirement');
    expect(order!.requirement).toMatchObject({ by: null });
    expect(required('各相关部门要充分了解政策要求,确保投向精准。')).toEqual([
      ['各相关部门要充分了解政策要求,确保投向精准', '各相关部门'],
    ]);
  });
  test('a unit is asked by 请', () => {
    expect(required('请示例交通局按照要求,尽快销号。').length).toBe(1);
  });
});

describe('figures', () => {
  const values = (text: string, kind: MarkKind) => marks(text, kind).map(({ quantity: q }) => [q!.value, q!.bend]);
  test('amounts written out in Chinese and in two parts', () => {
    expect(values('完成四万九千二百七十四亿元，补助三万五千元，贷款3亿5000万元，借款一亿二千万元', 'amount')).toEqual([
      ['4927400000000', null],
      ['35000', null],
      ['350000000', null],
      ['120000000', null],
    ]);
    expect(values('打造千亿级产业集群，百亿企业3家', 'amount')).toEqual([]);
  });
  test('tenths, doublings and multiples', () => {
    expect(values('超过九成、近七成，增长二成四', 'rate')).toEqual([
      ['90', 'above'],
      ['70', 'less'],
      ['24', null],
    ]);
    expect(words('翻了两番，增长一倍，增长2.5倍', 'count')).toEqual(['两番', '一倍', '2.5倍']);
  });
  test('points whose word is told once', () => {
    expect(words('高于全国0.4、全省0.1个百分点，回落1.2个、0.8个百分点', 'points')).toEqual([
      '0.4',
      '0.1个百分点',
      '1.2个',
      '0.8个百分点',
    ]);
  });
  test('a kilometre is no thousand metres of something else', () => {
    expect(values('铺设管网12.5千米，开行120列，装灯300盏，沉管30节', 'count')).toEqual([
      ['12.5', null],
      ['120', null],
      ['300', null],
      ['30', null],
    ]);
  });
  test('a place in an order begins with its verb', () => {
    expect(words('进度居全省第二位，全省市州排名第三位，排名第3', 'rank')).toEqual([
      '居全省第二位',
      '全省市州排名第三位',
      '排名第3',
    ]);
  });
  test('a count may stand behind a narrow colon', () => {
    expect(words('其中:10个项目建成，27个项目推进', 'count')).toEqual(['10个', '27个']);
  });
});

describe('dates', () => {
  const dates = (text: string) => marks(text, 'date').map(({ text: t, date: d }) => [t, d!.from, d!.to, d!.bound]);
  test('what a report tells of the past is resolved in the past', () => {
    expect(dates('9月上旬开工')).toEqual([['9月上旬', '2021-09-01', '2021-09-10', 'on']]);
    expect(dates('去年底建成')).toEqual([['去年底', '2020-12-01', '2020-12-31', 'on']]);
    expect(dates('10月以来加快')).toEqual([['10月以来', '2020-10-01', '2021-09-26', 'from']]);
    expect(dates('2019年以来')).toEqual([['2019年以来', '2019-01-01', '2021-09-26', 'from']]);
  });
  test('plans of five years, ranges of years and years of the last century', () => {
    expect(dates('“十四五”期间')).toEqual([['“十四五”期间', '2021-01-01', '2025-12-31', 'on']]);
    expect(dates('2023—2025年')).toEqual([['2023—2025年', '2023-01-01', '2025-12-31', 'on']]);
    expect(dates('一九九四年')).toEqual([['一九九四年', '1994-01-01', '1994-12-31', 'on']]);
    expect(dates('21年9月')).toEqual([['21年9月', '2021-09-01', '2021-09-30', 'on']]);
  });
  test('next month, the second half of a month, and months behind the number of a paragraph', () => {
    expect(dates('将于下月开展')).toEqual([['下月', '2021-10-01', '2021-10-31', 'on']]);
    expect(dates('5月中下旬组织')).toEqual([['5月中下旬', '2021-05-11', '2021-05-31', 'on']]);
    expect(dates('1.示例\n3.12月底前完成')).toEqual([['12月底前', '2021-12-01', '2021-12-31', 'before']]);
  });
  test('the budget of a year’s beginning and the output after completion are no dates', () => {
    expect(dates('完成年初预算的45.5%，以上年度计划，达产后年产值30亿元')).toEqual([]);
  });
  test('months may be counted with 两; a rhythm is no month', () => {
    expect(dates('前两个月')).toEqual([['前两个月', '2021-01-01', '2021-02-28', 'on']]);
    expect(dates('建立一月一督查制度')).toEqual([]);
  });
});

describe('works without 项目', () => {
  test('are known by what becomes of them, with the name in brackets; dashes, headings and states are no part', () => {
    expect(words('示例二桥(南示大桥)4月2日全线建成通车，甲乙高铁丙市至丁市段已进入联调联试阶段。', 'project')).toEqual([
      '示例二桥(南示大桥)',
      '甲乙高铁丙市至丁市段',
    ]);
    expect(words('全线首座隧道――示青隧道顺利贯通；主会场示法麦三期项目开工', 'project')).toEqual([
      '示青隧道',
      '示法麦三期项目',
    ]);
    expect(words('【项目进展】轨道项目进入高潮，4个在列省重点轨道项目加快，最大枢纽机场建成', 'project')).toEqual([]);
  });
});

describe('what a figure measures', () => {
  const measures = (text: string) =>
    markText(cleanText(text), { documentDate: '2021-09-26' }).flatMap(({ measures: m }) =>
      m ? [[m.label, m.subject, m.base, m.period]] : [],
    );
  const told = (text: string) => measures(text).map(([label, subject, base]) => [label, subject, base]);
  test('a subject holds over commas, and behind 其中 only to the end of its sentence', () => {
    expect(
      told('示例级项目共30项，其中：新建项目12项，已开工9项，开工率75%。累计完成投资3亿元，为年度投资计划的60%。'),
    ).toEqual([
      ['示例级项目', null, null],
      ['新建项目', null, null],
      ['开工', '新建项目', '新建项目12项'],
      ['开工率', '新建项目', '新建项目12项'],
      ['完成投资', '示例级项目', null],
      ['完成投资', '示例级项目', '年度投资计划'],
    ]);
  });
  test('a row behind 分别 gives each figure its own name, also when the names were told before', () => {
    expect(told('市、县级重点项目分别完成投资3亿元、2亿元，完成率分别为61%、52%。')).toEqual([
      ['完成投资', '市级重点项目', null],
      ['完成投资', '县级重点项目', null],
      ['完成率', '市级重点项目', null],
      ['完成率', '县级重点项目', null],
    ]);
    expect(told('开工率、投产率分别为86%和30%').map(([label]) => label)).toEqual(['开工率', '投产率']);
  });
  test('a change is of what was told before it, and points behind a growth are of the growth', () => {
    expect(told('全市完成示例业投资9亿元，同比增长3.9倍，增幅比一季度回落2个百分点，占全市投资比重为4%')).toEqual([
      ['完成示例业投资', '全市', null],
      ['完成示例业投资同比增长', '全市', '去年同期'],
      ['增幅回落', '全市', '一季度'],
      ['完成示例业投资', '全市', '全市投资'],
    ]);
    expect(told('第一产业投资2亿元，增长7.2%，回落4.5个百分点').map(([label]) => label)).toEqual([
      '投资',
      '投资增长',
      '投资增速回落',
    ]);
  });
  test('what limits, what names a work, and what stands in brackets is no subject', () => {
    expect(told('计划实施千万元以上重点项目71个（含打包12个），总投资337亿元')).toEqual([
      ['千万元以上重点项目', null, null],
      ['千万元以上重点项目', null, null],
      ['含打包', null, null],
      ['总投资', '千万元以上重点项目', null],
    ]);
    expect(told('示例公司年产20万吨示例材料项目已完成总工程量的90%')).toEqual([
      ['年产', null, null],
      ['完成率', '示例材料项目', '总工程量'],
    ]);
  });
  test('146 projects that have all begun again say so', () => {
    expect(
      told(
        '146个续建项目已全面复工，170个新开项目已开工145个，已开工27个小区，完成投资324亿元，占年度计划400亿元的81%',
      ),
    ).toEqual([
      ['续建项目已全面复工', '续建项目', null],
      ['新开项目', null, null],
      ['开工', '新开项目', '170个新开项目'],
      ['开工小区', '新开项目', '170个新开项目'],
      ['完成投资', '新开项目', null],
      ['年度计划', '新开项目', null],
      ['完成投资', '新开项目', '年度计划'],
    ]);
  });
  test('deadlines and what is compared with are no time of a figure; a plan is of its year, a total of no time', () => {
    expect(
      measures('1-9月，示例项目总投资8亿元，年度计划投资3亿元，完成投资2亿元，比去年同期增长9%').map((m) => m[3]),
    ).toEqual([null, '年度', '1-9月', '1-9月']);
  });
  test('a cell is of the head of its column and the first cell of its row', () => {
    expect(told('| 单位 | 完成投资 | 完成率 |\n| 甲县 | 3.1 | 78.9% |\n| 乙县 | 2.2 | 73.2% |')).toEqual([
      ['完成率', '甲县', null],
      ['完成率', '乙县', null],
    ]);
  });
  test('words that repeat themselves cost no more than others', () => {
    const started = performance.now();
    const text = `${'共有'.repeat(26)}3个，${'约为'.repeat(25)}3%、${'累计完成'.repeat(20)}投资3亿元`.repeat(20);
    markText(cleanText(text), { documentDate: null });
    checkText(cleanText(text), null);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('checks', () => {
  const checks = (text: string) =>
    checkText(cleanText(text), '2021-09-26').map(({ kind, verdict, computed }) => [kind, verdict, computed]);
  const verdicts = (text: string) => checks(text).map(([kind, verdict]) => `${kind} ${verdict}`);
  test('a rate of completion is of what was to be completed, and never of a count that stands near', () => {
    const text = '303个区重点项目中开工278个。达到序时进度的项目有188个。已竣工项目共50个,竣工率为40.7%。';
    expect(verdicts(text)).toContain('rate cannot-judge');
    expect(verdicts(text)).not.toContain('rate contradicts');
    expect(verdicts('全市500个重点项目，已竣工50个，竣工率62.5%。')).toEqual(['rate cannot-judge']);
    expect(verdicts('全年计划竣工项目40个，已竣工31个，竣工率87.5%。')).toEqual(['rate contradicts']);
  });
  test('a gap behind 其中 is of a part: held to the rate in brackets, and to nothing when there is none', () => {
    const text = (words: string) =>
      `2024年1-2月,产业项目完成投资15.3亿元,投资完成率15.6%,慢于序时进度1.1个百分点。其中,新材料项目${words}进度较快,快于序时进度3.3个百分点。`;
    expect(verdicts(text('(20.0%)'))).toEqual(['rate cannot-judge', 'gap agrees', 'gap agrees']);
    expect(verdicts(text(''))).toEqual(['rate cannot-judge', 'gap agrees', 'gap cannot-judge']);
  });
  test('what was more than a year ago is no part', () => {
    expect(verdicts('在建项目289个,比去年同期增加72个,其中新开工项目184个,比去年同期增加59个。')).toEqual([]);
  });
  test('涉及 and 包括 open the parts of what stands before them', () => {
    expect(
      checks('集中开工项目48个。其中,市级重点项目9个,涉及产业类项目2个、民生类项目5个、基础设施类项目2个。'),
    ).toEqual([['sum', 'agrees', 9]]);
  });
  test('parts of several wholes are added to none of them', () => {
    const text =
      '新签约工业项目219个，新落地工业项目159个，在建省外项目222个。其中来自甲地的新签约工业项目58个；来自甲地的新落地工业项目41个；来自甲地的在建省外项目97个。';
    expect(verdicts(text)).toEqual([]);
  });
  test('a budget is a target, and last year may be compared with in several words', () => {
    expect(checks('收入累计完成24627万元,完成年初预算数60999万元的40.4%。')).toEqual([
      ['rate', 'agrees', expect.closeTo(40.373, 2)],
    ]);
    expect(verdicts('完成投资6234.49亿元,相比于去年同期的5678.85亿元,同比增长9.8%。')).toEqual(['growth agrees']);
  });
  test('what a document does not say is told once for all rates that lack it', () => {
    const text =
      '工业项目完成投资12亿元，占年度计划的61%；农业项目完成投资8亿元，占年度计划的72%。示例县重点项目年度计划投资30亿元，完成投资12亿元，占年度计划的80%。';
    const { toLookAt, undecided } = groupChecks(checkText(cleanText(text), null));
    expect(toLookAt.map(({ verdict }) => verdict)).toEqual(['contradicts']);
    expect(undecided.map(({ checks: list }) => list.length)).toEqual([2]);
  });
});
