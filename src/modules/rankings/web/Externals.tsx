import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { type ExternalView, type Month, type MonthRanking, rankings } from '../contract.ts';
import * as text from './text.ts';

/** Places given by others beside a ranking: the one that counts on the day, and everything ever recorded for it. */
export function Externals({ month, ranking }: { month: Month; ranking: MonthRanking }) {
  const t = useText(text).external;
  const api = useClient(rankings);
  const [edited, setEdited] = useState<ExternalView | 'new' | null>(null);
  const canRecord = month.allowed.includes('record');
  const list = useQuery({
    queryKey: ['rankings', 'externals'],
    queryFn: ({ signal }) => api.externals({}, { signal }),
  });
  const all = (list.data ?? []).filter((one) => one.ranking === ranking.code);
  return (
    <section className="card ranking-external">
      <h2>
        {t.title} <small>{t.note}</small>
      </h2>
      {ranking.external.length === 0 && <p className="muted">{t.none}</p>}
      <ul className="ranking-places">
        {ranking.external.map((one) => (
          <li key={`${one.publisher} ${one.scope} ${one.subject}`}>
            <b>{one.subject}</b> {t.place(one.scope, one.rank, one.of)}
            {one.value && <> · {one.value}</>} {one.demo && <span className="tag">{t.demo}</span>}
            <small className="muted">{t.by(one.publisher, one.publishedOn)}</small>
          </li>
        ))}
      </ul>
      {all.length > 0 && (
        <details>
          <summary>
            {t.all} {all.length}
          </summary>
          <ul className="ranking-places">
            {all.map((one) => (
              <li key={one.id} className={one.isWithdrawn ? 'muted' : undefined}>
                {one.subject} {t.place(one.scope, one.rank, one.of)}
                {one.value && <> · {one.value}</>} {one.demo && <span className="tag">{t.demo}</span>}
                {one.isWithdrawn && <span className="tag">{t.withdrawn}</span>}
                <small className="muted">
                  {t.by(one.publisher, one.publishedOn)} · {t.source2}：{one.source} · {t.version(one.version)}
                </small>
                {one.earlier.map((was) => (
                  <small key={was.version} className="muted">
                    {t.version(was.version)}：{t.place(one.scope, was.rank, was.of)}
                    {was.value && <> · {was.value}</>} · {was.reason}（{was.actorName}）
                  </small>
                ))}
                {canRecord && !one.isWithdrawn && (
                  <Button
                    size="small"
                    aria-label={`${t.edit} ${one.publisher} ${one.publishedOn}`}
                    onClick={() => setEdited(one)}
                  >
                    {t.edit}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {canRecord && <Button onClick={() => setEdited('new')}>{t.add}</Button>}
      {edited && (
        <ExternalForm
          before={edited === 'new' ? null : edited}
          ranking={ranking.code}
          choices={month.result.rankings}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function ExternalForm({
  before,
  ranking,
  choices,
  onClose,
}: {
  before: ExternalView | null;
  ranking: string;
  choices: readonly MonthRanking[];
  onClose: () => void;
}) {
  const all = useText(text);
  const t = all.external;
  const words = useWords();
  const { today, city } = useSession();
  const api = useClient(rankings);
  const cache = useQueryClient();
  const [place, setPlace] = useState({
    ranking: before?.ranking ?? ranking,
    subject: before?.subject ?? city.name,
    rank: before?.rank ?? null,
    of: before?.of ?? null,
    scope: before?.scope ?? '',
    publisher: before?.publisher ?? '',
    publishedOn: before?.publishedOn ?? null,
    value: before?.value ?? null,
    source: before?.source ?? '',
    isWithdrawn: false,
    reason: '',
  });
  const { rank, publishedOn } = place;
  const set = (change: Partial<typeof place>) => setPlace((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () =>
      api.saveExternal({
        ...place,
        ...(before && { id: before.id }),
        rank: rank!,
        publishedOn: publishedOn!,
        version: before?.version ?? 0,
      }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  const input = (label: string, key: 'subject' | 'scope' | 'publisher' | 'value' | 'source', max: number) => (
    <FormField label={label}>
      {(id) => (
        <Input id={id} value={place[key] ?? ''} maxLength={max} onChange={(e) => set({ [key]: e.target.value })} />
      )}
    </FormField>
  );
  return (
    <FormDrawer
      title={before ? t.edit : t.add}
      error={save.error}
      fields={['rank', 'publishedOn']}
      isReady={
        rank !== null &&
        publishedOn !== null &&
        [place.subject, place.scope, place.publisher, place.source].every((s) => s.trim() !== '') &&
        place.reason.trim().length >= 2
      }
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.ranking}>
        {(id) => (
          <Select
            id={id}
            value={place.ranking}
            options={choices.map((r) => ({ value: r.code, label: words(r.name) }))}
            onChange={(code) => set({ ranking: code })}
          />
        )}
      </FormField>
      {input(t.subject, 'subject', 60)}
      <div className="form-pair">
        <FormField label={t.rank} fault={fieldSentence(save.error, 'rank')}>
          {(id) => <InputNumber id={id} min={1} precision={0} value={rank} onChange={(n) => set({ rank: n })} />}
        </FormField>
        <FormField label={t.of}>
          {(id) => <InputNumber id={id} min={1} precision={0} value={place.of} onChange={(n) => set({ of: n })} />}
        </FormField>
      </div>
      {input(t.scope, 'scope', 80)}
      {input(t.publisher, 'publisher', 80)}
      <DayField
        label={t.publishedOn}
        value={publishedOn}
        to={today}
        fault={fieldSentence(save.error, 'publishedOn')}
        onChange={(day) => set({ publishedOn: day })}
      />
      {input(t.value, 'value', 60)}
      {input(t.source, 'source', 300)}
      {before && (
        <Checkbox checked={place.isWithdrawn} onChange={(e) => set({ isWithdrawn: e.target.checked })}>
          {t.withdraw}
        </Checkbox>
      )}
      <FormField label={all.reason}>
        {(id) => (
          <Input id={id} value={place.reason} maxLength={300} onChange={(e) => set({ reason: e.target.value })} />
        )}
      </FormField>
    </FormDrawer>
  );
}
