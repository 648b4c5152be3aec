// Long because the units of official figures, and the words that only look like one, belong in one place.
import { chineseDigits, chineseNumber, decimalsOf, timesPower } from './number-word.ts';
import type { Mark, Quantity, Span } from './shapes.ts';

export type QuantityMark = Pick<Mark, 'kind' | 'span' | 'text'> & { quantity: Quantity };

const digits = '\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d{1,15}(?:\\.\\d{1,8})?';
/** 四万九千二百七十四: a 万 within is followed by more of the number. */
const chinese = `(?:[${chineseDigits}]{1,8}万(?=[${chineseDigits}]))?[${chineseDigits}]{1,9}(?:点[${chineseDigits}]{1,6})?`;
/** 1000多万, 8万多, 60余: the word that bends a figure stands before or behind its 万. */
const scaled = (n: string) => `(?:${n})\\s?(?:多|余|来)?(?:万亿|千万|百万|十万|亿|万|千(?![米克瓦伏])|百)?(?:多|余)?`;
const separator = '(?:至|到|[-—–~～－]{1,2})';

const money = '(?:人民币|美元|欧元|港元|港币|日元|元人民币|元)(?!旦|宵|月|素|件|帅|首)';
const physical =
  '平方公里|平方千米|平方米|㎡|m²|km|GWh|MWh|GW|MW|吉瓦时|兆瓦时|立方米|平米|公里|千米|厘米|毫米|公顷|千瓦时|千瓦|兆瓦|吉瓦|千伏安|兆伏安|公斤|千克|标箱|标准箱|人次|辆次|车次|班次|车位|床位|学位|户次|吨|亩|米(?!粉|线|袋|业|兰|厂)|斤|升(?!级|温|至|到|幅|规|学)|方(?!案|面|式|向|法|可|能)|株|头|羽|尾|只(?!有|要|能|是|需)|寸';
const classifiers =
  '个|家|项|户|人|名|处|座|条|所|件|台|辆|块|宗|场|次|批|支|栋|幢|艘|对|类|倍|张|间|套|床|位|篇|份|起|例|笔|部|架|口|根|棵|种|门|届|幅|轮|组|片|段|孔|层|盏|趟|列(?!入|为|车|举|出|席|全|第)|节(?!点|能|约|日|假|庆|目|水|余|省|育|奏)|桩(?!基|号)|台套|单(?!位|项|体|一|元|独|列|个|次)|款(?!项)|册|期(?=项目|工程)|分(?!钟|别|之|公司|局|管|批|步|类|解|期|级|布|享|析|秒)';
const unit = `(?<unit>个?百分点|%|‰|${money}|${physical}|${classifiers})`;

const form = new RegExp(
  `(?<![\\dA-Za-z.第—/_=&-]|(?<![\\u3400-\\u9fff]):)(?<sign>[-−+])?(?<n>${scaled(digits)})(?:(?<unit1>%|[亿万]元|元|个?百分点)?${separator}(?<to>${scaled(digits)}))?\\s?${unit}?`,
  'g',
);
const chineseForm = new RegExp(
  `(?<![第数几每上下${chineseDigits}点亿万])(?<n>${scaled(chinese)})(?:${separator}(?<to>${scaled(chinese)}))?${unit}?`,
  'g',
);
const percentForm = new RegExp(`百分之(?<n>${chinese}|${digits})`, 'g');
const tenthsForm =
  /(?<![完达建])(?<n>[一二三四五六七八九]|(?<![\d.])[1-9])成(?<m>[一二三四五六七八九半])?(?:多|(?=[以左的,，。；;、）)]|$))/gm;
/** 翻一番, 翻了两番. */
const doublings = /(?<n>[一两二三四]|\d)番(?<=翻(?:了|上)?.番)/g;
/** 3亿5000万元, 一亿二千万元: two parts of one amount. */
const twoPart = new RegExp(
  `(?<![\\d.,${chineseDigits}])(?<a>\\d{1,6}|[${chineseDigits}]{1,6})亿(?<b>\\d{1,4}|[${chineseDigits}]{1,7})万(?:多|余)?元?`,
  'g',
);
/** 高于全国0.4、全省0.1个百分点: the unit is told once. */
const pointsBefore = /(?<![\d.])(?<n>\d{1,3}(?:\.\d{1,3})?)(?=[、和][^，。；,;\d]{0,8}\d{1,3}(?:\.\d{1,3})?个?百分点)/g;
const compares = /(?:高于|低于|高出|快于|慢于|比|较)[^，。；,;\d]{1,8}$/;

