import { type Cell, emptyCell } from '#core/shared/sheet.ts';
import { notSpreadsheet } from './problems.ts';

/**
 * Bytes of a text file to text: byte-order marks, then UTF-8 if the bytes are valid UTF-8, else GB18030, which is
 * what a Chinese Excel writes as "CSV". (GB18030 is never valid UTF-8 by chance in more than a few characters.)
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes.subarray(2));
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  const body = a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
  // Text has no NUL, and no control characters beside tab and line ends.
  if (body.subarray(0, 65_536).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) {
    throw notSpreadsheet();
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(body);
    } catch {
      throw notSpreadsheet();
    }
  }
}

const delimiters = [',', '\t', ';', '|'] as const;

/** The character that splits the first lines into most columns, outside quotes. */
export function detectDelimiter(text: string): string {
  const named = /^sep=(.)\r?\n/i.exec(text);
  if (named) return named[1]!;
  const counts = new Map<string, number>(delimiters.map((d) => [d, 0]));
  let quoted = false;
  let lines = 0;
  for (let i = 0; i < text.length && lines < 30; i += 1) {
    const char = text[i]!;
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === '\n') lines += 1;
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** What Excel writes into a CSV where it could not compute. */
const excelError = /^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!)$/;

/** Rows of a CSV. Every cell is text: 0012 stays 0012, and a project code does not become a number. */
export function* csvRows(text: string, delimiter = detectDelimiter(text)): Generator<Cell[]> {
  let at = /^sep=.\r?\n/i.exec(text)?.[0].length ?? 0;
  let cells: Cell[] = [];
  const put = (value: string) =>
    cells.push(
      value === ''
        ? emptyCell
        : excelError.test(value)
          ? { value: null, kind: 'error', error: value }
          : { value, kind: 'text' },
    );
  const trimmed = () => {
    while (cells.length > 0 && cells.at(-1) === emptyCell) cells.pop();
    return cells;
  };
  while (at < text.length) {
    if (text[at] === '"') {
      let value = '';
      for (;;) {
        const close = text.indexOf('"', at + 1);
        const end = close < 0 ? text.length : close;
        value += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      // Whatever stands between the closing quote and the delimiter belongs to the cell, as in Excel.
      const tail = cellEnd(text, at, delimiter);
      put((value + text.slice(at, tail)).replace(/\r\n?/g, '\n'));
      at = tail;
    } else {
      const end = cellEnd(text, at, delimiter);
      // ="0012" is how programs keep Excel from reading a number.
      put(
        text
          .slice(at, end)
          .trim()
          .replace(/^="(.*)"$/, '$1'),
      );
      at = end;
    }
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      break;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    yield trimmed();
    cells = [];
  }
  if (cells.length > 0) yield trimmed();
}

function cellEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}
