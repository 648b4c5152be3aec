import { Button } from 'antd';
import { useState } from 'react';
import { daysBetween } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { pauseReasonWords } from '../pause.ts';
import type { LifeView, PauseView } from '../shapes.ts';
import { ResumeDrawer, UpdateDrawer } from './PauseDrawers.tsx';
import * as text from './text.ts';

/** Why and since when the project rests, what it owes this quarter, and the two ways on. */
export function PausePanel({ life, pause }: { life: LifeView; pause: PauseView }) {
  const t = useText(text).pause;
  const words = useWords();
  const { today } = useSession();
  const [open, setOpen] = useState<'update' | 'resume' | null>(null);
  const { duty } = pause;
  const moved = pause.resumePlanned && pause.resumeDue ? daysBetween(pause.resumePlanned, pause.resumeDue) : 0;
  const past = pause.resumeDue ? daysBetween(pause.resumeDue, today) : 0;
  return (
    <div className={duty?.state === 'overdue' ? 'life-pause late' : 'life-pause'}>
      <div>
        <b>{t.title(t.kinds[pause.kind])}</b> {t.since(pause.fromOn, pause.days)}
        {' · '}
        <b>{pause.reasonCode ? words(pauseReasonWords[pause.reasonCode]) : t.noReason}</b>
        {pause.reason && ` ${pause.reason}`}
      </div>
      <div className="soft">
        {pause.resumeDue ? (
          <>
            {moved !== 0 && pause.resumePlanned && `${t.planned(pause.resumePlanned)} · `}
            {t.due(pause.resumeDue)}
            {moved > 0 && ` (${t.moved(moved)})`}
            {past > 0 && <span className="late"> ({t.past(past)})</span>}
          </>
        ) : (
          t.noEstimate
        )}
        {pause.steps && ` · ${t.steps} ${pause.steps}`}
      </div>
      <div className="life-duty">
        {duty && (
          <span className={duty.state === 'overdue' ? 'late' : duty.state === 'owed' ? 'warn' : 'soft'}>
            {duty.state === 'overdue' ? t.duty.overdue(duty.missed, duty.dueOn) : t.duty[duty.state](duty.dueOn)}
          </span>
        )}
        {life.allowed.includes('update') && (
          <Button size="small" onClick={() => setOpen('update')}>
            {t.update}
          </Button>
        )}
        {life.allowed.includes('resume') && (
          <Button size="small" type="primary" onClick={() => setOpen('resume')}>
            {t.resume}
          </Button>
        )}
      </div>
      {pause.updates.length > 0 && (
        <details>
          <summary>
            {t.updates} {pause.updates.length}
          </summary>
          <ol className="life-log">
            {pause.updates.map((update) => (
              <li key={`${update.updatedOn} ${update.situation}`}>
                <time>{update.quarter}</time>
                <div>
                  {update.situation}
                  <span className="muted">
                    {' '}
                    {update.actorName} {update.updatedOn}
                  </span>
                  {update.resumeBefore !== null && update.resumeBefore !== update.resumeDue && (
                    <p className="soft">
                      {update.resumeBefore} → {update.resumeDue}
                      {update.reason && ` · ${update.reason}`}
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ol>
        </details>
      )}
      {open === 'update' && <UpdateDrawer projectId={life.projectId} pause={pause} onClose={() => setOpen(null)} />}
      {open === 'resume' && <ResumeDrawer life={life} pause={pause} onClose={() => setOpen(null)} />}
    </div>
  );
}