/** What a count stands with when it is none: time, or words that begin with a classifier. */
const notCounted =
  /^(?:个?(?:小时|月|多月|工作日|自然日|星期|季度|整月|百年)|人民币|人大|人才|人均|名单|名录|名称|条件|件套|次日|次年|项目|位于|位居|位列|家庭(?!农场)|部门|部分|所有|处理|处于|口径|类似|对比|对接|对于|起步|起来|起到|位置|场地|期间|块钱|层次|根据|段时间|种植|分钟|支出|支持|台阶|台账|门户|门类|组织|组成|片区|轮驱动|批准|批复|批次|份额|级|岁|周|天)/;

/** Chinese one-digit counts are figures of speech unless what is counted follows: 三个县, but not 三个转变. */
const chineseCounted =
  /^(?:倍|[家户座宗栋幢台辆艘所]|个(?:县|区|市|乡|镇|村|街道|社区|园区|片区|标段|项目|重点|省|企业|单位|部门|小组|专班|地块|新建|续建|工程|城市|州|产业|在建|月度|集中|分)|名(?!列|单)|条(?!件)|项(?!目)|个(?=[,，。；;、)）]|$)|万|亿|公里|千米|亩|平方|吨|人|处|宗)/;

const bends: Record<string, Quantity['bend']> = { 多: 'more', 余: 'more', 来: 'more' };
const before: readonly [RegExp, Quantity['bend']][] = [
  [/(?:(?<![最附临靠远])近|将近|接近|不足|不到)$/, 'less'],
  [/(?:超过|超|逾|突破|高于|不低于|不少于|至少|不下)$/, 'above'],
  [/(?:(?<![签履节违预公条合制契])约|大约|大概)$/, 'about'],
];
const behind: readonly [RegExp, Quantity['bend']][] = [
  [/^(?:以上|之上)/, 'above'],
  [/^左右/, 'about'],
];

const powers: readonly [RegExp, number][] = [
  [/万亿/, 12],
  [/千万/, 7],
  [/百万/, 6],
  [/十万/, 5],
  [/亿/, 8],
  [/万/, 4],
  [/千/, 3],
  [/百/, 2],
];

interface ReadNumber {
  text: string;
  power: number;
  bend: Quantity['bend'];
  scaleWords: string;
}

/** “1000多万” into 1000, ten thousand, more. */
function readNumber(words: string): ReadNumber | undefined {
  const found = new RegExp(`^(${digits}|${chinese})`).exec(words);
  if (!found) return undefined;
  let number = found[1]!;
  let rest = words.slice(number.length);
  let text: string | undefined;
  if (/^\d/.test(number)) text = number.replaceAll(',', '');
  else {
    // 一千二百万: what multiplies is the last sign only when it is 万 or 亿.
    text = chineseNumber(number);
    if (text === undefined && /[百千]$/.test(number)) {
      rest = number.slice(-1) + rest;
      number = number.slice(0, -1);
      text = chineseNumber(number);
    }
  }
  if (text === undefined) return undefined;
  const bend = bends[/[多余来]/.exec(rest)?.[0] ?? ''] ?? null;
  const scaleWords = rest.replace(/[多余来\s]/g, '');
  const power = powers.find(([sign]) => sign.test(scaleWords))?.[1] ?? 0;
  return { text, power, bend, scaleWords };
}

/**
 * Amounts, rates, percentage points and counts of a text. Nothing inside `taken` (dates, addresses, places that cannot be
 * read) is one. Ranks are found by `ranksIn`.
 */
