import { useState } from 'react';
import { rate as exactRate } from '#core/shared/rate.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { dash, rate, yi, yiWithUnit } from '#core/web/ui/format.ts';
import { type ArrivalRate, arrivalRates } from '../arrival-rate.ts';
import { changeAgainstFirst } from '../investment.ts';
import type { ProjectFunding } from '../shapes.ts';
import { rateText } from './show.ts';
import * as text from './text.ts';

/** Key figures: the total against its first value, and both arrival rates, each opening to what it is made of. */
export function RateFigures({ money, onRevisions }: { money: ProjectFunding; onRevisions: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const [open, setOpen] = useState<'agreement' | 'plan' | null>(null);
  const rates = arrivalRates({
    arrivedYuan: money.arrivedYuan,
    arrivedToDateYuan: money.arrivedToDateYuan,
    planYuan: money.plan?.yuan ?? null,
    agreementYuan: money.agreementYuan,
  });
  const change = changeAgainstFirst(money.revisions.filter((r) => r.track === 'total'));
  const reported = money.months.reduce((sum, m) => sum + (m.reportedYuan ?? 0), 0);
  return (
    <>
      <div className="figs">
        <div>
          <b>{yi(money.totalYuan, language)}</b>
          <button type="button" className="link" onClick={onRevisions}>
            {t.figures.total}
          </button>
          {change && change.changeYuan !== 0 && (
            <span className="funding-change">
              {t.figures.change(
                yi(change.firstYuan, language),
                (change.changeYuan > 0 ? t.figures.up : t.figures.down)(yi(Math.abs(change.changeYuan), language)),
                signed(rateText({ basis: 'plan', numerator: null, denominator: null, rate: change.rate })),
              )}
            </span>
          )}
        </div>
        {(['plan', 'agreement'] as const).map((basis) => (
          <div key={basis}>
            <b>{rateText(rates[basis])}</b>
            <button
              type="button"
              className="link"
              aria-expanded={open === basis}
              onClick={() => setOpen(open === basis ? null : basis)}
            >
              {basis === 'plan' ? t.figures.planRate : t.figures.agreementRate}
            </button>
          </div>
        ))}
        {reported > 0 && (
          <div>
            <b>{rate(money.paidYuan ?? 0, reported)}</b>
            {t.figures.paidOfReported}
          </div>
        )}
      </div>
      {open && <RateMadeOf rate={rates[open]} planVersion={open === 'plan' ? money.plan?.version : undefined} />}
    </>
  );
}

const signed = (text: string): string => (text === dash || text.startsWith('-') ? text.replace('-', '−') : `+${text}`);

/** A rate opened: its numerator, its denominator, or why there is none. */
function RateMadeOf({ rate: shown, planVersion }: { rate: ArrivalRate; planVersion: number | undefined }) {
  const t = useText(text);
  const language = useLanguage();
  const { basis, numerator, denominator } = shown;
  const why =
    shown.rate.reason === null
      ? null
      : shown.rate.reason === 'zeroDenominator'
        ? t.rate.missing.zero
        : denominator === null
          ? t.rate.missing[basis]
          : t.rate.missing.arrived;
  return (
    <p className="funding-made" role="status">
      {t.rate[basis]}
      {t.rateColon}
      {why ?? (
        <>
          {yiWithUnit(numerator, language)} ÷ {yiWithUnit(denominator, language)}
          {planVersion !== undefined && t.rate.planVersion(planVersion)} = <b>{rateText(shown)}</b>
        </>
      )}
    </p>
  );
}

/** Rate of two figures as text, from the exact pair. */
export const shareText = (n: number | null, d: number | null): string =>
  rateText({ basis: 'plan', numerator: n, denominator: d, rate: exactRate(n, d) });
