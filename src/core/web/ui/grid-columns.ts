import { useMemo, useSyncExternalStore } from 'react';
import type { Language } from '../../shared/words.ts';
import { useMaybeSession } from '../session.tsx';
import { useLanguage } from '../text.ts';
import type { GridColumn } from './grid-types.ts';

/** What one person changed about one table's columns. Only differences are kept, so new columns of a new release appear. */
export interface ColumnChoice {
  order: string[];
  /** key → shown or hidden, where it differs from the column's own default. */
  shown: Record<string, boolean>;
  widths: Record<string, number>;
}

const nothing: ColumnChoice = { order: [], shown: {}, widths: {} };
const choices = new Map<string, ColumnChoice>();
const listeners = new Set<() => void>();

function load(place: string): ColumnChoice {
  const known = choices.get(place);
  if (known) return known;
  let choice = nothing;
  try {
    choice = { ...nothing, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<ColumnChoice>) };
  } catch {
    // unreadable or forbidden: the defaults
  }
  choices.set(place, choice);
  return choice;
}

function keep(place: string, choice: ColumnChoice): void {
  choices.set(place, choice);
  try {
    if (choice === nothing) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(choice));
  } catch {
    // shown for now, not remembered
  }
  for (const listener of listeners) listener();
}

/** Columns in the person's order with their widths: those of the choice first, new ones where the array has them. */
export function arrange<R>(
  columns: readonly GridColumn<R>[],
  choice: ColumnChoice,
  language: Language = 'zh',
): (GridColumn<R> & { isShown: boolean })[] {
  const rank = new Map(choice.order.map((key, index) => [key, index]));
  const placed = columns.map((column, index) => {
    // A column the choice does not know stands after its left neighbour.
    let at = rank.get(column.key);
    for (let left = index - 1; at === undefined && left >= 0; left -= 1) {
      const neighbour = rank.get(columns[left]!.key);
      if (neighbour !== undefined) at = neighbour + 0.5;
    }
    return { column, at: at ?? -1, index };
  });
  placed.sort((a, b) => a.at - b.at || a.index - b.index);
  return placed.map(({ column }) => {
    return {
      ...column,
      width: choice.widths[column.key] ?? widthOf(column, language),
      isShown: column.always || (choice.shown[column.key] ?? !column.hidden),
    };
  });
}

/** Widths are written for Chinese words; English ones need more. Figures, and names that stay Chinese, do not. */
const widthOf = <R>(column: GridColumn<R>, language: Language): number => {
  const width = column.width ?? (column.grow ? 200 : 96);
  return language === 'zh' || column.grow || column.align === 'end' ? width : Math.round(width * 1.2);
};

export interface GridColumns<R> {
  /** In order, only those on the screen: also what an export should write. */
  shown: readonly GridColumn<R>[];
  all: readonly (GridColumn<R> & { isShown: boolean })[];
  setShown(key: string, isShown: boolean): void;
  move(key: string, by: -1 | 1): void;
  setWidth(key: string, width: number): void;
  reset(): void;
  isChanged: boolean;
}

/** The remembered columns of a table; the grid, its columns button and an export all read the same. Kept per account. */
export function useGridColumns<R>(id: string, columns: readonly GridColumn<R>[]): GridColumns<R> {
  const account = useMaybeSession()?.account.id ?? 'nobody';
  const place = `guatu.columns.${account}.${id}`;
  const choice = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => load(place),
  );
  const language = useLanguage();
  return useMemo(() => {
    const all = arrange(columns, choice, language);
    return {
      all,
      shown: all.filter((column) => column.isShown),
      setShown: (key, isShown) => keep(place, { ...choice, shown: { ...choice.shown, [key]: isShown } }),
      move: (key, by) => {
        const order = all.map((column) => column.key);
        const from = order.indexOf(key);
        const to = from + by;
        if (from < 0 || to < 0 || to >= order.length) return;
        order.splice(to, 0, ...order.splice(from, 1));
        keep(place, { ...choice, order });
      },
      setWidth: (key, width) =>
        keep(place, { ...choice, widths: { ...choice.widths, [key]: Math.max(36, Math.round(width)) } }),
      reset: () => keep(place, nothing),
      isChanged: choice !== nothing,
    };
  }, [columns, choice, place, language]);
}