export function quantitiesIn(text: string, taken: (span: Span) => boolean): QuantityMark[] {
  const found: QuantityMark[] = [];
  const put = (start: number, match: RegExpMatchArray, isChinese: boolean) => {
    const made = quantityOf(text, start, match, isChinese);
    if (made && !taken(made.span)) found.push(made);
  };
  for (const match of text.matchAll(form)) put(match.index, match, false);
  for (const match of text.matchAll(chineseForm)) put(match.index, match, true);
  for (const form of [percentForm, tenthsForm])
    for (const match of text.matchAll(form)) {
      const read = readNumber(match.groups!.n!);
      if (!read) continue;
      const span = { start: match.index, end: match.index + match[0].length };
      const fifth = match.groups!.m === '半' ? '5' : match.groups!.m ? (chineseNumber(match.groups!.m) ?? '0') : '0';
      const value = form === tenthsForm ? String(Number(timesPower(read.text, 1)) + Number(fifth)) : read.text;
      const quantity = {
        value,
        to: null,
        decimals: decimalsOf(value),
        unit: '%',
        scale: '1',
        bend: bendOf(text, span, match[0].endsWith('多') ? 'more' : null),
      };
      if (!taken(span)) found.push({ kind: 'rate', span, text: match[0], quantity });
    }
  found.push(...rareForms(text, taken));
  const lists = enumerated(text, found);
  return apart([...found, ...lists.filter(({ span }) => !taken(span))]);
}

