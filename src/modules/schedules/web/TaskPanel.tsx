import { useText } from '#core/web/text.ts';
import type { Schedule } from '../contract.ts';
import type { Content } from '../shapes.ts';
import { ProgressFields } from './ProgressFields.tsx';
import type { ShownSchedule } from './shown-schedule.ts';
import { TaskFields } from './TaskFields.tsx';
import * as text from './text.ts';

/** The chosen task: its dates in full, its fields in the draft, its actual dates. */
export function TaskPanel({
  schedule,
  shown,
  selected,
  today,
  onChange,
}: {
  schedule: Schedule;
  shown: ShownSchedule;
  selected: number | null;
  today: string;
  /** Given in the draft only. */
  onChange?: ((content: Content) => void) | undefined;
}) {
  const t = useText(text);
  const at = shown.content.tasks.findIndex((task) => task.uid === selected);
  const task = shown.content.tasks[at];
  const row = shown.rows.find((one) => one.uid === selected);
  const dates = selected === null ? undefined : shown.plan?.tasks.get(selected);
  const canProgress = schedule.allowed.includes('progress') && row && !row.isSummary;
  if (!task || !row)
    return (
      <aside className="task-panel" aria-label={t.panel}>
        <h2>{task ? `${at + 1} ${task.name}` : t.panel}</h2>
        {task && onChange ? (
          <TaskFields key={task.uid} content={shown.content} task={task} isSummary={false} onChange={onChange} />
        ) : (
          <p className="muted">{t.panelNone}</p>
        )}
      </aside>
    );
  const line = (label: string, value: string | null) =>
    value && (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  const span = (start: string, finish: string) => (start === finish ? start : `${start} — ${finish}`);
  return (
    <aside className="task-panel" aria-label={t.panel}>
      <h2>
        {at + 1} {task.name}
      </h2>
      <dl className="task-dates">
        {line(t.plannedDates, span(row.start, row.finish))}
        {row.baseline && line(t.baselineDates, span(row.baseline.start, row.baseline.finish))}
        {dates && line(t.early, span(dates.earlyStart, dates.earlyFinish))}
        {dates && line(t.late2, span(dates.lateStart, dates.lateFinish))}
        {dates && line(t.float, `${t.floatDays(dates.float)}${dates.isCritical ? ` · ${t.critical}` : ''}`)}
        {!onChange && line(t.unit, task.unit)}
        {!onChange && line(t.note, task.note)}
      </dl>
      {row.isSummary && <p className="muted">{t.summaryNote}</p>}
      {onChange && (
        <TaskFields key={task.uid} content={shown.content} task={task} isSummary={row.isSummary} onChange={onChange} />
      )}
      {canProgress && !onChange && (
        <ProgressFields
          key={`${task.uid} ${JSON.stringify(schedule.progress.find((one) => one.uid === task.uid) ?? null)}`}
          projectId={schedule.project.id}
          uid={task.uid}
          progress={schedule.progress.find((one) => one.uid === task.uid)}
          today={today}
        />
      )}
    </aside>
  );
}
