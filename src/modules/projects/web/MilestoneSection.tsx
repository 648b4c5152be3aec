import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import type { Milestone, Project } from '../contract.ts';
import { DeviationMark } from './DeviationMark.tsx';
import { milestoneDeviation } from './deviation.ts';
import { MilestoneEditor } from './MilestoneEditor.tsx';
import { showDate } from './show.ts';
import * as text from './text.ts';

/** Promised dates beside what became of them. The original date is shown even after it has been moved. */
export function MilestoneSection({ project, today }: { project: Project; today: string }) {
  const t = useText(text);
  const [isEditing, setEditing] = useState(false);
  const isMoved = (m: Milestone) => m.due?.day !== m.planned?.day;
  return (
    <section id="milestones">
      <h2 className="h2">
        {t.milestones} <small>{t.milestonesNote}</small>
        {project.allowed.includes('milestones') && (
          <button type="button" className="to link" onClick={() => setEditing(true)}>
            {t.editMilestones}
          </button>
        )}
      </h2>
      {project.milestones.length === 0 ? (
        <p className="muted">{t.milestonesNone}</p>
      ) : (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th>{t.milestoneHead.name}</th>
                <th>{t.milestoneHead.planned}</th>
                <th>{t.milestoneHead.due}</th>
                <th>{t.milestoneHead.actual}</th>
                <th className="num">{t.milestoneHead.slip}</th>
              </tr>
            </thead>
            <tbody>
              {project.milestones.map((m) => (
                <tr key={m.id}>
                  <td>{m.name}</td>
                  <td className="nowrap">{showDate(m.planned) || <span className="muted">{t.noDate}</span>}</td>
                  <td className="nowrap">{isMoved(m) ? showDate(m.due) : <span className="muted">—</span>}</td>
                  <td className="nowrap">
                    {m.actual ? (
                      showDate(m.actual)
                    ) : (
                      <span className="muted">{(m.due?.day ?? '9') < today ? t.open : t.notYet}</span>
                    )}
                  </td>
                  <td className="num nowrap">
                    <DeviationMark deviation={milestoneDeviation(m, today)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isEditing && <MilestoneEditor project={project} onClose={() => setEditing(false)} />}
    </section>
  );
}
