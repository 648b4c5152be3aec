import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { EnrolmentState } from '../flow.ts';
import { type Lamp, lampOf } from '../lamp.ts';
import { type PositionFacts, stateOf } from '../position.ts';
import type { EnrolmentRules } from '../rules.ts';

/** What the register and the papers say of one project. */
export interface ProjectFacts extends PositionFacts {
  id: string;
  serial: number;
  name: string;
  demo: boolean;
  parentId: string | null;
  childCount: number;
  enrolledOn: Day | null;
  ownerName: string | null;
  leadName: string | null;
  countyName: string | null;
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
  version: number;
  /** The light that the rules in force give for 入统, when it was worked out today. */
  ruledLamp: Lamp | null;
}

const columns = sql`p.id, p.serial, p.name, p.demo, p.parent_id, p.child_count, p.stage, p.enrolled, p.enrolled_on, p.start_actual, p.total_yuan,
  p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id, coalesce(o.name, p.owner_text) as owner_name,
  coalesce(l.short_name, l.name, p.lead_text) as lead_name, coalesce(c.short_name, c.name) as county_name,
  r.papers, coalesce(r.version, 0) as version, s.explanation -> 'lights' ->> 'enrolment' as ruled_lamp`;

/** Projects within reach, in 编号 order. */
export async function listFacts(
  scope: Scope,
  filter: RawBuilder<unknown> = sql`true`,
  permission = 'enrolment.read',
): Promise<ProjectFacts[]> {
  const { rows } = await sql<ProjectFacts>`select ${columns} from projects.pub_project p
    left join enrolment.record r on r.city_id = p.city_id and r.project_id = p.id
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_unit l on l.city_id = p.city_id and l.id = p.lead_unit_id
    left join organization.pub_unit c on c.city_id = p.city_id and c.id = p.county_unit_id
    left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)} and s.as_of = ${scope.today}::date
    where p.city_id = ${scope.cityId} and ${withinReach(scope, permission)} and ${filter}
    order by p.serial`.execute(scope.db);
  return rows;
}

export const findFacts = async (
  scope: Scope,
  projectId: string,
  permission?: string,
): Promise<ProjectFacts | undefined> => (await listFacts(scope, sql`p.id = ${projectId}`, permission))[0];

/**
 * State and lamp of a project. Where the rules in force judge 入统, their light is taken (exemptions included), so that two
 * pages never show two colours; where they do not, the module's own rule of the same day limits.
 */
export function positionOf(
  facts: ProjectFacts,
  rules: EnrolmentRules,
  today: Day,
): { state: EnrolmentState; lamp: Lamp | null } {
  const state = stateOf(facts, rules);
  const own = lampOf({ state, startedOn: facts.startActual }, rules, today);
  const isJudged = own !== null && state !== 'enrolled' && facts.ruledLamp !== null;
  return { state, lamp: isJudged ? facts.ruledLamp : own };
}
