import type { Span, TextTable } from './shapes.ts';

type Cell = TextTable['rows'][number]['cells'][number];

/** A number, a share or a dash: what the body of a table is made of. */
export const isFigureCell = (text: string): boolean =>
  /^[-+−]?\d[\d,]*(?:\.\d+)?\s*(?:%|‰|[亿万千百]{0,2}元?|个|项|家)?$|^[-—–/]{1,2}$/.test(text);

/** Lines of cells between `|` or tabs, at least two of them in a row, with a figure somewhere or at least three of them. */
export function findTables(text: string): TextTable[] {
  const tables: TextTable[] = [];
  let rows: { line: Span; cells: Cell[]; by: string }[] = [];
  let captions: Span[] = [];
  const close = () => {
    if (isTable(rows.map((row) => row.cells))) tables.push(tableOf(text, rows, captions));
    if (rows.length > 0) captions = [];
    rows = [];
  };
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const line = { start, end: found < 0 ? text.length : found };
    const by = separatorOf(text, line);
    if (by) {
      if (rows.length > 0 && rows[0]!.by !== by) close();
      const cells = cellsOf(text, line, by);
      // A line of markdown between head and body.
      if (!cells.every((cell) => /^:?-{2,}:?$/.test(cell.text)) || rows.length === 0) rows.push({ line, cells, by });
    } else if (line.end > line.start || rows.length > 0) {
      close();
      if (line.end > line.start) captions = [...captions.slice(-2), line];
    }
    start = line.end + 1;
  }
  close();
  return tables;
}

function separatorOf(text: string, { start, end }: Span): '|' | '\t' | undefined {
  const [bar, tab] = [text.indexOf('|', start), text.indexOf('\t', start)];
  if (bar >= 0 && bar < end) {
    const second = text.indexOf('|', bar + 1);
    return second >= 0 && second < end ? '|' : undefined;
  }
  return tab >= 0 && tab < end ? '\t' : undefined;
}

function isTable(rows: readonly Cell[][]): boolean {
  if (rows.length < 2) return false;
  const widths = rows.map((cells) => cells.reduce((sum, cell) => sum + cell.colSpan, 0));
  const most = Math.max(...widths.slice(0, 1_000));
  if (most < 2) return false;
  // Menus of a page stand between bars as well, each line as wide as it likes.
  const even = widths.filter((width) => Math.abs(width - most) <= 1).length;
  if (even < rows.length * 0.6) return false;
  return rows.length >= 3 || rows.some((cells) => cells.some((cell) => isFigureCell(cell.text)));
}

/** Nothing at all between two bars, in a line of words, is the rest of a merged cell; a space is an empty cell. */
function cellsOf(text: string, line: Span, by: string): Cell[] {
  const cells: Cell[] = [];
  let at = line.start;
  if (by === '|' && text[at] === '|') at += 1;
  while (at <= line.end) {
    const found = text.indexOf(by, at);
    const end = found < 0 || found > line.end ? line.end : found;
    const isRest = end === line.end && at === end && cells.length > 0 && by === '|';
    if (isRest) break;
    const last = cells.at(-1);
    if (by === '|' && at === end && last && last.text !== '' && !isFigureCell(last.text)) last.colSpan += 1;
    else {
      let [from, to] = [at, end];
      while (from < to && text[from] === ' ') from += 1;
      while (to > from && text[to - 1] === ' ') to -= 1;
      cells.push({ text: text.slice(from, to), span: { start: from, end: to }, colSpan: 1 });
    }
    if (end === line.end) break;
    at = end + 1;
  }
  // The bar at the end of a line closes its last cell and opens none.
  if (
    by === '|' &&
    /\|\s*$/.test(text.slice(Math.max(line.start, line.end - 3), line.end)) &&
    cells.at(-1)?.text === ''
  )
    cells.pop();
  return cells;
}

const unitForm = /单\s?位\s?[:：]\s?([^)）|\n\s]{1,20}(?:[ 、,，/][^)）|\n\s]{1,12}){0,3})/;

function tableOf(text: string, rows: { line: Span; cells: Cell[] }[], captions: readonly Span[]): TextTable {
  const words = captions
    .filter(({ start, end }) => end - start <= 80)
    .map(({ start, end }) => text.slice(start, end))
    .slice(-2);
  // 单位：亿元 may stand in a row of the table, in one cell over its width.
  while (rows.length > 2 && rows[0]!.cells.filter((cell) => cell.text !== '').length === 1)
    words.push(rows.shift()!.cells.find((cell) => cell.text !== '')!.text);
  const caption = words.join('\n');
  const body = rows.findIndex(({ cells }) => {
    const filled = cells.filter((cell) => cell.text !== '');
    return filled.slice(1).filter((cell) => isFigureCell(cell.text)).length * 2 >= Math.max(1, filled.length - 1);
  });
  return {
    span: { start: rows[0]!.line.start, end: rows.at(-1)!.line.end },
    caption,
    unit: unitForm.exec(caption)?.[1]?.trim() ?? null,
    rows: rows.map(({ cells }) => ({ cells })),
    headerRows: body < 0 ? 1 : body,
  };
}
