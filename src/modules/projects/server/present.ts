import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import type { Project } from '../contract.ts';
import { listMilestones } from './milestone-store.ts';
import { listPlansOf } from './plan-store.ts';
import { isWithinReach } from './reach.ts';
import { toFields } from './record.ts';
import { findStanding } from './standing-store.ts';
import { findProject } from './store.ts';
import type { ProjectRecord } from './tables.ts';

/** One project as the caller may see it: names of units, the year's plan and standing, and what may be done now. */
export async function presentProject(scope: Scope, row: ProjectRecord, year = yearOf(scope.today)): Promise<Project> {
  const [names, plans, standing, milestones, parent] = [
    await namesOf(scope, row),
    await listPlansOf(scope, row.id),
    await findStanding(scope, row.id, year),
    await listMilestones(scope, row.id),
    row.parentId === null ? undefined : await findProject(scope, row.parentId),
  ];
  const contactHidden = !scope.can('projects.contact') || !isWithinReach(scope, 'projects.contact', row);
  const canEdit = scope.can('projects.edit') && isWithinReach(scope, 'projects.edit', row);
  const canPlan = scope.can('projects.plan') && isWithinReach(scope, 'projects.plan', row);
  const party = (id: string | null, text: string | null = null) => {
    const name = (id && names.units.get(id)) || text;
    return name ? { id, name } : null;
  };
  const plan = plans.find((p) => p.year === year);
  return {
    ...toFields(row),
    ...(contactHidden && { contactName: null, contactPhone: null }),
    contactHidden,
    id: row.id,
    serial: row.serial,
    version: row.version,
    childCount: row.childCount,
    doneBeforeYear: row.doneBeforeYear,
    // A package out of reach is not even named by its id.
    parentId: parent?.id ?? null,
    parent: parent ? { id: parent.id, name: parent.name } : null,
    regionName: names.region,
    owner: party(row.ownerUnitId, row.ownerText),
    lead: party(row.leadUnitId, row.leadText),
    command: party(row.commandUnitId),
    county: party(row.countyUnitId),
    lng: row.lng,
    lat: row.lat,
    plan: plan ?? null,
    originalPlanYuan: plan?.originalYuan ?? null,
    planYears: plans.map((p) => p.year),
    standing: standing ?? null,
    milestones,
    changedAt: row.changedAt.toISOString(),
    allowed: [
      ...(canEdit ? (['edit', 'milestones'] as const) : []),
      ...(canPlan ? (['plan'] as const) : []),
      ...(canEdit && row.parentId === null ? (['addChild'] as const) : []),
    ],
  };
}

async function namesOf(scope: Scope, row: ProjectRecord) {
  const ids = [row.ownerUnitId, row.leadUnitId, row.commandUnitId, row.countyUnitId].filter((id) => id !== null);
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organization.pub_unit where city_id = ${scope.cityId} and id = any(${ids}::uuid[])`.execute(
    scope.db,
  );
  const region = await sql<{ name: string }>`
    select name from organization.pub_region where city_id = ${scope.cityId} and code = ${row.regionCode}`.execute(
    scope.db,
  );
  return { units: new Map(rows.map((unit) => [unit.id, unit.name])), region: region.rows[0]?.name ?? null };
}
