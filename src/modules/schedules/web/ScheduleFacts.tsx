import { daysBetween } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import { percent } from '#core/web/ui/format.ts';
import type { ShownSchedule } from './shown-schedule.ts';
import * as text from './text.ts';

/** One line that answers whether the promise will be kept. */
export function ScheduleFacts({ shown, isDraft, seq }: { shown: ShownSchedule; isDraft: boolean; seq: number | null }) {
  const t = useText(text);
  const { span, content, expected, share } = shown;
  const { promised } = content;
  if (!span) return null;
  const kind =
    content.calendar === 'city'
      ? t.facts.workdays
      : content.calendar === 'own'
        ? t.facts.ownDays
        : t.facts.calendarDays;
  const late = promised && expected ? daysBetween(promised, expected) : null;
  const critical = shown.rows.filter((row) => row.isCritical && !row.isSummary).length;
  return (
    <>
      <span>
        {t.facts.version} <b>{isDraft || seq === null ? t.draftName : t.currentName(seq)}</b>
      </span>
      <span>
        {t.facts.span}{' '}
        <b>
          {span.start} — {span.finish}
        </b>
        {shown.plan && `${t.comma}${t.facts.days(shown.plan.days, kind)}`}
      </span>
      {promised && (
        <span>
          {t.facts.promised} <b>{promised}</b>
        </span>
      )}
      {expected && (
        <span>
          {t.facts.expected} <b>{expected}</b>{' '}
          {late !== null && (
            <span className={late > 0 ? 'late' : ''}>
              {late > 0 ? t.laterThanPromise(late) : late < 0 ? t.earlierThanPromise(-late) : t.onPromise}
            </span>
          )}
        </span>
      )}
      {share && (
        <span>
          {t.facts.done} <b>{percent(share.done, 0)}</b>
          {t.comma}
          {t.facts.due} <b>{percent(share.due, 0)}</b>
        </span>
      )}
      <span>{t.facts.critical(critical)}</span>
    </>
  );
}
