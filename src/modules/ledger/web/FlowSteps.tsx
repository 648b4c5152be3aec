import { useEffect, useRef } from 'react';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { MatterView } from '../shapes.ts';
import { roundOf } from './matter-show.ts';
import * as text from './matter-text.ts';

type Look = 'done' | 'now' | 'back' | 'todo';
interface Step {
  name: string;
  look: Look;
  notes: string[];
  isBad?: boolean;
}

const shortMoment = (at: string) => moment(at).slice(5);

/** How far a matter is on its way, with the moment of each step; what has to be done again is drawn broken. */
export function FlowSteps({ matter }: { matter: MatterView }) {
  const t = useText(text).steps;
  const last = (act: string) => matter.events.findLast((event) => event.act === act);
  const first = (act: string) => matter.events.find((event) => event.act === act);
  const round = roundOf(matter);
  const { state } = matter;
  const isIssued = state !== 'draft';
  const isSigned = matter.signedOn !== null;
  const isClaimed = state === 'claimed' || state === 'verifying';
  const isClosed = state === 'closed';
  const isAgain = round > 1;
  const at = (event: { at: string } | undefined) => (event ? [shortMoment(event.at)] : []);
  const issue = first('issue');
  const sign = first('sign');
  const back = matter.events.findLast((event) => event.act === 'return' || event.act === 'reopen');
  const returned = last('return');
  const pick = (done: boolean, now: boolean): Look => (done ? 'done' : now ? 'now' : isAgain ? 'back' : 'todo');
  const steps: Step[] = [
    { name: t.raise, look: 'done', notes: at(first('raise')) },
    { name: t.issue, look: isIssued ? 'done' : 'now', notes: at(issue) },
    {
      name: t.sign,
      look: isSigned ? 'done' : state === 'issued' ? 'now' : 'todo',
      notes: [...at(sign), ...(issue && sign ? [t.took(hoursBetween(issue.at, sign.at))] : [])],
    },
    {
      name: isAgain ? t.round(round) : t.work,
      look: isClaimed || isClosed ? 'done' : isSigned || state === 'reopened' ? 'now' : 'todo',
      notes:
        state === 'suspended' && matter.resumeOn
          ? [t.suspended(matter.resumeOn.slice(5))]
          : back && !isClosed
            ? [(back.act === 'return' ? t.returned : t.reopened)(back.onDay.slice(5))]
            : [],
      isBad: back !== undefined && !isClosed,
    },
    {
      name: t.claim,
      look: pick(isClaimed || isClosed, false),
      notes:
        isClaimed || isClosed
          ? at(last('claim'))
          : isAgain && last('claim')
            ? [t.lastRound(round - 1, last('claim')!.onDay.slice(5))]
            : [],
    },
    {
      name: t.verify,
      look: isClosed ? 'done' : isClaimed ? 'now' : isAgain ? 'back' : 'todo',
      notes: !isClosed && returned && isAgain ? [t.lastRound(round - 1, returned.onDay.slice(5))] : [],
    },
    { name: t.close, look: isClosed ? 'done' : 'todo', notes: isClosed ? at(last('pass')) : [] },
  ];
  if (state === 'void') {
    const reached = steps.filter((step) => step.look === 'done');
    const ended = last('void') ?? last('merge');
    return <Rail label={t.label} steps={[...reached, { name: t.void, look: 'now', notes: at(ended), isBad: true }]} />;
  }
  return <Rail label={t.label} steps={steps} />;
}

const hoursBetween = (from: string, to: string) =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000));

function Rail({ label, steps }: { label: string; steps: readonly Step[] }) {
  const rail = useRef<HTMLOListElement>(null);
  const now = steps.findIndex((step) => step.look === 'now');
  // A phone shows four of the steps: those around the one where it stands.
  useEffect(() => {
    const step = rail.current?.children[now];
    if (rail.current && step instanceof HTMLElement) rail.current.scrollLeft = step.offsetLeft - step.offsetWidth;
  }, [now]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a strip that scrolls sideways must be reachable by keys
    <ol className="mt-steps" aria-label={label} ref={rail} tabIndex={0}>
      {steps.map((step) => (
        <li
          key={step.name}
          className={step.isBad ? `${step.look} bad` : step.look}
          {...(step.look === 'now' && { 'aria-current': 'step' as const })}
        >
          <b>{step.name}</b>
          {step.notes.map((note) => (
            <span key={note}>{note}</span>
          ))}
        </li>
      ))}
    </ol>
  );
}
