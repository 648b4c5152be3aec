import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { TypstAnswer, TypstJob, TypstSetup } from './typst-process.ts';

/**
 * The process that sets pages, started by typst-process.ts: Typst is native code whose memory grows with every document,
 * so it lives apart from the server and is ended now and then.
 */
const { fontFiles, fontFolder } = JSON.parse(process.argv[2]!) as TypstSetup;
const folder = fileURLToPath(new URL('./', import.meta.url));
const template = `${folder}official.typ`;

const compiler = NodeCompiler.create({
  workspace: folder,
  fontArgs: [
    // The operator's own fonts come first; only named files of ours, since whole folders take seconds to look through.
    ...(fontFolder !== undefined && existsSync(fontFolder) ? [{ fontPaths: [fontFolder] }] : []),
    { fontPaths: fontFiles },
  ],
});

function setPages({ document, pictures }: TypstJob): Uint8Array {
  compiler.resetShadow();
  compiler.mapShadow(`${folder}document.json`, Buffer.from(document));
  for (const [i, png] of pictures.entries()) compiler.mapShadow(`${folder}picture-${i}.png`, Buffer.from(png));
  const compiled = compiler.compile({ mainFilePath: template, resetRead: true });
  const pages = compiled.result;
  if (compiled.hasError() || !pages) {
    const error = compiled.takeError();
    // The error itself says no more than "Error".
    const found = error ? (compiler.fetchDiagnostics(error) as { message: string }[]) : [];
    throw new Error(found.map((each) => each.message).join('; ') || 'Typst gave no pages');
  }
  return compiler.pdf(pages);
}

process.on('message', (job: TypstJob) => {
  let answer: TypstAnswer;
  try {
    answer = { pdf: setPages(job) };
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  compiler.evictCache(10);
  process.send!({ ...answer, rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) });
});
// The server is gone: nobody waits for a page.
process.once('disconnect', () => process.exit());