function rareForms(text: string, taken: (span: Span) => boolean): QuantityMark[] {
  const made: QuantityMark[] = [];
  const put = (kind: Mark['kind'], match: RegExpMatchArray, quantity: Omit<Quantity, 'to' | 'bend'>) => {
    const span = { start: match.index!, end: match.index! + match[0].length };
    const bend = /[多余]/.test(match[0]) ? 'more' : bendOf(text, span, null);
    if (!taken(span)) made.push({ kind, span, text: match[0], quantity: { ...quantity, to: null, bend } });
  };
  const plain = (words: string) => (/^\d/.test(words) ? words : chineseNumber(words));
  for (const match of text.matchAll(doublings)) {
    const value = plain(match.groups!.n!);
    if (value !== undefined) put('count', match, { value, decimals: 0, unit: '番', scale: '1' });
  }
  for (const match of text.matchAll(twoPart)) {
    const [a, b] = [plain(match.groups!.a!), plain(match.groups!.b!)];
    if (a === undefined || b === undefined || b.length > 4) continue;
    put('amount', match, {
      value: timesPower(`${a}${b.padStart(4, '0')}`, 4),
      decimals: 0,
      unit: '万元',
      scale: '10000',
    });
  }
  for (const match of text.matchAll(pointsBefore)) {
    if (!compares.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
    const value = match.groups!.n!;
    put('points', match, { value, decimals: decimalsOf(value), unit: '个百分点', scale: '1' });
  }
  return made;
}

function quantityOf(text: string, at: number, match: RegExpMatchArray, isChinese: boolean): QuantityMark | undefined {
  const { n, to, sign, unit: printed, unit1 } = match.groups!;
  const first = readNumber(n!);
  if (!first) return undefined;
  const second = to === undefined ? undefined : readNumber(to);
  if (to !== undefined && !second) return undefined;
  const scale = second ?? first;
  let start = at;
  let end = at + match[0].trimEnd().length;
  const unitWords = printed ?? '';
  const rest = text.slice(end - unitWords.length, end - unitWords.length + 8);
  let kind: Mark['kind'];
  if (/百分点$/.test(unitWords)) kind = 'points';
  else if (/[%‰]/.test(unitWords)) kind = 'rate';
  else if (new RegExp(`^${money}$`).test(unitWords)) kind = 'amount';
  else if (unitWords === '') {
    // 完成投资230亿: without 元, but of money.
    if (
      !/亿$/.test(scale.scaleWords) &&
      !(
        scale.scaleWords === '万' &&
        (isMoneyBefore(text, at) ||
          /^以上(?:的)?(?:重[大点]|工业|产业|续建|新建|新开工|在建)?(?:项目|企业|投资)/.test(text.slice(end, end + 10)))
      )
    )
      return undefined;
    if (isChinese && scale.power < 8) return undefined;
    // 千亿级产业, 百亿企业: a rank of size.
    if (
      /^(?:级|产业|企业|集群|园区|俱乐部|县|强|斤)/.test(text.slice(end, end + 3)) &&
      (isChinese || /^级/.test(text.slice(end, end + 1)))
    )
      return undefined;
    kind = 'amount';
  } else {
    if (notCounted.test(rest)) return undefined;
    // “回落1.2个、0.8个百分点”
    if (
      unitWords === '个' &&
      /^(?:\s?[、和及]\s?\d{1,3}(?:\.\d{1,3})?\s?个?){1,6}百分点/.test(text.slice(end, end + 48))
    )
      return {
        kind: 'points',
        span: { start, end },
        text: text.slice(start, end),
        quantity: {
          value: first.text,
          to: null,
          decimals: decimalsOf(first.text),
          unit: '个百分点',
          scale: '1',
          bend: null,
        },
      };
    if (isChinese && !isChineseCount(text, at, first, rest)) return undefined;
    kind = 'count';
  }
  if (isChinese && kind !== 'count' && kind !== 'points' && first.text === '0') return undefined;
  // A minus is a sign only where nothing stands before it that it could join.
  const negative =
    sign !== undefined && /[-−]/.test(sign) && !/[\dA-Za-z\u3400-\u9fff]/.test(text[at - 1] ?? '') ? '-' : '';
  if (sign !== undefined && negative === '') start += 1;
  const span = { start, end };
  const bend = bendOf(text, span, scale.bend ?? first.bend);
  // 5至6亿元: the unit is said once and holds for both; 5亿至6亿元 says it twice.
  const power = scale.power;
  const firstPower = second && first.power === 0 && unit1 === undefined ? power : first.power;
  const value = negative + timesPower(first.text, kind === 'rate' && unitWords === '‰' ? 0 : firstPower);
  end = span.end;
  return {
    kind,
    span,
    text: text.slice(start, end),
    quantity: {
      value: unitWords === '‰' ? perMille(value) : value,
      to: second ? timesPower(second.text, power) : null,
      decimals: decimalsOf(scale.text),
      unit: (kind === 'amount' && unitWords === '' ? `${scale.scaleWords}元` : scale.scaleWords + unitWords).replace(
        '元人民币',
        '元',
      ),
      scale: `1${'0'.repeat(power)}`,
      bend,
    },
  };
}

const perMille = (value: string): string => String(Number(value) / 10);

const isMoneyBefore = (text: string, at: number): boolean =>
  /(?:投资|资金|产值|营收|收入|税收|总额|资产|利润|成交|金额|造价|贷款|补助)[^，。；,;]{0,6}$/.test(
    text.slice(Math.max(0, at - 14), at),
  );

function isChineseCount(text: string, at: number, first: ReadNumber, rest: string): boolean {
  const before = text[at - 1] ?? '';
  // “五个第一”, 《…》 and “一位班子成员” are names and sayings.
  if (/[“‘《]/.test(before)) return false;
  const words = text.slice(at, at + 3);
  if (words.startsWith('一倍')) return /[长加高大升近超了过]$/.test(before);
  if (/^十大|^百[日年]|^千家|^万[众家]|^一(?![十百千万亿])/.test(words)) {
    return (
      /^一[个家项座条]$/.test(text.slice(at, at + 2)) &&
      /^[,，。；;、)）]/.test(text[at + 2] ?? '') &&
      /(?:项目|工程|企业)$/.test(text.slice(at - 2, at))
    );
  }
  if (first.power > 0 || first.text.length > 1)
    return chineseCounted.test(rest) || /^(?:个|位|套|件|批次|场次|余)/.test(rest) === true;
  return chineseCounted.test(rest);
}

function bendOf(text: string, { start, end }: Span, own: Quantity['bend']): Quantity['bend'] {
  if (own) return own;
  const head = text.slice(Math.max(0, start - 4), start);
  for (const [words, bend] of before) if (words.test(head)) return bend;
  const tail = text.slice(end, end + 2);
  for (const [words, bend] of behind) if (words.test(tail)) return bend;
  return null;
}

