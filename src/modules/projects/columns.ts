import { z } from 'zod';

/**
 * The columns of the project list as data: what a filter on each may ask, in what order they stand and which show
 * at first. The list page, the server's SQL and the Excel export all read this, so they cannot disagree.
 */
export type ColumnType = 'text' | 'long' | 'choice' | 'money' | 'number' | 'day' | 'flag';

export const columns = {
  light: 'choice',
  serial: 'number',
  name: 'text',
  tiers: 'choice',
  code: 'text',
  board: 'choice',
  industry: 'text',
  nature: 'choice',
  planKind: 'choice',
  region: 'choice',
  stage: 'choice',
  owner: 'choice',
  lead: 'choice',
  responsible: 'text',
  leader: 'choice',
  command: 'choice',
  county: 'choice',
  startPlanned: 'day',
  startActual: 'day',
  finishPlanned: 'day',
  finishActual: 'day',
  total: 'money',
  doneBefore: 'money',
  plan: 'money',
  done: 'money',
  rate: 'number',
  gap: 'number',
  enrolled: 'flag',
  enrolledOn: 'day',
  filingState: 'choice',
  filedOn: 'day',
  cause: 'choice',
  childCount: 'number',
  demo: 'flag',
  content: 'long',
  goal: 'long',
  funds: 'long',
  address: 'long',
  source: 'long',
  remark: 'long',
} as const satisfies Record<string, ColumnType>;
export type ColumnKey = keyof typeof columns;
export const columnKeys = Object.keys(columns) as [ColumnKey, ...ColumnKey[]];

export const longColumns = ['content', 'goal', 'funds', 'address', 'source', 'remark'] as const;

type KeysOf<T extends ColumnType> = { [K in ColumnKey]: (typeof columns)[K] extends T ? K : never }[ColumnKey];
const keysOf = <T extends ColumnType>(...types: readonly T[]) =>
  columnKeys.filter((key) => (types as readonly ColumnType[]).includes(columns[key])) as [KeysOf<T>, ...KeysOf<T>[]];

/** Everything sorts but the long texts and the list of tiers, which have no order anybody would look for. */
export type SortKey = Exclude<ColumnKey, KeysOf<'long'> | 'tiers'>;
export const sortKeys = columnKeys.filter((key) => columns[key] !== 'long' && key !== 'tiers') as [
  SortKey,
  ...SortKey[],
];

/** One condition. Several join by “and”; several values of one `in` join by “or”; null among them means blank. */
export const Filter = z.discriminatedUnion('op', [
  z.object({ op: z.literal('has'), field: z.enum(keysOf('text', 'long')), value: z.string().trim().min(1).max(100) }),
  z.object({
    op: z.literal('in'),
    field: z.enum(keysOf('choice')),
    values: z.array(z.string().max(100).nullable()).min(1).max(200),
  }),
  z.object({
    op: z.literal('between'),
    field: z.enum(keysOf('money', 'number')),
    min: z.number().nullable(),
    max: z.number().nullable(),
  }),
  z.object({
    op: z.literal('days'),
    field: z.enum(keysOf('day')),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
  }),
  z.object({ op: z.literal('is'), field: z.enum(keysOf('flag')), value: z.boolean() }),
  z.object({ op: z.literal('blank'), field: z.enum(columnKeys), value: z.boolean() }),
  /** Questions people ask by name, each a rule in one place. */
  z.object({
    op: z.literal('named'),
    name: z.enum(['mine', 'startOverdue', 'notEnrolled', 'notFiled', 'finishOverdue']),
  }),
]);
export type Filter = z.infer<typeof Filter>;
export const namedFilters = ['mine', 'startOverdue', 'notEnrolled', 'notFiled', 'finishOverdue'] as const;
export type NamedFilter = (typeof namedFilters)[number];
