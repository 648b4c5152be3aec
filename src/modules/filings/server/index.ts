import { Problem } from '#core/server/errors.ts';
import { openThumbnail } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { type Cycle, type Filing, filings, type ReviewLine } from '../contract.ts';
import type { FilingState } from '../flow.ts';
import type { Period } from '../period.ts';
import { severities } from '../validation.ts';
import { decide, decideMany } from './acceptance.ts';
import { markChecked, saveDraft, sendBack, submit, submitUnchanged, withdraw } from './acts.ts';
import { correct } from './correction.ts';
import { correctionHandlers } from './correction-handlers.ts';
import { countCycles, countsOf, findCycle, listCycles } from './cycle-store.ts';
import { openCurrentCycle, openCycle, presentCycle } from './cycles.ts';
import { listSurroundings } from './facts.ts';
import { check } from './form-hits.ts';
import { listHistory } from './history.ts';
import { hitsOf, lineOf, prefilled, presentFiling, weeksOf } from './present.ts';
import { findFiling, hasPhoto, listContents, listFilings, type PlacedFiling } from './store.ts';
import { noFiling } from './words.ts';

const photoSizes = { '160': 160, '480': 480, '1600': 1600 } as const;

/** Tab of the review page → states in it. */
const tabStates: Record<'waiting' | 'returned' | 'accepted' | 'missing', readonly FilingState[]> = {
  waiting: ['submitted'],
  returned: ['returned'],
  accepted: ['accepted', 'frozen'],
  missing: ['opened', 'draft', 'checked'],
};

async function getFiling(
  scope: Scope,
  permission: string,
  filter: Parameters<typeof findFiling>[2],
): Promise<PlacedFiling> {
  const filing = await findFiling(scope, permission, filter);
  if (!filing) throw noFiling();
  return filing;
}

const answer = async (scope: Scope, id: string): Promise<Filing> =>
  presentFiling(scope, await getFiling(scope, 'filings.read', { id }));

/** The cycle that was asked for, or the newest one that has begun. */
async function cycleFor(scope: Scope, permission: string, period: Period | undefined): Promise<Cycle | null> {
  const cycle = period ? await findCycle(scope, period) : (await listCycles(scope, 1))[0];
  return cycle ? presentCycle(cycle, countsOf(await countCycles(scope, [cycle], permission), cycle)) : null;
}

async function listReview(scope: Scope, period: Period, states: readonly FilingState[]): Promise<ReviewLine[]> {
  const rows = await listFilings(scope, 'filings.review', { period, states });
  const around = await listSurroundings(scope, rows);
  const contents = await listContents(
    scope,
    rows.filter((r) => r.state === 'submitted').map((r) => ({ id: r.id, seq: r.seq })),
  );
  const lines = rows.map((row) => {
    const near = around.get(row.id)!;
    const content = contents.get(row.id);
    return { ...lineOf(scope, row, near), hits: content ? hitsOf(row, content, near) : [] };
  });
  // Worst first: more 强制, then more 准强制, and so on; equals by who waits longest.
  const weight = (line: ReviewLine) => severities.map((s) => line.hits.filter((h) => h.severity === s).length);
  return lines.sort((a, b) => {
    const [left, right] = [weight(a), weight(b)];
    for (const [i, n] of left.entries()) if (n !== right[i]) return right[i]! - n;
    return (a.submittedAt ?? '').localeCompare(b.submittedAt ?? '');
  });
}

export default defineServerModule(filings, {
  handlers: {
    ...correctionHandlers,
    cycles: async (scope, { limit }) => {
      const cycles = await listCycles(scope, limit);
      const counts = await countCycles(scope, cycles);
      return cycles.map((cycle) => presentCycle(cycle, countsOf(counts, cycle)));
    },

    openCycle: async (scope, { period, exempt }) => {
      const cycle = await openCycle(scope, period, { exempt });
      return presentCycle(cycle, countsOf(await countCycles(scope, [cycle]), cycle));
    },

    mine: async (scope, { period }) => {
      const cycle = await cycleFor(scope, 'filings.file', period);
      if (!cycle) return { cycle, filings: [] };
      const rows = await listFilings(scope, 'filings.file', { period: cycle.period });
      const around = await listSurroundings(scope, rows);
      return { cycle, filings: rows.map((row) => lineOf(scope, row, around.get(row.id)!)) };
    },

    review: async (scope, { period, tab }) => {
      const cycle = await cycleFor(scope, 'filings.review', period);
      return { cycle, filings: cycle ? await listReview(scope, cycle.period, tabStates[tab]) : [] };
    },

    passMany: (scope, { filings: wanted }) => decideMany(scope, 'pass', wanted),

    acceptMany: (scope, { filings: wanted }) => decideMany(scope, 'accept', wanted),

    find: async (scope, { projectId, period }) =>
      presentFiling(scope, await getFiling(scope, 'filings.read', { projectId, period })),

    history: async (scope, { projectId }) => {
      await getProject(scope, projectId, 'filings.read');
      return listHistory(scope, projectId);
    },

    get: (scope, { id }) => answer(scope, id),

    saveDraft: async (scope, input) => {
      await saveDraft(scope, input);
      const { id, state, draftVersion, draftAt, allowed } = await answer(scope, input.id);
      return { id, state, draftVersion, draftAt, allowed };
    },

    check: async (scope, { id }) => {
      const filing = await getFiling(scope, 'filings.read', { id });
      const around = (await listSurroundings(scope, [filing])).get(id)!;
      return check(filing, filing.draft ?? prefilled(around, await weeksOf(scope, filing)), around);
    },

    markChecked: async (scope, input) => {
      await markChecked(scope, input);
      return answer(scope, input.id);
    },

    submitUnchanged: async (scope, input) => {
      await submitUnchanged(scope, input);
      return answer(scope, input.id);
    },

    submit: async (scope, input) => {
      await submit(scope, input);
      return answer(scope, input.id);
    },

    withdraw: async (scope, input) => {
      await withdraw(scope, input);
      return answer(scope, input.id);
    },

    sendBack: async (scope, input) => {
      await sendBack(scope, input);
      return answer(scope, input.id);
    },

    pass: async (scope, input) => {
      await decide(scope, 'pass', { ...input, bypassReason: null });
      return answer(scope, input.id);
    },

    accept: async (scope, input) => {
      await decide(scope, 'accept', input);
      return answer(scope, input.id);
    },

    correct: async (scope, input) => {
      await correct(scope, input);
      return answer(scope, input.id);
    },

    photo: async (scope, { id, fileId, size }) => {
      const filing = await getFiling(scope, 'filings.read', { id });
      if (!(await hasPhoto(scope, filing, fileId))) throw noFiling();
      return openThumbnail(scope, fileId, photoSizes[size]);
    },
  },

  on: {
    // A city that imports its first ledger can file at once; a month that is open already keeps its population.
    'projects.imported': (scope) => openQuietly(scope),
  },

  jobs: {
    openMonth: (run) => run.transaction((scope) => openQuietly(scope, run.log)),
  },
  // 00:05 in Shanghai: a month that nobody opened by hand opens by itself on its first day.
  cron: { openMonth: '5 16 * * *' },

  start: ({ eachCity, log }) => eachCity((scope) => openQuietly(scope, log)),
});

/** A year without a published calendar keeps nothing from running; the office publishes it and opens the month by hand. */
async function openQuietly(scope: Scope, log?: { warn(data: object, message: string): void }): Promise<void> {
  try {
    await openCurrentCycle(scope);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    log?.warn({ cityId: scope.cityId, code: error.code }, 'the month was not opened');
  }
}
