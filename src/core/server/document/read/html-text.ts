import { HTMLElement, type Node, NodeType, parse } from 'node-html-parser';
import { DocumentBuilder, type DocumentText } from '../../../shared/document-text.ts';

const containers = new Set(['DIV', 'BODY', 'HTML', 'SECTION', 'ARTICLE', 'MAIN', 'BLOCKQUOTE', 'CENTER', 'FORM', 'DD']);
const dropped = new Set(['SCRIPT', 'STYLE', 'HEAD', 'TEMPLATE', 'NOSCRIPT', 'IMG', 'SUP']);
const blocks = new Set([...containers, 'P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI', 'TABLE', 'PRE']);

/** HTML (what a Word file is turned into, or a saved page) to text and blocks. Markup other than structure is dropped. */
export function readHtml(html: string): DocumentText {
  const builder = new DocumentBuilder();
  walk(parse(html, { comment: false }), builder);
  return builder.build();
}

function walk(node: HTMLElement, builder: DocumentBuilder): void {
  let inline: Node[] = [];
  const flush = () => {
    putLines(inline.map(words).join(''), builder);
    inline = [];
  };
  for (const child of node.childNodes) {
    if (!(child instanceof HTMLElement)) {
      inline.push(child);
      continue;
    }
    const tag = child.tagName ?? '';
    if (dropped.has(tag)) continue;
    if (!blocks.has(tag)) {
      // A link or a span may hold whole paragraphs in saved pages.
      if (child.querySelector('p, table, div, h1, h2, h3, li')) {
        flush();
        walk(child, builder);
      } else inline.push(child);
      continue;
    }
    flush();
    if (tag === 'TABLE') putTable(child, builder);
    else if (/^H[1-6]$/.test(tag)) putHeading(child, Number(tag[1]), builder);
    else if (tag === 'P' || tag === 'PRE') putLines(words(child), builder);
    else walk(child, builder);
  }
  flush();
}

function putHeading(node: HTMLElement, level: number, builder: DocumentBuilder): void {
  const text = oneLine(words(node));
  if (text !== '') builder.heading(text, level);
}

function putLines(text: string, builder: DocumentBuilder): void {
  for (const line of text.split('\n')) {
    const kept = oneLine(line);
    if (kept !== '') builder.paragraph(kept);
  }
}

/** Line ends of the file are space, `<br>` is a line end, as on a page. */
function words(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return node.text.replace(/[\n\r\t]+/g, ' ');
  if (!(node instanceof HTMLElement)) return '';
  if (node.tagName === 'BR') return '\n';
  if (dropped.has(node.tagName ?? '')) return '';
  return node.childNodes.map(words).join('');
}

const oneLine = (text: string): string => text.replace(/[ \t\u00a0\u200b]+/g, ' ').trim();

/** Places cells on the grid as a browser does: a cell takes the first place that no cell from above reaches into. */
function putTable(table: HTMLElement, builder: DocumentBuilder): void {
  const taken = new Set<string>();
  const cells: Parameters<DocumentBuilder['table']>[0][number][] = [];
  const rows = table.querySelectorAll('tr').filter((row) => row.closest('table') === table);
  for (const [row, tr] of rows.entries()) {
    let column = 0;
    for (const td of tr.childNodes) {
      if (!(td instanceof HTMLElement) || !['TD', 'TH'].includes(td.tagName ?? '')) continue;
      while (taken.has(`${row},${column}`)) column += 1;
      const spanned = span(td, 'rowspan', rows.length - row);
      const columns = span(td, 'colspan', 200);
      for (let r = 0; r < spanned; r += 1) for (let c = 0; c < columns; c += 1) taken.add(`${row + r},${column + c}`);
      cells.push({ row, column, rows: spanned, columns, words: cellWords(td) });
      column += columns;
    }
  }
  builder.table(cells);
}

function span(cell: HTMLElement, name: string, most: number): number {
  const value = Number(cell.getAttribute(name) ?? 1);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, Math.max(1, most)) : 1;
}

/** Paragraphs of a cell are its lines; a table within a table comes as its text. */
function cellWords(cell: HTMLElement): string {
  const lines: string[] = [];
  const collect = (node: HTMLElement): void => {
    let inline = '';
    for (const child of node.childNodes) {
      if (child instanceof HTMLElement && (blocks.has(child.tagName ?? '') || /^T(BODY|R|D|H)$/.test(child.tagName))) {
        lines.push(inline);
        inline = '';
        collect(child);
      } else inline += words(child);
    }
    lines.push(inline);
  };
  collect(cell);
  return lines
    .flatMap((line) => line.split('\n'))
    .map(oneLine)
    .filter(Boolean)
    .join('\n');
}
