import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Day, parseDay } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { ConstraintKind, Content, Link, LinkKind, OwnCalendar, Progress, Task } from './shapes.ts';

/** Larger than any schedule of a project that people can read. */
export const maxXmlBytes = 12 * 1024 * 1024;
export const maxTasks = 1000;

/** Something in the file that is taken over otherwise than it stands there, or not at all. */
export interface ImportNote {
  /** The task it concerns, as the file names it. */
  task: string | null;
  words: Words;
}

export interface ImportedSchedule {
  name: string;
  content: Content;
  progress: Progress[];
  notes: ImportNote[];
}

export class UnreadableFile extends Error {
  readonly words: Words;
  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

type Node = Record<string, unknown>;
const listed = ['Task', 'PredecessorLink', 'Calendar', 'WeekDay', 'Exception'];
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const numberOf = (value: unknown): number | null => {
  const text = textOf(value);
  return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
};
const dayOf = (value: unknown): Day | null => parseDay(textOf(value).slice(0, 10));
const nodesOf = (parent: unknown, list: string, one: string): Node[] => {
  const found = (parent as Node | undefined)?.[list];
  const nodes = (found as Node | undefined)?.[one];
  return Array.isArray(nodes) ? nodes.filter((n): n is Node => typeof n === 'object' && n !== null) : [];
};

/** PT40H0M0S → minutes; null for anything else. */
export function minutesOf(duration: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (!match || duration === 'P' || duration.endsWith('T')) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return days! * 1440 + hours! * 60 + minutes! + seconds! / 60;
}

const linkKindOf: readonly LinkKind[] = ['FF', 'FS', 'SF', 'SS'];
/** ConstraintType of the schema: 0 as soon as possible … 7 finish no later than. */
const constraintOf: Readonly<Record<number, ConstraintKind>> = {
  2: 'mustStart',
  3: 'mustFinish',
  4: 'startNoEarlier',
  5: 'startNoLater',
  6: 'finishNoEarlier',
  7: 'finishNoLater',
};
/** DurationFormat and LagFormat of elapsed time (calendar days, nights included). */
const isElapsed = (format: number | null): boolean =>
  format !== null && [4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52].includes(format);

/**
 * Reads a schedule that Microsoft Project (or a program that writes the same) saved as XML: tasks, outline, durations,
 * links, constraints, percentages, actual dates and the calendar. Times of day are dropped: a schedule here counts days.
 * @throws UnreadableFile with what to do, for anything that is no such file, too large, or tries entities.
 */
export function readMspdi(xml: string): ImportedSchedule {
  const project = parsedProject(xml);
  const notes: ImportNote[] = [];
  const perDay = numberOf(project.MinutesPerDay) || 480;
  const rows = nodesOf(project, 'Tasks', 'Task');
  if (rows.length > maxTasks + 1)
    throw new UnreadableFile({
      zh: `文件中有 ${rows.length} 个任务，最多导入 ${maxTasks} 个，请拆分后再导入`,
      en: `The file has ${rows.length} tasks, at most ${maxTasks} can be imported: split it`,
    });
  const tasks: Task[] = [];
  const progress: Progress[] = [];
  const seen = new Set<number>();
  const byId: { uid: number; links: Node[] }[] = [];
  for (const row of rows) {
    const uid = numberOf(row.UID);
    const name = textOf(row.Name).slice(0, 120);
    const note = (words: Words) => void notes.push({ task: name || `UID ${uid}`, words });
    // UID 0 is the line of the whole project; an empty line of the sheet is no task.
    if (uid === 0 || textOf(row.IsNull) === '1') continue;
    if (uid === null || !Number.isInteger(uid) || uid < 1 || uid > 1_000_000_000 || seen.has(uid)) {
      note({ zh: '任务编号（UID）缺失或重复，未导入', en: 'Its UID is missing or there twice: left out' });
      continue;
    }
    if (textOf(row.Active) === '0') {
      note({ zh: '已停用的任务，未导入', en: 'An inactive task: left out' });
      continue;
    }
    seen.add(uid);
    const days = daysOf(row, perDay, note);
    const notBefore = constraintIn(row, note);
    tasks.push({
      uid,
      name: name || `任务 ${uid}`,
      level: Math.min(8, Math.max(1, numberOf(row.OutlineLevel) ?? 1)),
      days,
      links: [],
      constraint: notBefore,
      deadline: dayOf(row.Deadline),
      unit: null,
      note: textOf(row.Notes).slice(0, 1000) || null,
    });
    byId.push({ uid, links: (row.PredecessorLink as Node[] | undefined) ?? [] });
    const done = progressIn(uid, row);
    if (done) progress.push(done);
  }
  if (tasks.length === 0)
    throw new UnreadableFile({
      zh: '文件中没有任务，请检查导出内容',
      en: 'The file has no tasks: check what was exported',
    });
  const place = new Map(tasks.map((task) => [task.uid, task]));
  for (const { uid, links } of byId) {
    const task = place.get(uid)!;
    const note = (words: Words) => void notes.push({ task: task.name, words });
    for (const link of links) {
      const made = linkIn(link, perDay, place, note);
      if (made && task.links.length < 50) task.links.push(made);
    }
  }
  // Summaries have no duration of their own here.
  for (const [i, task] of tasks.entries()) if ((tasks[i + 1]?.level ?? 0) > task.level) task.days = 0;
  const summaries = new Set(tasks.filter((task, i) => (tasks[i + 1]?.level ?? 0) > task.level).map((t) => t.uid));
  const fromFinish = textOf(project.ScheduleFromStart) === '0';
  const start = dayOf(project.StartDate);
  const finish = dayOf(project.FinishDate);
  const own = calendarIn(project, notes);
  return {
    name: (textOf(project.Title) || textOf(project.Name)).slice(0, 200),
    content: {
      direction: fromFinish ? 'backward' : 'forward',
      start: start ?? firstDay(rows, 'Start'),
      promised: fromFinish ? finish : null,
      calendar: own ? 'own' : 'city',
      own,
      tasks,
    },
    progress: progress.filter((one) => !summaries.has(one.uid)),
    notes,
  };
}

function parsedProject(xml: string): Node {
  if (xml.length > maxXmlBytes)
    throw new UnreadableFile({
      zh: `文件超过 ${maxXmlBytes >> 20} MB，请删去资源和分配后重新导出`,
      en: `The file is over ${maxXmlBytes >> 20} MB: export it again without resources and assignments`,
    });
  // Whoever declares entities wants them expanded or fetched: no schedule needs that.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    throw new UnreadableFile({
      zh: '文件含有 DOCTYPE 或实体声明，出于安全不予读取。请用 Project 重新“另存为 XML”',
      en: 'The file declares a DOCTYPE or entities and is not read, for safety. Save it as XML from Project again',
    });
  const notMspdi = new UnreadableFile({
    zh: '不是 Microsoft Project 的 XML 文件。请在 Project 中选“另存为 → XML 格式”',
    en: 'This is not an XML file of Microsoft Project. Choose “Save as → XML” in Project',
  });
  const sound = XMLValidator.validate(xml);
  if (sound !== true) {
    if (!xml.includes('<Project')) throw notMspdi;
    throw new UnreadableFile({
      zh: `XML 文件在第 ${sound.err.line} 行中断或有误，请重新导出`,
      en: `The XML breaks at line ${sound.err.line}: export it again`,
    });
  }
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    removeNSPrefix: true,
    // Numbered characters (&#20013;) are decoded only with this; entities of one's own were refused above.
    htmlEntities: true,
    isArray: (name) => listed.includes(name),
  });
  const project = (parser.parse(xml) as Node).Project;
  if (typeof project !== 'object' || project === null || !('Tasks' in project)) throw notMspdi;
  return project as Node;
}

