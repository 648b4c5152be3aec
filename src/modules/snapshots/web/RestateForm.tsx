import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { count, month as monthName } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type Month, type RestatementCause, restatementCauses, type Snapshot, snapshots } from '../contract.ts';
import * as text from './text.ts';
import { useMonthAct } from './use-month-act.ts';

/** A restatement is nothing without its cause, its document and what the public is told. */
export function RestateForm({
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
  const [cause, setCause] = useState<RestatementCause>('ERROR');
  const [publicNote, setPublicNote] = useState('');
  const [document, setDocument] = useState('');
  const [reason, setReason] = useState(month.snapshot?.missingReason ?? '');
  const missing = unfiled.filter((u) => u.state !== 'exempt').length;
  const name = monthName(month.period);
  const save = useMonthAct(
    () => api.restate({ period: month.period, cause, publicNote, document, missingReason: reason.trim() || null }),
    f.restated,
    onClose,
  );
  const isReady =
    [...publicNote.trim()].length >= 10 &&
    [...document.trim()].length >= 4 &&
    (missing === 0 || reason.trim().length >= 4);
  return (
    <Modal
      open
      title={f.restateTitle(name)}
      okText={f.restate}
      cancelText={f.cancel}
      okButtonProps={{ disabled: !isReady, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="snap-form">
        <p>{f.restateWhat}</p>
        <Field label={f.cause}>
          {(id) => (
            <Select
              id={id}
              value={cause}
              onChange={setCause}
              options={restatementCauses.map((value) => ({ value, label: t.causes[value] }))}
            />
          )}
        </Field>
        <Field label={f.publicNote}>
          {(id) => (
            <TextBox id={id} value={publicNote} maxLength={1000} onChange={(e) => setPublicNote(e.target.value)} />
          )}
        </Field>
        <Field label={f.document}>
          {(id) => <Input id={id} value={document} maxLength={200} onChange={(e) => setDocument(e.target.value)} />}
        </Field>
        {missing > 0 && (
          <Field label={f.missingReason} hint={<small>{f.missing(count(missing))}</small>}>
            {(id) => <Input id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
          </Field>
        )}
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
