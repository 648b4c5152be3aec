import { sql } from 'kysely';
import { conflict } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { FilingField } from '../content.ts';
import type { Form } from '../form.ts';
import type { Level, LevelParties } from '../levels.ts';
import type { Period } from '../period.ts';
import { insertForm, keepForm, listForms } from './form-store.ts';
import { type CycleRow, jsonb } from './tables.ts';
import { advance, vacancies } from './turn.ts';

/** What is loaded from elsewhere, or shown as an example, beside the filings themselves: levels, returns, forms. */

type Row = { projectId: string; period: Period };

/** Where each of many submissions waits first; asked of the people once for all of them. */
export async function levelsOf(
  scope: Scope,
  rows: readonly Row[],
  cycles: ReadonlyMap<Period, CycleRow>,
): Promise<(row: Row) => Level> {
  const forms = await listForms(scope);
  const { rows: parties } = await sql<LevelParties & { id: string }>`
    select id, lead_unit_id, command_unit_id, county_unit_id from projects.pub_project
    where city_id = ${scope.cityId} and id = any(${[...new Set(rows.map((r) => r.projectId))]}::uuid[])`.execute(
    scope.db,
  );
  const partiesOf = new Map(parties.map((p) => [p.id, p]));
  const vacancy = vacancies(scope);
  const found = new Map<string, Level>();
  for (const row of rows) {
    const { kind, formVersion } = cycles.get(row.period)!;
    const chain = forms.get(kind)!.find((f) => f.version === formVersion)?.chain ?? (['office'] as const);
    const project = partiesOf.get(row.projectId);
    if (!project) continue;
    const author = { accountId: null, personId: null };
    const next = await advance(
      scope,
      { ...project, projectId: row.projectId, chain: [...chain] },
      null,
      author,
      vacancy,
    );
    found.set(`${row.projectId} ${row.period}`, next.level ?? 'office');
  }
  return (row) => found.get(`${row.projectId} ${row.period}`) ?? 'office';
}

/** Filings that somebody had sent back when they were loaded: what waits becomes returned, with reason and cells. */
export async function returnFilings(
  scope: Scope,
  rows: readonly (Row & { reason: string; cells: FilingField[]; returnedAt: Date; returnedByName: string })[],
): Promise<number> {
  let count = 0;
  for (const { projectId, period, reason, cells, returnedAt, returnedByName } of rows) {
    const { rows: made } = await sql<{ id: string; seq: number; level: Level | null }>`
      update filings.filing f set state = 'returned', level = null, level_since = null, return_reason = ${reason},
        return_cells = ${jsonb(cells)}::jsonb, returned_by_name = ${returnedByName}, returned_at = ${returnedAt},
        draft = (select v.content from filings.filing_version v where v.city_id = f.city_id and v.filing_id = f.id and v.seq = f.seq),
        draft_version = f.draft_version + 1, draft_at = ${returnedAt}
      from (select id, level from filings.filing
        where city_id = ${scope.cityId} and project_id = ${projectId} and period = ${period} and state = 'submitted') old
      where f.city_id = ${scope.cityId} and f.id = old.id
      returning f.id, f.seq, old.level`.execute(scope.db);
    for (const { id, seq, level } of made) {
      await sql`
        insert into filings.filing_event (city_id, id, filing_id, event, at, actor_id, actor_name, seq, reason, cells, level)
        values (${scope.cityId}, ${newId()}, ${id}, 'return', ${returnedAt}, ${scope.actor.id}, ${returnedByName}, ${seq}, ${reason},
          ${jsonb(cells)}::jsonb, ${level})`.execute(scope.db);
      count += 1;
    }
  }
  return count;
}

/**
 * A new version of a form without a person at the keyboard: a set-up or an example. Changes are laid over the newest version.
 * @throws Problem 409 changed_meanwhile
 */
export async function setForm(
  scope: Scope,
  kind: Form['kind'],
  changes: Partial<Omit<Form, 'kind' | 'version'>>,
  reason: string,
): Promise<void> {
  const newest = (await listForms(scope)).get(kind)![0]!;
  await keepForm(scope, newest);
  const { reason: _reason, actorName: _name, at: _at, ...plain } = newest;
  if (!(await insertForm(scope, { ...plain, ...changes, version: newest.version + 1 }, reason)))
    throw conflict('changed_meanwhile', { zh: '报表刚刚有了新版本', en: 'The form has a newer version by now' });
}
