import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cleanText } from './clean.ts';
import { documentDateOf } from './document-date.ts';
import { markText } from './mark.ts';
import type { KnownNames, MarkKind } from './shapes.ts';

const on = '2021-09-26';
const marks = (text: string, kind: MarkKind, known?: KnownNames) =>
  markText(cleanText(text), { documentDate: on, known }).filter((mark) => mark.kind === kind);
const words = (text: string, kind: MarkKind) => marks(text, kind).map((mark) => mark.text);

describe('figures', () => {
  const quantity = (text: string, kind: MarkKind) =>
    marks(text, kind).map(({ quantity: q }) => [q!.value, q!.to, q!.decimals, q!.bend]);
  test('amounts keep their exact value, their decimals and what bends them', () => {
    expect(quantity('投资295.90亿元、1000多万元、近30亿元、约一千二百万元', 'amount')).toEqual([
      ['29590000000', null, 2, null],
      ['10000000', null, 0, 'more'],
      ['3000000000', null, 0, 'less'],
      ['12000000', null, 0, 'about'],
    ]);
    expect(quantity('计划5至6亿元，可达20—30亿元', 'amount')).toEqual([
      ['500000000', '600000000', 0, null],
      ['2000000000', '3000000000', 0, null],
    ]);
  });
  test('rates, points and ranks are told apart', () => {
    expect(words('完成率82.3%，居全省第三，超时序进度7.33个百分点', 'rate')).toEqual(['82.3%']);
    expect(words('完成率82.3%，居全省第三，超时序进度7.33个百分点', 'rank')).toEqual(['居全省第三']);
    expect(words('同比分别提高了9.87、6.58个百分点', 'points')).toEqual(['9.87', '6.58个百分点']);
    expect(words('第一时间部署，总指挥部第一指挥长参加', 'rank')).toEqual([]);
  });
  test('counts need a classifier; time, house numbers and sayings are none', () => {
    expect(words('排查企业147家，发现问题407条，铺设5.6公里，招商8万多平方米', 'count')).toEqual([
      '147家',
      '407条',
      '5.6公里',
      '8万多平方米',
    ]);
    expect(words('连续3个月，东路201号，三个转变，地铁2号线，两个维护', 'count')).toEqual([]);
  });
  test('what cannot be read is no figure and no date', () => {
    const all = markText(cleanText('责任担当?!?月19日下午，投资1?3亿元'), { documentDate: on });
    expect(all).toEqual([]);
  });
});

describe('dates', () => {
  const date = (text: string, day: string | null = on) =>
    markText(cleanText(text), { documentDate: day })
      .filter((mark) => mark.kind === 'date')
      .map(({ text: t, date: d }) => [t, d!.from, d!.to, d!.bound, d!.open]);
  test('periods and limits are resolved against the document', () => {
    expect(date('1-8月完成')).toEqual([['1-8月', '2021-01-01', '2021-08-31', 'on', null]]);
    expect(date('截至8月底完成')).toEqual([['截至8月底', '2021-08-01', '2021-08-31', 'asOf', null]]);
    expect(date('3月3日至11日开展')).toEqual([['3月3日至11日', '2021-03-03', '2021-03-11', 'on', null]]);
    expect(date('前10月我市')).toEqual([['前10月', '2021-01-01', '2021-10-31', 'on', null]]);
    expect(date('11月20日前完成')).toEqual([['11月20日前', '2021-11-20', '2021-11-20', 'before', null]]);
  });
  test('what repeats or lacks a year stays open, with the reason', () => {
    expect(date('每月5日前报送')[0]!.slice(1)).toEqual([null, null, 'every', 'recurring']);
    expect(date('预计3月16日开工', null)[0]!.slice(1)).toEqual([null, null, 'on', 'noDocumentDate']);
  });
  test('the same time last year is the period before it, a year earlier', () => {
    expect(date('1-8月完成投资5亿元，比去年同期加快')[1]).toEqual(['去年同期', '2020-01-01', '2020-08-31', 'on', null]);
  });
  test('the document’s own day stands in its head, its address or its foot', () => {
    expect(documentDateOf('通报\n发布时间: 2019-09-20 08:05\n正文')).toBe('2019-09-20');
    expect(documentDateOf('https://example.cn/202110/t20211018_1\n2021年1-9月份简讯')).toBe('2021-10-18');
    expect(documentDateOf('关于情况的通报\n正文。\n示例办公室\n2021年9月26日')).toBe('2021-09-26');
  });
});

