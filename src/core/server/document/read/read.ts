import { fileTypeFromBuffer } from 'file-type';
import { type DocumentText, readPlainText } from '../../../shared/document-text.ts';
import { Problem } from '../../errors.ts';
import { decodeText } from '../../spreadsheet/csv.ts';
import { defaultLimits } from '../../spreadsheet/limits.ts';
import { readWorkbook } from '../../spreadsheet/read.ts';
import { openZip } from '../../spreadsheet/zip.ts';
import { runInWorker } from '../../worker-process.ts';
import { readHtml } from './html-text.ts';
import {
  documentBomb,
  documentBroken,
  documentLocked,
  documentTooLarge,
  emptyDocument,
  notDocument,
  oldWord,
  unreadableText,
} from './problems.ts';
import { readSheets } from './workbook-text.ts';

export type DocumentKind = 'docx' | 'xlsx' | 'html' | 'text';

export interface ReadDocument extends DocumentText {
  kind: DocumentKind;
}

export const maxDocumentBytes = 20 * 2 ** 20;
/** XML of one part of a Word file: about 40,000 rows of a table. Past it, reading takes longer than anybody waits. */
const maxPartBytes = 48 * 2 ** 20;
const limits = { ...defaultLimits, fileBytes: maxDocumentBytes, unpackedBytes: 256 * 2 ** 20 };

/**
 * Reads a Word file (.docx), a workbook, a saved page or a text in UTF-8 or GB18030 into one plain text with blocks.
 * Told apart by content, never by name. Throws Problems: document_empty, document_too_large, document_locked,
 * document_broken, document_unpacks_too_large, not_a_document, old_word_file, text_encoding_unknown.
 */
export async function readDocument(bytes: Uint8Array): Promise<ReadDocument> {
  if (bytes.length > maxDocumentBytes) throw documentTooLarge(maxDocumentBytes);
  const read = await readAny(bytes).catch((error: unknown) => {
    throw asDocumentProblem(error);
  });
  if (read.blocks.length === 0) throw emptyDocument();
  return read;
}

async function readAny(bytes: Uint8Array): Promise<ReadDocument> {
  if (bytes.length === 0) throw emptyDocument();
  if (startsWith(bytes, [0x50, 0x4b])) return readZipped(bytes);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // With a password, .docx and .xlsx alike are wrapped in the old container (MS-OFFCRYPTO 2.3.4.4).
    if (whole.includes(utf16('EncryptedPackage'))) throw documentLocked();
    if (whole.includes(utf16('WordDocument'))) throw oldWord();
    return { kind: 'xlsx', ...readSheets(await readWorkbook(bytes, { limits })) };
  }
  const known = await fileTypeFromBuffer(bytes.subarray(0, 4_100)).catch(() => undefined);
  if (known && !/^(xml|html|txt|csv)$/.test(known.ext)) throw notDocument(known.ext.toUpperCase());
  const text = decode(bytes);
  if (/^\s*\{\\rtf/.test(text)) throw notDocument('RTF');
  if (/^\s*(<!doctype html|<html|<table|<body|<meta|<head)/i.test(text)) return { kind: 'html', ...readHtml(text) };
  return { kind: 'text', ...readPlainText(text) };
}

async function readZipped(bytes: Uint8Array): Promise<ReadDocument> {
  // Looks at the directory before anything is unpacked.
  const zip = await openZip(bytes, limits);
  try {
    if (zip.names().some((name) => /(^|\/)workbook\.(xml|bin)$/i.test(name)))
      return { kind: 'xlsx', ...readSheets(await readWorkbook(bytes, { limits })) };
    const parts = zip.names().filter((name) => /^word\/[^/]+\.xml$/i.test(name));
    if (!parts.some((name) => /^word\/document\d*\.xml$/i.test(name))) throw notDocument('ZIP');
    // Directories lie: what the reader will unpack is unpacked here once under guard, and counted.
    let unpacked = 0;
    for (const part of parts)
      for await (const piece of zip.read(part)) {
        unpacked += piece.length;
        if (unpacked > maxPartBytes) throw documentBomb();
      }
  } finally {
    zip.close();
  }
  const read = await runInWorker<DocumentText>(
    new URL('./docx-worker.ts', import.meta.url),
    { bytes },
    { memoryMb: 1_024, outOfMemory: documentBomb },
  );
  return { kind: 'docx', ...read };
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    throw unreadableText();
  }
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const startsWith = (bytes: Uint8Array, start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** The spreadsheet reader speaks of workbooks; here the file may be a letter. */
function asDocumentProblem(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  if (error.code === 'broken_workbook') return documentBroken();
  if (error.code === 'zip_bomb') return documentBomb();
  if (error.code === 'password_protected') return documentLocked();
  if (error.code === 'empty_file') return emptyDocument();
  if (error.code === 'file_too_large') return documentTooLarge(maxDocumentBytes);
  if (error.code === 'not_a_spreadsheet') return notDocument();
  return error;
}
