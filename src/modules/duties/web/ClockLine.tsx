import { useText, useWords } from '#core/web/text.ts';
import type { Clock } from '../incident-contract.ts';
import * as text from './incident-text.ts';
import { shortMoment } from './moments.ts';

const minute = 60_000;

/** Hours, minutes and seconds of a span, for a countdown. */
function useSpan(): (ms: number) => string {
  const t = useText(text);
  return (ms) => {
    const seconds = Math.floor(Math.abs(ms) / 1000);
    return t.span(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  };
}

/** How a clock stands at a moment: colour, shape and words; it turns while the page is open. */
export function ClockState({ clock, now }: { clock: Clock; now: number }) {
  const t = useText(text);
  const span = useSpan();
  if (clock.metAt !== null)
    return clock.lateMinutes > 0 ? (
      <b className="late">■ {t.metLate(shortMoment(clock.metAt, clock.dueAt), clock.lateMinutes)}</b>
    ) : (
      <span className="good">✓ {t.met(shortMoment(clock.metAt, clock.dueAt))}</span>
    );
  const left = Date.parse(clock.dueAt) - now;
  if (left < 0) return <b className="late">■ {t.over(span(left))}</b>;
  return left <= 10 * minute ? (
    <b className="warn">▲ {t.left(span(left))}</b>
  ) : (
    <b className="good">● {t.left(span(left))}</b>
  );
}

export function ClockLine({ clock, now }: { clock: Clock; now: number }) {
  const t = useText(text);
  const words = useWords();
  return (
    <li className="incident-clock">
      <b>{words(clock.name)}</b>
      <span className="num">
        <ClockState clock={clock} now={now} />
      </span>
      <small className="muted">
        {clock.minutes === null ? t.promised : t.minutes(clock.minutes)} · {t.dueAt(shortMoment(clock.dueAt))}
      </small>
      {clock.minutes !== null && <small className="muted incident-basis">{clock.basis}</small>}
    </li>
  );
}
