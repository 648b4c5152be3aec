import type { Align, RichText } from '../../shared/official-document.ts';
import { colours, type PageLayout } from './layout.ts';
import { cleanText, type Piece, type TextStyle } from './text.ts';

/**
 * What both writers set: a few simple things with all measures in points. Everything that decides content is decided
 * here, so that the two files cannot say different things.
 */
export type Item = TextItem | TableItem | PictureItem | RuleItem | GapItem | BreakItem;

export interface TextItem {
  kind: 'text';
  pieces: Piece[];
  /** Stands at the right end of the same line. */
  end?: Piece[];
  align: Align | 'justify';
  /** Of the first line, from `left`; negative lets it hang out. */
  first: number;
  left: number;
  right: number;
  /** From line to line, exactly. */
  pitch: number;
  /** Not the last thing of its page. */
  keep: boolean;
  /** Level in the reader's outline, 1 for the title. */
  outline?: number;
}
export interface TableItem {
  kind: 'table';
  widths: number[];
  /** Of the text in its cells. */
  size: number;
  pitch: number;
  /** How many of the first rows stand again on every page. */
  headRows: number;
  rows: CellItem[][];
}
export interface CellItem {
  content: (TextItem | PictureItem)[];
  colSpan: number;
  rowSpan: number;
  fill?: string;
  minHeight?: number;
  /** Short enough to stay on one page; the others may be split. */
  isWhole: boolean;
  /** Of the text in it. */
  width: number;
}
export interface PictureItem {
  kind: 'picture';
  png: Uint8Array;
  width: number;
  alt: string;
  align: Align;
}
export interface RuleItem {
  kind: 'rule';
  thickness: number;
  colour: string;
}
export interface GapItem {
  kind: 'gap';
  height: number;
  /** On one page with what follows. */
  keep?: boolean;
}
export interface BreakItem {
  kind: 'break';
}

export interface Section {
  page: PageLayout;
  items: Item[];
}
export interface Composed {
  title: string;
  language: 'zh' | 'en';
  sections: Section[];
  /** At the foot of the last page. */
  foot: Item[];
  marks: string[];
}

/** A run of text in the style of its place. */
export const pieces = (text: RichText, style: TextStyle): Piece[] =>
  (typeof text === 'string' ? [text] : text)
    .map((run) => (typeof run === 'string' ? { text: run } : run))
    .map((run) => ({
      text: cleanText(run.text),
      face: ('face' in run && run.face) || style.face,
      size: style.size,
      bold: ('bold' in run ? run.bold : undefined) ?? style.bold ?? false,
      colour: 'colour' in run && run.colour ? colours[run.colour] : (style.colour ?? colours.black),
    }));

export const textItem = (
  text: RichText,
  style: TextStyle,
  rest: Partial<Omit<TextItem, 'kind' | 'pieces'>> = {},
): TextItem => ({
  kind: 'text',
  pieces: pieces(text, style),
  align: 'left',
  first: 0,
  left: 0,
  right: 0,
  pitch: style.size * 1.4,
  keep: false,
  ...rest,
});

/** Pieces of several lines as one list of pieces for each line. */
export function linesOf(all: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const piece of all)
    for (const [i, text] of piece.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)!.push({ ...piece, text });
    }
  return lines.filter((line) => line.length > 0);
}
