import { type RawBuilder, sql } from 'kysely';
import type { ColumnKey } from '../columns.ts';

type Sql = RawBuilder<unknown>;

/** Tables the list reads: p project, pl plan of the year, s standing of the year. */
export const listFrom = (year: number): Sql => sql`projects.project p
  left join projects.plan pl on pl.city_id = p.city_id and pl.year = ${year} and pl.project_id = p.id
  left join projects.standing s on s.city_id = p.city_id and s.year = ${year} and s.project_id = p.id`;

const unitName = (idColumn: string, text?: string): Sql => sql`coalesce(
  (select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = p.city_id and u.id = ${sql.ref(`p.${idColumn}`)}),
  ${text ? sql.ref(`p.${text}`) : sql`null`})`;

const planned = sql`pl.plan_yuan`;

/** What a column holds, for filters and facets. A unit is its id, or the words of the source where none was matched. */
export const contentOf: Record<ColumnKey, Sql> = {
  light: sql`s.light`,
  serial: sql`p.serial`,
  name: sql`p.name`,
  tiers: sql`p.tiers`,
  code: sql`p.code`,
  board: sql`p.board`,
  industry: sql`p.industry`,
  nature: sql`p.nature`,
  planKind: sql`p.plan_kind`,
  region: sql`p.region_code`,
  stage: sql`p.stage`,
  owner: sql`coalesce(p.owner_unit_id::text, p.owner_text)`,
  lead: sql`coalesce(p.lead_unit_id::text, p.lead_text)`,
  responsible: sql`p.responsible_name`,
  leader: sql`p.leader_name`,
  command: sql`p.command_unit_id::text`,
  county: sql`p.county_unit_id::text`,
  startPlanned: sql`p.start_planned`,
  startActual: sql`p.start_actual`,
  finishPlanned: sql`p.finish_planned`,
  finishActual: sql`p.finish_actual`,
  total: sql`p.total_yuan`,
  doneBefore: sql`p.done_before_yuan`,
  plan: planned,
  done: sql`s.done_yuan`,
  rate: sql`(s.done_yuan::float8 / nullif(${planned}, 0))`,
  gap: sql`s.gap_points`,
  enrolled: sql`p.enrolled`,
  enrolledOn: sql`p.enrolled_on`,
  filingState: sql`s.filing_state`,
  filedOn: sql`s.filed_on`,
  cause: sql`s.cause`,
  childCount: sql`p.child_count`,
  demo: sql`p.demo`,
  content: sql`p.content`,
  goal: sql`pl.goal`,
  funds: sql`p.funds`,
  address: sql`p.address`,
  source: sql`p.source`,
  remark: sql`p.remark`,
};

/** What a column sorts by where that is not its value: names for units, weight for lights, life order for stages. */
const orders: Partial<Record<ColumnKey, Sql>> = {
  light: sql`array_position(array['late', 'warn', 'idle', 'normal', 'ahead'], s.light)`,
  stage: sql`array_position(array['reserve', 'signed', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity', 'suspended', 'delayed', 'terminated', 'withdrawn'], p.stage)`,
  planKind: sql`array_position(array['new', 'carried', 'finishing', 'reserve'], p.plan_kind)`,
  owner: unitName('owner_unit_id', 'owner_text'),
  lead: unitName('lead_unit_id', 'lead_text'),
  command: unitName('command_unit_id'),
  county: unitName('county_unit_id'),
};
export const orderOf = (key: ColumnKey): Sql => orders[key] ?? contentOf[key];

/** The words of a facet's value, where the value itself is a code. */
export const facetLabels: Partial<Record<ColumnKey, Sql>> = {
  owner: sql`max(${unitName('owner_unit_id', 'owner_text')})`,
  lead: sql`max(${unitName('lead_unit_id', 'lead_text')})`,
  command: sql`max(${unitName('command_unit_id')})`,
  county: sql`max(${unitName('county_unit_id')})`,
  region: sql`max((select coalesce(r.short_name, r.name) from organization.pub_region r where r.city_id = p.city_id and r.code = p.region_code))`,
};
