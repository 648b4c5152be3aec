import type {
  Annex,
  Block,
  DocumentHeader,
  OfficialDocument,
  RichText,
  Signature,
} from '../../shared/official-document.ts';
import { composeForm, composeTable } from './compose-table.ts';
import {
  type Composed,
  type GapItem,
  type Item,
  linesOf,
  type PictureItem,
  pieces,
  type RuleItem,
  type Section,
  textItem,
} from './items.ts';
import {
  bodySize,
  colours,
  fieldWidth,
  linePitch,
  markHeight,
  mm,
  numberHeight,
  type PageLayout,
  pageLayout,
} from './layout.ts';
import { cleanText, dayWords, type TextStyle, widthOf } from './text.ts';

const words = {
  zh: { annex: '附件', signer: '签发人：', copies: '抄送：', printed: '印发', colon: '：', comma: '，', stop: '。' },
  en: { annex: 'Annex', signer: 'Signed by: ', copies: 'Copies: ', printed: '', colon: ': ', comma: ', ', stop: '.' },
};

/** The body's type: a letter's, or that of a list. */
interface Body {
  size: number;
  pitch: number;
  em: number;
}
const letterBody: Body = { size: bodySize, pitch: linePitch, em: bodySize - 0.25 };
const listBody: Body = { size: 14, pitch: 24, em: 14 };

/** @throws Error where the description itself is wrong: a row with too many cells, a date that is none */
export function compose(document: OfficialDocument): Composed {
  const kind = document.layout ?? 'letter';
  const language = document.language ?? 'zh';
  const body = kind === 'letter' ? letterBody : listBody;
  const w = words[language];
  const page = pageLayout(kind, document.landscape ?? false, document.paper);
  const gap = (lines: number): GapItem => ({ kind: 'gap', height: lines * body.pitch });
  const line = (text: RichText, rest: Parameters<typeof textItem>[2] = {}, face: TextStyle['face'] = 'fang') =>
    textItem(text, { face, size: body.size }, { pitch: body.pitch, ...rest });

  const items: Item[] = [];
  if (document.header) items.push(...composeHeader(document.header, fieldWidth(page), w.signer));
  const titleSize = kind === 'letter' ? 22 : 18;
  if (document.title !== '') {
    if (document.header) items.push(gap(document.header.isCompact ? 1 : 2));
    items.push(
      textItem(
        document.title,
        { face: 'biaosong', size: titleSize },
        { align: 'center', pitch: titleSize * 1.6, keep: true, outline: 1 },
      ),
    );
    if (document.subtitle) items.push(line(document.subtitle, { align: 'center', keep: true }, 'kai'));
    items.push(gap(kind === 'letter' ? 1 : 0.4));
  } else if (document.header) items.push(gap(0.5));
  if (document.recipients?.length)
    items.push(line(document.recipients.join(w.comma) + w.colon.trimEnd(), { keep: true }));
  items.push(...composeBlocks(document.body, body, fieldWidth(page)));
  const end = items.length;
  items.push(...composeAttachments(document.attachments ?? [], body, w));
  if (document.signature) {
    keepFrom(items, items.length - end > 8 ? items.length : end);
    items.push({ ...gap(2), keep: true }, ...composeSignature(document.signature, body, language));
  }
  if (document.annotation) {
    const [open, close] = language === 'zh' ? ['（', '）'] : ['(', ')'];
    items.push(line(`${open}${document.annotation}${close}`, { first: 2 * body.em }));
  }
  const annexes = document.annexes ?? [];
  const sections = [{ page, items }];
  for (const [index, annex] of annexes.entries()) {
    const label =
      annex.label ?? (annexes.length > 1 ? `${w.annex}${language === 'en' ? ' ' : ''}${index + 1}` : w.annex);
    sections.push(composeAnnex(annex, label, kind, body));
  }
  const marks = (document.marks ?? []).map((mark) => cleanText(mark).replaceAll('\n', ' '));
  return {
    title: cleanText(document.title).replaceAll('\n', ''),
    language,
    sections: sections.map(({ page, items }) => ({ page: withRoom(page, marks.length), items })),
    foot: composeColophon(document, body),
    marks,
  };
}

