import { useText } from '#core/web/text.ts';
import { date } from '#core/web/ui/format.ts';
import type { FilingContent } from '../content.ts';
import type { Filing } from '../contract.ts';
import * as text from './text.ts';

/** Milestones that are still open, each ticked with its day. What the register knows as done is not asked again. */
export function MilestoneRows({
  milestones,
  ticks,
  today,
  isMarked,
  onChange,
}: {
  milestones: Filing['milestones'];
  ticks: FilingContent['milestones'];
  today: string;
  isMarked: boolean;
  onChange: (ticks: FilingContent['milestones']) => void;
}) {
  const t = useText(text);
  const set = (milestoneId: string, doneOn: string | null) => {
    const others = ticks.filter((tick) => tick.milestoneId !== milestoneId);
    onChange(doneOn === null ? others : [...others, { milestoneId, doneOn }]);
  };
  return milestones
    .filter((m) => m.doneOn === null)
    .map((m) => {
      const doneOn = ticks.find((tick) => tick.milestoneId === m.id)?.doneOn ?? null;
      return (
        <div className="ff-row" key={m.id}>
          <span className="label">
            {t.fields.milestones}：{m.name}
            {isMarked && <em className="ff-marked">{t.form.marked}</em>}
          </span>
          <span className="was">{t.form.milestoneDue(date(m.plannedOn), date(m.dueOn))}</span>
          <span className="ff-go">
            {doneOn === null ? (
              <button type="button" onClick={() => set(m.id, today)}>
                {t.form.milestoneDone}？
              </button>
            ) : (
              <>
                <input
                  type="date"
                  aria-label={t.form.milestoneOn(m.name)}
                  value={doneOn}
                  max={today}
                  onChange={(event) => event.target.value !== '' && set(m.id, event.target.value)}
                />
                <button type="button" onClick={() => set(m.id, null)}>
                  {t.form.milestoneNotDone}
                </button>
              </>
            )}
          </span>
        </div>
      );
    });
}