/** “分别提高9.87、6.58个百分点”: the unit of the last holds for those before it. */
function enumerated(text: string, marks: readonly QuantityMark[]): QuantityMark[] {
  const found: QuantityMark[] = [];
  for (const mark of marks) {
    if (mark.quantity.to !== null) continue;
    const head = text.slice(Math.max(0, mark.span.start - 80), mark.span.start);
    const list = /(?<![\d.A-Za-z第])((?:\d{1,9}(?:\.\d{1,4})?[、和]){1,12})$/.exec(head)?.[1];
    if (!list || !/(?:分别|依次|各)[^，。；,;]{0,14}$/.test(head.slice(0, head.length - list.length))) continue;
    let at = mark.span.start - list.length;
    for (const number of list.split(/[、和]/).filter(Boolean)) {
      const quantity = {
        ...mark.quantity,
        value: timesPower(number, mark.quantity.scale.length - 1),
        decimals: decimalsOf(number),
        bend: null,
      };
      found.push({ kind: mark.kind, span: { start: at, end: at + number.length }, text: number, quantity });
      at += number.length + 1;
    }
  }
  return found;
}

/** Of marks that overlap the longer one stays. */
function apart(marks: QuantityMark[]): QuantityMark[] {
  const kept: QuantityMark[] = [];
  for (const mark of marks.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const last = kept.at(-1);
    if (!last || mark.span.start >= last.span.end) kept.push(mark);
    else if (mark.span.end - mark.span.start > last.span.end - last.span.start) kept[kept.length - 1] = mark;
  }
  return kept;
}

const rankNumber = `(?<n>\\d{1,3}|[一二三四五六七八九十]{1,3})`;
const rankVerb = '(?:位居|位列|名列|排名|排在|排列|稳居|跃居|升至|升到|跃升至|居于|位于|列|居|排)';
const rankScope = '(?:全[国省市州区县盟]|[\\u3400-\\u9fff]{1,6}?)';
const rankForms = [
  new RegExp(
    `(?<verb>${rankVerb})(?<scope>${rankScope})?(?:各?(?:市州|市县|县市区|县区|地市|城市|设区市))?的?(?:第${rankNumber}(?<unit>位|名)?|(?<first>首位|榜首|末位))`,
    'g',
  ),
  new RegExp(
    `(?<scope>全[国省市州区县盟]|[东中西]部|长三角|珠三角|同类城市|全省市州|全市县区|(?<!全)(?:(?![居列位排全在])[\\u3400-\\u9fff]){1,3}[省市州])(?:排名)?第${rankNumber}(?<unit>位|名)?`,
    'g',
  ),
  new RegExp(
    `(?<scope>全[国省市州区县盟]|[\\u3400-\\u9fff]{1,3}[省市州])(?<verb>${rankVerb})?前(?<n>[二三四五六七八九十]|\\d{1,2})(?<unit>位|名|强)?(?=[,，。；;、的)）!！]|$)`,
    'g',
  ),
];
// Without a scope the verb must be there: 排名前三, 位列前十.
rankForms.push(
  new RegExp(
    `(?<verb>${rankVerb})前(?<n>[二三四五六七八九十]|\\d{1,2})(?<unit>位|名|强)?(?=[,，。；;、的)）!！]|$)`,
    'g',
  ),
);
const notRank =
  /^(?:时间|书记|产业|轮|批|方|版|指挥|次|个|季度|责任|届|期|阶段|年|天|季|现场|线|步|部|条|款|章|号|人民|副|课|粮|大)/;

/** Places in an order: 居全省第三, 排名全省第一, 全省第1位. The value is the place; 前十 is “at most ten”. */
export function ranksIn(text: string, taken: (span: Span) => boolean): (QuantityMark & { scope: string | null })[] {
  const found: (QuantityMark & { scope: string | null })[] = [];
  for (const [index, form] of rankForms.entries())
    for (const match of text.matchAll(form)) {
      const { n, scope, first, unit: printed } = match.groups!;
      const span = { start: match.index, end: match.index + match[0].length };
      if (first === undefined && !printed && notRank.test(text.slice(span.end, span.end + 2))) continue;
      const value =
        first === undefined ? (/^\d/.test(n!) ? n! : chineseNumber(n!)) : first === '末位' ? undefined : '1';
      if (value === undefined || taken(span)) continue;
      const quantity: Quantity = {
        value,
        to: null,
        decimals: 0,
        unit: printed ?? '位',
        scale: '1',
        bend: index >= 2 ? 'less' : null,
      };
      found.push({ kind: 'rank', span, text: match[0], quantity, scope: scope ?? null });
    }
  const kept: typeof found = [];
  for (const mark of found.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end))
    if (mark.span.start >= (kept.at(-1)?.span.end ?? 0)) kept.push(mark);
  return kept;
}
