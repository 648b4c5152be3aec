import { readdir, readFile } from 'node:fs/promises';
import { History } from '../history.ts';

/** The demonstration's files lie beside the program, not in it: see demo/README.md. */
const folder = new URL('../../../../demo/', import.meta.url);

export const ledgerName = 'ledger-2021.xlsx';
export const readLedger = async (): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(ledgerName, folder)));
export const readBoundary = async (): Promise<unknown> =>
  JSON.parse(await readFile(new URL('boundaries/yueyang.geojson', folder), 'utf8'));
export const readHistory = async (): Promise<History> =>
  History.parse(JSON.parse(await readFile(new URL('filings.json', folder), 'utf8')));

export async function readPhotos(): Promise<{ name: string; bytes: Uint8Array }[]> {
  const names = (await readdir(new URL('photos/', folder))).filter((name) => name.endsWith('.jpg')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `示例-${name}`,
      bytes: new Uint8Array(await readFile(new URL(`photos/${name}`, folder))),
    })),
  );
}
