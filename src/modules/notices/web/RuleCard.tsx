import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { notices } from '../contract.ts';
import { type ReminderRules, rungs } from '../rules.ts';
import * as text from './text.ts';

/** The rules in force as sentences; a change is a new version with its reason. */
export function RuleCard() {
  const t = useText(text).rules;
  const api = useClient(notices);
  const [isChanging, setChanging] = useState(false);
  const versions = useQuery({
    queryKey: ['notices', 'rules'],
    queryFn: ({ signal }) => api.rules({}, { signal }),
  });
  const now = versions.data?.[0];
  return (
    <section className="card">
      <h2>
        {t.title} {now && <small>{t.version(now.version)}</small>}
        {now && (
          <button type="button" className="to link" onClick={() => setChanging(true)}>
            {t.change}
          </button>
        )}
      </h2>
      {versions.error && <ProblemView error={versions.error} onRetry={() => void versions.refetch()} />}
      {now && (
        <dl className="kv">
          <dt>{t.before}</dt>
          <dd>{now.rules.beforeHours.map(t.hours).join('、')}</dd>
          <dt>{t.overdue}</dt>
          <dd>
            {now.rules.overdue.map(({ afterHours, rung }) => (
              <div key={`${afterHours} ${rung}`}>
                {t.after(afterHours)} {t.rungs[rung]}
              </div>
            ))}
          </dd>
          <dt>
            {t.review} {t.hours(now.rules.reviewHours)}
          </dt>
          <dd>{t.reviewThen}</dd>
        </dl>
      )}
      {versions.data && versions.data.length > 1 && (
        <>
          <h3>{t.history}</h3>
          <ol>
            {versions.data.map((v) => (
              <li key={v.version}>
                {t.version(v.version)}{' '}
                {v.actorName && (
                  <small className="muted">
                    {v.actorName} {moment(v.at)} {v.reason}
                  </small>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      {now && isChanging && <RuleForm version={now.version} now={now.rules} onClose={() => setChanging(false)} />}
    </section>
  );
}

function RuleForm({ version, now, onClose }: { version: number; now: ReminderRules; onClose: () => void }) {
  const t = useText(text).rules;
  const api = useClient(notices);
  const cache = useQueryClient();
  const [before, setBefore] = useState(now.beforeHours.join(', '));
  const [rules, setRules] = useState(now);
  const [reason, setReason] = useState('');
  const beforeHours = before
    .split(/[,，、\s]+/)
    .filter(Boolean)
    .map(Number);
  const isGood = beforeHours.every((n) => Number.isInteger(n) && n >= 1 && n <= 240) && beforeHours.length <= 6;
  const save = useMutation({
    mutationFn: () => api.setRules({ basedOn: version, rules: { ...rules, beforeHours }, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['notices', 'rules'] });
    },
  });
  const setStep = (i: number, change: Partial<ReminderRules['overdue'][number]>) =>
    setRules({ ...rules, overdue: rules.overdue.map((o, j) => (j === i ? { ...o, ...change } : o)) });
  return (
    <Modal
      open
      title={t.title}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isGood || reason.trim().length < 2 }}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="rule-form">
        <span>{t.before}</span>
        <Input
          aria-label={t.before}
          value={before}
          status={isGood ? '' : 'error'}
          placeholder={t.beforeHint}
          onChange={(event) => setBefore(event.target.value)}
        />
        <span>{t.overdue}</span>
        <div>
          {rules.overdue.map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place alone
            <div key={i} className="row">
              <InputNumber<number>
                aria-label={`${t.overdue} ${i + 1}`}
                min={0}
                max={1000}
                value={step.afterHours}
                onChange={(value) => value !== null && setStep(i, { afterHours: value })}
              />
              <Select
                aria-label={t.rungs[step.rung]}
                value={step.rung}
                options={rungs.map((value) => ({ value, label: t.rungs[value] }))}
                onChange={(rung) => setStep(i, { rung })}
              />
            </div>
          ))}
        </div>
        <span>{t.review}</span>
        <InputNumber<number>
          aria-label={t.review}
          min={1}
          max={240}
          value={rules.reviewHours}
          onChange={(value) => value !== null && setRules({ ...rules, reviewHours: value })}
        />
        <span>{t.reason}</span>
        <Input
          aria-label={t.reason}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {save.error && <ProblemView compact error={save.error} />}
    </Modal>
  );
}
