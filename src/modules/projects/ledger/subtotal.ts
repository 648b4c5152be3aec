import { type Cell, cellText } from '#core/shared/sheet.ts';
import { bare, plain } from './label.ts';

/** What a row below the heading is. */
export type RowKind = 'blank' | 'total' | 'group' | 'note' | 'header' | 'data';

export interface RowRead {
  kind: RowKind;
  text: string;
  /** Of a group: 1 for 一、, 2 for （一）, 3 for an unnumbered one. */
  level?: number;
  /** Of a group: how many projects it says it has (35个). */
  count?: number;
}

export interface RowColumns {
  serial: number | null;
  name: number | null;
  /** The words of the heading: a row made of them is the heading repeated on the next page. */
  headings?: ReadonlySet<string>;
}

const totalWords = /^(合计|总计|小计|共计|累计|总合计|全市合计|全市总计|本页小计|合计[（(]?\d+个?[)）]?)[:：]?/;
const noteWords =
  /^(注|备注|说明|填表说明|备\s*注|填报人|填表人|审核人|单位负责人|填报单位|填报日期|制表|联系电话|数据来源|\*)\s*[:：\d.、]|^注[:：]?\d?[.、]?|^说明[:：]/;
const chineseNumber = /^[一二三四五六七八九十]{1,3}[、．.，]?$/;
const groupName = /^([一二三四五六七八九十]{1,3})[、．.]|^[(（]([一二三四五六七八九十]{1,3})[)）]/;
const countIn = /[(（](?:共|计)?(\d+)(?:个|项)[)）]|(?:共|计)?(\d+)(?:个|项)$/;

/** @param isTotalled true when the row has numbers in its money columns: 一、产业项目（35个） often carries sums. */
export function readRow(cells: readonly Cell[], columns: RowColumns): RowRead {
  // Most rows are a number and a name: those need no further look, and a ledger has 50,000 of them.
  const number = columns.serial === null ? undefined : cells[columns.serial];
  const title = columns.name === null ? undefined : cells[columns.name];
  if (number?.kind === 'number' && title?.kind === 'text' && !totalWords.test(String(title.value).trim())) {
    return { kind: 'data', text: '' };
  }
  const texts = cells.map((cell) => cellText(cell));
  const filled = texts.flatMap((text, column) => (text === '' ? [] : [{ text: plain(text), column }]));
  const anything = cells.some((cell) => cell.kind !== 'empty' || cell.formulaWithoutValue);
  if (!anything || (filled.length === 0 && !cells.some((c) => c.formulaWithoutValue)))
    return { kind: 'blank', text: '' };
  const first = filled[0]?.text ?? '';
  const kept = texts.filter(Boolean).join(' ').slice(0, 120);
  const serial = columns.serial === null ? '' : plain(texts[columns.serial] ?? '');
  const name = columns.name === null ? first : plain(texts[columns.name] ?? '');

  if (
    totalWords.test(spaceless(serial)) ||
    totalWords.test(spaceless(name)) ||
    (totalWords.test(first) && first.length < 12)
  ) {
    return { kind: 'total', text: kept };
  }
  const words = filled.filter(({ text }) => !/^-?[\d.,%]+$/.test(text));
  if (noteWords.test(first) && words.length <= 2) return { kind: 'note', text: kept };
  if (
    words.length >= 3 &&
    words.filter(({ text }) => columns.headings?.has(text)).length >= Math.max(3, words.length * 0.7)
  ) {
    return { kind: 'header', text: kept };
  }
  // A row of column numbers (1, 2, 3 … or 甲, 乙, 1, 2) below the heading.
  if (
    filled.length >= 4 &&
    filled.every(({ text }) => /^([甲乙丙丁]|[(（]?\d{1,2}[)）]?(=.*)?)$/.test(text)) &&
    isCounting(filled.map((f) => f.text))
  ) {
    return { kind: 'header', text: kept };
  }
  const group = groupOf(serial, name, first, words.length, filled.length - words.length);
  if (group) return { ...group, text: group.text };
  // One long sentence under the table, with no project name beside it.
  if (filled.length === 1 && filled[0]!.column !== columns.name && first.length > 12)
    return { kind: 'note', text: kept };
  return { kind: 'data', text: kept };
}

const spaceless = (text: string): string => text.replace(/\s/g, '');

const isCounting = (texts: readonly string[]): boolean => {
  const numbers = texts.map((t) => Number(/\d+/.exec(t)?.[0] ?? Number.NaN)).filter((n) => !Number.isNaN(n));
  return numbers.length >= 3 && numbers.every((n, i) => i === 0 || n === numbers[i - 1]! + 1);
};

function groupOf(serial: string, name: string, first: string, words: number, numbers: number): RowRead | undefined {
  const label = name === '' ? first : name;
  const countMatch = countIn.exec(label);
  const count = countMatch ? Number(countMatch[1] ?? countMatch[2]) : undefined;
  const more = count === undefined ? {} : { count };
  const text = bare(label.replace(groupName, '').replace(countIn, ''));
  const isNumberedSerial = chineseNumber.test(serial) || /^[(（][一二三四五六七八九十]{1,3}[)）]$/.test(serial);
  // Beside its number a group says little: sums, a count, perhaps a word. A project says much more.
  const isShort = words <= (isNumberedSerial && serial !== label ? 3 : 2);
  if (!isShort) return undefined;
  if (isNumberedSerial) return { kind: 'group', text, level: /^[(（]/.test(serial) ? 2 : 1, ...more };
  const numbered = groupName.exec(label);
  if (numbered) return { kind: 'group', text, level: numbered[1] ? 1 : 2, ...more };
  if (count !== undefined && words <= 2) return { kind: 'group', text, level: 3, ...more };
  // 产业项目 alone in a merged row.
  if (
    words === 1 &&
    numbers === 0 &&
    serial === '' &&
    label.length <= 16 &&
    /(项目|工程|类|板块|领域|区|县|市)$/.test(text) &&
    name === ''
  ) {
    return { kind: 'group', text, level: 3, ...more };
  }
  return undefined;
}

/** How a row's number says that it is an item of the package above: 3.1, 3-1, （1）, ①, 其中：. */
export type PackageMark = 'item' | 'firstItem' | 'project' | 'none';

export function packageMark(serial: string, name: string, above: string | null): PackageMark {
  const number = plain(serial);
  const title = plain(name);
  if (/^其中[:：]?/.test(title) || /^其中[:：]?$/.test(number)) return 'firstItem';
  if (/^\d+[.\-－—]\d+$/.test(number))
    return above !== null && number.split(/[.\-－—]/)[0] !== above ? 'project' : 'item';
  if (/^[(（]\d+[)）]$/.test(number) || /^[①-⑳]$/.test(serial.trim())) return 'item';
  if (/^\d+$/.test(number)) return 'project';
  if (number === '' && (/^[(（]\d+[)）]/.test(title) || /^[①-⑳]/.test(name.trim()))) return 'item';
  return number === '' ? 'none' : 'project';
}

/** A name without the mark of an item: 其中：A工程, （1）A工程 → A工程. */
export const withoutMark = (name: string): string =>
  name
    .trim()
    .replace(/^其中[:：]?\s*/, '')
    .replace(/^[(（]\d+[)）]\s*/, '')
    .replace(/^[①-⑳]\s*/, '')
    .trim();
