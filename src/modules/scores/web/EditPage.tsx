import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { ProblemError } from '#core/web/problem.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { FormBody, FormFoot } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { checkScheme } from '../check.ts';
import { scores } from '../contract.ts';
import { emptyBody, itemOf } from '../draft.ts';
import type { Item, SchemeBody } from '../scheme.ts';
import { Faults } from './Faults.tsx';
import { GroupFields } from './GroupFields.tsx';
import { ItemDrawer } from './ItemDrawer.tsx';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { nameOf, ruleOf } from './show.ts';
import './scores.css';
import * as text from './text.ts';

const codePattern = /^[a-z][A-Za-z0-9]{0,39}$/;

/** A new scheme, empty or begun from a published way of scoring. */
export function NewPage() {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(scores);
  const { today } = useSession();
  const [from, setFrom] = useState('');
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const [code, setCode] = useState('');
  const examples = useQuery({
    queryKey: ['scores', 'examples'],
    queryFn: ({ signal }) => api.examples({}, { signal }),
    staleTime: 600_000,
  });
  const chosen = examples.data?.find((e) => e.code === from);
  return (
    <>
      <PageHead title={t.newTitle} />
      <div className="page-body scores-body">
        {examples.error && <ProblemView error={examples.error} onRetry={() => void examples.refetch()} />}
        <section className="card">
          <div className="scores-form">
            <div className="scores-row">
              <FormField label={t.fromExample} hint={chosen && nameOf(chosen.source, language)}>
                {(id) => (
                  <Select
                    id={id}
                    value={from}
                    options={[
                      { value: '', label: t.exampleNone },
                      ...(examples.data ?? []).map((e) => ({ value: e.code, label: nameOf(e.body.name, language) })),
                    ]}
                    onChange={setFrom}
                  />
                )}
              </FormField>
              <FormField label={t.year}>
                {(id) => (
                  <InputNumber
                    id={id}
                    min={2000}
                    max={2100}
                    precision={0}
                    value={year}
                    onChange={(v) => v && setYear(v)}
                  />
                )}
              </FormField>
              <FormField label={t.code} hint={t.codeHint}>
                {(id) => <Input id={id} value={code} maxLength={40} onChange={(e) => setCode(e.target.value)} />}
              </FormField>
            </div>
          </div>
        </section>
        <Editor
          key={from}
          body={chosen?.body ?? emptyBody}
          isReady={codePattern.test(code)}
          save={async (body, reason) => (await api.create({ year, code, body, reason })).id}
        />
      </div>
    </>
  );
}

/** The rules of a scheme, to be read by all whom it concerns and changed by those who keep it. */
export function EditPage() {
  const t = useText(text);
  const { id, api, scheme, error, refetch } = useScheme();
  const mayRevise = scheme?.allowed.includes('revise') ?? false;
  return (
    <>
      <SchemeHead id={id} scheme={scheme} page="edit" note={scheme && !mayRevise ? t.editingClosed : undefined} />
      <div className="page-body scores-body">
        {error && <ProblemView error={error} onRetry={() => void refetch()} />}
        {scheme && mayRevise && (
          <Editor
            key={`${id} ${scheme.version}`}
            body={scheme.body}
            isReady
            save={async (body, reason) => (await api.save({ id, basedOn: scheme.version, body, reason })).id}
          />
        )}
        {scheme && !mayRevise && <Rules body={scheme.body} />}
      </div>
    </>
  );
}

