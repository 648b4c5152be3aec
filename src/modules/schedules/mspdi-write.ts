import { type Day, fromEpochDay, toEpochDay } from '#core/shared/day.ts';
import { outlineOf } from './outline.ts';
import type { TaskPlan } from './plan.ts';
import type { CityDays, Content, LinkKind, OwnCalendar, PlannedDates, Progress } from './shapes.ts';

const minutesPerDay = 480;
const linkType: Readonly<Record<LinkKind, number>> = { FF: 0, FS: 1, SF: 2, SS: 3 };
const constraintType = {
  mustStart: 2,
  mustFinish: 3,
  startNoEarlier: 4,
  startNoLater: 5,
  finishNoEarlier: 6,
  finishNoLater: 7,
} as const;

const escaped = (text: string): string =>
  text
    // Characters that XML 1.0 does not know at all.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

type Field = [name: string, value: string | number | boolean | null | undefined | Field[]];
function lines(fields: readonly Field[], indent: string): string {
  let text = '';
  for (const [name, value] of fields) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) text += `${indent}<${name}>\n${lines(value, `${indent}  `)}${indent}</${name}>\n`;
    else {
      const plain = typeof value === 'boolean' ? Number(value) : value;
      text += `${indent}<${name}>${typeof plain === 'number' ? plain : escaped(plain)}</${name}>\n`;
    }
  }
  return text;
}

const beginning = (day: Day): string => `${day}T08:00:00`;
const end = (day: Day): string => `${day}T17:00:00`;
const hours = (days: number): string => `PT${days * 8}H0M0S`;
const workingTimes: Field = [
  'WorkingTimes',
  [
    [
      'WorkingTime',
      [
        ['FromTime', '08:00:00'],
        ['ToTime', '12:00:00'],
      ],
    ],
    [
      'WorkingTime',
      [
        ['FromTime', '13:00:00'],
        ['ToTime', '17:00:00'],
      ],
    ],
  ],
];

