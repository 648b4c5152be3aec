import { useMemo } from 'react';
import { useText } from '#core/web/text.ts';
import { yiUnit } from '#core/web/ui/format.ts';
import type { GridColumn, GridSort } from '#core/web/ui/grid-types.ts';
import { Money } from '#core/web/ui/Money.tsx';
import * as text from './text.ts';

export interface Placed {
  projectId: string;
  serial: number;
  name: string;
  board: string | null;
  countyName: string | null;
  leadName: string | null;
  totalYuan: number | null;
  demo: boolean;
}

/** The columns with which every list of the module begins. */
export function usePlaceColumns<R extends Placed>(): { lead: GridColumn<R>[]; more: GridColumn<R>[] } {
  const t = useText(text).grid;
  return useMemo(
    () => ({
      lead: [
        {
          key: 'serial',
          title: t.serial,
          width: 64,
          sortable: true,
          render: (row) => String(row.serial).padStart(4, '0'),
        },
        {
          key: 'name',
          title: t.name,
          grow: true,
          always: true,
          width: 220,
          sortable: true,
          filter: { kind: 'text' },
          tip: (row) => row.name,
          render: (row) => (
            <span className="life-name">
              <span>{row.name}</span>
              {row.demo && <span className="tag">{t.sample}</span>}
            </span>
          ),
        },
        { key: 'county', title: t.county, width: 110, sortable: true, render: (row) => row.countyName ?? '—' },
        { key: 'board', title: t.board, width: 84, sortable: true, render: (row) => row.board ?? '—' },
        {
          key: 'total',
          title: t.total,
          unit: yiUnit(),
          width: 84,
          align: 'end',
          sortable: true,
          render: (row) => <Money yuan={row.totalYuan} />,
        },
      ],
      more: [
        { key: 'lead', title: t.lead, width: 160, hidden: true, sortable: true, render: (row) => row.leadName ?? '—' },
      ],
    }),
    [t],
  );
}

type Cell = string | number | null;

/** Rows sorted as the head says, by what `cellOf` gives; nothing comes last either way. */
export function sorted<R>(
  rows: readonly R[],
  sort: GridSort | undefined,
  cellOf: (row: R, key: string) => Cell,
): readonly R[] {
  if (!sort) return rows;
  const sign = sort.direction === 'asc' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [cellOf(a, sort.key), cellOf(b, sort.key)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'zh'));
  });
}

export const placeCell = (row: Placed, key: string): Cell =>
  key === 'serial'
    ? row.serial
    : key === 'name'
      ? row.name
      : key === 'county'
        ? row.countyName
        : key === 'board'
          ? row.board
          : key === 'lead'
            ? row.leadName
            : row.totalYuan;

export const isPlaceKey = (key: string): boolean =>
  ['serial', 'name', 'county', 'board', 'lead', 'total'].includes(key);
