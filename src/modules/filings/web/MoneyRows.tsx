import type { ReactNode } from 'react';
import { useText } from '#core/web/text.ts';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import type { FilingContent, FilingField } from '../content.ts';
import type { Filing } from '../contract.ts';
import { monthOf } from '../period.ts';
import { isFirstOfYear } from '../validation.ts';
import { AmountBox } from './AmountBox.tsx';
import { pointsAgainstPlan, roughly, shareOf, sum } from './show.ts';
import * as text from './text.ts';

/** What stood before this month. In a first filing it is what the filer's own two amounts leave between them. */
export const yuanBefore = ({ facts }: Pick<Filing, 'facts'>, content: FilingContent): number =>
  isFirstOfYear(facts) && content.monthYuan !== null && content.cumulativeYuan !== null
    ? content.cumulativeYuan - content.monthYuan
    : facts.lastCumulativeYuan;

/** The two amounts of a month: one is typed, the other is worked out, and the year stands beside its plan. */
export function MoneyRows({
  filing,
  content,
  onChange,
  isMarked,
  asks,
}: {
  filing: Filing;
  content: FilingContent;
  onChange: (part: Partial<FilingContent>) => void;
  isMarked: (field: FilingField) => boolean;
  asks: (field: FilingField) => ReactNode;
}) {
  const t = useText(text);
  const { facts, last } = filing;
  const lastMonth = last && monthOf(last.period);
  const isFirst = isFirstOfYear(facts);
  const before = yuanBefore(filing, content);
  const setMonth = (monthYuan: number | null) =>
    onChange({
      monthYuan,
      cumulativeYuan:
        isFirst && content.monthYuan === null && content.cumulativeYuan !== null
          ? content.cumulativeYuan
          : monthYuan === null
            ? null
            : before + monthYuan,
      unchanged: false,
    });
  const setCumulative = (cumulativeYuan: number | null) =>
    onChange({
      cumulativeYuan,
      monthYuan: isFirst ? content.monthYuan : cumulativeYuan === null ? null : cumulativeYuan - before,
      unchanged: false,
    });
  const points = pointsAgainstPlan(content.cumulativeYuan, facts.planYuan, facts.planToDateYuan);
  return (
    <>
      <AmountBox
        id="monthYuan"
        label={t.fields.monthYuan}
        hint={
          <>
            {last && lastMonth !== null && <span>{t.form.was(lastMonth, sum(last.content.monthYuan))}</span>}
            {facts.planMonthYuan !== null && <span>{t.form.planned(roughly(facts.planMonthYuan))}</span>}
          </>
        }
        yuan={content.monthYuan}
        onChange={setMonth}
        isMarked={isMarked('monthYuan')}
      >
        {asks('monthYuan')}
        {asks('cause')}
      </AmountBox>
      <AmountBox
        id="cumulativeYuan"
        label={t.fields.cumulativeYuan}
        hint={
          isFirst
            ? t.form.opening(sum(before), sum(content.monthYuan))
            : t.form.identity(sum(before), sum(content.monthYuan))
        }
        yuan={content.cumulativeYuan}
        onChange={setCumulative}
        isMarked={isMarked('cumulativeYuan')}
        isSecond
      >
        {asks('cumulativeYuan')}
      </AmountBox>
      <div className="ff-calc">
        <RateBar
          done={content.cumulativeYuan ?? facts.lastCumulativeYuan}
          plan={facts.planYuan}
          clock={facts.planYuan && facts.planToDateYuan !== null ? facts.planToDateYuan / facts.planYuan : null}
        />
        {facts.planYuan !== null && (
          <p className="split">
            <span className="soft">
              {t.form.ofYear(sum(content.cumulativeYuan ?? facts.lastCumulativeYuan), sum(facts.planYuan))}
            </span>
            {content.cumulativeYuan !== null && points !== null && (
              <b className={points.startsWith('-') ? 'warn' : 'good'}>
                {points.startsWith('-')
                  ? t.form.behind(points.slice(1))
                  : Number(points) === 0
                    ? t.form.even
                    : t.form.ahead(points)}
              </b>
            )}
          </p>
        )}
        <span className="only-aloud">
          {t.form.track(shareOf(content.cumulativeYuan, facts.planYuan), shareOf(facts.planToDateYuan, facts.planYuan))}
        </span>
      </div>
    </>
  );
}
