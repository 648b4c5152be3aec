import { daysBetween } from '#core/shared/day.ts';
import { useText, useWords } from '#core/web/text.ts';
import { daysShort } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { ShownSchedule } from './shown-schedule.ts';
import * as text from './text.ts';

/** What a planner must hear: why there are no dates, by when to begin, whether the promise can be kept. */
export function ScheduleNotices({
  shown,
  refusal,
  hasBegun,
  today,
}: {
  shown: ShownSchedule;
  /** Why the last step was not done. */
  refusal: string | null;
  hasBegun: boolean;
  today: string;
}) {
  const t = useText(text);
  const words = useWords();
  const { plan, problem, content } = shown;
  const short = plan ? daysShort(plan.mustBeginBy, today) : 0;
  const wrong = plan ? content.tasks.filter((task) => (plan.tasks.get(task.uid)?.float ?? 0) < 0) : [];
  const worst = wrong.filter((task) => task.constraint || task.deadline);
  const named = (worst.length > 0 ? worst : wrong).slice(0, 4).map((task) => task.name);
  return (
    <div className="schedule-notices" aria-live="polite">
      {refusal && (
        <p className="notice late" role="alert">
          {refusal}
        </p>
      )}
      {problem && problem.code !== 'empty' && (
        <p className="notice late">{words(problemWords(problem, content.tasks))}</p>
      )}
      {plan?.mustBeginBy && !hasBegun && (
        <p className={short > 0 ? 'notice late' : 'notice'}>
          {short > 0 ? (
            <b>{t.short(plan.mustBeginBy, short)}</b>
          ) : (
            <>
              <b>{t.mustBeginBy(plan.mustBeginBy)}</b> {t.mustBeginLeft(daysBetween(today, plan.mustBeginBy))}
            </>
          )}
        </p>
      )}
      {plan?.mustBeginBy && hasBegun && short > 0 && <p className="notice">{t.shortBegun(plan.mustBeginBy)}</p>}
      {plan && plan.margin !== null && plan.margin < 0 && (
        <p className="notice warn">{t.missesPromise(plan.finish, -plan.margin)}</p>
      )}
      {named.length > 0 && <p className="notice warn">{t.contradiction(named.join('、'), wrong.length)}</p>}
    </div>
  );
}
