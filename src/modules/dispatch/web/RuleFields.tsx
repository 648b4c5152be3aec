import { InputNumber, Select } from 'antd';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import type { Level } from '../level.ts';
import { isBandRule, type LightRule } from '../light-rule.ts';
import { BandsEditor } from './BandsEditor.tsx';
import { CasesEditor } from './CasesEditor.tsx';
import { LevelPick } from './LevelPick.tsx';
import { StreaksEditor } from './StreaksEditor.tsx';
import * as text from './text.ts';

const units = { progress: 'points', daysLate: 'days', place: 'places' } as const;

/** What can be set of one rule: its thresholds and its streaks. */
export function RuleFields({
  rule,
  levels,
  onChange,
}: {
  rule: LightRule;
  levels: readonly Level[];
  onChange: (rule: LightRule) => void;
}) {
  const r = useText(text).rules;
  return (
    <>
      <div className="row">
        {rule.kind === 'start' && (
          <LevelPick
            label={r.light}
            levels={levels}
            value={rule.light}
            onChange={(light) => onChange({ ...rule, light })}
          />
        )}
        {rule.kind === 'enrolment' && (
          <>
            <Months
              label={r.warnMonths}
              value={rule.warnMonths}
              onChange={(warnMonths) => onChange({ ...rule, warnMonths })}
            />
            <Months
              label={r.overMonths}
              value={rule.lateMonths}
              onChange={(lateMonths) => onChange({ ...rule, lateMonths })}
            />
          </>
        )}
        {rule.kind === 'daysLate' && (
          <Select
            aria-label={r.daysOf}
            prefix={r.daysOf}
            value={rule.of}
            onChange={(of) => onChange({ ...rule, of })}
            options={(['node', 'finish', 'either'] as const).map((of) => ({ value: of, label: r.daysOfKinds[of] }))}
            popupMatchSelectWidth={false}
          />
        )}
        {rule.kind === 'place' && rule.of === 'place' && (
          <Select
            aria-label={r.placeFrom}
            prefix={r.placeFrom}
            value={rule.from}
            onChange={(from) => onChange({ ...rule, from })}
            options={(['first', 'last'] as const).map((from) => ({ value: from, label: r.placeFromKinds[from] }))}
            popupMatchSelectWidth={false}
          />
        )}
      </div>
      {rule.kind === 'growth' && (
        <CasesEditor cases={rule.cases} levels={levels} onChange={(cases) => onChange({ ...rule, cases })} />
      )}
      {isBandRule(rule) && (
        <BandsEditor
          bands={rule.bands}
          levels={levels}
          unit={rule.kind in units ? units[rule.kind as keyof typeof units] : 'percent'}
          onChange={(bands) => onChange({ ...rule, bands })}
        />
      )}
      <StreaksEditor streaks={rule.streaks} levels={levels} onChange={(streaks) => onChange({ ...rule, streaks })} />
    </>
  );
}

function Months({ label, value, onChange }: { label: string; value: number; onChange: (months: number) => void }) {
  return (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={1}
          max={36}
          precision={0}
          value={value}
          onChange={(next) => next !== null && onChange(next)}
        />
      )}
    </Field>
  );
}
