import { Button, Select } from 'antd';
import { useText } from '#core/web/text.ts';
import type { Level } from '../level.ts';
import { type GrowthCase, growthMeets, growthSigns } from '../light-rule.ts';
import { LevelPick } from './LevelPick.tsx';
import * as text from './text.ts';

/** The cases of a growth rule: its sign, and whether plan and average are reached. */
export function CasesEditor({
  cases,
  levels,
  onChange,
}: {
  cases: readonly GrowthCase[];
  levels: readonly Level[];
  onChange: (cases: GrowthCase[]) => void;
}) {
  const r = useText(text).rules;
  const set = (index: number, change: Partial<GrowthCase>) =>
    onChange(cases.map((c, i) => (i === index ? { ...c, ...change } : c)));
  return (
    <div>
      {cases.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a case has no name of its own
        <div className="band" key={i}>
          <LevelPick
            label={r.light}
            levels={levels}
            value={one.light}
            onChange={(light) => set(i, { light, basis: 'city' })}
          />
          <Select
            aria-label={r.growthSign}
            mode="multiple"
            value={one.growth}
            onChange={(growth) => growth.length > 0 && set(i, { growth, basis: 'city' })}
            options={growthSigns.map((sign) => ({ value: sign, label: r.signs[sign] }))}
            style={{ minWidth: '11rem' }}
          />
          <Select
            aria-label={r.growthMeets}
            mode="multiple"
            value={one.meets}
            onChange={(meets) => meets.length > 0 && set(i, { meets, basis: 'city' })}
            options={growthMeets.map((meets) => ({ value: meets, label: r.meets[meets] }))}
            style={{ minWidth: '20rem', maxWidth: '100%' }}
          />
          <Button size="small" onClick={() => onChange(cases.filter((_, j) => j !== i))}>
            {r.removeBand}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={cases.length >= 12}
        onClick={() => onChange([...cases, { light: 'normal', growth: ['zero'], meets: ['both'], basis: 'city' }])}
      >
        {r.addCase}
      </Button>
    </div>
  );
}
