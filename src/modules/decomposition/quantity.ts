import type { Quantity } from './proposal.ts';

const money = '万亿元|亿美元|万美元|亿元|万元|元';
const rate = '个百分点|百分点|%|％|‰';
const scaled =
  '万平方米|平方米|万立方米|立方米|平方公里|公里|千米|万亩|亩|公顷|万吨|吨|万千瓦|兆瓦|千瓦|万户|万人次|万人|人次|万台|万辆|万个|万套|万尾|万头';
const counted =
  '个|家|项|套|户|人|名|处|座|条|所|件|台|辆|块|宗|场|次|批|支|栋|幢|艘|对|类|倍|米|床|张|间|标箱|车位|班次';
const form = new RegExp(
  `(?<![\\d.年第“])(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)\\s*(?:余|多)?(${money}|${rate}|${scaled}|${counted})(?:以上|以内|左右)?`,
  'g',
);
const chineseRate = /百分之([一二三四五六七八九十]{1,3})/g;
const digits = '零一二三四五六七八九';

/** Counts of time and rank are no targets. */
const isNotTarget =
  /^(?:个(?:月|工作日|自然日|小时|星期|季度|阶段|方面|百年)|次(?:会议|全会|党代会)|项(?:规定|制度)|人民)/;

/** The amounts (亿元), counts (个, 公里) and rates (%, 个百分点) in a text, with their places. `offset` is where the text begins. */
export function quantitiesIn(text: string, offset = 0): Quantity[] {
  const found: Quantity[] = [];
  for (const match of text.matchAll(form)) {
    const unit = match[2]!;
    const behind = text.slice(match.index + match[0].length - unit.length);
    if (isNotTarget.test(behind)) continue;
    found.push({
      start: offset + match.index,
      end: offset + match.index + match[0].length,
      text: match[0],
      kind: new RegExp(`^(?:${money})$`).test(unit)
        ? 'money'
        : new RegExp(`^(?:${rate})$`).test(unit)
          ? 'rate'
          : 'count',
      value: Number(match[1]!.replaceAll(',', '')),
      unit: unit.replace('％', '%'),
    });
  }
  for (const match of text.matchAll(chineseRate)) {
    const [tens, ones] = match[1]!.includes('十') ? match[1]!.split('十') : ['零', match[1]!];
    const value = (tens === '' ? 1 : digits.indexOf(tens!)) * 10 + (ones ? digits.indexOf(ones) : 0);
    const start = offset + match.index;
    found.push({ start, end: start + match[0].length, text: match[0], kind: 'rate', value, unit: '%' });
  }
  return found.toSorted((a, b) => a.start - b.start);
}
