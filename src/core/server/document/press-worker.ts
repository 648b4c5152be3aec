import { makePdfWriter } from './pdf.ts';
import type { PrintAnswer, PrintJob } from './press.ts';
import { writeWord } from './word.ts';

// The process that press.ts starts, with the operator's font folder as its argument.
const writePdf = makePdfWriter(process.argv[2]);

async function answerTo({ document, format }: PrintJob): Promise<{ bytes: Uint8Array } | { error: string }> {
  try {
    return { bytes: format === 'docx' ? await writeWord(document) : writePdf(document) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', async (job: PrintJob) => {
  const rssMb = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
  const answer = await answerTo(job);
  process.send!({ ...answer, rssMb: rssMb() } satisfies PrintAnswer);
});
// The server is gone: nobody waits for a document.
process.once('disconnect', () => process.exit());
