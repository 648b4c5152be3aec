/** A value of a cell. Money in whole yuan, days as text; a missing value is null and never 0. */
export type CellValue = string | number | boolean | null;

/** One project of the month by the names of its fields. */
export type SnapshotRow = { id: string } & Record<string, CellValue>;

/** The cells of a month: `rows[i][0]` is the project, then the values of `fields` in their order. */
export interface SnapshotBody {
  schema: 'guatu.snapshot/1';
  fields: string[];
  rows: CellValue[][];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Cells in their canonical order: fields by name, rows by project, so that the same cells are the same text whatever the
 * order in which they were read. A field that no row has is left out.
 */
export function bodyOf(rows: readonly SnapshotRow[]): SnapshotBody {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((f) => f !== 'id').sort(byText);
  return {
    schema: 'guatu.snapshot/1',
    fields,
    rows: [...rows].sort((a, b) => byText(a.id, b.id)).map((row) => [row.id, ...fields.map((f) => row[f] ?? null)]),
  };
}

/** The text that is hashed and kept. Keys in this order, no spaces: JSON.stringify is canonical for it. */
export const canonicalText = ({ schema, fields, rows }: SnapshotBody): string =>
  JSON.stringify({ fields, rows, schema });

export function rowsOf(body: SnapshotBody): SnapshotRow[] {
  return body.rows.map(([id, ...values]) => {
    const row: SnapshotRow = { id: String(id) };
    for (const [i, field] of body.fields.entries()) row[field] = values[i]!;
    return row;
  });
}

export const cellCount = (body: SnapshotBody): number => body.rows.length * body.fields.length;

export interface CellChange {
  projectId: string;
  name: string;
  field: string;
  old: CellValue;
  new: CellValue;
}

/** Cells that differ between two snapshots of a month, by project and field. */
export function changesBetween(before: SnapshotBody, after: SnapshotBody): CellChange[] {
  const [old, now] = [before, after].map((body) => new Map(rowsOf(body).map((row) => [row.id, row]))) as [
    Map<string, SnapshotRow>,
    Map<string, SnapshotRow>,
  ];
  const fields = [...new Set([...before.fields, ...after.fields])].sort(byText);
  return [...new Set([...old.keys(), ...now.keys()])].sort(byText).flatMap((projectId) => {
    const [left, right] = [old.get(projectId), now.get(projectId)];
    return fields.flatMap((field) => {
      const [a, b] = [left?.[field] ?? null, right?.[field] ?? null];
      return a === b ? [] : [{ projectId, name: String((right ?? left)?.name ?? ''), field, old: a, new: b }];
    });
  });
}
