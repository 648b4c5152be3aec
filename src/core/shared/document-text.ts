/**
 * A document as rules and pages see it, whatever file it came from: one plain text, and blocks that say which part of it
 * is a paragraph, a heading or a table. Every place is a span of UTF-16 offsets into that text, so `text.slice(start, end)`
 * is what stood there, in the browser and on the server alike.
 */
export interface Span {
  start: number;
  /** The first offset behind it. */
  end: number;
}

export interface Paragraph extends Span {
  kind: 'paragraph';
  /** The number that it begins with, when it has one: 1. ① （2）. */
  number?: string;
  /** 1 一、 2 （一） 3 1. 4 （1） 5 ①, by the order of GB/T 9704; of numbered paragraphs only. */
  level?: number;
}

export interface Heading extends Span {
  kind: 'heading';
  /** By the heading's style, else by its number: 1 一、 2 （一） 3 1. 4 （1） 5 ①. The title of the document has 0. */
  level: number;
  number?: string;
}

export interface TableCell extends Span {
  row: number;
  column: number;
  /** More than 1 when cells are merged; the text stands in the first. */
  rows: number;
  columns: number;
}

export interface Table extends Span {
  kind: 'table';
  /** Name of the sheet, in a workbook. */
  name?: string;
  rows: number;
  columns: number;
  /** Cells that have text, or reach over others; row by row. */
  cells: TableCell[];
}

export type Block = Paragraph | Heading | Table;

export interface DocumentText {
  text: string;
  blocks: Block[];
}

export const sliceOf = ({ text }: Pick<DocumentText, 'text'>, span: Span): string => text.slice(span.start, span.end);

/** The span without the white space at its ends. */
export function trimSpan(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && isBlank(text[from]!)) from += 1;
  while (to > from && isBlank(text[to - 1]!)) to -= 1;
  return { start: from, end: to };
}

const isBlank = (char: string): boolean => /[\s\u3000\u200b\ufeff]/.test(char);

/** Numbers of the levels of an official document, GB/T 9704—2012 §7.3.3: 一、 （一） 1. （1）, and ① below them. */
const levels: readonly RegExp[] = [
  /^(?:第[一二三四五六七八九十百]{1,4}[章节部分条]{1,2}|[一二三四五六七八九十]{1,3}、)/,
  /^[（(][一二三四五六七八九十]{1,3}[)）]、?/,
  /^\d{1,3}(?:[.．](?!\d)|、)/,
  /^[（(]\d{1,3}[)）]、?/,
  /^[\u2460-\u2473\u2776-\u277f]、?/,
];

export interface ListNumber {
  /** As it stands in the text, with its brackets and points. */
  number: string;
  level: number;
  /** Length up to the words, the space behind the number included. */
  length: number;
}

/** The number at the beginning of a line, if it has one. */
export function listNumber(line: string): ListNumber | undefined {
  for (const [index, form] of levels.entries()) {
    const number = form.exec(line)?.[0];
    if (number === undefined) continue;
    const space = /^[\s\u3000]*/.exec(line.slice(number.length))![0].length;
    return { number, level: index + 1, length: number.length + space };
  }
  return undefined;
}

/** A line that ends like a sentence, or is long, is not a heading whatever number it carries. */
const isHeadingLine = (words: string): boolean =>
  words !== '' && words.length <= 40 && !/[。；;：:，,！!？?]$/.test(words) && !/[。；]/.test(words);

/** What a line of text is: a heading when it carries a number of the upper levels and is short, else a paragraph. */
export function lineBlock(text: string, line: Span): Paragraph | Heading {
  const found = listNumber(text.slice(line.start, line.end));
  if (!found) return { kind: 'paragraph', ...line };
  const { number, level, length } = found;
  const words = text.slice(line.start + length, line.end).trim();
  if (level <= 3 && isHeadingLine(words)) return { kind: 'heading', ...line, level, number };
  return { kind: 'paragraph', ...line, number, level };
}

/**
 * Plain text, as pasted or from a .txt, to blocks: a line is a paragraph or heading, lines with tabs side by side are a
 * table (that is how Excel and Word leave one on the clipboard). Line ends become \n; nothing else of the text changes.
 */
export function readPlainText(input: string): DocumentText {
  const text = input.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < text.length) {
    const table = tableAt(text, at);
    if (table) {
      blocks.push(table);
      at = table.end + 1;
      continue;
    }
    const end = lineEnd(text, at);
    const line = trimSpan(text, { start: at, end });
    if (line.start < line.end) blocks.push(lineBlock(text, line));
    at = end + 1;
  }
  if (blocks[0]?.kind === 'paragraph' && isTitle(text, blocks[0], blocks.length))
    blocks[0] = { kind: 'heading', start: blocks[0].start, end: blocks[0].end, level: 0 };
  return { text, blocks };
}

