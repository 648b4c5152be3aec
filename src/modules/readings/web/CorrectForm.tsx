import { Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { SearchPick, SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import type { Proposal, Values } from '../contract.ts';
import { correctFields, type Field } from './correct-fields.ts';
import * as text from './text.ts';

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
  const input = useFieldInput(names, (more) => setNames((before) => ({ ...before, ...more })));
  // The shape of each kind is kept by its list of fields; the server parses it once more.
  const current = values as Record<string, unknown>;
  const set = (changes: Record<string, unknown>) => setValues({ ...values, ...changes } as Values);
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
      {correctFields(values, t).map((field) =>
        field.as === 'day' ? (
          <DayField
            key={field.key}
            label={field.label}
            value={current[field.key] as string | null}
            onChange={(day) => (day !== null || !field.isRequired) && set({ [field.key]: day })}
          />
        ) : (
          <FormField key={field.key} label={field.label}>
            {(id) => input(id, field, current[field.key], set)}
          </FormField>
        ),
      )}
    </FormDrawer>
  );
}

/** The input of a field; what is chosen from a register is remembered by its name. */
function useFieldInput(names: Record<string, string>, learn: (names: Record<string, string>) => void) {
  const units = useClient(organization);
  const register = useClient(projects);
  const unit = {
    queryKey: ['organization', 'search'],
    find: (words: string, signal: AbortSignal) => units.searchUnits({ text: words }, { signal }),
  };
  const project = {
    queryKey: ['projects', 'pick'],
    find: async (q: string, signal: AbortSignal) =>
      (await register.list({ ...(q && { q }), columns: ['name'], limit: 20 }, { signal })).rows,
  };
  return (
    id: string,
    field: Exclude<Field, { as: 'day' }>,
    value: unknown,
    set: (changes: Record<string, unknown>) => void,
  ): ReactNode => {
    const { key, label } = field;
    switch (field.as) {
      case 'words': {
        const given = {
          id,
          maxLength: field.most,
          value: (value as string | null) ?? '',
          onChange: (event: { target: { value: string } }) =>
            set({ [key]: event.target.value || (field.isNullable ? null : '') }),
        };
        return field.isLong ? <Input.TextArea autoSize={{ minRows: 2 }} {...given} /> : <Input {...given} />;
      }
      case 'choice':
        return (
          <Select
            id={id}
            value={value as string}
            options={field.options}
            onChange={(chosen) => set({ [key]: chosen })}
          />
        );
      case 'money':
        return (
          <InputNumber
            id={id}
            min={0}
            precision={0}
            value={value as number | null}
            onChange={(amount) => (amount !== null || !field.isRequired) && set({ [key]: amount })}
          />
        );
      case 'units':
        return (
          <SearchPicks
            id={id}
            value={(value as string[]).map((one) => ({ id: one, name: names[one] ?? '' }))}
            placeholder={label}
            {...unit}
            onChange={(chosen) => {
              learn(Object.fromEntries(chosen.map((one) => [one.id, one.name])));
              set({ [key]: chosen.map((one) => one.id) });
            }}
          />
        );
      default:
        return (
          <SearchPick
            id={id}
            value={value as string | null}
            name={names[(value as string | null) ?? '']}
            placeholder={label}
            {...(field.as === 'unit' ? unit : project)}
            onChange={(chosen, name) => {
              if (chosen === null && field.isRequired) return;
              if (chosen && name) learn({ [chosen]: name });
              const nameKey = field.as === 'project' ? field.nameKey : undefined;
              set({ [key]: chosen, ...(nameKey && name && { [nameKey]: name }) });
            }}
          />
        );
    }
  };
}
