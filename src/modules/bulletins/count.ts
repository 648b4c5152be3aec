import type { Context } from './context.ts';
import type { Figure } from './figures.ts';
import type { Check } from './shapes.ts';
import { figureText, spanOf } from './verdict.ts';

const endOfItem = /(?:项目|工程|基地|中心|园区|医院|学校|市|县|区|州|公路|大桥|水库|电站)$/;
const longest = 400;

/**
 * 计数: the names in a list against the number that is said of them. “A、B、C等5个项目” may name fewer, never more; “A、B、C3个项目” and
 * “3个项目：A、B、C” name all. Judged only when every item reads like a name, since a name may hold a 、 itself.
 */
export function checkCounts({ text, figures }: Context): Check[] {
  const checks: Check[] = [];
  for (const figure of figures) {
    if (figure.kind !== 'count' || figure.bend !== null || figure.to !== null || figure.decimals > 0) continue;
    const check = listBefore(text.clean, figure) ?? listBehind(text.clean, figure);
    if (check) checks.push(check);
  }
  return checks;
}

function listBefore(text: string, figure: Figure): Check | undefined {
  const before = sentenceBefore(text.slice(Math.max(0, figure.start - longest), figure.start));
  const isOpen = /等$/.test(before);
  const items = itemsOf(before.replace(/等$/, '').replace(/^.*(?:其中|包括|为|是|有|:|：)/s, ''));
  if (items.length < 2) return undefined;
  return judged(figure, items, isOpen, text.slice(figure.end, figure.end + 20));
}

function listBehind(text: string, figure: Figure): Check | undefined {
  const behind = text.slice(figure.end, figure.end + longest);
  const start = /^[^，,。；;:：\d]{0,30}?[,，]?(?:分别为|分别是|依次是|依次为|即|包括|[:：])[:：]?/.exec(behind);
  if (!start || !/项目|工程|市|县|区/.test(start[0])) return undefined;
  const list = behind.slice(start[0].length).split(/[。；;，,\n]/)[0]!;
  const isOpen = /等(?:项目|工程|市县|县市区|\d|[^、]{0,6}$)/.test(list);
  const items = itemsOf(list.replace(/等[^、]{0,8}$/, ''));
  if (items.length < 2) return undefined;
  return judged(figure, items, isOpen || /包括/.test(start[0]), start[0]);
}

const sentenceBefore = (text: string): string => text.split(/[。；;，,！？\n\d%]/).at(-1)!;

/** Split at 、 and at 和 before the last one, outside brackets and quotes. */
function itemsOf(list: string): string[] {
  const bare = list.replace(/[(（][^()（）]*[)）]|[“"][^”"]*[”"]|《[^》]*》/g, (inner) => '＿'.repeat(inner.length));
  const items = bare.split('、');
  const last = items.at(-1)!;
  const joined = /^(.{2,30}(?:项目|工程|市|县|区|州))(?:和|及|以及)(.{2,30})$/.exec(last);
  return joined ? [...items.slice(0, -1), joined[1]!, joined[2]!] : items;
}

function judged(figure: Figure, items: readonly string[], isOpen: boolean, noun: string): Check | undefined {
  const isNames = items.every((item) => item.length >= 2 && item.length <= 40 && endOfItem.test(item));
  const kinds = new Set(items.map((item) => endOfItem.exec(item)?.[0] ?? '?'));
  const isPlaces = items.every((item) => /^[\u4e00-\u9fff]{2,8}[市县区州]$/.test(item));
  const n = items.length;
  const said = figure.value.toNumber();
  const isRight = isOpen ? n <= said : n === said;
  // Only lists whose every item carries the word that is counted are certain to be split right.
  const isSure =
    isNames &&
    (kinds.size === 1 || isPlaces) &&
    (isPlaces
      ? /^(?:县|市|区|州|个)?(?:县市区|市州|县区|区县|市|县|区|地)/.test(noun) || /县|市|区|州/.test(noun)
      : /项目|工程/.test(noun));
  if (!isSure || (isOpen && isRight && n < said)) return undefined;
  if (n > 60) return undefined;
  return {
    kind: 'count',
    verdict: isRight ? 'agrees' : 'contradicts',
    published: said,
    computed: n,
    decimals: 0,
    unit: figure.unit,
    spans: [spanOf(figure)],
    says: {
      zh: `列出 ${n} 个（${items.slice(0, 6).join('、')}${n > 6 ? '…' : ''}），文中 ${figureText(figure)}，${isRight ? '一致' : '不一致'}`,
      en: `${n} are named, the text says ${figureText(figure)}: ${isRight ? 'they agree' : 'they contradict each other'}`,
    },
    detail: null,
  };
}
