import { type MoneyUnit, parseMoney } from '#core/shared/money.ts';
import { type Cell, cellText } from '#core/shared/sheet.ts';
import { plain } from './label.ts';

/** Where the unit of an amount was found, from the strongest to the weakest word. */
export type UnitSource = 'cell' | 'format' | 'header' | 'unitLine' | 'answer';

export interface UnitFound {
  unit: MoneyUnit;
  source: UnitSource;
}

/**
 * A unit of money in a heading or a unit line: 总投资（亿元）, 单位：万元、公里. A bare 元 counts only where nothing else can be
 * meant, since it ends 亿元 and 万元 and stands in 单元, 多元.
 */
export function unitInLabel(text: string): MoneyUnit | undefined {
  const label = plain(text);
  const found = new Set<MoneyUnit>();
  if (/亿元|亿人民币|[(（:：/]亿[)）/]?|亿$/.test(label)) found.add('亿元');
  if (/万元|万人民币|[(（:：/]万[)）/]|[(（]万$/.test(label)) found.add('万元');
  if (/(^|[(（:：/、,，])(人民币)?元([)）/、,，]|$)/.test(label)) found.add('元');
  // Two units in one label ("亿元/万元") say nothing about either.
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * The unit line above a table: “单位：万元”, “计量单位:亿元、公里”, “（单位：万元）”, also behind other words
 * (“填报单位：市重点办　　单位：万元”). Not 责任单位.
 */
export function unitInLine(text: string): MoneyUnit | undefined {
  for (const part of text.normalize('NFKC').split(/(?<![:])\s+|[;()（）]/)) {
    const match = /^(?:金额|计量|货币|投资额|投资)?单位:(.*)$/.exec(plain(part));
    const unit = match ? unitInLabel(`:${match[1]!}`) : undefined;
    if (unit) return unit;
  }
  return undefined;
}

/**
 * A unit in a number format, which the cell shows but does not hold: `0.00"万元"`. A format that divides while showing
 * (`0!.0,"万"`, `0.00,,"百万"`) holds the plain number in yuan, and is told apart by its scaling comma or its literal stop.
 */
export function unitInFormat(numFmt: string | undefined): MoneyUnit | undefined {
  if (numFmt === undefined || !/[亿万元]/.test(numFmt)) return undefined;
  const first = numFmt.split(';')[0]!;
  const literals = first.replace(/\[[^\]]*\]/g, '').replace(/[#0?.,_*\s-]/g, '');
  const isScaled =
    /[0#?](?:\.[0#?]+)?,+(?![0#?])/.test(first.replace(/"[^"]*"/g, '')) || /[0#](?:!\.|\\\.|"\.")[0#]/.test(first);
  const unit = /亿/.test(literals) ? '亿元' : /万/.test(literals) ? '万元' : /元/.test(literals) ? '元' : undefined;
  return unit && isScaled ? '元' : unit;
}

export type Amount =
  | { kind: 'yuan'; yuan: number; unit: MoneyUnit; source: UnitSource }
  | { kind: 'blank' }
  | { kind: 'problem'; problem: 'unclear' | 'range' | 'unit' | 'tooLarge' };

const blank = /^(|-+|—+|–+|\/|\\|无|暂无|待定|未定|未明确|不详|\?+)$/;

/**
 * An amount as a ledger writes it, in whole yuan (a fraction of a yuan is rounded half up: 万元 with six decimals).
 * A unit in the cell wins over one in its number format, then the column's. Without any: a problem, never a guess.
 */
export function readAmount(cell: Cell, column: UnitFound | undefined): Amount {
  if (cell.kind === 'empty') return { kind: 'blank' };
  if (cell.kind === 'number') {
    const format = unitInFormat(cell.numFmt);
    const found = format ? ({ unit: format, source: 'format' } as const) : column;
    // Zero is zero in every unit.
    if (!found)
      return cell.value === 0
        ? { kind: 'yuan', yuan: 0, unit: '元', source: 'cell' }
        : { kind: 'problem', problem: 'unit' };
    return exactly(cell.value as number, found) ?? amountOf(cellText(cell), found);
  }
  if (cell.kind !== 'text') return { kind: 'problem', problem: 'unclear' };
  const text = plain(String(cell.value))
    .replace(/[([].*?[)\]]/g, '')
    .replace(/^(约|共|合计|总投资|计划|估算|概算|预计|人民币|投资|¥|￥)+/, '')
    .replace(/(左右|以内|余|人民币)$/, '')
    .replace(/(\d)余(?=[亿万])/, '$1')
    .replace(/,/g, '');
  if (blank.test(text)) return { kind: 'blank' };
  if (/^\d+(\.\d+)?(亿元?|万元?|元)?[-~～—至到]\d/.test(text)) return { kind: 'problem', problem: 'range' };
  // 3亿2000万: two parts, each with its unit.
  const two = /^(\d+(?:\.\d+)?)亿元?零?(\d+(?:\.\d+)?)万元?$/.exec(text);
  if (two) {
    const parts = [
      amountOf(two[1]!, { unit: '亿元', source: 'cell' }),
      amountOf(two[2]!, { unit: '万元', source: 'cell' }),
    ];
    const [big, small] = parts;
    if (big?.kind === 'yuan' && small?.kind === 'yuan') return { ...big, yuan: big.yuan + small.yuan };
  }
  const stated = /[亿万元]/.test(text);
  if (stated) return amountOf(text, { unit: '元', source: 'cell' });
  if (Number(text) === 0) return { kind: 'yuan', yuan: 0, unit: '元', source: 'cell' };
  if (!column)
    return /^[+-]?\d*\.?\d+$/.test(text)
      ? { kind: 'problem', problem: 'unit' }
      : { kind: 'problem', problem: 'unclear' };
  return amountOf(text, column);
}

const factors: Record<MoneyUnit, number> = { 元: 1, 万元: 1e4, 亿元: 1e8 };

/** The usual case without decimal arithmetic: a product so near a whole yuan that binary fractions cannot matter. */
function exactly(value: number, { unit, source }: UnitFound): Amount | undefined {
  const yuan = value * factors[unit];
  const whole = Math.round(yuan);
  return Math.abs(yuan - whole) < 1e-4 && Math.abs(whole) < 1e12
    ? { kind: 'yuan', yuan: whole + 0, unit, source }
    : undefined;
}

function amountOf(text: string, { unit, source }: UnitFound): Amount {
  const read = parseMoney(text, unit, 'half-up');
  if (read.problem === null) return { kind: 'yuan', yuan: read.yuan, unit: read.unit, source };
  return { kind: 'problem', problem: read.problem === 'tooLarge' ? 'tooLarge' : 'unclear' };
}
