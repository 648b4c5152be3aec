import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { SearchPick, SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { factFields, type Proposal, promiseKinds, type Values } from '../contract.ts';
import * as text from './text.ts';

type Of<K extends Values['kind']> = Values & { kind: K };

/** What the reader proposed, put right by a person before it is accepted. */
export function CorrectForm({
  proposal,
  error,
  isPending,
  onSave,
  onClose,
}: {
  proposal: Proposal;
  error: Error | null;
  isPending: boolean;
  onSave: (values: Values) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const [values, setValues] = useState<Values>(proposal.values);
  const [names, setNames] = useState(proposal.names);
  const learn = (id: string | null, name: string | undefined) =>
    id && name && setNames((before) => ({ ...before, [id]: name }));
  const common = { names, learn };
  return (
    <FormDrawer
      title={t.correctTitle}
      error={error}
      fields={[]}
      isPending={isPending}
      saveWords={t.accept}
      onSave={() => onSave(values)}
      onClose={onClose}
      above={<blockquote className="reading-quote">{proposal.text}</blockquote>}
    >
      {values.kind === 'requirement' && <RequirementFields values={values} set={setValues} {...common} />}
      {values.kind === 'promise' && <PromiseFields values={values} set={setValues} {...common} />}
      {values.kind === 'fact' && <FactFields values={values} set={setValues} {...common} />}
      {values.kind === 'name' && <NameFields values={values} set={setValues} {...common} />}
    </FormDrawer>
  );
}

interface Fields<K extends Values['kind']> {
  values: Of<K>;
  set: (values: Of<K>) => void;
  names: Record<string, string>;
  learn: (id: string | null, name: string | undefined) => void;
}

function useFinders() {
  const units = useClient(organization);
  const register = useClient(projects);
  return {
    unit: {
      queryKey: ['organization', 'search'],
      find: (words: string, signal: AbortSignal) => units.searchUnits({ text: words }, { signal }),
    },
    project: {
      queryKey: ['projects', 'pick'],
      find: async (q: string, signal: AbortSignal) =>
        (await register.list({ ...(q && { q }), columns: ['name'], limit: 20 }, { signal })).rows,
    },
  };
}

function RequirementFields({ values, set, names, learn }: Fields<'requirement'>) {
  const f = useText(text).fields;
  const { unit, project } = useFinders();
  return (
    <>
      <FormField label={f.title}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2 }}
            maxLength={300}
            value={values.title}
            onChange={(event) => set({ ...values, title: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={f.lead}>
        {(id) => (
          <SearchPick
            id={id}
            value={values.leadUnitId}
            name={names[values.leadUnitId ?? '']}
            placeholder={f.lead}
            {...unit}
            onChange={(leadUnitId, name) => {
              learn(leadUnitId, name);
              set({ ...values, leadUnitId });
            }}
          />
        )}
      </FormField>
      <FormField label={f.co}>
        {(id) => (
          <SearchPicks
            id={id}
            value={values.coUnitIds.map((one) => ({ id: one, name: names[one] ?? '' }))}
            placeholder={f.co}
            {...unit}
            onChange={(chosen) => {
              for (const one of chosen) learn(one.id, one.name);
              set({ ...values, coUnitIds: chosen.map((one) => one.id) });
            }}
          />
        )}
      </FormField>
      <FormField label={f.project}>
        {(id) => (
          <SearchPick
            id={id}
            value={values.projectId}
            name={names[values.projectId ?? '']}
            placeholder={f.project}
            {...project}
            onChange={(projectId, name) => {
              learn(projectId, name);
              set({ ...values, projectId });
            }}
          />
        )}
      </FormField>
      <DayField label={f.due} value={values.dueOn} onChange={(dueOn) => set({ ...values, dueOn })} />
    </>
  );
}

function PromiseFields({ values, set, names, learn }: Fields<'promise'>) {
  const t = useText(text);
  const f = t.fields;
  const { project } = useFinders();
  return (
    <>
      <FormField label={f.project}>
        {(id) => (
          <SearchPick
            id={id}
            value={values.projectId}
            name={names[values.projectId ?? '']}
            placeholder={f.project}
            {...project}
            onChange={(projectId, name) => {
              learn(projectId, name);
              set({ ...values, projectId, ...(name && { projectName: name }) });
            }}
          />
        )}
      </FormField>
      <FormField label={f.name}>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={values.projectName}
            onChange={(event) => set({ ...values, projectName: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={f.what}>
        {(id) => (
          <Select
            id={id}
            value={values.what}
            options={promiseKinds.map((value) => ({ value, label: t.whats[value] }))}
            onChange={(what) => set({ ...values, what })}
          />
        )}
      </FormField>
      <DayField label={f.by} value={values.by} onChange={(by) => set({ ...values, by })} />
      <FormField label={f.amount}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            precision={0}
            value={values.amountYuan}
            onChange={(amountYuan) => set({ ...values, amountYuan })}
          />
        )}
      </FormField>
      <FormField label={f.hedge}>
        {(id) => (
          <Input
            id={id}
            maxLength={20}
            value={values.hedge ?? ''}
            onChange={(event) => set({ ...values, hedge: event.target.value || null })}
          />
        )}
      </FormField>
      <FormField label={f.speaker}>
        {(id) => (
          <Input
            id={id}
            maxLength={60}
            value={values.speaker ?? ''}
            onChange={(event) => set({ ...values, speaker: event.target.value || null })}
          />
        )}
      </FormField>
    </>
  );
}

function FactFields({ values, set, names, learn }: Fields<'fact'>) {
  const t = useText(text);
  const f = t.fields;
  const { project } = useFinders();
  return (
    <>
      <FormField label={f.project}>
        {(id) => (
          <SearchPick
            id={id}
            value={values.projectId}
            name={names[values.projectId]}
            placeholder={f.project}
            {...project}
            onChange={(projectId, name) => {
              learn(projectId, name);
              if (projectId) set({ ...values, projectId });
            }}
          />
        )}
      </FormField>
      <FormField label={f.field}>
        {(id) => (
          <Select
            id={id}
            value={values.field}
            options={factFields
              .filter((value) => (value === 'totalYuan') === (typeof values.value === 'number'))
              .map((value) => ({ value, label: t.factFields[value] }))}
            onChange={(field) => set({ ...values, field })}
          />
        )}
      </FormField>
      {typeof values.value === 'number' ? (
        <FormField label={f.amount}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              precision={0}
              value={values.value as number}
              onChange={(value) => set({ ...values, value: value ?? 0 })}
            />
          )}
        </FormField>
      ) : (
        <DayField label={f.value} value={values.value} onChange={(value) => value && set({ ...values, value })} />
      )}
    </>
  );
}

function NameFields({ values, set, names, learn }: Fields<'name'>) {
  const f = useText(text).fields;
  const finders = useFinders();
  const finder = values.register === 'project' ? finders.project : finders.unit;
  return (
    <>
      <FormField label={f.alias}>
        {(id) => (
          <Input
            id={id}
            maxLength={100}
            value={values.alias}
            onChange={(event) => set({ ...values, alias: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={f.means}>
        {(id) => (
          <SearchPick
            id={id}
            value={values.registerId}
            name={names[values.registerId ?? '']}
            placeholder={f.means}
            {...finder}
            onChange={(registerId, name) => {
              learn(registerId, name);
              set({ ...values, registerId });
            }}
          />
        )}
      </FormField>
    </>
  );
}
