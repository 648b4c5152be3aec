import { invalid } from '#core/server/errors.ts';
import { storeFile } from '#core/server/files.ts';
import type { JobRun } from '#core/server/module.ts';
import { acceptRows } from './import-accept.ts';
import { importJobs } from './import-jobs.ts';
import { isBlocked } from './import-present.ts';
import { insertImport, lockImport } from './import-store.ts';

/**
 * Imports a ledger without anybody looking at the preview: the same analysis and the same acceptance as on the page, for
 * set-up and the demonstration. Refused rows stay out, as they would there. Returns the rows by status.
 * @throws Problem 422 when the file cannot be read or leaves a question that only a person can answer
 */
export async function importLedger(
  run: JobRun,
  ledger: { bytes: Uint8Array; fileName: string; reason: string },
): Promise<Partial<Record<string, number>>> {
  const id = await run.transaction(async (scope) => {
    const { id: fileId } = await storeFile(scope, ledger.bytes, ledger.fileName);
    return insertImport(scope, { fileId, fileName: ledger.fileName, templateId: null });
  });
  await importJobs.analyseImport(run, { id, revision: 1 });
  return run.transaction(async (scope) => {
    const found = (await lockImport(scope, id))!;
    if (found.state !== 'ready' || isBlocked(found)) {
      const words = found.problem?.words ?? found.questions.find((q) => q.isBlocking)?.words;
      throw invalid(
        'ledger_unclear',
        words ?? { zh: '台账无法自动导入', en: 'The ledger cannot be imported by itself' },
      );
    }
    await acceptRows(scope, found, { reason: ledger.reason });
    return found.counts;
  });
}
