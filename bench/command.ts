// A command of the program (sign-in check, parse, transaction, row, audit, outbox) against one bare INSERT of the same row.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { parcelModule, parcelTable } from '../src/core/server/testing/parcel-module.ts';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';

await withDatabase(async () => {
  const { on: _listeners, ...quiet } = parcelModule;
  const city = await testCity({ extra: [quiet] });
  for (const statement of parcelTable) await sql.raw(statement).execute(city.host.db);
  const office = city.as({ role: 'office' });
  const many = 200;

  const ours = async () => {
    for (let i = 0; i < many; i++)
      await office.request('/api/parcels', {
        method: 'POST',
        headers: { 'x-guatu': '1', 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: `{"label":"${i}"}`,
      });
  };
  const bare = async () => {
    for (let i = 0; i < many; i++)
      await city.host.pool.query('insert into parcels.parcel (city_id, id, label, heard) values ($1, $2, $3, 0)', [
        city.cityId,
        randomUUID(),
        String(i),
      ]);
  };
  print(await compare('command: insert + audit + outbox + job + idempotency', 'one bare insert', ours, bare, 9));
  await city.close();
});
