import { Drawer } from 'antd';
import { useState } from 'react';
import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { type Plan, permits, type Step } from '../contract.ts';
import { type StepEvent, stepStateWords } from '../flow.ts';
import { StepForm } from './StepForm.tsx';
import * as text from './text.ts';

/** One step: all that is known of it, and below what may be recorded now. */
export function StepDrawer({ step, plan, onClose }: { step: Step; plan: Plan; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const [event, setEvent] = useState<StepEvent | null>(null);
  return (
    <Drawer open title={words(step.name)} size={480} onClose={onClose} styles={{ mask: drawerMask }}>
      <div className="step-drawer">
        <Facts step={step} plan={plan} />
        {step.allowed.length > 0 && (
          <>
            <h3>{t.record}</h3>
            <div className="step-acts">
              {step.allowed.map((one) => (
                <button
                  key={one}
                  type="button"
                  className={event === one ? 'chip on' : 'chip'}
                  aria-pressed={event === one}
                  onClick={() => setEvent(event === one ? null : one)}
                >
                  {t.events[one]}
                </button>
              ))}
            </div>
            {event && step.allowed.includes(event) && (
              <StepForm
                key={`${event} ${step.version}`}
                event={event}
                step={step}
                plan={plan}
                onDone={() => setEvent(null)}
              />
            )}
            <p className="muted">{t.manual}</p>
          </>
        )}
      </div>
    </Drawer>
  );
}

function Facts({ step, plan }: { step: Step; plan: Plan }) {
  const t = useText(text);
  const words = useWords();
  const nameOf = (code: string) => {
    const found = plan.steps.find((one) => one.code === code);
    return found ? words(found.name) : code;
  };
  const { limitDays, limitUnit, usedDays, leftDays } = step;
  return (
    <dl className="kv">
      <dt>{t.state}</dt>
      <dd>
        <span className="light" data-light={step.light}>
          {words(stepStateWords[step.state])}
        </span>
      </dd>
      <dt>{step.unit ? t.owner : t.ownerKind}</dt>
      <dd>{step.unit ? t.inBrackets(step.unit.name, step.ownerText) : step.ownerText}</dd>
      <dt>{t.limitHead}</dt>
      <dd>
        {limitDays === null ? t.noLimit : t.days(limitDays, limitUnit)}{' '}
        {step.isReference && (
          <span className="tag" title={t.referenceTip}>
            {t.reference}
          </span>
        )}
      </dd>
      <dt>{t.basis}</dt>
      <dd>{step.basis}</dd>
      <dt>{t.after}</dt>
      <dd>{step.after.length > 0 ? step.after.map(nameOf).join(t.listSign) : t.nothing}</dd>
      <dt>{t.blocks}</dt>
      <dd>{step.blocks.length > 0 ? step.blocks.map(nameOf).join(t.listSign) : t.nothing}</dd>
      {step.acceptedOn && (
        <>
          <dt>{t.acceptedOn}</dt>
          <dd>{step.acceptedOn}</dd>
        </>
      )}
      {step.dueOn && (
        <>
          <dt>{t.dueOn}</dt>
          <dd>{step.dueOn}</dd>
        </>
      )}
      {usedDays !== null && (
        <>
          <dt>{t.usedHead}</dt>
          <dd>
            {limitDays === null ? t.usedOnly(usedDays, limitUnit) : t.used(usedDays, limitDays, limitUnit)}
            {leftDays !== null &&
              step.state !== 'done' &&
              `${t.comma}${step.state === 'overdue' ? t.over(-leftDays, limitUnit) : t.left(leftDays, limitUnit)}`}
          </dd>
        </>
      )}
      {step.doneOn && (
        <>
          <dt>{t.doneOnHead}</dt>
          <dd>{step.doneOn}</dd>
        </>
      )}
      {step.documentNo && (
        <>
          <dt>{t.documentNo}</dt>
          <dd>{step.documentNo}</dd>
        </>
      )}
      {step.file && (
        <>
          <dt>{t.file}</dt>
          <dd>
            <a href={urlOf(permits, 'file', { projectId: plan.projectId, fileId: step.file.fileId })} download>
              {step.file.name}
            </a>
          </dd>
        </>
      )}
      {step.suspensions.length > 0 && (
        <>
          <dt>{t.suspensions}</dt>
          <dd>
            {step.suspensions.map((s) => (
              <div key={s.fromOn}>{t.suspension(s.fromOn, s.resumedOn ?? t.untilNow, s.reason)}</div>
            ))}
          </dd>
        </>
      )}
      {step.note && (
        <>
          <dt>{t.note}</dt>
          <dd>{step.note}</dd>
        </>
      )}
    </dl>
  );
}
