import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { duties } from '../contract.ts';
import { elements, type Incident } from '../incident-contract.ts';
import type { ReportKind } from '../report-clock.ts';
import * as text from './incident-text.ts';
import { fromLocal, toLocal } from './moments.ts';

type Element = (typeof elements)[number];

/** The next report, on the page itself: on a phone nothing stands between opening it and typing. */
export function ReportForm({ incident }: { incident: Incident }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const [kind, setKind] = useState<ReportKind>(incident.nextReports[0]!);
  const [at, setAt] = useState(toLocal(incident.madeAt));
  const [isAtSet, setAtSet] = useState(false);
  const draft = useDraft(`incidents.${incident.id}.${incident.reports}`, {
    body: '',
    elements: {} as Partial<Record<Element, string>>,
    outside: [] as string[],
    nextBy: '',
  });
  const form = draft.value;
  const set = (change: Partial<typeof form>) => draft.set((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () =>
      api.report({
        id: incident.id,
        kind,
        text: form.body,
        elements: Object.fromEntries(Object.entries(form.elements).filter(([, value]) => value?.trim())),
        outside: form.outside,
        // Left alone it is the moment of sending, to the second.
        ...(isAtSet && { at: fromLocal(at) }),
        ...(form.nextBy && kind !== 'final' && { nextBy: fromLocal(form.nextBy) }),
      }),
    onSuccess: async (after) => {
      draft.clear();
      cache.setQueryData(['incidents', 'one', incident.id], after);
      await cache.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  const send = async () => {
    const body = kind === 'final' ? `${t.sendAsk}${t.finalAsk}` : t.sendAsk;
    if (await confirm({ title: t.reportNow(t.reportKinds[kind]), body, ok: t.send })) save.mutate();
  };
  const isWritten = kind !== 'phone';
  return (
    <section className="card incident-report">
      <h2>{t.report}</h2>
      <fieldset className="incident-kinds">
        <legend className="only-aloud">{t.kind}</legend>
        {incident.nextReports.map((one) => (
          <button
            key={one}
            type="button"
            className={one === kind ? 'chip on' : 'chip'}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
          >
            {t.reportKinds[one]}
          </button>
        ))}
      </fieldset>
      <Field label={t.body}>
        {(id) => (
          <TextBox
            id={id}
            minRows={4}
            maxLength={4000}
            value={form.body}
            onChange={(e) => set({ body: e.target.value })}
          />
        )}
      </Field>
      {isWritten && (
        <div className="incident-elements">
          {elements.map((name) => (
            <Field key={name} label={t.elements[name]}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={500}
                  value={form.elements[name] ?? ''}
                  onChange={(e) => set({ elements: { ...form.elements, [name]: e.target.value } })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
      {incident.route.outside.length > 0 && (
        <fieldset className="incident-kinds">
          <legend>{t.outside}</legend>
          {incident.route.outside.map((body) => (
            <button
              key={body}
              type="button"
              className={form.outside.includes(body) ? 'chip on' : 'chip'}
              aria-pressed={form.outside.includes(body)}
              onClick={() =>
                set({
                  outside: form.outside.includes(body)
                    ? form.outside.filter((one) => one !== body)
                    : [...form.outside, body],
                })
              }
            >
              {form.outside.includes(body) ? '✓ ' : ''}
              {body}
            </button>
          ))}
        </fieldset>
      )}
      <div className="incident-pair">
        <Field label={t.at} hint={kind === 'phone' ? <small className="muted">{t.atNote}</small> : undefined}>
          {(id) => (
            <Input
              id={id}
              type="datetime-local"
              value={at}
              onChange={(e) => {
                setAt(e.target.value);
                setAtSet(e.target.value !== '');
              }}
            />
          )}
        </Field>
        {kind !== 'final' && (
          <Field label={t.nextBy}>
            {(id) => (
              <Input
                id={id}
                type="datetime-local"
                value={form.nextBy}
                onChange={(e) => set({ nextBy: e.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <Button
        className="incident-send"
        type="primary"
        size="large"
        disabled={!form.body.trim()}
        loading={save.isPending}
        onClick={() => void send()}
      >
        {t.reportNow(t.reportKinds[kind])}
      </Button>
      {save.error && <ProblemView error={save.error} compact />}
    </section>
  );
}
