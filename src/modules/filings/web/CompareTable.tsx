import type { KeyboardEvent, ReactNode } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { date, points as pointsOf } from '#core/web/ui/format.ts';
import type { FilingField } from '../content.ts';
import type { Filing, FilingVersion } from '../contract.ts';
import { shortPeriod } from '../period.ts';
import { isFirstOfYear } from '../validation.ts';
import * as cycleText from './cycle-text.ts';
import { pointsAgainstPlan, roughly, shareOf, sum, timesOf } from './show.ts';
import * as text from './text.ts';

/** ↑ and ↓ go from one markable cell to the next; Space marks (the cells are buttons). */
function walk(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const cells = [...document.querySelectorAll<HTMLElement>('[data-cell]')];
  const at = cells.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  cells[Math.min(cells.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
}

/** The month beside last month and the plan. Cells carry the numbers of their hits and take marks; none takes a number. */
export function CompareTable({
  filing,
  version,
  marked,
  onToggle,
}: {
  filing: Filing;
  version: FilingVersion | null;
  marked: ReadonlySet<FilingField>;
  onToggle: ((field: FilingField) => void) | null;
}) {
  const t = useText(text);
  const c = useText(cycleText);
  const words = useWords();
  const { facts, last } = filing;
  const isMonth = filing.kind === 'monthly';
  const isAsked = (field: FilingField) => filing.form.fields.length === 0 || filing.form.fields.includes(field);
  const now = version?.content ?? filing.draft;
  const before = last?.content ?? null;

  const cell = (field: FilingField, value: ReactNode, isText = false) => {
    const here = filing.hits.map((hit, index) => ({ ...hit, number: index + 1 })).filter((hit) => hit.field === field);
    const worst = here[0]?.severity;
    const tone = worst === 'block' ? 'mark' : worst === 'approve' || worst === 'explain' ? 'hot' : '';
    return (
      <td className={`now ${tone} ${isText ? '' : 'num'} ${marked.has(field) ? 'flag' : ''}`} colSpan={isText ? 2 : 1}>
        <button
          type="button"
          data-cell={field}
          disabled={onToggle === null}
          aria-pressed={marked.has(field)}
          aria-label={t.review.mark(t.fields[field])}
          onClick={() => onToggle?.(field)}
          onKeyDown={walk}
        >
          {here.map((hit) => (
            <span className="q" key={hit.rule}>
              {hit.number}
            </span>
          ))}
          {marked.has(field) && <em>{t.form.marked}</em>}
        </button>
        <span className="value">{value}</span>
      </td>
    );
  };
  const textRow = (field: FilingField, label: string, old: string, value: string, plan = '') => (
    <tr>
      <th scope="row">{label}</th>
      <td>{plan}</td>
      <td className="clip" title={old}>
        {old || t.none}
      </td>
      {cell(
        field,
        value === '' ? (
          t.none
        ) : value === old ? (
          <span className="muted">
            {t.review.sameText}：{value}
          </span>
        ) : (
          value
        ),
        true,
      )}
    </tr>
  );

  const times = timesOf(now.monthYuan ?? 0, before?.monthYuan ?? null);
  const points = pointsAgainstPlan(now.cumulativeYuan, facts.planYuan, facts.planToDateYuan);
  const should = isFirstOfYear(facts) ? (now.monthYuan ?? 0) : facts.lastCumulativeYuan + (now.monthYuan ?? 0);
  const isOff = filing.hits.some((hit) => hit.rule === 'identity');
  const beforeYear = facts.beforeYearYuan ?? 0;
  return (
    <table className="plain fr-cmp">
      <colgroup>
        <col style={{ width: '10.5rem' }} />
        <col style={{ width: '6.5rem' }} />
        <col style={{ width: '8rem' }} />
        <col style={{ width: '8.5rem' }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th>{isMonth ? t.review.column : c.column}</th>
          <th className="num">{t.review.plan}</th>
          <th className="num">{last ? words(shortPeriod(last.period)) : isMonth ? t.review.beforeNone : c.before}</th>
          <th className="num">
            {isMonth ? t.review.now(Number(filing.period.slice(5))) : words(shortPeriod(filing.period))}
          </th>
          <th>{isMonth ? t.review.change : c.change}</th>
        </tr>
      </thead>
      <tbody>
        {isMonth && (
          <>
            <tr className="grp">
              <td colSpan={5}>{t.review.groups.money}</td>
            </tr>
            <tr>
              <th scope="row">{t.fields.monthYuan}</th>
              <td className="num">{roughly(facts.planMonthYuan)}</td>
              <td className="num">{sum(before?.monthYuan)}</td>
              {cell('monthYuan', sum(now.monthYuan))}
              <td className={times !== null && Number(times) >= 3 ? 'warn' : 'soft'}>
                {now.unchanged ? t.review.same : times === null ? t.none : t.review.times(times)}
              </td>
            </tr>
            <tr>
              <th scope="row">{t.fields.cumulativeYuan}</th>
              <td className="num">{sum(facts.planYuan)}</td>
              <td className="num">{sum(facts.lastCumulativeYuan)}</td>
              {cell('cumulativeYuan', sum(now.cumulativeYuan))}
              <td className={isOff ? 'late' : 'soft'}>
                {isOff && now.cumulativeYuan !== null
                  ? t.review.should(sum(should), sum(Math.abs(now.cumulativeYuan - should)))
                  : now.monthYuan === null
                    ? t.none
                    : `+${sum(now.monthYuan)}`}
              </td>
            </tr>
            <tr>
              <th scope="row">{t.review.ofPlan}</th>
              <td className="num">{shareOf(facts.planToDateYuan, facts.planYuan)}</td>
              <td className="num">{shareOf(facts.lastCumulativeYuan, facts.planYuan)}</td>
              <td className="num now">
                <span className="value">{shareOf(now.cumulativeYuan, facts.planYuan)}</span>
              </td>
              <td className="soft">{points === null ? t.review.computed : t.review.gap(pointsOf(Number(points)))}</td>
            </tr>
            <tr>
              <th scope="row">{t.review.sinceStart}</th>
              <td className="num">{sum(facts.totalYuan)}</td>
              <td className="num">{sum(beforeYear + facts.lastCumulativeYuan)}</td>
              <td className="num now">
                <span className="value">
                  {now.cumulativeYuan === null ? t.none : sum(beforeYear + now.cumulativeYuan)}
                </span>
              </td>
              <td className="soft">{t.review.computed}</td>
            </tr>
          </>
        )}
        <tr className="grp">
          <td colSpan={5}>{t.review.groups.progress}</td>
        </tr>
        {textRow('imageProgress', t.fields.imageProgress, before?.imageProgress ?? '', now.imageProgress)}
        {isMonth &&
          (facts.startedOn === null || now.startedOn !== null) &&
          textRow('startedOn', t.fields.startedOn, '', now.startedOn ?? facts.startedOn ?? '')}
        {(isAsked('milestones') ? filing.milestones : [])
          .filter((m) => m.doneOn === null || now.milestones.some((tick) => tick.milestoneId === m.id))
          .map((m) => {
            const doneOn = now.milestones.find((tick) => tick.milestoneId === m.id)?.doneOn ?? null;
            return (
              <tr key={m.id}>
                <th scope="row">
                  {t.fields.milestones}：{m.name}
                </th>
                <td className="num">{date(m.dueOn)}</td>
                <td className="num">{t.review.notReached}</td>
                <td className="now" colSpan={2}>
                  <span className="value">{doneOn === null ? t.review.notReached : t.review.reached(doneOn)}</span>
                </td>
              </tr>
            );
          })}
        <tr className="grp">
          <td colSpan={5}>{t.review.groups.problems}</td>
        </tr>
        {isMonth &&
          textRow(
            'cause',
            t.fields.cause,
            before?.cause ? t.causes[before.cause] : '',
            now.cause
              ? t.causes[now.cause] + (now.explanations.belowPlan ? `：${now.explanations.belowPlan}` : '')
              : '',
          )}
        {textRow('problems', t.fields.problems, before?.problems ?? '', now.problems)}
        {isAsked('nextSteps') &&
          (now.nextSteps ?? '') !== '' &&
          textRow('nextSteps', t.fields.nextSteps, before?.nextSteps ?? '', now.nextSteps)}
        {now.unchanged && !isMonth && textRow('imageProgress', c.nothing[filing.kind], '', t.review.same)}
        {now.note !== '' && textRow('note', t.fields.note, before?.note ?? '', now.note)}
        <tr>
          <th scope="row">{t.fields.photos}</th>
          <td />
          <td className="num">{before?.photos.length ?? t.none}</td>
          {cell('photos', now.photos.length)}
          <td />
        </tr>
      </tbody>
    </table>
  );
}
