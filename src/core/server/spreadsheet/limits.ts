/** Budgets that a workbook must keep; beyond them it is refused before it can hurt the server. */
export interface ReadLimits {
  /** Bytes of the file itself. */
  fileBytes: number;
  /** Bytes after unpacking, all parts of the zip together: declared and real. */
  unpackedBytes: number;
  /** A part over `ratioFromBytes` may not unpack to more than `ratio` times its packed size (sheets reach about 60). */
  ratio: number;
  ratioFromBytes: number;
  parts: number;
  /** Rows and columns that hold something; Excel's formatted but empty tails do not count. */
  rows: number;
  columns: number;
}

export const defaultLimits: ReadLimits = {
  fileBytes: 200 * 2 ** 20,
  unpackedBytes: 2 ** 30,
  ratio: 200,
  ratioFromBytes: 16 * 2 ** 20,
  parts: 5_000,
  rows: 200_000,
  columns: 1_000,
};

export interface ReadOptions {
  limits?: Partial<ReadLimits>;
  signal?: AbortSignal;
  /** Called about every thousand rows with the rows read so far in all sheets. */
  onProgress?: (rows: number) => void;
  /** Read only this sheet (0-based, in the file's order); the others come back without rows. */
  sheet?: number;
}
