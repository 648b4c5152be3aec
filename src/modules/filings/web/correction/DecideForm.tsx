import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { month } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { filings } from '../../contract.ts';
import type { CorrectionLine } from '../../correction-contract.ts';
import * as text from './text.ts';

/** A decision on somebody else's request, with a word about why. */
export function DecideForm({
  row,
  decision,
  onClose,
}: {
  row: CorrectionLine;
  decision: 'approved' | 'rejected';
  onClose: () => void;
}) {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const act = decision === 'approved' ? t.approve : t.reject;
  const save = useMutation({
    mutationFn: () => call.decideCorrection({ id: row.id, decision, note: note.trim() }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['filings'] });
      message.success(t.decided);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t.decideTitle(act, `${row.projectName} ${month(row.period)}`)}
      okText={act}
      cancelText={t.cancel}
      okButtonProps={{ disabled: note.trim().length < 2, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="fcx-form">
        <p>{row.reason}</p>
        {row.documentNo && <p className="muted">{t.document(row.documentNo)}</p>}
        <p>{decision === 'approved' ? t.approveWhat : t.rejectWhat}</p>
        <Field label={t.note}>
          {(id) => <TextBox id={id} value={note} maxLength={1000} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
