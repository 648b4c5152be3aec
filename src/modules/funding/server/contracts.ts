import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { checkCreditCode } from '#modules/organization/server/public.ts';
import { findProject, isWithinReach } from '#modules/projects/server/public.ts';
import type { ContractFields, ContractPage, modificationKinds } from '../shapes.ts';
import {
  blankContract,
  type ContractRow,
  fieldsOf,
  findContract,
  insertContracts,
  insertModifications,
  listContractVersions,
  listModifications,
  presentContract,
  updateContract,
} from './contract-store.ts';
import { lockFor, tellChanged } from './entering.ts';
import { listPaymentsOf, presentEntry } from './entry-store.ts';
import { openQueries, settleQueries } from './explanations.ts';

const words = { zh: '合同', en: 'contract' };
const subject = 'funding.contract';

async function getContract(scope: Scope, id: string): Promise<ContractRow> {
  const contract = await findContract(scope, id);
  if (!contract || !(await findProject(scope, contract.projectId, 'funding.read'))) throw notFound(words);
  return contract;
}

export async function contractPage(scope: Scope, id: string): Promise<ContractPage> {
  const contract = await getContract(scope, id);
  const project = (await findProject(scope, contract.projectId, 'funding.read'))!;
  return {
    ...presentContract(contract),
    project: { id: project.id, name: project.name },
    modifications: await listModifications(scope, id),
    paid: (await listPaymentsOf(scope, id)).map(presentEntry),
    versions: await listContractVersions(scope, id),
    allowed: scope.can('funding.edit') && isWithinReach(scope, 'funding.edit', project) ? ['edit'] : [],
  };
}

type Entered = { [K in keyof ContractFields]?: ContractFields[K] | undefined };
const definedOf = (entered: Entered): Partial<ContractFields> =>
  Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== undefined));

export async function addContract(
  scope: Scope,
  { id, contract }: { id: string; contract: Entered & Pick<ContractFields, 'title' | 'nature'> },
) {
  const project = await lockFor(scope, id, 'funding.edit');
  const fields = tidied({ ...blankContract, ...contract, ...definedOf(contract) } as ContractFields);
  checkContract(scope, fields);
  const [contractId] = await insertContracts(scope, [{ projectId: id, fields, demo: project.demo }]);
  audited(scope, { subject, id: contractId!, after: fields });
  await tellChanged(scope, project, { contractId });
  return contractPage(scope, contractId!);
}

/** Completes or corrects what is known; what was agreed afterwards is a modification. */
export async function changeContract(
  scope: Scope,
  { id, version, contract, reason }: { id: string; version: number; contract: Entered; reason: string },
) {
  const { projectId } = await getContract(scope, id);
  const project = await lockFor(scope, projectId, 'funding.edit');
  const row = await getContract(scope, id);
  const before = fieldsOf(row);
  const fields = tidied({ ...before, ...definedOf(contract) });
  checkContract(scope, fields);
  if (row.payments > 0 && fields.signedOn === null)
    throw invalid(
      'contract_paid',
      { zh: '已有支付的合同不能去掉签订日期', en: 'A contract with payments keeps its day of signing' },
      'signedOn',
    );
  const year = yearOf(scope.today);
  const open = await openQueries(scope, projectId, [year]);
  if (!(await updateContract(scope, { id, version, fields, reason })))
    throw conflict('stale_version', {
      zh: '您打开后他人已修改此合同，请核对最新内容后再保存',
      en: 'Somebody has changed this contract since you opened it; look at it again before you save',
    });
  await settleQueries(scope, projectId, [year], open, { text: reason, field: 'reason' });
  audited(scope, { subject, id, before, after: fields });
  await tellChanged(scope, project, { contractId: id });
  return contractPage(scope, id);
}

export interface ModificationInput {
  id: string;
  kind: (typeof modificationKinds)[number];
  onDay: string;
  deltaYuan?: number | undefined;
  newEnd?: string | undefined;
  rationale: string;
  document: string;
  approver?: string | undefined;
}

