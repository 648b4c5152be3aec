import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { blankProject } from '../blank-project.ts';
import { changesBetween, unexplained } from '../changes.ts';
import { type ProjectFields, projects } from '../contract.ts';
import type { ListQuery } from '../list-shapes.ts';
import { tidyProjectCode } from '../project-code.ts';
import { checkEntry } from './check-entry.ts';
import { evidenceHandlers } from './evidence.ts';
import { exportList } from './export.ts';
import { withNames } from './history-names.ts';
import { importHandlers } from './import-handlers.ts';
import { importJobs } from './import-jobs.ts';
import { countRows, facetOf, type ListInput, listRows, standingCounts, totalsOf } from './list.ts';
import { setMilestones } from './milestone-store.ts';
import { listPlanVersions, setPlans } from './plan-store.ts';
import { presentProject } from './present.ts';
import { getProject, partiesOf } from './public.ts';
import { isWithinReach } from './reach.ts';
import { definedOf, type Entered, toFields } from './record.ts';
import { insertProject, listEvents, lockProject, updateProject } from './store.ts';
import type { ProjectRecord } from './tables.ts';
import { listChoices, listViews, removeView, saveView, setChoices } from './view-store.ts';

const words = { zh: '项目', en: 'project' };
const subject = 'projects.project';

const listInput = (scope: Scope, query: Omit<ListInput, 'year'> & { year?: unknown }): ListInput => ({
  ...query,
  year: typeof query.year === 'number' ? query.year : yearOf(scope.today),
});

const tellChanged = (scope: Scope, row: ProjectRecord, fields: readonly string[], before = row) =>
  emit(scope, {
    topic: 'projects.changed',
    projectId: row.id,
    // Both the parties of before and of now: a unit that lost a project must drop it from its screen.
    unitIds: [...new Set([...partiesOf(before), ...partiesOf(row)])],
    data: { fields },
  });

