import type { Words } from '#core/shared/words.ts';
import { showAmount } from './amount.ts';
import type { Category } from './categories.ts';

export interface PoolFacts {
  name: string;
  year: number;
  size: number;
  /** Allotted less withdrawn. */
  allotted: number;
}

export interface Refusal {
  code: 'over_pool' | 'over_gap' | 'below_allotted' | 'over_held';
  field: string;
  words: Words;
}

const shown = (category: Category, amount: number) => showAmount(amount, category.decimals);

/** Why an allotment is refused: it may exceed neither what the pool has left nor what the project still lacks. */
export function allotmentRefusal(
  category: Category,
  pool: PoolFacts,
  project: { name: string; gap: number },
  amount: number,
): Refusal | null {
  const left = pool.size - pool.allotted;
  const { zh, en } = category.unit;
  if (amount > left)
    return {
      code: 'over_pool',
      field: 'amount',
      words: {
        zh: `${pool.year} 年${pool.name}共 ${shown(category, pool.size)} ${zh}，已分配 ${shown(category, pool.allotted)} ${zh}，只剩 ${shown(category, left)} ${zh}，不够分配 ${shown(category, amount)} ${zh}。请减少分配量，或先按文件调增指标池`,
        en: `Of ${shown(category, pool.size)} ${en} in ${pool.name} ${pool.year}, ${shown(category, left)} ${en} are left: not enough for ${shown(category, amount)} ${en}. Allot less, or enlarge the pool after its document`,
      },
    };
  if (amount > project.gap)
    return {
      code: 'over_gap',
      field: 'amount',
      words: {
        zh: `“${project.name}”的${category.name.zh}缺口为 ${shown(category, project.gap)} ${zh}，分配 ${shown(category, amount)} ${zh}超过缺口。请先核对该项目的需求`,
        en: `${project.name} still lacks ${shown(category, project.gap)} ${en} of ${category.name.en}: ${shown(category, amount)} ${en} is more. Check the project's demand first`,
      },
    };
  return null;
}

/** A pool cannot become smaller than what was given out of it. */
export const sizeRefusal = (category: Category, pool: PoolFacts, size: number): Refusal | null =>
  size >= pool.allotted
    ? null
    : {
        code: 'below_allotted',
        field: 'size',
        words: {
          zh: `${pool.year} 年${pool.name}已分配 ${shown(category, pool.allotted)} ${category.unit.zh}，不能调减为 ${shown(category, size)} ${category.unit.zh}。请先收回部分分配`,
          en: `${shown(category, pool.allotted)} ${category.unit.en} of ${pool.name} ${pool.year} are allotted: it cannot shrink to ${shown(category, size)} ${category.unit.en}. Withdraw some allotments first`,
        },
      };

/** No more can be taken back than the project holds from this pool. */
export const withdrawalRefusal = (category: Category, held: number, amount: number): Refusal | null =>
  amount <= held
    ? null
    : {
        code: 'over_held',
        field: 'amount',
        words: {
          zh: `该项目从本指标池分得 ${shown(category, held)} ${category.unit.zh}，不能收回 ${shown(category, amount)} ${category.unit.zh}`,
          en: `The project holds ${shown(category, held)} ${category.unit.en} from this pool: ${shown(category, amount)} ${category.unit.en} cannot be withdrawn`,
        },
      };
