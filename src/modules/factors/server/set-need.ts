import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { newId } from '#core/shared/id.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { getProject, type ProjectRecord, partiesOf } from '#modules/projects/server/public.ts';
import { showAmount } from '../amount.ts';
import { type Category, categoryOf } from '../categories.ts';
import { clearanceFaults } from '../clearance.ts';
import type { Evidence, factors, ProjectFactors } from '../contract.ts';
import { isSecured, needState } from '../need-state.ts';
import { refreshLamp } from './lamps.ts';
import { changesOf, insertEvents, insertNeed, lockNeeds, needOf, setNeedRow } from './need-store.ts';
import { presentProject } from './present.ts';
import type { NeedRow } from './tables.ts';

type Input = ParsedOf<(typeof factors)['endpoints']['setNeed']>;

const blank = (projectId: string, category: Category, scope: Scope): NeedRow => ({
  id: newId(),
  projectId,
  category: category.code,
  decimals: category.decimals,
  demand: 0,
  supplied: 0,
  allotted: 0,
  clearance: null,
  unitId: null,
  personName: null,
  promisedOriginal: null,
  promisedOn: null,
  evidence: null,
  files: [],
  note: null,
  state: 'notNeeded',
  version: 0,
  changedAt: scope.now,
});

/** Enters or changes one need of a project. Fields left out stay as they are. */
export async function setNeed(scope: Scope, input: Input): Promise<ProjectFactors> {
  const project = await getProject(scope, input.projectId, 'factors.edit');
  const category = categoryOf(input.category);
  const needs = await lockNeeds(scope, project.id);
  const before = needOf(needs, category.code) ?? null;
  if ((before?.version ?? 0) !== input.version) throw changedMeanwhile();
  const after = await nextOf(scope, category, before ?? blank(project.id, category, scope), input);
  const reason = input.reason?.trim() || null;
  await check(scope, category, before, after, input, reason);
  const changes = changesOf(before, after);
  if (before && changes.length === 0)
    throw conflict('unchanged', { zh: '没有需要保存的变化', en: 'Nothing was changed' });
  if (before) await setNeedRow(scope, after);
  else if (!(await insertNeed(scope, after))) throw changedMeanwhile();
  const kind = before === null ? 'entered' : input.isCorrection ? 'corrected' : 'changed';
  await insertEvents(scope, [{ projectId: project.id, category: category.code, kind, reason, changes }]);
  audited(scope, { subject: 'factors.need', id: after.id, before, after });
  await settle(scope, project, [...needs.filter((need) => need.id !== after.id), after], after);
  return presentProject(scope, project);
}

/** Lamp and event after a need has changed. */
export async function settle(scope: Scope, project: ProjectRecord, needs: NeedRow[], after: NeedRow): Promise<void> {
  const lamp = await refreshLamp(scope, project.id, needs);
  await emit(scope, {
    topic: 'factors.changed',
    projectId: project.id,
    unitIds: [...partiesOf(project), ...(after.unitId === null ? [] : [after.unitId])],
    data: { category: after.category, state: after.state, light: lamp.light, projectName: project.name },
  });
}

async function nextOf(scope: Scope, category: Category, row: NeedRow, input: Input): Promise<NeedRow> {
  const clearance = category.code === 'clearance' ? (input.clearance ?? row.clearance) : null;
  if (category.code === 'clearance' && clearance === null)
    throw invalid(
      'clearance_missing',
      { zh: '征地拆迁请填写户数和面积', en: 'Give households and area of the clearance' },
      'clearance',
    );
  const promisedOn = input.promisedOn === undefined ? row.promisedOn : input.promisedOn;
  const next: NeedRow = {
    ...row,
    demand: clearance ? clearance.households.planned : (input.demand ?? row.demand),
    supplied: clearance ? clearance.households.vacated : (input.supplied ?? row.supplied),
    clearance,
    unitId: input.unitId === undefined ? row.unitId : input.unitId,
    personName: input.personName === undefined ? row.personName : input.personName,
    promisedOn,
    promisedOriginal: row.promisedOriginal ?? promisedOn,
    evidence: input.evidence === undefined ? row.evidence : input.evidence,
    files: input.files === undefined ? row.files : await filesOf(scope, row.files, input.files),
    note: input.note === undefined ? row.note : input.note,
    version: row.version + 1,
    changedAt: scope.now,
  };
  return { ...next, state: needState(next, scope.today) };
}

/** Files that stand there already stay; a new one must be the caller's own upload. */
async function filesOf(scope: Scope, known: readonly Evidence[], wanted: readonly Evidence[]): Promise<Evidence[]> {
  const files: Evidence[] = [];
  for (const { fileId } of wanted) {
    const old = known.find((file) => file.fileId === fileId);
    files.push(old ?? { fileId, name: (await claimFile(scope, fileId)).name });
  }
  return files;
}

async function check(
  scope: Scope,
  category: Category,
  before: NeedRow | null,
  after: NeedRow,
  input: Input,
  reason: string | null,
): Promise<void> {
  if (after.clearance) {
    const [fault] = clearanceFaults(before?.clearance ?? null, after.clearance, input.isCorrection ?? false);
    if (fault) throw invalid(fault.code, fault.words, fault.field);
  }
  if (after.supplied < after.allotted)
    throw invalid(
      'below_allotted',
      {
        zh: `其中 ${showAmount(after.allotted, category.decimals)} ${category.unit.zh}由指标池分配，落实数不能低于它。要减少请先在指标池中收回`,
        en: `${showAmount(after.allotted, category.decimals)} ${category.unit.en} of it were allotted from a pool: the amount secured cannot be lower. Withdraw the allotment first`,
      },
      'supplied',
    );
  if (after.unitId !== null && after.unitId !== before?.unitId && !(await findUnit(scope, after.unitId)))
    throw invalid('unit_unknown', { zh: '没有找到该责任单位，请重新选择', en: 'No such unit: choose again' }, 'unitId');
  if (isSecured(after) && !(before && isSecured(before)) && !after.evidence && after.files.length === 0)
    throw invalid(
      'evidence_missing',
      {
        zh: '标为已落实须有依据：填写文号或上传佐证文件',
        en: 'What is secured needs evidence: give the document number or upload a file',
      },
      'evidence',
    );
  if (reason === null && before && needsReason(before, after, input.isCorrection ?? false))
    throw invalid(
      'reason_missing',
      {
        zh: '调整承诺日期、减少需求或落实数、更正数据，须写明原因',
        en: 'Moving the promised day, lowering a figure or correcting one needs a reason',
      },
      'reason',
    );
}

const needsReason = (before: NeedRow, after: NeedRow, isCorrection: boolean): boolean =>
  isCorrection ||
  (before.promisedOn !== null && before.promisedOn !== after.promisedOn) ||
  after.demand < before.demand ||
  after.supplied < before.supplied;

const changedMeanwhile = () =>
  conflict('changed_meanwhile', {
    zh: '其他人刚刚修改了这项要素，请刷新后重试',
    en: 'Somebody else has just changed this need. Reload and try again',
  });
