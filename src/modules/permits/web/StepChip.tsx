import type { CSSProperties } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { shortDate } from '#core/web/ui/format.ts';
import type { Step } from '../contract.ts';
import { stepStateWords } from '../flow.ts';
import * as text from './text.ts';

/** One step in its lane: name, days used of its limit, and in words where it stands. Opens the step. */
export function StepChip({
  step,
  names,
  today,
  isCritical,
  onOpen,
}: {
  step: Step;
  names: ReadonlyMap<string, string>;
  today: string;
  isCritical: boolean;
  onOpen: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const share = step.usedDays === null || !step.limitDays ? 0 : Math.min(100, (step.usedDays / step.limitDays) * 100);
  return (
    <button
      type="button"
      className={`step-chip ${step.state}${isCritical ? ' critical' : ''}`}
      data-light={step.light}
      data-over={(step.usedDays ?? 0) > (step.limitDays ?? Number.POSITIVE_INFINITY)}
      title={isCritical ? t.chain : undefined}
      onClick={onOpen}
    >
      <span className="step-name">{words(step.name)}</span>
      <span className="light" data-light={step.light}>
        {words(stepStateWords[step.state])}
      </span>
      <i className="step-bar" style={{ '--v': share } as CSSProperties} />
      <small>{chipLine(step, names, today, t)}</small>
    </button>
  );
}

function chipLine(
  step: Step,
  names: ReadonlyMap<string, string>,
  today: string,
  t: ReturnType<typeof useText<typeof text.zh>>,
): string {
  const { usedDays, limitDays, limitUnit, leftDays } = step;
  if (step.state === 'skipped') return step.note ?? '';
  if (step.state === 'blocked')
    return t.waitsFor(step.blockedBy.map((code) => names.get(code) ?? code).join(t.listSign));
  if (step.state === 'ready') return limitDays === null ? t.noLimit : t.limit(t.days(limitDays, limitUnit));
  const used =
    usedDays === null
      ? ''
      : limitDays === null
        ? t.usedOnly(usedDays, limitUnit)
        : t.used(usedDays, limitDays, limitUnit);
  if (step.state === 'done') return `${used} · ${shortDate(step.doneOn, today)}`;
  if (step.state === 'suspended')
    return `${used} · ${t.suspendedSince(shortDate(step.suspensions.at(-1)?.fromOn, today))}`;
  if (leftDays === null || limitDays === null || usedDays === null) return used;
  const rest = step.state === 'overdue' ? t.over(-leftDays, limitUnit) : t.left(leftDays, limitUnit);
  return `${t.ratio(usedDays, limitDays)} · ${rest}`;
}
