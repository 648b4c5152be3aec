import { formatMoney } from '#core/shared/money.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import { ask, showReference } from '../answer.ts';
import { catalogue } from '../catalogue.ts';
import { cellText, columnsOf, describe, fieldWords } from '../describe.ts';
import type { Format, Query } from '../query.ts';
import type { Answered, Offered } from '../shapes.ts';
import type { PublicationRecord } from './store.ts';

const mostRows = 200;

/** The two numbers a rate was worked out from, as printed. */
function sumOf({ get, ...query }: Query, parts: { part: number; whole: number } | undefined): string {
  if (!parts) return '';
  const isMoney = 'part' in query ? query.part !== '#' : get === 'growth';
  const shown = (value: number) => (isMoney ? `${formatMoney(value, '万元', 2)}万元` : `${value}`);
  return `${shown(parts.part)} ÷ ${shown(parts.whole)}`;
}

/** Where a figure comes from: the question, the edition and its day, and the rows behind it. */
export function explain(found: PublicationRecord, body: EditionBody, query: Query, format: Format): Answered {
  const answer = ask(body, query);
  const named = new Map<string, string>();
  for (const row of answer.rows) named.set(row.key, row.name);
  const columns = columnsOf(query);
  return {
    text: showReference(body, { query, format }),
    says: describe(query, (key) => named.get(key) ?? key),
    sum: sumOf(query, answer.parts),
    period: found.period,
    editionVersion: found.editionVersion,
    editionHash: found.editionHash,
    day: body.day,
    columns: columns.map((key) => ({ key, words: fieldWords[key] ?? { zh: key, en: key } })),
    total: answer.rows.length,
    rows: answer.rows.slice(0, mostRows).map((row) => ({
      key: row.key,
      name: row.name,
      projectId: row.projectId,
      cells: columns.map((field) => cellText(row, field)),
    })),
  };
}

export const offered = (body: EditionBody): Offered[] =>
  catalogue.map((entry) => ({ ...entry, text: showReference(body, entry) }));
