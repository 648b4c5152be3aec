import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { Item, Input as SchemeInput } from '../scheme.ts';
import type { Scheme } from '../shapes.ts';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { Evidence } from './SelfPage.tsx';
import { dayOf, isExact, nameOf } from './show.ts';
import './scores.css';
import * as text from './text.ts';

interface Named {
  id: string;
  name: string;
}
interface Chosen {
  unit: Named;
  item: Item;
  input: SchemeInput;
  value: string;
}

/** 人工录入 and events: what no register knows, with source, document and who entered it. Points are not typed here. */
export function EntriesPage() {
  const t = useText(text);
  const language = useLanguage();
  const { id, api, scheme, error } = useScheme();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isMarking, setMarking] = useState(false);
  const [struck, setStruck] = useState<string | null>(null);
  const page = useQuery({
    queryKey: ['scores', 'figures', id],
    queryFn: ({ signal }) => api.figures({ id }, { signal }),
  });
  const columns =
    scheme?.body.items.flatMap((item) =>
      item.inputs.filter((i) => i.source.kind === 'entered').map((input) => ({ item, input })),
    ) ?? [];
  const may = scheme?.allowed.includes('enter') ?? false;
  const found = page.data;
  const figureOf = (unitId: string, item: string, input: string) =>
    found?.figures.find((f) => f.unitId === unitId && f.item === item && f.input === input);
  return (
    <>
      <SchemeHead
        id={id}
        scheme={scheme}
        page="entries"
        note={t.entriesNote}
        actions={
          may && (
            <Button type="primary" onClick={() => setMarking(true)}>
              {t.addMark}
            </Button>
          )
        }
      />
      <div className="page-body scores-body">
        {(error ?? page.error) && <ProblemView error={error ?? page.error} onRetry={() => void page.refetch()} />}
        {scheme && found && (
          <section className="card">
            <h2>{t.figures}</h2>
            {columns.length === 0 ? (
              <Empty title={t.noFigures} />
            ) : (
              <ScrollX label={t.figures}>
                <table className="plain scores-plain">
                  <thead>
                    <tr>
                      <th>{t.unit}</th>
                      {columns.map(({ item, input }) => (
                        <th key={`${item.code} ${input.name}`}>
                          {nameOf(item.name, language)} · {input.name}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {found.units.map((unit) => (
                      <tr key={unit.id}>
                        <th scope="row">{unit.name}</th>
                        {columns.map(({ item, input }) => {
                          const figure = figureOf(unit.id, item.code, input.name);
                          return (
                            <td key={`${item.code} ${input.name}`}>
                              {figure ? (
                                <>
                                  <b className="num">
                                    {figure.value}
                                    {input.show === 'percent' ? '%' : ` ${input.unit}`}
                                  </b>{' '}
                                  {figure.note} <Evidence kind="figure" id={figure.id} name={figure.fileName} />{' '}
                                  <small className="muted">
                                    {figure.actorName} {dayOf(figure.at)}
                                    {figure.earlier > 0 && ` · ${t.earlier(figure.earlier)}`}
                                  </small>
                                </>
                              ) : (
                                <span className="muted">{t.notEntered}</span>
                              )}{' '}
                              {may && (
                                <Button
                                  size="small"
                                  aria-label={`${t.enter} ${unit.name} ${input.name}`}
                                  onClick={() => setChosen({ unit, item, input, value: figure?.value ?? '' })}
                                >
                                  {t.enter}
                                </Button>
                              )}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            )}
          </section>
        )}
        {scheme && found && (
          <section className="card">
            <h2>{t.marks}</h2>
            {found.marks.length === 0 && <Empty title={t.noMarks} />}
            {found.marks.map((mark) => {
              const item = scheme.body.items.find((i) => i.code === mark.item);
              return (
                <article key={mark.id} className="scores-basis">
                  <h3>
                    {mark.unitName}
                    <small>
                      {mark.item === null
                        ? t.veto
                        : `${item ? nameOf(item.name, language) : mark.item} · ${mark.input} ${mark.quantity}`}{' '}
                      · {mark.onDay}
                    </small>
                    {mark.struckByName !== null && (
                      <span className="tag">{t.struck(mark.struckByName, mark.struckReason ?? '')}</span>
                    )}
                    {mark.struckByName === null && may && (
                      <Button size="small" onClick={() => setStruck(mark.id)}>
                        {t.strike}
                      </Button>
                    )}
                  </h3>
                  <p>
                    {mark.reason} <Evidence kind="mark" id={mark.id} name={mark.fileName} />
                  </p>
                  <p className="muted">
                    {mark.document} · {t.approver} {mark.approver} · {mark.actorName} {dayOf(mark.at)}
                  </p>
                </article>
              );
            })}
          </section>
        )}
      </div>
      {chosen && <EnterDrawer schemeId={id} chosen={chosen} onClose={() => setChosen(null)} />}
      {scheme && found && isMarking && (
        <MarkDrawer scheme={scheme} units={found.units} onClose={() => setMarking(false)} />
      )}
      {struck && <StrikeDrawer id={struck} onClose={() => setStruck(null)} />}
    </>
  );
}

function useSend(work: () => Promise<unknown>, onClose: () => void) {
  const t = useText(text);
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: work,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['scores'] });
      void message.success(t.saved);
      onClose();
    },
  });
}

function EnterDrawer({ schemeId, chosen, onClose }: { schemeId: string; chosen: Chosen; onClose: () => void }) {
  const t = useText(text);
  const { api } = useScheme();
  const { unit, item, input } = chosen;
  const [value, setValue] = useState(chosen.value);
  const [note, setNote] = useState('');
  const [file, setFile] = useState<Named | null>(null);
  const send = useSend(
    () =>
      api.enter({
        id: schemeId,
        unitId: unit.id,
        item: item.code,
        input: input.name,
        value: value.trim(),
        note,
        fileId: file?.id ?? null,
      }),
    onClose,
  );
  return (
    <FormDrawer
      title={t.enterTitle(unit.name, input.name)}
      error={send.error}
      fields={['value', 'note']}
      isReady={isExact(value) && note.trim().length >= 2}
      isPending={send.isPending}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <FormField
        label={input.unit === '' ? t.value : `${t.value}（${input.unit}）`}
        hint={input.show === 'percent' ? t.percentHint : undefined}
        fault={fieldSentence(send.error, 'value')}
      >
        {(fieldId) => (
          <Input
            id={fieldId}
            inputMode="decimal"
            value={value}
            maxLength={24}
            onChange={(e) => setValue(e.target.value)}
          />
        )}
      </FormField>
      <FormField label={t.source} fault={fieldSentence(send.error, 'note')}>
        {(fieldId) => (
          <TextBox id={fieldId} minRows={2} value={note} maxLength={500} onChange={(e) => setNote(e.target.value)} />
        )}
      </FormField>
      {file && <p>{file.name}</p>}
      <FileDrop onFile={setFile} />
    </FormDrawer>
  );
}

function MarkDrawer({ scheme, units, onClose }: { scheme: Scheme; units: readonly Named[]; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const { api } = useScheme();
  const kinds = scheme.body.items.flatMap((item) =>
    item.inputs
      .filter((i) => i.source.kind === 'events')
      .map((i) => ({
        value: `${item.code} ${i.name}`,
        label: `${nameOf(item.name, language)} · ${i.name}`,
      })),
  );
  const vetoes = scheme.body.vetoes.map((v, i) => ({ value: `veto ${i}`, label: `${t.veto}：${nameOf(v, language)}` }));
  const [unitId, setUnit] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [quantity, setQuantity] = useState('1');
  const [onDay, setDay] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [approver, setApprover] = useState('');
  const [file, setFile] = useState<Named | null>(null);
  const [item, input] = kind?.startsWith('veto ') ? [null, null] : (kind?.split(' ') ?? [null, null]);
  const send = useSend(
    () =>
      api.mark({
        id: scheme.id,
        unitId: unitId!,
        item: item ?? null,
        input: input ?? null,
        quantity: quantity.trim(),
        onDay: onDay!,
        reason,
        document,
        approver,
        fileId: file?.id ?? null,
      }),
    onClose,
  );
  const isReady =
    unitId !== null &&
    kind !== null &&
    onDay !== null &&
    isExact(quantity) &&
    [reason, document, approver].every((s) => s.trim().length >= 2);
  const line = (label: string, value: string, set: (v: string) => void, maxLength: number) => (
    <FormField label={label}>
      {(fieldId) => <Input id={fieldId} value={value} maxLength={maxLength} onChange={(e) => set(e.target.value)} />}
    </FormField>
  );
  return (
    <FormDrawer
      title={t.addMark}
      error={send.error}
      fields={['onDay']}
      isReady={isReady}
      isPending={send.isPending}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <FormField label={t.unit}>
        {(fieldId) => (
          <Select
            id={fieldId}
            showSearch={{ optionFilterProp: 'label' }}
            value={unitId}
            options={units.map((u) => ({ value: u.id, label: u.name }))}
            onChange={setUnit}
          />
        )}
      </FormField>
      <FormField label={t.markKind}>
        {(fieldId) => <Select id={fieldId} value={kind} options={[...kinds, ...vetoes]} onChange={setKind} />}
      </FormField>
      <div className="form-pair">
        {line(t.quantity, quantity, setQuantity, 12)}
        <DayField
          label={t.onDay}
          value={onDay}
          from={`${scheme.year}-01-01`}
          to={today}
          fault={fieldSentence(send.error, 'onDay')}
          onChange={setDay}
        />
      </div>
      {line(t.reason, reason, setReason, 500)}
      {line(t.document, document, setDocument, 200)}
      {line(t.approver, approver, setApprover, 60)}
      {file && <p>{file.name}</p>}
      <FileDrop onFile={setFile} />
    </FormDrawer>
  );
}

function StrikeDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text);
  const { api } = useScheme();
  const [reason, setReason] = useState('');
  const send = useSend(() => api.strike({ id, reason }), onClose);
  return (
    <FormDrawer
      title={t.strike}
      error={send.error}
      fields={['reason']}
      isReady={reason.trim().length >= 2}
      isPending={send.isPending}
      saveWords={t.strike}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <FormField label={t.strikeReason} fault={fieldSentence(send.error, 'reason')}>
        {(fieldId) => (
          <TextBox
            id={fieldId}
            minRows={3}
            value={reason}
            maxLength={500}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
