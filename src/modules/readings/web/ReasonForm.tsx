import { type ReactNode, useState } from 'react';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import * as text from './text.ts';

/** Something is taken back or taken off: what follows from that, and why it is done. */
export function ReasonForm({
  title,
  what,
  saveWords,
  above,
  error,
  isPending,
  onSave,
  onClose,
}: {
  title: string;
  what: string;
  saveWords: string;
  above?: ReactNode;
  error: Error | null;
  isPending: boolean;
  onSave: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const [reason, setReason] = useState('');
  return (
    <FormDrawer
      title={title}
      error={error}
      fields={['reason']}
      isReady={reason.trim().length >= 2}
      isPending={isPending}
      isDanger
      saveWords={saveWords}
      above={above}
      onSave={() => onSave(reason.trim())}
      onClose={onClose}
    >
      <p>{what}</p>
      <FormField label={t.reason} fault={fieldSentence(error, 'reason')}>
        {(id) => <TextBox id={id} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
