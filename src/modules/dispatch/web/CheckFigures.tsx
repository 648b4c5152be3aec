import { Link } from 'react-router';
import type { z } from 'zod';
import type { Words } from '#core/shared/words.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { dash, yi, yiUnit } from '#core/web/ui/format.ts';
import type { Check } from '../contract.ts';
import * as text from './text.ts';

type CheckRow = z.infer<typeof Check>;
type Input = CheckRow['inputs'][number];

const signed = (value: string): string => (value.startsWith('-') ? `−${value.slice(1)}` : `+${value}`);

/** The figures a rule used. Against the clock they stand as the sum they are: 7.44 ÷ 12.80 − 269/365 = −15.6. */
export function CheckFigures({ check, doneLink }: { check: CheckRow; doneLink?: string | undefined }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const show = ({ as, value }: Input): string => {
    if (value === null) return dash;
    if (typeof value === 'object') return words(value as Words);
    if (as === 'yuan') return yi(Number(value), language);
    if (as === 'percent') return `${String(value).replace('-', '−')}%`;
    if (as === 'points') return signed(String(value));
    if (as === 'days') return t.why.days(String(value));
    if (as === 'place') return t.why.place(String(value));
    return String(value);
  };
  const [done, plan, clock, result] = check.inputs;
  if ((check.kind === 'progress' || check.kind === 'share') && done && plan && clock && result)
    return (
      <span className="num" title={`${words(done.label)} ÷ ${words(plan.label)}（${yiUnit(language)}）`}>
        {check.kind === 'share' && '('}
        {doneLink ? <Link to={doneLink}>{show(done)}</Link> : show(done)}
        {check.kind === 'progress' ? ` ÷ ${show(plan)} − ${show(clock)} = ` : ` ÷ ${show(plan)}) ÷ ${show(clock)} = `}
        <b>{check.kind === 'progress' ? t.why.unitLine(show(result)) : show(result)}</b>
      </span>
    );
  return (
    <span className="num">
      {check.inputs
        .filter((input) => input.value !== null)
        .map((input) => `${words(input.label)} ${show(input)}${input.as === 'yuan' ? ` ${yiUnit(language)}` : ''}`)
        .join(language === 'zh' ? '，' : ', ') || dash}
    </span>
  );
}
