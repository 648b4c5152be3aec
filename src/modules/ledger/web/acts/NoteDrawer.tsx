import type { ReactNode } from 'react';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { type Saved, useAct } from '../use-matter.ts';
import { RestoredNote } from './RestoredNote.tsx';

/** An act that needs words and little else: a reason, a note, a contribution. `children` are the fields before the words. */
export function NoteDrawer({
  matterId,
  act,
  title,
  help,
  label,
  hint,
  field,
  saveWords,
  isOptional = false,
  isDanger = false,
  isReady = true,
  fields = [],
  children,
  after,
  send,
  onClose,
}: {
  matterId: string;
  act: Saved;
  title: string;
  help?: string;
  label: string;
  hint?: string;
  /** The name of the words in the command, so that its refusal stands under them. */
  field: string;
  saveWords: string;
  isOptional?: boolean;
  isDanger?: boolean;
  isReady?: boolean;
  fields?: readonly string[];
  children?: (fault: (field: string) => string | undefined) => ReactNode;
  /** Fields after the words. */
  after?: ReactNode;
  send: (words: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { value, set, restoredAt, clear } = useDraft(`ledger.${act}.${matterId}`, '');
  const save = useAct(
    matterId,
    () => send(value.trim()),
    () => act,
    () => {
      clear();
      onClose();
    },
  );
  const fault = (name: string) => fieldSentence(save.error, name);
  return (
    <FormDrawer
      title={title}
      help={help}
      error={save.error}
      fields={[field, ...fields]}
      isPending={save.isPending}
      isReady={isReady && (isOptional || value.trim() !== '')}
      isDanger={isDanger}
      saveWords={saveWords}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={<RestoredNote restoredAt={restoredAt} onClear={clear} />}
    >
      {children?.(fault)}
      <FormField label={label} hint={hint} fault={fault(field)}>
        {(id) => (
          <TextBox id={id} minRows={3} value={value} maxLength={2000} onChange={(event) => set(event.target.value)} />
        )}
      </FormField>
      {after}
    </FormDrawer>
  );
}
