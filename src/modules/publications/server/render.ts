import { documentBytes } from '#core/server/document/reply.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { steadyZip } from '#core/server/steady-zip.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import { bulletinDocument, dispatchTable, type Imprint } from '../document.ts';
import type { Content } from '../draft.ts';
import type { Product } from '../shapes.ts';
import { slidesOf } from './slides-thread.ts';
import { workbookTables } from './workbook.ts';

export const fileTypes: Record<Product, { ending: string; type: string; words: string }> = {
  word: { ending: 'docx', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', words: '' },
  pdf: { ending: 'pdf', type: 'application/pdf', words: '' },
  tableWord: {
    ending: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    words: '调度表',
  },
  tablePdf: { ending: 'pdf', type: 'application/pdf', words: '调度表' },
  workbook: {
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    words: '数据表',
  },
  slides: {
    ending: 'pptx',
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    words: '汇报',
  },
};

export const fileName = (title: string, issue: number, product: Product): string => {
  const { words, ending } = fileTypes[product];
  return `${title}${words === '' ? '' : `（${words}）`}${issue > 1 ? `（第${issue}版）` : ''}.${ending}`;
};

/** One file of a bulletin. The same edition, text and imprint give the same bytes, today and in June. */
export async function renderProduct(
  scope: Scope,
  product: Product,
  body: EditionBody,
  content: Content,
  imprint: Imprint,
): Promise<Uint8Array<ArrayBuffer>> {
  const moment = new Date(`${imprint.day}T00:00:00Z`);
  switch (product) {
    case 'word':
      return steadyZip(await documentBytes(scope, bulletinDocument(body, content, imprint), 'docx'), moment);
    case 'pdf':
      return documentBytes(scope, bulletinDocument(body, content, imprint), 'pdf');
    case 'tableWord':
      return steadyZip(await documentBytes(scope, dispatchTable(body, imprint), 'docx'), moment);
    case 'tablePdf':
      return documentBytes(scope, dispatchTable(body, imprint), 'pdf');
    case 'workbook':
      return steadyZip(await writeWorkbook(workbookTables(body, imprint), { modified: moment }), moment);
    case 'slides':
      return slidesOf(body, content, imprint);
  }
}