/** A signature takes the last line of the text and the names of the attachments with it: the standard has no page of a signature alone. */
function keepFrom(items: Item[], end: number): void {
  const last = items.findLastIndex(({ kind }, i) => i < end && kind !== 'gap');
  for (const [i, item] of items.entries())
    if (i >= last && (item.kind === 'text' || item.kind === 'gap')) items[i] = { ...item, keep: true };
}

/** Below the field stand 7 mm, the number and the marks, and 8 mm that no printer reaches. */
const withRoom = (page: PageLayout, marks: number): PageLayout => ({
  ...page,
  bottom: Math.max(page.bottom, mm(7) + numberHeight + marks * markHeight + mm(8)),
});

function composeHeader(header: DocumentHeader, width: number, signerWord = ''): Item[] {
  const colour = colours[header.colour ?? 'red'];
  const black = { face: 'hei' as const, size: bodySize };
  const upper = [header.copyNumber, header.secrecy, header.urgency].filter((text) => text !== undefined);
  const items: Item[] = upper.map((text) => textItem(text, black, { pitch: linePitch, keep: true }));
  const above = (header.isCompact ? 0 : mm(35)) - upper.length * linePitch;
  if (above > 0) items.push({ kind: 'gap', height: above });
  for (const issuer of header.issuers) {
    // As large as the line takes it, and never larger than is usual.
    const size = Math.min(header.isCompact ? 44 : 54, Math.floor((width / Math.max(widthOf(issuer), 1)) * 0.97));
    items.push(
      textItem(issuer, { face: 'biaosong', size, colour }, { align: 'center', pitch: size * 1.25, keep: true }),
    );
  }
  const { number, signer } = header;
  if (number !== undefined || signer !== undefined) {
    items.push({ kind: 'gap', height: (header.isCompact ? 0.5 : 1.5) * linePitch });
    const fang = { face: 'fang' as const, size: bodySize };
    items.push(
      signer === undefined
        ? textItem(number!, fang, { align: 'center', pitch: linePitch, keep: true })
        : textItem(number ?? '', fang, {
            end: [...pieces(signerWord, fang), ...pieces(signer, { ...fang, face: 'kai' })],
            left: bodySize,
            right: bodySize,
            pitch: linePitch,
            keep: true,
          }),
    );
  }
  items.push({ kind: 'gap', height: number || signer ? mm(2) : mm(4) }, { kind: 'rule', thickness: 2.25, colour });
  return items;
}

function composeBlocks(blocks: readonly Block[], body: Body, width: number): Item[] {
  const faces = { 1: 'hei', 2: 'kai', 3: 'fang', 4: 'fang' } as const;
  const set = { pitch: body.pitch, first: 2 * body.em };
  return blocks.flatMap((block): Item[] => {
    switch (block.kind) {
      case 'heading': {
        const style = { face: faces[block.level], size: body.size, bold: block.level === 3 };
        return [textItem(block.text, style, { ...set, align: 'justify', keep: true, outline: block.level + 1 })];
      }
      case 'paragraph': {
        const align = block.align ?? 'justify';
        const isIndented = block.isIndented ?? (align === 'justify' || align === 'left');
        const item = textItem(
          block.text,
          { face: 'fang', size: body.size },
          { ...set, align, ...(!isIndented && { first: 0 }) },
        );
        // A new line in text that people typed begins a new paragraph; a broken line would be stretched by Word.
        const lines = linesOf(item.pieces);
        return lines.length > 1 ? lines.map((line) => ({ ...item, pieces: line })) : [item];
      }
      case 'table':
        return composeTable(block, width);
      case 'form':
        return composeForm(block, width);
      case 'picture': {
        const align = block.align ?? 'center';
        const picture: PictureItem = {
          kind: 'picture',
          png: block.png,
          width: Math.min(mm(block.widthMm), width),
          alt: cleanText(block.alt),
          align,
        };
        const caption = block.caption && textItem(block.caption, { face: 'fang', size: 12 }, { align });
        return caption ? [picture, caption] : [picture];
      }
      case 'header':
        return [...composeHeader(block.header, width), { kind: 'gap', height: body.pitch * 0.5 }];
      case 'pageBreak':
        return [{ kind: 'break' }];
      default:
        return [{ kind: 'gap', height: block.lines * body.pitch }];
    }
  });
}

