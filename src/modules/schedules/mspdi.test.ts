import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisFor, cityAxis } from './day-axis.ts';
import { maxTasks, maxXmlBytes, minutesOf, readMspdi, UnreadableFile } from './mspdi-read.ts';
import { writeMspdi } from './mspdi-write.ts';
import { faultOf, planOf } from './plan.ts';
import { type Content, constraintKinds, linkKinds, type Progress } from './shapes.ts';
import { backward, forward, task, workingYears } from './testing/example.ts';

const fixture = readFileSync(new URL('testing/ms-project.xml', import.meta.url), 'utf8');
const zhOf = (xml: string): string => {
  try {
    readMspdi(xml);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.words.zh;
    throw error;
  }
  return '';
};

describe('a file as Microsoft Project saves it', () => {
  const { name, content, progress, notes } = readMspdi(fixture);
  const byUid = new Map(content.tasks.map((t) => [t.uid, t]));

  test('its tasks come over with outline, durations in days and names as typed', () => {
    expect(name).toBe('示例厂房施工进度 & 倒排');
    expect(content.tasks.map((t) => [t.uid, t.name, t.level, t.days])).toEqual([
      [1, '开工', 1, 0],
      [2, '基础工程', 1, 0],
      [5, '桩基 <A区>', 2, 10],
      [6, '承台及地梁', 2, 13],
      [8, '钢结构安装', 1, 20],
      [9, '混凝土养护', 1, 10],
      [10, '设备联动调试', 1, 5],
      [12, '投产', 1, 0],
    ]);
    expect(byUid.get(5)!.note).toBe('静压管桩，示例');
    expect(content).toMatchObject({ direction: 'forward', start: '2021-09-27', promised: null });
  });

  test('links with their kinds, and lag out of tenths of minutes or percent', () => {
    expect(byUid.get(6)!.links).toEqual([
      { from: 5, kind: 'SS', lag: 5 },
      { from: 5, kind: 'FF', lag: 5 },
    ]);
    expect(byUid.get(8)!.links).toEqual([{ from: 2, kind: 'FS', lag: -2 }]);
    expect(byUid.get(12)!.links).toEqual([
      { from: 8, kind: 'FS', lag: 0 },
      { from: 10, kind: 'FS', lag: 0 },
    ]);
  });

  test('constraints, deadlines, percentages and actual dates', () => {
    expect(byUid.get(5)).toMatchObject({
      constraint: { kind: 'startNoEarlier', day: '2021-09-28' },
      deadline: '2021-10-20',
    });
    expect(byUid.get(12)!.constraint).toEqual({ kind: 'finishNoLater', day: '2021-12-10' });
    expect(progress).toEqual([
      { uid: 1, percent: 100, actualStart: '2021-09-27', actualFinish: '2021-09-27' },
      { uid: 5, percent: 60, actualStart: '2021-09-28', actualFinish: null },
    ]);
  });

  test('the calendar of the project, not the first of the file', () => {
    expect(content.calendar).toBe('own');
    expect(content.own).toMatchObject({
      name: '六天工作制',
      weekdays: [true, true, true, true, true, true, false],
      exceptions: [
        { from: '2021-10-01', to: '2021-10-03', isWorked: false },
        { from: '2021-10-01', to: '2021-10-03', isWorked: false, name: '国庆节' },
      ],
    });
  });

  test('what could not be taken over as it stands is said, task by task', () => {
    expect(notes.map((n) => [n.task, n.words.zh])).toEqual([
      ['承台及地梁', '工期 12.5 天不是整天，进为 13 天'],
      ['混凝土养护', '工期按日历天给出（14 天），折算为 10 个工作日'],
      ['设备联动调试', '手动计划的任务，固定在 2021-11-15 开始'],
      ['取消的工序', '已停用的任务，未导入'],
      ['钢结构安装', '前置任务不在本文件中，这条关系未导入'],
      [null, '日历中的重复例外“每月停工检修”未导入'],
    ]);
  });

  test('and it can be planned as it is', () => {
    expect(faultOf(content.tasks)).toBeNull();
    const { plan } = planOf(content, axisFor(content, workingYears));
    expect(plan!.tasks.get(5)).toMatchObject({ start: '2021-09-28', finish: '2021-10-11' });
  });
});