/** The calendar in the file's terms: its week, and each run of days that differs from it. */
export function calendarOf(content: Pick<Content, 'calendar' | 'own'>, city: CityDays): OwnCalendar {
  if (content.calendar === 'own' && content.own) return content.own;
  if (content.calendar === 'everyDay') return { name: '日历天', weekdays: Array(7).fill(true), exceptions: [] };
  const runs = (days: readonly Day[], isWorked: boolean) => {
    const sorted = [...days].map(toEpochDay).sort((a, b) => a - b);
    const found: OwnCalendar['exceptions'] = [];
    for (const [i, at] of sorted.entries()) {
      const day = fromEpochDay(at);
      if (i > 0 && at === sorted[i - 1]! + 1) found.at(-1)!.to = day;
      else found.push({ from: day, to: day, isWorked, name: isWorked ? '调休上班' : '放假' });
    }
    return found;
  };
  return {
    name: '本市工作日',
    weekdays: [true, true, true, true, true, false, false],
    exceptions: [...runs(city.off, false), ...runs(city.work, true)].sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

/**
 * The schedule as an XML file of Microsoft Project (MSPDI): what `readMspdi` reads back to the same, with the dates
 * worked out and version 1 as baseline 0. A day has eight hours.
 */
export function writeMspdi(schedule: {
  name: string;
  content: Content;
  tasks: ReadonlyMap<number, Pick<TaskPlan, 'start' | 'finish' | 'isCritical'>>;
  baseline: ReadonlyMap<number, PlannedDates>;
  progress: ReadonlyMap<number, Progress>;
  city: CityDays;
  /** Written as the file's moment of creation. */
  savedAt: Date;
}): string {
  const { name, content, tasks, baseline, progress, city, savedAt } = schedule;
  const placed = outlineOf(content.tasks);
  const dates = [...tasks.values()];
  const first = dates.map((d) => d.start).sort()[0] ?? content.start;
  const last =
    dates
      .map((d) => d.finish)
      .sort()
      .at(-1) ?? content.promised;
  const calendar = calendarOf(content, city);
  const weekDays: Field[] = calendar.weekdays.map((_, i): Field => {
    // DayType 1 is Sunday.
    const isWorked = calendar.weekdays[(i + 6) % 7]!;
    return ['WeekDay', [['DayType', i + 1], ['DayWorking', isWorked], ...(isWorked ? [workingTimes] : [])]];
  });
  const exceptions: Field[] = calendar.exceptions.map(({ from, to, isWorked, name: label }) => [
    'Exception',
    [
      ['EnteredByOccurrences', false],
      [
        'TimePeriod',
        [
          ['FromDate', `${from}T00:00:00`],
          ['ToDate', `${to}T23:59:00`],
        ],
      ],
      ['Occurrences', toEpochDay(to) - toEpochDay(from) + 1],
      ['Name', label],
      ['Type', 1],
      ['DayWorking', isWorked],
      ...(isWorked ? [workingTimes] : []),
    ],
  ]);
  const taskFields = placed.map(({ task, number, isSummary }, i): Field => {
    const planned = tasks.get(task.uid);
    const base = baseline.get(task.uid);
    const done = progress.get(task.uid);
    const constraint = task.constraint;
    const atEnd = constraint?.kind === 'mustFinish' || constraint?.kind.startsWith('finish');
    return [
      'Task',
      [
        ['UID', task.uid],
        ['ID', i + 1],
        ['Name', task.name],
        ['Active', true],
        ['Manual', false],
        ['Type', 0],
        ['IsNull', false],
        ['OutlineNumber', number],
        ['OutlineLevel', number.split('.').length],
        ['Start', planned && beginning(planned.start)],
        ['Finish', planned && end(planned.finish)],
        ['Duration', hours(task.days)],
        ['DurationFormat', 7],
        ['Milestone', !isSummary && task.days === 0],
        ['Summary', isSummary],
        ['Critical', planned?.isCritical ?? false],
        ['PercentComplete', done?.percent ?? 0],
        ['ActualStart', done?.actualStart && beginning(done.actualStart)],
        ['ActualFinish', done?.actualFinish && end(done.actualFinish)],
        ['ConstraintType', constraint ? constraintType[constraint.kind] : 0],
        ['CalendarUID', -1],
        ['ConstraintDate', constraint && (atEnd ? end : beginning)(constraint.day)],
        ['Deadline', task.deadline && end(task.deadline)],
        ['Notes', task.note],
        ...task.links.map(
          ({ from, kind, lag }): Field => [
            'PredecessorLink',
            [
              ['PredecessorUID', from],
              ['Type', linkType[kind]],
              ['CrossProject', false],
              ['LinkLag', lag * minutesPerDay * 10],
              ['LagFormat', 7],
            ],
          ],
        ),
        ...(base
          ? [
              [
                'Baseline',
                [
                  ['Number', 0],
                  ['Start', beginning(base.start)],
                  ['Finish', end(base.finish)],
                ],
              ] as Field,
            ]
          : []),
      ],
    ];
  });
  const fields: Field[] = [
    ['SaveVersion', 14],
    ['Name', `${name}.xml`],
    ['Title', name],
    ['CreationDate', savedAt.toISOString().slice(0, 19)],
    ['ScheduleFromStart', content.direction === 'forward'],
    [
      'StartDate',
      content.direction === 'forward' ? content.start && beginning(content.start) : first && beginning(first),
    ],
    ['FinishDate', content.direction === 'backward' ? content.promised && end(content.promised) : last && end(last)],
    ['CalendarUID', 1],
    ['DefaultStartTime', '08:00:00'],
    ['DefaultFinishTime', '17:00:00'],
    ['MinutesPerDay', minutesPerDay],
    ['MinutesPerWeek', minutesPerDay * calendar.weekdays.filter(Boolean).length],
    ['DaysPerMonth', 20],
    ['DurationFormat', 7],
    [
      'Calendars',
      [
        [
          'Calendar',
          [
            ['UID', 1],
            ['Name', calendar.name],
            ['IsBaseCalendar', true],
            ['BaseCalendarUID', -1],
            ['WeekDays', weekDays],
            ['Exceptions', exceptions],
          ],
        ],
      ],
    ],
    ['Tasks', taskFields],
  ];
  const body = lines(fields, '  ');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n${body}</Project>\n`;
}
