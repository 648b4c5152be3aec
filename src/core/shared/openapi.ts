import { z } from 'zod';
import type { Contract, Endpoint } from './contract.ts';

/** OpenAPI 3.1, straight from the contracts; nothing is generated into the tree. */
export function openapi(contracts: readonly Contract[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const contract of contracts)
    for (const [name, endpoint] of Object.entries(contract.endpoints)) {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
      paths[path] ??= {};
      paths[path][endpoint.kind === 'command' ? 'post' : 'get'] = operation(contract, name, endpoint);
    }
  return {
    openapi: '3.1.0',
    info: {
      title: '挂图 Guatu',
      version: '1',
      description: 'Commands need the header x-guatu: 1, and take idempotency-key.',
    },
    paths,
  };
}

function operation(contract: Contract, name: string, e: Endpoint) {
  const inPath = [...e.path.matchAll(/:(\w+)/g)].map((m) => m[1]!);
  const schema = schemaOf(e.input, 'input') as { properties?: Record<string, object>; required?: string[] };
  const parameters = Object.entries(schema.properties ?? {})
    .filter(([key]) => e.kind !== 'command' || inPath.includes(key))
    .map(([key, s]) => ({
      name: key,
      in: inPath.includes(key) ? 'path' : 'query',
      required: inPath.includes(key) || (schema.required?.includes(key) ?? false),
      schema: s,
    }));
  const content =
    e.kind === 'download'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(e.output, 'output') } };
  return {
    operationId: `${contract.name}.${name}`,
    tags: [contract.name],
    summary: e.summary.zh,
    description: e.summary.en,
    'x-permission': e.permission,
    parameters,
    ...(e.kind === 'command' && { requestBody: { content: { 'application/json': { schema } } } }),
    responses: { 200: { description: 'OK', content } },
  };
}

export const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });
