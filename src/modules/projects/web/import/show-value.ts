import type { Language, Text } from '#core/shared/words.ts';
import { wan } from '#core/web/ui/format.ts';
import { planKindWords, stageWords } from '../../column-words.ts';
import type { BusinessDate } from '../../contract.ts';
import { fieldInfo, isLedgerField } from '../../ledger/field.ts';
import type { PlanKind, Stage } from '../../stages.ts';
import { showDate } from '../show.ts';
import type { zh } from './text.ts';

export interface Shown {
  language: Language;
  regionName: (code: string) => string;
  t: Text<typeof zh>;
}

/** 万元 with as many decimals as the yuan need, at most four: 3,500 and 12.3456. */
export function plainWan(yuan: number): string {
  const text = wan(yuan, 4);
  return text.replace(/\.?0+$/, '');
}

/** One value of the preview as a person reads it. `field` is the ledger's or the register's name for it. */
export function showValue(field: string, value: unknown, { language, regionName, t }: Shown): string {
  const name = field.split('.')[0]!;
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'number') return isMoney(name) ? plainWan(value) : String(value);
  if (typeof value === 'boolean') return value ? (language === 'zh' ? '是' : 'yes') : language === 'zh' ? '否' : 'no';
  if (Array.isArray(value)) return value.join('、');
  if (name === 'planKind') return planKindWords[value as PlanKind]?.[language] ?? String(value);
  if (name === 'stage') return stageWords[value as Stage]?.[language] ?? String(value);
  if (name === 'region' || name === 'regionCode') return regionName(String(value));
  if (typeof value === 'object') return showObject(value as Record<string, unknown>);
  const made = /^new:\w+:([\s\S]*)$/.exec(String(value));
  return made ? `${made[1]}${t.willCreate}` : String(value);
}

const isMoney = (name: string): boolean => isLedgerField(name) && fieldInfo(name).type === 'money';

function showObject(value: Record<string, unknown>): string {
  if (typeof value.day === 'string') return dateText(value as BusinessDate);
  if (value.from && value.to) return `${dateText(value.from as BusinessDate)} – ${dateText(value.to as BusinessDate)}`;
  if (typeof value.crs === 'string') return `${value.x}, ${value.y}`;
  return JSON.stringify(value);
}

/** The day meant stands behind words that do not say it: 6月底前（2021-06-30）. */
function dateText(date: BusinessDate): string {
  const words = showDate(date);
  return words === date.day || /^\d{4}$|^\d{4}-\d{2}$/.test(words) ? words : `${words}（${date.day}）`;
}
