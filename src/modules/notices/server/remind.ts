import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { type Rung, reminderAt, rungsAt } from '../rules.ts';
import { insertNotices, type NewNotice } from './notice-store.ts';
import { getRules } from './rule-store.ts';

/** Who acts at each rung; the names of the permissions are those of filings (levels.ts there). */
const rungPermission: Record<Rung, string> = {
  filer: 'filings.file',
  responsibleUnit: 'filings.passAsUnit',
  commandPost: 'filings.passAsCommand',
  office: 'filings.accept',
};

interface Place {
  projectId: string;
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

/** Accounts of a rung for a project. The office reaches everything: below its own rung it is not told for others. */
export async function listenersOf(scope: Scope): Promise<(rung: Rung, place: Place) => Promise<string[]>> {
  const holders = Object.fromEntries(
    await Promise.all(
      Object.entries(rungPermission).map(
        async ([rung, permission]) => [rung, await holdersOf(scope, permission)] as const,
      ),
    ),
  ) as Record<Rung, Awaited<ReturnType<typeof holdersOf>>>;
  const office = new Set((await holders.office({ unitId: null, projectId: '' })).map((h) => h.accountId));
  return async (rung, place) => {
    const unitId = {
      filer: place.ownerUnitId ?? place.leadUnitId,
      responsibleUnit: place.leadUnitId ?? place.countyUnitId,
      commandPost: place.commandUnitId,
      office: null,
    }[rung];
    const found = (await holders[rung]({ unitId, projectId: place.projectId })).map((h) => h.accountId);
    return rung === 'office' ? found : found.filter((id) => !office.has(id));
  };
}

interface OwedRow extends Place {
  cycleId: string;
  kind: string;
  period: string;
  dueAt: Date;
  projectName: string;
}

const kindWords: Record<string, { zh: string; en: string }> = {
  weekly: { zh: '周报', en: 'weekly report' },
  halfMonthly: { zh: '半月报', en: 'half-monthly report' },
  monthly: { zh: '月报', en: 'monthly report' },
  quarterly: { zh: '季报', en: 'quarterly report' },
};
const named = (names: readonly string[]): string => `${names.slice(0, 3).join('、')}${names.length > 3 ? '等' : ''}`;
const shanghai = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Reminds of what is not filed: before the due moment those who file, after it rung by rung. One notice a cycle and step. */
export async function remindOfFilings(scope: Scope): Promise<number> {
  const { rules } = await getRules(scope);
  // Ten days after the due moment everybody has heard; ten days before nobody is reminded.
  const { rows } = await sql<OwedRow>`
    select f.cycle_id, f.kind, f.period, f.due_at, p.id as project_id, p.name as project_name, p.owner_unit_id, p.lead_unit_id,
      p.command_unit_id, p.county_unit_id
    from filings.pub_filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.state in ('opened', 'draft', 'checked', 'returned') and f.accepted_seq is null
      and f.due_state = 'published'
      and f.due_at between ${scope.now}::timestamptz - interval '10 days' and ${scope.now}::timestamptz + interval '10 days'
    order by p.serial`.execute(scope.db);
  if (rows.length === 0) return 0;
  const listeners = await listenersOf(scope);
  const heaps = new Map<
    string,
    { row: OwedRow; accountId: string; rung: Rung; hours: number | null; names: string[] }
  >();
  for (const row of rows) {
    const hours = reminderAt(rules, row.dueAt, scope.now);
    const steps: Rung[] = hours === null ? rungsAt(rules, row.dueAt, scope.now) : ['filer'];
    for (const rung of steps)
      for (const accountId of await listeners(rung, row)) {
        const key = `${accountId} ${row.cycleId} ${rung}`;
        const heap = heaps.get(key) ?? { row, accountId, rung, hours, names: [] };
        heaps.set(key, heap);
        heap.names.push(row.projectName);
      }
  }
  const wanted = [...heaps.values()].map(({ row, accountId, rung, hours, names }): NewNotice => {
    const form = kindWords[row.kind] ?? { zh: row.kind, en: row.kind };
    const due = shanghai.format(row.dueAt);
    const link = rung === 'filer' ? '/filings/mine' : '/filings/completeness';
    if (hours !== null)
      return {
        accountId,
        key: `due ${row.cycleId} ${hours}`,
        kind: 'filingDue',
        title: {
          zh: `${row.period} ${form.zh} ${due} 截止，还有 ${names.length} 个项目未报`,
          en: `${row.period} ${form.en}: ${names.length} projects not filed, due ${due}`,
        },
        body: { zh: named(names), en: named(names) },
        link,
        isUrgent: hours <= 3,
      };
    return {
      accountId,
      key: `overdue ${row.cycleId} ${rung}`,
      kind: 'filingOverdue',
      title: {
        zh: `${row.period} ${form.zh}已逾期，${names.length} 个项目未报`,
        en: `${row.period} ${form.en} is overdue for ${names.length} projects`,
      },
      body: { zh: `${due} 截止：${named(names)}`, en: `due ${due}: ${named(names)}` },
      link,
    };
  });
  return (await insertNotices(scope, wanted)).length;
}

/** Reviewers whose level holds filings for longer than the rules say: once a day. */
export async function remindReviewers(scope: Scope): Promise<number> {
  const { rules } = await getRules(scope);
  const { rows } = await sql<Place & { level: Exclude<Rung, 'filer'> | null; projectName: string }>`
    select coalesce(f.level, 'office') as level, p.id as project_id, p.name as project_name, p.owner_unit_id, p.lead_unit_id,
      p.command_unit_id, p.county_unit_id
    from filings.pub_filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.state = 'submitted'
      and f.submitted_at < ${scope.now}::timestamptz - make_interval(hours => ${rules.reviewHours}::integer)
    order by p.serial`.execute(scope.db);
  if (rows.length === 0) return 0;
  const listeners = await listenersOf(scope);
  const heaps = new Map<string, string[]>();
  for (const row of rows)
    for (const accountId of await listeners(row.level ?? 'office', row))
      heaps.set(accountId, [...(heaps.get(accountId) ?? []), row.projectName]);
  const wanted = [...heaps].map(
    ([accountId, names]): NewNotice => ({
      accountId,
      key: `review ${scope.today}`,
      kind: 'reviewWaiting',
      title: {
        zh: `${names.length} 份填报待审核超过 ${rules.reviewHours} 小时`,
        en: `${names.length} filings have waited for review for over ${rules.reviewHours} hours`,
      },
      body: { zh: named(names), en: named(names) },
      link: '/filings/review',
    }),
  );
  return (await insertNotices(scope, wanted)).length;
}

interface PromiseRow extends Place {
  what: 'factor' | 'permit' | 'pause';
}

/** Promises that have passed (要素承诺、手续时限、停缓建复工预计): the responsible unit hears of them once a week. */
export async function remindOfPromises(scope: Scope): Promise<number> {
  const { rows } = await sql<PromiseRow>`
    select w.what, p.id as project_id, p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id
    from (
      select city_id, project_id, 'factor' as what from factors.pub_need where city_id = ${scope.cityId} and state = 'overdue'
      union all
      select city_id, project_id, 'permit' from permits.pub_step
        where city_id = ${scope.cityId} and done_on is null and due_on < ${scope.today}
      union all
      select city_id, project_id, 'pause' from lifecycle.pub_pause
        where city_id = ${scope.cityId} and resumed_on is null and ended_on is null and resume_due < ${scope.today}) w
    join projects.pub_project p on p.city_id = w.city_id and p.id = w.project_id`.execute(scope.db);
  if (rows.length === 0) return 0;
  const listeners = await listenersOf(scope);
  const heaps = new Map<string, Record<PromiseRow['what'], number>>();
  for (const row of rows)
    for (const accountId of await listeners('responsibleUnit', row)) {
      const heap = heaps.get(accountId) ?? { factor: 0, permit: 0, pause: 0 };
      heap[row.what] += 1;
      heaps.set(accountId, heap);
    }
  const wanted = [...heaps].map(([accountId, n]): NewNotice => {
    const parts = {
      zh: [
        n.factor && `要素承诺 ${n.factor} 项`,
        n.permit && `手续时限 ${n.permit} 项`,
        n.pause && `预计复工 ${n.pause} 项`,
      ],
      en: [n.factor && `${n.factor} factors`, n.permit && `${n.permit} permits`, n.pause && `${n.pause} resumptions`],
    };
    return {
      accountId,
      key: `promises ${weekOf(scope.today)}`,
      kind: 'promise',
      title: {
        zh: `${n.factor + n.permit + n.pause} 项承诺已过期`,
        en: `${n.factor + n.permit + n.pause} promises have passed`,
      },
      body: { zh: parts.zh.filter(Boolean).join('，'), en: parts.en.filter(Boolean).join(', ') },
      link: n.factor > 0 ? '/factors' : n.permit > 0 ? '/permits' : '/projects',
    };
  });
  return (await insertNotices(scope, wanted)).length;
}

/** The Monday of the day's week: a key that changes once a week. */
function weekOf(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
