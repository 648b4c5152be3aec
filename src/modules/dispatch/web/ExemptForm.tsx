import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { endOfMonth } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch, type Explanation } from '../contract.ts';
import * as text from './text.ts';

/** Asks for an exemption: nobody may leave out the reason or the last day, and somebody else decides. */
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
    mutationFn: () => api.exempt({ projectId: why.projectId, ruleCode: ruleCode || null, reason, until }),
    onSuccess: done,
  });
  const isReady = reason.trim().length >= 2 && until >= today;
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
      <div className="light-form">
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
        <Field label={f.until}>
          {(id) => <Input id={id} type="date" min={today} value={until} onChange={(e) => setUntil(e.target.value)} />}
        </Field>
        <p className="muted">{f.decidedBy}</p>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
