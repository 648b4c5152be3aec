import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { findProject, getProject, setTotalYuan } from '#modules/projects/server/public.ts';
import { funding } from '../contract.ts';
import { kindsOf } from '../investment.ts';
import type { BondFields } from '../shapes.ts';
import { allottedOf, findBond, insertAllotments, insertBonds, updateBond } from './bond-store.ts';
import { bondsOf } from './bonds.ts';
import { addContract, changeContract, contractPage, modifyContract } from './contracts.ts';
import { correct, enter, lockFor, tellChanged } from './entering.ts';
import { findEntry, listEntries, presentEntry } from './entry-store.ts';
import { insertExplanations, openQueries, requireExplanation, settleQueries } from './explanations.ts';
import { exportList } from './export.ts';
import { listRows, totalsOf } from './list.ts';
import { projectFunding } from './project-page.ts';
import { insertRevisions, keepRegistered } from './revision-store.ts';
import { listSources, setSources, usedSources } from './source-store.ts';

const withYear = <T extends { year?: number | undefined }>(scope: Scope, input: T) => ({
  ...input,
  year: input.year ?? yearOf(scope.today),
});

export default defineServerModule(funding, {
  handlers: {
    list: async (scope, { offset = 0, limit = 100, ...query }) => {
      const input = withYear(scope, query);
      return {
        year: input.year,
        rows: await listRows(scope, input, offset, limit),
        totals: await totalsOf(scope, input),
      };
    },
    exportList: (scope, { columns, language = 'zh', ...query }) =>
      exportList(scope, withYear(scope, query), { columns, language }),

    project: async (scope, { id, year }) => projectFunding(scope, await getProject(scope, id, 'funding.read'), year),
    entries: async (scope, { id, ...which }) => {
      await getProject(scope, id, 'funding.read');
      return (await listEntries(scope, { projectId: id, ...which })).map(presentEntry);
    },
    evidence: async (scope, { id }) => {
      const entry = await findEntry(scope, id);
      if (!entry?.fileId || !(await findProject(scope, entry.projectId, 'funding.read')))
        throw notFound({ zh: '凭证', en: 'evidence' });
      return { ...(await openFile(scope, entry.fileId)), name: entry.fileName ?? entry.fileId };
    },

    enter: async (scope, input) => {
      const project = await enter(scope, input);
      return projectFunding(scope, project, input.entries[0]!.year);
    },
    correct: async (scope, input) => {
      const { project, year } = await correct(scope, input);
      return projectFunding(scope, project, year);
    },
    explain: async (scope, { id, year, code, subject, text }) => {
      const project = await lockFor(scope, id, 'funding.edit');
      const query = (await openQueries(scope, id, [year])).find((f) => f.code === code && f.subject === subject);
      if (!query)
        throw conflict('nothing_to_explain', {
          zh: '这项核实已说明或已不存在，请刷新',
          en: 'This query is explained or gone; reload',
        });
      requireExplanation(text);
      await insertExplanations(scope, id, [query], text);
      audited(scope, { subject: 'projects.project', id, after: { query, text } });
      await tellChanged(scope, project, { years: [year] });
      return projectFunding(scope, project, year);
    },
    revise: async (scope, { id, track, kind, ...revision }) => {
      const project = await lockFor(scope, id, 'funding.revise');
      if (!kindsOf[track].includes(kind))
        throw invalid('kind_unfit', { zh: '请选择适用的依据类型', en: 'Choose a kind that fits' }, 'kind');
      if (revision.decidedOn > scope.today)
        throw invalid(
          'in_the_future',
          { zh: '批复日期不能晚于今天', en: 'The decision cannot lie ahead' },
          'decidedOn',
        );
      const year = yearOf(scope.today);
      const open = await openQueries(scope, id, [year]);
      // What the register says now is written down first: the first value must stay visible beside the new one.
      await keepRegistered(scope, [id]);
      const [made] = await insertRevisions(scope, [{ projectId: id, track, kind, ...revision }]);
      const changed =
        track === 'total'
          ? await setTotalYuan(
              scope,
              { id, totalYuan: revision.yuan },
              { reason: revision.reason, document: revision.document },
            )
          : undefined;
      await settleQueries(scope, id, [year], open, { text: revision.reason, field: 'reason' });
      audited(scope, { subject: 'projects.project', id, before: { totalYuan: project.totalYuan }, after: made });
      await tellChanged(scope, project, { track, yuan: revision.yuan });
      return projectFunding(scope, changed ?? project);
    },

    contract: (scope, { id }) => contractPage(scope, id),
    addContract: (scope, input) => addContract(scope, input),
    changeContract: (scope, input) => changeContract(scope, input),
    modifyContract: (scope, input) => modifyContract(scope, input),

    bonds: (scope, { day }) => bondsOf(scope, day !== undefined && day < scope.today ? day : scope.today),
    saveBond: async (scope, { id, version, reason, ...fields }) => saveBond(scope, { id, version, reason, fields }),
    allot: async (scope, { id, projectId, yuan, allottedOn, document, reason }) => {
      const bond = await findBond(scope, id);
      if (!bond) throw notFound({ zh: '专项债', en: 'bond issue' });
      const project = await getProject(scope, projectId, 'funding.configure');
      const { all, own } = await allottedOf(scope, id, projectId);
      if (all - (own ?? 0) + yuan > bond.yuan)
        throw invalid(
          'bond_exceeded',
          {
            zh: '各项目分配额合计超过发行金额，请核对',
            en: 'The allotments add up to more than was issued; check them',
          },
          'yuan',
        );
      if (own !== null && !reason)
        throw invalid('reason_needed', { zh: '调整分配额须写明原因', en: 'Say why the allotment changes' }, 'reason');
      if (allottedOn > scope.today || allottedOn < bond.issuedOn)
        throw invalid(
          'day_unfit',
          { zh: '分配日期应在发行之后、不晚于今天', en: 'The allotment lies after the issue and not ahead' },
          'allottedOn',
        );
      await insertAllotments(scope, [{ bondId: id, projectId, yuan, allottedOn, document, reason: reason ?? null }]);
      audited(scope, {
        subject: 'funding.bond',
        id,
        before: { projectId, yuan: own },
        after: { projectId, yuan, document },
      });
      await tellChanged(scope, project, { bondId: id });
      return { id };
    },

    sources: async (scope) => {
      const isEditor = scope.can('funding.configure');
      // Which sources the city uses is for those who keep the list.
      const used = isEditor ? await usedSources(scope) : new Set<string>();
      return {
        sources: (await listSources(scope)).map((s) => ({ ...s, used: used.has(s.code) })),
        allowed: isEditor ? ['edit' as const] : [],
      };
    },
    setSources: async (scope, { sources }) => {
      const before = await listSources(scope);
      await setSources(scope, sources);
      const after = await listSources(scope);
      audited(scope, { subject: 'funding.source', id: 'list', before, after });
      return { sources: after };
    },
  },

  on: {
    // The register is also changed on its own pages and by imports: what it said is kept, and its first value with it.
    'projects.created': async (scope, event) => void (await keepRegistered(scope, [event.projectId!])),
    'projects.changed': async (scope, event) =>
      void (await keepRegistered(scope, event.projectId === null ? undefined : [event.projectId])),
    'projects.imported': async (scope) => void (await keepRegistered(scope)),
  },

  /** Projects that stood in the register before this module came have a first value too. */
  start: ({ eachCity }) => eachCity(async (scope) => void (await keepRegistered(scope))),
});

