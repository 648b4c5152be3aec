import { sql } from 'kysely';
import type { OutboxEvent } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, weekday } from '#core/shared/day.ts';
import { accountsOfCity, accountsOfUnits, listenersOf, notify, tellOf } from '#modules/notices/server/public.ts';
import { listPromises } from './promises.ts';

interface Place {
  projectId: string;
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

const placesOf = async (scope: Scope, projectIds: readonly string[]): Promise<Map<string, Place>> => {
  const { rows } = await sql<Place>`
    select id as project_id, owner_unit_id, lead_unit_id, command_unit_id, county_unit_id from projects.pub_project
    where city_id = ${scope.cityId} and id = any(${[...projectIds]}::uuid[])`.execute(scope.db);
  return new Map(rows.map((row) => [row.projectId, row]));
};

/**
 * A change waits for a second person: whoever settles for the project's own units hears of it, else those who do for the whole
 * city; once for each document, however many of its facts were taken.
 */
export const tellings: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>> = {
  'readings.changeProposed': async (scope, event) => {
    const { changeId, documentId, projectName } = event.data as {
      changeId: string;
      documentId: string;
      projectName: string;
    };
    const { rows } = await sql<{ title: string }>`
      select d.title from readings.change c join readings.document d on d.city_id = c.city_id and d.id = c.document_id
      where c.city_id = ${scope.cityId} and c.id = ${changeId} and c.state = 'waiting'`.execute(scope.db);
    const place =
      event.projectId === null ? undefined : (await placesOf(scope, [event.projectId])).get(event.projectId);
    if (!rows[0] || !place) return;
    const { ownerUnitId, leadUnitId, commandUnitId, countyUnitId } = place;
    const near = await accountsOfUnits(scope, 'readings.settle', [
      commandUnitId,
      countyUnitId,
      leadUnitId,
      ownerUnitId,
    ]);
    await tellOf(scope, event, near.length > 0 ? near : await accountsOfCity(scope, 'readings.settle'), {
      key: `changes of ${documentId}`,
      kind: 'change',
      title: { zh: '文件引出的登记变更待审定', en: 'Register changes from a document wait for you' },
      body: { zh: `《${rows[0].title}》：${projectName}`, en: `${rows[0].title}: ${projectName}` },
      projectId: event.projectId,
      link: '/readings/changes',
    });
  },
};

/** Promises whose day has passed: whoever answers for the lead unit hears of all of them in one notice, once a week. */
export async function remindOverdue(scope: Scope): Promise<void> {
  const lines = (await listPromises(scope, { state: 'overdue' })).filter((line) => line.projectId !== null);
  if (lines.length === 0) return;
  const places = await placesOf(
    scope,
    lines.map((line) => line.projectId!),
  );
  const listeners = await listenersOf(scope);
  const heaps = new Map<string, Set<string>>();
  for (const { projectId, projectName } of lines) {
    const place = places.get(projectId!);
    if (!place) continue;
    for (const accountId of await listeners('responsibleUnit', place))
      heaps.set(accountId, (heaps.get(accountId) ?? new Set()).add(projectName));
  }
  const monday = addDays(scope.today, 1 - weekday(scope.today));
  await notify(
    scope,
    [...heaps].map(([accountId, names]) => ({
      accountId,
      key: `told promises ${monday}`,
      kind: 'promise' as const,
      title: {
        zh: `${names.size} 个项目对外承诺的日期已过，没有兑现的消息`,
        en: `The promised day of ${names.size} projects has passed, and nothing says it was kept`,
      },
      body: {
        zh: `${[...names].slice(0, 3).join('、')}${names.size > 3 ? '等' : ''}`,
        en: `${[...names].slice(0, 3).join(', ')}${names.size > 3 ? ' and others' : ''}`,
      },
      link: '/promises',
    })),
  );
}
