import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { FundingRow, ListTotals, listFilters, listSorts } from '../shapes.ts';
import { bondLights } from './bonds.ts';
import { isOpen, listFindings } from './money.ts';

export interface ListInput {
  year: number;
  q?: string | undefined;
  only?: (typeof listFilters)[number] | undefined;
  by?: (typeof listSorts)[number] | undefined;
  down?: boolean | undefined;
}

/** Sorted by the exact quotient, not by its rounded words. */
const quotient = (n: string, d: string) => sql`${sql.ref(n)}::numeric / nullif(${sql.ref(d)}, 0)`;
const sorts: Record<(typeof listSorts)[number], RawBuilder<unknown>> = {
  serial: sql`serial`,
  total: sql`total_yuan`,
  plan: sql`plan_yuan`,
  planned: sql`planned_yuan`,
  arrived: sql`arrived_yuan`,
  paid: sql`paid_yuan`,
  reported: sql`reported_yuan`,
  planRate: quotient('arrived_yuan', 'plan_yuan'),
  agreementRate: quotient('arrived_to_date_yuan', 'agreement_yuan'),
};

/**
 * One row a project; a package has the money of its items with its own, because each yuan is entered once somewhere.
 * An item whose package the viewer does not see stands for itself.
 */
function listed(scope: Scope, { year, q, only }: ListInput, cut = sql``) {
  const words = q?.normalize('NFKC').toLowerCase();
  const within = (alias: string) => withinReach(scope, 'funding.read', alias);
  const isTop = scope.reach('funding.read').all
    ? sql`p.parent_id is null`
    : sql`(p.parent_id is null or not exists (select 1 from projects.pub_project package
        where package.city_id = p.city_id and package.id = p.parent_id and ${within('package')}))`;
  const named = words
    ? sql`and (strpos(lower(p.name), ${words}) > 0 or strpos(p.initials, ${words}) > 0 or lower(p.code) = ${words})`
    : sql``;
  const filter = {
    bonds: sql`where exists (select 1 from family f join funding.allotment a on a.city_id = ${scope.cityId} and a.project_id = f.project_id where f.root_id = chosen.id)`,
    unplanned: sql`where planned_yuan is null`,
    overpaid: sql`where paid_to_date_yuan > coalesce(arrived_to_date_yuan, 0)`,
  };
  return sql`
    with roots as materialized (
      select p.* from projects.pub_project p where p.city_id = ${scope.cityId} and ${within('p')} and ${isTop} ${named} ${cut}),
    family as materialized (
      select id as root_id, id as project_id, false as is_item from roots
      union all select p.parent_id, p.id, true from projects.pub_project p join roots r on p.city_id = r.city_id and p.parent_id = r.id),
    money as (
      select f.root_id, (sum(y.planned_yuan) filter (where y.year = ${year}))::bigint as planned_yuan,
        (sum(y.arrived_yuan) filter (where y.year = ${year}))::bigint as arrived_yuan,
        (sum(y.paid_yuan) filter (where y.year = ${year}))::bigint as paid_yuan,
        (sum(y.to_pay_yuan) filter (where y.year = ${year}))::bigint as to_pay_yuan,
        sum(y.arrived_yuan)::bigint as arrived_to_date_yuan, sum(y.paid_yuan)::bigint as paid_to_date_yuan
      from family f join funding.year y on y.city_id = ${scope.cityId} and y.project_id = f.project_id and y.year <= ${year}
      group by f.root_id),
    planned as (
      select f.root_id, coalesce(sum(pl.plan_yuan) filter (where not f.is_item), sum(pl.plan_yuan))::bigint as plan_yuan
      from family f join projects.pub_plan pl on pl.city_id = ${scope.cityId} and pl.project_id = f.project_id and pl.year = ${year}
      group by f.root_id),
    agreed as (
      select f.root_id, coalesce(sum(r.yuan) filter (where not f.is_item), sum(r.yuan))::bigint as agreement_yuan
      from family f join (select distinct on (project_id) project_id, yuan from funding.revision
        where city_id = ${scope.cityId} and track = 'agreement' order by project_id, seq desc) r on r.project_id = f.project_id
      group by f.root_id),
    chosen as (
      select p.id, p.serial, p.name, p.demo, p.child_count, p.owner_unit_id, p.owner_text, p.total_yuan, planned.plan_yuan, agreed.agreement_yuan,
        money.planned_yuan, money.arrived_yuan, money.paid_yuan, money.to_pay_yuan, money.arrived_to_date_yuan, money.paid_to_date_yuan,
        s.done_yuan as reported_yuan
      from roots p
      left join money on money.root_id = p.id
      left join planned on planned.root_id = p.id
      left join agreed on agreed.root_id = p.id
      left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year}),
    filtered as (select * from chosen ${only ? filter[only] : sql``})`;
}

