import { audited } from '#core/server/audit.ts';
import { conflict, notFound, Problem } from '#core/server/errors.ts';
import { claimFile, filePath, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { noMemory } from '#core/server/spreadsheet/problems.ts';
import { runInWorker } from '#core/server/worker-process.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { monthOf } from '../period.ts';
import type { NoForm, ReadForm } from '../sheet/read-form.ts';
import type { sheetEndpoints } from '../sheet-contract.ts';
import { saveDraft, submit } from './acts.ts';
import { findCycle } from './cycle-store.ts';
import { planSheet, type SheetPlan } from './sheet-plan.ts';
import { writeForm } from './sheet-write.ts';

type Input<K extends keyof typeof sheetEndpoints> = ParsedOf<(typeof sheetEndpoints)[K]>;

const worker = new URL('./sheet-worker.ts', import.meta.url);
const memoryMb = 512;

async function getOpenCycle(scope: Scope, period: string) {
  const cycle = await findCycle(scope, period);
  if (cycle?.state !== 'open') throw notFound({ zh: '这个月的填报期', en: 'reporting month' });
  return cycle;
}

async function plan(scope: Scope, { fileId, period }: Input<'previewSheet'>): Promise<SheetPlan & { name: string }> {
  await getOpenCycle(scope, period);
  const { name } = await claimFile(scope, fileId);
  const path = await filePath(scope, fileId);
  const form = await runInWorker<ReadForm | NoForm>(worker, { path }, { memoryMb, outOfMemory: noMemory });
  if ('problem' in form) throw new Problem(422, `sheet_${form.problem}`, form.words);
  return { ...(await planSheet(scope, period, form)), name };
}

export const sheetHandlers = {
  formSheet: async (scope: Scope, { period }: Input<'formSheet'>) => {
    const cycle = await getOpenCycle(scope, period);
    const { bytes, count } = await writeForm(scope, period, cycle.dueAt);
    if (count === 0)
      throw conflict('nothing_to_fill', {
        zh: '这个月没有待填的填报，不用下载',
        en: 'You have nothing left to fill in for this month',
      });
    return fileReply({
      name: `${period.slice(0, 4)}年${monthOf(period)}月填报表.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: bytes,
    });
  },

  previewSheet: async (scope: Scope, input: Input<'previewSheet'>) => {
    const { preview, name } = await plan(scope, input);
    return { ...preview, fileName: name };
  },

  /** One transaction: all of it is written, or nothing. */
  acceptSheet: async (scope: Scope, input: Input<'acceptSheet'>) => {
    const { rows, preview } = await plan(scope, input);
    if (preview.digest !== input.digest)
      throw conflict('stale_preview', {
        zh: '预览之后填报有了变化，请重新核对差异再接受',
        en: 'The filings changed after the preview: look at the differences again, then accept',
      });
    let [saved, submitted] = [0, 0];
    for (const { filingId, content, draftVersion, status, canSubmit } of rows) {
      if (!filingId || !content) continue;
      const what = { id: filingId, draftVersion, content };
      if (input.as === 'submission' && canSubmit) {
        await submit(scope, what);
        submitted += 1;
      } else if (status === 'changed') {
        await saveDraft(scope, what);
        saved += 1;
      }
    }
    audited(scope, {
      subject: 'core.file',
      id: input.fileId,
      after: { period: input.period, as: input.as, saved, submitted },
    });
    return { saved, submitted };
  },
};
