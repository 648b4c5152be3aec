import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { supervision } from '../contract.ts';
import { conclusionWords } from '../objection.ts';
import type { Conclusion } from '../shapes.ts';
import * as text from './text.ts';

/** A unit objects to one of the conclusions that are still open to it. */
export function ObjectDrawer({
  matterId,
  conclusions,
  onClose,
}: {
  matterId: string;
  conclusions: readonly Conclusion[];
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [aboutId, setAboutId] = useState(conclusions[0]?.aboutId ?? null);
  const [reason, setReason] = useState('');
  const chosen = conclusions.find((one) => one.aboutId === aboutId);
  const send = useMutation({
    mutationFn: () => api.object({ matterId, about: chosen!.about, aboutId: chosen!.aboutId, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      await cache.invalidateQueries({ queryKey: ['ledger'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.objectTitle}
      help={t.objectHelp}
      error={send.error}
      fields={['reason']}
      isReady={chosen !== undefined && reason.trim().length >= 10}
      isPending={send.isPending}
      saveWords={t.object}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <FormField label={t.objectAbout} hint={chosen && t.lastDay(chosen.lastDay)}>
        {(id) => (
          <Select
            id={id}
            value={aboutId}
            options={conclusions.map((one) => ({
              value: one.aboutId,
              label: `${words(conclusionWords[one.about])} ${one.title}`,
            }))}
            onChange={setAboutId}
          />
        )}
      </FormField>
      <FormField label={t.objectReason} fault={fieldSentence(send.error, 'reason')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={5}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
