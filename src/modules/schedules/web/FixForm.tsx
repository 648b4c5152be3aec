import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Schedule, schedules } from '../contract.ts';
import * as text from './text.ts';

/** Why, and by whose word: a version is not fixed without both. */
export function FixForm({
  schedule,
  onClose,
  onFixed,
}: {
  schedule: Schedule;
  onClose: () => void;
  onFixed: () => void;
}) {
  const t = useText(text);
  const api = useClient(schedules);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  const seq = (schedule.current?.seq ?? 0) + 1;
  const fix = useMutation({
    mutationFn: () =>
      api.fix({
        id: schedule.project.id,
        draftVersion: schedule.draftVersion,
        reason: reason.trim(),
        approver: approver.trim(),
      }),
    onSuccess: (next) => {
      cache.setQueryData(['schedules', schedule.project.id], next);
      void message.success(t.fixed(seq));
      onFixed();
    },
  });
  return (
    <Modal
      open
      title={t.fixTitle(seq)}
      okText={t.fix}
      cancelText={t.cancel}
      okButtonProps={{ disabled: reason.trim().length < 2 || approver.trim() === '', loading: fix.isPending }}
      onOk={() => fix.mutate()}
      onCancel={onClose}
    >
      <div className="task-fields">
        <p className="muted">{t.fixBody(seq)}</p>
        <Field label={t.reason}>
          {(id) => (
            <Input
              id={id}
              value={reason}
              maxLength={300}
              placeholder={t.reasonHint}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.approver}>
          {(id) => (
            <Input id={id} value={approver} maxLength={60} onChange={(event) => setApprover(event.target.value)} />
          )}
        </Field>
        {fix.error && <ProblemView error={fix.error} compact />}
      </div>
    </Modal>
  );
}
