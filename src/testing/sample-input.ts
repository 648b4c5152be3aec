import { z } from 'zod';
import type { Endpoint } from '#core/shared/contract.ts';

/** Inputs for endpoints that nobody has met yet, made from their own schemas. */

interface Schema {
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  minLength?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export interface IdField {
  /** Keys from the top of the input; '[]' stands for the first item of a list. */
  path: string[];
  kind: 'uuid' | 'file';
}

export const schemaOf = (endpoint: Endpoint): Schema =>
  z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Schema;

const sha256 = '0'.repeat(64);
const isFile = (schema: Schema) => schema.pattern !== undefined && new RegExp(schema.pattern).test(sha256);
/** A role is named by a word or by the id of a row, a view's list by anything: names that end like an id count as one. */
const isNamedId = (key: string) => /^(id|role)$|Ids?$/.test(key);

/** Every place of an input in which an id can stand: by format, by pattern, or by its name. */
export function idFieldsOf(schema: Schema, path: string[] = []): IdField[] {
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const found = branches.flatMap((branch) => idFieldsOf(branch, path));
  if (schema.items) found.push(...idFieldsOf(schema.items, [...path, '[]']));
  for (const [key, property] of Object.entries(schema.properties ?? {}))
    found.push(...idFieldsOf(property, [...path, key]));
  if (isFile(schema)) found.push({ path, kind: 'file' });
  else if (schema.format === 'uuid') found.push({ path, kind: 'uuid' });
  else if (schema.type === 'string' && !schema.enum && !schema.format && isNamedId(path.at(-1) ?? ''))
    found.push({ path, kind: 'uuid' });
  return found.filter((f, i) => found.findIndex((g) => g.path.join() === f.path.join()) === i);
}

/** Texts that some pattern of the contracts asks for; the first that fits is taken. */
const texts = ['示例文字示例文字', '2021-09', '430603', sha256, 'city', 'sample', '13000000000'];
const formats: Record<string, string> = {
  date: '2021-09-26',
  'date-time': '2021-09-26T00:00:00.000Z',
  uuid: '01960000-0000-7000-8000-000000000000',
};

function text(schema: Schema): string {
  if (schema.format && schema.format in formats) return formats[schema.format]!;
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u');
  return texts.find((t) => (!pattern || pattern.test(t)) && t.length >= (schema.minLength ?? 0)) ?? '';
}

/**
 * The smallest input that the schema allows, with `value` at `path` (whatever is optional on the way there is filled in).
 * `free` is what stands in optional free texts: a search for another county's words.
 */
export function sampleOf(schema: Schema, path: string[] = [], value?: unknown, free?: string): unknown {
  const [head, ...rest] = path;
  if (head === undefined && value !== undefined) return value;
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) {
    const branch = branches.find((b) => leadsTo(b, path)) ?? branches.find((b) => b.type !== 'null')!;
    return sampleOf(branch, path, value, free);
  }
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const wanted = Object.entries(schema.properties ?? {}).filter(
      ([key, property]) => key === head || schema.required?.includes(key) || (free !== undefined && isFree(property)),
    );
    return Object.fromEntries(
      wanted.map(([key, property]) => [
        key,
        key === head
          ? sampleOf(property, rest, value, free)
          : free !== undefined && isFree(property)
            ? free
            : sampleOf(property, [], undefined, free),
      ]),
    );
  }
  if (type === 'array') {
    if (head === '[]') return [sampleOf(schema.items!, rest, value, free)];
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items!, [], undefined, free));
  }
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1) <= 1 ? 1 : schema.minimum;
  if (type === 'boolean') return true;
  if (type === 'string') return text(schema);
  return {};
}

const isFree = (schema: Schema) => schema.type === 'string' && !schema.format && !schema.pattern && !schema.enum;

function leadsTo(schema: Schema, [head, ...rest]: string[]): boolean {
  if (head === undefined) return schema.format === 'uuid' || isFile(schema) || schema.type === 'string';
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (branches.some((b) => leadsTo(b, [head, ...rest]))) return true;
  const next = head === '[]' ? schema.items : schema.properties?.[head];
  return next !== undefined && (rest.length === 0 || leadsTo(next, rest));
}