describe('names', () => {
  test('persons are found with their posts, in lists, and by given name and title', () => {
    const found = marks('常务副市长李季主持，市领导刘扬、周晓理等参加。会议强调，庆伟书记来调研。', 'person');
    expect(found.map(({ person }) => [person!.name, person!.post])).toEqual([
      ['李季', '常务副市长'],
      ['刘扬', '市领导'],
      ['周晓理', '市领导'],
      ['庆伟', '书记'],
    ]);
  });
  test('the register comes first, by its longest name, and is certain', () => {
    const known: KnownNames = {
      units: [{ id: 'u1', names: ['示例市住房和城乡建设局', '市住建局'] }],
      projects: [{ id: 'p1', names: ['示例大桥', '示例大桥二期'] }],
      persons: [],
    };
    const [unit] = marks('市住建局推进示例大桥二期建设', 'unit', known);
    const [project] = marks('市住建局推进示例大桥二期建设', 'project', known);
    expect([unit!.registerId, unit!.sure, project!.text]).toEqual(['u1', 1, '示例大桥二期']);
  });
  test('projects are names, not any project', () => {
    expect(words('甲示产业园、中示科技、丙泰等项目已开工，重点项目进展顺利，推进项目建设', 'project')).toEqual([
      '甲示产业园',
      '中示科技',
      '丙泰',
    ]);
  });
  test('units carry their whole name', () => {
    expect(words('记者从银川市发展和改革委员会获悉，江西智慧海绵集团总经理袁涛出席', 'unit')).toEqual([
      '银川市发展和改革委员会',
      '江西智慧海绵集团',
    ]);
  });
});

describe('requirements', () => {
  test('say who, what, by when and how firmly; what was done is none', () => {
    const [one] = marks('各责任单位要倒排工期，确保11月底前完成主体建设。', 'requirement');
    expect([one!.requirement!.who, one!.requirement!.hedge, one!.requirement!.by]).toEqual([
      '各责任单位',
      '确保',
      { start: 13, end: 18 },
    ]);
    expect(words('会议确保了项目顺利推进，已完成主体建设，主要做法有三条。', 'requirement')).toEqual([]);
  });
});

test('a figure knows what it measures and of what it is a part', () => {
  const [rate] = marks('产业发展项目172个，完成投资295.9亿元，为年投资计划的80%', 'rate');
  expect(rate!.measures).toMatchObject({ label: '完成投资', subject: '产业发展项目', base: '年投资计划' });
  const [count] = marks('146个续建项目已全面复工', 'count');
  expect(count!.measures).toMatchObject({ label: '续建项目已全面复工', subject: '续建项目' });
});

test('time grows with the length of the text, whatever the text', () => {
  const hostile: [string, number][] = [
    ['完成投资5亿元，要', 40_000],
    ['1', 200_000],
    ['、', 200_000],
    ['王', 200_000],
    ['（“《', 60_000],
    ['?!', 100_000],
    ['每', 200_000],
    ['\u202e完', 100_000],
    ['a(', 100_000],
  ];
  const took = (text: string) => {
    // Work, not time, and the best of three: what else the machine does is no part of it.
    const rounds = [1, 2, 3].map(() => {
      const from = process.cpuUsage();
      markText(cleanText(text), { documentDate: on });
      return process.cpuUsage(from).user / 1000;
    });
    return Math.min(...rounds);
  };
  for (const [unit, times] of hostile) {
    took(unit.repeat(1_000));
    const [once, twice] = [took(unit.repeat(times / 2)), took(unit.repeat(times))];
    expect(twice, unit).toBeLessThan(Math.max(1_000, once * 4));
  }
}, 120_000);

const folder = new URL('../../../../shared/data/bulletins/', import.meta.url);
const told = (name: string): string | undefined => {
  try {
    return readFileSync(new URL(name, folder), 'utf8');
  } catch {
    return undefined;
  }
};
const page = told('source-003.txt');
test.skipIf(page === undefined)(
  'a newspaper’s page is split into its eight articles (skipped when the development bulletins are missing)',
  () => {
    const text = cleanText(page!);
    expect(text.articles).toHaveLength(8);
    expect(text.clean).toContain('常务副市长李季主持');
  },
);

test('a name of the register is found whether its brackets are wide or narrow', () => {
  const known: KnownNames = { units: [], projects: [{ id: 'p', names: ['城陵矶(临港)物流园'] }], persons: [] };
  expect(marks('城陵矶（临港）物流园已开工。', 'project', known).map((m) => m.registerId)).toEqual(['p']);
});
