import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { isExplanation } from '#modules/filings/server/public.ts';
import type { FindingShown } from '../shapes.ts';
import { isOpen, listFindings } from './money.ts';
import { insertRows, written } from './tables.ts';

const keyOf = ({ code, subject, excessYuan }: FindingShown) => `${code} ${subject} ${excessYuan}`;

/** Queries of a project that nobody has explained yet, in the years asked for. */
export async function openQueries(scope: Scope, projectId: string, years: readonly number[]): Promise<FindingShown[]> {
  const found = new Map<string, FindingShown>();
  for (const year of years)
    for (const finding of (await listFindings(scope, [projectId], year)).get(projectId) ?? [])
      if (isOpen(finding)) found.set(keyOf(finding), finding);
  return [...found.values()];
}

/**
 * After a command has written: queries that it raised need an explanation given with it. Those that stood open before
 * are not held against it; they wait on the page.
 * @throws Problem 422 explanation_needed, with every query in its sentence
 */
export async function settleQueries(
  scope: Scope,
  projectId: string,
  years: readonly number[],
  before: readonly FindingShown[],
  { text, field }: { text: string | undefined; field: string },
): Promise<void> {
  const known = new Set(before.map(keyOf));
  const raised = (await openQueries(scope, projectId, years)).filter((finding) => !known.has(keyOf(finding)));
  if (raised.length === 0) return;
  if (!isExplanation(text)) {
    const zh = raised.map((f) => f.words.zh).join('；');
    const en = raised.map((f) => f.words.en).join('; ');
    throw invalid(
      'explanation_needed',
      {
        zh: `${zh}。请核对；确实如此的，写明原因（不少于 10 个字，“核实无误”不算）`,
        en: `${en}. Check it; if it is so, say why in ten characters or more`,
      },
      field,
      { findings: raised.map(({ code, subject, words }) => ({ code, subject, words })) },
    );
  }
  await insertExplanations(scope, projectId, raised, text!);
}

/** @throws Problem 422 explanation_needed */
export function requireExplanation(text: string): void {
  if (!isExplanation(text))
    throw invalid(
      'explanation_needed',
      {
        zh: '请写明原因，不少于 10 个字，“核实无误”不算',
        en: 'Say why, in ten characters or more; “checked” is no reason',
      },
      'text',
    );
}

export async function insertExplanations(
  scope: Scope,
  projectId: string,
  findings: readonly FindingShown[],
  text: string,
): Promise<void> {
  await insertRows(
    scope,
    'explanation',
    findings.map(({ code, subject, excessYuan }) => ({
      cityId: scope.cityId,
      id: newId(),
      projectId,
      code,
      subject,
      excessYuan,
      text,
      ...written(scope),
    })),
  );
}
