import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { challenges } from '../contract.ts';
import type { ChallengeView } from '../shapes.ts';
import { keys } from './show.ts';
import * as text from './text.ts';

interface Step {
  key: number;
  title: string;
  dueOn: string | null;
  evidence: string;
}

/** The milestones of the pledge; of an adjustment also its reason, and another target or day. */
export function PledgeForm({ challenge, onClose }: { challenge: ChallengeView; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(challenges);
  const cache = useQueryClient();
  const former = challenge.pledges.find((one) => one.isInForce);
  const [steps, setSteps] = useState<Step[]>(
    (challenge.pledges.at(-1)?.content.milestones ?? [{ title: '', dueOn: null, evidence: '' }]).map((one, key) => ({
      key,
      ...one,
    })),
  );
  const [reason, setReason] = useState('');
  const [target, setTarget] = useState(challenge.target ?? '');
  const [dueOn, setDueOn] = useState<string | null>(challenge.dueOn);
  const change = (key: number, to: Partial<Step>) =>
    setSteps((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const save = useMutation({
    mutationFn: () =>
      api.draftPledge({
        id: challenge.id,
        version: challenge.version,
        milestones: steps.map(({ title, dueOn: due, evidence }) => ({ title, dueOn: due!, evidence })),
        ...(former && { reason, target, ...(dueOn && { dueOn }) }),
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.all });
      onClose();
    },
  });
  const isReady =
    steps.every((one) => one.title.trim() && one.dueOn && one.evidence.trim()) && (!former || reason.trim().length > 1);
  return (
    <FormDrawer
      title={former ? t.actNames.draftAdjustment : t.actNames.draftPledge}
      size={640}
      error={save.error}
      fields={['reason', 'milestones']}
      isReady={isReady}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {former && (
        <>
          <FormField label={t.fields.reason} fault={fieldSentence(save.error, 'reason')}>
            {(id) => <TextBox id={id} maxLength={1000} value={reason} onChange={(e) => setReason(e.target.value)} />}
          </FormField>
          <div className="form-pair">
            <FormField label={`${t.target}（${challenge.metric.unit}）`}>
              {(id) => <Input id={id} inputMode="decimal" value={target} onChange={(e) => setTarget(e.target.value)} />}
            </FormField>
            <DayField label={t.due} value={dueOn} onChange={setDueOn} />
          </div>
        </>
      )}
      {steps.map((one, i) => (
        <fieldset key={one.key} className="chl-taker">
          <legend>
            {t.milestoneTitle} {i + 1}
          </legend>
          <FormField label={t.milestoneTitle} fault={i === 0 ? fieldSentence(save.error, 'milestones') : undefined}>
            {(id) => (
              <Input
                id={id}
                maxLength={200}
                value={one.title}
                onChange={(e) => change(one.key, { title: e.target.value })}
              />
            )}
          </FormField>
          <div className="form-pair">
            <DayField label={t.milestoneDue} value={one.dueOn} onChange={(day) => change(one.key, { dueOn: day })} />
            <FormField label={t.milestoneEvidence}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={200}
                  value={one.evidence}
                  onChange={(e) => change(one.key, { evidence: e.target.value })}
                />
              )}
            </FormField>
          </div>
          {steps.length > 1 && (
            <Button size="small" onClick={() => setSteps((all) => all.filter((other) => other.key !== one.key))}>
              {t.fields.remove}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        onClick={() =>
          setSteps((all) => [
            ...all,
            { key: Math.max(...all.map((one) => one.key)) + 1, title: '', dueOn: null, evidence: '' },
          ])
        }
      >
        {t.addMilestone}
      </Button>
    </FormDrawer>
  );
}
