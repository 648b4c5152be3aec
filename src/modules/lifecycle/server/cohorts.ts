import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addMonths, type Day, daysBetween } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { LifeStage } from '../gates.ts';
import { overdueStartDays } from '../reserve.ts';
import { type CohortMember, type ConversionYear, type FunnelStep, type FunnelYear, funnelSteps } from '../shapes.ts';
import { bothCounts, inCity, type PlaceRow, placeColumns, placeJoins, placeOf } from './place.ts';
import { getRules } from './reserve-store.ts';

type Condition = RawBuilder<SqlBool>;
const stands = (stages: readonly string[]): Condition => sql<SqlBool>`exists (
  select 1 from lifecycle.gate x where x.city_id = p.city_id and x.project_id = p.id and x.stage = any(${[...stages]}::text[]))`;

/**
 * 签约→履约→开工→投产→达效. 履约 is a signed project that has come past signing: it got its approval or a later gate. A gate
 * that only a later one implies counts as reached.
 */
const reached: Record<FunnelStep, Condition> = {
  signed: sql<SqlBool>`true`,
  performed: stands(['preparation', 'started', 'building', 'completed', 'producing', 'fullCapacity']),
  started: stands(['started']),
  producing: stands(['producing']),
  fullCapacity: stands(['fullCapacity']),
};

const conversionSteps = {
  entered: sql<SqlBool>`true`,
  started: sql<SqlBool>`r.left_how = 'started'`,
  withdrawn: sql<SqlBool>`r.left_how in ('withdrawn', 'terminated')`,
  open: sql<SqlBool>`r.left_how is null`,
} satisfies Record<string, Condition>;
export type ConversionStep = keyof typeof conversionSteps;

/** Projects (not items: those count within their package) that signed, and members of the pool. */
const signedFrom = (scope: Scope) => sql`
  from lifecycle.gate s join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
  where ${inCity(scope)} and s.stage = 'signed' and p.parent_id is null and ${withinReach(scope, 'lifecycle.read')}`;
const poolFrom = (scope: Scope) => sql`
  from lifecycle.reserve r join projects.pub_project p on p.city_id = r.city_id and p.id = r.project_id
  where ${inCity(scope)} and p.parent_id is null and ${withinReach(scope, 'lifecycle.read')}`;

async function conversion(scope: Scope): Promise<ConversionYear[]> {
  const years = new Map<number, ConversionYear>();
  for (const step of Object.keys(conversionSteps) as ConversionStep[]) {
    const { rows } = await sql<{ year: number; projects: number; items: number }>`
      select extract(year from r.entered_on)::int as year, ${bothCounts} ${poolFrom(scope)} and ${conversionSteps[step]}
      group by 1 order by 1 desc`.execute(scope.db);
    const none = { projects: 0, items: 0 };
    for (const { year, ...both } of rows) {
      const entry = years.get(year) ?? { year, entered: none, started: none, withdrawn: none, open: none };
      years.set(year, { ...entry, [step]: both });
    }
  }
  return [...years.values()];
}

async function funnel(scope: Scope): Promise<FunnelYear[]> {
  const years = new Map<number, FunnelYear>();
  const none = { projects: 0, items: 0, yuan: 0 };
  for (const step of funnelSteps) {
    const { rows } = await sql<{ year: number; projects: number; items: number; yuan: number }>`
      select extract(year from s.reached_on)::int as year, ${bothCounts}, coalesce(sum(p.total_yuan), 0)::bigint as yuan
      ${signedFrom(scope)} and s.reached_on is not null and ${reached[step]} group by 1 order by 1 desc`.execute(
      scope.db,
    );
    for (const { year, ...both } of rows) {
      const steps = years.get(year)?.steps ?? {
        signed: none,
        performed: none,
        started: none,
        producing: none,
        fullCapacity: none,
      };
      years.set(year, { year, steps: { ...steps, [step]: both } });
    }
  }
  return [...years.values()];
}

