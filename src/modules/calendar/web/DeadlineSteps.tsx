import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { Deadline, DeadlineStep } from '../deadline.ts';
import * as text from './text.ts';

/** A deadline and how it was found, line by line. */
export function DeadlineSteps({ deadline }: { deadline: Pick<Deadline, 'at' | 'steps' | 'day'> }) {
  const t = useText(text);
  const days = (list: { day: string; name: string }[]) => list.map((d) => `${d.day.slice(5)} ${d.name}`).join('、');
  const lines = (step: DeadlineStep): string[] => {
    if (step.kind === 'start') return [t.steps.start(step.day)];
    if (step.kind === 'kept') return [t.steps.kept[step.because]];
    if (step.kind === 'moved')
      return [
        t.steps.moved(step.from, step.because === 'off' ? t.steps.off(step.name ?? '') : t.steps.weekend, step.day),
      ];
    return [
      t.steps.counted(step.n, t.rules.unit[step.unit], step.day),
      ...(step.skipped.length > 0 ? [t.steps.skipped(days(step.skipped))] : []),
      ...(step.makeUp.length > 0 ? [t.steps.makeUp(days(step.makeUp))] : []),
    ];
  };
  return (
    <div className="deadline-steps">
      {deadline.steps.flatMap(lines).map((line) => (
        <span key={line}>{line}</span>
      ))}
      <b>
        {t.rules.result} {deadline.at.startsWith(deadline.day) ? moment(deadline.at) : `${deadline.day} 24:00`}
      </b>
    </div>
  );
}
