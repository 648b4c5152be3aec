import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, endOfMonth } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { listExemptions, rulesChanged } from '#modules/dispatch/server/public.ts';
import { indicatorChanges } from '#modules/indicators/server/public.ts';
import type { CheckItem, Month } from '../contract.ts';
import { periodBefore } from './collect.ts';
import { listEditions, verifyEditions } from './store.ts';

/** Examples that the list shows; the page it leads to has all of them. */
const shown = 12;
const isDone = (count: number, otherwise: 'watch' | 'todo'): CheckItem['state'] => (count === 0 ? 'done' : otherwise);
const item = (title: string, note: string | null = null, path: string | null = null) => ({ title, note, path });

/** Filings of the month by the unit that owes them: due, accepted, waiting, returned, missing. Exempt ones are not due. */
export async function listUnitFilings(scope: Scope, period: string): Promise<Month['units']> {
  const { rows } = await sql<Month['units'][number]>`
    select coalesce(u.short_name, u.name, v.short_name, v.name, p.lead_text, p.owner_text, '') as name, count(*)::int as due,
      count(*) filter (where s.has_accepted)::int as accepted,
      count(*) filter (where not s.has_accepted and s.state = 'submitted')::int as waiting,
      count(*) filter (where not s.has_accepted and s.state = 'returned')::int as returned,
      count(*) filter (where not s.has_accepted and s.state not in ('submitted', 'returned'))::int as missing
    from filings.pub_state s
    join filings.pub_filing f on f.city_id = s.city_id and f.id = s.filing_id and f.kind = 'monthly'
    join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.county_unit_id
    left join organization.pub_unit v on v.city_id = p.city_id and v.id = p.lead_unit_id
    where s.city_id = ${scope.cityId} and s.period = ${period} and s.state <> 'exempt'
    group by 1 order by (count(*) filter (where not s.has_accepted)) desc, count(*) desc, 1`.execute(scope.db);
  return rows;
}

/** What the office goes through before it freezes a month (checklist of the month). */
export async function checklist(scope: Scope, period: string, units: Month['units']): Promise<CheckItem[]> {
  const day = endOfMonth(`${period}-01`);
  return [
    completeness(period, units),
    await corrections(scope, period),
    await openSignals(scope, period),
    await exemptions(scope, day),
    await rules(scope, period, day),
    await plans(scope, period, day),
    await earlier(scope, period),
    await chain(scope),
  ];
}

function completeness(period: string, units: Month['units']): CheckItem {
  const sum = (of: (u: Month['units'][number]) => number) => units.reduce((total, u) => total + of(u), 0);
  const [due, accepted] = [sum((u) => u.due), sum((u) => u.accepted)];
  const open = due - accepted;
  return {
    code: 'completeness',
    state: isDone(open, 'todo'),
    count: open,
    says: {
      zh: `应报 ${due}，已审核 ${accepted}，尚缺 ${open}`,
      en: `${due} due, ${accepted} accepted, ${open} not yet`,
    },
    path: `/filings/completeness?period=${period}`,
    items: units
      .filter((u) => u.due > u.accepted)
      .slice(0, shown)
      .map((u) => item(u.name, `${u.accepted}/${u.due}`)),
  };
}

async function corrections(scope: Scope, period: string): Promise<CheckItem> {
  const { rows } = await sql<{ name: string; reason: string; total: number }>`
    select p.name, c.reason, count(*) over ()::int as total from filings.pub_correction c
    join projects.pub_project p on p.city_id = c.city_id and p.id = c.project_id
    where c.city_id = ${scope.cityId} and c.period = ${period} and c.decision is null
    order by c.requested_at limit ${shown}`.execute(scope.db);
  const count = rows[0]?.total ?? 0;
  return {
    code: 'corrections',
    state: isDone(count, 'todo'),
    count,
    says: { zh: `待批更正 ${count} 件`, en: `${count} corrections wait for a decision` },
    path: '/filings/corrections',
    items: rows.map((row) => item(row.name, row.reason)),
  };
}

async function openSignals(scope: Scope, period: string): Promise<CheckItem> {
  const { rows } = await sql<{ projectId: string; name: string; sentence: Words | string; total: number }>`
    select s.project_id, p.name, s.sentence, count(*) over ()::int as total from signals.pub_finding s
    join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
    where s.city_id = ${scope.cityId} and s.period = ${period} and not s.is_settled
    order by s.is_explained, s.found_on limit ${shown}`.execute(scope.db);
  const count = rows[0]?.total ?? 0;
  return {
    code: 'signals',
    state: isDone(count, 'watch'),
    count,
    says: { zh: `核实未了 ${count} 件`, en: `${count} queries are not settled` },
    path: '/signals',
    items: rows.map((row) =>
      item(row.name, typeof row.sentence === 'string' ? row.sentence : row.sentence.zh, `/projects/${row.projectId}`),
    ),
  };
}

