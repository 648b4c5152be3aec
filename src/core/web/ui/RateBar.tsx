import type { CSSProperties } from 'react';
import { useText } from '../text.ts';
import { percent, rate } from './format.ts';
import * as text from './text.ts';

/**
 * Done of plan as a bar with the clock (时序) as a black tick. `done` and `plan` are exact whole numbers in one unit;
 * `clock` is a share 0…1.
 */
export function RateBar({
  done,
  plan,
  clock,
  figure = true,
}: {
  done: number | null | undefined;
  plan: number | null | undefined;
  clock?: number | null | undefined;
  figure?: boolean;
}) {
  const t = useText(text);
  if (!plan) return <span className="muted">{t.rate.none}</span>;
  const words = rate(done ?? 0, plan);
  const label =
    clock === null || clock === undefined ? t.rate.labelNoClock(words) : t.rate.label(words, percent(clock));
  const style = {
    '--v': Math.max(0, Math.min(100, ((done ?? 0) / plan) * 100)),
    '--clock': Math.max(0, Math.min(100, (clock ?? 0) * 100)),
  } as CSSProperties;
  return (
    <span
      className={`rate${done ? '' : ' no'}${clock === null || clock === undefined ? ' clockless' : ''}`}
      style={style}
    >
      <i role="img" aria-label={label} />
      {figure && <b>{done === null || done === undefined ? '—' : words}</b>}
    </span>
  );
}
