import { fileURLToPath } from 'node:url';
import type { OfficialDocument } from '../../shared/official-document.ts';
import { compose } from './compose.ts';
import { cellPadding } from './compose-table.ts';
import type { CellItem, Item } from './items.ts';
import { bodySize, bodyTracking, colours, mm, pdfFaces } from './layout.ts';
import { pngSize } from './png.ts';
import { type TypstLimits, TypstProcess } from './typst-process.ts';

const packages = new URL('../../../../node_modules/', import.meta.url);
const own = new URL('../../../../fonts/', import.meta.url);

/** What `npm ci` and the repository bring. Single files: looking through whole folders of fonts takes seconds. */
const fontFiles = [
  new URL('FandolFang-Regular.otf', own),
  new URL('FandolKai-Regular.otf', own),
  new URL('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', packages),
  new URL('@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf', packages),
  new URL('@embedpdf/fonts-sc/fonts/NotoSansHans-Medium.otf', packages),
].map((url) => fileURLToPath(url));

export interface PdfWriter {
  /** @throws Error where the description is wrong (see `compose`), or with what Typst said */
  write(document: OfficialDocument): Promise<Uint8Array<ArrayBuffer>>;
  /** Of the process that sets pages; undefined when there is none. */
  readonly pid: number | undefined;
  stop(): void;
}

/** A writer with a process of its own. The server has one for each font folder: `pdfWriter`. */
export function makePdfWriter(fontFolder: string | undefined, limits: Partial<TypstLimits> = {}): PdfWriter {
  const typst = new TypstProcess({ fontFiles, fontFolder }, limits);
  return {
    write: (document) => typst.pdf(jobOf(document)),
    get pid() {
      return typst.pid;
    },
    stop: () => typst.stop(),
  };
}

const writers = new Map<string, PdfWriter>();

/** The one writer of this process. `fontFolder`: fonts of the operator, used when present. */
export function pdfWriter(fontFolder = ''): PdfWriter {
  const writer = writers.get(fontFolder) ?? makePdfWriter(fontFolder || undefined);
  writers.set(fontFolder, writer);
  return writer;
}

function jobOf(document: OfficialDocument): { document: string; pictures: Uint8Array[] } {
  const composed = compose(document);
  const pictures: Uint8Array[] = [];
  const withFile = <T extends Item>(item: T): unknown => {
    if (item.kind === 'picture') {
      pngSize(item.png);
      const { png, ...rest } = item;
      return { ...rest, file: `picture-${pictures.push(png) - 1}.png` };
    }
    if (item.kind === 'table') {
      return {
        ...item,
        rows: item.rows.map((cells) =>
          cells.map((cell): unknown => ({ ...cell, content: cell.content.map((each) => breakable(each, cell)) })),
        ),
      };
    }
    return item;
  };
  const breakable = (item: CellItem['content'][number], cell: CellItem): unknown =>
    item.kind === 'picture'
      ? withFile(item)
      : {
          ...item,
          pieces: item.pieces.map((piece) => ({ ...piece, text: withBreaks(piece.text, cell.width / piece.size) })),
        };
  const letter = (item: Item): unknown =>
    item.kind === 'text'
      ? { ...item, pieces: item.pieces.map((piece) => ({ ...piece, text: withBreaks(piece.text, 25) })) }
      : withFile(item);
  return {
    document: JSON.stringify({
      ...composed,
      sections: composed.sections.map(({ page, items }) => ({ page, items: items.map(letter) })),
      foot: composed.foot.map(letter),
      faces: pdfFaces,
      bodySize,
      tracking: bodyTracking,
      cellPadding,
      markColour: colours.grey,
      footerDescent: mm(7),
    }),
    pictures,
  };
}

/**
 * A place to break inside every word that is longer than its line, which Typst would let run out of its cell. Invisible,
 * and Word needs none.
 */
const withBreaks = (text: string, ems: number): string =>
  text.replace(/[!-\u2e7f]{6,}/g, (word) => (word.length * 0.5 > ems - 1 ? [...word].join('\u200b') : word));
