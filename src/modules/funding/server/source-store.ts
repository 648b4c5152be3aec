import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { keptSources, type Source, shippedSources } from '../sources.ts';
import { tables } from './tables.ts';

/** The city's list in its order, or the shipped one. Retired sources are in it: old entries still need their label. */
export async function listSources(scope: Scope): Promise<Source[]> {
  const rows = await tables(scope)
    .selectFrom('funding.source')
    .select(['code', 'label', 'retired'])
    .where('cityId', '=', scope.cityId)
    .orderBy('position')
    .execute();
  return rows.length > 0 ? rows : shippedSources.map(({ code, words }) => ({ code, label: words.zh, retired: false }));
}

export async function usedSources(scope: Scope): Promise<Set<string>> {
  const { rows } = await sql<{ source: string }>`
    select distinct source from funding.year_source where city_id = ${scope.cityId}`.execute(scope.db);
  return new Set(rows.map((row) => row.source));
}

/** Replaces the list. What entries name may be renamed or retired, not taken out. */
export async function setSources(
  scope: Scope,
  wanted: readonly { code?: string | undefined; label: string; retired: boolean }[],
): Promise<void> {
  const list = wanted.map((s) => ({ ...s, code: s.code ?? `own-${newId().slice(-12)}` }));
  const twice = list.find((s, i) =>
    list.some((other, j) => j < i && (other.label === s.label || other.code === s.code)),
  );
  if (twice)
    throw invalid(
      'source_twice',
      { zh: `“${twice.label}”出现了两次，请合并为一项`, en: `“${twice.label}” stands twice: make it one` },
      'sources',
    );
  const known = await listSources(scope);
  const used = await usedSources(scope);
  const lost = known.find(
    ({ code }) => (used.has(code) || keptSources.includes(code)) && !list.some((s) => s.code === code),
  );
  if (lost)
    throw invalid(
      'source_used',
      {
        zh: `“${lost.label}”已有登记或为系统规则所用，不能删除；不再使用时请停用`,
        en: `“${lost.label}” is named by entries or rules and cannot be taken out; retire it instead`,
      },
      'sources',
    );
  await tables(scope).deleteFrom('funding.source').where('cityId', '=', scope.cityId).execute();
  await tables(scope)
    .insertInto('funding.source')
    .values(list.map((s, position) => ({ ...s, cityId: scope.cityId, position })))
    .execute();
}
