import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { hammingBits } from '#core/shared/picture-hash.ts';
import type { MonthFacts, PhotoFacts, SignalFacts } from '../signal.ts';

/** How far back pictures and months are looked at: a year says enough, ten would say it slowly. */
const monthsBack = 12;

const since = (today: Day): string => {
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - monthsBack;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
};

interface Row {
  id: string;
  isBuilding: boolean;
  lat: number | null;
  lon: number | null;
  startedOn: Day | null;
  paidYuan: number | null;
  doneYuan: number | null;
}

/** What the signals need of some projects, in a handful of statements whatever their number. */
export async function listSignalFacts(scope: Scope, ids: readonly string[]): Promise<SignalFacts[]> {
  const { db, cityId, today } = scope;
  const year = yearOf(today);
  const chosen = sql`${[...ids]}::uuid[]`;
  const { rows } = await sql<Row>`
    select p.id, p.stage in ('started', 'enrolled', 'building') and p.child_count = 0 as is_building, p.lat, p.lng as lon,
      p.start_actual as started_on, y.paid_yuan, s.done_yuan
    from projects.pub_project p
    left join funding.pub_year y on y.city_id = p.city_id and y.project_id = p.id and y.year = ${year}
    left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year}
    where p.city_id = ${cityId} and p.id = any(${chosen})`.execute(db);
  const { rows: months } = await sql<MonthFacts & { projectId: string }>`
    select a.project_id, a.period, a.month_yuan, t.image_progress from filings.pub_accepted a
    left join filings.pub_text t on t.city_id = a.city_id and t.filing_id = a.filing_id
    where a.city_id = ${cityId} and a.project_id = any(${chosen}) and a.period >= ${since(today)} and a.period <= ${today.slice(0, 7)}
    order by a.period`.execute(db);
  const photos = await listPhotos(scope, ids);
  const monthsOf = Map.groupBy(months, (m) => m.projectId);
  const photosOf = Map.groupBy(photos, (p) => p.projectId);
  return rows.map((row) => ({
    projectId: row.id,
    isBuilding: row.isBuilding,
    site: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    startedOn: row.startedOn,
    paidYuan: row.paidYuan,
    doneYuan: row.doneYuan,
    months: monthsOf.get(row.id) ?? [],
    photos: photosOf.get(row.id) ?? [],
  }));
}

async function listPhotos(scope: Scope, ids: readonly string[]): Promise<(PhotoFacts & { projectId: string })[]> {
  const { db, cityId, today } = scope;
  const { rows } = await sql<Omit<PhotoFacts, 'others'> & { projectId: string }>`
    select distinct on (p.project_id, p.period, p.file_id) p.project_id, p.period, p.file_id, p.taken_at, p.lat, p.lon, k.hash
    from filings.pub_photo p
    left join signals.picture k on k.city_id = p.city_id and k.file_id = p.file_id
    where p.city_id = ${cityId} and p.counts and p.project_id = any(${[...ids]}::uuid[]) and left(p.period, 7) >= ${since(today).slice(0, 4)}
    order by p.project_id, p.period, p.file_id, p.seq desc`.execute(db);
  if (rows.length === 0) return [];
  const files = [...new Set(rows.map((row) => row.fileId))];
  // Look-alikes: a byte of the hash in common, then counted exactly. The same file is its own nearest.
  const { rows: pairs } = await sql<{ fileId: string; otherId: string; hash: string | null; otherHash: string | null }>`
    select distinct f.file_id, o.file_id as other_id, a.hash, b.hash as other_hash
    from unnest(${files}::text[]) as f(file_id)
    join signals.picture_band mine on mine.city_id = ${cityId} and mine.file_id = f.file_id
    join signals.picture_band o on o.city_id = ${cityId} and o.band = mine.band and o.value = mine.value and o.file_id <> f.file_id
    join signals.picture a on a.city_id = ${cityId} and a.file_id = f.file_id
    join signals.picture b on b.city_id = ${cityId} and b.file_id = o.file_id`.execute(db);
  const near = pairs.flatMap(({ fileId, otherId, hash, otherHash }) => {
    const bits = hash && otherHash ? hammingBits(hash, otherHash) : 64;
    return bits <= 7 ? [{ fileId, otherId, bits }] : [];
  });
  const wanted = [...new Set([...files, ...near.map((n) => n.otherId)])];
  const { rows: uses } = await sql<{ fileId: string; projectId: string; projectName: string; period: string }>`
    select distinct p.file_id, p.project_id, j.name as project_name, p.period from filings.pub_photo p
    join projects.pub_project j on j.city_id = p.city_id and j.id = p.project_id
    where p.city_id = ${cityId} and p.counts and p.file_id = any(${wanted}::text[])
    order by p.period, j.name`.execute(db);
  const usesOf = Map.groupBy(uses, (use) => use.fileId);
  const nearOf = Map.groupBy(near, (n) => n.fileId);
  return rows.map((row) => ({
    ...row,
    // The first use of a picture is the original: only later ones are asked about.
    others: [{ otherId: row.fileId, bits: 0 }, ...(nearOf.get(row.fileId) ?? [])]
      .flatMap(({ otherId, bits }) => (usesOf.get(otherId) ?? []).map((use) => ({ ...use, bits })))
      .filter((use) => use.projectId !== row.projectId || use.period !== row.period)
      .filter((use) => use.period < row.period || (use.period === row.period && use.projectId < row.projectId))
      .sort((a, b) => a.bits - b.bits || (a.period < b.period ? -1 : 1)),
  }));
}
