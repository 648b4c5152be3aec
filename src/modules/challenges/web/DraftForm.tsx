import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { challenges } from '../contract.ts';
import { showExact } from '../progress.ts';
import type { BatchView, ChallengeView } from '../shapes.ts';
import { type ChallengeTerms, noTerms, type TakerKind, takerKinds } from '../terms.ts';
import { takerWords } from '../words.ts';
import { keys, yuanOf } from './show.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';

interface Support {
  key: number;
  title: string;
  unit: { id: string; name: string } | null;
  dueOn: string | null;
}
const isDecimal = (value: string | null) => value !== null && /^-?\d{1,15}(\.\d{1,6})?$/.test(value);

/** The terms of one challenge. Anything may be missing while it is a draft: what is, stands beside the button that publishes. */
export function DraftForm({ batches, challenge }: { batches: readonly BatchView[]; challenge?: ChallengeView }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(challenges);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [batchId, setBatchId] = useState(challenge?.batchId ?? batches[0]?.id ?? null);
  const batch = batches.find((one) => one.id === batchId);
  const [owner, setOwner] = useState(challenge?.owner ?? batch?.publisher ?? null);
  const [verifier, setVerifier] = useState(challenge?.verifier ?? null);
  const [terms, setTerms] = useState<ChallengeTerms>(challenge?.terms ?? noTerms);
  const [supports, setSupports] = useState<Support[]>(
    (challenge?.supportItems ?? []).map((one, key) => ({ key, title: one.title, unit: one.unit, dueOn: one.dueOn })),
  );
  const set = (change: Partial<ChallengeTerms>) => setTerms((now) => ({ ...now, ...change }));
  const setMetric = (change: Partial<ChallengeTerms['metric']>) => set({ metric: { ...terms.metric, ...change } });
  const changeSupport = (key: number, to: Partial<Support>) =>
    setSupports((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const save = useMutation({
    mutationFn: () =>
      api.save({
        ...(challenge && { id: challenge.id, version: challenge.version }),
        batchId: batchId!,
        ownerUnitId: owner!.id,
        verifierUnitId: verifier?.id ?? null,
        terms: { ...terms, target: isDecimal(terms.target) ? terms.target : null },
        supports: supports.map(({ title, unit, dueOn }) => ({ title, unitId: unit!.id, dueOn: dueOn! })),
      }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: keys.all });
      void navigate(`/challenges/${id}`);
    },
  });
  const isReady =
    batchId !== null &&
    owner !== null &&
    terms.title.trim().length > 1 &&
    supports.every((one) => one.title.trim().length > 1 && one.unit && one.dueOn) &&
    (terms.reward === null || (terms.reward.formula.trim() !== '' && terms.reward.payer.trim() !== ''));
  const line = (label: string, value: string, onChange: (value: string) => void, max = 200, hint?: ReactNode) => (
    <FormField label={label} hint={hint}>
      {(id) => <Input id={id} maxLength={max} value={value} onChange={(e) => onChange(e.target.value)} />}
    </FormField>
  );
  const long = (label: string, value: string, onChange: (value: string) => void, max = 2000) => (
    <FormField label={label}>
      {(id) => <TextBox id={id} maxLength={max} value={value} onChange={(e) => onChange(e.target.value)} />}
    </FormField>
  );
  const { metric } = terms;
  return (
    <form
      className="chl-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate();
      }}
    >
      <section className="card form-body">
        <h2>{t.terms}</h2>
        <div className="form-pair">
          <FormField label={t.batch}>
            {(id) => (
              <Select
                id={id}
                value={batchId}
                options={batches.map((one) => ({ value: one.id, label: one.title }))}
                onChange={setBatchId}
              />
            )}
          </FormField>
          {line(t.challengeTitle, terms.title, (title) => set({ title }), 120)}
        </div>
        <div className="form-pair">
          <FormField label={t.owner}>
            {(id) => (
              <UnitPick
                id={id}
                value={owner?.id ?? null}
                name={owner?.name}
                onChange={(unitId, name) => setOwner(unitId ? { id: unitId, name: name ?? '' } : null)}
              />
            )}
          </FormField>
          <FormField label={t.verifier}>
            {(id) => (
              <UnitPick
                id={id}
                value={verifier?.id ?? null}
                name={verifier?.name}
                onChange={(unitId, name) => setVerifier(unitId ? { id: unitId, name: name ?? '' } : null)}
              />
            )}
          </FormField>
        </div>
        {long(t.problem, terms.problem, (problem) => set({ problem }), 4000)}
        <div className="form-pair">
          <DayField label={t.openOn} value={terms.openOn} onChange={(openOn) => set({ openOn })} />
          <DayField label={t.closeOn} value={terms.closeOn} onChange={(closeOn) => set({ closeOn })} />
        </div>
        <FormField label={t.takers}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={terms.takerKinds}
              options={takerKinds.map((value) => ({ value, label: words(takerWords[value]) }))}
              onChange={(kinds: TakerKind[]) => set({ takerKinds: kinds })}
            />
          )}
        </FormField>
        <Checkbox checked={terms.allowsConsortia} onChange={(e) => set({ allowsConsortia: e.target.checked })}>
          {t.consortia}
        </Checkbox>
        {long(t.eligibility, terms.eligibility, (eligibility) => set({ eligibility }))}
      </section>
      <section className="card form-body">
        <h2>{t.metric}</h2>
        <div className="form-pair">
          {line(t.metricName, metric.name, (name) => setMetric({ name }), 60)}
          {line(t.metricUnit, metric.unit, (unit) => setMetric({ unit }), 20)}
        </div>
        {long(t.caliber, metric.caliber, (caliber) => setMetric({ caliber }), 1000)}
        <div className="form-pair">
          <FormField label={t.sourceOf}>
            {(id) => (
              <Select
                id={id}
                value={metric.source.kind}
                options={(['submission', 'indicator', 'filings'] as const)
                  // Which projects are counted is chosen where their filings are known: an existing choice stays.
                  .filter((kind) => kind !== 'filings' || metric.source.kind === 'filings')
                  .map((value) => ({ value, label: t.sources[value] }))}
                onChange={(kind) =>
                  setMetric({
                    source:
                      kind === 'indicator'
                        ? { kind, code: 'invest', by: null, key: null, factor: '100' }
                        : kind === 'submission'
                          ? { kind }
                          : metric.source,
                  })
                }
              />
            )}
          </FormField>
          <FormField label={t.decimals}>
            {(id) => (
              <InputNumber
                id={id}
                min={0}
                max={4}
                value={metric.decimals}
                onChange={(decimals) => setMetric({ decimals: decimals ?? 0 })}
              />
            )}
          </FormField>
        </div>
        {metric.source.kind === 'indicator' && (
          <div className="form-pair">
            {line(t.indicator, metric.source.code, (code) =>
              setMetric({ source: { ...metric.source, kind: 'indicator', code } as typeof metric.source }),
            )}
            {line(
              t.factor,
              metric.source.factor,
              (factor) => setMetric({ source: { ...metric.source, factor } as typeof metric.source }),
              22,
              t.factorHint,
            )}
          </div>
        )}
        <div className="form-pair">
          <FormField label={`${t.target}（${metric.unit || '—'}）`}>
            {(id) => (
              <Input
                id={id}
                inputMode="decimal"
                value={terms.target ?? ''}
                status={terms.target && !isDecimal(terms.target) ? 'error' : ''}
                onChange={(e) => set({ target: e.target.value.trim() || null })}
              />
            )}
          </FormField>
          <DayField label={t.dueOn} value={terms.dueOn} onChange={(dueOn) => set({ dueOn })} />
        </div>
      </section>
      <section className="card form-body">
        <h2>{t.reward}</h2>
        <Checkbox
          checked={terms.reward !== null}
          onChange={(e) =>
            set({ reward: e.target.checked ? { formula: '', capYuan: null, payer: '', words: '' } : null })
          }
        >
          {t.hasReward}
        </Checkbox>
        {terms.reward && (
          <RewardFields
            reward={terms.reward}
            fault={fieldSentence(save.error, 'terms.reward.formula')}
            baseline={challenge?.baseline ? showExact(challenge.baseline, 6) : null}
            target={terms.target}
            onChange={(reward) => set({ reward })}
          />
        )}
        {long(t.penalty, terms.penalty, (penalty) => set({ penalty }))}
        {long(t.change, terms.change, (change) => set({ change }))}
        {long(t.tolerance, terms.tolerance, (tolerance) => set({ tolerance }))}
      </section>
      <section className="card form-body">
        <h2>{t.support}</h2>
        {supports.map((one, i) => (
          <fieldset key={one.key} className="chl-taker">
            <legend>
              {t.supportTitle} {i + 1}
            </legend>
            {line(t.supportTitle, one.title, (title) => changeSupport(one.key, { title }))}
            <div className="form-pair">
              <FormField label={t.supportUnit}>
                {(id) => (
                  <UnitPick
                    id={id}
                    value={one.unit?.id ?? null}
                    name={one.unit?.name}
                    onChange={(unitId, name) =>
                      changeSupport(one.key, { unit: unitId ? { id: unitId, name: name ?? '' } : null })
                    }
                  />
                )}
              </FormField>
              <DayField
                label={t.supportDue}
                value={one.dueOn}
                onChange={(dueOn) => changeSupport(one.key, { dueOn })}
              />
            </div>
            <Button size="small" onClick={() => setSupports((all) => all.filter((other) => other.key !== one.key))}>
              {t.fields.remove}
            </Button>
          </fieldset>
        ))}
        <Button
          onClick={() =>
            setSupports((all) => [
              ...all,
              { key: Math.max(-1, ...all.map((one) => one.key)) + 1, title: '', unit: null, dueOn: null },
            ])
          }
        >
          {t.addSupport}
        </Button>
      </section>
      {save.error && <ProblemView compact error={save.error} />}
      <div className="form-foot">
        <Button onClick={() => void navigate(challenge ? `/challenges/${challenge.id}` : '/challenges')}>
          {t.cancel}
        </Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isReady}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}

