import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type FormEvent, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type FilingLine, filings } from '../contract.ts';
import * as text from './cycle-text.ts';
import { keys } from './keys.ts';

/** One tap and a sentence: the report of the period is what it was. */
export function UnchangedButton({ filing }: { filing: FilingLine }) {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const send = useMutation({
    mutationFn: () => call.submitUnchanged({ id: filing.id, note: note.trim() }),
    onSuccess: () => {
      message.success(t.mine.sent(filing.projectName));
      void cache.invalidateQueries({ queryKey: keys.lists });
    },
  });
  if (!isOpen)
    return (
      <button type="button" className="fm-same" onClick={() => setOpen(true)}>
        {t.nothing[filing.kind]}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim().length >= 2 && !send.isPending) send.mutate();
  };
  return (
    <form className="fm-note" onSubmit={submit}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opened because its button was pressed
        autoFocus
        aria-label={`${filing.projectName} ${t.nothing[filing.kind]}`}
        placeholder={t.mine.note}
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.target.value)}
      />
      <button type="submit" disabled={note.trim().length < 2 || send.isPending}>
        {t.mine.send}
      </button>
      <button type="button" className="plain" onClick={() => setOpen(false)}>
        {t.mine.cancel}
      </button>
      {send.error && <ProblemView error={send.error} compact />}
    </form>
  );
}
