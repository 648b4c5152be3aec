import { useLanguage, useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ProjectFunding } from '../shapes.ts';
import { labelIn } from '../sources.ts';
import type { EntriesOf } from './EntriesDrawer.tsx';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';

/** Sources × plan, arrived, paid and both rates; every figure opens the entries that it is made of. */
export function SourceTable({ money, onOpen }: { money: ProjectFunding; onOpen: (of: EntriesOf) => void }) {
  const t = useText(text);
  const language = useLanguage();
  const figure = (kind: 'plan' | 'arrived' | 'paid', yuan: number | null, of: { source?: string; label: string }) => (
    <td className="num">
      {yuan === null ? (
        <span className="muted">—</span>
      ) : (
        <button
          type="button"
          className="funding-figure"
          aria-label={`${t.openEntries(`${of.label}${t.kinds[kind]}`)} ${yi(yuan, language)}`}
          title={`${yuan.toLocaleString('en-US')} 元`}
          onClick={() => onOpen({ kind, ...of })}
        >
          {yi(yuan, language)}
        </button>
      )}
    </td>
  );
  return (
    <ScrollX label={t.title}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t.head.source}</th>
            <th className="num">{t.head.plan}</th>
            <th className="num">{t.head.arrived}</th>
            <th className="num">{t.head.planRate}</th>
            <th className="num">{t.head.paid}</th>
            <th className="num" title={t.head.agreementRateTip}>
              {t.head.agreementRate}
            </th>
          </tr>
        </thead>
        <tbody>
          {money.rows
            .map((row) => ({ ...row, label: labelIn(row.source, row.label, language) }))
            .map((row) => (
              <tr key={row.source}>
                <td>{row.label}</td>
                {figure('plan', row.plannedYuan, row)}
                {figure('arrived', row.arrivedYuan, row)}
                <td className="num">{shareText(row.arrivedYuan, row.plannedYuan)}</td>
                {figure('paid', row.paidYuan, row)}
                <td className="num">{shareText(row.arrivedToDateYuan, money.agreementYuan)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t.total}</td>
            {figure('plan', money.plannedYuan, { label: t.total })}
            {figure('arrived', money.arrivedYuan, { label: t.total })}
            <td className="num">{shareText(money.arrivedYuan, money.plannedYuan)}</td>
            {figure('paid', money.paidYuan, { label: t.total })}
            <td className="num">{shareText(money.arrivedToDateYuan, money.agreementYuan)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollX>
  );
}
