import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { endOfMonth } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch, type Exemption, type Explanation } from '../contract.ts';
import * as text from './text.ts';

/** Records an exemption: nobody may leave out who approved it or when it ends. Running ones may be ended early. */
export function ExemptForm({ why, today, onClose }: { why: Explanation; today: string; onClose: () => void }) {
  const t = useText(text);
  const f = t.exemptForm;
  const words = useWords();
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const warned = why.checks.find((c) => c.rule === why.cause)?.rule ?? '';
  const [ruleCode, setRuleCode] = useState(warned);
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const [until, setUntil] = useState(endOfMonth(today));
  const done = async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: ['dispatch'] }),
      cache.invalidateQueries({ queryKey: ['projects'] }),
    ]);
    message.success(f.saved);
    onClose();
  };
  const save = useMutation({
    mutationFn: () => api.exempt({ projectId: why.projectId, ruleCode: ruleCode || null, reason, approver, until }),
    onSuccess: done,
  });
  const isReady = reason.trim().length >= 2 && approver.trim() !== '' && until >= today;
  return (
    <Modal
      open
      title={f.title}
      okText={f.save}
      cancelText={f.cancel}
      okButtonProps={{ disabled: !isReady, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="rule-form">
        <Field label={f.rule}>
          {(id) => (
            <Select
              id={id}
              value={ruleCode}
              onChange={setRuleCode}
              options={[
                ...why.checks.map((c) => ({ value: c.rule, label: words(c.name) })),
                { value: '', label: t.why.allRules },
              ]}
            />
          )}
        </Field>
        <Field label={f.reason}>
          {(id) => (
            <Input
              id={id}
              value={reason}
              maxLength={300}
              placeholder={f.reasonHint}
              onChange={(e) => setReason(e.target.value)}
            />
          )}
        </Field>
        <Field label={f.approver}>
          {(id) => <Input id={id} value={approver} maxLength={60} onChange={(e) => setApprover(e.target.value)} />}
        </Field>
        <Field label={f.until}>
          {(id) => <Input id={id} type="date" min={today} value={until} onChange={(e) => setUntil(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
        {why.exemptions
          .filter((e) => e.endedOn === null && e.until >= today)
          .map((e) => (
            <EndExemption key={e.id} exemption={e} onDone={done} />
          ))}
      </div>
    </Modal>
  );
}

function EndExemption({ exemption, onDone }: { exemption: Exemption; onDone: () => Promise<void> }) {
  const f = useText(text).exemptForm;
  const api = useClient(dispatch);
  const [reason, setReason] = useState('');
  const end = useMutation({ mutationFn: () => api.endExemption({ id: exemption.id, reason }), onSuccess: onDone });
  return (
    <fieldset>
      <div>
        {exemption.reason} · {exemption.approver} · {exemption.until}
      </div>
      <div className="row">
        <Field label={f.endReason}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        <Button disabled={reason.trim().length < 2} loading={end.isPending} onClick={() => end.mutate()}>
          {f.end}
        </Button>
      </div>
      {end.error && <ProblemView error={end.error} compact />}
    </fieldset>
  );
}
