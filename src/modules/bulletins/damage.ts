import type { Words } from '#core/shared/words.ts';
import type { Span } from './shapes.ts';
import { readShifted } from './shifted-gbk.ts';

/** Why a place cannot be read. Nothing there is guessed, nor read as a number or a day. */
export const unreadableWhy = {
  lostBytes: { zh: '转码时丢失字节，原字无法确定', en: 'Bytes were lost in conversion; the characters cannot be told' },
  replaced: { zh: '原字已被替换为占位符', en: 'The characters were replaced by placeholders' },
  wrongEncoding: { zh: '编码用错，原字无法恢复', en: 'Read in a wrong encoding; the characters cannot be restored' },
} as const satisfies Record<string, Words>;
export type UnreadableWhy = keyof typeof unreadableWhy;

export interface Damage {
  lost: (Span & { why: UnreadableWhy })[];
  restored: (Span & { text: string })[];
}

const toned = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ';
const pinyin = `[a-zü${toned}\\u0300\\u0301\\u0304\\u030c]{1,7}`;
/** A reading behind a character, as a damaged page carries it: 項(xiàng). Its tone mark tells it from (app). */
export const reading = new RegExp(
  `(?<=[\\u3400-\\u9fff])[(（](?=[a-zü]{0,6}[${toned}\\u0300\\u0301\\u0304\\u030c])${pinyin}[)）]`,
  'g',
);

const q = '[?？]';
/** A question mark beside another mark, as half characters leave it; then what was read one byte late, up to the next one. */
const lostMark = new RegExp(`${q}[!！;；:：,，。]`, 'g');
/** A reading without its bracket: what stood before it is gone. */
const orphans = new RegExp(`(?:${q}(?=[a-zü]{0,6}[${toned}])${pinyin}[)）])+`, 'y');
const han = '[\\u3400-\\u9fff]';
const number = '[\\d０-９.]';
const singles: { form: RegExp; why: UnreadableWhy; onlyDamaged?: true }[] = [
  { form: /[\ufffd\ue000-\uf8ff]+/g, why: 'replaced' },
  { form: /(?:锟斤拷|锟斤|斤拷|烫烫|屯屯){1,200}/g, why: 'wrongEncoding' },
  { form: /(?:[\u00c2-\u00ef][\u0080-\u00bf]{1,2}){3,}/g, why: 'wrongEncoding' },
  { form: new RegExp(`(?:${q}(?=[a-zü]{0,6}[${toned}])${pinyin}[)）]){1,9}`, 'g'), why: 'lostBytes' },
  // A digit or a figure's unit beside it: ?月19日, 1?3亿元, ?亿元.
  { form: new RegExp(`(?<=${number})${q}{1,3}(?=${number})`, 'g'), why: 'lostBytes' },
  {
    form: new RegExp(`(?<=[^?？吗呢么])${q}{1,3}(?=(?:月\\d|月份|月底|年\\d|日[前起至]|[亿万]元|个百分点))`, 'g'),
    why: 'lostBytes',
  },
  { form: /[?？]{1,3}(?=[.．][\d０-９])/g, why: 'lostBytes' },
  // 雙 is EB 70, and 70 is the letter p: “?p過半”.
  {
    form: new RegExp(`(?<=[\\u3400-\\u9fff“”‘’《（(,，、。])${q}[a-z@\\[\\\\\\]^_\`{|}~](?=${han})`, 'g'),
    why: 'lostBytes',
  },
  { form: new RegExp(`(?<=${han})${q}{2,3}(?=${han})`, 'g'), why: 'lostBytes' },
  { form: new RegExp(`(?<=${han})□{1,9}(?=${han})`, 'g'), why: 'replaced' },
  {
    form: new RegExp(`(?<=[^吗呢么何谁啥几吧嗎麼誰幾哪样樣多少否?？])(?<=${han})${q}(?=${han})`, 'g'),
    why: 'lostBytes',
    onlyDamaged: true,
  },
];

