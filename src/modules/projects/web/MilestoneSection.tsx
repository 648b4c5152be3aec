import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { type Milestone, type Project, projects } from '../contract.ts';
import { DeviationMark } from './DeviationMark.tsx';
import { milestoneDeviation } from './deviation.ts';
import { EvidenceView } from './EvidenceView.tsx';
import { MilestoneEditor } from './MilestoneEditor.tsx';
import { MilestoneReach } from './MilestoneReach.tsx';
import { showDate } from './show.ts';
import * as text from './text.ts';

/** Promised dates beside what became of them, with what shows it. The original date is shown even after it has been moved. */
export function MilestoneSection({ project, today }: { project: Project; today: string }) {
  const t = useText(text);
  const api = useClient(projects);
  const [isEditing, setEditing] = useState(false);
  const [reaching, setReaching] = useState<Milestone | null>(null);
  const [looking, setLooking] = useState<Milestone | null>(null);
  const proofs = useQuery({
    queryKey: ['projects', 'evidence', project.id],
    queryFn: ({ signal }) => api.milestoneEvidence({ id: project.id }, { signal }),
    enabled: project.milestones.length > 0,
  });
  const canReach = proofs.data?.allowed.includes('reach') ?? false;
  const evidenceOf = (m: Milestone) => (proofs.data?.evidence ?? []).filter((one) => one.milestoneId === m.id);
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
              {project.milestones.map((m) => {
                const count = evidenceOf(m).length;
                return (
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
                      <span className="milestone-acts">
                        {count > 0 && (
                          <button type="button" className="link" onClick={() => setLooking(m)}>
                            {t.evidenceCount(count)}
                          </button>
                        )}
                        {canReach && (
                          <button type="button" className="link" onClick={() => setReaching(m)}>
                            {m.actual ? t.evidenceMore : t.reach}
                            <span className="only-aloud"> {m.name}</span>
                          </button>
                        )}
                      </span>
                    </td>
                    <td className="num nowrap">
                      <DeviationMark deviation={milestoneDeviation(m, today)} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {isEditing && <MilestoneEditor project={project} onClose={() => setEditing(false)} />}
      {reaching && (
        <MilestoneReach projectId={project.id} milestone={reaching} today={today} onClose={() => setReaching(null)} />
      )}
      {looking && (
        <EvidenceView
          projectId={project.id}
          name={looking.name}
          evidence={evidenceOf(looking)}
          onClose={() => setLooking(null)}
        />
      )}
    </section>
  );
}
