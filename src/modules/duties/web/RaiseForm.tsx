import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { duties } from '../contract.ts';
import {
  classWords,
  type IncidentClass,
  incidentClasses,
  levelWords,
  type Sign,
  signs,
  signWords,
  type ToldLevel,
  toldLevels,
} from '../incident-rules.ts';
import * as text from './incident-text.ts';
import { fromLocal, toLocal } from './moments.ts';

/** What is known in the first minute; everything else comes with the reports. */
export function RaiseForm({
  units,
  madeAt,
  onClose,
}: {
  units: readonly { id: string; name: string }[];
  madeAt: string;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(duties);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [unitId, setUnitId] = useState(units[0]?.id ?? null);
  const draft = useDraft('incidents.new', {
    class: 'production' as IncidentClass,
    level: 'unknown' as ToldLevel,
    signs: [] as Sign[],
    title: '',
    place: '',
    learnedAt: toLocal(madeAt),
    happenedAt: '',
    learnedFrom: '',
  });
  const form = draft.value;
  const set = (change: Partial<typeof form>) => draft.set((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () =>
      api.raise({
        unitId: unitId!,
        class: form.class,
        level: form.level,
        signs: form.signs,
        title: form.title,
        place: form.place,
        learnedAt: fromLocal(form.learnedAt),
        happenedAt: form.happenedAt ? fromLocal(form.happenedAt) : null,
        learnedFrom: form.learnedFrom,
      }),
    onSuccess: async ({ id }) => {
      draft.clear();
      await cache.invalidateQueries({ queryKey: ['incidents'] });
      await navigate(`/incidents/${id}`);
    },
  });
  const isWhole =
    unitId !== null && form.title.trim() && form.place.trim() && form.learnedAt && form.learnedFrom.trim();
  return (
    <Drawer
      open
      title={t.raiseTitle}
      size="30rem"
      onClose={onClose}
      extra={
        <Button type="primary" danger disabled={!isWhole} loading={save.isPending} onClick={() => save.mutate()}>
          {t.raiseTitle}
        </Button>
      }
    >
      <div className="incident-form">
        <p className="muted">{t.raiseNote}</p>
        {save.error && <ProblemView error={save.error} compact />}
        <Field label={t.fTitle}>
          {(id) => (
            <Input id={id} maxLength={120} value={form.title} onChange={(e) => set({ title: e.target.value })} />
          )}
        </Field>
        <Field label={t.fPlace}>
          {(id) => (
            <Input id={id} maxLength={200} value={form.place} onChange={(e) => set({ place: e.target.value })} />
          )}
        </Field>
        <div className="incident-pair">
          <Field label={t.fLearned}>
            {(id) => (
              <Input
                id={id}
                type="datetime-local"
                value={form.learnedAt}
                onChange={(e) => set({ learnedAt: e.target.value })}
              />
            )}
          </Field>
          <Field label={t.fHappened}>
            {(id) => (
              <Input
                id={id}
                type="datetime-local"
                value={form.happenedAt}
                onChange={(e) => set({ happenedAt: e.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label={t.fFrom}>
          {(id) => (
            <Input
              id={id}
              maxLength={100}
              value={form.learnedFrom}
              onChange={(e) => set({ learnedFrom: e.target.value })}
            />
          )}
        </Field>
        <div className="incident-pair">
          <Field label={t.fClass}>
            {(id) => (
              <Select
                id={id}
                value={form.class}
                options={incidentClasses.map((value) => ({ value, label: words(classWords[value]) }))}
                onChange={(value) => set({ class: value })}
              />
            )}
          </Field>
          <Field label={t.fLevel}>
            {(id) => (
              <Select
                id={id}
                value={form.level}
                options={toldLevels.map((value) => ({ value, label: words(levelWords[value]) }))}
                onChange={(value) => set({ level: value })}
              />
            )}
          </Field>
        </div>
        <fieldset className="incident-signs">
          <legend>{t.fSigns}</legend>
          {signs.map((sign) => (
            <button
              key={sign}
              type="button"
              className={form.signs.includes(sign) ? 'chip on' : 'chip'}
              aria-pressed={form.signs.includes(sign)}
              onClick={() =>
                set({
                  signs: form.signs.includes(sign) ? form.signs.filter((one) => one !== sign) : [...form.signs, sign],
                })
              }
            >
              {words(signWords[sign])}
            </button>
          ))}
        </fieldset>
        {units.length > 1 && (
          <Field label={t.fUnit}>
            {(id) => (
              <Select
                id={id}
                value={unitId}
                options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
                onChange={setUnitId}
              />
            )}
          </Field>
        )}
      </div>
    </Drawer>
  );
}