/** What follows a lost place and hangs on it: half a date or half a figure is none. */
const hangsBehind =
  /(?:[年月日号時时][\d年月日号時时]{0,10}|[\d.]{1,12}(?:[亿万千百億萬]{0,2}元?|[%％]|[年月日号][\d年月日号]{0,8})|[亿万千百億萬]{1,2}元?|元|[%％]|个百分点)/y;
const hangsBefore = /[\d０-９.年月]/;
const longestRun = 60;

/** Where a text as it came is damaged, in order and apart. `isDamaged` when readings in brackets show that the page is. */
export function findDamage(text: string, isDamaged: boolean): Damage {
  const lost: Damage['lost'] = [];
  const restored: Damage['restored'] = [];
  for (const match of text.matchAll(lostMark)) {
    const start = match.index;
    if (start < (lost.at(-1)?.end ?? 0) || start < (restored.at(-1)?.end ?? 0)) continue;
    const run = runBehind(text, start + 1);
    const closing = start + 1 + run.length;
    const isClosed = /[?？]/.test(text[closing] ?? '');
    const again = run.length >= 4 ? readShifted(run, isClosed) : undefined;
    if (again) {
      restored.push({ start, end: start + again.length, text: again });
      // Between the last certain character and the end of the run bytes are missing.
      const from = start + again.length;
      if (from < closing || isClosed) lost.push({ start: from, end: closedEnd(text, closing), why: 'lostBytes' });
      continue;
    }
    // “真的吗?!” is a question with an exclamation.
    const isWriting = !isDamaged && !(isClosed && run.length <= 12);
    if (isWriting) continue;
    if (!isClosed && !(isDamaged && run.length > 1 && run.length <= 12)) continue;
    lost.push({ start, end: isClosed ? closedEnd(text, closing) : start + 2, why: 'lostBytes' });
  }
  const found = [...lost];
  for (const { form, why, onlyDamaged } of singles) {
    if (onlyDamaged && !isDamaged) continue;
    for (const match of text.matchAll(form))
      found.push({ start: match.index, end: match.index + match[0].length, why });
  }
  const whole = found.map((span) => withWhatHangs(text, span)).toSorted((a, b) => a.start - b.start || b.end - a.end);
  return { lost: apart(whole, restored), restored };
}

/** Characters behind a lost byte that may be the same bytes read late. */
function runBehind(text: string, from: number): string {
  let end = from;
  while (end < text.length && end - from < longestRun && (end === from || text.charCodeAt(end) > 0x7f)) end += 1;
  return text.slice(from, end);
}

function closedEnd(text: string, at: number): number {
  if (!/[?？]/.test(text[at] ?? '')) return at;
  orphans.lastIndex = at;
  return orphans.test(text) ? orphans.lastIndex : at + 1;
}

function withWhatHangs(text: string, span: Damage['lost'][number]): Damage['lost'][number] {
  hangsBehind.lastIndex = span.end;
  const end = hangsBehind.test(text) ? hangsBehind.lastIndex : span.end;
  let start = span.start;
  if (end > span.end || /[\d０-９]/.test(text[start - 1] ?? ''))
    while (start > 0 && span.start - start < 12 && hangsBefore.test(text[start - 1]!)) start -= 1;
  return { start, end, why: span.why };
}

function apart(spans: Damage['lost'], restored: readonly Span[]): Damage['lost'] {
  const kept: Damage['lost'] = [];
  let next = 0;
  for (const span of spans) {
    const last = kept.at(-1);
    if (last && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
      continue;
    }
    while (next < restored.length && restored[next]!.end <= span.start) next += 1;
    const cover = restored[next];
    if (cover && cover.start < span.end && cover.start <= span.start) {
      if (span.end > cover.end) kept.push({ ...span, start: cover.end });
      continue;
    }
    kept.push({ ...span });
  }
  return kept;
}
