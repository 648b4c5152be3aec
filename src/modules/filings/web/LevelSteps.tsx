import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { ReviewStep } from '../contract.ts';
import * as text from './cycle-text.ts';
import { shortMoment } from './show.ts';

const signs: Record<ReviewStep['state'], string> = { passed: '✓', skipped: '–', waiting: '●', ahead: '○' };

/** The levels from below: who passed when, where it waits, and what was left out and why. */
export function LevelSteps({ steps }: { steps: readonly ReviewStep[] }) {
  const t = useText(text);
  if (steps.length === 0) return null;
  return (
    <ol className="fl-steps" aria-label={t.review.steps}>
      {steps.map((step) => (
        <li key={step.level} className={step.state}>
          <i aria-hidden>{signs[step.state]}</i>
          <b>{t.levels[step.level]}</b>
          <small>
            {step.by !== null
              ? t.review.passed(step.by, shortMoment(moment(step.at)))
              : step.why !== null
                ? t.review.why[step.why]
                : t.review.step[step.state]}
          </small>
        </li>
      ))}
    </ol>
  );
}
