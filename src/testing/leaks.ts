import type { Answer } from './ask.ts';

/** What every signed-in account may know of any unit (modules/organization/README.md), and nothing beside it. */
const unitReference = ['id', 'name', 'shortName', 'kind', 'parentId', 'parentName', 'initials', 'state', 'canOpen'];
const idPattern = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export interface Foreign {
  name: string;
  ids: ReadonlySet<string>;
  unitIds: ReadonlySet<string>;
}

/** Where an answer tells something of the other county, other than what was sent and the common unit references. */
export function leaksIn(answer: Pick<Answer, 'text' | 'body'>, foreign: Foreign, sent: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const look = (text: string, path: string): void => {
    const id = (text.match(idPattern) ?? []).find((one) => foreign.ids.has(one) && !sent.has(one));
    if (text.includes(foreign.name) || id) found.push(`${path}: ${text.slice(0, 120)}`);
  };
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') look(value, path);
    if (value === null || typeof value !== 'object') return;
    if (isUnitReference(value, foreign)) return;
    for (const [key, inner] of Object.entries(value)) {
      look(key, `${path}.${key}`);
      walk(inner, `${path}.${Array.isArray(value) ? '[]' : key}`);
    }
  };
  if (answer.body === undefined) look(answer.text, '');
  else walk(answer.body, '');
  return found;
}

const isUnitReference = (value: object, foreign: Foreign): boolean =>
  foreign.unitIds.has((value as { id?: string }).id ?? '') &&
  Object.keys(value).every((key) => unitReference.includes(key)) &&
  (value as { canOpen?: boolean }).canOpen !== true;

/** The answer without references to the other county's units and without the moment at which it was given or worked out. */
export function withoutReferences(value: unknown, foreign: Foreign): unknown {
  if (Array.isArray(value))
    return value
      .filter((one) => typeof one !== 'object' || one === null || !isUnitReference(one, foreign))
      .map((one) => withoutReferences(one, foreign));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'madeAt' && key !== 'told')
      .map(([key, inner]) => [key, withoutReferences(inner, foreign)]),
  );
}