/** Exemptions that lapse by the end of the month after: what was excused will be counted again. */
async function exemptions(scope: Scope, day: Day): Promise<CheckItem> {
  const ending = await listExemptions(scope, { endingFrom: `${day.slice(0, 8)}01`, endingTo: addDays(day, 30) });
  return {
    code: 'exemptions',
    state: isDone(ending.length, 'watch'),
    count: ending.length,
    says: {
      zh: `即将到期的豁免 ${ending.length} 件，到期后按规则亮灯`,
      en: `${ending.length} exemptions lapse soon and will count again`,
    },
    path: '/dispatch/rules',
    items: ending
      .slice(0, shown)
      .map((e) => item(e.projectName, `${e.reason}　${e.approver}　${e.untilDay}`, `/projects/${e.projectId}`)),
  };
}

/** What the figures are worked out by and was changed in the month: light rules, and formulas of indicators. */
async function rules(scope: Scope, period: string, day: Day): Promise<CheckItem> {
  const [from, to] = [new Date(`${period}-01T00:00:00+08:00`), new Date(`${addDays(day, 1)}T00:00:00+08:00`)];
  const lights = await rulesChanged(scope, { from, to });
  const formulas = await indicatorChanges(scope, { from, to });
  const count = lights.length + formulas.length;
  return {
    code: 'rules',
    state: isDone(count, 'watch'),
    count,
    says: { zh: `本月改动规则和公式 ${count} 处`, en: `${count} rules and formulas changed this month` },
    path: lights.length > 0 || formulas.length === 0 ? '/dispatch/rules' : '/dispatch/indicators',
    items: [
      ...lights.map((r) =>
        item(
          `${r.name.zh} 第 ${r.version} 版`,
          `${r.effectiveOn ? `${r.effectiveOn} 起用　` : ''}${r.reason}　${r.actorName}`,
        ),
      ),
      ...formulas.map((f) => item(`${f.name ?? f.code} 第 ${f.version} 版`, `${f.reason}　${f.actorName}`)),
    ].slice(0, shown),
  };
}

async function plans(scope: Scope, period: string, day: Day): Promise<CheckItem> {
  const { rows } = await sql<{ id: string; name: string; reason: string | null; total: number }>`
    select p.id, p.name, v.reason, count(*) over ()::int as total from projects.pub_plan_version v
    join projects.pub_project p on p.city_id = v.city_id and p.id = v.project_id
    where v.city_id = ${scope.cityId} and v.version > 1 and v.effective_on between ${`${period}-01`}::date and ${day}::date
    order by v.at desc limit ${shown}`.execute(scope.db);
  const count = rows[0]?.total ?? 0;
  return {
    code: 'plans',
    state: isDone(count, 'watch'),
    count,
    says: { zh: `本月调整年度计划 ${count} 个项目`, en: `${count} plans of the year were changed this month` },
    path: null,
    items: rows.map((row) => item(row.name, row.reason, `/projects/${row.id}`)),
  };
}

async function earlier(scope: Scope, period: string): Promise<CheckItem> {
  const before = periodBefore(period);
  const line = (await listEditions(scope, { period: before })).at(-1);
  const isMissing = !line?.publishedAt;
  return {
    code: 'earlier',
    state: isMissing ? 'watch' : 'done',
    count: isMissing ? 1 : 0,
    says: isMissing
      ? { zh: `上月（${before}）还没有发布`, en: `${before} is not published` }
      : { zh: `上月（${before}）已发布第 ${line.version} 版`, en: `${before} is published, edition ${line.version}` },
    path: `/editions/${before}`,
    items: [],
  };
}

async function chain(scope: Scope): Promise<CheckItem> {
  const { count, broken } = await verifyEditions(scope);
  return {
    code: 'chain',
    state: broken ? 'todo' : 'done',
    count: broken ? 1 : 0,
    says: broken
      ? {
          zh: `${broken.period} 第 ${broken.version} 版与当时定稿不符，请立即报告管理员`,
          en: `Edition ${broken.version} of ${broken.period} is not what was sealed: tell the administrator now`,
        }
      : { zh: `历次定稿 ${count} 版，哈希链完整`, en: `${count} editions, the chain is whole` },
    path: null,
    items: [],
  };
}
