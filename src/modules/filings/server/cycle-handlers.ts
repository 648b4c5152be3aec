import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { Cycle, cycleEndpoints } from '../cycle-contract.ts';
import { exportCompleteness } from './completeness-export.ts';
import { listCompleteness, listCompletenessNames, totalOf } from './completeness-store.ts';
import { countCycles, countsOf, findCycle, listCycles, setExemption } from './cycle-store.ts';
import { findOpenCycle, formNames, openCycle, planCycles, presentCycle, presentHead, publishDue } from './cycles.ts';
import { presentForms, saveForm } from './forms.ts';
import { insertEvent } from './store.ts';
import type { CycleRow } from './tables.ts';

type Endpoints = typeof cycleEndpoints;

/** Cycles with their counts within the caller's reach for `permission`. */
export async function presentCycles(
  scope: Scope,
  cycles: readonly CycleRow[],
  permission = 'filings.read',
): Promise<Cycle[]> {
  const counts = await countCycles(scope, cycles, permission);
  const formOf = await formNames(scope);
  return cycles.map((cycle) => presentCycle(cycle, countsOf(counts, cycle), formOf(cycle)));
}

const present = async (scope: Scope, cycle: CycleRow): Promise<Cycle> => (await presentCycles(scope, [cycle]))[0]!;

const listPlanned = async (scope: Scope, kind: CycleRow['kind']): Promise<Cycle[]> =>
  presentCycles(scope, await listCycles(scope, 240, kind, ['open', 'planned']));

const noCycle = () => notFound({ zh: '填报期', en: 'reporting period' });

async function cycleOf(
  scope: Scope,
  { kind, period }: { kind: CycleRow['kind']; period?: string | undefined },
): Promise<CycleRow> {
  const cycle = await findOpenCycle(scope, kind, period);
  if (!cycle) throw noCycle();
  return cycle;
}

/** The endpoints of cycle-contract.ts. */
export const cycleHandlers = {
  cycles: async (scope: Scope, { limit, kind, planned }: ParsedOf<Endpoints['cycles']>) =>
    presentCycles(scope, await listCycles(scope, limit, kind, planned ? ['open', 'planned'] : ['open'])),

  openCycle: async (scope: Scope, { period, exempt }: ParsedOf<Endpoints['openCycle']>) =>
    present(scope, await openCycle(scope, period, { exempt })),

  planCycles: async (scope: Scope, { kind, year }: ParsedOf<Endpoints['planCycles']>) => {
    await planCycles(scope, kind, year);
    return listPlanned(scope, kind);
  },

  publishDue: async (scope: Scope, { kind, periods }: ParsedOf<Endpoints['publishDue']>) => {
    await publishDue(scope, kind, periods);
    return listPlanned(scope, kind);
  },

  setExempt: async (scope: Scope, { period, filingIds, isExempt, reason }: ParsedOf<Endpoints['setExempt']>) => {
    const cycle = await findCycle(scope, period);
    if (cycle?.state !== 'open') throw noCycle();
    const changed = await setExemption(scope, cycle, filingIds, isExempt ? reason : null);
    if (changed.length === 0)
      throw conflict('nothing_to_change', {
        zh: '所选填报已经提交或已是这个状态，没有改动',
        en: 'What was chosen is submitted already or stands like this: nothing was changed',
      });
    for (const { id } of changed)
      await insertEvent(scope, { filingId: id, event: isExempt ? 'exempt' : 'include', reason });
    audited(scope, {
      subject: 'filings.cycle',
      id: cycle.id,
      after: { isExempt, reason, filings: changed.map((c) => c.id) },
    });
    await emit(scope, { topic: 'filings.exempted', unitIds: [], data: { period, count: changed.length, isExempt } });
    return { changed: changed.length };
  },

  forms: (scope: Scope) => presentForms(scope),
  saveForm,

  completeness: async (scope: Scope, input: ParsedOf<Endpoints['completeness']>) => {
    const cycle = await findOpenCycle(scope, input.kind, input.period);
    if (!cycle) return { cycle: null, rows: [], total: null };
    const rows = await listCompleteness(scope, cycle.id, input.by);
    // The rows have counted the period: counting it again for the head would double the time of the page.
    const formOf = await formNames(scope);
    return { cycle: presentHead(cycle, formOf(cycle)), rows, total: totalOf(rows) };
  },

  completenessNames: async (scope: Scope, input: ParsedOf<Endpoints['completenessNames']>) => {
    const { by, state, unitId } = input;
    const cycle = await cycleOf(scope, input);
    return listCompletenessNames(scope, cycle.id, { by, state, unitId: unitId === 'none' ? null : unitId });
  },

  exportCompleteness: async (scope: Scope, input: ParsedOf<Endpoints['exportCompleteness']>) =>
    exportCompleteness(scope, await cycleOf(scope, input), input.by, input.lang),
};
