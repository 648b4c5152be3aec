import { Button, InputNumber } from 'antd';
import { useText } from '#core/web/text.ts';
import type { Level } from '../level.ts';
import type { Streak } from '../light-rule.ts';
import { LevelPick } from './LevelPick.tsx';
import * as text from './text.ts';

/** 连续 n 个月为一级，转为另一级. */
export function StreaksEditor({
  streaks,
  levels,
  onChange,
}: {
  streaks: readonly Streak[];
  levels: readonly Level[];
  onChange: (streaks: Streak[]) => void;
}) {
  const r = useText(text).rules;
  const set = (index: number, change: Partial<Streak>) =>
    onChange(streaks.map((s, i) => (i === index ? { ...s, ...change } : s)));
  const heavier = [...levels].sort((a, b) => a.severity - b.severity).filter((l) => l.severity > 0);
  return (
    <div>
      {streaks.map((streak, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a streak has no name of its own
        <div className="band" key={i}>
          <LevelPick
            label={r.streakOf}
            withLabel
            levels={levels}
            value={streak.light}
            onChange={(light) => set(i, { light })}
          />
          <InputNumber
            aria-label={r.streakMonths}
            prefix={r.streakMonths}
            min={2}
            max={36}
            precision={0}
            value={streak.months}
            onChange={(months) => months !== null && set(i, { months })}
            style={{ width: '9rem' }}
          />
          <LevelPick
            label={r.streakBecomes}
            withLabel
            levels={levels}
            value={streak.becomes}
            onChange={(becomes) => set(i, { becomes })}
          />
          <Button size="small" onClick={() => onChange(streaks.filter((_, j) => j !== i))}>
            {r.removeBand}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={heavier.length === 0 || streaks.length >= 6}
        onClick={() =>
          onChange([
            ...streaks,
            { light: heavier[0]!.code, months: 2, becomes: heavier.at(-1)!.code, basis: 'city' as const },
          ])
        }
      >
        {r.addStreak}
      </Button>
    </div>
  );
}
