import { join } from 'node:path';
import type { OfficialDocument } from '../../shared/official-document.ts';
import { type FileReply, fileReply } from '../files.ts';
import type { Scope } from '../scope.ts';
import { type DocumentFormat, pressOf } from './press.ts';

const types: Record<DocumentFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** Where an operator puts fonts of their own, as 方正小标宋. */
const fontFolder = (scope: Scope): string => join(scope.effects.host.config.dataDir, 'fonts');

/** The bytes, to be kept with `storeFile` or packed with others. */
export const documentBytes = (
  scope: Scope,
  document: OfficialDocument,
  format: DocumentFormat,
): Promise<Uint8Array<ArrayBuffer>> => pressOf(fontFolder(scope)).print(document, format);

/** What a download endpoint returns. `fileName` without its ending. */
export const documentReply = async (
  scope: Scope,
  document: OfficialDocument,
  format: DocumentFormat,
  fileName: string,
): Promise<FileReply> =>
  fileReply({
    name: `${fileName}.${format}`,
    type: types[format],
    body: await documentBytes(scope, document, format),
  });
