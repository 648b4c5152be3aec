import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { ensureUnit, unitsByName } from '#modules/organization/server/public.ts';
import type { ProjectFields } from '../contract.ts';
import type { DiffRow } from '../ledger/diff.ts';
import { nameKey } from '../ledger/label.ts';
import type { PlannedRow } from '../ledger/plan-rows.ts';
import { type UnitUse, unitKey } from '../ledger/unit-key.ts';
import type { Choices } from '../list-shapes.ts';
import { announce, setPlans } from './bulk.ts';
import { chooseUnit } from './import-context.ts';
import { type ImportRowTable, type ImportTable, listImportRows, registerMark, setImport } from './import-store.ts';
import { insertProjects, type ProjectToInsert, type ProjectUpdate, updateProjects } from './store.ts';
import { listChoices, setChoices } from './view-store.ts';

/** The body of an import row, as the worker packed it. */
export interface RowBody extends Pick<PlannedRow, 'fields' | 'plans'> {
  units?: PlannedRow['units'];
  stageHint?: PlannedRow['stageHint'];
  countyUnitId?: string;
  errors?: PlannedRow['errors'];
  warnings?: PlannedRow['warnings'];
  texts?: PlannedRow['texts'];
  changes?: DiffRow['changes'];
  writePlans?: DiffRow['writePlans'];
}

type UnitIdOf = (use: UnitUse, name: string) => string | undefined;
const idField = { owner: 'ownerUnitId', lead: 'leadUnitId', command: 'commandUnitId', county: 'countyUnitId' } as const;
const useOrder: readonly UnitUse[] = ['command', 'county', 'lead', 'owner'];
const kinds = { owner: 'projectUnit', lead: 'department', command: 'commandPost', county: 'county' } as const;

/**
 * Writes all new and changed rows of the preview in the caller's transaction: units first, then projects with their
 * packages, then annual plans. Throws 409 `register_changed` when the register is not what the preview compared with, 422
 * `approver_needed` when plans that stand already would change and nobody is named who approved it.
 */
export async function acceptRows(
  scope: Scope,
  found: ImportTable,
  { reason, approver }: { reason?: string | undefined; approver?: string | undefined },
): Promise<void> {
  if ((await registerMark(scope)) !== found.registerMark) {
    throw conflict('register_changed', {
      zh: '预览之后登记簿有改动，请重新生成预览再接受',
      en: 'The register has changed since the preview: make the preview anew, then accept',
    });
  }
  const unitId = await ensureUnits(scope, found);
  const why = { kind: 'imported' as const, reason: reason || `导入台账：${found.fileName}`, document: found.fileName };
  const created = await listAll(scope, found, 'new');
  const changed = await listAll(scope, found, 'changed');

  const idOfRow = new Map<number, string>();
  for (const row of created) idOfRow.set(row.rowNumber, newId());
  for (const row of [...changed, ...(await listAll(scope, found, 'unchanged'))])
    idOfRow.set(row.rowNumber, row.projectId!);
  const bodies = new Map([...created, ...changed].map((row) => [row.rowNumber, JSON.parse(row.body) as RowBody]));
  const inserts = created.map((row) => newProject(row, bodies.get(row.rowNumber)!, idOfRow, unitId));
  const updates = changed.map((row) => changedProject(row, bodies.get(row.rowNumber)!, unitId));
  const inserted = await insertProjects(scope, inserts, why);
  const updated = await updateProjects(scope, updates, why);
  const plans = [...created, ...changed].flatMap((row) => {
    const { plans, writePlans } = bodies.get(row.rowNumber)!;
    return (row.status === 'changed' ? (writePlans ?? []) : plans).map((plan) => ({
      projectId: idOfRow.get(row.rowNumber)!,
      year: plan.year,
      planYuan: plan.planYuan ?? null,
      goal: plan.goal ?? null,
      curve: null,
      reason: why.reason,
      document: why.document,
      approver: approver || null,
    }));
  });
  if (!approver) await refuseUnapproved(scope, plans);
  await setPlans(scope, plans, 'imported');
  await addChoices(scope, inserts);
  await announce(scope, [...inserted, ...updated], inserted.length, updated.length);
  await setImport(scope, found.id, { state: 'accepted', acceptedAt: scope.now });
  audited(scope, {
    subject: 'projects.import',
    id: found.id,
    after: { fileName: found.fileName, counts: found.counts },
  });
}

