// Two hundred thousand photos of evidence: whether a new one is in another matter already, by bands kept as rows, beside the
// same question put to an array of bands, as a person would write it who does not think of row-level security.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { newId } from '../src/core/shared/id.ts';
import { alikeStatement, fillBands, placedBands } from '../src/modules/ledger/server/evidence-store.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';

const pictures = Number(process.env.GUATU_BENCH_PICTURES ?? 200_000);

await withDatabase(async () => {
  const city = await testCity({ today: '2021-09-26' });
  const hashes = Array.from({ length: pictures }, () => randomBytes(8).toString('hex'));
  for (let from = 0; from < pictures; from += 20_000)
    await city.system(async ({ db, cityId }) => {
      const rows = hashes.slice(from, from + 20_000).map((hash) => ({
        id: newId(),
        hash,
        bands: placedBands(hash),
        file: randomBytes(32).toString('hex'),
      }));
      await sql`insert into ledger.evidence (city_id, id, matter_id, event_id, kind, file_id, name, picture_hash, round, added_by, added_by_name, added_at)
        select ${cityId}::uuid, x.id, x.id, x.id, 'photo', x.file, 'photo.jpg', x.hash, 1, 'bench', 'bench', now()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, hash text, file text)`.execute(db);
    });
  const filled = performance.now();
  await city.system(fillBands);
  process.stdout.write(
    `bands of ${pictures.toLocaleString('en')} pictures in ${((performance.now() - filled) / 1000).toFixed(1)} s\n`,
  );
  // The array beside it, with the index that would be the obvious one.
  await sql`alter table ledger.evidence add column bands text[]`.execute(city.host.db);
  await city.system(async ({ db, cityId }) => {
    await sql`update ledger.evidence e set bands = b.bands from (select evidence_id, array_agg(band) as bands from ledger.picture_band
      where city_id = ${cityId} group by 1) b where e.city_id = ${cityId} and e.id = b.evidence_id`.execute(db);
  });
  await sql`create index evidence_bands on ledger.evidence using gin (bands)`.execute(city.host.db);
  await sql`analyze ledger.evidence, ledger.picture_band`.execute(city.host.db);

  const hash = hashes[Math.floor(pictures / 2)]!;
  const own = newId();
  const file = randomBytes(32).toString('hex');
  const byRows = () =>
    city.system(async (scope) => (await alikeStatement(scope, own, file, hash).execute(scope.db)).rows.length);
  const byArray = () =>
    city.system(
      async ({ db, cityId }) =>
        (
          await sql`select matter_id, file_id, picture_hash from ledger.evidence where city_id = ${cityId} and matter_id <> ${own}
            and (file_id = ${file} or bands && ${placedBands(hash)}::text[]) order by added_at`.execute(db)
        ).rows.length,
    );
  if ((await byRows()) !== (await byArray())) throw new Error('The two answers differ');
  if (process.env.GUATU_EXPLAIN)
    await city.system(async (scope) => {
      const { rows } = await sql<{
        'QUERY PLAN': string;
      }>`explain (analyze, costs off, timing off, summary off) ${alikeStatement(scope, own, file, hash)}`.execute(
        scope.db,
      );
      process.stdout.write(`${rows.map((row) => Object.values(row)[0]).join('\n')}\n`);
      const { rows: old } = await sql`explain (analyze, costs off, timing off, summary off)
        select matter_id from ledger.evidence where city_id = ${scope.cityId} and bands && ${placedBands(hash)}::text[]`.execute(
        scope.db,
      );
      process.stdout.write(`${old.map((row) => Object.values(row as object)[0]).join('\n')}\n`);
    });
  print(
    await compare(
      `a new photo against ${pictures.toLocaleString('en')} others`,
      'an array with a GIN index',
      byRows,
      byArray,
      15,
    ),
  );
  await city.close();
});
