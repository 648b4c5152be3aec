import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { monthOf, weekday, yearOf } from '#core/shared/day.ts';
import { calendar, type YearHead, type YearPage } from '../contract.ts';
import { deadlineRules } from '../deadline-rules.ts';
import { type MarkedDay, workCalendar } from '../work-calendar.ts';
import { calendarOf, deadlineFor } from './public.ts';
import { findYear, insertVersion, listVersions, listYears, type StoredYear } from './store.ts';

export default defineServerModule(calendar, {
  handlers: {
    years: async (scope) => ({
      years: (await listYears(scope)).map(head),
      allowed: scope.can('calendar.edit') ? ['publish' as const] : [],
    }),

    year: async (scope, { year }) => page(scope, await getYear(scope, year)),

    publishYear: async (scope, { year, notice, noticeDate, days, reason }) => {
      checkMarks(year, days);
      await addVersion(scope, year, {
        notice,
        noticeDate,
        days: days.filter((d) => yearOf(d.day) === year),
        changed: null,
        reason,
      });
      // A notice may give the last days of December: they belong to the year before, and change its calendar.
      const before = days.filter((d) => yearOf(d.day) === year - 1);
      if (before.length > 0) {
        const known = await getYear(scope, year - 1);
        const kept = known.days.filter((d) => !before.some((b) => b.day === d.day));
        await addVersion(scope, year - 1, {
          ...known,
          days: [...kept, ...before],
          changed: null,
          reason: `${notice}：${reason}`,
        });
      }
      return page(scope, await getYear(scope, year));
    },

    editDay: async (scope, { day, mark, name, reason }) => {
      const year = await getYear(scope, yearOf(day));
      const old = year.days.find((d) => d.day === day);
      if (mark !== 'plain' && name === '')
        throw invalid('name_missing', { zh: '请写明节日名称', en: 'Name the festival' }, 'name');
      const marked: MarkedDay[] = mark === 'plain' ? [] : [{ day, mark, name }];
      checkMarks(yearOf(day), marked);
      if ((old?.mark ?? 'plain') === mark && (old?.name ?? '') === (mark === 'plain' ? '' : name))
        throw conflict('unchanged', { zh: '这一天本来就是这样安排的', en: 'The day already stands like this' });
      await addVersion(scope, yearOf(day), {
        ...year,
        days: [...year.days.filter((d) => d.day !== day), ...marked],
        changed: { day, from: old?.mark ?? 'plain', to: mark },
        reason,
      });
      return page(scope, await getYear(scope, yearOf(day)));
    },

    dayKind: async (scope, { day }) => {
      const found = await calendarOf(scope);
      return found.hasYear(yearOf(day))
        ? { kind: found.kindOf(day), name: found.nameOf(day) }
        : { kind: null, name: null };
    },

    rules: async () => [...deadlineRules],

    deadline: async (scope, { start, code, rule }) => {
      const known = deadlineRules.find((r) => r.code === code);
      if (!known && !rule) throw notFound({ zh: '期限规则', en: 'deadline rule' });
      return deadlineFor(scope, known ?? { code: 'own', basis: '', ...rule! }, start);
    },
  },
});

/** Marks that contradict each other or the week would silently shift every deadline of the year. */
function checkMarks(year: number, days: readonly MarkedDay[]): void {
  const seen = new Set<string>();
  for (const { day, mark } of days) {
    if (yearOf(day) !== year && !(yearOf(day) === year - 1 && monthOf(day) === 12))
      throw invalid('wrong_year', { zh: `${day} 不在 ${year} 年`, en: `${day} is not in ${year}` }, 'days');
    if (seen.has(day)) throw invalid('day_twice', { zh: `${day} 出现了两次`, en: `${day} is listed twice` }, 'days');
    if (mark === 'work' && weekday(day) < 6)
      throw invalid(
        'not_weekend',
        { zh: `${day} 不是周末，无须调休上班`, en: `${day} is not a weekend day, so it needs no make-up mark` },
        'days',
      );
    seen.add(day);
  }
}

async function addVersion(
  scope: Scope,
  year: number,
  next: Pick<StoredYear, 'notice' | 'noticeDate' | 'days'> & {
    changed: YearPage['versions'][number]['changed'];
    reason: string;
  },
): Promise<void> {
  const before = await findYear(scope, year);
  const version = (before?.version ?? 0) + 1;
  const days = [...next.days].sort((a, b) => (a.day < b.day ? -1 : 1));
  const { notice, noticeDate, changed, reason } = next;
  if (!(await insertVersion(scope, { year, version, notice, noticeDate, days, changed, reason })))
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚修改了这一年的日历，请刷新后重试',
      en: 'Somebody else has just changed this year. Reload and try again',
    });
  audited(scope, { subject: 'calendar.year', id: String(year), before: before?.days ?? null, after: days });
}

async function getYear(scope: Scope, year: number): Promise<StoredYear> {
  const found = await findYear(scope, year);
  if (!found)
    throw invalid('CALENDAR_NOT_PUBLISHED', {
      zh: `${year} 年的放假安排尚未发布，请先按国务院办公厅通知发布`,
      en: `The calendar of ${year} is not published yet. Publish it after the State Council notice`,
    });
  return found;
}

const head = (year: StoredYear): YearHead => ({
  year: year.year,
  notice: year.notice,
  noticeDate: year.noticeDate,
  offCount: year.days.filter((d) => d.mark === 'off').length,
  workCount: year.days.filter((d) => d.mark === 'work').length,
  version: year.version,
});

async function page(scope: Scope, year: StoredYear): Promise<YearPage> {
  const versions = await listVersions(scope, year.year);
  const first = `${year.year}-01-01`;
  const counted = workCalendar([year]);
  const workdays = counted.workdaysBetween(first, `${year.year}-12-31`) + (counted.isWorkday(first) ? 1 : 0);
  return {
    ...head(year),
    days: [...year.days],
    workdays,
    versions: versions.map((v) => ({
      version: v.version,
      reason: v.reason,
      actorName: v.actorName,
      at: v.at.toISOString(),
      changed: v.changed,
    })),
    allowed: scope.can('calendar.edit') ? ['edit'] : [],
  };
}
