import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import { daysBetween } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { percent } from '#core/web/ui/format.ts';
import { type Schedule, schedules } from '../contract.ts';
import type { GanttRow } from '../gantt-rows.ts';
import { daysShort } from '../plan.ts';
import { Gantt } from './Gantt.tsx';
import { spanOf } from './gantt-scale.ts';
import { useShownSchedule } from './shown-schedule.ts';
import * as text from './text.ts';
import { useWidth } from './use-narrow.ts';
import './schedule.css';

const most = 9;

/** On the project's page: the upper tasks with their bars, and whether the promise will be kept. */
export function ScheduleSection({ project }: { project: { id: string } }) {
  const t = useText(text);
  const api = useClient(schedules);
  const schedule = useQuery({
    queryKey: ['schedules', project.id],
    queryFn: ({ signal }) => api.get({ id: project.id }, { signal }),
  });
  useLiveRefetch(['schedules.*'], [['schedules', project.id]]);
  if (!schedule.data) return null;
  const { current, draft, allowed } = schedule.data;
  return (
    <section id="schedule">
      <h2 className="h2">
        {t.title} <small>{current ? t.currentName(current.seq) : draft ? t.draftName : t.sectionNote}</small>
        {(current || draft || allowed.includes('edit')) && (
          <Link className="to" to={`/projects/${project.id}/schedule`}>
            {current || draft ? t.openPage : t.edit}
          </Link>
        )}
      </h2>
      {current || draft ? <Compact schedule={schedule.data} /> : <p className="muted">{t.noneReadOnly}</p>}
    </section>
  );
}

/** What is shown where there is no room for all: the upper level, or the milestones of a plan without levels. */
function chosenRows(rows: readonly GanttRow[]): GanttRow[] {
  // Here a summary is a bar like any other: how far it is matters, not its bracket. That parts of it are critical, the page tells.
  const upper = rows
    .filter((row) => row.depth === 0)
    .map((row) => (row.isSummary ? { ...row, isSummary: false, isCritical: false } : row));
  if (upper.length <= most) return upper;
  const nodes = upper.filter((row) => row.isMilestone || rows.find((one) => one.uid === row.uid)?.isSummary);
  return (nodes.length >= 3 ? nodes : upper).slice(0, most);
}

function Compact({ schedule }: { schedule: Schedule }) {
  const t = useText(text);
  const { today } = useSession();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place, 560);
  const shown = useShownSchedule(schedule, schedule.current ?? schedule.draft, today);
  if (!shown) return null;
  const { promised } = shown.content;
  const span = spanOf([...shown.rows.flatMap((row) => [row.start, row.finish]), promised]);
  const late = promised && shown.expected ? daysBetween(promised, shown.expected) : null;
  const short = schedule.progress.length === 0 && shown.plan ? daysShort(shown.plan.mustBeginBy, today) : 0;
  const rows = chosenRows(shown.rows);
  const list = window.innerWidth <= 760 ? 137 : 193;
  return (
    <div ref={place} className="schedule-compact">
      <p className="facts">
        {promised && (
          <span>
            {t.facts.promised} <b>{promised}</b>
          </span>
        )}
        {shown.expected && (
          <span>
            {t.facts.expected} <b>{shown.expected}</b>{' '}
            {late !== null && late !== 0 && (
              <span className={late > 0 ? 'late' : ''}>
                {late > 0 ? t.laterThanPromise(late) : t.earlierThanPromise(-late)}
              </span>
            )}
          </span>
        )}
        {shown.share && <span>{t.share(percent(shown.share.done, 0), percent(shown.share.due, 0))}</span>}
      </p>
      {short > 0 && <p className="notice late">{t.short(shown.plan!.mustBeginBy!, short)}</p>}
      {span && (
        <Gantt
          rows={rows}
          first={span.first}
          last={span.last}
          pxPerDay={Math.max(0.15, (width - list - 4) / (daysBetween(span.first, span.last) + 1))}
          today={today}
          promised={promised}
          columns="name"
        />
      )}
      {rows.length < shown.rows.length && <p className="muted">{t.sectionMore(shown.rows.length)}</p>}
    </div>
  );
}
