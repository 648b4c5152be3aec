import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { decomposition } from '../contract.ts';
import * as text from './text.ts';
import { keys } from './use-decomposition.ts';

/** The document: pasted or as a file. Its date decides what “5月底前” means, so it is asked for and not guessed. */
export function NewDecomposition({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const call = useClient(decomposition);
  const cache = useQueryClient();
  const go = useNavigate();
  const { message } = App.useApp();
  const { today } = useSession();
  const [way, setWay] = useState<'paste' | 'upload'>('paste');
  const [title, setTitle] = useState('');
  const [sourceRef, setRef] = useState('');
  const [docOn, setDocOn] = useState<string | null>(today);
  const [body, setBody] = useState('');
  const [file, setFile] = useState<UploadedFile | null>(null);
  const save = useMutation({
    mutationFn: () => {
      const head = { title: title.trim(), sourceRef: sourceRef.trim() || null, docOn: docOn! };
      return way === 'paste'
        ? call.createFromText({ ...head, text: body })
        : call.createFromFile({ ...head, fileId: file!.id });
    },
    onSuccess: ({ id, rows }) => {
      void message.info(t.form.made(rows));
      void cache.invalidateQueries({ queryKey: keys.list });
      go(`/decompositions/${id}`);
    },
  });
  const isReady =
    title.trim().length >= 2 && docOn !== null && (way === 'paste' ? body.trim().length > 1 : file !== null);
  return (
    <FormDrawer
      title={t.fresh}
      size={640}
      error={save.error}
      fields={['title', 'text']}
      isPending={save.isPending}
      isReady={isReady}
      saveWords={t.form.save}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.form.title} hint={t.form.titleHint} fault={fieldSentence(save.error, 'title')}>
        {(id) => <Input id={id} value={title} maxLength={200} onChange={(e) => setTitle(e.target.value)} />}
      </FormField>
      <FormField label={t.form.ref}>
        {(id) => <Input id={id} value={sourceRef} maxLength={100} onChange={(e) => setRef(e.target.value)} />}
      </FormField>
      <DayField label={t.form.docOn} value={docOn} onChange={setDocOn} hint={t.form.docOnHint} />
      <Segmented
        value={way}
        options={[
          { value: 'paste', label: t.form.paste },
          { value: 'upload', label: t.form.upload },
        ]}
        onChange={setWay}
      />
      {way === 'paste' ? (
        <FormField label={t.form.text} fault={fieldSentence(save.error, 'text')}>
          {(id) => <TextBox id={id} minRows={14} maxRows={24} value={body} onChange={(e) => setBody(e.target.value)} />}
        </FormField>
      ) : (
        <FileDrop
          accept=".docx,.xlsx,.xls,.txt"
          maxBytes={20 * 2 ** 20}
          hint={file ? t.form.chosen(file.name) : t.form.drop}
          onFile={(uploaded) => {
            setFile(uploaded);
            if (title === '') setTitle(uploaded.name.replace(/\.[a-z]+$/i, ''));
          }}
        />
      )}
    </FormDrawer>
  );
}
