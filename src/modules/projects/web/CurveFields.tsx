import { Input, Radio, Select } from 'antd';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import { type CurveKind, curvePresets, evenCurve } from '../plan-curve.ts';
import { type CurveDraft, curveOf, ownMonths, presetShares } from './curve-draft.ts';
import * as text from './text.ts';

/** How the year's money is spread over its months, with the result drawn as one types. */
export function CurveFields({
  draft,
  planYuan,
  before,
  isShown,
  onChange,
}: {
  draft: CurveDraft;
  planYuan: number | null;
  /** The curve in force, for comparison. */
  before: readonly number[] | null;
  isShown: boolean;
  onChange: (draft: CurveDraft) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const { curve, fault } = curveOf(draft, planYuan, t);
  const cell = (label: string, value: string, set: (value: string) => void) => (
    <div key={label}>
      {label}
      <Input
        size="small"
        value={value}
        inputMode="decimal"
        aria-label={label}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  );
  const replaced = <T extends readonly string[]>(list: T, at: number, value: string) =>
    list.map((now, i) => (i === at ? value : now));
  return (
    <div className="stack">
      <Radio.Group
        aria-label={t.planCurve}
        value={draft.kind}
        options={(['even', 'phased', 'quarters', 'own'] as const).map((kind) => ({
          value: kind,
          label: t.curveKinds[kind],
        }))}
        onChange={(event) => {
          const kind = event.target.value as CurveKind;
          // Month by month begins from what was there, so that a preset can be taken and corrected.
          onChange({
            ...draft,
            kind,
            ...(kind === 'own' && { months: ownMonths(curve ?? (planYuan === null ? null : evenCurve(planYuan))) }),
          });
        }}
      />
      {draft.kind === 'phased' && (
        <>
          <Select
            aria-label={t.curvePreset}
            placeholder={t.curvePreset}
            value={draft.preset}
            options={curvePresets.map((one) => ({ value: one.code, label: words(one.name) }))}
            onChange={(preset: string) => onChange({ ...draft, preset, shares: presetShares(preset) })}
          />
          <p className="muted">{t.curveShares}</p>
          <div className="months">
            {draft.shares.map((share, i) =>
              cell(t.monthName(i + 1), share, (value) =>
                onChange({ ...draft, preset: null, shares: replaced(draft.shares, i, value) }),
              ),
            )}
          </div>
        </>
      )}
      {draft.kind === 'quarters' && (
        <div className="months quarters">
          {draft.quarters.map((percent, i) =>
            cell(t.curveQuarter(i + 1), percent, (value) =>
              onChange({ ...draft, quarters: replaced(draft.quarters, i, value) }),
            ),
          )}
        </div>
      )}
      {draft.kind === 'own' && (
        <>
          <p className="muted">{t.planCurveOwn}</p>
          <div className="months">
            {draft.months.map((entry, i) =>
              cell(t.monthName(i + 1), entry, (value) =>
                onChange({ ...draft, months: replaced(draft.months, i, value) }),
              ),
            )}
          </div>
        </>
      )}
      {fault && (isShown || draft.kind !== 'own') && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      {!fault && planYuan !== null && planYuan > 0 && (
        <LineChart
          label={t.curvePreview}
          labels={Array.from({ length: 12 }, (_, i) => t.monthName(i + 1))}
          format={(value) => yi(Math.round(value), language)}
          height={180}
          footer={before && <p className="muted">{t.curveLines}</p>}
          series={[
            { key: 'new', name: t.curveNew, kind: 'actual', values: curve ?? evenCurve(planYuan) },
            ...(before ? [{ key: 'now', name: t.curveNow, kind: 'clock' as const, values: before }] : []),
          ]}
        />
      )}
    </div>
  );
}
