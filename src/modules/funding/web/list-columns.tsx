import type { Language, Text } from '#core/shared/words.ts';
import { yi, yiUnit } from '#core/web/ui/format.ts';
import type { GridColumn } from '#core/web/ui/grid-types.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { columnWords, type FundingColumn, fundingColumns } from '../column-words.ts';
import type { FundingRow, ListTotals, listSorts } from '../shapes.ts';
import { shareText } from './RateFigures.tsx';
import type { zh } from './text.ts';

const sortKeys: ReadonlySet<string> = new Set([
  'serial',
  'total',
  'plan',
  'planned',
  'arrived',
  'paid',
  'reported',
  'planRate',
  'agreementRate',
] satisfies (typeof listSorts)[number][]);
const isSortable = (key: string): boolean => sortKeys.has(key);
export const asSort = (key: string): (typeof listSorts)[number] | undefined =>
  isSortable(key) ? (key as (typeof listSorts)[number]) : undefined;

const hidden: ReadonlySet<FundingColumn> = new Set(['agreement', 'arrivedToDate', 'toPay', 'planned']);
const onPhone: ReadonlySet<FundingColumn> = new Set(['name', 'arrived', 'paid', 'planRate', 'agreementRate', 'bond']);
const widths: Partial<Record<FundingColumn, number>> = { serial: 60, owner: 132, name: 260, bond: 74, queries: 64 };

/** The list's columns, in the order and the words of its Excel file. */
export function gridColumns({
  t,
  language,
  totals,
  isPhone,
}: {
  t: Text<typeof zh>;
  language: Language;
  totals: ListTotals | undefined;
  isPhone: boolean;
}): GridColumn<FundingRow>[] {
  return fundingColumns
    .filter((key) => !isPhone || onPhone.has(key))
    .map((key): GridColumn<FundingRow> => {
      const words = columnWords[key][language];
      const base = {
        key,
        title: words,
        sortable: isSortable(key),
        hidden: !isPhone && hidden.has(key),
        width: widths[key] ?? (isPhone ? 78 : 88),
      };
      switch (key) {
        case 'serial':
          return { ...base, render: (row) => String(row.serial).padStart(4, '0') };
        case 'name':
          return {
            ...base,
            always: true,
            ...(isPhone ? { width: 168 } : { grow: true }),
            tip: (row) => row.name,
            render: (row) => (
              <span className="cell-name">
                {row.name}
                {row.childCount > 0 && <small className="muted"> {row.childCount}</small>}
                {row.demo && <span className="sample">{t.sample}</span>}
              </span>
            ),
          };
        case 'owner':
          return { ...base, render: (row) => row.ownerName ?? '' };
        case 'planRate':
          return {
            ...base,
            title: t.list.rate,
            unit: t.list.planBasis,
            align: 'end',
            tip: (row) => made(t.rate.plan, row.arrivedYuan, row.planYuan, language),
            render: (row) => shareText(row.arrivedYuan, row.planYuan),
            ...(totals && { total: shareText(totals.arrivedOfPlanYuan, totals.planYuan || null) }),
          };
        case 'agreementRate':
          return {
            ...base,
            title: t.list.rate,
            unit: t.list.agreementBasis,
            align: 'end',
            tip: (row) => made(t.rate.agreement, row.arrivedToDateYuan, row.agreementYuan, language),
            render: (row) => shareText(row.arrivedToDateYuan, row.agreementYuan),
            ...(totals && { total: shareText(totals.arrivedOfAgreementYuan, totals.agreementYuan || null) }),
          };
        case 'bond':
          return { ...base, render: (row) => row.bondLight && <Light value={row.bondLight} /> };
        case 'queries':
          return { ...base, align: 'end', render: (row) => row.openQueries || '' };
        default:
          return {
            ...base,
            unit: yiUnit(language),
            align: 'end',
            tip: (row) => (row[`${key}Yuan`] === null ? undefined : `${row[`${key}Yuan`]!.toLocaleString('en-US')} 元`),
            render: (row) => yi(row[`${key}Yuan`], language),
            ...(totals && key in sums && { total: yi(totals[sums[key as keyof typeof sums]], language) }),
          };
      }
    });
}

const sums = {
  total: 'totalYuan',
  agreement: 'agreementYuan',
  plan: 'planYuan',
  planned: 'plannedYuan',
  arrived: 'arrivedYuan',
  paid: 'paidYuan',
  reported: 'reportedYuan',
} as const satisfies Partial<Record<FundingColumn, keyof ListTotals>>;

const made = (words: string, n: number | null, d: number | null, language: Language): string =>
  `${words}：${yi(n, language)} ÷ ${yi(d, language)}`;