function daysOf(row: Node, perDay: number, note: (words: Words) => void): number {
  const minutes = minutesOf(textOf(row.Duration) || 'PT0H0M0S');
  if (minutes === null) {
    note({ zh: '工期读不出，按 0 天（里程碑）', en: 'Its duration cannot be read: taken as a milestone' });
    return 0;
  }
  if (isElapsed(numberOf(row.DurationFormat))) {
    const days = Math.ceil((minutes / 1440) * (5 / 7));
    note({
      zh: `工期按日历天给出（${minutes / 1440} 天），折算为 ${days} 个工作日`,
      en: `Its duration is in elapsed days (${minutes / 1440}): taken as ${days} working days`,
    });
    return Math.min(5000, days);
  }
  const days = minutes / perDay;
  if (!Number.isInteger(days))
    note({
      zh: `工期 ${Number(days.toFixed(2))} 天不是整天，进为 ${Math.ceil(days)} 天`,
      en: `Its duration of ${Number(days.toFixed(2))} days is rounded up to ${Math.ceil(days)}`,
    });
  return Math.min(5000, Math.ceil(days));
}

function constraintIn(row: Node, note: (words: Words) => void): Task['constraint'] {
  const type = numberOf(row.ConstraintType) ?? 0;
  const day = dayOf(row.ConstraintDate);
  if (textOf(row.Manual) === '1') {
    const start = dayOf(row.ManualStart) ?? dayOf(row.Start);
    if (!start) return null;
    note({ zh: `手动计划的任务，固定在 ${start} 开始`, en: `Scheduled by hand: fixed to start on ${start}` });
    return { kind: 'mustStart', day: start };
  }
  if (type === 1) note({ zh: '“越晚越好”改为“越早越好”', en: '“As late as possible” becomes “as soon as possible”' });
  const kind = constraintOf[type];
  return kind && day ? { kind, day } : null;
}

