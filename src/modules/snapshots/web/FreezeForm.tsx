import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { count, month as monthName } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type Month, type Snapshot, snapshots } from '../contract.ts';
import { MissingTable } from './MissingList.tsx';
import * as text from './text.ts';
import { useMonthAct } from './use-month-act.ts';

/** Says what will happen before it does: how many filings freeze, who is missing, and that it cannot be undone. */
export function FreezeForm({
  month,
  unfiled,
  onClose,
}: {
  month: Month;
  unfiled: Snapshot['missing'];
  onClose: () => void;
}) {
  const t = useText(text);
  const f = t.form;
  const api = useClient(snapshots);
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const missing = unfiled.filter((u) => u.state !== 'exempt');
  const name = monthName(month.period);
  const save = useMonthAct(
    () => api.freeze({ period: month.period, missingReason: reason.trim() || null, note: note.trim() || null }),
    f.frozen(name),
    onClose,
  );
  return (
    <Modal
      open
      title={f.freezeTitle(name)}
      okText={f.freeze}
      cancelText={f.cancel}
      okButtonProps={{ disabled: missing.length > 0 && reason.trim().length < 4, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="snap-form">
        <p>{f.freezeWhat(count(month.filed))}</p>
        {missing.length > 0 && (
          <>
            <p role="alert">{f.missing(count(missing.length))}</p>
            <div className="snap-scroll">
              <MissingTable rows={missing} />
            </div>
            <Field label={f.missingReason}>
              {(id) => <TextBox id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
            </Field>
          </>
        )}
        <Field label={f.note}>
          {(id) => <Input id={id} value={note} maxLength={1000} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
