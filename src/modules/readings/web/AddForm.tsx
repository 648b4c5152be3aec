import { useMutation } from '@tanstack/react-query';
import { App, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { UploadedFile } from '#core/web/upload.ts';
import { readings } from '../contract.ts';
import * as text from './text.ts';

/** A document is pasted or uploaded; what was pasted is kept if the line breaks. */
export function AddForm({ onClose, onAdded }: { onClose: () => void; onAdded: (id: string) => void }) {
  const t = useText(text);
  const api = useClient(readings);
  const { message } = App.useApp();
  const draft = useDraft('readings.add', { text: '' });
  const [file, setFile] = useState<UploadedFile | null>(null);
  const [title, setTitle] = useState('');
  const [documentDate, setDate] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: () =>
      api.add({
        ...(file ? { fileId: file.id, fileName: file.name } : { text: draft.value.text }),
        ...(title.trim() && { title: title.trim() }),
        ...(documentDate && { documentDate }),
      }),
    onSuccess: ({ id, twinId }) => {
      draft.clear();
      if (twinId) void message.info(t.twin);
      onAdded(id);
    },
  });
  return (
    <FormDrawer
      title={t.addTitle}
      size={640}
      error={save.error}
      fields={['text', 'title']}
      isReady={file !== null || draft.value.text.trim().length >= 4}
      isPending={save.isPending}
      saveWords={t.save}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.paste} hint={t.pasteHint} fault={fieldSentence(save.error, 'text')}>
        {(id) => (
          <TextBox
            id={id}
            rows={12}
            value={draft.value.text}
            disabled={file !== null}
            onChange={(event) => draft.set({ text: event.target.value })}
          />
        )}
      </FormField>
      <section aria-label={t.upload}>
        <h3>{t.upload}</h3>
        <FileDrop
          accept=".docx,.pdf,.xlsx,.xls,.txt,.html,.htm"
          maxBytes={20 * 1024 * 1024}
          hint={file ? t.chosen(file.name) : t.uploadHint}
          onFile={setFile}
        />
      </section>
      <FormField label={t.documentTitle} fault={fieldSentence(save.error, 'title')}>
        {(id) => <Input id={id} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
      </FormField>
      <DayField label={t.documentDate} value={documentDate} onChange={setDate} />
    </FormDrawer>
  );
}
