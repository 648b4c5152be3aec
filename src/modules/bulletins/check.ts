import { type Claim, readStatements } from './claims.ts';
import type { Context } from './context.ts';
import { checkCounts } from './count.ts';
import { findFigures } from './figures.ts';
import { checkGaps } from './gap.ts';
import { checkGrowth } from './growth.ts';
import type { Attribute } from './measure.ts';
import { checkRankings } from './rank.ts';
import { checkRates } from './rate.ts';
import { checkRestated } from './restated.ts';
import type { Check, CleanText, Span } from './shapes.ts';
import { checkShares } from './share.ts';
import { checkSums } from './sum.ts';
import { checkTable } from './table-check.ts';
import { readSheets } from './table-sheet.ts';

/**
 * Every figure of a document that other figures of it can be held to: sums, rates, gaps to the clock, growth, shares, ranks,
 * counts, and figures told twice, in running text, in tables, and between both; in the order of the text. A number stands for all
 * values that are printed so (74.1: 74.05 … 74.15). “contradicts” is said only where no reading of the document explains the number.
 * Spans are in `text.clean`.
 */
export function checkText(text: CleanText, documentDate: string | null = null): Check[] {
  const tables = text.tables.map((table) => table.span);
  const closed: Span[] = [...tables, ...text.unreadable.map((lost) => lost.span)].sort((a, b) => a.start - b.start);
  const figures = findFigures(text.clean, closed);
  const statements = readStatements(text.clean, figures, tables, text.articles);
  const byAttribute = new Map<Attribute, Claim[]>();
  for (const claim of statements.claims) {
    const list = byAttribute.get(claim.attribute);
    if (list) list.push(claim);
    else byAttribute.set(claim.attribute, [claim]);
  }
  const sheets = readSheets(text);
  const context: Context = { text, figures, statements, tables: sheets, documentDate, byAttribute, rates: new Map() };
  // Rates first: gaps are held to them, and a table may tell the plan that the text leaves out.
  const rates = checkRates(context);
  const restated = checkRestated(context);
  const checks = [
    ...rates.filter((check) => check.detail !== 'replaced'),
    ...restated,
    ...checkGaps(context),
    ...checkGrowth(context),
    ...checkShares(context),
    ...checkSums(context),
    ...checkCounts(context),
    ...checkRankings(context),
    ...sheets.flatMap(checkTable),
  ];
  return settled(checks);
}

/** One wrong figure is told once where it is wrong, and doubts are not told of a figure that something else explains. */
function settled(checks: readonly Check[]): Check[] {
  const explained = new Set(
    checks.filter((c) => c.verdict === 'agrees' || c.verdict === 'last-digit').map((c) => c.spans[0]!.start),
  );
  const seen = new Set<string>();
  return checks
    .filter((check) => !(check.verdict === 'cannot-judge' && explained.has(check.spans[0]!.start)))
    .filter((check) => {
      const key = `${check.kind}:${check.verdict}:${check.spans.map((s) => s.start).join(',')}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.spans[0]!.start - b.spans[0]!.start);
}
