import type { DocumentCell, DocumentColumn, OfficialDocument } from './official-document.ts';

export interface TableOfDocument {
  title: string;
  subtitle?: string;
  /** At the right above the table, as 单位：万元. */
  note?: string;
  /** Those of the Excel writer serve as they are; hidden ones are left out. */
  columns: readonly (DocumentColumn & { isHidden?: boolean })[];
  rows: Iterable<readonly DocumentCell[]>;
  totals?: Iterable<readonly DocumentCell[]>;
  /** Remarks below the table. */
  footnotes?: readonly string[];
  /** At the foot of every page. */
  marks?: readonly string[];
  /** Across, unless the columns are narrow enough together (60 characters) to stand upright. */
  landscape?: boolean;
  language?: 'zh' | 'en';
}

/** Any list as a document: `documentReply(scope, tableDocument({ title, columns, rows }), 'pdf', title)`. */
export function tableDocument({
  columns,
  rows,
  totals,
  title,
  note,
  footnotes,
  ...rest
}: TableOfDocument): OfficialDocument {
  const isShown = columns.map((column) => !column.isHidden);
  const pick = (row: readonly DocumentCell[]) => row.filter((_, c) => isShown[c] ?? true);
  const shown = columns.filter((column) => !column.isHidden);
  const width = shown.reduce((sum, column) => sum + (column.width ?? 12), 0);
  return {
    layout: 'list',
    title,
    ...rest,
    landscape: rest.landscape ?? width > 60,
    body: [
      {
        kind: 'table',
        columns: shown,
        rows: Array.from(rows, pick),
        ...(totals && { totals: Array.from(totals, pick) }),
        ...(note !== undefined && { note }),
        ...(footnotes && { footnotes }),
        // The widest tables of reports have some thirty columns: smaller type keeps numbers on one line.
        size: width > 220 ? 7.5 : width > 140 ? 9 : 10.5,
      },
    ],
  };
}
