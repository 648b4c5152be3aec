import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { type DocumentLine, readings } from '../contract.ts';
import { ReasonForm } from './ReasonForm.tsx';
import * as text from './text.ts';

function useSaved(onClose: () => void) {
  const cache = useQueryClient();
  return async () => {
    await cache.invalidateQueries({ queryKey: ['readings'] });
    onClose();
  };
}

interface Props {
  document: DocumentLine;
  onClose: () => void;
}

/** Title and date of a document put right. */
export function EditForm({ document, onClose }: Props) {
  const t = useText(text);
  const api = useClient(readings);
  const [title, setTitle] = useState(document.title);
  const [documentDate, setDate] = useState(document.documentDate);
  const save = useMutation({
    mutationFn: () => api.edit({ id: document.id, title: title.trim(), documentDate }),
    onSuccess: useSaved(onClose),
  });
  return (
    <FormDrawer
      title={t.edit}
      error={save.error}
      fields={['title']}
      isReady={title.trim().length >= 2}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.columns.title} fault={fieldSentence(save.error, 'title')}>
        {(id) => <Input id={id} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
      </FormField>
      <DayField label={t.columns.date} value={documentDate} onChange={setDate} />
    </FormDrawer>
  );
}

/** A document taken off the desk with a reason. */
export function WithdrawForm({ document, onClose }: Props) {
  const t = useText(text);
  const api = useClient(readings);
  const save = useMutation({
    mutationFn: (reason: string) => api.withdraw({ id: document.id, reason }),
    onSuccess: useSaved(onClose),
  });
  return (
    <ReasonForm
      title={t.withdrawTitle}
      what={t.withdrawWhat}
      saveWords={t.withdraw}
      error={save.error}
      isPending={save.isPending}
      onSave={(reason) => save.mutate(reason)}
      onClose={onClose}
    />
  );
}
