import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormBody } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { scores } from '../contract.ts';
import type { Item } from '../scheme.ts';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { dayOf, isExact, nameOf, ruleOf } from './show.ts';
import './scores.css';
import * as text from './text.ts';

interface Row {
  points: string;
  note: string;
  fileId: string | null;
  fileName: string | null;
}

/** 自评 of a unit: each item with its rule, the points it gives itself, and the ground. */
export function SelfPage() {
  const t = useText(text);
  const { id, api, scheme, error } = useScheme();
  const [search, setSearch] = useSearchParams();
  const unitId = search.get('unit');
  const sheet = useQuery({
    queryKey: ['scores', 'self', id, unitId],
    queryFn: ({ signal }) => api.selfSheet({ id, ...(unitId && { unitId }) }, { signal }),
  });
  const found = sheet.data;
  return (
    <>
      <SchemeHead id={id} scheme={scheme} page="self" note={t.selfNote} />
      <div className="page-body scores-body">
        {(error ?? sheet.error) && <ProblemView error={error ?? sheet.error} onRetry={() => void sheet.refetch()} />}
        {found && found.units.length > 1 && (
          <div className="scores-field">
            <FormField label={t.chooseUnit}>
              {(fieldId) => (
                <Select
                  id={fieldId}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={found.unitId}
                  options={found.units.map((u) => ({ value: u.id, label: u.name }))}
                  onChange={(next: string) => setSearch({ unit: next }, { replace: true })}
                />
              )}
            </FormField>
          </div>
        )}
        {found && found.unitId === null && <Empty title={t.noSelf} />}
        {found && !found.canAssess && found.unitId !== null && <p className="soft">{t.selfClosed}</p>}
        {scheme && found && found.unitId !== null && (
          <section className="card">
            <h2>{found.unitName}</h2>
            {scheme.body.items.map((item) => {
              const row = found.rows.find((r) => r.item === item.code);
              return (
                row && (
                  <SelfItem
                    key={`${found.unitId} ${item.code} ${row.id}`}
                    item={item}
                    row={row}
                    schemeId={id}
                    unitId={found.unitId!}
                    canAssess={found.canAssess}
                  />
                )
              );
            })}
          </section>
        )}
      </div>
    </>
  );
}

function SelfItem({
  item,
  row,
  schemeId,
  unitId,
  canAssess,
}: {
  item: Item;
  row: {
    points: string | null;
    note: string;
    fileId: string | null;
    fileName: string | null;
    id: string | null;
    actorName: string | null;
    at: string | null;
  };
  schemeId: string;
  unitId: string;
  canAssess: boolean;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const { api } = useScheme();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Row>({ points: row.points ?? '', note: row.note, fileId: null, fileName: null });
  const save = useMutation({
    mutationFn: () =>
      api.assess({
        id: schemeId,
        unitId,
        rows: [{ item: item.code, points: draft.points.trim(), note: draft.note, fileId: draft.fileId }],
      }),
    onSuccess: async () => {
      void message.success(t.saved);
      await cache.invalidateQueries({ queryKey: ['scores'] });
    },
  });
  const isChanged = draft.points !== (row.points ?? '') || draft.note !== row.note || draft.fileId !== null;
  const isReady = isChanged && isExact(draft.points) && draft.note.trim().length >= 2;
  const name = nameOf(item.name, language);
  return (
    <article className="scores-self">
      <div>
        <h3>
          {name}
          <small>
            {item.side === 'score' ? `${t.weight} ${item.weight}` : t.sides[item.side]}
            {item.cap !== null && ` · ${t.limit(item.cap)}`}
          </small>
        </h3>
        <p className="soft">{words(ruleOf(item))}</p>
      </div>
      {canAssess ? (
        <FormBody error={save.error} fields={[]} isReady={isReady} onSave={() => save.mutate()}>
          <div className="scores-self-fields">
            <FormField label={t.selfPoints}>
              {(fieldId) => (
                <Input
                  id={fieldId}
                  inputMode="decimal"
                  value={draft.points}
                  maxLength={20}
                  onChange={(e) => setDraft({ ...draft, points: e.target.value })}
                />
              )}
            </FormField>
            <FormField label={t.ground}>
              {(fieldId) => (
                <TextBox
                  id={fieldId}
                  minRows={1}
                  placeholder={t.groundHelp}
                  value={draft.note}
                  maxLength={500}
                  onChange={(e) => setDraft({ ...draft, note: e.target.value })}
                />
              )}
            </FormField>
          </div>
          <div className="scores-self-foot">
            {draft.fileName ?? <Evidence kind="self" id={row.id} name={row.fileName} />}
            <FileDrop onFile={(file) => setDraft({ ...draft, fileId: file.id, fileName: file.name })} />
            <Button
              htmlType="submit"
              type="primary"
              disabled={!isReady}
              loading={save.isPending}
              aria-label={`${t.save} ${name}`}
            >
              {t.save}
            </Button>
          </div>
        </FormBody>
      ) : (
        <p>
          <b className="num">{row.points === null ? '—' : t.points(row.points)}</b> {row.note}{' '}
          <Evidence kind="self" id={row.id} name={row.fileName} />
          {row.at && (
            <small className="muted">
              {row.actorName} {dayOf(row.at)}
            </small>
          )}
        </p>
      )}
    </article>
  );
}

export function Evidence({
  kind,
  id,
  name,
}: {
  kind: 'self' | 'figure' | 'mark' | 'objection';
  id: string | null;
  name: string | null;
}) {
  return id && name ? <a href={urlOf(scores, 'evidence', { kind, id })}>{name}</a> : null;
}
