import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { getProject, lockProject, type ProjectRecord, partiesOf } from '#modules/projects/server/public.ts';
import type { NewEntry } from '../shapes.ts';
import { bondSource } from '../sources.ts';
import { listBondUses } from './bond-store.ts';
import { findContract } from './contract-store.ts';
import { findEntry, insertEntries } from './entry-store.ts';
import { openQueries, settleQueries } from './explanations.ts';
import { listSources } from './source-store.ts';
import { type EntryTable, written } from './tables.ts';

/** The project locked for a change of its money; what may be seen but not changed answers like what is not there. */
export async function lockFor(scope: Scope, id: string, permission: string): Promise<ProjectRecord> {
  await getProject(scope, id, 'funding.read');
  const project = await lockProject(scope, id, permission);
  if (!project) throw notFound({ zh: '项目', en: 'project' });
  return project;
}

/** Says that a project's money changed: pages refetch, lights are worked out again. */
export const tellChanged = (scope: Scope, project: ProjectRecord, data: Record<string, unknown>): Promise<void> =>
  emit(scope, { topic: 'funding.changed', projectId: project.id, unitIds: partiesOf(project), data });

const sourceUnknown = () =>
  invalid(
    'source_unknown',
    { zh: '所选资金来源不存在或已停用，请重新选择', en: 'This source does not exist or is retired; choose again' },
    'source',
  );

/** Adds plans, arrivals, payments. Queries that they raise must be explained in the same command. */
export async function enter(
  scope: Scope,
  { id, entries, explanation }: { id: string; entries: readonly NewEntry[]; explanation?: string | undefined },
): Promise<ProjectRecord> {
  const project = await lockFor(scope, id, 'funding.edit');
  const years = [...new Set(entries.map((entry) => entry.year))];
  const before = await openQueries(scope, id, years);
  const sources = new Set((await listSources(scope)).filter((s) => !s.retired).map((s) => s.code));
  const rows: EntryTable[] = [];
  for (const [i, entry] of entries.entries()) {
    checkShape(scope, entry, i);
    if (entry.source !== null && !sources.has(entry.source)) throw sourceUnknown();
    await checkContract(scope, project, entry);
    const file = entry.fileId === null ? null : await claimFile(scope, entry.fileId);
    rows.push({
      cityId: scope.cityId,
      id: newId(),
      projectId: id,
      ...entry,
      bondId: await bondOf(scope, project, entry),
      fileName: file?.name ?? null,
      correctsId: null,
      reason: null,
      ...written(scope),
    });
  }
  await insertEntries(scope, rows);
  await settleQueries(scope, id, years, before, { text: explanation, field: 'explanation' });
  audited(scope, { subject: 'projects.project', id, after: { entries, explanation } });
  await tellChanged(scope, project, { years, kinds: [...new Set(entries.map((entry) => entry.kind))] });
  return project;
}

/** A further row in the place of one that was wrong; both stay. Nought takes back what was said. */
export async function correct(
  scope: Scope,
  input: {
    id: string;
    period?: string | undefined;
    source?: string | undefined;
    yuan: number;
    onDay: string;
    document: string;
    reason: string;
    explanation?: string | undefined;
  },
): Promise<{ project: ProjectRecord; year: number }> {
  const words = { zh: '登记', en: 'entry' };
  const seen = await findEntry(scope, input.id);
  if (!seen) throw notFound(words);
  const project = await lockProject(scope, seen.projectId, 'funding.edit');
  // Read again behind the lock: a colleague may just have corrected it.
  const old = await findEntry(scope, input.id);
  if (!project || !old) throw notFound(words);
  if (old.correctedById !== null)
    throw conflict('corrected_already', {
      zh: '这笔登记已更正过，请更正最新的一笔',
      en: 'This entry has been corrected already; correct the newest one',
    });
  const { cityId, projectId, kind, bondId, contractId, correctedById: _, ...kept } = old;
  const period = kind === 'plan' ? null : (input.period ?? kept.period);
  const source = kind === 'toPay' ? null : (input.source ?? kept.source);
  if (source !== kept.source && !(await listSources(scope)).some((s) => s.code === source && !s.retired))
    throw sourceUnknown();
  const year = period === null ? kept.year : Number(period.slice(0, 4));
  const row: EntryTable = {
    cityId,
    id: newId(),
    projectId,
    kind,
    year,
    period,
    source,
    bondId: source === bondSource ? bondId : null,
    contractId,
    yuan: input.yuan,
    onDay: input.onDay,
    document: input.document,
    fileId: kept.fileId,
    fileName: kept.fileName,
    correctsId: old.id,
    reason: input.reason,
    ...written(scope),
  };
  checkShape(scope, row);
  const years = [...new Set([kept.year, year])];
  const before = await openQueries(scope, projectId, years);
  await insertEntries(scope, [row]);
  await settleQueries(scope, projectId, years, before, { text: input.explanation, field: 'explanation' });
  audited(scope, { subject: 'funding.entry', id: old.id, before: kept, after: row });
  await tellChanged(scope, project, { years, kinds: [kind] });
  return { project, year };
}