export async function modifyContract(
  scope: Scope,
  { id, kind, onDay, deltaYuan, newEnd, approver, ...rest }: ModificationInput,
) {
  const { projectId } = await getContract(scope, id);
  const project = await lockFor(scope, projectId, 'funding.edit');
  const row = await getContract(scope, id);
  if (row.signedOn === null)
    throw conflict('not_signed', {
      zh: '合同尚未签订，请直接补充合同信息',
      en: 'The contract is not signed yet: complete its facts instead',
    });
  if (onDay < row.signedOn || onDay > scope.today)
    throw invalid(
      'day_unfit',
      { zh: '变更日期应在签订之后、不晚于今天', en: 'A modification lies after the signing and not ahead' },
      'onDay',
    );
  if (kind === 'value' && !deltaYuan)
    throw invalid('delta_missing', { zh: '请填写增减的价款', en: 'Enter by how much the value changes' }, 'deltaYuan');
  if (kind === 'value' && row.currentYuan! + deltaYuan! < 0)
    throw invalid(
      'delta_unfit',
      { zh: '变更后合同价不能小于零', en: 'The value cannot fall below nought' },
      'deltaYuan',
    );
  if (kind === 'duration' && (newEnd === undefined || newEnd === row.currentEnd))
    throw invalid('end_missing', { zh: '请填写变更后的完工日期', en: 'Enter the new end of the contract' }, 'newEnd');
  const year = yearOf(scope.today);
  const open = await openQueries(scope, projectId, [year]);
  const modification = {
    contractId: id,
    kind,
    onDay,
    deltaYuan: kind === 'value' ? deltaYuan! : null,
    oldEnd: kind === 'duration' ? row.currentEnd : null,
    newEnd: kind === 'duration' ? newEnd! : null,
    approver: approver ?? null,
    ...rest,
  };
  await insertModifications(scope, [modification]);
  await settleQueries(scope, projectId, [year], open, { text: rest.rationale, field: 'rationale' });
  audited(scope, { subject, id, after: modification });
  await tellChanged(scope, project, { contractId: id });
  return contractPage(scope, id);
}

const tidied = (fields: ContractFields): ContractFields => ({
  ...fields,
  supplierCode: fields.supplierCode && checkCreditCode(fields.supplierCode).code,
});

/** Refuses what cannot be true of a contract, naming the field. A code that only fails its check character is kept. */
function checkContract(scope: Scope, c: ContractFields): void {
  const refuse = (field: keyof ContractFields, code: string, zh: string, en: string): never => {
    throw invalid(code, { zh, en }, field);
  };
  if (c.signedOn !== null && (c.valueYuan === null || c.supplierName === null))
    refuse(
      c.valueYuan === null ? 'valueYuan' : 'supplierName',
      'signed_incomplete',
      '已签订的合同须填写合同价和供应商',
      'A signed contract has a value and a supplier',
    );
  if (c.tenderedOn !== null && c.awardedOn !== null && c.awardedOn < c.tenderedOn)
    refuse(
      'awardedOn',
      'award_before_tender',
      '中标日期早于招标日期，请核对',
      'The award lies before the tender; check both',
    );
  if (c.awardedOn !== null && c.signedOn !== null && c.signedOn < c.awardedOn)
    refuse(
      'signedOn',
      'signed_before_award',
      '签订日期早于中标日期，请核对',
      'The signing lies before the award; check both',
    );
  if (c.startsOn !== null && c.endsOn !== null && c.endsOn < c.startsOn)
    refuse(
      'endsOn',
      'end_before_start',
      '完工日期早于开工日期，请核对',
      'The end lies before the beginning; check both',
    );
  if (c.closedOn !== null && c.signedOn === null)
    refuse('closedOn', 'closed_unsigned', '未签订的合同不能办结', 'A contract that is not signed cannot be closed');
  for (const field of ['tenderedOn', 'awardedOn', 'signedOn', 'closedOn'] as const)
    if (c[field] !== null && c[field] > scope.today)
      refuse(field, 'in_the_future', '日期晚于今天，请核对', 'The day lies ahead; check it');
  if (c.supplierCode === null) return;
  const check = checkCreditCode(c.supplierCode);
  if (check.state === 'wrongLength')
    refuse(
      'supplierCode',
      'credit_code_length',
      `统一社会信用代码应为 18 位，现为 ${check.length} 位`,
      `A credit code has 18 characters, this one ${check.length}`,
    );
  if (check.state === 'wrongCharacter')
    refuse(
      'supplierCode',
      'credit_code_character',
      `统一社会信用代码第 ${check.position} 位“${check.character}”不是规定的字符`,
      `Character ${check.position} of the credit code, “${check.character}”, is not one it may have`,
    );
}
