import { parseMoney } from '#core/shared/money.ts';
import { dash, roundedQuotient } from '#core/web/ui/format.ts';
import { type ChecklistItem, documents } from '../checklist.ts';

/** Whole yuan in 万元 with the decimals it has, at most two: statistics lists are printed like that. */
export const wanExact = (yuan: number | null): string =>
  yuan === null ? dash : roundedQuotient(yuan, 10_000, yuan % 10_000 === 0 ? 0 : 2);

/** A gap with its sign. */
export const signed = (yuan: number | null): string =>
  yuan === null ? dash : `${yuan > 0 ? '+' : ''}${wanExact(yuan)}`;

/** The gap as a share of the statistics, one decimal; a dash where nothing is in the statistics. */
export function gapShare(gapYuan: number | null, statisticsYuan: number | null): string {
  if (gapYuan === null || !statisticsYuan) return dash;
  const text = roundedQuotient(gapYuan * 100, statisticsYuan, 1);
  return `${gapYuan > 0 ? '+' : ''}${text}%`;
}

/** What an amount field holds: whole yuan, nothing, or what cannot be read. 万元 unless a unit is written. */
export function readWan(text: string): number | null | 'bad' {
  if (text.trim() === '') return null;
  const read = parseMoney(text, '万元');
  return read.problem === null && read.yuan >= 0 ? read.yuan : 'bad';
}

export const wanText = (yuan: number | null): string => (yuan === null ? '' : String(yuan / 10_000));

export const marksOf = (items: readonly Pick<ChecklistItem, 'kind'>[]): string =>
  items.map((item) => documents[item.kind].mark).join('');