async function saveBond(
  scope: Scope,
  {
    id,
    version,
    reason,
    fields,
  }: { id?: string | undefined; version?: number | undefined; reason?: string | undefined; fields: BondFields },
): Promise<{ id: string }> {
  if (fields.issuedOn > scope.today)
    throw invalid('in_the_future', { zh: '发行日不能晚于今天', en: 'The day of issue cannot lie ahead' }, 'issuedOn');
  let bondId = id;
  if (id === undefined) [bondId] = await insertBonds(scope, [fields]);
  else {
    const bond = await findBond(scope, id);
    if (!bond) throw notFound({ zh: '专项债', en: 'bond issue' });
    if (!reason) throw invalid('reason_needed', { zh: '更正须写明原因', en: 'Say why it is corrected' }, 'reason');
    const { all } = await allottedOf(scope, id, id);
    if (fields.yuan < all)
      throw invalid(
        'bond_exceeded',
        {
          zh: '发行金额小于已分配的合计，请先调整分配',
          en: 'Less than what is allotted already; change the allotments first',
        },
        'yuan',
      );
    if (!(await updateBond(scope, { id, version: version ?? bond.version, fields, reason })))
      throw conflict('stale_version', {
        zh: '您打开后他人已修改，请刷新后再保存',
        en: 'Somebody has changed it since you opened it; reload before you save',
      });
  }
  audited(scope, { subject: 'funding.bond', id: bondId!, after: fields });
  await emit(scope, { topic: 'funding.changed', unitIds: [], data: { bondId } });
  return { id: bondId! };
}
