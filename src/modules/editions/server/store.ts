import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Selectable, sql } from 'kysely';
import { canonical } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { EditionBody } from '../body.ts';
import type { Run, Step } from '../contract.ts';

interface RunTable {
  cityId: string;
  id: string;
  period: string;
  kind: Run['kind'];
  state: Run['state'];
  snapshotId: string | null;
  editionId: string | null;
  note: string | null;
  step: Step | null;
  stepsDone: number;
  stepsTotal: number;
  problem: string | null;
  result: Run['result'];
  askedAt: Date;
  askedBy: string;
  askedByName: string;
  startedAt: Date | null;
  endedAt: Date | null;
}
export type RunRow = Selectable<RunTable>;

interface TrialTable {
  cityId: string;
  period: string;
  runId: string;
  turn: number;
  body: Buffer;
  bodyHash: string;
  computedAt: Date;
}

interface EditionTable {
  cityId: string;
  id: string;
  position: number;
  period: string;
  version: number;
  snapshotId: string;
  runId: string;
  body: Buffer;
  bodyHash: string;
  prevHash: string;
  hash: string;
  note: string | null;
  sealedAt: Date;
  sealedBy: string;
  sealedByName: string;
}
/** Without the body: what lists need. */
export type EditionLine = Omit<Selectable<EditionTable>, 'body' | 'cityId'> & {
  publishedAt: Date | null;
  publishedByName: string | null;
  comment: string | null;
};

interface PublicationTable {
  cityId: string;
  editionId: string;
  comment: string | null;
  byId: string;
  byName: string;
  at: Date;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'editions.run': RunTable;
    'editions.trial': TrialTable;
    'editions.edition': EditionTable;
    'editions.publication': PublicationTable;
  }>();

const [compress, expand] = [promisify(gzip), promisify(gunzip)];
const noHash = '0'.repeat(64);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const chainHash = (prevHash: string, bodyHash: string, note: string | null): string =>
  sha256(`${prevHash}\n${bodyHash}\n${note ?? ''}`);

/** The one text of a body: keys sorted, no spaces. Equal contents are equal bytes. */
export async function packed(body: EditionBody): Promise<{ bytes: Buffer; hash: string }> {
  const text = canonical(body);
  return { bytes: await compress(text, { level: 6 }), hash: sha256(text) };
}
const textOf = async (bytes: Uint8Array): Promise<string> => (await expand(bytes)).toString('utf8');

