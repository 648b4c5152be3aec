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
import { type LightRule, type RuleSet, ruleSet } from '../light-rule.ts';
import { gapsOf } from '../rule-gaps.ts';
import { GapReport } from './GapReport.tsx';
import { LevelsEditor } from './LevelsEditor.tsx';
import { RuleFields } from './RuleFields.tsx';
import { published, withRule } from './take-rule.ts';
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
    <div className="light-form">
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
      <LevelsEditor levels={draft.levels} onChange={(levels) => setDraft({ ...draft, levels })} />
      {draft.rules.map((rule, i) => (
        <fieldset key={rule.code}>
          <legend>{words(rule.name)}</legend>
          <RuleFields rule={rule} levels={draft.levels} onChange={(next) => setRule(i, next)} />
          <Button
            size="small"
            disabled={draft.rules.length === 1}
            onClick={() => setDraft({ ...draft, rules: draft.rules.filter((_, j) => j !== i) })}
          >
            {r.removeRule}
          </Button>
        </fieldset>
      ))}
      <Field label={r.addRule}>
        {(id) => (
          <Select<string>
            id={id}
            value={null}
            onChange={(key) => setDraft(withRule(draft, key))}
            options={published.map(({ set, rule, key }) => ({
              value: key,
              label: `${words(set.name)} · ${words(rule.name)}（${r.subject[rule.subject]}）`,
            }))}
            style={{ maxWidth: '32rem' }}
          />
        )}
      </Field>
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
