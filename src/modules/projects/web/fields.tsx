import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { yiWithUnit } from '#core/web/ui/format.ts';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '../contract.ts';
import { readDateEntry, readMoneyEntry } from './form-draft.ts';
import * as text from './text.ts';

/** A labelled field: its fault below it in words, else a hint. `name` lets the page jump to the first fault. */
export function Field({
  label,
  name,
  error,
  hint,
  wide = false,
  group = false,
  children,
}: {
  label: string;
  name?: string;
  error?: string | undefined;
  hint?: ReactNode;
  wide?: boolean;
  /** The control brings a label of its own (a check box) or is a button: then this one is only a heading. */
  group?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className={`field${error ? ' wrong' : ''}${wide ? ' wide' : ''}`} data-field={name}>
      {group ? (
        <div className="field-group">
          <span className="field-label">{label}</span>
          {children}
        </div>
      ) : (
        // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is an antd input with its own label
        <label>
          <span className="field-label">{label}</span>
          {children}
        </label>
      )}
      {error ? (
        <span className="field-error" role="alert" id={id}>
          {error}
        </span>
      ) : (
        hint && <span className="field-hint">{hint}</span>
      )}
    </div>
  );
}

/** A date as people write it; below it, what was understood. */
export function DateField({
  label,
  name,
  value,
  fault,
  onChange,
}: {
  label: string;
  name?: string;
  value: string;
  fault?: string | undefined;
  onChange: (value: string) => void;
}) {
  const t = useText(text);
  const { date } = readDateEntry(value, t);
  const isSame = date !== null && value.trim() === date.day;
  return (
    <Field
      label={label}
      {...(name && { name })}
      error={fault}
      hint={date ? !isSame && t.dateRead(date.day, t.precision[date.precision]) : value === '' ? undefined : t.dateHint}
    >
      <Input
        value={value}
        placeholder="2021-09-26"
        aria-label={label}
        status={fault ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** An amount in 亿元, or with its unit written; below it, what was understood when that is not what stands there. */
export function MoneyField({
  label,
  name,
  value,
  fault,
  onChange,
}: {
  label: string;
  name?: string;
  value: string;
  fault?: string | undefined;
  onChange: (value: string) => void;
}) {
  const t = useText(text);
  const { yuan } = readMoneyEntry(value, t);
  const hasUnit = /[元亿万]/.test(value);
  return (
    <Field
      label={label}
      {...(name && { name })}
      error={fault}
      hint={hasUnit && yuan !== null ? `= ${yiWithUnit(yuan)}` : value === '' ? t.moneyHint : undefined}
    >
      <Input
        value={value}
        suffix="亿元"
        inputMode="decimal"
        aria-label={label}
        status={fault ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** A unit of the organisation, found by name or pinyin initials. */
export function UnitSelect({
  label,
  value,
  initialName,
  kind,
  onChange,
}: {
  label: string;
  value: string | null;
  initialName: string | undefined;
  kind?: 'commandPost' | 'county';
  onChange: (id: string | null, name: string | undefined) => void;
}) {
  const t = useText(text);
  const api = useClient(organization);
  const [search, setSearch] = useState('');
  const [name, setName] = useState(initialName);
  const found = useQuery({
    queryKey: ['organization', 'search', kind ?? '', search],
    queryFn: ({ signal }) => api.searchUnits({ text: search, ...(kind && { kind }) }, { signal }),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const options = (found.data ?? []).map((unit) => ({ value: unit.id, label: unit.name }));
  if (value && !options.some((option) => option.value === value))
    options.unshift({ value, label: name ?? initialName ?? value });
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setSearch }}
      allowClear
      aria-label={label}
      placeholder={t.chooseUnit}
      value={value}
      options={options}
      loading={found.isFetching}
      onChange={(id: string | undefined, option) => {
        const chosen = (Array.isArray(option) ? option[0] : option)?.label;
        setName(chosen);
        onChange(id ?? null, chosen);
      }}
    />
  );
}

/** The package a project belongs to: only projects that are no items themselves are offered. */
export function PackageSelect({
  value,
  initialName,
  self,
  onChange,
}: {
  value: string | null;
  initialName: string | undefined;
  self: string | undefined;
  onChange: (id: string | null) => void;
}) {
  const t = useText(text);
  const api = useClient(projects);
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: ['projects', 'packages', search],
    queryFn: ({ signal }) => api.list({ ...(search && { q: search }), limit: 20 }, { signal }),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const options = (found.data?.rows ?? [])
    .filter((row) => row.id !== self && row.parentId === null)
    .map((row) => ({ value: row.id, label: row.name }));
  if (value && !options.some((option) => option.value === value))
    options.unshift({ value, label: initialName ?? value });
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setSearch }}
      allowClear
      aria-label={t.field.parentId}
      placeholder={t.choosePackage}
      value={value}
      options={options}
      onChange={(id: string | undefined) => onChange(id ?? null)}
    />
  );
}