function Rules({ body, onEdit }: { body: SchemeBody; onEdit?: (code: string) => void }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{t.items}</h2>
      {body.basis !== '' && <p className="soft scores-groups">{body.basis}</p>}
      <ScrollX label={t.items}>
        <table className="plain scores-plain">
          <thead>
            <tr>
              <th>{t.part}</th>
              <th>{t.item}</th>
              <th className="num">{t.weight}</th>
              <th>{t.method}</th>
              <th>{t.rule}</th>
              <th>{t.inputs}</th>
              {onEdit && <th aria-label={t.editItem} />}
            </tr>
          </thead>
          <tbody>
            {body.items.map((item) => (
              <tr key={item.code}>
                <td>{item.part}</td>
                <th scope="row">{nameOf(item.name, language)}</th>
                <td className="num">{item.side === 'score' ? item.weight : t.sides[item.side]}</td>
                <td>{t.methods[item.method.kind]}</td>
                <td className="scores-words">{nameOf(ruleOf(item), language)}</td>
                <td className="scores-words">
                  {item.inputs.map((i) => `${i.name}（${t.sources[i.source.kind]}）`).join('、')}
                </td>
                {onEdit && (
                  <td>
                    <Button
                      size="small"
                      aria-label={`${t.editItem} ${nameOf(item.name, language)}`}
                      onClick={() => onEdit(item.code)}
                    >
                      {t.editItem}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

/** Faults the server found that the browser cannot know: measures, indicators, units. */
const faultsOf = (error: unknown) =>
  error instanceof ProblemError && error.code === 'scheme'
    ? ((error.details as { faults?: ReturnType<typeof checkScheme> } | undefined)?.faults ?? [])
    : [];

function Editor({
  body: initial,
  isReady,
  save,
}: {
  body: SchemeBody;
  isReady: boolean;
  save: (body: SchemeBody, reason: string) => Promise<string>;
}) {
  const t = useText(text);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [body, setBody] = useState(initial);
  const [reason, setReason] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const set = (change: Partial<SchemeBody>) => setBody((now) => ({ ...now, ...change }));
  const local = checkScheme(body);
  const send = useMutation({
    mutationFn: () => save(body, reason),
    onSuccess: async (id) => {
      await cache.invalidateQueries({ queryKey: ['scores'] });
      void message.success(t.saved);
      navigate(`/scores/${id}`);
    },
  });
  const editedItem = body.items.find((i) => i.code === editing);
  const remote = faultsOf(send.error);
  const add = () => {
    let n = body.items.length + 1;
    while (body.items.some((i) => i.code === `item${n}`)) n += 1;
    const item = itemOf(`item${n}`, [`项目${n}`, `Item ${n}`], '10', { kind: 'formula', of: '0' }, []);
    set({ items: [...body.items, item] });
    setEditing(item.code);
  };
  return (
    <>
      <FormBody
        className="scores-body"
        error={remote.length > 0 ? null : send.error}
        fields={[]}
        isReady={isReady && local.length === 0 && reason.trim().length >= 2}
        onSave={() => send.mutate()}
        foot={
          <section className="card">
            <div className="scores-form">
              <Faults faults={[...local, ...remote]} />
              <FormField label={t.reasonLabel} hint={t.reasonHint}>
                {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
              </FormField>
              <FormFoot
                isPending={send.isPending}
                isReady={isReady && local.length === 0 && reason.trim().length >= 2}
                onClose={() => navigate(-1)}
              />
            </div>
          </section>
        }
      >
        <section className="card">
          <h2>{t.editTitle}</h2>
          <div className="scores-form">
            <div className="scores-row">
              <FormField label={t.nameZh}>
                {(id) => (
                  <Input
                    id={id}
                    value={body.name.zh}
                    maxLength={120}
                    onChange={(e) => set({ name: { ...body.name, zh: e.target.value } })}
                  />
                )}
              </FormField>
              <FormField label={t.nameEn}>
                {(id) => (
                  <Input
                    id={id}
                    value={body.name.en}
                    maxLength={200}
                    onChange={(e) => set({ name: { ...body.name, en: e.target.value } })}
                  />
                )}
              </FormField>
              <FormField label={t.decimals}>
                {(id) => (
                  <InputNumber
                    id={id}
                    min={0}
                    max={4}
                    precision={0}
                    value={body.decimals}
                    onChange={(v) => v !== null && set({ decimals: v })}
                  />
                )}
              </FormField>
              <FormField label={t.publicityDays}>
                {(id) => (
                  <InputNumber
                    id={id}
                    min={1}
                    max={30}
                    precision={0}
                    value={body.publicityDays}
                    onChange={(v) => v !== null && set({ publicityDays: v })}
                  />
                )}
              </FormField>
              <FormField label={t.bonusMost} hint={t.bonusHint}>
                {(id) => (
                  <Input
                    id={id}
                    value={body.bonusMost ?? ''}
                    maxLength={12}
                    onChange={(e) => set({ bonusMost: e.target.value === '' ? null : e.target.value })}
                  />
                )}
              </FormField>
            </div>
            <FormField label={t.schemeBasis}>
              {(id) => (
                <TextBox id={id} value={body.basis} maxLength={600} onChange={(e) => set({ basis: e.target.value })} />
              )}
            </FormField>
            <FormField label={t.vetoes} hint={t.vetoHint}>
              {(id) => (
                <TextBox
                  id={id}
                  minRows={2}
                  value={body.vetoes.map((v) => v.zh).join('\n')}
                  onChange={(e) =>
                    set({
                      vetoes: e.target.value
                        .split('\n')
                        .slice(0, 12)
                        .filter((v, i, all) => v !== '' || i === all.length - 1)
                        .map((zh) => ({ zh, en: body.vetoes.find((v) => v.zh === zh)?.en ?? '' })),
                    })
                  }
                />
              )}
            </FormField>
          </div>
        </section>
        <GroupFields groups={body.groups} onChange={(groups) => set({ groups })} />
        <Rules body={body} onEdit={setEditing} />
        <div>
          <Button onClick={add}>{t.addItem}</Button>
        </div>
      </FormBody>
      {editedItem && (
        <ItemDrawer
          key={editing}
          item={editedItem}
          onSave={(item: Item) => {
            set({ items: body.items.map((i) => (i.code === editing ? item : i)) });
            setEditing(null);
          }}
          onRemove={() => {
            set({ items: body.items.filter((i) => i.code !== editing) });
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
