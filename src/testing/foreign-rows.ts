import { sql } from 'kysely';
import type { TestCity } from '#core/server/testing/test-city.ts';

export interface Row {
  table: string;
  /** The row as PostgreSQL writes it, with the system column that names the version left out. */
  text: string;
  id: string | undefined;
}

/** Tables of the whole city, where no row is one county's: a new table either gets rows here or stands in this list. */
export const cityTables = [
  'calendar.year_version',
  'challenges.number_series',
  'demonstration.loading',
  'dispatch.rule_choice',
  'dispatch.rule_set_version',
  'duties.rules_version',
  // Sealed months of the whole city; what of them a unit may read is cut out when it asks.
  'editions.edition',
  'editions.publication',
  'editions.run',
  'editions.trial',
  'enrolment.rules_version',
  'factors.pool',
  'factors.pool_version',
  'filings.cycle',
  'filings.form_version',
  'filings.rule_version',
  // Sums of the whole city, shown to those who reach all of it.
  'forecasts.run',
  'funding.source',
  'identity.external_attempt',
  'identity.role',
  'indicators.definition_version',
  'ledger.number_series',
  // Parts of the hashes of pictures; asked only with a picture of one's own, and without words.
  'ledger.picture_band',
  'ledger.template_version',
  // Pairs of characters with ids of all units; a search reads no more of them than lies within reach.
  'ledger.title_gram',
  'ledger.title_index',
  'lifecycle.reserve_rules_version',
  'notices.push_key',
  'notices.rule_version',
  'notices.webhook',
  'opendata.publisher',
  'organization.region',
  'permits.template_version',
  'projects.choice',
  'projects.import_template',
  'projects.serial',
  // Bulletins of the whole city: drafts only its own office sees, released ones everybody.
  'publications.file',
  'publications.publication',
  'publications.publication_event',
  'publications.template_version',
  'rankings.definition_version',
  'rankings.external_version',
  // A settled month is published: the places of all units, for all of them.
  'rankings.month',
  'signals.threshold_version',
  // Cells of all counties under one hash; only the whole city may read them.
  'snapshots.publication',
  'snapshots.restatement',
  'snapshots.snapshot',
  'supervision.number_series',
  'supervision.settings_version',
  'wall.boundary',
];

/** Every row of every table that belongs to a city. */
export async function rowsOfCity(city: TestCity): Promise<Map<string, Row[]>> {
  return city.system(async (scope) => {
    const { rows: tables } = await sql<{ name: string }>`
      select c.table_schema || '.' || c.table_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'city_id' and t.table_type = 'BASE TABLE'
        and c.table_schema not in ('pg_catalog', 'information_schema') order by 1`.execute(scope.db);
    // Payloads of the audit log stand apart and carry no city.
    const all = [...tables.map((t) => t.name), 'core.audit_payload'];
    const found = new Map<string, Row[]>();
    for (const table of all) {
      const { rows } = await sql<{ text: string }>`select to_jsonb(t)::text as text from ${sql.table(table)} t`.execute(
        scope.db,
      );
      found.set(
        table,
        rows.map(({ text }) => ({ table, text, id: (JSON.parse(text) as { id?: string }).id })),
      );
    }
    return found;
  });
}

const isId = (id: unknown): id is string =>
  typeof id === 'string' && /^([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64})$/.test(id);
const idPattern = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The rows in which the county's name stands or that refer to such a row, and their ids by table. */
export function rowsOfCounty(
  all: ReadonlyMap<string, Row[]>,
  name: string,
): { rows: Row[]; ids: Map<string, string[]> } {
  const known = new Set<string>();
  const mine = new Set<Row>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const row of [...all.values()].flat()) {
      if (mine.has(row)) continue;
      if (!row.text.includes(name) && !(row.text.match(idPattern) ?? []).some((id) => known.has(id))) continue;
      mine.add(row);
      if (isId(row.id)) known.add(row.id);
      grown = true;
    }
  }
  const ids = new Map<string, string[]>();
  for (const { table, id } of mine) if (isId(id)) ids.set(table, [...(ids.get(table) ?? []), id]);
  return { rows: [...mine], ids };
}
