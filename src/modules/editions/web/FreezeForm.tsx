import { useMutation } from '@tanstack/react-query';
import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { count, month as monthName } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { editions, type Month } from '../contract.ts';
import * as text from './text.ts';

const causes = ['ROUTINE', 'ERROR', 'CALIBER', 'PERIMETER', 'LAW'] as const;

/** Says what will happen before it does, and asks for what this freeze needs and nothing else. */
export function FreezeForm({
  month,
  missing,
  onClose,
  onDone,
}: {
  month: Month;
  missing: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText(text);
  const f = t.form;
  const api = useClient(editions);
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [cause, setCause] = useState<(typeof causes)[number]>('ERROR');
  const [document, setDocument] = useState('');
  const { missingReason, restatement } = month.needs;
  const isSecond = month.editions.length > 0;
  const save = useMutation({
    mutationFn: () =>
      api.freeze({
        period: month.period,
        missingReason: reason.trim() || null,
        note: note.trim() || null,
        restatement: restatement ? { cause, document: document.trim() } : null,
      }),
    onSuccess: () => {
      void message.success(f.started);
      onDone();
    },
  });
  const isReady =
    (!missingReason || reason.trim().length >= 4) &&
    (!isSecond || note.trim().length >= (restatement ? 10 : 4)) &&
    (!restatement || document.trim().length >= 4);
  return (
    <FormDrawer
      title={f.title(monthName(month.period))}
      error={save.error}
      fields={['missingReason', 'note', 'publicNote', 'document']}
      isReady={isReady}
      isPending={save.isPending}
      saveWords={f.save}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <p>{f.what}</p>
      {missingReason && (
        <>
          <p className="edition-due">{f.missing(count(missing))}</p>
          <FormField label={f.missingReason} fault={fieldSentence(save.error, 'missingReason')}>
            {(id) => <TextBox id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
          </FormField>
        </>
      )}
      {restatement && (
        <>
          <p className="edition-due">{t.changedSince(count(month.changedSince))}</p>
          <FormField label={f.cause}>
            {(id) => (
              <Select
                id={id}
                value={cause}
                onChange={setCause}
                options={causes.map((value) => ({ value, label: f.causes[value] }))}
              />
            )}
          </FormField>
          <FormField label={f.document} fault={fieldSentence(save.error, 'document')}>
            {(id) => <Input id={id} value={document} maxLength={200} onChange={(e) => setDocument(e.target.value)} />}
          </FormField>
        </>
      )}
      {isSecond && (
        <FormField label={f.note} fault={fieldSentence(save.error, 'note') ?? fieldSentence(save.error, 'publicNote')}>
          {(id) => <TextBox id={id} value={note} maxLength={1000} onChange={(e) => setNote(e.target.value)} />}
        </FormField>
      )}
    </FormDrawer>
  );
}
