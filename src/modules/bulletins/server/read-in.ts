import { documentBomb, documentTooLarge, emptyDocument } from '#core/server/document/read/problems.ts';
import { type DocumentKind, maxDocumentBytes, readDocument } from '#core/server/document/read/read.ts';
import { runInWorker } from '#core/server/worker-process.ts';
import { withBars } from './bar-table.ts';
import { noTextLayer, textTooLong, tooSlow } from './read-problem.ts';
import { decodeChinese } from './text-encoding.ts';

export interface ReadInText {
  kind: DocumentKind | 'pdf';
  /** As the desk keeps it: of a text file its very characters, of others paragraphs, and rows of tables between `|`. */
  text: string;
}

/** Ten million characters: past it nobody reads a bulletin, and the desk could not show it. */
export const maxTextLength = 10_000_000;
const pdfSeconds = 30;

/**
 * Reads what was uploaded: text in UTF-8, UTF-16, GB18030 or Big5, a saved page, .docx, .xlsx, or the text layer of a PDF. Told
 * apart by content, never by name. Throws the Problems of `readDocument`, and document_too_many_pages, document_too_slow,
 * text_too_long; every one says what to do.
 */
export async function readIn(bytes: Uint8Array): Promise<ReadInText> {
  if (bytes.length > maxDocumentBytes) throw documentTooLarge(maxDocumentBytes);
  if (bytes.length === 0) throw emptyDocument();
  const read = isPdf(bytes) ? { kind: 'pdf' as const, text: await pdfText(bytes) } : await otherText(bytes);
  if (read.text.trim() === '') throw read.kind === 'pdf' ? noTextLayer() : emptyDocument();
  if (read.text.length > maxTextLength) throw textTooLong(maxTextLength);
  return read;
}

/** Programs put a few bytes before the head of a PDF, and readers look within the first kilobyte (ISO 32000-1, annex H). */
const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).includes('%PDF-') &&
  !/^\s*[<{\u4e00-\u9fff]/.test(new TextDecoder().decode(bytes.subarray(0, 16)));

async function pdfText(bytes: Uint8Array): Promise<string> {
  const signal = AbortSignal.timeout(pdfSeconds * 1_000);
  try {
    return await runInWorker<string>(
      new URL('./pdf-worker.ts', import.meta.url),
      { bytes },
      { memoryMb: 512, outOfMemory: documentBomb, signal },
    );
  } catch (error) {
    throw signal.aborted ? tooSlow(pdfSeconds) : error;
  }
}

async function otherText(bytes: Uint8Array): Promise<ReadInText> {
  const isPacked = (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
  const plain = isPacked ? undefined : decodeChinese(bytes);
  // Big5 is handed on as UTF-8: the reader of documents would take it for GB18030.
  const document = await readDocument(plain?.encoding === 'big5' ? new TextEncoder().encode(plain.text) : bytes);
  if (document.kind === 'text') return { kind: 'text', text: (plain?.text ?? document.text).replace(/^\ufeff/, '') };
  return { kind: document.kind, text: withBars(document) };
}
