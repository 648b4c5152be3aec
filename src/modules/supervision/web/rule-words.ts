import type { Text } from '#core/web/text.ts';
import { colourWords, type SheetStep, type Span, type Trigger } from '../rule-sets.ts';
import type { zh } from './text.ts';

type T = Text<typeof zh>;

export const spanWords = (t: T, { n, unit }: Span): string => (unit === 'WORKDAY' ? t.spanWorkdays(n) : t.spanDays(n));

function triggerWords(t: T, trigger: Trigger): string {
  switch (trigger.when) {
    case 'nearDue':
    case 'unsigned':
    case 'unfinished':
      return t.whens[trigger.when](spanWords(t, trigger.span));
    case 'extensionsOver':
    case 'returnsFrom':
      return t.whens[trigger.when](trigger.n);
    default:
      return t.whens[trigger.when];
  }
}

/** When a step is deserved, as a sentence. */
export const stepWords = (t: T, step: SheetStep, language: 'zh' | 'en'): string =>
  (step.former ? t.former(colourWords[step.former][language]) : '') +
  step.any.map((trigger) => triggerWords(t, trigger)).join(t.or);
