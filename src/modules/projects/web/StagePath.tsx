import { daysBetween } from '#core/shared/day.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { stageWords } from '../column-words.ts';
import type { Project } from '../contract.ts';
import { type Stage, stagePath } from '../stages.ts';
import { DeviationMark } from './DeviationMark.tsx';
import { deviationOf } from './deviation.ts';
import { showDate } from './show.ts';
import * as text from './text.ts';

/** The nine stages with the day each was reached, and what is promised for those ahead. */
export function StagePath({ project, today }: { project: Project; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const at = stagePath.indexOf(project.stage);
  return (
    <ScrollX label={t.pathLabel}>
      <ol className="path">
        {stagePath.map((stage, i) => {
          const reached = reachedOn(project, stage);
          // A project that stopped has no place on the path: only the stages with a day are drawn as passed.
          const state =
            i === at ? 'now' : at < 0 ? (reached ? '' : 'todo') : i > at ? 'todo' : reached ? '' : 'without';
          return (
            <li key={stage} className={state} aria-current={i === at ? 'step' : undefined}>
              <b>{stageWords[stage][language]}</b>
              <StageNote
                project={project}
                stage={stage}
                state={state}
                reached={reached}
                today={today}
                none={t.notApplicable}
              />
            </li>
          );
        })}
        {at < 0 && (
          <li className="now" aria-current="step">
            <b>{stageWords[project.stage][language]}</b>
            <span>{project.stageDates[project.stage] ?? ''}</span>
          </li>
        )}
      </ol>
    </ScrollX>
  );
}

function reachedOn(project: Project, stage: Stage): string | undefined {
  if (stage === 'started' && project.startActual) return showDate(project.startActual);
  if (stage === 'enrolled' && project.enrolledOn) return project.enrolledOn;
  if (stage === 'completed' && project.finishActual) return showDate(project.finishActual);
  return project.stageDates[stage];
}

function StageNote({
  project,
  stage,
  state,
  reached,
  today,
  none,
}: {
  project: Project;
  stage: Stage;
  state: string;
  reached: string | undefined;
  today: string;
  none: string;
}) {
  const t = useText(text);
  if (stage === 'building' && state === 'now' && project.startActual) {
    const months = Math.max(1, Math.floor(daysBetween(project.startActual.day, today) / 30.44) + 1);
    return <span>{t.monthsIn(months)}</span>;
  }
  const promise = stage === 'started' ? project.startPlanned : stage === 'completed' ? project.finishPlanned : null;
  const actual = stage === 'started' ? project.startActual : stage === 'completed' ? project.finishActual : null;
  return (
    <>
      {reached ? (
        <span>{reached}</span>
      ) : promise ? (
        <span>{t.planned(showDate(promise))}</span>
      ) : (
        state === 'without' && <span>{none}</span>
      )}
      {promise && (
        <span>
          <DeviationMark deviation={deviationOf(promise, promise, actual, today)} />
        </span>
      )}
    </>
  );
}
