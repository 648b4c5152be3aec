import { sql } from 'kysely';
import { storeFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { insertAcceptedFilings, insertSubmittedFilings, openCycle } from '#modules/filings/server/public.ts';
import { setMilestones } from '#modules/projects/server/public.ts';
import { causeOf, monthsOf, type PastMonth } from '../history.ts';
import { milestonesOf } from '../milestones.ts';
import { readHistory, readPhotos } from './files.ts';

const source = '示例';

/** Files two years of months as if they had been filed at the time; the month under way waits in part for review. */
export async function fileHistory(scope: Scope): Promise<number> {
  const history = await readHistory();
  const underWay = scope.today.slice(0, 7);
  // A demonstration set to another month simply has its last months unfiled.
  const months = monthsOf(history, '2021-09').filter((m) => m.period <= underWay);
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, name from projects.pub_project where city_id = ${scope.cityId} and child_count = 0`.execute(scope.db);
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  const photos = await Promise.all((await readPhotos()).map(({ name, bytes }) => storeFile(scope, bytes, name)));
  await openCycle(scope, underWay);
  const filing = (m: PastMonth, index: number) => {
    const photo = photos[index % photos.length]!;
    const submittedAt = momentIn(scope, m.period, 20 + (index % 6), 9 + (index % 9), index % 60);
    return {
      projectId: ids.get(m.name)!,
      period: m.period,
      monthYuan: m.monthYuan,
      cumulativeYuan: m.cumulativeYuan,
      submittedAt,
      submittedByName: '示例填报员',
      acceptedAt: momentIn(scope, m.period, 25, 10 + (index % 8), index % 60, submittedAt),
      acceptedByName: '刘敏（示例）',
      content: {
        imageProgress: m.progress,
        problems: m.problem,
        cause: causeOf(m.problem),
        // A picture for the newest months is enough to see how evidence is shown.
        photos:
          m.period >= '2021-08'
            ? [{ fileId: photo.id, name: photo.name, takenAt: submittedAt.toISOString(), lat: null, lon: null }]
            : [],
      },
    };
  };
  const known = months.filter((m) => ids.has(m.name));
  const accepted = known.filter((m) => m.state === 'accepted').map(filing);
  const submitted = known.filter((m) => m.state === 'submitted').map(filing);
  return (
    (await insertAcceptedFilings(scope, accepted, source)) + (await insertSubmittedFilings(scope, submitted, source))
  );
}

/** A moment of the month in Beijing, never after the present nor before `notBefore`. */
function momentIn(scope: Scope, period: string, day: number, hour: number, minute: number, notBefore?: Date): Date {
  const text = `${period}-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+08:00`;
  const moment = Math.max(Date.parse(text), notBefore ? notBefore.getTime() + 3_600_000 : 0);
  return new Date(Math.min(moment, scope.now.getTime() - 60_000));
}

/** Nodes for the projects that a headquarters watches most: the province's, the gifts, and those that texts promise. */
export async function planMilestones(scope: Scope): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; serial: number; start: string | null; finish: string | null }>`
    select id, name, serial, coalesce(start_actual, start_planned) as start, finish_planned as finish from projects.pub_project
    where city_id = ${scope.cityId} and child_count = 0 and (source is not null or tiers && array['省重点', '献礼工程'])`.execute(
    scope.db,
  );
  const day = (value: string | null, text: string | null = null) =>
    value && { day: value, precision: 'day' as const, text };
  for (const { id, ...project } of rows) {
    const nodes = milestonesOf(project, scope.today).map((m) => ({
      name: m.name,
      due: day(m.due, m.text) || null,
      actual: day(m.actual) || null,
    }));
    if (nodes.length > 0)
      await setMilestones(scope, id, nodes, { kind: 'milestones', reason: '示例节点', document: source });
  }
}