/** The formula with its result on a number of one's own, computed by the server that will pay by it. */
function RewardFields({
  reward,
  fault,
  baseline,
  target,
  onChange,
}: {
  reward: NonNullable<ChallengeTerms['reward']>;
  fault: string | undefined;
  baseline: string | null;
  target: string | null;
  onChange: (reward: NonNullable<ChallengeTerms['reward']>) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(challenges);
  const [trial, setTrial] = useState(target ?? '');
  const set = (change: Partial<typeof reward>) => onChange({ ...reward, ...change });
  const isTried = isDecimal(trial) && isDecimal(target) && reward.formula.trim() !== '';
  const input = {
    formula: reward.formula,
    ...(reward.capYuan !== null && { capYuan: String(reward.capYuan) }),
    baseline: baseline ?? '0',
    target: target ?? '0',
    value: trial,
  };
  const tried = useQuery({
    queryKey: [...keys.all, 'reward', input],
    queryFn: ({ signal }) => api.tryReward(input, { signal }),
    enabled: isTried,
  });
  const wrong = fault ?? (tried.data?.fault ? words(tried.data.fault) : undefined);
  return (
    <>
      <FormField label={t.rewardFormula} fault={wrong} hint={t.rewardHint}>
        {(id) => (
          <Input id={id} maxLength={500} value={reward.formula} onChange={(e) => set({ formula: e.target.value })} />
        )}
      </FormField>
      <div className="form-pair">
        <FormField
          label={t.trial}
          hint={tried.data && tried.data.cents !== null ? t.tried(trial, yuanOf(tried.data.cents)) : undefined}
        >
          {(id) => (
            <Input id={id} inputMode="decimal" value={trial} onChange={(e) => setTrial(e.target.value.trim())} />
          )}
        </FormField>
        <FormField label={t.rewardCap}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={0}
              value={reward.capYuan}
              onChange={(capYuan) => set({ capYuan })}
            />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        <FormField label={t.payer}>
          {(id) => (
            <Input id={id} maxLength={100} value={reward.payer} onChange={(e) => set({ payer: e.target.value })} />
          )}
        </FormField>
        <FormField label={t.rewardWords}>
          {(id) => (
            <Input id={id} maxLength={500} value={reward.words} onChange={(e) => set({ words: e.target.value })} />
          )}
        </FormField>
      </div>
    </>
  );
}
