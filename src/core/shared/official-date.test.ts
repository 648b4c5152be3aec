import { describe, expect, test } from 'vitest';
import type { Day } from './day.ts';
import { type OpenReason, officialDates, openReasons, readDeadline } from './official-date.ts';

const on = '2021-02-19';
/** Monday to Friday, and no calendar beyond 2021: enough to see that the day comes from it. */
const workdays = {
  addWorkdays(day: Day, n: number): Day {
    let at = Date.parse(`${day}T00:00:00Z`);
    for (let left = n; left > 0; ) {
      at += 86_400_000;
      const weekday = new Date(at).getUTCDay();
      if (weekday !== 0 && weekday !== 6) left -= 1;
    }
    const reached = new Date(at).toISOString().slice(0, 10);
    if (!reached.startsWith('2021')) throw new Error('CALENDAR_NOT_PUBLISHED');
    return reached;
  },
};
const days = (text: string, day = on) => officialDates(text, day, workdays).map((d) => d.day ?? `open: ${d.why}`);

describe('a day is read from', () => {
  test.each<[string, string]>([
    ['5月底前', '2021-05-31'],
    ['于5月底前完成', '2021-05-31'],
    ['2021年5月底前', '2021-05-31'],
    ['5月末', '2021-05-31'],
    ['2月底', '2021-02-28'],
    ['2024年2月底前', '2024-02-29'],
    ['年底前', '2021-12-31'],
    ['今年年底', '2021-12-31'],
    ['今年底前', '2021-12-31'],
    ['年内投入运营', '2021-12-31'],
    ['2022年底', '2022-12-31'],
    ['明年底前', '2022-12-31'],
    ['上半年', '2021-06-30'],
    ['下半年开工', '2021-12-31'],
    ['2022年上半年', '2022-06-30'],
    ['三季度末', '2021-09-30'],
    ['第三季度', '2021-09-30'],
    ['一季度', '2021-03-31'],
    ['4季度前三周', '2021-12-31'],
    ['3月3日前', '2021-03-03'],
    ['3月16日正式开工', '2021-03-16'],
    ['7月1日之前实现主线通车', '2021-07-01'],
    ['2021年7月1日', '2021-07-01'],
    ['2021 年 7 月 1 日 前', '2021-07-01'],
    ['二〇二一年七月一日', '2021-07-01'],
    ['十二月三十一日前', '2021-12-31'],
    ['１２月２５日前', '2021-12-25'],
    ['2021-07-01前', '2021-07-01'],
    ['2021.7.1', '2021-07-01'],
    ['2021/7/1', '2021-07-01'],
    ['5月上旬', '2021-05-10'],
    ['5月中旬', '2021-05-20'],
    ['5月下旬前', '2021-05-31'],
    ['12月31日24时前', '2021-12-31'],
    ['次年3月底前', '2022-03-31'],
    ['明年一季度', '2022-03-31'],
    ['2022年开工，次年6月建成', '2022-12-31,2023-06-30'],
    ['本月底前', '2021-02-28'],
    ['本月25日前', '2021-02-25'],
    ['下月5日前', '2021-03-05'],
    ['10个工作日内', '2021-03-05'],
    ['30日内', '2021-03-21'],
    ['10天以内', '2021-03-01'],
    ['三个月内', '2021-05-19'],
    ['半年内', '2021-08-19'],
    ['两周内', '2021-03-05'],
    ['24小时内', '2021-02-20'],
    ['本通知印发之日起15日内', '2021-03-06'],
    ['通知下发后5个工作日内', '2021-02-26'],
    ['3月3日至11日', '2021-03-11'],
    ['3月28日至4月2日', '2021-04-02'],
    ['1-3月', '2021-03-31'],
    ['4月至6月', '2021-06-30'],
    ['前三季度', '2021-09-30'],
    ['国庆节前', '2021-09-30'],
    ['“七一”前', '2021-06-30'],
    ['元旦前', '2021-12-31'],
    ['“十四五”末', '2025-12-31'],
    ['十四五期间', '2025-12-31'],
  ])('%s', (text, expected) => expect(days(text).join()).toBe(expected));
});

test('a plan for another year than that of its day gives its days that year', () => {
  const found = officialDates('6月底前、三季度、今年底前、10日内', '2021-12-20', workdays, 2022);
  expect(found.map((d) => d.day)).toEqual(['2022-06-30', '2022-09-30', '2021-12-31', '2021-12-30']);
});

