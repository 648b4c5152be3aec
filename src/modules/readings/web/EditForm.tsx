import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { type DocumentLine, readings } from '../contract.ts';
import * as text from './text.ts';

/** Title and date of a document put right, or the document taken off the desk with a reason. */
export function EditForm({
  document,
  isWithdrawing,
  onClose,
}: {
  document: DocumentLine;
  isWithdrawing: boolean;
  onClose: () => void;
}) {
  const t = useText(text);
  const api = useClient(readings);
  const cache = useQueryClient();
  const [title, setTitle] = useState(document.title);
  const [documentDate, setDate] = useState(document.documentDate);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      isWithdrawing
        ? api.withdraw({ id: document.id, reason: reason.trim() })
        : api.edit({ id: document.id, title: title.trim(), documentDate }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['readings'] });
      onClose();
    },
  });
  return (
    <FormDrawer
      title={isWithdrawing ? t.withdrawTitle : t.edit}
      error={save.error}
      fields={['title', 'reason']}
      isReady={isWithdrawing ? reason.trim().length >= 2 : title.trim().length >= 2}
      isPending={save.isPending}
      isDanger={isWithdrawing}
      {...(isWithdrawing && { saveWords: t.withdraw })}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {isWithdrawing ? (
        <>
          <p>{t.withdrawWhat}</p>
          <FormField label={t.reason} fault={fieldSentence(save.error, 'reason')}>
            {(id) => (
              <TextBox id={id} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
            )}
          </FormField>
        </>
      ) : (
        <>
          <FormField label={t.columns.title} fault={fieldSentence(save.error, 'title')}>
            {(id) => <Input id={id} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
          </FormField>
          <DayField label={t.columns.date} value={documentDate} onChange={setDate} />
        </>
      )}
    </FormDrawer>
  );
}
