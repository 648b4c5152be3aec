import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { scores } from '../contract.ts';
import type { Act } from '../course.ts';
import type { Scheme } from '../shapes.ts';
import * as text from './text.ts';

/** What may be done with the scheme now, drawn from what the server allows. */
export function CourseActs({ scheme }: { scheme: Scheme }) {
  const t = useText(text);
  const [act, setAct] = useState<Act | null>(null);
  const acts = scheme.allowed.filter((a): a is Act => a in t.acts && a !== 'revise');
  if (acts.length === 0) return null;
  return (
    <div className="scores-acts">
      {acts.map((one, i) => (
        <Button key={one} type={i === acts.length - 1 ? 'primary' : 'default'} onClick={() => setAct(one)}>
          {t.acts[one]}
        </Button>
      ))}
      {scheme.allowed.includes('enter') && (
        <Link to={`/scores/${scheme.id}/entries`}>
          <Button>{t.tabs.entries}</Button>
        </Link>
      )}
      {act && <ActDrawer scheme={scheme} act={act} onClose={() => setAct(null)} />}
    </div>
  );
}

function ActDrawer({ scheme, act, onClose }: { scheme: Scheme; act: Act; onClose: () => void }) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(scores);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { id, year } = scheme;
  const latest = today < `${year}-12-31` ? today : `${year}-12-31`;
  const [note, setNote] = useState('');
  const [day, setDay] = useState<string | null>(act === 'compute' ? latest : null);
  const [isAnew, setAnew] = useState(false);
  const needs = { enforce: 2, correct: 5 }[act as string] ?? 0;
  const needsDay = act === 'openSelf' || act === 'compute';
  const send = useMutation({
    mutationFn: async (): Promise<string> => {
      if (act === 'enforce') await api.enforce({ id, document: note });
      else if (act === 'openSelf') await api.openSelf({ id, until: day! });
      else if (act === 'compute') await api.compute({ id, day: day!, ...(note.trim().length > 1 && { note }) });
      else if (act === 'publish') await api.publish({ id });
      else if (act === 'finish') await api.finish({ id });
      else if (act === 'correct') {
        const { moves } = await api.correct({ id, note, isAnew });
        return t.moved(moves.filter((m) => m.change.n !== '0').length);
      }
      return t.done;
    },
    onSuccess: async (said) => {
      await cache.invalidateQueries({ queryKey: ['scores'] });
      void message.success(said);
      onClose();
    },
  });
  const help =
    act === 'publish' ? t.actHelp.publish(scheme.body.publicityDays) : act === 'revise' ? '' : t.actHelp[act];
  return (
    <FormDrawer
      title={t.acts[act]}
      help={help}
      error={send.error}
      fields={['document', 'until', 'day', 'note']}
      isReady={note.trim().length >= needs && (!needsDay || day !== null)}
      isPending={send.isPending}
      saveWords={t.acts[act]}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      {needsDay && (
        <DayField
          label={act === 'compute' ? t.day : t.until}
          value={day}
          from={act === 'compute' ? `${year}-01-01` : today}
          to={act === 'compute' ? latest : undefined}
          fault={fieldSentence(send.error, act === 'compute' ? 'day' : 'until')}
          onChange={setDay}
        />
      )}
      {(act === 'enforce' || act === 'compute') && (
        <FormField
          label={act === 'enforce' ? t.document : t.actNote}
          fault={fieldSentence(send.error, act === 'enforce' ? 'document' : 'note')}
        >
          {(fieldId) => <Input id={fieldId} value={note} maxLength={200} onChange={(e) => setNote(e.target.value)} />}
        </FormField>
      )}
      {act === 'correct' && (
        <>
          <FormField label={t.correctNote} fault={fieldSentence(send.error, 'note')}>
            {(fieldId) => (
              <TextBox
                id={fieldId}
                minRows={3}
                value={note}
                maxLength={500}
                onChange={(e) => setNote(e.target.value)}
              />
            )}
          </FormField>
          <Checkbox checked={isAnew} onChange={(e) => setAnew(e.target.checked)}>
            {t.isAnew}
          </Checkbox>
        </>
      )}
    </FormDrawer>
  );
}
