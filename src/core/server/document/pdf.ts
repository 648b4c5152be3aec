import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { OfficialDocument } from '../../shared/official-document.ts';
import { compose } from './compose.ts';
import { cellPadding } from './compose-table.ts';
import { fontsIn, makeWithoutBoxes } from './font-coverage.ts';
import type { CellItem, Item } from './items.ts';
import { bodySize, bodyTracking, colours, mm, pdfFaces } from './layout.ts';
import { pngSize } from './png.ts';

const packages = new URL('../../../../node_modules/', import.meta.url);
const own = new URL('../../../../fonts/', import.meta.url);

/** What `npm ci` and the repository bring. Single files: looking through whole folders of fonts takes seconds. */
const fontFiles = [
  new URL('FandolFang-Regular.otf', own),
  new URL('FandolKai-Regular.otf', own),
  new URL('@expo-google-fonts/noto-serif-sc/300Light/NotoSerifSC_300Light.ttf', packages),
  new URL('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf', packages),
  new URL('@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf', packages),
  new URL('@embedpdf/fonts-sc/fonts/NotoSansHans-Medium.otf', packages),
].map((url) => fileURLToPath(url));

const folder = fileURLToPath(new URL('./', import.meta.url));

/**
 * A writer of PDF with Typst in this very process: see `Press`, which bounds its memory. `fontFolder`: fonts of the
 * operator, used when it is there. What is written throws an Error where the description is wrong, or with what Typst said.
 */
export function makePdfWriter(fontFolder = ''): (document: OfficialDocument) => Uint8Array {
  const hasOwn = fontFolder !== '' && existsSync(fontFolder);
  const compiler = NodeCompiler.create({
    workspace: folder,
    fontArgs: [...(hasOwn ? [{ fontPaths: [fontFolder] }] : []), { fontPaths: fontFiles }],
  });
  const withoutBoxes = makeWithoutBoxes([...fontFiles, ...(hasOwn ? fontsIn(fontFolder) : [])]);
  return (document) => {
    const { json, pictures, cells } = jobOf(document);
    compiler.resetShadow();
    compiler.mapShadow(`${folder}document.json`, Buffer.from(withoutBoxes(json)));
    for (const [i, png] of pictures.entries()) compiler.mapShadow(`${folder}picture-${i}.png`, Buffer.from(png));
    try {
      const compiled = compiler.compile({ mainFilePath: `${folder}official.typ`, resetRead: true });
      const pages = compiled.result;
      if (pages && !compiled.hasError()) {
        // Tags for readers of the blind take 300 bytes a cell: a list of thousands would be twenty times as large.
        return compiler.pdf(pages, { pdfTags: cells < 2_000 });
      }
      const error = compiled.takeError();
      // The error itself says no more than "Error".
      const found = error ? (compiler.fetchDiagnostics(error) as { message: string }[]) : [];
      throw new Error(found.map((each) => each.message).join('; ') || 'Typst gave no pages');
    } finally {
      compiler.evictCache(10);
    }
  };
}

/** What official.typ reads. */
function jobOf(document: OfficialDocument): { json: string; pictures: Uint8Array[]; cells: number } {
  const composed = compose(document);
  const pictures: Uint8Array[] = [];
  let cells = 0;
  const withFile = <T extends Item>(item: T): unknown => {
    if (item.kind === 'picture') {
      pngSize(item.png);
      const { png, ...rest } = item;
      return { ...rest, file: `picture-${pictures.push(png) - 1}.png` };
    }
    if (item.kind === 'table') {
      cells += item.rows.length * item.widths.length;
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
    json: JSON.stringify({
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
    cells,
  };
}

/** Marks places to break inside words that may be longer than their line, which Typst would let run out of a cell. Word needs none. */
const withBreaks = (text: string, ems: number): string =>
  text.replace(/[!-\u2e7f]{6,}/g, (word) => (word.length * 0.7 > ems ? [...word].join('\u200b') : word));
