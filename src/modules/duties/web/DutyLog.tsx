import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { duties, type LogEntry, logSources } from '../contract.ts';
import { fromLocal, shortMoment, toLocal } from './moments.ts';
import * as text from './text.ts';

/** The log of a unit and the form of a new entry above it. There is nothing to change an entry with. */
export function DutyLog({ unitId, canWrite, madeAt }: { unitId: string; canWrite: boolean; madeAt: string }) {
  const t = useText(text);
  const api = useClient(duties);
  const [about, setAbout] = useState<LogEntry | null>(null);
  const found = useQuery({
    queryKey: ['duties', 'log', unitId],
    queryFn: ({ signal }) => api.log({ unitId, limit: 100 }, { signal }),
  });
  return (
    <>
      {canWrite && (
        <EntryForm
          key={`${unitId} ${about?.id}`}
          unitId={unitId}
          about={about}
          madeAt={madeAt}
          onDone={() => setAbout(null)}
        />
      )}
      <section className="card duties-wide">
        <h2>
          {t.tabs.log} <small>{t.logNote}</small>
        </h2>
        {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <p className="muted">{t.logEmpty}</p>}
        <ol className="duties-log">
          {found.data?.map((entry) => {
            const first = entry.aboutId === null ? null : found.data.find((one) => one.id === entry.aboutId);
            const isLate = Date.parse(entry.enteredAt) - Date.parse(entry.at) > 15 * 60_000;
            return (
              <li key={entry.id}>
                <p className="duties-log-head">
                  <b className="num">{moment(entry.at)}</b>
                  <span className="tag">{t.sources[entry.source]}</span>
                  <span>{entry.fromWhom}</span>
                  <small className="muted">
                    {entry.actorName}
                    {isLate && ` · ${t.late(moment(entry.enteredAt))}`}
                  </small>
                  {entry.demo && <span className="tag">{t.sample}</span>}
                </p>
                {first && <p className="muted">{t.logAbout(first.content)}</p>}
                <p>{entry.content}</p>
                {entry.incident && (
                  <p>
                    <Link to={`/incidents/${entry.incident.id}`}>{entry.incident.title}</Link>
                  </p>
                )}
                {entry.told.map((one) => (
                  <p key={`${one.whom} ${one.at}`} className="soft">
                    {t.told(one.whom, shortMoment(one.at, entry.at), one.way)}
                  </p>
                ))}
                {canWrite && (
                  <Button size="small" type="text" onClick={() => setAbout(entry)}>
                    {t.logAmend}
                  </Button>
                )}
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}

const blank = { source: 'call' as LogEntry['source'], fromWhom: '', content: '', whom: '', way: 'phone' as const };

function EntryForm({
  unitId,
  about,
  madeAt,
  onDone,
}: {
  unitId: string;
  about: LogEntry | null;
  madeAt: string;
  onDone: () => void;
}) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [at, setAt] = useState(toLocal(madeAt));
  const draft = useDraft<Omit<typeof blank, 'way'> & { way: keyof typeof t.ways }>(`duties.log.${unitId}`, blank);
  const { source, fromWhom, content, whom, way } = draft.value;
  const set = (change: Partial<typeof draft.value>) => draft.set((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () =>
      api.addLog({
        unitId,
        at: fromLocal(at),
        source,
        fromWhom,
        content,
        told: whom.trim() ? [{ whom: whom.trim(), at: fromLocal(at), way: t.ways[way] }] : [],
        ...(about && { aboutId: about.id }),
      }),
    onSuccess: async () => {
      draft.clear();
      onDone();
      await cache.invalidateQueries({ queryKey: ['duties', 'log'] });
    },
  });
  return (
    <section className="card duties-entry">
      <h2>{t.logNew}</h2>
      {about && (
        <p className="warn">
          {t.logAbout(about.content)}{' '}
          <Button size="small" type="text" onClick={onDone}>
            {t.logCancel}
          </Button>
        </p>
      )}
      <div className="duties-fields">
        <Field label={t.logAt}>
          {(id) => <Input id={id} type="datetime-local" value={at} onChange={(e) => setAt(e.target.value)} />}
        </Field>
        <Field label={t.logSource}>
          {(id) => (
            <Select
              id={id}
              value={source}
              options={logSources.map((value) => ({ value, label: t.sources[value] }))}
              onChange={(value) => set({ source: value })}
            />
          )}
        </Field>
        <Field label={t.logFrom}>
          {(id) => (
            <Input id={id} maxLength={60} value={fromWhom} onChange={(e) => set({ fromWhom: e.target.value })} />
          )}
        </Field>
        <Field label={t.logTold}>
          {(id) => <Input id={id} maxLength={60} value={whom} onChange={(e) => set({ whom: e.target.value })} />}
        </Field>
        <Field label={t.logWay}>
          {(id) => (
            <Select
              id={id}
              value={way}
              options={(['phone', 'message', 'face'] as const).map((value) => ({ value, label: t.ways[value] }))}
              onChange={(value) => set({ way: value })}
            />
          )}
        </Field>
      </div>
      <Field label={t.logContent}>
        {(id) => (
          <TextBox id={id} maxLength={1000} value={content} onChange={(e) => set({ content: e.target.value })} />
        )}
      </Field>
      <div className="duties-buttons">
        <Button type="primary" loading={save.isPending} disabled={!content.trim() || !at} onClick={() => save.mutate()}>
          {t.save}
        </Button>
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </section>
  );
}
