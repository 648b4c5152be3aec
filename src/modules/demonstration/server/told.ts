import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { remindNow } from '#modules/notices/server/public.ts';
import { proposedFields, publishProjects } from '#modules/opendata/server/public.ts';

import { lookAtProjects } from '#modules/signals/server/public.ts';

/**
 * What follows from everything before: gifts and provincial projects are public, the figures of all are looked at, and
 * people are reminded as they would have been by the hourly job.
 */
export async function tellEverybody(scope: Scope): Promise<void> {
  const { rows } = await sql<{ id: string; isOpen: boolean }>`
    select id, parent_id is null and (source is not null or tiers && array['省重点', '献礼工程']) as is_open
    from projects.pub_project where city_id = ${scope.cityId} order by serial`.execute(scope.db);
  const open = rows.filter((row) => row.isOpen).slice(0, 80);
  await publishProjects(
    scope,
    open.map((row) => row.id),
    proposedFields,
    '示例：按政府信息公开安排',
  );
  await lookAtProjects(
    scope,
    rows.map((row) => row.id),
  );
  await remindNow(scope);
}