/** A page of the list, or all of it for an export. The lamp and the open queries are worked out for the page alone. */
export async function listRows(
  scope: Scope,
  input: ListInput,
  offset: number,
  limit: number | null,
): Promise<FundingRow[]> {
  const order = sql`${sorts[input.by ?? 'serial']} ${input.down ? sql`desc nulls last` : sql`asc nulls last`}, serial`;
  const page = limit === null ? sql`` : sql`limit ${limit} offset ${offset}`;
  // Where the register alone decides the order, the money of only one page is added up.
  const isCutFirst = input.only === undefined && ['serial', 'total'].includes(input.by ?? 'serial');
  const { rows } = await sql<
    Omit<FundingRow, 'bondLight' | 'openQueries'> & { paidToDateYuan: number | null; itemIds: string[] }
  >`
    ${listed(scope, input, isCutFirst ? sql`order by ${order} ${page}` : sql``)}
    select page.id, page.serial, page.name, page.demo, page.child_count, coalesce(o.short_name, o.name, page.owner_text) as owner_name,
      page.total_yuan, page.plan_yuan, page.agreement_yuan, page.planned_yuan, page.arrived_yuan, page.paid_yuan, page.to_pay_yuan,
      page.arrived_to_date_yuan, page.reported_yuan,
      array(select f.project_id from family f where f.root_id = page.id) as item_ids
    from (select * from filtered order by ${order} ${isCutFirst ? sql`` : page}) page
    left join organization.pub_unit o on o.city_id = ${scope.cityId} and o.id = page.owner_unit_id
    order by ${order}`.execute(scope.db);
  const ids = rows.flatMap((row) => row.itemIds);
  const findings = await listFindings(scope, ids, input.year);
  const day = input.year < yearOf(scope.today) ? `${input.year}-12-31` : scope.today;
  const lights = await bondLights(scope, ids, day);
  return rows.map(({ itemIds, ...row }) => ({
    ...row,
    bondLight: (['late', 'warn', 'normal'] as const).find((l) => itemIds.some((id) => lights.get(id) === l)) ?? null,
    openQueries: itemIds.reduce((sum, id) => sum + (findings.get(id) ?? []).filter(isOpen).length, 0),
  }));
}

/** Sums over everything the list shows, whichever page. */
export async function totalsOf(scope: Scope, input: ListInput): Promise<ListTotals> {
  const sum = (column: string) => sql`coalesce(sum(${sql.ref(column)}), 0)::bigint as ${sql.ref(column)}`;
  const { rows } = await sql<ListTotals>`
    ${listed(scope, input)}
    select count(*) as rows, coalesce(sum(greatest(child_count, 1)), 0)::bigint as items,
      ${sql.join(['total_yuan', 'plan_yuan', 'agreement_yuan', 'planned_yuan', 'arrived_yuan', 'paid_yuan', 'reported_yuan'].map(sum))},
      coalesce(sum(arrived_yuan) filter (where plan_yuan > 0), 0)::bigint as arrived_of_plan_yuan,
      coalesce(sum(arrived_to_date_yuan) filter (where agreement_yuan > 0), 0)::bigint as arrived_of_agreement_yuan
    from filtered`.execute(scope.db);
  return rows[0]!;
}
