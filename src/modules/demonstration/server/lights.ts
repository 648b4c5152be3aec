import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, yearOf } from '#core/shared/day.ts';
import { insertExemptions, insertPlannedGrowth, recomputeProjects } from '#modules/dispatch/server/public.ts';

const reasons = [
  '防汛期间停工，堤防指挥部通知（示例）',
  '文物勘探未结束，不具备进场条件（示例）',
  '地下管线迁改由上级统一安排，工期顺延（示例）',
  '环保督察期间统一停工（示例）',
  '征地批文待省级批复（示例）',
];

/** Planned growth of each county, and exemptions of every state: some lapse soon, one has, two wait, one was refused. */
export async function layOutLights(scope: Scope): Promise<void> {
  const { rows: counties } = await sql<{ id: string }>`
    select id from organization.pub_unit where city_id = ${scope.cityId} and kind = 'county' order by id`.execute(
    scope.db,
  );
  for (const [i, county] of counties.entries())
    await insertPlannedGrowth(scope, {
      countyUnitId: county.id,
      year: yearOf(scope.today),
      percent: (7.5 + (i % 4) * 0.5).toString(),
      source: '示例：年度投资计划',
    });
  // Work that should have begun and has not is what is excused most.
  const { rows: waiting } = await sql<{ id: string }>`
    select id from projects.pub_project where city_id = ${scope.cityId} and parent_id is null and start_actual is null
      and start_planned < ${scope.today}::date and stage in ('reserve', 'signed', 'preparation')
    order by serial limit 8`.execute(scope.db);
  const asked = (daysAgo: number) => new Date(`${addDays(scope.today, -daysAgo)}T01:30:00Z`);
  await insertExemptions(
    scope,
    waiting.map(({ id }, i) => {
      const state = i < 5 ? 'approved' : i < 7 ? 'requested' : 'refused';
      return {
        projectId: id,
        ruleCode: 'start',
        reason: reasons[i % reasons.length]!,
        state,
        approver: state === 'requested' ? null : '周立（示例）',
        decisionNote: state === 'refused' ? '未见停工通知，不予豁免（示例）' : null,
        fromDay: addDays(scope.today, i === 4 ? -60 : -20),
        untilDay: addDays(scope.today, [4, 12, 35, 66, -9, 20, 40, 30][i]!),
        actorName: '示例填报员',
        at: asked(i === 4 ? 60 : 20 - i),
      };
    }),
  );
  await recomputeProjects(
    scope,
    waiting.map((p) => p.id),
  );
}