describe('what is refused', () => {
  test.each([
    ['<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "b">]><Project><Tasks/></Project>', '实体声明'],
    ['<Project><!ENTITY x SYSTEM "file:///etc/passwd"><Tasks/></Project>', '实体声明'],
    ['任务,工期\n基础,20', '不是 Microsoft Project 的 XML 文件'],
    ['<html><body/></html>', '不是 Microsoft Project 的 XML 文件'],
    ['<Project>\n<Tasks>\n<Task></Project>', '第 3 行'],
    ['<Project><Tasks></Tasks></Project>', '没有任务'],
  ])('%s', (xml, said) => {
    expect(zhOf(xml)).toContain(said);
  });
  test('a file that is too large, before it is looked at', () => {
    expect(zhOf('<'.repeat(maxXmlBytes + 1))).toContain('12 MB');
  });
  test('and one with more tasks than a schedule may have', () => {
    const rows = Array.from({ length: maxTasks + 2 }, (_, i) => `<Task><UID>${i + 1}</UID></Task>`).join('');
    expect(zhOf(`<Project><Tasks>${rows}</Tasks></Project>`)).toContain(`最多导入 ${maxTasks} 个`);
  });
});

test('durations of the schema in minutes', () => {
  expect(['PT40H0M0S', 'PT7H30M0S', 'P1DT2H', 'PT0S', 'P', '40h', 'PT'].map(minutesOf)).toEqual([
    2400,
    450,
    1560,
    0,
    null,
    null,
    null,
  ]);
});

const exported = (content: Content, progress: Progress[] = []) => {
  const { plan } = planOf(content, axisFor(content, workingYears));
  return writeMspdi({
    name: '示例 <项目> & Co',
    content,
    tasks: plan!.tasks,
    baseline: new Map(),
    progress: new Map(progress.map((one) => [one.uid, one])),
    city: workingYears,
    savedAt: new Date('2021-09-26T01:00:00Z'),
  });
};

test('the city’s calendar goes into the file so that its own working days come out again', () => {
  const content = forward('2021-09-26', [task(1, 20), task(2, 10, [1])]);
  const back = readMspdi(exported(content)).content;
  expect(back.calendar).toBe('own');
  const [ours, theirs] = [cityAxis(workingYears), axisFor(back, workingYears)];
  for (const day of ['2021-09-26', '2021-09-25', '2021-10-01', '2021-10-07', '2021-10-08', '2021-10-09', '2022-02-06'])
    expect([day, theirs.isWorked(day)]).toEqual([day, ours.isWorked(day)]);
  const again = planOf(back, theirs).plan!;
  expect(again.finish).toBe(planOf(content, ours).plan!.finish);
});

test('an exported schedule reads back to the same tasks, links, dates set and progress', () => {
  const arbitraryTask = fc.record({
    days: fc.integer({ min: 0, max: 60 }),
    level: fc.constantFrom(1, 2),
    name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((s) => s.trim() === s && s !== ''),
    kind: fc.constantFrom(...linkKinds),
    lag: fc.integer({ min: -20, max: 60 }),
    back: fc.integer({ min: 0, max: 4 }),
    constraint: fc.option(fc.constantFrom(...constraintKinds), { nil: null }),
    percent: fc.integer({ min: 0, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(arbitraryTask, { minLength: 1, maxLength: 12 }), fc.boolean(), (rows, isForward) => {
      let level = 0;
      const tasks = rows.map((row, i) => {
        // A level that jumps reads back as one step down, which is what it meant.
        level = Math.min(row.level, level + 1);
        return task(
          i + 1,
          row.days,
          row.back > 0 && row.back <= i ? [{ from: i + 1 - row.back, kind: row.kind, lag: row.lag }] : [],
          {
            name: row.name,
            level,
            constraint: row.constraint && { kind: row.constraint, day: '2021-06-01' },
            deadline: row.percent > 50 ? '2021-12-31' : null,
            note: row.percent > 70 ? row.name : null,
          },
        );
      });
      for (const [i, one] of tasks.entries()) if ((tasks[i + 1]?.level ?? 0) > one.level) one.days = 0;
      fc.pre(faultOf(tasks) === null);
      const rest = { calendar: 'everyDay' as const };
      const content = isForward ? forward('2021-03-01', tasks, rest) : backward('2025-12-31', tasks, rest);
      const leaves = tasks.filter((one, i) => (tasks[i + 1]?.level ?? 0) <= one.level);
      const progress = leaves
        .filter((one) => rows[one.uid - 1]!.percent > 0)
        .map((one) => ({
          uid: one.uid,
          percent: rows[one.uid - 1]!.percent,
          actualStart: '2021-03-02',
          actualFinish: null,
        }));
      const back = readMspdi(exported(content, progress));
      expect(back.name).toBe('示例 <项目> & Co');
      expect(back.content.tasks).toEqual(tasks);
      expect(back.content.direction).toBe(content.direction);
      expect(back.progress).toEqual(progress);
      expect(back.notes).toEqual([]);
    }),
  );
});
