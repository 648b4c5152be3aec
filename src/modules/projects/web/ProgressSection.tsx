import { useState } from 'react';
import { daysInMonth } from '#core/shared/day.ts';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { Slot, useSlot } from '#core/web/Slot.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { points, rate, yi } from '#core/web/ui/format.ts';
import type { Project } from '../contract.ts';
import { PlanEditor } from './PlanEditor.tsx';
import { PlanVersions } from './PlanVersions.tsx';
import { clockShare, gapShown } from './row.ts';
import * as text from './text.ts';

/** Money of the year: what was planned, what the clock asks for, what was done. Filings draw the months when they are there. */
export function ProgressSection({ project, year, today }: { project: Project; year: number; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const hasMonths = useSlot('projects.page.progress').length > 0;
  const [isPlanning, setPlanning] = useState(false);
  const planYuan = project.plan?.planYuan ?? null;
  const doneYuan = project.standing?.doneYuan ?? null;
  const gapPoints = project.standing?.gapPoints ?? null;
  const clock = clockShare({ planYuan, doneYuan, gapPoints }, year, today);
  const light = project.standing?.light;
  const figure = (value: string, words: string, tone = '') => (
    <div className={tone}>
      <b>{value}</b>
      {words}
    </div>
  );
  return (
    <section id="progress">
      <h2 className="h2">
        {t.progress} <small>{t.progressNote(year)}</small>
        <button type="button" className="to link" onClick={() => setPlanning(true)}>
          {project.allowed.includes('plan') ? t.setPlan : t.planHistory}
        </button>
      </h2>
      {planYuan === null && doneYuan === null ? (
        <p className="muted">{t.noPlanYet(year)}</p>
      ) : (
        <div className="figs">
          {figure(yi(doneYuan, language), t.figures.done)}
          {figure(rate(doneYuan, planYuan), t.figures.rate)}
          {figure(
            points(gapShown({ ...project, gapPoints })),
            t.figures.gap,
            light === 'warn' || light === 'late' ? light : '',
          )}
          {figure(planYuan === null ? '—' : yi(Math.round(planYuan * clock), language), t.figures.due)}
          {figure(yi(allTimeOf(project, year), language), t.figures.allTime)}
        </div>
      )}
      {hasMonths ? (
        <Slot name="projects.page.progress" props={{ project, year }} />
      ) : (
        <PlanChart project={project} year={year} today={today} />
      )}
      {project.plan?.goal && (
        <p className="goal">
          <span className="muted">{t.goal(year)}</span> {project.plan.goal}
        </p>
      )}
      {project.plan && project.plan.version > 1 && <PlanVersions project={project} year={year} />}
      {isPlanning && <PlanEditor project={project} year={year} onClose={() => setPlanning(false)} />}
    </section>
  );
}

function PlanChart({ project, year, today }: { project: Project; year: number; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const planYuan = project.plan?.planYuan;
  if (!planYuan) return null;
  const even = Array.from({ length: 12 }, (_, i) => (planYuan * (i + 1)) / 12);
  const month = Number(today.slice(5, 7));
  const isThisYear = today.startsWith(String(year));
  const done = project.standing?.doneYuan ?? null;
  const at = month - 2 + Number(today.slice(8)) / daysInMonth(year, month);
  return (
    <LineChart
      label={t.chartLabel(year)}
      labels={Array.from({ length: 12 }, (_, i) => t.monthName(i + 1))}
      format={(value) => yi(Math.round(value), language)}
      height={240}
      {...(isThisYear && { today: { at, words: t.today(today.slice(5)) } })}
      series={[
        { key: 'plan', name: t.chartPlan, kind: 'plan', values: project.plan?.curve ?? even },
        { key: 'clock', name: t.chartClock, kind: 'clock', values: even },
        {
          key: 'actual',
          name: t.figures.done,
          kind: 'actual',
          values: even.map((_, i) => (isThisYear && i === Math.max(0, Math.round(at)) ? done : null)),
        },
      ]}
    />
  );
}

/** 开工累计: what stood at the end of last year and what was accepted since. Unknown when the two do not meet. */
function allTimeOf({ doneBeforeYuan, doneBeforeYear, standing }: Project, year: number): number | null {
  if (doneBeforeYuan === null || doneBeforeYear !== year - 1) return null;
  return doneBeforeYuan + (standing?.doneYuan ?? 0);
}
