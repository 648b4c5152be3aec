import { sql } from 'kysely';
import { storeFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, type Day, daysBetween } from '#core/shared/day.ts';
import { insertMilestoneEvidence, setPlans } from '#modules/projects/server/public.ts';
import {
  type Content,
  insertSchedules,
  type Progress,
  planDatesOf,
  type ScheduleToInsert,
  tasksOf,
  templateFor,
} from '#modules/schedules/server/public.ts';
import { readPhotos } from './files.ts';

/** Projects that everybody opens first; others follow by number. */
const first = ['市中心医院项目', 'G353机场快速路项目', '西环线项目', '市公共卫生医疗中心', '胥家桥物流园城配中心'];
const count = 12;
/** Days by which the work of each schedule has slipped by the end; three are on time, one is ahead. */
const slips = [24, 0, 41, 12, 0, 58, 7, 33, -9, 76, 18, 0];
const approver = '王建国（示例）';

interface Row {
  id: string;
  name: string;
  board: string | null;
  start: Day;
  finish: Day;
}

/**
 * Some schedules as headquarters keep them: by the template of their kind, stretched between start and finish of the
 * register, half of them promised anew in a second version, with what has happened so far. All 示例.
 */
export async function layOutSchedules(scope: Scope): Promise<void> {
  const { rows } = await sql<Row>`
    select id, name, board, coalesce(start_actual, start_planned)::text as start, finish_planned::text as finish
    from projects.pub_project
    where city_id = ${scope.cityId} and child_count = 0 and coalesce(start_actual, start_planned) is not null
      and finish_planned - coalesce(start_actual, start_planned) between 200 and 1600
      and finish_planned < '2026-06-30'
    order by array_position(${first}::text[], name), tiers && array['省重点'] desc, serial`.execute(scope.db);
  const chosen = rows.slice(0, count);
  const made: ScheduleToInsert[] = [];
  for (const [i, row] of chosen.entries()) made.push(await scheduleOf(scope, row, i));
  await insertSchedules(scope, made);
  await adjustPlans(scope, chosen);
  await proveMilestones(scope);
}

async function scheduleOf(scope: Scope, row: Row, index: number): Promise<ScheduleToInsert> {
  const template = templateFor(`${row.name} ${row.board ?? ''}`);
  // The city's calendar begins in 2021: what began before is counted in calendar days.
  const calendar = row.start >= '2021-02-01' && row.finish < '2025-12-01' ? 'city' : 'everyDay';
  const base: Content = {
    direction: 'forward',
    start: row.start,
    promised: row.finish,
    calendar,
    own: null,
    tasks: tasksOf(template),
  };
  const fitting = await fitted(scope, base, row);
  const planned = await planDatesOf(scope, fitting);
  const slip = slips[index % slips.length]!;
  const progress = planned ? happened(fitting, planned, slip, scope.today, row) : [];
  const fixedAt = new Date(`${addDays(row.start < scope.today ? row.start : scope.today, -20)}T02:00:00Z`);
  const versions = [
    { content: fitting, reason: '年度重点项目倒排工期部署（示例）', approver, actorName: '刘敏（示例）', at: fixedAt },
  ];
  const promised = addDays(row.finish, slip + 15);
  const later: Content = { ...fitting, promised: promised < '2026-12-01' ? promised : fitting.promised };
  const isAdjusted = slip > 20 && row.start < scope.today;
  if (isAdjusted)
    versions.push({
      content: stretched(later, planned ?? [], scope.today, slip),
      reason: '征拆和雨季影响，总指挥部第 9 次调度会议定事项（示例）',
      approver,
      actorName: '刘敏（示例）',
      at: new Date(`${addMonths(scope.today, -1)}T02:00:00Z`),
    });
  // One is being planned back from its promise at the moment.
  const draft: Content | undefined =
    index === 1 ? { ...fitting, direction: 'backward', promised: addDays(row.finish, -30) } : undefined;
  return { projectId: row.id, versions, progress, draft, draftBy: '刘敏（示例）' };
}

