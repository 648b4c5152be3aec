import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentBroken, documentLocked } from '#core/server/document/read/problems.ts';
import { isWorker, serveWorker } from '#core/server/worker-process.ts';
import { type PageItem, textOfPages } from './pdf-line.ts';
import { tooManyPages } from './read-problem.ts';

export const maxPages = 400;

/** The text layer of a PDF. Nothing is drawn, no script of the file runs, no address in it is fetched. */
async function readPdf(bytes: Uint8Array): Promise<string> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
  const task = getDocument({
    data: new Uint8Array(bytes),
    // Chinese fonts are often not embedded and named by Adobe's character maps, which the package brings along.
    cMapUrl: `${join(folder, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise.catch((error: unknown) => {
    throw error instanceof Error && error.name === 'PasswordException' ? documentLocked() : documentBroken();
  });
  if (document.numPages > maxPages) throw tooManyPages(document.numPages, maxPages);
  const pages: PageItem[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number).catch(() => {
      throw documentBroken();
    });
    const content = await page.getTextContent();
    const items: PageItem[] = [];
    for (const item of content.items) {
      if (!('str' in item)) continue;
      const [a, b, , , x, y] = item.transform as number[];
      items.push({ text: item.str, x: x!, y: y!, width: item.width, size: Math.hypot(a!, b!) || item.height });
    }
    pages.push(items);
    page.cleanup();
  }
  return textOfPages(pages);
}

if (isWorker) await serveWorker<{ bytes: Uint8Array }>(({ bytes }) => readPdf(bytes));
