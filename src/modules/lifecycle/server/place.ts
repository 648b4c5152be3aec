import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';

/** What every list of the module shows of a project, from `projects.pub_project p` with `county` and `lead` joined. */
export const placeColumns = sql`p.id as project_id, p.serial, p.name, p.board, coalesce(county.short_name, county.name, region.short_name, region.name) as county_name,
  coalesce(lead.short_name, lead.name, p.lead_text) as lead_name, p.total_yuan, p.demo`;
export const placeJoins = sql`
  left join organization.pub_unit county on county.city_id = p.city_id and county.id = p.county_unit_id
  left join organization.pub_unit lead on lead.city_id = p.city_id and lead.id = p.lead_unit_id
  left join organization.pub_region region on region.city_id = p.city_id and region.code = p.region_code`;

export interface PlaceRow {
  projectId: string;
  serial: number;
  name: string;
  board: string | null;
  countyName: string | null;
  leadName: string | null;
  totalYuan: number | null;
  demo: boolean;
}

export const placeOf = (row: PlaceRow): PlaceRow => ({
  projectId: row.projectId,
  serial: row.serial,
  name: row.name,
  board: row.board,
  countyName: row.countyName,
  leadName: row.leadName,
  totalYuan: row.totalYuan,
  demo: row.demo,
});

/** A package counts once as a project and as many times as it has items. */
export const bothCounts = sql`count(*)::int as projects, coalesce(sum(greatest(p.child_count, 1)), 0)::int as items`;

/** Parties of a row, for asking whether an act reaches it. */
export interface PartyRow {
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}
export const partyColumns = sql`p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id`;

export const inCity = (scope: Scope) => sql`p.city_id = ${scope.cityId}`;