interface MemberRow extends PlaceRow {
  from: Day | null;
  on: Day | null;
  stage: LifeStage;
}
const present = (row: MemberRow): CohortMember => ({
  ...placeOf(row),
  from: row.from,
  on: row.on,
  days: row.from && row.on ? daysBetween(row.from, row.on) : null,
  stage: row.stage,
});

/** Signed and not begun though the limit is over; those that rest or have ended are named elsewhere. */
async function overdueStarts(scope: Scope, startLimitMonths: number): Promise<(CohortMember & { overDays: number })[]> {
  const { rows } = await sql<MemberRow>`
    select ${placeColumns}, p.stage, s.reached_on as "from", null::date as on
    from lifecycle.gate s join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id ${placeJoins}
    where ${inCity(scope)} and s.stage = 'signed' and s.reached_on < ${addMonths(scope.today, -startLimitMonths)}::date
      and p.parent_id is null and p.stage in ('reserve', 'signed', 'preparation') and not ${reached.started} and ${withinReach(scope, 'lifecycle.read')}
    order by s.reached_on, p.serial`.execute(scope.db);
  return rows.flatMap((row) => {
    const overDays = overdueStartDays({ startLimitMonths }, row.from!, scope.today);
    return overDays === null ? [] : [{ ...present(row), overDays }];
  });
}

export async function cohorts(scope: Scope) {
  const { startLimitMonths } = (await getRules(scope)).rules;
  const { rows } = await sql<{ undated: number }>`
    select count(*)::int as undated ${signedFrom(scope)} and s.reached_on is null`.execute(scope.db);
  return {
    conversion: await conversion(scope),
    funnel: await funnel(scope),
    undated: rows[0]!.undated,
    startLimitMonths,
    overdueStarts: await overdueStarts(scope, startLimitMonths),
  };
}

const gateOf: Partial<Record<FunnelStep, string>> = {
  performed: 'preparation',
  started: 'started',
  producing: 'producing',
  fullCapacity: 'fullCapacity',
};

/** The named list behind a figure: who reached the step, or who has not of those who reached the one before it. */
export async function cohortMembers(
  scope: Scope,
  {
    list,
    year,
    step,
    who = 'reached',
  }: {
    list: 'conversion' | 'funnel';
    year: number;
    step: ConversionStep | FunnelStep;
    who?: 'reached' | 'missing' | undefined;
  },
): Promise<CohortMember[]> {
  const between = (column: RawBuilder<unknown>) =>
    sql`${column} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`;
  if (list === 'conversion') {
    const condition = step in conversionSteps ? conversionSteps[step as ConversionStep] : sql<SqlBool>`false`;
    const { rows } = await sql<MemberRow>`
      select ${placeColumns}, p.stage, r.entered_on as "from", r.left_on as on
      from lifecycle.reserve r join projects.pub_project p on p.city_id = r.city_id and p.id = r.project_id ${placeJoins}
      where ${inCity(scope)} and p.parent_id is null and ${withinReach(scope, 'lifecycle.read')}
        and ${between(sql`r.entered_on`)} and ${who === 'missing' ? sql`not ${condition}` : condition}
      order by r.entered_on, p.serial`.execute(scope.db);
    return rows.map(present);
  }
  const at = funnelSteps.indexOf(step as FunnelStep);
  if (at < 0) return [];
  const own = reached[step as FunnelStep];
  const condition = who === 'missing' ? sql`${at > 0 ? reached[funnelSteps[at - 1]!] : sql`true`} and not ${own}` : own;
  const { rows } = await sql<MemberRow>`
    select ${placeColumns}, p.stage, s.reached_on as "from", g.reached_on as on
    from lifecycle.gate s join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
    left join lifecycle.gate g on g.city_id = p.city_id and g.project_id = p.id and g.stage = ${gateOf[step as FunnelStep] ?? 'signed'} ${placeJoins}
    where ${inCity(scope)} and s.stage = 'signed' and p.parent_id is null and ${withinReach(scope, 'lifecycle.read')}
      and ${between(sql`s.reached_on`)} and ${condition}
    order by s.reached_on, p.serial`.execute(scope.db);
  return rows.map(present);
}
