import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { CityForecast, ForecastRow, Outlook, ProjectForecast } from '../shapes.ts';

interface RunTable {
  cityId: string;
  origin: string;
  day: string;
  at: Date;
  body: CityForecast;
}
interface ProjectTable {
  cityId: string;
  projectId: string;
  planYuan: number;
  p50Yuan: number | null;
  p90Yuan: number | null;
  plannedFinish: string | null;
  p50Finish: string | null;
  body: ProjectForecast;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{ 'forecasts.run': RunTable; 'forecasts.project': ProjectTable }>();
const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
const piece = 500;

/** Takes the place of what was forecast before; of each closed month the newest stays. */
export async function keep(scope: Scope, { city, projects }: Outlook): Promise<void> {
  await tables(scope).deleteFrom('forecasts.project').where('cityId', '=', scope.cityId).execute();
  for (let i = 0; i < projects.length; i += piece)
    await tables(scope)
      .insertInto('forecasts.project')
      .values(
        projects.slice(i, i + piece).map((one) => ({
          cityId: scope.cityId,
          projectId: one.projectId,
          planYuan: one.planYuan,
          p50Yuan: one.money?.spread.p50 ?? null,
          p90Yuan: one.money?.spread.p90 ?? null,
          plannedFinish: one.finish?.planned ?? null,
          p50Finish: one.finish?.spread?.p50 ?? null,
          body: jsonb(one),
        })),
      )
      .execute();
  if (!city) return;
  const row = { day: scope.today, at: scope.now, body: jsonb(city) };
  await tables(scope)
    .insertInto('forecasts.run')
    .values({ cityId: scope.cityId, origin: city.origin, ...row })
    .onConflict((oc) => oc.columns(['cityId', 'origin']).doUpdateSet(row))
    .execute();
}

export const newestRun = (scope: Scope): Promise<RunTable | undefined> =>
  tables(scope)
    .selectFrom('forecasts.run')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('origin', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Undefined as well when the project is out of reach. */
export async function findForecast(scope: Scope, id: string): Promise<ProjectForecast | undefined> {
  const { rows } = await sql<{ body: ProjectForecast }>`
    select f.body from forecasts.project f join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.project_id = ${id} and ${withinReach(scope, 'forecasts.read')}`.execute(
    scope.db,
  );
  return rows[0]?.body;
}

const conditions = {
  short: sql<boolean>`f.p90_yuan < f.plan_yuan`,
  doubtful: sql<boolean>`f.p50_yuan < f.plan_yuan`,
  late: sql<boolean>`f.p50_finish > f.planned_finish`,
  all: sql<boolean>`true`,
};

/** Largest shortfall of the median first; for lateness, most days first. */
export async function listForecasts(
  scope: Scope,
  { which, offset, limit }: { which: keyof typeof conditions; offset: number; limit: number },
) {
  const from = sql`from forecasts.project f join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and ${withinReach(scope, 'forecasts.read')}`;
  const { rows: counted } = await sql<Record<'short' | 'doubtful' | 'late' | 'all' | 'untold', number>>`
    select count(*) filter (where ${conditions.short}) as short, count(*) filter (where ${conditions.doubtful}) as doubtful,
      count(*) filter (where ${conditions.late}) as late, count(*) as all, count(*) filter (where f.p50_yuan is null) as untold
    ${from}`.execute(scope.db);
  const order =
    which === 'late'
      ? sql`f.p50_finish - f.planned_finish desc nulls last`
      : sql`f.plan_yuan - f.p50_yuan desc nulls last`;
  const { rows } = await sql<{ body: ProjectForecast } & Omit<ForecastRow, keyof ProjectForecast>>`
    select f.body, p.serial, p.name, p.demo, coalesce(u.short_name, u.name, p.lead_text) as lead_name
    from forecasts.project f join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.lead_unit_id
    where f.city_id = ${scope.cityId} and ${withinReach(scope, 'forecasts.read')} and ${conditions[which]}
    order by ${order}, p.serial limit ${limit} offset ${offset}`.execute(scope.db);
  return { counts: counted[0]!, rows: rows.map(({ body, ...row }): ForecastRow => ({ ...body, ...row })) };
}