type Shape = Pick<EntryTable, 'kind' | 'year' | 'period' | 'source' | 'onDay'>;
/** What no document can say: a month outside its year, money that moves tomorrow. */
function checkShape(scope: Scope, { kind, year, period, source, onDay }: Shape, i = 0): void {
  const at = (field: string) => (i === 0 ? field : `entries.${i}.${field}`);
  if (kind === 'plan' ? period !== null : period === null || Number(period.slice(0, 4)) !== year)
    throw invalid(
      'period_wrong',
      kind === 'plan'
        ? { zh: '年度计划不分月', en: 'A plan is for the year, without a month' }
        : { zh: '请选择属于该年的月份', en: 'Choose a month of the year' },
      at('period'),
    );
  if ((kind === 'toPay') !== (source === null))
    throw invalid(
      'source_missing',
      kind === 'toPay'
        ? { zh: '计划支付不分来源', en: 'Planned payments have no source' }
        : { zh: '请选择资金来源', en: 'Choose the source' },
      at('source'),
    );
  const isMoved = kind === 'arrived' || kind === 'paid';
  if (isMoved && (onDay > scope.today || period! > scope.today.slice(0, 7)))
    throw invalid(
      'in_the_future',
      { zh: '到位、支付的日期不能晚于今天', en: 'Money cannot have moved later than today' },
      at('onDay'),
    );
  if (isMoved && onDay.slice(0, 7) !== period)
    throw invalid(
      'day_outside_month',
      { zh: `日期 ${onDay} 不在 ${period}，请核对`, en: `${onDay} does not lie in ${period}; check both` },
      at('onDay'),
    );
  if (kind === 'plan' && year > yearOf(scope.today) + 5)
    throw invalid(
      'year_far',
      { zh: '计划年份过远，请核对', en: 'The year of the plan is far ahead; check it' },
      at('year'),
    );
}

/** A contract belongs to the project and is paid, not planned. */
async function checkContract(scope: Scope, project: ProjectRecord, entry: NewEntry): Promise<void> {
  if (entry.contractId === null) return;
  const contract = await findContract(scope, entry.contractId);
  if (contract?.projectId !== project.id) throw notFound({ zh: '合同', en: 'contract' });
  if (entry.kind !== 'paid' && entry.kind !== 'toPay')
    throw invalid('contract_unfit', { zh: '只有支付对应合同', en: 'Only payments belong to a contract' }, 'contractId');
}

/** Which issue a payment out of bond money uses: the only one the project has, or the one that was named. */
async function bondOf(scope: Scope, project: ProjectRecord, entry: NewEntry): Promise<string | null> {
  const isUse = entry.source === bondSource && entry.kind === 'paid';
  if (!isUse && entry.bondId === null) return null;
  const bonds = [
    ...new Set((await listBondUses(scope, scope.today, { projectIds: [project.id] })).map((use) => use.bondId)),
  ];
  if (entry.bondId !== null && !bonds.includes(entry.bondId)) throw notFound({ zh: '专项债', en: 'bond issue' });
  if (!isUse)
    throw invalid(
      'bond_unfit',
      { zh: '只有专项债的支付对应期次', en: 'Only payments of bond money name an issue' },
      'bondId',
    );
  if (entry.bondId !== null) return entry.bondId;
  if (bonds.length > 1)
    throw invalid(
      'bond_needed',
      { zh: '该项目有多期专项债，请选择用的是哪一期', en: 'The project has several issues: say which one was used' },
      'bondId',
    );
  return bonds[0] ?? null;
}
