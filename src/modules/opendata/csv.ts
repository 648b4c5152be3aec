export type CsvCell = string | number | boolean | null | undefined;

/** Excel and WPS run a cell that begins so as a formula, also out of a CSV. */
const formula = /^[=+\-@\t\r]/;

function field(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(field).join(',')}\r\n`;

/** RFC 4180 with a byte order mark, without which Excel reads Chinese as GBK. */
export function csvStream(head: readonly string[], rows: Iterable<readonly CsvCell[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = rows[Symbol.iterator]();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(`\ufeff${csvRow(head)}`)),
    pull(controller) {
      let text = '';
      for (let i = 0; i < 1000; i++) {
        const next = iterator.next();
        if (next.done) {
          if (text) controller.enqueue(encoder.encode(text));
          return controller.close();
        }
        text += csvRow(next.value);
      }
      controller.enqueue(encoder.encode(text));
    },
  });
}
