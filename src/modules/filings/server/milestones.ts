import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Filing } from '../contract.ts';

/** The project's milestones of the register, in their order. The caller has found the project within reach before. */
export async function listMilestones(scope: Scope, projectId: string): Promise<Filing['milestones']> {
  const { rows } = await sql<Filing['milestones'][number]>`
    select id, name, planned as planned_on, due as due_on, actual as done_on
    from projects.pub_milestone
    where city_id = ${scope.cityId} and project_id = ${projectId}
    order by position`.execute(scope.db);
  return rows;
}