function linkIn(
  link: Node,
  perDay: number,
  tasks: ReadonlyMap<number, Task>,
  note: (words: Words) => void,
): Link | null {
  const from = numberOf(link.PredecessorUID);
  const before = from === null ? undefined : tasks.get(from);
  if (!before || textOf(link.CrossProject) === '1') {
    note({
      zh: '前置任务不在本文件中，这条关系未导入',
      en: 'A predecessor is not in this file: that link is left out',
    });
    return null;
  }
  const kind = linkKindOf[numberOf(link.Type) ?? 1] ?? 'FS';
  const format = numberOf(link.LagFormat);
  const raw = numberOf(link.LinkLag) ?? 0;
  // LinkLag is in tenths of a minute; as a percentage, in percent of the predecessor's duration.
  const lag =
    format === 19 || format === 51
      ? (raw / 100) * before.days
      : isElapsed(format)
        ? (raw / 14_400) * (5 / 7)
        : raw / (perDay * 10);
  const days = Math.round(lag);
  if (days !== lag)
    note({
      zh: `与“${before.name}”的间隔折算为 ${days} 天`,
      en: `The lag after “${before.name}” becomes ${days} days`,
    });
  return { from: before.uid, kind, lag: Math.max(-1000, Math.min(1000, days)) };
}

function progressIn(uid: number, row: Node): Progress | null {
  const percent = Math.max(0, Math.min(100, Math.round(numberOf(row.PercentComplete) ?? 0)));
  const actualStart = dayOf(row.ActualStart);
  const actualFinish = dayOf(row.ActualFinish);
  if (percent === 0 && !actualStart && !actualFinish) return null;
  return { uid, percent: actualFinish ? 100 : percent, actualStart: actualStart ?? actualFinish, actualFinish };
}

const firstDay = (rows: readonly Node[], key: string): Day | null =>
  rows
    .map((row) => dayOf(row[key]))
    .filter((day) => day !== null)
    .sort()[0] ?? null;

/** The project's calendar: the worked days of its week, and exceptions in either of the two forms that the schema has had. */
function calendarIn(project: Node, notes: ImportNote[]): OwnCalendar | null {
  const calendars = nodesOf(project, 'Calendars', 'Calendar');
  const uid = textOf(project.CalendarUID);
  const found = calendars.find((one) => textOf(one.UID) === uid) ?? calendars[0];
  if (!found) return null;
  const weekdays = [true, true, true, true, true, false, false];
  const exceptions: OwnCalendar['exceptions'] = [];
  const except = (node: Node) => {
    const period = node.TimePeriod as Node | undefined;
    const [from, to] = [dayOf(period?.FromDate), dayOf(period?.ToDate)];
    if (from && to && from <= to)
      exceptions.push({ from, to, isWorked: textOf(node.DayWorking) === '1', name: textOf(node.Name).slice(0, 60) });
  };
  for (const day of nodesOf(found, 'WeekDays', 'WeekDay')) {
    const type = numberOf(day.DayType);
    if (type === 0) except(day);
    // DayType 1 is Sunday; here a week begins on Monday.
    else if (type !== null && type >= 1 && type <= 7) weekdays[(type + 5) % 7] = textOf(day.DayWorking) === '1';
  }
  for (const one of nodesOf(found, 'Exceptions', 'Exception')) {
    const kind = numberOf(one.Type) ?? 1;
    // Type 1 is a daily run of dates. The others recur by week, month or year.
    if (kind === 1) except(one);
    else
      notes.push({
        task: null,
        words: {
          zh: `日历中的重复例外“${textOf(one.Name)}”未导入`,
          en: `The recurring calendar exception “${textOf(one.Name)}” is left out`,
        },
      });
  }
  if (!weekdays.includes(true)) {
    notes.push({
      task: null,
      words: {
        zh: '文件的日历没有工作日，改用本市日历',
        en: "The file's calendar has no worked day: the city's is used",
      },
    });
    return null;
  }
  return { name: textOf(found.Name).slice(0, 60) || 'Project', weekdays, exceptions: exceptions.slice(0, 600) };
}
