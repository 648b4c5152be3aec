import type { Words } from '#core/shared/words.ts';
import { dimensionOf, FormulaFault, type FormulaNode, parseFormula } from '#modules/indicators/contract.ts';
import type { Item, SchemeBody } from './scheme.ts';

/** What is wrong with a scheme, at which item (or null for the scheme), in words to act on. */
export interface SchemeFault {
  item: string | null;
  words: Words;
}

/** Everything that can be known without figures. Formulas over projects are checked by the server, which knows the measures. */
export function checkScheme(body: SchemeBody): SchemeFault[] {
  const faults: SchemeFault[] = [];
  const say = (item: string | null, zh: string, en: string) => faults.push({ item, words: { zh, en } });
  for (const code of twice(body.items.map((i) => i.code)))
    say(code, `项目代码“${code}”重复`, `The code “${code}” stands twice`);
  for (const code of twice(body.groups.map((g) => g.code)))
    say(null, `分组代码“${code}”重复`, `The group “${code}” stands twice`);
  const members = body.groups.flatMap((g) => g.units.map((u) => u.unitId));
  if (twice(members).length > 0) say(null, '同一单位只能在一个分组中出现一次', 'A unit stands in one group, once');
  for (const group of body.groups)
    for (const { unitId, boundTo } of group.units) {
      const lead = boundTo === null ? null : group.units.find((u) => u.unitId === boundTo);
      if (boundTo !== null && (!lead || boundTo === unitId || lead.boundTo !== null))
        say(
          null,
          '捆绑单位的牵头单位应在同一分组，且自身不再捆绑',
          'A unit is bound to a lead of its own group that is bound to nobody',
        );
    }
  for (const item of body.items) checkItem(item, say);
  return faults;
}

type Say = (item: string | null, zh: string, en: string) => void;

function checkItem(item: Item, say: Say): void {
  const names = new Set(item.inputs.map((i) => i.name));
  for (const name of twice(item.inputs.map((i) => i.name)))
    say(item.code, `“${item.name.zh}”的数据“${name}”重复`, `“${item.name.en || item.code}” names “${name}” twice`);
  if (item.cap !== null && item.floor !== null && Number(item.cap) < Number(item.floor))
    say(
      item.code,
      `“${item.name.zh}”的封顶分低于最低分`,
      `The cap of “${item.name.en || item.code}” is below its floor`,
    );
  for (const formula of formulasOf(item))
    try {
      const node = parseFormula(formula);
      if (looksElsewhere(node))
        throw new FormulaFault(
          {
            zh: '合计、个数、上期、去年同期只用于数据来源，不用于计分算式',
            en: 'sum, count, previous and lastYear belong to sources, not to the formula of points',
          },
          node,
        );
      // What an item may name is its own inputs, all of them bare numbers: nothing of a project is in reach here.
      const dimension = dimensionOf(node, (name) =>
        names.has(name) ? { scope: 'group', dimension: 'bare' } : undefined,
      );
      if (dimension === 'condition')
        say(item.code, `“${item.name.zh}”的算式应得数值：${formula}`, `The formula should give a number: ${formula}`);
    } catch (error) {
      if (!(error instanceof FormulaFault)) throw error;
      say(
        item.code,
        `“${item.name.zh}”：${error.words.zh}（${formula}）`,
        `${item.name.en || item.code}: ${error.words.en} (${formula})`,
      );
    }
}

const elsewhere = new Set(['sum', 'count', 'previous', 'lastYear']);
function looksElsewhere(node: FormulaNode): boolean {
  if (node.kind === 'call') return elsewhere.has(node.name) || node.args.some(looksElsewhere);
  if (node.kind === 'binary') return looksElsewhere(node.left) || looksElsewhere(node.right);
  return (node.kind === 'not' || node.kind === 'negative') && looksElsewhere(node.inner);
}

/** The formulas of an item's method, over its inputs. */
export function formulasOf({ method }: Item): string[] {
  if (method.kind === 'counts') return method.lines.map((l) => l.of);
  if (method.kind === 'steps' && method.anchor !== null) return [method.of, method.anchor];
  return [method.of];
}

const twice = (values: readonly string[]): string[] => [...new Set(values.filter((v, i) => values.indexOf(v) !== i))];
