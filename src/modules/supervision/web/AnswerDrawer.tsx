import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { supervision } from '../contract.ts';
import type { SheetRow } from '../shapes.ts';
import * as text from './text.ts';

/** What the unit says to the sheet; what is typed is kept until it is sent. */
export function AnswerDrawer({ sheet, onClose }: { sheet: SheetRow; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const draft = useDraft(`supervision.answer.${sheet.id}`, '');
  const send = useMutation({
    mutationFn: () => api.answer({ id: sheet.id, text: draft.value }),
    onSuccess: async () => {
      draft.clear();
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.answerTitle(sheet.no)}
      help={`${sheet.demand}`}
      error={send.error}
      fields={['text']}
      isReady={draft.value.trim().length >= 5}
      isPending={send.isPending}
      saveWords={t.doAnswer}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <FormField label={t.answerText} fault={fieldSentence(send.error, 'text')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={5}
            maxLength={2000}
            value={draft.value}
            onChange={(event) => draft.set(event.target.value)}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
