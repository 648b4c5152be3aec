import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Enrolment, enrolment } from '../contract.ts';
import { type EnrolmentEvent, eventNeeds, eventWords } from '../flow.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** Writes down that something happened, on which day and by which paper. */
export function MoveForm({ data, event, onClose }: { data: Enrolment; event: EnrolmentEvent; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { today } = useSession();
  const needs = eventNeeds[event];
  const hasHits = data.findings.some((finding) => finding.outcome === 'differs');
  const asksReason = needs.reason || (event === 'submit' && hasHits);
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [code, setCode] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.move({
        projectId: data.projectId,
        version: data.version,
        event,
        on,
        ...(reason.trim() && { reason: reason.trim() }),
        ...(document.trim() && { document: document.trim() }),
        ...(code.trim() && { code: code.trim() }),
      }),
    onSuccess: (after) => {
      cache.setQueryData(keys.one(data.projectId), after);
      void cache.invalidateQueries({ queryKey: keys.overview });
      void cache.invalidateQueries({ queryKey: ['projects'] });
      void message.success(t.saved);
      onClose();
    },
  });
  const isReady = on !== '' && (!asksReason || reason.trim() !== '') && (!needs.document || document.trim() !== '');
  return (
    <Modal
      open
      title={words(eventWords[event])}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !isReady, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="en-form">
        {event === 'submit' && <p className="muted en-small">{t.move.submitNote}</p>}
        {event === 'enrol' && <p className="muted en-small">{t.move.enrolNote}</p>}
        <Field label={t.move.on[event]!}>
          {(id) => <Input id={id} type="date" max={today} value={on} onChange={(e) => setOn(e.target.value)} />}
        </Field>
        {needs.document && (
          <Field label={t.move.document}>
            {(id) => <Input id={id} value={document} maxLength={300} onChange={(e) => setDocument(e.target.value)} />}
          </Field>
        )}
        {event === 'enrol' && (
          <Field label={t.move.code}>
            {(id) => <Input id={id} value={code} maxLength={60} onChange={(e) => setCode(e.target.value)} />}
          </Field>
        )}
        {asksReason && (
          <Field label={event === 'submit' ? t.move.reasonSubmit : t.move.reason}>
            {(id) => <Input id={id} value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
          </Field>
        )}
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
