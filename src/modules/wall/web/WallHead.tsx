import { useEffect, useState } from 'react';
import { useLiveStatus } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { date, moment, span, weekday } from '#core/web/ui/format.ts';
import type { Screen } from '../contract.ts';
import * as text from './text.ts';

/** Older than this, the age is a warning of its own. */
const staleSeconds = 150;

export function WallHead({ screen, fetchedAt }: { screen: Screen; fetchedAt: number }) {
  const t = useText(text);
  const { state } = useLiveStatus();
  const now = useNow();
  const age = Math.max(0, Math.floor((now - fetchedAt) / 1000));
  // The server's clock, carried on by ours: the screen's own clock may be wrong by hours.
  const serverNow = new Date(Date.parse(screen.madeAt) + (now - fetchedAt));
  const time = moment(screen.madeAt).slice(11);
  const isStale = age > staleSeconds;
  return (
    <header>
      <h1>
        {screen.city.hqName}
        <span>·{t.title}</span>
      </h1>
      {screen.city.demo && <small className="example">{t.demo}</small>}
      <small className={isStale ? 'down' : undefined}>
        {isStale ? t.stale(span(age)) : age < 10 ? t.justNow(time) : t.asOf(time, span(age))}
      </small>
      <span className="live s" data-state={state} role="status">
        <svg viewBox="0 0 22 18" aria-hidden="true">
          <path d="M0 12h5v6H0zM8 6h5v12H8zM16 0h5v18h-5z" />
        </svg>
        {t[state]}
      </span>
      <small>
        {date(screen.today)} {weekday(screen.today)}
      </small>
      <time className="clock">{moment(serverNow).slice(11)}</time>
    </header>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
