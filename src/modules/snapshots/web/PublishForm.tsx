import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { month as monthName } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { snapshots } from '../contract.ts';
import * as text from './text.ts';
import { useMonthAct } from './use-month-act.ts';

export function PublishForm({ period, id, onClose }: { period: string; id: string; onClose: () => void }) {
  const t = useText(text);
  const f = t.form;
  const api = useClient(snapshots);
  const [comment, setComment] = useState('');
  const save = useMonthAct(() => api.publish({ id, comment: comment.trim() || null }), t.published, onClose);
  return (
    <Modal
      open
      title={f.publishTitle(monthName(period))}
      okText={f.publish}
      cancelText={f.cancel}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="snap-form">
        <p>{f.publishWhat}</p>
        <Field label={f.comment}>
          {(inputId) => (
            <Input id={inputId} value={comment} maxLength={1000} onChange={(e) => setComment(e.target.value)} />
          )}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
