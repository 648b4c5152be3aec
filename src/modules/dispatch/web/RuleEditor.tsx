import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { clockKinds } from '../clock.ts';
import { dispatch, type RuleSetVersion } from '../contract.ts';
import { gapsOf, isBandRule, type LightRule, type RuleSet, ruleSet } from '../light-rule.ts';
import { BandsEditor } from './BandsEditor.tsx';
import { GapReport } from './GapReport.tsx';
import * as text from './text.ts';

/** Thresholds of a set, with the gap report renewed at each change. Saving makes a new version; the old one stays. */
export function RuleEditor({ shown, onClose }: { shown: RuleSetVersion; onClose: () => void }) {
  const t = useText(text);
  const r = t.rules;
  const words = useWords();
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<RuleSet>(shown.set);
  const [reason, setReason] = useState('');
  const checked = ruleSet.safeParse(draft);
  const setRule = (index: number, rule: LightRule) =>
    setDraft({ ...draft, rules: draft.rules.map((old, i) => (i === index ? rule : old)) });
  const save = useMutation({
    mutationFn: () => api.saveRuleSet({ code: shown.code, basedOn: shown.version, set: draft, reason }),
    onSuccess: async (saved) => {
      await cache.invalidateQueries({ queryKey: ['dispatch'] });
      message.success(r.saved(saved.gaps.length));
      onClose();
      void navigate(`/dispatch/rules?set=${saved.code}`);
    },
  });
  return (
    <div className="rule-form">
      <div className="row">
        <Field label={r.clock}>
          {(id) => (
            <Select
              id={id}
              value={draft.clock}
              onChange={(clock) => setDraft({ ...draft, clock })}
              options={clockKinds.map((kind) => ({ value: kind, label: t.clockKinds[kind] }))}
              popupMatchSelectWidth={false}
            />
          )}
        </Field>
        <Field label={r.ahead}>
          {(id) => (
            <InputNumber<string>
              id={id}
              stringMode
              min="0"
              max="999"
              value={draft.aheadPoints}
              placeholder={r.aheadNever}
              suffix={t.points}
              onChange={(value) => setDraft({ ...draft, aheadPoints: value === null ? null : String(value) })}
            />
          )}
        </Field>
      </div>
      {draft.rules.map((rule, i) => (
        <fieldset key={rule.code}>
          <legend>{words(rule.name)}</legend>
          <Thresholds rule={rule} onChange={(next) => setRule(i, next)} />
        </fieldset>
      ))}
      {checked.success ? (
        <GapReport gaps={gapsOf(checked.data)} set={checked.data} />
      ) : (
        <p className="late">{r.unsound}</p>
      )}
      <Field label={r.reason}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={300}
            placeholder={r.reasonHint}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
      </Field>
      {save.error && <ProblemView error={save.error} compact />}
      <div className="row">
        <Button
          type="primary"
          disabled={!checked.success || reason.trim().length < 2}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {r.save}
        </Button>
        <Button onClick={onClose}>{r.cancel}</Button>
      </div>
    </div>
  );
}

function Thresholds({ rule, onChange }: { rule: LightRule; onChange: (rule: LightRule) => void }) {
  const r = useText(text).rules;
  return (
    <div className="row">
      {rule.kind === 'start' && (
        <Months
          label={r.lateMonths}
          value={rule.lateMonths}
          onChange={(lateMonths) => onChange({ ...rule, lateMonths })}
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
      {rule.kind === 'monthTask' && rule.lateMonths !== null && (
        <Months
          label={r.lateMonths}
          value={rule.lateMonths}
          onChange={(lateMonths) => onChange({ ...rule, lateMonths })}
        />
      )}
      {isBandRule(rule) && (
        <BandsEditor
          bands={rule.bands}
          unit={rule.kind === 'progress' ? 'points' : 'percent'}
          onChange={(bands) => onChange({ ...rule, bands })}
        />
      )}
    </div>
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
