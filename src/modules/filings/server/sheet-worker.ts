import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { serveWorker } from '#core/server/worker-process.ts';
import { type NoForm, noForm, type ReadForm, readForm } from '../sheet/read-form.ts';

/** A filled form is small; what is larger is another file, or a hostile one. */
const limits = { fileBytes: 16 * 2 ** 20, unpackedBytes: 256 * 2 ** 20, rows: 5_000, columns: 300 };

/** Reads a filled form in a process of its own. The sheet with the form may stand anywhere in the workbook. */
async function read({ path }: { path: string }): Promise<ReadForm | NoForm> {
  const { sheets } = await readWorkbook(path, { limits });
  let refusal: NoForm = noForm;
  for (const sheet of sheets) {
    const form = readForm(sheet);
    if (!('problem' in form)) return form;
    if (form.problem !== 'noForm') refusal = form;
  }
  return refusal;
}

await serveWorker<{ path: string }>(read);
