import { DocumentBuilder, type DocumentText } from '../../../shared/document-text.ts';
import { cellText, type Sheet, type Workbook } from '../../../shared/sheet.ts';

/** The visible sheets of a workbook, each as one table, with its merged cells. */
export function readSheets({ sheets }: Workbook): DocumentText {
  const builder = new DocumentBuilder();
  for (const sheet of sheets) if (!sheet.hidden) builder.table(cellsOf(sheet), sheet.name);
  return builder.build();
}

function cellsOf({ rows, merges }: Sheet): Parameters<DocumentBuilder['table']>[0] {
  const merged = new Map(merges.map((merge) => [`${merge.top},${merge.left}`, merge]));
  return rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) => {
      const merge = merged.get(`${row},${column}`);
      // Tabs would read as the next cell.
      const words = cellText(cell).replaceAll('\t', ' ').replace(/\r\n?/g, '\n');
      if (words === '' && !merge) return [];
      return {
        row,
        column,
        rows: merge ? merge.bottom - merge.top + 1 : 1,
        columns: merge ? merge.right - merge.left + 1 : 1,
        words,
      };
    }),
  );
}
