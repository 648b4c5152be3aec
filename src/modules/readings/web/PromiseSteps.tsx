import { useLanguage, useText } from '#core/web/text.ts';
import { dash, yiWithUnit } from '#core/web/ui/format.ts';
import type { PromiseLine } from '../contract.ts';
import * as text from './text.ts';

/** Drift against the first promise in words: days later or earlier, or yuan. */
export function useDrift(): (line: Pick<PromiseLine, 'unit'>, value: number | null) => string {
  const t = useText(text);
  const language = useLanguage();
  return ({ unit }, value) =>
    value === null
      ? dash
      : unit === 'days'
        ? t.driftDays(value)
        : `${value > 0 ? '+' : ''}${yiWithUnit(value, language)}`;
}

/** What each document said of one promised thing, in their order. */
export function PromiseSteps({ line }: { line: PromiseLine }) {
  const t = useText(text);
  const language = useLanguage();
  const drift = useDrift();
  return (
    <ol className="promise-steps">
      {line.steps.map((step) => (
        <li key={step.id} data-kind={step.kind}>
          <span className="on">{step.saidOn}</span>
          <span>
            <b>{t.steps[step.kind]}</b>　{step.by ?? yiWithUnit(step.amountYuan, language)}
            {step.fromFirst !== null && step.kind !== 'first' && `　${drift(line, step.fromFirst)}`}
            <small>
              {t.said(step.hedge, step.speaker)}　{step.documentTitle}：{step.text}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
