import { type Cell, emptyCell, type MergedRange } from '#core/shared/sheet.ts';
import { type CellFormat, plainItem, prefixOf, unprefixed } from './parts.ts';
import { brokenFile } from './problems.ts';
import { serialToDay } from './serial-date.ts';
import { attributes, decodeXml } from './xml.ts';

export interface SheetContext {
  strings: readonly string[];
  formats: readonly CellFormat[];
  date1904: boolean;
  /** Called in the order of the file with the 0-based row number; rows without content are not reported. */
  onRow: (row: number, cells: Cell[]) => void;
  onMerge: (range: MergedRange) => void;
}

const zero = 48;
const colonA = 64;

/**
 * Scans one sheet's XML piece by piece. Looking for `<c`, `<v>` and `</c>` with indexOf is three times as fast as a
 * general XML parser on a ledger of 1.5 million cells, and needs memory for one row only.
 */
export class SheetXml {
  #rest = '';
  #prefix: string | undefined;
  #nextRow = 0;
  #inRows = true;
  readonly #days = new Map<number, string | undefined>();
  readonly #context: SheetContext;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  push(text: string): void {
    let xml = this.#rest + text;
    this.#prefix ??= prefixOf(xml, 'worksheet');
    xml = unprefixed(xml, this.#prefix);
    let at = 0;
    while (this.#inRows) {
      const open = nextTag(xml, '<row', at);
      if (open < 0) {
        // Looked for only here: once per row would read the rest of the piece again for every row.
        const end = xml.indexOf('</sheetData>', at);
        if (end >= 0) {
          this.#inRows = false;
          at = end;
          break;
        }
        // Nothing before a row matters, but a tag may be cut in two at the end of the piece.
        at = Math.max(at, xml.lastIndexOf('<'));
        break;
      }
      const start = xml.indexOf('>', open);
      if (start < 0) {
        at = open;
        break;
      }
      if (xml.charCodeAt(start - 1) === 47) {
        this.#rowNumber(xml.slice(open + 4, start - 1));
        at = start + 1;
        continue;
      }
      const close = xml.indexOf('</row>', start);
      if (close < 0) {
        at = open;
        break;
      }
      this.#row(this.#rowNumber(xml.slice(open + 4, start)), xml, start + 1, close);
      at = close + 6;
    }
    if (!this.#inRows) at = this.#merges(xml, at);
    this.#rest = xml.slice(at);
  }

  #rowNumber(tag: string): number {
    const stated = /\sr=["'](\d+)["']/.exec(tag);
    const row = stated ? Number(stated[1]) - 1 : this.#nextRow;
    this.#nextRow = row + 1;
    return row;
  }

  #row(row: number, xml: string, from: number, to: number): void {
    const cells: Cell[] = [];
    let column = 0;
    for (let at = xml.indexOf('<c', from); at >= 0 && at < to; at = xml.indexOf('<c', at)) {
      const next = xml.charCodeAt(at + 2);
      if (next !== 32 && next !== 62 && next !== 47) {
        at += 2;
        continue;
      }
      const tagEnd = xml.indexOf('>', at);
      if (tagEnd < 0 || tagEnd > to) throw brokenFile();
      const empty = xml.charCodeAt(tagEnd - 1) === 47;
      let type = '';
      let style = 0;
      // Attributes by hand: r="AB12", s="3", t="s", in any order, either quote.
      for (let i = at + 2; i < tagEnd; ) {
        const equals = xml.indexOf('=', i);
        if (equals < 0 || equals > tagEnd) break;
        const quote = xml[equals + 1]!;
        const valueEnd = xml.indexOf(quote, equals + 2);
        if (valueEnd < 0 || valueEnd > tagEnd) break;
        const name = xml.charCodeAt(equals - 1);
        const before = xml.charCodeAt(equals - 2);
        if (before === 32 || before === 10 || before === 9) {
          if (name === 114) column = columnOf(xml, equals + 2, valueEnd, column);
          else if (name === 115) style = Number(xml.slice(equals + 2, valueEnd));
          else if (name === 116) type = xml.slice(equals + 2, valueEnd);
        }
        i = valueEnd + 1;
      }
      if (empty) {
        at = tagEnd + 1;
      } else {
        const close = xml.indexOf('</c>', tagEnd);
        if (close < 0 || close > to) throw brokenFile();
        const cell = this.#cell(xml, tagEnd + 1, close, type, style);
        if (cell !== emptyCell) {
          while (cells.length < column) cells.push(emptyCell);
          cells[column] = cell;
        }
        at = close + 4;
      }
      column += 1;
    }
    if (cells.length > 0) this.#context.onRow(row, cells);
  }

