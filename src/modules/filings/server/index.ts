import { openThumbnail } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { type Filing, type FilingLine, filings } from '../contract.ts';
import type { Cycle } from '../cycle-contract.ts';
import { isFiled } from '../flow.ts';
import { decide, decideMany } from './acceptance.ts';
import { markChecked, saveDraft, sendBack, submit, submitUnchanged, withdraw } from './acts.ts';
import { correct } from './correction.ts';
import { correctionHandlers } from './correction-handlers.ts';
import { cycleHandlers, presentCycles } from './cycle-handlers.ts';
import { countToFile, listRecentCycles } from './cycle-store.ts';
import { findOpenCycle, openCurrentCycles, recomputeProvisional } from './cycles.ts';
import { deviceHandlers } from './device-handlers.ts';
import { listSurroundings } from './facts.ts';
import { check } from './form-hits.ts';
import { listHistory } from './history.ts';
import { lineOf, prefilled, presentFiling, weeksOf } from './present.ts';
import { listReview, listReviewCycles, moveOnFromEmptyLevels } from './review.ts';
import { sheetHandlers } from './sheet-handlers.ts';
import { findFiling, hasPhoto, listFilings, type PlacedFiling } from './store.ts';
import { noFiling } from './words.ts';

const photoSizes = { '160': 160, '480': 480, '1600': 1600 } as const;

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

/** How long a finished cycle stays on the page of those who file. */
const mineDays = 20;

/** Everything the caller files in the cycles that are under way, and what is still owed of older ones. */
async function listMine(scope: Scope): Promise<{ cycle: Cycle; filings: FilingLine[] }[]> {
  const recent = await listRecentCycles(scope, 120);
  const rows = await listFilings(scope, 'filings.file', { cycleIds: recent.map((c) => c.id) });
  const since = new Date(scope.now.getTime() - mineDays * 86_400_000);
  const groups: { cycle: Cycle; filings: FilingLine[] }[] = [];
  for (const cycle of await presentCycles(scope, recent, 'filings.file')) {
    const own = rows.filter((r) => r.cycleId === cycle.id);
    const shown = new Date(cycle.dueAt) > since ? own : own.filter((r) => !isFiled(r.state));
    if (shown.length === 0) continue;
    const around = await listSurroundings(scope, shown);
    groups.push({ cycle, filings: shown.map((row) => lineOf(scope, row, around.get(row.id)!)) });
  }
  return groups;
}

export default defineServerModule(filings, {
  handlers: {
    ...correctionHandlers,
    ...deviceHandlers,
    ...sheetHandlers,
    ...cycleHandlers,
    mine: async (scope, { period }) => {
      const found = await findOpenCycle(scope, 'monthly', period);
      if (!found) return { cycle: null, filings: [] };
      const rows = await listFilings(scope, 'filings.file', { cycleIds: [found.id] });
      const around = await listSurroundings(scope, rows);
      const [cycle] = await presentCycles(scope, [found], 'filings.file');
      return { cycle: cycle!, filings: rows.map((row) => lineOf(scope, row, around.get(row.id)!)) };
    },

    todo: async (scope) => ({
      review: scope.can('filings.review') ? (await listReviewCycles(scope)).reduce((sum, c) => sum + c.waiting, 0) : 0,
      file: scope.can('filings.file') ? await countToFile(scope) : 0,
    }),

    mineOpen: (scope) => listMine(scope),

    review: async (scope, { period, tab }) => {
      const cycles = await listReviewCycles(scope);
      const found = await findOpenCycle(scope, 'monthly', period);
      if (!found) return { cycle: null, cycles, filings: [] };
      const [cycle] = await presentCycles(scope, [found], 'filings.review');
      return { cycle: cycle!, cycles, filings: await listReview(scope, found, tab) };
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
    openMonth: (run) => run.transaction((scope) => keepCycles(scope, run.log)),
  },
  // 00:05 in Shanghai: a period that nobody opened by hand opens by itself on its first day.
  cron: { openMonth: '5 16 * * *' },

  start: ({ eachCity, log }) => eachCity((scope) => keepCycles(scope, log)),
});

type Log = { warn(data: object, message: string): void };

/** A year without a published calendar keeps nothing from running; the office publishes it and opens the period by hand. */
const openQuietly = (scope: Scope, log?: Log): Promise<void> =>
  openCurrentCycles(scope, ({ code, words }) =>
    log?.warn({ cityId: scope.cityId, code, words: words.zh }, 'a period was not opened'),
  );

/** What each day brings: provisional due moments follow a newly published calendar, empty levels hand up, periods open. */
async function keepCycles(scope: Scope, log?: Log): Promise<void> {
  await recomputeProvisional(scope);
  await moveOnFromEmptyLevels(scope);
  await openQuietly(scope, log);
}
