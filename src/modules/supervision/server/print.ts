import { qrPng } from '#core/server/document/png.ts';
import { documentBytes, documentReply } from '#core/server/document/reply.ts';
import { fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { sheetDocument, sheetsDocument } from '../sheet-document.ts';
import { listContents } from './sheet-store.ts';

/** One sheet, made of nothing but its frozen content: printed again, it is the same. @throws Problem 404 */
export async function printSheet(scope: Scope, { id, format }: { id: string; format: 'pdf' | 'docx' }) {
  const [content] = await listContents(scope, [id]);
  return documentReply(scope, sheetDocument(content!, await qrPng(content!.address)), format, content!.no);
}

/** Many sheets, a page each. @throws Problem 404 */
export async function printSheets(scope: Scope, ids: readonly string[]) {
  const contents = await listContents(scope, ids);
  const pictures = await Promise.all(contents.map((content) => qrPng(content.address)));
  const bytes = await documentBytes(scope, sheetsDocument(contents, pictures), 'pdf');
  return fileReply({ name: `督查单 ${contents.length} 份.pdf`, type: 'application/pdf', body: bytes });
}
