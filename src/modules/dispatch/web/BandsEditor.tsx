import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useText } from '#core/web/text.ts';
import type { Band } from '../band.ts';
import type { Level } from '../level.ts';
import { LevelPick } from './LevelPick.tsx';
import * as text from './text.ts';

type Unit = 'points' | 'percent' | 'days' | 'places';

/** The stretches of a rule's number line, one row each. An empty end is without limit. */
export function BandsEditor({
  bands,
  levels,
  unit,
  onChange,
}: {
  bands: readonly Band[];
  levels: readonly Level[];
  unit: Unit;
  onChange: (bands: Band[]) => void;
}) {
  const r = useText(text).rules;
  const set = (index: number, change: Partial<Band>) =>
    onChange(bands.map((b, i) => (i === index ? { ...b, ...change } : b)));
  return (
    <div>
      {bands.map((band, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band has no name of its own
        <div className="band" key={i}>
          <LevelPick label={r.light} levels={levels} value={band.light} onChange={(light) => set(i, { light })} />
          <End label={r.from} value={band.from} unit={unit} onChange={(from) => set(i, { from })} />
          <Checkbox
            checked={band.fromIncluded}
            disabled={band.from === null}
            onChange={(e) => set(i, { fromIncluded: e.target.checked })}
          >
            {r.includedEnd}
          </Checkbox>
          <End label={r.to} value={band.to} unit={unit} onChange={(to) => set(i, { to })} />
          <Checkbox
            checked={band.toIncluded}
            disabled={band.to === null}
            onChange={(e) => set(i, { toIncluded: e.target.checked })}
          >
            {r.includedEnd}
          </Checkbox>
          <Select
            aria-label={r.columns.basis}
            value={band.basis}
            onChange={(basis) => set(i, { basis })}
            options={(['published', 'city'] as const).map((basis) => ({ value: basis, label: r.basis[basis] }))}
            style={{ width: '7rem' }}
          />
          <Button size="small" onClick={() => onChange(bands.filter((_, j) => j !== i))}>
            {r.removeBand}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...bands,
            { light: 'normal', from: '0', fromIncluded: true, to: null, toIncluded: false, basis: 'city' },
          ])
        }
      >
        {r.addBand}
      </Button>
    </div>
  );
}

function End({
  label,
  value,
  unit,
  onChange,
}: {
  label: string;
  value: string | null;
  unit: Unit;
  onChange: (value: string | null) => void;
}) {
  const t = useText(text);
  return (
    <InputNumber<string>
      aria-label={label}
      prefix={label}
      suffix={unit === 'percent' ? '%' : unit === 'points' ? t.points : t.rules[unit]}
      stringMode
      value={value}
      placeholder={t.rules.openEnd}
      onChange={(next) => onChange(next === null || String(next) === '' ? null : String(next))}
      style={{ width: '11rem' }}
    />
  );
}
