import { sql } from 'kysely';
import { newId } from '../shared/id.ts';
import type { Db } from './db.ts';

export interface City {
  id: string;
  /** Six digits of GB/T 2260. */
  code: string;
  name: string;
  hqName: string;
  demo: boolean;
}

/** Every city of the installation, oldest first: a visitor who has not signed in is shown the first. */
export async function listCities(db: Db): Promise<City[]> {
  const { rows } = await sql<City>`select id, code, name, hq_name, demo from core.city order by created_at`.execute(db);
  return rows;
}

/** A city with nothing in it yet. `foundCity` also gives the Scope to fill it. */
export async function insertCity(db: Db, city: Omit<City, 'id' | 'demo'> & { demo?: boolean }): Promise<City> {
  const row = { demo: false, ...city, id: newId() };
  await sql`insert into core.city (id, code, name, hq_name, demo)
    values (${row.id}, ${row.code}, ${row.name}, ${row.hqName}, ${row.demo})`.execute(db);
  return row;
}

/** Says that what this city holds is invented: every page then shows it. There is no way back, the rows stay what they are. */
export async function markDemo(db: Db, cityId: string): Promise<void> {
  await sql`update core.city set demo = true where id = ${cityId}`.execute(db);
}
