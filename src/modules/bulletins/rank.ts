import type { Context } from './context.ts';
import type { Figure } from './figures.ts';
import type { Check } from './shapes.ts';
import { figureText, spanOf } from './verdict.ts';

const ordered =
  /(?:排名|排在|居|位居|位列|列)(?:全[国省市州县区])?(?:前[一二三四五六七八九十\d]{1,3}(?:位|名)?)(?:的)?|依次(?:是|为)|由高到低|从高到低|排名依次/;
const upward = /后[一二三四五六七八九十\d]{1,3}(?:位|名)|由低到高|从低到高|倒数|靠后|较慢|落后/;

/** Lists that say they are in order: “排名前三的是A、B、C，分别为79.49%、75.34%、75.30%”. “依次” alone may mean no more than one after another. */
export function checkRankings({ text, figures }: Context): Check[] {
  const checks: Check[] = [];
  for (let i = 0; i < figures.length; ) {
    let j = i + 1;
    while (j < figures.length && j - i < 60 && isNext(text.clean, figures[j - 1]!, figures[j]!)) j += 1;
    if (j - i >= 3 && figures[i]!.kind === 'rate') {
      const before = text.clean
        .slice(Math.max(0, figures[i]!.start - 90), figures[i]!.start)
        .split(/[。；;\n]/)
        .at(-1)!;
      const check = orderOf(figures.slice(i, j), before);
      if (check) checks.push(check);
    }
    i = j;
  }
  return checks;
}

const isNext = (text: string, a: Figure, b: Figure): boolean => {
  if (a.kind !== b.kind || a.unit !== b.unit || b.start - a.end > 24) return false;
  return /^[)）]?[、;；,，和]?[^。；;，,\d]{0,16}[(（]?$/.test(text.slice(a.end, b.start));
};

function orderOf(list: readonly Figure[], before: string): Check | undefined {
  if (!ordered.test(before)) return undefined;
  const isUp = upward.test(before);
  const breaks = list.findIndex((figure, i) => {
    const last = list[i - 1];
    return last !== undefined && (isUp ? figure.value.lessThan(last.value) : figure.value.greaterThan(last.value));
  });
  const isRanked = /前[一二三四五六七八九十\d]|高到低|低到高/.test(before);
  const isInOrder = breaks < 0;
  if (!isInOrder && !isRanked) return undefined;
  const figure = list[isInOrder ? 0 : breaks]!;
  const written = list.map(figureText).join('、');
  return {
    kind: 'rank',
    verdict: isInOrder ? 'agrees' : 'contradicts',
    published: figure.value.toNumber(),
    computed: isInOrder ? figure.value.toNumber() : list[breaks - 1]!.value.toNumber(),
    decimals: figure.decimals,
    unit: figure.unit,
    spans: [figure, ...list.filter((one) => one !== figure)].map(spanOf),
    says: {
      zh: isInOrder ? `${written}，与排序一致` : `${written}，${figureText(figure)} 与所说的排序不一致`,
      en: isInOrder
        ? `${written}: in the order that is told`
        : `${written}: ${figureText(figure)} is out of the order that is told`,
    },
    detail: null,
  };
}