/** Durations stretched so that the template ends about when the register says. */
async function fitted(scope: Scope, content: Content, row: Row): Promise<Content> {
  let now = content;
  for (let round = 0; round < 3; round++) {
    const dates = await planDatesOf(scope, now);
    const last = dates
      ?.map((d) => d.finish)
      .sort()
      .at(-1);
    if (!last) return now;
    const factor = daysBetween(row.start, row.finish) / Math.max(1, daysBetween(row.start, last));
    now = {
      ...now,
      tasks: now.tasks.map((task) => ({
        ...task,
        days: task.days === 0 ? 0 : Math.max(2, Math.round(task.days * factor)),
        links: task.links.map((link) => ({ ...link, lag: Math.round(link.lag * factor) })),
      })),
    };
  }
  return now;
}

/** The tasks still to come take longer in the second version. */
function stretched(content: Content, dates: readonly { uid: number; start: Day }[], today: Day, slip: number): Content {
  const open = content.tasks.filter(
    (task) => task.days > 0 && (dates.find((d) => d.uid === task.uid)?.start ?? '') > today,
  );
  const more = Math.ceil(slip / Math.max(3, open.length));
  return {
    ...content,
    tasks: content.tasks.map((task) => (open.includes(task) ? { ...task, days: task.days + more } : task)),
  };
}

/** What has happened by today when the work slips by `slip` days towards its end. */
function happened(
  content: Content,
  dates: readonly { uid: number; start: Day; finish: Day }[],
  slip: number,
  today: Day,
  row: Row,
): Progress[] {
  const span = Math.max(1, daysBetween(row.start, row.finish));
  const shifted = (day: Day): Day =>
    addDays(day, Math.round(slip * Math.min(1, Math.max(0, daysBetween(row.start, day) / span) * 1.6)));
  return content.tasks.flatMap((task, i): Progress[] => {
    const isSummary = (content.tasks[i + 1]?.level ?? 0) > task.level;
    const planned = dates.find((one) => one.uid === task.uid);
    if (isSummary || !planned) return [];
    const [start, finish] = [shifted(planned.start), shifted(planned.finish)];
    if (finish < today) return [{ uid: task.uid, actualStart: start, actualFinish: finish, percent: 100 }];
    if (task.days === 0 || start >= today) return [];
    const percent = Math.min(
      95,
      Math.round((daysBetween(start, today) / Math.max(1, daysBetween(start, finish))) * 20) * 5,
    );
    return [{ uid: task.uid, actualStart: start, actualFinish: null, percent }];
  });
}

/** 调整后 beside 年初计划 for some of them. */
async function adjustPlans(scope: Scope, chosen: readonly Row[]): Promise<void> {
  const year = Number(scope.today.slice(0, 4));
  const { rows } = await sql<{ projectId: string; planYuan: number; goal: string | null }>`
    select project_id, plan_yuan, goal from projects.pub_plan
    where city_id = ${scope.cityId} and year = ${year} and version = 1 and plan_yuan > 0
      and project_id = any(${chosen.map((row) => row.id)}::uuid[]) order by project_id`.execute(scope.db);
  await setPlans(
    scope,
    rows
      .filter((row) => slips[chosen.findIndex((one) => one.id === row.projectId) % slips.length]! > 20)
      .map((row) => ({
        ...row,
        year,
        planYuan: Math.round((row.planYuan * 0.9) / 1_000_000) * 1_000_000,
        curve: null,
        reason: '征拆滞后，年中调整（示例）',
        approver,
        document: '岳重指〔2021〕7号（示例）',
      })),
  );
}

/** Photographs for nodes that were reached this year. */
async function proveMilestones(scope: Scope): Promise<void> {
  const [block, ...others] = await Promise.all(
    (await readPhotos()).map(({ name, bytes }) => storeFile(scope, bytes, name)),
  );
  if (!block) return;
  const photos = [block, ...others];
  const { rows } = await sql<{ id: string; projectId: string; actual: Day; name: string }>`
    select m.id, m.project_id, m.actual::text as actual, m.name from projects.pub_milestone m
    join projects.pub_project p on p.city_id = m.city_id and p.id = m.project_id
    where m.city_id = ${scope.cityId} and m.actual between ${`${scope.today.slice(0, 4)}-01-01`} and ${scope.today}
    order by array_position(${first}::text[], p.name), p.serial, m.position limit 40`.execute(scope.db);
  await insertMilestoneEvidence(
    scope,
    rows.map((row, i) => ({
      projectId: row.projectId,
      milestoneId: row.id,
      reachedOn: row.actual,
      file: photos[i % photos.length]!,
      note: `${row.name}，现场照片（示例）`,
      actorName: '何立新（示例）',
      at: new Date(`${row.actual}T08:30:00Z`),
    })),
  );
}
