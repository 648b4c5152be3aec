import { invalid, Problem } from '#core/server/errors.ts';
import { filePath } from '#core/server/files.ts';
import type { JobRun } from '#core/server/module.ts';
import { noMemory } from '#core/server/spreadsheet/problems.ts';
import { runInWorker } from '#core/server/worker-process.ts';
import { loadCityContext, loadRegions } from './import-context.ts';
import {
  findImport,
  insertImportRows,
  listTemplates,
  registerMark,
  removeImportRows,
  setImport,
  setProgress,
} from './import-store.ts';
import type { Analysed, AnalyseMessage, AnalyseWork } from './import-worker.ts';
import { listChoices } from './view-store.ts';

/** Heap of the analysis: a ledger of 200,000 rows fits; what does not is refused and the server goes on. */
const memoryMb = 1_536;
const everyMs = 400;

class NoLongerWanted extends Error {}

/** Analyses an upload in a process of its own. Writes rows of its own revision only, and shows them by its last transaction. */
async function analyseImport(run: JobRun, { id, revision }: { id: string; revision: number }): Promise<void> {
  const prepared = await run.transaction(async (scope) => {
    const found = await findImport(scope, id);
    if (found?.state !== 'analysing' || found.revision !== revision) return undefined;
    await removeImportRows(scope, id, null);
    const templates = await listTemplates(scope);
    const chosen = templates.find((t) => t.id === found.templateId);
    const work: AnalyseWork = {
      path: await filePath(scope, found.fileId),
      sheet: found.sheet,
      mapping: found.mapping,
      answers: found.answers,
      templates: chosen
        ? [{ name: chosen.name, columns: chosen.columns, isChosen: true }]
        : templates.map(({ name, columns }) => ({ name, columns })),
      regions: await loadRegions(scope),
      boards: (await listChoices(scope)).board.map((choice) => choice.label),
    };
    return work;
  });
  if (!prepared) return;

  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, run.signal]);
  let step: 'reading' | 'planning' | 'writing' = 'reading';
  let rows = 0;
  let mark = '';
  // Progress is written on a timer, not at every message: and the same write learns that nobody wants the result any more.
  const clock = setInterval(() => {
    run
      .transaction((scope) => setProgress(scope, id, revision, step, rows))
      .then((isWanted) => isWanted || stop.abort(new NoLongerWanted()))
      // Progress that could not be written is no reason to lose the analysis.
      .catch((error) => run.log.warn({ err: error, import: id }, 'progress of an import was not written'));
  }, everyMs);
  try {
    const analysed = await runInWorker<Analysed, AnalyseMessage>(
      new URL('./import-worker.ts', import.meta.url),
      prepared,
      {
        memoryMb,
        outOfMemory: noMemory,
        signal,
        onMessage: async (message) => {
          if (message.kind === 'progress') {
            step = message.step;
            rows = message.rows;
            return undefined;
          }
          if (message.kind === 'context') {
            return run.transaction(async (scope) => {
              mark = await registerMark(scope);
              return loadCityContext(scope, message.units);
            });
          }
          await run.transaction((scope) => insertImportRows(scope, id, revision, message.rows));
          rows = step === 'writing' ? rows + message.rows.length : message.rows.length;
          step = 'writing';
          return undefined;
        },
      },
    );
    await run.transaction(async (scope) => {
      if (!(await setProgress(scope, id, revision, 'writing', rows))) throw new NoLongerWanted();
      await removeImportRows(scope, id, revision);
      const { sheets, sheet, structure, columns, questions, counts, warned, newUnits } = analysed;
      await setImport(scope, id, {
        ...{ sheets, sheet, structure, columns, questions, counts, warned, newUnits },
        state: 'ready',
        step: null,
        stepRows: 0,
        problem: null,
        registerMark: mark,
      });
    });
  } catch (error) {
    // The server stops: the queue runs the job again.
    if (run.signal.aborted) throw error;
    await run.transaction(async (scope) => {
      const found = await findImport(scope, id);
      if (error instanceof NoLongerWanted || found?.state !== 'analysing' || found.revision !== revision) {
        await removeImportRows(
          scope,
          id,
          found?.state === 'ready' || found?.state === 'analysing' ? found.revision : null,
        );
        return;
      }
      if (!(error instanceof Problem)) run.log.error({ err: error, import: id }, 'the analysis of an import failed');
      const { code, words } = error instanceof Problem ? error : unexpected();
      await removeImportRows(scope, id, null);
      await setImport(scope, id, { state: 'failed', step: null, problem: { code, words } });
    });
  } finally {
    clearInterval(clock);
  }
}

const unexpected = () =>
  invalid('import_failed', {
    zh: '读取这个文件时出错。请把文件另存为 .xlsx 后再试，仍不成功请联系管理员',
    en: 'Reading this file failed. Save it as .xlsx and try again, or ask the administrator',
  });

export const importJobs = { analyseImport };
