import { type Day, yearOf } from '#core/shared/day.ts';
import { type DocumentText, sliceOf } from '#core/shared/document-text.ts';
import type { Workdays } from '#core/shared/official-date.ts';
import type { ProposedRow } from './proposal.ts';
import { proposeFromProse } from './prose-rows.ts';
import { proposeFromTable, type RuleContext } from './table-rows.ts';

/** 2022年重点工作任务分解表: the year that the first lines name, when it is that of the document's day or the one after. */
export function planYear(document: DocumentText, title: string, on: Day): number {
  const own = yearOf(on);
  const head = document.blocks.slice(0, 3).map((block) => (block.kind === 'table' ? '' : sliceOf(document, block)));
  for (const words of [title, ...head]) {
    const year = Number(/(20\d{2})\s*年(?!\s*\d{1,2}\s*月)/.exec(words)?.[1] ?? Number.NaN);
    if (year === own || year === own + 1) return year;
  }
  return own;
}

/**
 * The rows that a document proposes: those of its task tables when it has one, else what its sentences order. Pure: the same
 * document gives the same rows. Units are words here; who they are is found in the register afterwards.
 */
export function propose(
  document: DocumentText,
  { title, on, workdays }: { title: string; on: Day; workdays?: Workdays },
): ProposedRow[] {
  const context: RuleContext = { on, ownYear: planYear(document, title, on), workdays };
  const rows = document.blocks.flatMap((block) =>
    block.kind === 'table' ? proposeFromTable(document, block, context) : [],
  );
  if (rows.length > 0) return rows.map(({ rowId: _, rowVersion: __, ...row }) => row);
  return proposeFromProse(document, context);
}
