import { Button, Select } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { MeetingView, Objection } from '../shapes.ts';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

/** What units say against the circulated minutes, and the answers. */
export function ObjectionsCard({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const noOf = new Map(meeting.decisionList.map((d) => [d.id, d.no]));
  return (
    <section className="card mtg-objections">
      <h2>
        {t.objections} <small>{meeting.objections.length}</small>
        {meeting.objectionsUntil && <small>{t.until(moment(meeting.objectionsUntil))}</small>}
      </h2>
      {meeting.objections.length === 0 && <p className="muted">{t.noObjections}</p>}
      <ul>
        {meeting.objections.map((one) => (
          <li key={one.id}>
            <p>
              <b>{one.unit.name}</b>{' '}
              <span className="tag">{one.decisionId ? t.toNo(noOf.get(one.decisionId) ?? 0) : t.whole}</span>
              <span className="muted">
                {' '}
                {one.byName} {moment(one.at)}
              </span>
            </p>
            <p>{one.text}</p>
            {one.state === 'open' ? (
              meeting.allowed.includes('answer') ? (
                <AnswerForm meeting={meeting} objection={one} />
              ) : (
                <p className="warn">{t.objectionStates.open}</p>
              )
            ) : (
              <p className="soft">
                <b>{t.objectionStates[one.state]}</b> {one.answer}{' '}
                <span className="muted">
                  {one.answeredByName} {moment(one.answeredAt)}
                </span>
              </p>
            )}
          </li>
        ))}
      </ul>
      {meeting.allowed.includes('object') && <ObjectForm meeting={meeting} />}
    </section>
  );
}

function ObjectForm({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const { run, isPending } = useAct();
  const draft = useDraft(`meetings.object.${meeting.id}`, '');
  const [decisionId, setDecision] = useState<string | null>(null);
  return (
    <form
      className="form-body"
      onSubmit={(event) => {
        event.preventDefault();
        void run((api) => api.object({ id: meeting.id, decisionId, text: draft.value.trim() })).then(
          draft.clear,
          () => {},
        );
      }}
    >
      <FormField label={t.object}>
        {(id) => (
          <>
            <Select
              aria-label={t.decisions}
              value={decisionId ?? ''}
              options={[
                { value: '', label: t.whole },
                ...meeting.decisionList
                  .filter((d) => !d.isDropped)
                  .map((d) => ({ value: d.id, label: `${t.toNo(d.no)} ${d.title}` })),
              ]}
              onChange={(value) => setDecision(value || null)}
            />
            <TextBox
              id={id}
              value={draft.value}
              placeholder={t.objectHint}
              onChange={(e) => draft.set(e.target.value)}
            />
          </>
        )}
      </FormField>
      <Button htmlType="submit" loading={isPending} disabled={draft.value.trim().length < 2}>
        {t.object}
      </Button>
    </form>
  );
}

function AnswerForm({ meeting, objection }: { meeting: MeetingView; objection: Objection }) {
  const t = useText(text);
  const { run, isPending } = useAct();
  const draft = useDraft(`meetings.answer.${objection.id}`, '');
  const send = (isAdopted: boolean) =>
    void run((api) =>
      api.answer({ id: meeting.id, objectionId: objection.id, isAdopted, answer: draft.value.trim() }),
    ).then(draft.clear, () => {});
  const isReady = draft.value.trim().length >= 2;
  return (
    <div className="mtg-answer">
      <TextBox
        aria-label={t.answer}
        placeholder={t.answer}
        value={draft.value}
        onChange={(e) => draft.set(e.target.value)}
      />
      <Button size="small" type="primary" disabled={!isReady} loading={isPending} onClick={() => send(true)}>
        {t.adopt}
      </Button>
      <Button size="small" disabled={!isReady} loading={isPending} onClick={() => send(false)}>
        {t.decline}
      </Button>
    </div>
  );
}
