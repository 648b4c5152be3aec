import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Radio } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { supervision } from '../contract.ts';
import { conclusionWords } from '../objection.ts';
import type { ObjectionRow } from '../shapes.ts';
import * as text from './text.ts';

export function DecideDrawer({ objection, onClose }: { objection: ObjectionRow; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [result, setResult] = useState<'upheld' | 'changed' | null>(null);
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () => api.decide({ id: objection.id, result: result!, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.decideTitle}
      error={send.error}
      fields={['reason']}
      isReady={result !== null && reason.trim().length >= 5}
      isPending={send.isPending}
      saveWords={t.decide}
      onSave={() => send.mutate()}
      onClose={onClose}
      above={
        <dl className="kv">
          <dt>{t.matter}</dt>
          <dd>{objection.matter.title}</dd>
          <dt>{t.about}</dt>
          <dd>
            {words(conclusionWords[objection.about])} {objection.title}
          </dd>
          <dt>{objection.unit.name}</dt>
          <dd>{objection.reason}</dd>
        </dl>
      }
    >
      <FormField label={t.result} hint={objection.about === 'sheet' && t.changedHelp}>
        {(id) => (
          <Radio.Group
            id={id}
            value={result}
            options={(['upheld', 'changed'] as const).map((value) => ({ value, label: t.results[value] }))}
            onChange={(event) => setResult(event.target.value as 'upheld' | 'changed')}
          />
        )}
      </FormField>
      <FormField label={t.decideReason} fault={fieldSentence(send.error, 'reason')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={4}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
