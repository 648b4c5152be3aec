import type { DocumentText, Table } from '#core/shared/document-text.ts';

/**
 * A document of paragraphs and tables as one text in which each row of a table is a line of cells between `|`, as the desk
 * reads tables. Nothing between two bars is the rest of a cell that reaches over several columns.
 */
export function withBars({ text, blocks }: DocumentText): string {
  const parts: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'table') {
      // The name of a sheet is its caption, unless it is the program's own.
      if (block.name && !/^(?:Sheet|工作表)\d*$/i.test(block.name)) parts.push(block.name);
      parts.push(...rowsOf(text, block), '');
    } else parts.push(text.slice(block.start, block.end));
  }
  return parts.join('\n');
}

function rowsOf(text: string, table: Table): string[] {
  const rows = Array.from({ length: table.rows }, () =>
    Array.from({ length: table.columns }, (): string | null => ' '),
  );
  for (const cell of table.cells) {
    const row = rows[cell.row];
    if (!row) continue;
    const words = text
      .slice(cell.start, cell.end)
      .replace(/\s*\n\s*/g, '')
      .replaceAll('|', '／')
      .trim();
    row[cell.column] = words === '' ? ' ' : ` ${words} `;
    for (let c = cell.column + 1; c < cell.column + cell.columns && c < table.columns; c += 1) row[c] = null;
  }
  return rows
    .filter((row) => row.some((cell) => cell !== null && cell.trim() !== ''))
    .map((row) => `|${row.map((cell) => cell ?? '').join('|')}|`);
}
