import { daysBetween } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { isClaimed, isEnded } from '../flow.ts';
import type { MatterView } from '../shapes.ts';
import { clockDay } from './matter-show.ts';
import * as text from './matter-text.ts';

/** Why a light has its colour: the rule that holds, when the next one will, and what would turn it green. */
export function WhyMatter({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const reason = useReason(matter);
  const ahead = (['blue', 'yellow', 'red'] as const)
    .map((colour) => ({ colour, on: matter[`${colour}On`] }))
    .find(({ on }) => on !== null && on > today);
  const isRunning = !isEnded(matter.state) && !isClaimed(matter.state) && matter.light !== 'idle';
  const ways = waysToGreen(matter, t.rule, today);
  return (
    <aside className={`mt-why ${matter.light}`} aria-label={t.whyTitle}>
      <p>
        <b>{reason}</b> <span className="soft">{t.rule.by(words(matter.template.name))}</span>
      </p>
      {isClaimed(matter.state) && matter.claimedOn && <p>{t.rule.stopped(matter.claimedOn)}</p>}
      {isRunning && ahead && <p>{t.rule.next(t.timeline.turns[ahead.colour], ahead.on!)}</p>}
      {ways.length > 0 && (
        <>
          <p className="mt-why-head">{t.rule.green}</p>
          <ul>
            {ways.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </>
      )}
      <p className="muted">{t.rule.greenNever}</p>
    </aside>
  );
}

function useReason(matter: MatterView): string {
  const t = useText(text).rule;
  const { today } = useSession();
  const due = matter.dueCurrent ?? '';
  const day = clockDay(matter, today);
  if (matter.state === 'void') return t.void;
  if (isEnded(matter.state)) return t.done;
  if (matter.light === 'idle') return t.idle;
  switch (matter.lightWhy) {
    case 'beforeDue':
      return t.beforeDue(due, Math.max(0, daysBetween(day, due)));
    case 'afterDue':
      return t.afterDue(due, Math.max(0, daysBetween(due, day)));
    case 'unsigned':
      return t.unsigned;
    case 'unfinished':
      return t.unfinished;
    case 'nodeMissed': {
      const missed = matter.nodes.find((node) => node.doneOn === null && node.dueOn < day);
      return missed ? t.nodeMissed(missed.title, missed.dueOn) : t.nodeMissedPlain;
    }
    case 'extensionsOver':
      return t.extensionsOver(matter.extensions);
    case 'returnsFrom':
      return t.returnsFrom(matter.returns);
    default:
      return t.normal;
  }
}

type Rules = ReturnType<typeof useText<typeof text.zh>>['rule'];

function waysToGreen(matter: MatterView, t: Rules, today: string): string[] {
  if (isEnded(matter.state) || matter.light === 'idle' || matter.light === 'normal') return [];
  if (isClaimed(matter.state)) return [t.greenVerify];
  const ways: string[] = [];
  if (matter.lightWhy === 'unsigned') ways.push(t.greenSign);
  if (matter.lightWhy === 'nodeMissed') ways.push(t.greenNode);
  ways.push(t.greenClaim);
  if (matter.extensionsLeft > 0 && matter.dueCurrent !== null && today <= matter.dueCurrent)
    ways.push(t.greenExtend(matter.extensionsLeft));
  return ways;
}
