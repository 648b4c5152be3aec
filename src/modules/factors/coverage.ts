import { type Rate, rate } from '#core/shared/rate.ts';
import { type CategoryCode, categories } from './categories.ts';
import type { NeedOfCategory } from './lamp.ts';
import { isNeeded, isSecured } from './need-state.ts';

export interface Coverage {
  category: CategoryCode;
  /** 需保障: projects that need it. */
  needing: number;
  /** 已保障: of these, projects whose need is met in full. */
  secured: number;
  /** Sums over those projects, in units of the last decimal. What one got above its need helps no other. */
  demand: number;
  supplied: number;
}

/** 用地保障率 and its like for every category: 已保障 ÷ 需保障, by projects and beside it by amount. */
export function coverageOf(needs: readonly NeedOfCategory[]): Coverage[] {
  return categories.map(({ code }) => {
    const needed = needs.filter((need) => need.category === code && isNeeded(need));
    return {
      category: code,
      needing: needed.length,
      secured: needed.filter(isSecured).length,
      demand: needed.reduce((sum, need) => sum + need.demand, 0),
      supplied: needed.reduce((sum, need) => sum + Math.min(need.supplied, need.demand), 0),
    };
  });
}

/** Exact; no rate when no project needs the category. */
export const coverageRate = ({ secured, needing }: Pick<Coverage, 'secured' | 'needing'>): Rate =>
  rate(secured, needing);