export default defineServerModule(projects, {
  jobs: importJobs,
  handlers: {
    ...importHandlers,
    ...evidenceHandlers,

    list: async (scope, { offset = 0, limit = 100, ...query }) => {
      const input = listInput(scope, query);
      const rows = await listRows(scope, input, offset, limit);
      return { year: input.year, asOf: scope.today, rows, totals: await totalsOf(scope, input) };
    },

    facets: async (scope, { fields, ...query }) => {
      const facets: Record<string, Awaited<ReturnType<typeof facetOf>>> = {};
      for (const field of fields) facets[field] = await facetOf(scope, field, listInput(scope, query));
      return facets;
    },

    counts: (scope, { year }) => standingCounts(scope, listInput(scope, { year })),

    exportList: (scope, { language, ...query }) => exportList(scope, listInput(scope, query), language ?? 'zh'),

    views: async (scope, { year }) => {
      const views = [];
      for (const view of await listViews(scope)) {
        const definition = view.definition as Omit<ListInput, 'year'>;
        views.push({
          id: view.id,
          name: view.name,
          definition: view.definition,
          shared: view.shared,
          mine: view.accountId === scope.actor.id,
          count: await countRows(scope, listInput(scope, { ...definition, ...(year !== undefined && { year }) })),
        });
      }
      return views;
    },

    saveView: async (scope, input) => {
      const id = await saveView(scope, { ...input, definition: input.definition as ListQuery });
      if (!id) throw notFound({ zh: '视图', en: 'view' });
      return { id };
    },

    removeView: async (scope, { id }) => {
      if (!(await removeView(scope, id))) throw notFound({ zh: '视图', en: 'view' });
      return { id };
    },

    choices: (scope) => listChoices(scope),

    setChoices: async (scope, { kind, choices }) => {
      await setChoices(scope, kind, choices);
      return listChoices(scope);
    },

    get: async (scope, { id, year }) => presentProject(scope, await getProject(scope, id), year),

    create: async (scope, { plan, ...entered }) => {
      const fields = { ...blankProject(entered.name), ...tidied(entered) };
      await checkEntry(scope, undefined, 0, fields);
      const row = await insertProject(scope, fields, { kind: 'created' });
      if (plan && scope.can('projects.plan')) await setPlans(scope, [{ ...plan, projectId: row.id, curve: null }]);
      audited(scope, { subject, id: row.id, after: fields });
      await emit(scope, {
        topic: 'projects.created',
        projectId: row.id,
        unitIds: partiesOf(row),
        data: { serial: row.serial },
      });
      return presentProject(scope, row);
    },

    update: async (scope, { id, version, changes: entered, reason, document }) => {
      const row = await lock(scope, id, 'projects.edit');
      if (row.version !== version)
        throw conflict('stale_version', {
          zh: '您打开后他人已修改此项目，请核对最新内容后再保存',
          en: 'Somebody has changed this project since you opened it; look at it again before you save',
        });
      const before = toFields(row);
      const wanted = tidied(entered);
      const changes = changesBetween(before, wanted);
      if (changes.some(({ field }) => field === 'stage' || field === 'stageDates'))
        throw invalid(
          'stage_by_gate',
          {
            zh: '阶段不能直接修改，请在项目页的“全过程”中按关口办理',
            en: 'A stage is not edited: pass the gate under “Life cycle” on the project page',
          },
          'stage',
        );
      const [field] = reason ? [] : unexplained(changes);
      if (field)
        throw invalid(
          'reason_needed',
          { zh: '修改金额或日期须写明原因', en: 'Say why an amount or a date changes' },
          'reason',
          { field },
        );
      const after = { ...before, ...Object.fromEntries(changes.map((c) => [c.field, c.after])) };
      await checkEntry(scope, id, row.childCount, after);
      const changed = await updateProject(scope, { id, changes: wanted }, { kind: 'changed', reason, document });
      if (!changed) return presentProject(scope, row);
      audited(scope, { subject, id, before, after });
      await tellChanged(
        scope,
        changed,
        changes.map((c) => c.field),
        row,
      );
      return presentProject(scope, changed);
    },

    children: async (scope, { id, year }) => {
      await getProject(scope, id);
      const input = listInput(scope, { year, level: 'items', sort: [{ by: 'serial' }], parentId: id });
      return listRows(scope, input, 0, 500);
    },

    history: async (scope, { id, limit = 50 }) => {
      await getProject(scope, id);
      const { total, events } = await listEvents(scope, id, limit);
      const hidden = !scope.can('projects.contact');
      return {
        total,
        events: (await withNames(scope, events)).map((event) => ({
          ...event,
          at: event.at.toISOString(),
          changes: hidden
            ? event.changes.filter((c) => c.field !== 'contactName' && c.field !== 'contactPhone')
            : event.changes,
        })),
      };
    },

    plans: async (scope, { id }) => {
      await getProject(scope, id);
      return (await listPlanVersions(scope, id)).map((plan) => ({ ...plan, at: plan.at.toISOString() }));
    },

    setPlan: async (scope, { id, year, planYuan, goal, curve, approver, effectiveOn, reason, document }) => {
      const row = await lock(scope, id, 'projects.plan');
      checkCurve(planYuan, curve);
      const before = (await listPlanVersions(scope, id)).find((plan) => plan.year === year);
      if (before && !reason)
        throw invalid(
          'reason_needed',
          { zh: '调整年度计划须写明原因', en: 'Say why the annual plan changes' },
          'reason',
        );
      // 年初计划 is handed down as it is; what changes it afterwards is somebody's decision, and that somebody is named.
      if (before && !approver)
        throw invalid(
          'approver_needed',
          { zh: '调整年度计划须写明批准人', en: 'Say who approved the change of the annual plan' },
          'approver',
        );
      const plan = {
        projectId: id,
        year,
        planYuan,
        goal,
        curve,
        approver,
        reason: reason ?? null,
        document: document ?? null,
      };
      const [version] = await setPlans(scope, [{ ...plan, ...(effectiveOn !== undefined && { effectiveOn }) }]);
      if (version) {
        audited(scope, { subject, id, before: before ?? null, after: version });
        await emit(scope, {
          topic: 'projects.planChanged',
          projectId: id,
          unitIds: partiesOf(row),
          data: { years: [year], version: version.version },
        });
      }
      return presentProject(scope, row, year);
    },

    setMilestones: async (scope, { id, milestones, reason, document }) => {
      const row = await lock(scope, id, 'projects.edit');
      const known = new Map((await presentProject(scope, row)).milestones.map((m) => [m.id, m]));
      for (const m of milestones) {
        const old = m.id === undefined ? undefined : known.get(m.id);
        if (m.id !== undefined && !old) throw notFound({ zh: '节点', en: 'milestone' });
        const moved = old?.due && old.due.day !== m.due?.day;
        if (moved && !reason)
          throw invalid(
            'reason_needed',
            { zh: '调整节点日期须写明原因', en: 'Say why the date of a milestone changes' },
            'reason',
          );
      }
      const changes = await setMilestones(scope, id, milestones, { kind: 'milestones', reason, document });
      if (changes.length > 0) {
        audited(scope, { subject, id, after: changes });
        await tellChanged(scope, row, ['milestones']);
      }
      return presentProject(scope, row);
    },
  },
});

/** Locked for a change; what the caller may see but not change answers like what is not there. */
async function lock(scope: Scope, id: string, permission: 'projects.edit' | 'projects.plan'): Promise<ProjectRecord> {
  const row = await lockProject(scope, id, 'projects.read');
  if (!row || !isWithinReach(scope, permission, row)) throw notFound(words);
  return row;
}

const tidied = (entered: Entered): Partial<ProjectFields> =>
  definedOf(entered.code ? { ...entered, code: tidyProjectCode(entered.code) } : entered);

/** A curve is cumulative: it never falls, and December is the plan. */
function checkCurve(planYuan: number | null, curve: readonly number[] | null): void {
  if (!curve) return;
  if (curve.some((yuan, month) => month > 0 && yuan < curve[month - 1]!))
    throw invalid(
      'curve_falls',
      {
        zh: '分月计划是累计数，后一个月不能小于前一个月',
        en: 'The monthly plan is cumulative: no month is below the one before',
      },
      'curve',
    );
  if (curve[11] !== planYuan)
    throw invalid(
      'curve_end',
      { zh: '12 月累计应等于年度计划', en: 'December of the monthly plan must equal the annual plan' },
      'curve',
    );
}
