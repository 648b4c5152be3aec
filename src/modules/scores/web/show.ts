import { showRatio } from '#core/shared/rate.ts';
import type { Language, Words } from '#core/shared/words.ts';
import { exactOf, unwire } from '../exact.ts';
import type { Item } from '../scheme.ts';
import type { ExactPoints } from '../year.ts';

export const showPoints = (points: ExactPoints, decimals: number): string =>
  showRatio(unwire(points), decimals, 'half-up').replace(/^-/, '−');
export const nameOf = (words: Words, language: Language): string => words[language] || words.zh;
export const isExact = (text: string): boolean => {
  try {
    exactOf(text);
    return /^-?\d{1,12}(\.\d{1,9}|\/[1-9]\d{0,11})?$/.test(text.trim());
  } catch {
    return false;
  }
};
export const dayOf = (moment: string): string =>
  new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 10);

/** An item's rule in a line: the words of the document, or what its method says. */
export function ruleOf(item: Item): Words {
  if (item.note !== '') return { zh: item.note, en: item.note };
  const { method, weight } = item;
  switch (method.kind) {
    case 'ratio':
      return { zh: `${weight} × ${method.of}`, en: `${weight} × ${method.of}` };
    case 'formula':
      return { zh: method.of, en: method.of };
    case 'rank': {
      const places = method.places.map(({ to, points }) => `${to}: ${points}`);
      return {
        zh: `按“${method.of}”名次计分（${places.join('，')}）`,
        en: `by rank of ${method.of} (${places.join(', ')})`,
      };
    }
    case 'bands': {
      const bands = method.bands.map(({ from, points }) => `≥${from}: ${points}`);
      return { zh: `按“${method.of}”分档（${bands.join('，')}）`, en: `by band of ${method.of} (${bands.join(', ')})` };
    }
    case 'counts': {
      const lines = method.lines.map(({ label, points }) => ({
        zh: `${label.zh} ${points}`,
        en: `${label.en || label.zh} ${points}`,
      }));
      const start = method.base === '0' ? '' : method.base;
      return {
        zh: [start && `基础 ${start}`, ...lines.map((l) => l.zh)].filter(Boolean).join('，'),
        en: [start && `base ${start}`, ...lines.map((l) => l.en)].filter(Boolean).join(', '),
      };
    }
    case 'efficacy':
      return {
        zh: `功效系数：（值 − 最小）÷（最大 − 最小）× ${method.span} + ${method.base}`,
        en: `efficacy: (x − min) ÷ (max − min) × ${method.span} + ${method.base}`,
      };
    case 'steps':
      return {
        zh: `基础 ${method.base}，按“${method.of}”与${method.anchor ?? '全组平均'}之差逐步加减`,
        en: `base ${method.base}, by steps of ${method.of} from ${method.anchor ?? 'the average'}`,
      };
  }
}
