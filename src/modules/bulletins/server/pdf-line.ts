/** A piece of text where a page has it; lengths in points, from the lower left corner. */
export interface PageItem {
  text: string;
  x: number;
  y: number;
  width: number;
  /** Height of its letters. */
  size: number;
}

interface Line {
  cells: string[];
  left: number;
  right: number;
  y: number;
  size: number;
}

const isPageNumber = (text: string): boolean =>
  /^[-—–\s]*(?:第\s?)?\d{1,4}(?:\s?页|\s?\/\s?\d{1,4})?[-—–\s]*$/.test(text);

/**
 * Pages of placed text to lines of reading: what stands on one height is a line, wide gaps part cells of a table (`|`), a line
 * that reaches the right margin runs on into the next one unless that is indented, also over the end of a page.
 */
export function textOfPages(pages: readonly (readonly PageItem[])[]): string {
  const parts: string[] = [];
  let before: { line: Line; margin: { left: number; right: number } } | undefined;
  for (const page of pages) {
    const lines = linesOf(page);
    const last = lines.at(-1);
    if (last && last.cells.length === 1 && isPageNumber(last.cells[0]!)) lines.pop();
    const margin = {
      left: Math.min(...lines.map((line) => line.left)),
      right: Math.max(...lines.map((line) => line.right)),
    };
    for (const [index, line] of lines.entries()) {
      const isRow = isTableRow(lines, index);
      const words = isRow ? `| ${line.cells.join(' | ')} |` : line.cells.join(' ');
      const runsOn = before && !isRow && !before.line.cells[1] && runsInto(before, line, margin);
      if (before) parts.push(runsOn ? '' : '\n');
      parts.push(words);
      before = { line: isRow ? { ...line, cells: ['', ''] } : { ...line, cells: [words] }, margin };
    }
  }
  return parts.join('');
}

function linesOf(items: readonly PageItem[]): Line[] {
  const filled = items.filter((item) => item.text.trim() !== '');
  const sorted = filled.toSorted((a, b) => b.y - a.y || a.x - b.x);
  const groups: PageItem[][] = [];
  for (const item of sorted) {
    const group = groups.at(-1);
    if (group && Math.abs(group[0]!.y - item.y) <= Math.max(2, item.size * 0.4)) group.push(item);
    else groups.push([item]);
  }
  return groups.map((group) => {
    const row = group.toSorted((a, b) => a.x - b.x);
    const cells: string[] = [];
    let right = Number.NEGATIVE_INFINITY;
    for (const item of row) {
      const gap = item.x - right;
      if (cells.length === 0 || gap > item.size * 1.1) cells.push(item.text.trim());
      else
        cells[cells.length - 1] +=
          (gap > item.size * 0.3 && /\w$/.test(cells.at(-1)!) && /^\w/.test(item.text) ? ' ' : '') + item.text.trim();
      right = Math.max(right, item.x + item.width);
    }
    return { cells, left: row[0]!.x, right, y: row[0]!.y, size: Math.max(...row.map((item) => item.size)) };
  });
}

/** Three cells or more beside a line that has as many, or two when one of them is a figure. */
function isTableRow(lines: readonly Line[], index: number): boolean {
  const { cells } = lines[index]!;
  if (cells.length < 2) return false;
  const isLike = (other: Line | undefined) =>
    other !== undefined && Math.abs(other.cells.length - cells.length) <= 1 && other.cells.length >= 2;
  const hasNeighbour = isLike(lines[index - 1]) || isLike(lines[index + 1]);
  return hasNeighbour && (cells.length >= 3 || cells.some((cell) => /^[\d.,%]+$/.test(cell)));
}

function runsInto(
  before: { line: Line; margin: { left: number; right: number } },
  line: Line,
  margin: { left: number; right: number },
): boolean {
  const isFull = before.line.right >= before.margin.right - before.line.size * 1.6;
  const isIndented = line.left > margin.left + line.size * 0.8;
  const isSameSize = Math.abs(before.line.size - line.size) <= 1;
  return isFull && !isIndented && isSameSize;
}
