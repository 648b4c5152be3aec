import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { listRegions, type UnitNames, unitNames, unitsByName } from '#modules/organization/server/public.ts';
import type { RegisterRow } from '../ledger/diff.ts';
import type { LedgerRegion } from '../ledger/plan-ledger.ts';
import { type UnitUse, unitKey } from '../ledger/unit-key.ts';
import { toFields } from './record.ts';
import { listForMatching } from './store.ts';

/** What the city has, as the analysis in its own process needs it: plain data, no transaction. */
export interface CityContext {
  register: RegisterRow[];
  /** `owner 岳阳市交通局` (the name's key) → unit id. */
  units: [string, string][];
  /** Region code → id of the county's unit. */
  counties: [string, string][];
}

const kindOf: Partial<Record<UnitUse, string>> = { command: 'commandPost', county: 'county' };
const government = /(人民)?政府(办公室)?$|管理委员会$|管委会$/;

/**
 * The unit that a ledger means by a name: by name, short name or alias, one of the expected kind first; 君山区人民政府 and
 * 经开区管委会 also mean the county unit that is named without these words.
 */
export function chooseUnit(names: UnitNames, use: UnitUse, name: string): string | undefined {
  const found = names.find(name);
  const kind = kindOf[use];
  const fitting = kind === undefined ? found : found.filter((unit) => unit.kind === kind);
  const county = () => names.find(name.trim().replace(government, '')).filter((unit) => unit.kind === 'county');
  return (fitting[0] ?? found[0] ?? (government.test(name.trim()) ? county()[0] : undefined))?.id;
}

export async function loadCityContext(
  scope: Scope,
  wanted: readonly { use: UnitUse; name: string }[],
): Promise<CityContext> {
  const names = await unitsByName(scope);
  const units = wanted.flatMap(({ use, name }): [string, string][] => {
    const id = chooseUnit(names, use, name);
    return id === undefined ? [] : [[unitKey(use, name), id]];
  });
  const counties = names.all
    .filter((unit) => unit.kind === 'county' && unit.regionCode !== null && unit.validTo === null)
    .map((unit): [string, string] => [unit.regionCode!, unit.id]);
  return { register: await loadRegister(scope), units, counties };
}

async function loadRegister(scope: Scope): Promise<RegisterRow[]> {
  const records = await listForMatching(scope);
  const owners = await unitNames(
    scope,
    records.flatMap((r) => (r.ownerUnitId ? [r.ownerUnitId] : [])),
  );
  const { rows: plans } = await sql<{ projectId: string; year: number; planYuan: number | null; goal: string | null }>`
    select project_id, year, plan_yuan, goal from projects.plan where city_id = ${scope.cityId}`.execute(scope.db);
  const plansOf = Map.groupBy(plans, (plan) => plan.projectId);
  return records.map((record) => ({
    id: record.id,
    serial: record.serial,
    fields: toFields(record),
    ownerName: (record.ownerUnitId && owners.get(record.ownerUnitId)?.name) || record.ownerText,
    plans: (plansOf.get(record.id) ?? []).map(({ year, planYuan, goal }) => ({ year, planYuan, goal })),
  }));
}

export async function loadRegions(scope: Scope): Promise<LedgerRegion[]> {
  return (await listRegions(scope)).map(({ code, name, shortName, aliases, editionYear }) => ({
    code,
    editionYear,
    names: [name, ...(shortName ? [shortName] : []), ...aliases],
  }));
}