  #cell(xml: string, from: number, to: number, type: string, style: number): Cell {
    let value: string | undefined;
    let formula = false;
    if (xml.startsWith('<v>', from)) {
      value = xml.slice(from + 3, xml.indexOf('</v>', from));
    } else {
      const body = xml.slice(from, to);
      formula = body.startsWith('<f') || body.includes('<f>') || body.includes('<f ');
      const open = /<v(?:\s[^>]*)?>/.exec(body);
      if (open) {
        const close = body.indexOf('</v>', open.index);
        if (close >= 0) value = body.slice(open.index + open[0].length, close);
      }
      if (type === 'inlineStr' || (value === undefined && body.includes('<is'))) {
        const is = /<is(?:\s[^>]*)?>/.exec(body);
        if (!is) return emptyCell;
        const text = plainItem(body, is.index + is[0].length, body.lastIndexOf('</is>'));
        return text === '' ? emptyCell : { value: text, kind: 'text' };
      }
    }
    if (value === undefined || value === '') {
      if (!formula) return emptyCell;
      // A text formula may well result in nothing; a number without its result was never computed.
      return type === 'str' && value === '' ? emptyCell : withoutValue;
    }
    const format = this.#context.formats[style];
    switch (type) {
      case 's': {
        const text = this.#context.strings[Number(value)];
        if (text === undefined) throw brokenFile();
        return text === '' ? emptyCell : { value: text, kind: 'text' };
      }
      case 'str':
        return { value: decodeXml(value), kind: 'text' };
      case 'b':
        return { value: value === '1' || value === 'true', kind: 'boolean' };
      case 'e':
        return { value: null, kind: 'error', error: decodeXml(value) };
      case 'd': {
        const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
        return day ? { value, kind: 'date', date: day, numFmt: format?.numFmt ?? 'yyyy/m/d' } : { value, kind: 'text' };
      }
      default: {
        const number = Number(value);
        if (Number.isNaN(number)) return { value: decodeXml(value), kind: 'text' };
        if (!format || format.numFmt === 'General') return { value: number, kind: 'number' };
        if (format.meaning === 'date' || (format.meaning === 'time' && number >= 1)) {
          const date = this.#day(number);
          if (date) return { value: number, kind: 'date', numFmt: format.numFmt, date };
        }
        return { value: number, kind: 'number', numFmt: format.numFmt };
      }
    }
  }

  #day(serial: number): string | undefined {
    const whole = Math.floor(serial + 1e-9);
    if (!this.#days.has(whole)) this.#days.set(whole, serialToDay(whole, this.#context.date1904));
    return this.#days.get(whole);
  }

  #merges(xml: string, from: number): number {
    let at = from;
    for (;;) {
      const open = nextTag(xml, '<mergeCell', at);
      if (open < 0) return Math.max(at, xml.lastIndexOf('<'));
      const end = xml.indexOf('>', open);
      if (end < 0) return open;
      const ref = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(attributes(xml.slice(open + 10, end)).ref ?? '');
      if (ref) {
        this.#context.onMerge({
          top: Number(ref[2]) - 1,
          left: columnOf(ref[1]!, 0, ref[1]!.length, 0),
          bottom: Number(ref[4]) - 1,
          right: columnOf(ref[3]!, 0, ref[3]!.length, 0),
        });
      }
      at = end + 1;
    }
  }
}

const withoutValue: Cell = Object.freeze({ value: null, kind: 'empty', formulaWithoutValue: true });

/** `<row` but not `<rowBreaks`, `<mergeCell` but not `<mergeCells`. */
function nextTag(xml: string, tag: string, from: number): number {
  for (let at = xml.indexOf(tag, from); at >= 0; at = xml.indexOf(tag, at + 1)) {
    const next = xml.charCodeAt(at + tag.length);
    if (Number.isNaN(next) || next === 32 || next === 62 || next === 47 || next === 10 || next === 9 || next === 13) {
      return at;
    }
  }
  return -1;
}

function columnOf(xml: string, from: number, to: number, otherwise: number): number {
  let column = 0;
  for (let i = from; i < to; i += 1) {
    const code = xml.charCodeAt(i);
    if (code >= zero && code <= 57) break;
    if (code > colonA && code < 91) column = column * 26 + code - colonA;
  }
  return column === 0 ? otherwise : column - 1;
}
