import type { ReactNode } from 'react';
import type { LightValue } from './Light.tsx';

/** One column of a DataGrid. Order in the array is the default order. */
export interface GridColumn<R> {
  /** Stable: remembered widths and views name it. */
  key: string;
  title: string;
  /** A second, smaller line in the head: a unit. */
  unit?: string;
  /** Pixels at 13 px type; the person may change it. Default 96. */
  width?: number;
  align?: 'start' | 'end' | 'center';
  /** Takes the room that is left (the name column). One per table. */
  grow?: boolean;
  sortable?: boolean;
  filter?: GridFilter;
  render: (row: R) => ReactNode;
  /** Full text for the tooltip of a clipped cell. Default: the text itself when `render` gives a string. */
  tip?: (row: R) => string | undefined;
  /** The light whose colour the cell carries because it decided the light. */
  cause?: (row: R) => LightValue | undefined;
  /** Not shown until the person chooses it. */
  hidden?: boolean;
  /** Cannot be hidden. */
  always?: boolean;
  total?: ReactNode;
}

export type GridFilter =
  | { kind: 'options'; options: readonly { value: string; label: string; count?: number }[] }
  | { kind: 'text' }
  /** Bounds are what the server wants (yuan, points …); `scale` is how many of them one typed unit is (亿元: 100000000). */
  | { kind: 'range'; unit?: string; scale?: number }
  | { kind: 'dates' };

/** One column's filter as data: what goes to the server and into a saved view. */
export type GridFilterValue =
  | { values: string[] }
  | { text: string }
  | { from?: number | string; to?: number | string };
export type GridFilters = Readonly<Record<string, GridFilterValue>>;

export interface GridSort {
  key: string;
  direction: 'asc' | 'desc';
}

/** Where rows come from: all in memory (`useLocalRows`) or in windows from the server (`useWindowedRows`). */
export interface RowSource<R> {
  rowCount: number;
  /** Undefined while its window is on the way: the grid draws a quiet placeholder. */
  rowAt(index: number): R | undefined;
  /** The grid tells which rows it shows; the source loads what is missing. `to` is exclusive. */
  show(from: number, to: number): void;
  isPending: boolean;
  error: unknown;
  retry(): void;
}

export interface DataGridProps<R> {
  /** Names the remembered columns: `projects.list`. */
  id: string;
  /** What the table is, for screen readers. */
  label: string;
  columns: readonly GridColumn<R>[];
  rowKey: (row: R) => string;
  /** How a row is called aloud (its name), for the selection box. */
  rowName?: (row: R) => string;
  source: RowSource<R>;
  sort?: GridSort | undefined;
  onSort?: (sort: GridSort | undefined) => void;
  filters?: GridFilters;
  onFilters?: (filters: GridFilters) => void;
  /** Given together: a selection column appears. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** Drawn in the bar at the bottom while rows are selected: figures and buttons. */
  selectionBar?: (selected: ReadonlySet<string>) => ReactNode;
  /** Enter, or a click on the row. */
  onOpen?: (row: R) => void;
  /** First cells of the totals row, merged over the columns without a `total`. */
  totals?: ReactNode;
  rowClass?: (row: R) => string | undefined;
  empty?: ReactNode;
  rowHeight?: number;
}
