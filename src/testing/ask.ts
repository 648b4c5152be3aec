import { readDocument } from '#core/server/document/read/read.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import type { Caller } from '#core/server/testing/test-city.ts';
import type { Endpoint } from '#core/shared/contract.ts';

export interface Answer {
  status: number;
  code: string | undefined;
  /** All there is to read in it: of a workbook its cells, of a Word file its words. */
  text: string;
  body: unknown;
}

/** Calls an endpoint with any input, right or wrong; what comes back is read whole. */
export async function ask(who: Caller, endpoint: Endpoint, input: Record<string, unknown>): Promise<Answer> {
  const rest = { ...input };
  const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest[key];
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  const isCommand = endpoint.kind === 'command';
  const query = new URLSearchParams(
    Object.entries(rest).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
  const response = await who.request(
    isCommand ? `/api${path}` : `/api${path}?${query}`,
    isCommand
      ? {
          method: 'POST',
          headers: { 'x-guatu': '1', 'content-type': 'application/json' },
          body: JSON.stringify(rest),
        }
      : { headers: { 'x-guatu': '1' } },
  );
  const type = response.headers.get('content-type') ?? '';
  const text = type.includes('spreadsheet')
    ? JSON.stringify((await readWorkbook(new Uint8Array(await response.arrayBuffer()))).sheets)
    : type.includes('wordprocessing')
      ? (await readDocument(new Uint8Array(await response.arrayBuffer()))).text
      : type.startsWith('image/')
        ? `${type} ${(await response.arrayBuffer()).byteLength}`
        : await response.text();
  const body: unknown = type.includes('json') ? JSON.parse(text) : undefined;
  return { status: response.status, code: (body as { code?: string } | undefined)?.code, text, body };
}
