import { conflict } from '#core/server/errors.ts';
import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { yearOf } from '#core/shared/day.ts';
import type { ProjectRecord } from '#modules/projects/server/public.ts';
import type { Schedule } from '../contract.ts';
import { axisFor } from '../day-axis.ts';
import { forecastOf, slipOf, stateOf } from '../forecast.ts';
import { linkText } from '../link-text.ts';
import { writeMspdi } from '../mspdi-write.ts';
import { outlineOf } from '../outline.ts';
import { planOf } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { Content, PlannedDates } from '../shapes.ts';
import { monthMark, monthsFrom } from '../wall-months.ts';
import { presentSchedule } from './present.ts';

interface Shown {
  schedule: Schedule;
  content: Content;
  dates: Map<number, PlannedDates>;
  seq: number | null;
  /** When what is shown was fixed or saved: the same schedule gives the same file whenever it is asked for. */
  savedAt: Date;
}

/** What goes out: the version in force with its frozen dates, or the draft as it plans now. */
async function shownOf(scope: Scope, project: ProjectRecord, isDraft: boolean): Promise<Shown> {
  const schedule = await presentSchedule(scope, project);
  const { current, draft } = schedule;
  const byUid = (dates: Iterable<PlannedDates>) => new Map([...dates].map((one) => [one.uid, one]));
  if (current && !(isDraft && draft))
    return {
      schedule,
      content: current.content,
      dates: byUid(current.dates),
      seq: current.seq,
      savedAt: new Date(current.at),
    };
  if (!draft)
    throw conflict('no_schedule', {
      zh: '该项目还没有编制工期，没有可导出的内容',
      en: 'This project has no schedule yet: there is nothing to export',
    });
  const { plan, problem } = planOf(draft, axisFor(draft, schedule.city));
  if (!plan) throw conflict(`schedule_${problem.code}`, problemWords(problem, draft.tasks));
  const savedAt = new Date(schedule.draftAt ?? scope.now);
  return { schedule, content: draft, dates: byUid(plan.tasks.values()), seq: null, savedAt };
}

export async function exportProject(scope: Scope, project: ProjectRecord, isDraft: boolean): Promise<FileReply> {
  const { schedule, content, dates, savedAt } = await shownOf(scope, project, isDraft);
  const xml = writeMspdi({
    name: project.name,
    content,
    tasks: dates,
    baseline: new Map((schedule.baseline?.dates ?? []).map((one) => [one.uid, one])),
    progress: new Map(schedule.progress.map((one) => [one.uid, one])),
    city: schedule.city,
    savedAt,
  });
  return fileReply({ name: `${project.name}-工期.xml`, type: 'application/xml', body: new TextEncoder().encode(xml) });
}

/** The sheet that a headquarters prints: the tasks, their dates and slip, then a column a month with flags. */
export async function exportTable(scope: Scope, project: ProjectRecord, isDraft: boolean): Promise<FileReply> {
  const { schedule, content, dates, seq } = await shownOf(scope, project, isDraft);
  const placed = outlineOf(content.tasks);
  const progress = new Map(schedule.progress.map((one) => [one.uid, one]));
  const baseline = new Map((schedule.baseline?.dates ?? []).map((one) => [one.uid, one]));
  const axis = axisFor(content, schedule.city);
  const forecast = forecastOf(content, [...dates.values()], progress, scope.today, axis);
  const starts = [...dates.values()].map((one) => one.start).sort();
  const finishes = [...dates.values()].map((one) => one.finish).sort();
  const months = monthsFrom(starts[0]!, finishes.at(-1)!);
  const columns: ExcelColumn[] = [
    { header: '序号', width: 6 },
    { header: '分解任务', width: 30 },
    { header: '工期（天）', width: 8, kind: 'number' },
    { header: '前置任务', width: 12 },
    { header: '责任单位', width: 14 },
    { header: '计划开始', width: 11, kind: 'date' },
    { header: '计划完成', width: 11, kind: 'date' },
    { header: '实际开始', width: 11, kind: 'date' },
    { header: '实际完成', width: 11, kind: 'date' },
    { header: '进度', width: 7, kind: 'number', numFmt: '0%' },
    { header: '比基准晚（天）', width: 9, kind: 'number' },
    { header: '关键线路', width: 8 },
    ...months.map((month) => ({
      header: `${Number(month.slice(5))}月`,
      group: `${month.slice(0, 4)}年`,
      width: 8,
    })),
  ];
  const rows = placed.map(({ task, number, isSummary }): ExcelCell[] => {
    const planned = dates.get(task.uid)!;
    const done = progress.get(task.uid);
    const base = baseline.get(task.uid);
    const expected = done?.actualFinish ?? forecast?.tasks.get(task.uid)?.finish ?? null;
    const shape = { ...planned, isMilestone: !isSummary && task.days === 0, isSummary };
    return [
      number,
      `${'　'.repeat(number.split('.').length - 1)}${task.name}`,
      isSummary ? null : task.days,
      linkText(task.links, content.tasks),
      task.unit,
      planned.start,
      planned.finish,
      done?.actualStart,
      done?.actualFinish,
      isSummary ? null : (done?.percent ?? 0) / 100,
      !isSummary && base && expected ? slipOf(base.finish, expected) : null,
      planned.isCritical && !isSummary ? '是' : null,
      ...months.map((month) => monthMark(shape, isSummary ? 'waiting' : stateOf(planned, done, scope.today), month)),
    ];
  });
  const versionWords = seq === null ? '草稿' : seq === 1 ? '基准（第 1 版）' : `现行（第 ${seq} 版）`;
  const calendarWords =
    content.calendar === 'everyDay' ? '日历天' : content.calendar === 'own' ? content.own?.name : '工作日';
  const body = await writeWorkbook([
    {
      sheet: '倒排工期',
      title: `${project.name}倒排工期表`,
      note: `${versionWords}，按${calendarWords}计算，截至 ${scope.today}`,
      columns,
      rows,
      footnotes: [
        ...(content.promised ? [`承诺完成：${content.promised}。`] : []),
        ...(forecast ? [`按目前进度推算完成：${forecast.finish}。`] : []),
        '■ 施工　━ 上级任务　◆ 里程碑　红旗：已完成　黑旗：逾期。“比基准晚”未完成的任务按推算完成日计。',
        ...(project.demo ? ['示例数据。'] : []),
        ...(await newestMarks(scope, yearOf(scope.today), 'zh')),
      ],
      frozenColumns: 2,
    },
  ]);
  return fileReply({
    name: `${project.name}-倒排工期表.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: body as Uint8Array<ArrayBuffer>,
  });
}