/** False when the month is being worked out already. */
export async function insertRun(
  scope: Scope,
  run: Pick<RunRow, 'period' | 'kind' | 'stepsTotal'> & Partial<Pick<RunRow, 'snapshotId' | 'editionId' | 'note'>>,
): Promise<RunRow | undefined> {
  return tables(scope)
    .insertInto('editions.run')
    .values({
      snapshotId: null,
      editionId: null,
      note: null,
      ...run,
      cityId: scope.cityId,
      id: newId(),
      state: 'queued',
      step: null,
      stepsDone: 0,
      problem: null,
      result: null,
      askedAt: scope.now,
      askedBy: scope.actor.id,
      askedByName: scope.actor.name,
      startedAt: null,
      endedAt: null,
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function setRun(
  scope: Scope,
  id: string,
  change: Partial<Pick<RunRow, 'state' | 'step' | 'stepsDone' | 'problem' | 'startedAt' | 'endedAt' | 'result'>>,
): Promise<void> {
  const { result, ...plain } = change;
  await tables(scope)
    .updateTable('editions.run')
    .set({ ...plain, ...(result !== undefined && { result: JSON.stringify(result) as never }) })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export const findRun = (scope: Scope, id: string): Promise<RunRow | undefined> =>
  tables(scope)
    .selectFrom('editions.run')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

export const findNewestRun = (scope: Scope, period: string): Promise<RunRow | undefined> =>
  tables(scope)
    .selectFrom('editions.run')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('period', '=', period)
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

export async function setTrial(scope: Scope, period: string, runId: string, body: EditionBody): Promise<string> {
  const { bytes, hash } = await packed(body);
  await sql`
    insert into editions.trial (city_id, period, run_id, turn, body, body_hash, computed_at)
    values (${scope.cityId}, ${period}, ${runId}, 1, ${bytes}, ${hash}, ${scope.now})
    on conflict (city_id, period) do update set run_id = excluded.run_id, turn = editions.trial.turn + 1, body = excluded.body,
      body_hash = excluded.body_hash, computed_at = excluded.computed_at`.execute(scope.db);
  return hash;
}

export async function findTrial(
  scope: Scope,
  period: string,
): Promise<{ turn: number; computedAt: Date; bodyHash: string; body: EditionBody } | undefined> {
  const row = await tables(scope)
    .selectFrom('editions.trial')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('period', '=', period)
    .executeTakeFirst();
  return row && { ...row, body: JSON.parse(await textOf(row.body)) as EditionBody };
}

/** Months of a year that have a trial, with its moment. */
export const listTrials = (scope: Scope, year: number): Promise<{ period: string; computedAt: Date }[]> =>
  tables(scope)
    .selectFrom('editions.trial')
    .select(['period', 'computedAt'])
    .where('cityId', '=', scope.cityId)
    .where('period', 'like', `${year}-%`)
    .execute();

/** In the order of the chain, without the bodies. */
export async function listEditions(
  scope: Scope,
  filter: { period?: string; year?: number; version?: number; id?: string } = {},
): Promise<EditionLine[]> {
  const { period, year, version, id } = filter;
  const { rows } = await sql<EditionLine>`
    select e.id, e.position, e.period, e.version, e.snapshot_id, e.run_id, e.body_hash, e.prev_hash, e.hash, e.note, e.sealed_at, e.sealed_by,
      e.sealed_by_name, p.at as published_at, p.by_name as published_by_name, p.comment
    from editions.edition e
    left join editions.publication p on p.city_id = e.city_id and p.edition_id = e.id
    where e.city_id = ${scope.cityId}
      ${period === undefined ? sql`` : sql`and e.period = ${period}`}
      ${year === undefined ? sql`` : sql`and e.period between ${`${year}-01`} and ${`${year}-12`}`}
      ${version === undefined ? sql`` : sql`and e.version = ${version}`}
      ${id === undefined ? sql`` : sql`and e.id = ${id}`}
    order by e.position`.execute(scope.db);
  return rows;
}

/** The sealed text as it was hashed. */
export async function readText(scope: Scope, id: string): Promise<string> {
  const { body } = await tables(scope)
    .selectFrom('editions.edition')
    .select('body')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return textOf(body);
}
export const readBody = async (scope: Scope, id: string): Promise<EditionBody> =>
  JSON.parse(await readText(scope, id)) as EditionBody;

/** What a recomputation goes back to: the moment at which the rules of the edition stood. */
export async function sealedAtOf(scope: Scope, id: string): Promise<Date> {
  const { sealedAt } = await tables(scope)
    .selectFrom('editions.edition')
    .select('sealedAt')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return sealedAt;
}

/** At the end of the city's chain; one after the other. @returns the edition's line */
export async function insertEdition(
  scope: Scope,
  run: Pick<RunRow, 'id' | 'period' | 'snapshotId' | 'note' | 'askedBy' | 'askedByName'>,
  body: EditionBody,
  at: Date = scope.now,
): Promise<EditionLine> {
  await sql`select pg_advisory_xact_lock(hashtextextended('guatu editions ' || ${scope.cityId}, 0))`.execute(scope.db);
  const last = await tables(scope)
    .selectFrom('editions.edition')
    .select(['position', 'hash'])
    .where('cityId', '=', scope.cityId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const earlier = await listEditions(scope, { period: run.period });
  const { bytes, hash: bodyHash } = await packed(body);
  const prevHash = last?.hash ?? noHash;
  const id = newId();
  await tables(scope)
    .insertInto('editions.edition')
    .values({
      cityId: scope.cityId,
      id,
      position: (last?.position ?? 0) + 1,
      period: run.period,
      version: earlier.length + 1,
      snapshotId: run.snapshotId!,
      runId: run.id,
      body: bytes,
      bodyHash,
      prevHash,
      hash: chainHash(prevHash, bodyHash, run.note),
      note: run.note,
      sealedAt: at,
      sealedBy: run.askedBy,
      sealedByName: run.askedByName,
    })
    .execute();
  await tables(scope)
    .deleteFrom('editions.trial')
    .where('cityId', '=', scope.cityId)
    .where('period', '=', run.period)
    .execute();
  return (await listEditions(scope, { id }))[0]!;
}

/** False when it is published already. */
export async function insertPublication(
  scope: Scope,
  editionId: string,
  comment: string | null,
  { at = scope.now, byName = scope.actor.name }: { at?: Date; byName?: string } = {},
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('editions.publication')
    .values({ cityId: scope.cityId, editionId, comment, byId: scope.actor.id, byName, at })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Recomputes every hash from the first edition and names the first that does not fit. */
export async function verifyEditions(
  scope: Scope,
): Promise<{ count: number; broken: { period: string; version: number; what: 'body' | 'link' | 'gap' } | null }> {
  const lines = await listEditions(scope);
  let previous = noHash;
  for (const [i, line] of lines.entries()) {
    const broken = (what: 'body' | 'link' | 'gap') => ({
      count: lines.length,
      broken: { period: line.period, version: line.version, what },
    });
    if (line.position !== i + 1) return broken('gap');
    // Bytes that cannot even be unpacked are no better than others.
    const text = await readText(scope, line.id).catch(() => null);
    if (text === null || sha256(text) !== line.bodyHash) return broken('body');
    if (line.prevHash !== previous || line.hash !== chainHash(line.prevHash, line.bodyHash, line.note))
      return broken('link');
    previous = line.hash;
  }
  return { count: lines.length, broken: null };
}