describe('a day stays open, with its reason, for', () => {
  test.each<[string, OpenReason]>([
    ['每月5日前', 'recurring'],
    ['每月底', 'recurring'],
    ['每季度末', 'recurring'],
    ['每周五前', 'recurring'],
    ['按月', 'recurring'],
    ['次月5日前', 'recurring'],
    ['每年3月底前', 'recurring'],
    ['自合同签订之日起30日内', 'fromEvent'],
    ['收到投诉后3个工作日内', 'fromEvent'],
    ['1月底前', 'past'],
    ['2月3日前', 'past'],
    ['5月前', 'unclearBefore'],
    ['三季度前', 'unclearBefore'],
    ['2022年前', 'unclearBefore'],
    ['25日前', 'noMonth'],
    ['2月30日前', 'impossible'],
    ['13月底前', 'impossible'],
    ['春节前', 'lunar'],
    ['主汛期前', 'season'],
    ['年初', 'vague'],
    ['300个工作日内', 'noCalendar'],
    ['责任担当?!?月19日下午', 'unreadable'],
    ['力争？月底前', 'unreadable'],
  ])('%s: %s', (text, why) => expect(days(text)).toEqual([`open: ${why}`]));

  test('workdays without any calendar', () => {
    expect(officialDates('10个工作日内', on)[0]!.why).toBe('noCalendar');
  });

  test('and each reason has words in both languages', () => {
    for (const { zh, en } of Object.values(openReasons)) expect(zh.length && en.length).toBeGreaterThan(4);
  });
});

describe('what only looks like a date is none', () => {
  test.each([
    '3个月大的婴儿',
    '总投资2021万元',
    '三个年头',
    '岳州大道四季花城',
    '15万平方米',
    '一日游',
    '两年来',
    '星期日',
    '中心医院',
    '第三方',
    '建设周期',
    '前期工作',
  ])('%s', (text) => expect(days(text)).toEqual([]));
});

describe('a limit', () => {
  const limits = (text: string) => officialDates(text, on).map((d) => d.isLimit);
  test('is told from a day that is only mentioned, and from how things stood', () => {
    expect(limits('3月9日召开，5月底前完成')).toEqual([false, true]);
    expect(limits('截至8月底，完成80%')).toEqual([false]);
    expect(limits('截止2020年底，注册用户')).toEqual([false]);
    expect(limits('三季度开工，年内投用')).toEqual([false, true]);
    expect(limits('6月底前，12月中旬')).toEqual([true, true]);
  });
  test('over already in a year that is written stays that day: the words leave no doubt', () => {
    expect(days('2020年12月底前')).toEqual(['2020-12-31']);
    expect(days('截至1月底')).toEqual(['2021-01-31']);
  });
});

test('dates of one text come in order, each with exactly its words', () => {
  const text = '示例大桥3月底前开工，三季度末主塔封顶，2022年6月建成；每月25日前报送进度，10个工作日内开首次会。';
  const found = officialDates(text, on, workdays);
  expect(found.map((d) => d.words)).toEqual(['3月底前', '三季度末', '2022年6月', '每月25日前', '10个工作日内']);
  for (const { start, end, words } of found) expect(text.slice(start, end)).toBe(words);
});

test('for any mixture of words the places are true, in order and never overlap', () => {
  const pieces = [
    '5月',
    '底',
    '前',
    '2021年',
    '三季度',
    '末',
    '每月',
    '10',
    '个工作日',
    '内',
    '日',
    '至',
    '，',
    '年',
    '完成',
    '?',
    '十',
    '截至',
    '上半年',
  ];
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let n = 0; n < 3_000; n += 1) {
    const text = Array.from({ length: 1 + (next() % 9) }, () => pieces[next() % pieces.length]).join('');
    let behind = 0;
    for (const date of officialDates(text, on, workdays)) {
      expect(text.slice(date.start, date.end)).toBe(date.words);
      expect(date.start).toBeGreaterThanOrEqual(behind);
      expect(date.end).toBeGreaterThan(date.start);
      expect((date.day === null) !== (date.why === null)).toBe(true);
      if (date.day !== null) expect(date.from! <= date.day).toBe(true);
      behind = date.end;
    }
  }
});

describe('the cell 完成时限', () => {
  const read = (text: string) => {
    const found = readDeadline(text, on, workdays);
    return found && (found.day ?? found.why);
  };
  test.each<[string, string | null]>([
    ['2021年12月', '2021-12-31'],
    ['12月', '2021-12-31'],
    ['2021.12', '2021-12-31'],
    ['2021-06', '2021-06-30'],
    ['2021-06-15', '2021-06-15'],
    ['2021年', '2021-12-31'],
    ['2021年6月底完成方案，12月底前建成', '2021-12-31'],
    ['1月', 'past'],
    ['每月28日', 'recurring'],
    ['长期坚持', 'standing'],
    ['立即', 'vague'],
    ['待定', null],
    ['', null],
    ['3月底前、?月底前', 'unreadable'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));
  test('keeps the place of its words', () => {
    const text = '力争 2021.12';
    const found = readDeadline(text, on)!;
    expect(text.slice(found.start, found.end)).toBe(found.words);
    expect(found.words).toBe('2021.12');
  });
});