/** 年初计划 comes as it is; what changes it afterwards is somebody's decision, from a ledger as well as by hand. */
async function refuseUnapproved(scope: Scope, plans: readonly { projectId: string; year: number }[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from projects.plan p
    join jsonb_to_recordset(${JSON.stringify(plans)}::jsonb) as x("projectId" uuid, year int)
      on x."projectId" = p.project_id and x.year = p.year
    where p.city_id = ${scope.cityId}`.execute(scope.db);
  const { n } = rows[0]!;
  if (n > 0)
    throw invalid(
      'approver_needed',
      {
        zh: `这份台账要调整 ${n} 项已下达的年度计划，请写明批准人`,
        en: `This ledger changes ${n} annual plans that stand already: say who approved it`,
      },
      'approver',
    );
}

async function listAll(scope: Scope, found: ImportTable, status: ImportRowTable['status']): Promise<ImportRowTable[]> {
  return listImportRows(scope, found.id, found.revision, { status }, 0, 1_000_000);
}

/** Makes the units that the preview proposed, and answers which unit each name means now. */
async function ensureUnits(scope: Scope, found: ImportTable): Promise<UnitIdOf> {
  const made = new Map<string, string>();
  if (found.answers.newUnits !== 'text') {
    const byName = new Map<string, string>();
    // A name that is a command post in one column and an owner in another is a command post.
    for (const { name, use } of found.newUnits.toSorted((a, b) => useOrder.indexOf(a.use) - useOrder.indexOf(b.use))) {
      const key = nameKey(name);
      let id = byName.get(key);
      if (id === undefined) {
        id = (await ensureUnit(scope, { name, kind: kindOf(use, name), reason: `导入台账：${found.fileName}` })).id;
        byName.set(key, id);
      }
      made.set(unitKey(use, name), id);
    }
  }
  const names = await unitsByName(scope);
  const known = new Map<string, string | undefined>();
  return (use, name) => {
    const key = unitKey(use, name);
    if (!known.has(key)) known.set(key, made.get(key) ?? chooseUnit(names, use, name));
    return known.get(key);
  };
}

/** What a new unit most likely is, by its name; people correct it on the unit's page. */
function kindOf(use: UnitUse, name: string): (typeof kinds)[UnitUse] | 'stateFirm' | 'bank' {
  if (use === 'command' || use === 'county') return kinds[use];
  if (/银行|信用社/.test(name)) return 'bank';
  if (/(人民)?政府$|管理?委员会$|管委会$|[县区]$/.test(name)) return 'county';
  if (/投资集团|建设集团|国有|城投|交投|水务集团/.test(name)) return 'stateFirm';
  if (/公司|集团|厂|合作社|中心医院|学校|学院/.test(name)) return 'projectUnit';
  return /[局委办厅]$|办公室|中心$/.test(name) ? 'department' : kinds[use];
}

function withUnits(units: PlannedRow['units'], unitId: UnitIdOf): Partial<ProjectFields> {
  const fields: Partial<ProjectFields> = {};
  for (const [use, name] of Object.entries(units) as [UnitUse, string][]) {
    const id = unitId(use, name);
    if (id !== undefined) fields[idField[use]] = id;
    else if (use === 'owner') fields.ownerText = name;
    else if (use === 'lead') fields.leadText = name;
  }
  return fields;
}

function newProject(
  row: ImportRowTable,
  body: RowBody,
  idOfRow: ReadonlyMap<number, string>,
  unitId: UnitIdOf,
): ProjectToInsert {
  return {
    ...(body.stageHint && { stage: body.stageHint }),
    ...(body.countyUnitId !== undefined && { countyUnitId: body.countyUnitId }),
    ...body.fields,
    ...withUnits(body.units ?? {}, unitId),
    ...(row.parentRow !== null && { parentId: idOfRow.get(row.parentRow)! }),
    id: idOfRow.get(row.rowNumber)!,
  };
}

/** Only what the preview showed as changed. A unit that was still to be made is now known by its id. */
function changedProject(row: ImportRowTable, body: RowBody, unitId: UnitIdOf): ProjectUpdate {
  const changes: Record<string, unknown> = {};
  for (const { field, after } of body.changes ?? []) {
    if (field.includes('.')) continue; // plans, written as versions of their own
    changes[field] = typeof after === 'string' && after.startsWith('new:') ? newUnit(after, unitId) : after;
  }
  return { id: row.projectId!, changes: changes as Partial<ProjectFields> };
}

function newUnit(mark: string, unitId: UnitIdOf): string | undefined {
  const [, use, name] = /^new:(\w+):([\s\S]*)$/.exec(mark)!;
  return unitId(use as UnitUse, name!);
}

/** Words that the ledger uses and the city's lists do not hold join the lists, so that filters and forms know them. */
async function addChoices(scope: Scope, projects: readonly ProjectToInsert[]): Promise<void> {
  const lists = await listChoices(scope);
  const used: Record<keyof Choices, Set<string>> = { board: new Set(), tier: new Set(), nature: new Set() };
  for (const { board, nature, tiers } of projects) {
    if (board) used.board.add(board);
    if (nature) used.nature.add(nature);
    for (const tier of tiers ?? []) used.tier.add(tier);
  }
  for (const kind of ['board', 'tier', 'nature'] as const) {
    const known = new Set(lists[kind].map((choice) => choice.label));
    const more = [...used[kind]].filter((label) => !known.has(label) && label.length <= 40);
    if (more.length === 0) continue;
    await setChoices(scope, kind, [...lists[kind], ...more.map((label) => ({ label, mark: null }))].slice(0, 60));
  }
}
