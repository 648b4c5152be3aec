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
  // The first rows of the table that is being read: a long one tells them again on each page.
  let head: string[] = [];
  for (const page of pages) {
    const blocks = blocksOf(page).map(linesOf);
    const last = blocks.at(-1)?.at(-1);
    if (last && last.cells.length === 1 && isPageNumber(last.cells[0]!)) blocks.at(-1)!.pop();
    let again = 0;
    for (const [number, lines] of blocks.entries()) {
      const margin = {
        left: Math.min(...lines.map((line) => line.left)),
        right: Math.max(...lines.map((line) => line.right)),
      };
      for (const [index, line] of lines.entries()) {
        const isRow = isTableRow(lines, index);
        const words = isRow ? `| ${line.cells.join(' | ')} |` : line.cells.join(' ');
        const isTold = number === 0 && index === again && index < head.length && words === head[index];
        if (isTold && parts.length > 0 && index < 3) {
          again += 1;
          continue;
        }
        if (!isRow) head = [];
        else if (head.length < 3) head.push(words);
        const runsOn = before && !isRow && !before.line.cells[1] && runsInto(before, line, margin);
        if (before) parts.push(runsOn ? '' : '\n');
        parts.push(words);
        before = { line: isRow ? { ...line, cells: ['', ''] } : { ...line, cells: [words] }, margin };
      }
    }
  }
  return parts.join('');
}

/** One stretch of a line without a wide gap. */
interface Segment {
  items: PageItem[];
  left: number;
  right: number;
  y: number;
  size: number;
  length: number;
}

/**
 * What is set in columns, one column after the other; what goes across the page (a title, a table) parts what stands above and below
 * it. A table of two columns is none: in columns of text most lines reach the gap, and say something.
 */
function blocksOf(items: readonly PageItem[], depth = 0): PageItem[][] {
  const segments = segmentsOf(items);
  const gap = depth < 3 ? gapOf(segments) : undefined;
  if (gap === undefined) return [[...items]];
  const blocks: PageItem[][] = [];
  let [left, right, across]: PageItem[][] = [[], [], []];
  const close = () => {
    if (across!.length > 0) blocks.push(across!);
    for (const side of [left!, right!]) if (side.length > 0) blocks.push(...blocksOf(side, depth + 1));
    [left, right, across] = [[], [], []];
  };
  for (const segment of segments.toSorted((a, b) => b.y - a.y)) {
    if (segment.left < gap && segment.right > gap) {
      if (left!.length + right!.length > 0) close();
      across!.push(...segment.items);
    } else {
      if (across!.length > 0) {
        blocks.push(across!);
        across = [];
      }
      (segment.right <= gap ? left! : right!).push(...segment.items);
    }
  }
  close();
  return blocks;
}

function segmentsOf(items: readonly PageItem[]): Segment[] {
  const segments: Segment[] = [];
  const filled = items.filter((item) => item.text.trim() !== '').toSorted((a, b) => b.y - a.y || a.x - b.x);
  let row: PageItem[] = [];
  const close = () => {
    for (const item of row.toSorted((a, b) => a.x - b.x)) {
      const last = segments.at(-1);
      const isNext = last && row.includes(last.items[0]!) && item.x - last.right <= item.size * 1.1;
      if (isNext) {
        last.items.push(item);
        last.right = Math.max(last.right, item.x + item.width);
        last.length += item.text.trim().length;
      } else
        segments.push({
          items: [item],
          left: item.x,
          right: item.x + item.width,
          y: item.y,
          size: item.size,
          length: item.text.trim().length,
        });
    }
    row = [];
  };
  for (const item of filled) {
    if (row.length > 0 && Math.abs(row[0]!.y - item.y) > Math.max(2, item.size * 0.4)) close();
    row.push(item);
  }
  close();
  return segments;
}

/** Where the gap between two columns of text is, in the middle three fifths of the page; undefined when there is none. */
function gapOf(segments: readonly Segment[]): number | undefined {
  if (segments.length < 10 || segments.length > 5_000) return undefined;
  const from = Math.min(...segments.map((one) => one.left));
  const to = Math.max(...segments.map((one) => one.right));
  let [best, crossed] = [0, Number.POSITIVE_INFINITY];
  let width = 0;
  let run = 0;
  for (let x = from + (to - from) * 0.2; x <= to - (to - from) * 0.2; x += 2) {
    const n = segments.filter((one) => one.left < x && one.right > x).length;
    run = n === crossed ? run + 1 : 1;
    if (n < crossed || (n === crossed && run > width)) [best, crossed, width] = [x - run + 1, n, n < crossed ? 1 : run];
  }
  const [left, right] = [segments.filter((one) => one.right <= best), segments.filter((one) => one.left >= best)];
  const isText = (side: readonly Segment[]) => {
    const edge = Math.max(...side.map((one) => one.right));
    const long = side.filter((one) => one.length >= 8);
    return (
      long.length >= 4 &&
      long.length >= side.length * 0.6 &&
      long.filter((one) => one.right >= edge - one.size * 2).length >= side.length * 0.5
    );
  };
  return left.length + right.length >= segments.length * 0.6 && isText(left) && isText(right) ? best : undefined;
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
