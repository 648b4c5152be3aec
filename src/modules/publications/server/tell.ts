import { sql } from 'kysely';
import type { OutboxEvent } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { accountsOfCity, accountsOfUnits, tellOf } from '#modules/notices/server/public.ts';

/** Who answers for a unit: they act on a bulletin. Those who only file read it when they come by, and are not told. */
const answering = ['filings.passAsUnit', 'filings.passAsCommand'];

/** A released bulletin, told once: to those who oversee the city, and to those who answer for a unit. */
export const tellings: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>> = {
  'publications.released': async (scope, event) => {
    const { id, period, title } = event.data as { id: string; period: string; title: string };
    const { rows } = await sql<{ id: string }>`select id from organization.pub_unit
      where city_id = ${scope.cityId} and (valid_to is null or valid_to >= ${scope.today}::date)`.execute(scope.db);
    const units = rows.map((row) => row.id);
    const readers = new Set([
      ...(await accountsOfUnits(scope, 'publications.read', units)),
      ...(await accountsOfCity(scope, 'publications.read')),
    ]);
    const acting = await Promise.all(answering.map((permission) => accountsOfUnits(scope, permission, units)));
    const wanted = [...(await accountsOfCity(scope, 'publications.review')), ...acting.flat()];
    await tellOf(
      scope,
      event,
      wanted.filter((account) => readers.has(account)),
      {
        key: `publication ${id}`,
        kind: 'publication',
        title: { zh: `已签发：${title}`, en: `Released: ${title}` },
        body: { zh: period, en: period },
        link: `/publications/${id}`,
      },
    );
  },
};
