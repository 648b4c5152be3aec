import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import type { ContractFields, ContractShown, Modification } from '../shapes.ts';
import { type ContractTable, insertRows, type ModificationTable, tables, written } from './tables.ts';

type Computed = Pick<ContractShown, 'status' | 'currentYuan' | 'currentEnd' | 'paidYuan' | 'payments'>;
export type ContractRow = ContractTable & Computed;

export const blankContract: Omit<ContractFields, 'title' | 'nature'> = {
  code: null,
  method: null,
  tenderedOn: null,
  tenderers: null,
  estimateYuan: null,
  awardedOn: null,
  supplierName: null,
  supplierCode: null,
  signedOn: null,
  valueYuan: null,
  startsOn: null,
  endsOn: null,
  closedOn: null,
  document: null,
};

const rowsOf = (scope: Scope, where: ReturnType<typeof sql>) =>
  sql<ContractRow>`select c.*, v.status, v.current_yuan, v.current_end, v.paid_yuan, v.payments
    from funding.contract c join funding.pub_contract v on v.city_id = c.city_id and v.contract_id = c.id
    where c.city_id = ${scope.cityId} and ${where} order by c.signed_on desc nulls first, c.id`.execute(scope.db);

export const listContracts = async (scope: Scope, projectId: string): Promise<ContractRow[]> =>
  (await rowsOf(scope, sql`c.project_id = ${projectId}`)).rows;

export const findContract = async (scope: Scope, id: string): Promise<ContractRow | undefined> =>
  (await rowsOf(scope, sql`c.id = ${id}`)).rows[0];

export const fieldsOf = (row: ContractTable): ContractFields => ({
  title: row.title,
  code: row.code,
  nature: row.nature,
  method: row.method,
  tenderedOn: row.tenderedOn,
  tenderers: row.tenderers,
  estimateYuan: row.estimateYuan,
  awardedOn: row.awardedOn,
  supplierName: row.supplierName,
  supplierCode: row.supplierCode,
  signedOn: row.signedOn,
  valueYuan: row.valueYuan,
  startsOn: row.startsOn,
  endsOn: row.endsOn,
  closedOn: row.closedOn,
  document: row.document,
});

export const presentContract = (row: ContractRow): ContractShown => ({
  ...fieldsOf(row),
  id: row.id,
  projectId: row.projectId,
  version: row.version,
  demo: row.demo,
  status: row.status,
  currentYuan: row.currentYuan,
  currentEnd: row.currentEnd,
  paidYuan: row.paidYuan,
  payments: row.payments,
  supplierCodeFails: row.supplierCode !== null && checkCreditCode(row.supplierCode).state !== 'holds',
});

export interface ContractToInsert {
  id?: string;
  projectId: string;
  fields: ContractFields;
  demo?: boolean;
}

/** New contracts, each with its first version. Ids in the given order. */
export async function insertContracts(scope: Scope, contracts: readonly ContractToInsert[]): Promise<string[]> {
  const rows = contracts.map(({ id = newId(), projectId, fields, demo = false }) => ({
    row: { cityId: scope.cityId, id, projectId, ...fields, demo, version: 1 },
    version: { cityId: scope.cityId, contractId: id, version: 1, fields, reason: null, ...written(scope) },
  }));
  await insertRows(
    scope,
    'contract',
    rows.map((r) => r.row),
  );
  await insertRows(
    scope,
    'contract_version',
    rows.map((r) => r.version),
  );
  return rows.map((r) => r.row.id);
}

/** Writes the next version. False when somebody else was quicker than `version`. */
export async function updateContract(
  scope: Scope,
  { id, version, fields, reason }: { id: string; version: number; fields: ContractFields; reason: string },
): Promise<boolean> {
  const done = await tables(scope)
    .updateTable('funding.contract')
    .set({ ...fields, version: version + 1 })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  await insertRows(scope, 'contract_version', [
    { cityId: scope.cityId, contractId: id, version: version + 1, fields, reason, ...written(scope) },
  ]);
  return true;
}

export type ModificationToInsert = Omit<ModificationTable, 'cityId' | 'id' | 'actorId' | 'actorName' | 'at'>;

export const insertModifications = (scope: Scope, modifications: readonly ModificationToInsert[]): Promise<void> =>
  insertRows(
    scope,
    'modification',
    modifications.map((m) => ({ cityId: scope.cityId, id: newId(), ...m, ...written(scope) })),
  );

export async function listModifications(scope: Scope, contractId: string): Promise<Modification[]> {
  const rows = await tables(scope)
    .selectFrom('funding.modification')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('contractId', '=', contractId)
    .orderBy('onDay')
    .orderBy('id')
    .execute();
  return rows.map(({ cityId: _c, contractId: _k, actorId: _a, at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** What each version changed of the one before, newest first. */
export async function listContractVersions(scope: Scope, contractId: string) {
  const rows = await tables(scope)
    .selectFrom('funding.contractVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('contractId', '=', contractId)
    .orderBy('version')
    .execute();
  return rows
    .map((row, i) => ({
      version: row.version,
      reason: row.reason,
      actorName: row.actorName,
      at: row.at.toISOString(),
      changed:
        i === 0
          ? []
          : (Object.keys(row.fields) as (keyof ContractFields)[]).filter(
              (key) => row.fields[key] !== rows[i - 1]!.fields[key],
            ),
    }))
    .reverse();
}