/** 附件：1.…, each title under the other and wrapped lines under the title. */
function composeAttachments(titles: readonly string[], body: Body, w: (typeof words)['zh']): Item[] {
  if (titles.length === 0) return [];
  const prefix = w.annex + w.colon;
  const wide = widthOf(prefix) * body.em;
  const number = titles.length > 1 ? body.em : 0;
  return [
    { kind: 'gap', height: body.pitch },
    ...titles.map((title, i) =>
      textItem(
        `${i === 0 ? prefix : ''}${number ? `${i + 1}.` : ''}${title}`,
        { face: 'fang', size: body.size },
        { pitch: body.pitch, left: 2 * body.em + wide + number, first: -number - (i === 0 ? wide : 0) },
      ),
    ),
  ];
}

/** The date four characters from the right edge, the issuer in the middle above it (a document with a seal). */
function composeSignature(signature: Signature, body: Body, language: 'zh' | 'en'): Item[] {
  const date = dayWords(signature.date, language);
  const widest = Math.max(...signature.issuers.map((issuer) => widthOf(issuer)), 0);
  const shift = (widest - widthOf(date)) / 2;
  const dateRight = Math.max(4, shift);
  const at = (text: string, right: number) =>
    textItem(
      text,
      { face: 'fang', size: body.size },
      { align: 'right', pitch: body.pitch, right: right * body.em, keep: true },
    );
  const lines = signature.issuers.map((issuer) => at(issuer, dateRight - (widthOf(issuer) - widthOf(date)) / 2));
  return [...lines, { ...at(date, dateRight), keep: false }];
}

function composeAnnex(annex: Annex, label: string, kind: 'letter' | 'list', body: Body): Section {
  const page = pageLayout(kind, annex.landscape ?? false);
  const items: Item[] = [textItem(label, { face: 'hei', size: body.size }, { pitch: body.pitch, keep: true })];
  if (annex.title !== undefined) {
    const size = kind === 'letter' ? 22 : 18;
    items.push(
      { kind: 'gap', height: body.pitch * 0.5 },
      textItem(annex.title, { face: 'biaosong', size }, { align: 'center', pitch: size * 1.6, keep: true, outline: 1 }),
      { kind: 'gap', height: body.pitch * 0.5 },
    );
  }
  items.push(...composeBlocks(annex.body, body, fieldWidth(page)));
  return { page, items };
}

/** 版记: four lines of 4号 between rules, the outer ones thick. */
function composeColophon(document: OfficialDocument, body: Body): Item[] {
  const { colophon } = document;
  if (!colophon) return [];
  const language = document.language ?? 'zh';
  const w = words[language];
  const style = { face: 'fang' as const, size: Math.min(14, body.size) };
  const pitch = style.size * 1.6;
  const rule = (thickness: number): RuleItem => ({ kind: 'rule', thickness: mm(thickness), colour: colours.black });
  const side = { left: style.size, right: style.size, pitch };
  const items: Item[] = [rule(0.35)];
  if (colophon.copyTo?.length) {
    const hang = widthOf(w.copies) * style.size;
    const text = `${w.copies}${colophon.copyTo.join(w.comma)}${w.stop}`;
    items.push(textItem(text, style, { ...side, left: style.size + hang, first: -hang }), rule(0.25));
  }
  const printed = [dayWords(colophon.printedOn, language), w.printed].join('');
  items.push(textItem(colophon.printedBy, style, { ...side, end: pieces(printed, style) }), rule(0.35));
  return items;
}