/** The first line is the title when others follow and it reads like one. */
export const isTitle = (text: string, first: Paragraph, blocks: number): boolean =>
  blocks > 1 && first.number === undefined && isHeadingLine(text.slice(first.start, first.end));

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** Two or more lines with a tab each. A cell in quotes may hold line ends, as Excel copies it. */
function tableAt(text: string, at: number): Table | undefined {
  if (!text.slice(at, lineEnd(text, at)).includes('\t')) return undefined;
  const cells: TableCell[] = [];
  let [row, column, next, end] = [0, 0, at, at];
  while (next < text.length) {
    if (column === 0 && !hasTab(text, next)) break;
    const cell = pastedCell(text, next);
    const span = trimSpan(text, cell);
    if (span.start < span.end) cells.push({ ...span, row, column, rows: 1, columns: 1 });
    end = cell.behind;
    next = cell.behind + 1;
    if (text[cell.behind] === '\t') column += 1;
    else [row, column] = [row + 1, 0];
  }
  // A text that ends with a tab leaves its last row open.
  const rows = column === 0 ? row : row + 1;
  if (rows < 2) return undefined;
  return { kind: 'table', start: at, end, rows, columns: Math.max(...cells.map((c) => c.column + 1)), cells };
}

/** Whether the row that begins here has a second cell, its line ends in quotes not counted. */
function hasTab(text: string, at: number): boolean {
  return text[pastedCell(text, at).behind] === '\t';
}

function pastedCell(text: string, at: number): Span & { behind: number } {
  if (text[at] === '"') {
    const close = text.slice(at + 1, at + 20_000).search(/"(?=[\t\n]|$)/);
    if (close >= 0) return { start: at + 1, end: at + 1 + close, behind: at + 2 + close };
  }
  let end = at;
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end += 1;
  return { start: at, end, behind: end };
}

/** Puts a document together piece by piece: each piece begins a line of its own, cells of a row stand behind tabs. */
export class DocumentBuilder {
  readonly #parts: string[] = [];
  readonly #blocks: Block[] = [];
  #length = 0;

  #put(words: string): Span {
    const start = this.#length;
    this.#parts.push(words);
    this.#length += words.length;
    return { start, end: this.#length };
  }

  #newLine(): void {
    if (this.#length > 0) this.#put('\n');
  }

  paragraph(words: string): void {
    this.#newLine();
    const span = this.#put(words);
    const block = lineBlock(words, { start: 0, end: words.length });
    this.#blocks.push({ ...block, ...span });
  }

  heading(words: string, level: number): void {
    this.#newLine();
    const span = this.#put(words);
    const number = listNumber(words)?.number;
    this.#blocks.push({ kind: 'heading', ...span, level, ...(number !== undefined && { number }) });
  }

  table(cells: readonly (Omit<TableCell, 'start' | 'end'> & { words: string })[], name?: string): void {
    const filled = cells.filter((cell) => cell.words !== '' || cell.rows > 1 || cell.columns > 1);
    if (!filled.some((cell) => cell.words !== '')) return;
    this.#newLine();
    const start = this.#length;
    const placed: TableCell[] = [];
    let [row, column] = [0, 0];
    for (const { words, ...cell } of filled.toSorted((a, b) => a.row - b.row || a.column - b.column)) {
      while (row < cell.row) {
        this.#put('\n');
        [row, column] = [row + 1, 0];
      }
      while (column < cell.column) {
        this.#put('\t');
        column += 1;
      }
      placed.push({ ...cell, ...this.#put(words) });
    }
    const rows = Math.max(...filled.map((cell) => cell.row + cell.rows));
    const columns = Math.max(...filled.map((cell) => cell.column + cell.columns));
    const block: Table = { kind: 'table', start, end: this.#length, rows, columns, cells: placed };
    this.#blocks.push(name === undefined ? block : { ...block, name });
  }

  build(): DocumentText {
    const text = this.#parts.join('');
    const [first] = this.#blocks;
    if (first?.kind === 'paragraph' && isTitle(text, first, this.#blocks.length))
      this.#blocks[0] = { kind: 'heading', start: first.start, end: first.end, level: 0 };
    return { text, blocks: this.#blocks };
  }
}
