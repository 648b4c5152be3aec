import { z } from 'zod';

interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
}

/**
 * A query string carries only text. Numbers and booleans are read as such where the endpoint's schema says so, and
 * fields that are lists or objects arrive as JSON. What does not fit is left as it is, so that Zod names the fault.
 */
export function decoderFor(schema: z.ZodObject): (query: Record<string, string>) => Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return (query) =>
    Object.fromEntries(Object.entries(query).map(([key, text]) => [key, decode(text, properties[key]?.type)]));
}

function decode(text: string, type: string | string[] | undefined): unknown {
  if (type === 'string') return text;
  if (type === 'number' || type === 'integer')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (!/^[[{"]|^(null|true|false)$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
