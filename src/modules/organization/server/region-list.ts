import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { isRegionCodeOf, type RegionSeed } from '../region.ts';
import type { RegionFacts } from '../shapes.ts';
import { difference, insertChange } from './change-store.ts';
import { listRegionRows, putRegion, type RegionRow, type RegionValues } from './region-store.ts';

const fields = [
  'name',
  'shortName',
  'aliases',
  'kind',
  'parentCode',
  'editionYear',
  'source',
  'position',
  'validTo',
] as const;

/**
 * Adds and changes regions as one batch, each with its line in the history. Throws 422 `region_code`, `region_parent`
 * or `region_circle` for the first region that cannot stand; nothing is kept then.
 */
export async function saveRegionList(
  scope: Scope,
  list: readonly (RegionFacts | RegionSeed)[],
  reason: string,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const known = new Map((await listRegionRows(scope)).map((row) => [row.code, row]));
  const wanted = new Map<string, RegionValues>();
  for (const [index, facts] of list.entries()) wanted.set(facts.code, merged(facts, known.get(facts.code), index));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const values of parentsFirst(wanted, known)) {
    const before = known.get(values.code);
    const changes = before ? difference<Record<string, unknown>>({ ...before }, { ...values }, fields) : null;
    if (before && !changes) {
      counts.unchanged += 1;
      continue;
    }
    await putRegion(scope, values);
    await insertChange(scope, {
      subject: 'region',
      subjectId: values.code,
      action: before ? (values.validTo !== null && before.validTo === null ? 'retired' : 'changed') : 'created',
      onDay: scope.today,
      reason,
      before: changes?.before ?? null,
      after: changes?.after ?? { ...values },
    });
    counts[before ? 'changed' : 'added'] += 1;
  }
  return counts;
}

function merged(facts: RegionFacts | RegionSeed, before: RegionRow | undefined, index: number): RegionValues {
  if (!isRegionCodeOf(facts.kind, facts.code))
    throw invalid(
      'region_code',
      {
        zh: `“${facts.name}”的代码 ${facts.code} 不符合所选类型：国标和统计代码为六位数字，自编代码为“市代码-字母或数字”`,
        en: `The code ${facts.code} of ${facts.name} does not fit its kind: six digits, or for an own code the city’s code, a hyphen and capitals or digits`,
      },
      'code',
    );
  return {
    code: facts.code,
    name: facts.name,
    shortName: facts.shortName === undefined ? (before?.shortName ?? null) : facts.shortName || null,
    aliases: facts.aliases === undefined ? (before?.aliases ?? []) : [...facts.aliases],
    kind: facts.kind,
    parentCode: facts.parentCode === undefined ? (before?.parentCode ?? null) : facts.parentCode,
    editionYear: facts.editionYear,
    source: facts.source === undefined ? (before?.source ?? null) : facts.source,
    position: ('position' in facts ? facts.position : undefined) ?? before?.position ?? index,
    validTo: 'validTo' in facts && facts.validTo !== undefined ? facts.validTo : (before?.validTo ?? null),
  };
}

/** A region can only name a parent that is there already, so parents are written before their parts. */
function parentsFirst(
  wanted: ReadonlyMap<string, RegionValues>,
  known: ReadonlyMap<string, RegionRow>,
): RegionValues[] {
  const sorted: RegionValues[] = [];
  const visit = (values: RegionValues, path: readonly string[]): void => {
    if (sorted.includes(values)) return;
    if (path.includes(values.code))
      throw invalid(
        'region_circle',
        { zh: `“${values.name}”的上级区划绕回了自己`, en: `${values.name} would stand below itself` },
        'parentCode',
      );
    const { parentCode } = values;
    const parent = parentCode === null ? undefined : wanted.get(parentCode);
    if (parent) visit(parent, [...path, values.code]);
    else if (parentCode !== null && !known.has(parentCode))
      throw invalid(
        'region_parent',
        {
          zh: `没有代码为 ${parentCode} 的上级区划，请先添加`,
          en: `There is no region ${parentCode} to stand below: add it first`,
        },
        'parentCode',
      );
    sorted.push(values);
  };
  for (const values of wanted.values()) visit(values, []);
  return sorted;
}
