import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import {
  insertAcceptedFilings,
  insertSubmittedFilings,
  openCycle,
  type PastFiling,
} from '#modules/filings/server/public.ts';
import { setMilestones } from '#modules/projects/server/public.ts';
import { causeOf, monthsOf, type PastMonth } from '../history.ts';
import { milestonesOf } from '../milestones.ts';
import { withOddities } from '../oddities.ts';
import { readHistory } from './files.ts';
import { drawPhotos } from './photos.ts';

const source = '示例';

/** Files two years of months as if they had been filed at the time; the month under way waits in part for review. */
export async function fileHistory(scope: Scope): Promise<number> {
  const history = await readHistory();
  const underWay = scope.today.slice(0, 7);
  // A demonstration set to another month simply has its last months unfiled.
  const months = withOddities(monthsOf(history, '2021-09').filter((m) => m.period <= underWay));
  const { rows } = await sql<Site>`select id, name, lat, lng from projects.pub_project
    where city_id = ${scope.cityId} and child_count = 0`.execute(scope.db);
  const sites = new Map(rows.map((row) => [row.name, row]));
  const known = months.filter((m) => sites.has(m.name));
  const photos = await photosOf(scope, known);
  await openCycle(scope, underWay);
  const filing = (m: PastMonth, index: number) => {
    const site = sites.get(m.name)!;
    const submittedAt = momentIn(scope, m.period, 20 + (index % 6), 9 + (index % 9), index % 60);
    return {
      projectId: site.id,
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
        photos: photos.get(m)?.(site, submittedAt) ?? [],
      },
    };
  };
  const accepted = known.filter((m) => m.state === 'accepted').map(filing);
  const submitted = known.filter((m) => m.state === 'submitted').map(filing);
  return (
    (await insertAcceptedFilings(scope, accepted, source)) + (await insertSubmittedFilings(scope, submitted, source))
  );
}

interface Site {
  id: string;
  name: string;
  lat: number | null;
  lng: number | null;
}
type Photos = NonNullable<PastFiling['content']>['photos'];
type Photograph = (site: Site, submittedAt: Date) => NonNullable<Photos>;

/**
 * A picture of its own for each project's newest month, taken at its site the day it was filed. A few are as a data
 * quality board finds them: used by a neighbour, weeks old, from elsewhere; and some projects have none.
 */
async function photosOf(scope: Scope, months: readonly PastMonth[]): Promise<Map<PastMonth, Photograph>> {
  const newest = new Map(months.map((m) => [m.name, m]));
  const chosen = [...newest.values()].filter((m, i) => m.period >= '2021-08' && i % 60 !== 59);
  const stored = await drawPhotos(scope, chosen.length);
  const day = 86_400_000;
  return new Map(
    chosen.map((m, i) => {
      const file = stored[i % 90 === 89 ? i - 1 : i]!;
      const photograph: Photograph = (site, submittedAt) => [
        {
          fileId: file.id,
          name: file.name,
          takenAt: new Date(submittedAt.getTime() - (i % 110 === 50 ? 45 : 1) * day).toISOString(),
          lat: site.lat === null ? null : site.lat + (i % 100 === 25 ? 0.08 : 0.002),
          lon: site.lng,
        },
      ];
      return [m, photograph] as const;
    }),
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
