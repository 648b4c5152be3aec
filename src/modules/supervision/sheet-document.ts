import { type Day, dayOfMonth, monthOf, yearOf } from '#core/shared/day.ts';
import type { Block, DocumentColour, DocumentHeader, OfficialDocument } from '#core/shared/official-document.ts';
import type { SheetColour } from './rule-sets.ts';
import type { SheetContent } from './shapes.ts';

/** Yellow ink cannot be read on white paper: a yellow sheet is printed in the orange of warnings and says 黄色. */
const inks: Record<SheetColour, DocumentColour> = { blue: 'blue', yellow: 'orange', orange: 'orange', red: 'red' };

const inWords = (day: Day): string => `${yearOf(day)}年${monthOf(day)}月${dayOfMonth(day)}日`;

const headerOf = (sheet: SheetContent): DocumentHeader => ({
  issuers: [sheet.title],
  colour: inks[sheet.colour],
  number: sheet.no,
  isCompact: true,
});

/** The form of one sheet: who, what, why, by when, and room for the hand that signs on paper. */
function bodyOf(sheet: SheetContent, qr: Uint8Array): Block[] {
  const ink = inks[sheet.colour];
  return [
    {
      kind: 'form',
      size: 12,
      rows: [
        [{ label: '督办事项', value: `${sheet.matterTitle}（${sheet.matterNo}）` }],
        [
          { label: '责任单位', value: sheet.leadUnit },
          { label: '牵头领导', value: sheet.leadLeader ?? '—' },
        ],
        [
          { label: '配合单位', value: sheet.coUnits.join('、') || '—' },
          { label: '事项来源', value: sheet.source },
        ],
        [
          { label: '交办日期', value: inWords(sheet.matterIssuedOn) },
          {
            label: '办理时限',
            value:
              sheet.dueCurrent === sheet.dueOriginal
                ? inWords(sheet.dueOriginal)
                : `${inWords(sheet.dueCurrent)}（原定${inWords(sheet.dueOriginal)}）`,
          },
        ],
        [{ label: '督办事由', value: `${sheet.why}。`, minHeightMm: 20 }],
        [
          {
            label: '督办要求',
            value: [{ text: `${sheet.measure}：`, bold: true, colour: ink }, sheet.demand],
            minHeightMm: 26,
          },
        ],
        [
          { label: '答复时限', value: [{ text: inWords(sheet.limitOn), bold: true }] },
          {
            label: '领导批准',
            value: sheet.approver ? `${sheet.approver.name}，${inWords(sheet.approver.on)}` : '—',
          },
        ],
        [
          {
            label: '扫码办理',
            value: '扫描右侧二维码打开该事项，签收、反馈和答复。对本单有异议的，可在收到之日起30日内通过平台提出。',
            picture: { png: qr, widthMm: 24, alt: `事项${sheet.matterNo}的二维码` },
          },
        ],
        [
          { label: '签收人', value: '', minHeightMm: 11 },
          { label: '签收时间', value: '' },
        ],
      ],
    },
  ];
}

const marksOf = (sheets: readonly SheetContent[]): string[] =>
  sheets.some((sheet) => sheet.demo) ? ['示例数据，仅供演示'] : [];

/** One sheet in official layout; the same content gives the same document. */
export const sheetDocument = (sheet: SheetContent, qr: Uint8Array): OfficialDocument => ({
  layout: 'list',
  header: headerOf(sheet),
  title: '',
  body: bodyOf(sheet, qr),
  signature: { issuers: [sheet.issuer], date: sheet.issuedOn },
  marks: marksOf([sheet]),
});

/** Many sheets as one document: each begins a page with its own coloured head. */
export function sheetsDocument(sheets: readonly SheetContent[], pictures: readonly Uint8Array[]): OfficialDocument {
  return {
    layout: 'list',
    title: '',
    body: sheets.flatMap((sheet, i): Block[] => [
      ...(i === 0 ? [] : [{ kind: 'pageBreak' } as const]),
      { kind: 'header', header: headerOf(sheet) },
      ...bodyOf(sheet, pictures[i]!),
      { kind: 'space', lines: 1 },
      { kind: 'paragraph', align: 'right', text: sheet.issuer },
      { kind: 'paragraph', align: 'right', text: inWords(sheet.issuedOn) },
    ]),
    marks: marksOf(sheets),
  };
}
