import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { gramsOf } from '../grams.ts';
import { matterKinds, numberPrefix } from '../kinds.ts';

const escaped = (text: string) => text.replace(/[\\%_]/g, (character) => `\\${character}`);
const zero = '00000000-0000-0000-0000-000000000000';

/**
 * What is typed into the search box: a number (17, 问〔2021〕17号), first letters of the pinyin, or characters of the title.
 * Letters that are no initials may stand in a title (BIM, 5G), so both are asked.
 *
 * PostgreSQL does not push array operators below row-level security, so an index on an array of pairs is never used: the
 * pairs are kept as rows instead (`ledger.title_gram`), found by equality, written in portions by `indexTitles`. What is
 * newer than the last portion is read one by one.
 */
export function searched(scope: Scope, typed: string): RawBuilder<SqlBool> {
  const q = typed.trim();
  if (q === '') return sql<SqlBool>`true`;
  const numbers = numbersOf(q, Number(scope.today.slice(0, 4)));
  const byNumber = sql<SqlBool>`m.no = any(${numbers}::text[])`;
  const isLetters = /^[a-z0-9 ]+$/i.test(q);
  const letters = q.toLowerCase().replaceAll(' ', '');
  const contains = isLetters
    ? sql<SqlBool>`(m.initials like ${`%${escaped(letters)}%`} or m.title ilike ${`%${escaped(q)}%`})`
    : sql<SqlBool>`m.title ilike ${`%${escaped(q)}%`}`;
  const grams = gramsOf(isLetters ? letters : q);
  if (numbers.length > 0 && /^\d+$|号$/.test(q)) return byNumber;
  // One character is in a tenth of all titles: no index helps, and the newest first page is found soon anyway.
  if (grams.length === 0) return contains;
  const { cityId } = scope;
  const found = sql.join(
    grams
      .slice(0, 12)
      .map(
        (gram) => sql`select unnest(matter_ids) from ledger.title_gram where city_id = ${cityId} and gram = ${gram}`,
      ),
    sql` intersect `,
  );
  return sql<SqlBool>`m.id in (select * from (${found}) indexed
      union all select f.id from ledger.title_index x join ledger.matter f on f.city_id = x.city_id and f.id > x.upto_id
        where x.city_id = ${cityId}
      union all select id from ledger.matter where city_id = ${cityId}
        and not exists (select 1 from ledger.title_index where city_id = ${cityId})
      ${numbers.length === 0 ? sql`` : sql`union all select id from ledger.matter where city_id = ${cityId} and no = any(${numbers}::text[])`})
    and (${contains} ${numbers.length === 0 ? sql`` : sql`or ${byNumber}`})`;
}

/** All numbers that may be meant: of any kind, in the year typed or else of the last twelve years. */
export function numbersOf(typed: string, thisYear: number): string[] {
  const match = /^([问任批议查诺])?\s*(?:[〔[(（【]?\s*(20\d\d)\s*[〕\])）】]?\s*)?(?:第)?\s*(\d{1,7})\s*号?$/.exec(
    typed.normalize('NFC').trim(),
  );
  if (!match) return [];
  const [, prefix, year, n] = match;
  const prefixes = prefix ? [prefix] : matterKinds.map((kind) => numberPrefix[kind]);
  const years = year ? [year] : Array.from({ length: 12 }, (_, i) => String(thisYear - i));
  return prefixes.flatMap((p) => years.map((y) => `${p}〔${y}〕${Number(n)}号`));
}

const portion = 5_000;
/** A command that is still under way may hold an id older than those already seen; none lasts so long. */
const settledAfterMs = 600_000;

/** The smallest id that could have been given at a moment (UUIDv7 begins with it). */
function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Brings the titles of new matters into the index, a portion to each transaction. */
export async function indexTitles(run: JobRun): Promise<void> {
  while ((await run.transaction((scope) => indexPortion(scope))) === portion);
}

/** Returns how many titles it took in. `quietMs`: how old a matter must be. */
export async function indexPortion(scope: Scope, quietMs = settledAfterMs): Promise<number> {
  const { cityId } = scope;
  const { rows } = await sql<{ uptoId: string }>`
    insert into ledger.title_index (city_id, upto_id, at) values (${cityId}, ${zero}, 'epoch')
    on conflict (city_id) do update set upto_id = title_index.upto_id returning upto_id`.execute(scope.db);
  const { uptoId } = rows[0]!;
  const found = await sql<{ id: string }>`select id from ledger.matter
    where city_id = ${cityId} and id > ${uptoId} and id < ${firstIdAt(Date.now() - quietMs)}
    order by id limit ${portion}`.execute(scope.db);
  const fresh = found.rows.map((row) => row.id);
  if (fresh.length > 0) await indexAnew(scope, fresh);
  await sql`update ledger.title_index set upto_id = ${fresh.at(-1) ?? uptoId}, at = ${scope.now}
    where city_id = ${cityId}`.execute(scope.db);
  return fresh.length;
}

/** A portion of its own: of new ones, or of a draft whose title was changed. Old pairs stay; a search looks at the title as well. */
export async function indexAnew(scope: Scope, ids: readonly string[]): Promise<void> {
  await sql`insert into ledger.title_gram (city_id, gram, portion, matter_ids)
    select city_id, gram, ${newId()}::uuid, array_agg(id order by id)
    from ledger.matter, unnest(grams) gram where city_id = ${scope.cityId} and id = any(${[...ids]}::uuid[])
    group by city_id, gram`.execute(scope.db);
}
