import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { month } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { filings } from '../../contract.ts';
import { type CorrectionCause, correctionCauses } from '../../correction-contract.ts';
import * as text from './text.ts';

/** Asks for a correction: kind, reason and document, and no figure, which only the filer types after the approval. */
export function RequestForm({
  filing,
  onClose,
}: {
  filing: { id: string; projectName: string; period: string; state: string };
  onClose: () => void;
}) {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [cause, setCause] = useState<CorrectionCause>('ERROR');
  const [reason, setReason] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [file, setFile] = useState<UploadedFile | null>(null);
  const send = useMutation({
    mutationFn: () =>
      call.requestCorrection({ id: filing.id, cause, reason, documentNo, documentFileId: file?.id ?? null }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['filings'] });
      message.success(t.sent);
      onClose();
    },
  });
  const isReady = [...reason.trim()].length >= 10 && [...documentNo.trim()].length >= 4;
  return (
    <Modal
      open
      title={t.requestTitle(filing.projectName, month(filing.period))}
      okText={t.send}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isReady, loading: send.isPending }}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <div className="fcx-form">
        <p>{t.requestWhat}</p>
        {filing.state === 'frozen' && <p>{t.requestFrozen}</p>}
        <Field label={t.cause}>
          {(id) => (
            <Select
              id={id}
              value={cause}
              onChange={setCause}
              options={correctionCauses.map((value) => ({ value, label: t.causes[value] }))}
            />
          )}
        </Field>
        <Field label={t.reason}>
          {(id) => <TextBox id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        <Field label={t.documentNo}>
          {(id) => <Input id={id} value={documentNo} maxLength={100} onChange={(e) => setDocumentNo(e.target.value)} />}
        </Field>
        {file ? (
          <p>
            {t.attached(file.name)}{' '}
            <Button size="small" onClick={() => setFile(null)}>
              {t.remove}
            </Button>
          </p>
        ) : (
          <FileDrop onFile={setFile} hint={t.attach} />
        )}
        {send.error && <ProblemView error={send.error} compact />}
      </div>
    </Modal>
  );
}
