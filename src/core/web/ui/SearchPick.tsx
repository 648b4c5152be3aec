import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';

/**
 * One thing out of too many for a list, found by typing; the server searches. The module says what is searched:
 * `<SearchPick queryKey={['organization', 'search', '']} find={(text, signal) => units.searchUnits({ text }, { signal })} … />`
 */
export function SearchPick({
  id,
  value,
  name,
  placeholder,
  queryKey,
  find,
  onChange,
}: {
  id: string;
  value: string | null;
  /** What the thing is called that stands there already. */
  name?: string | undefined;
  placeholder: string;
  /** What is typed is added to it. */
  queryKey: readonly unknown[];
  find: (text: string, signal: AbortSignal) => Promise<readonly { id: string; name: string }[]>;
  onChange: (id: string | null, name: string | undefined) => void;
}) {
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ signal }) => find(search, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const options = (found.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: name ?? '' });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={placeholder}
      value={value}
      options={options}
      loading={found.isFetching}
      onChange={(next: string | undefined) =>
        onChange(next ?? null, options.find((option) => option.value === next)?.label)
      }
    />
  );
}

/** Any number of them, in the order in which they were chosen. */
export function SearchPicks({
  id,
  value,
  placeholder,
  queryKey,
  find,
  onChange,
}: {
  id: string;
  value: readonly { id: string; name: string }[];
  placeholder: string;
  queryKey: readonly unknown[];
  find: (text: string, signal: AbortSignal) => Promise<readonly { id: string; name: string }[]>;
  onChange: (chosen: { id: string; name: string }[]) => void;
}) {
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ signal }) => find(search, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const known = new Map([...value, ...(found.data ?? [])].map((one) => [one.id, one.name]));
  return (
    <Select
      id={id}
      mode="multiple"
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={placeholder}
      value={value.map((one) => one.id)}
      options={[...known].map(([oneId, name]) => ({ value: oneId, label: name }))}
      loading={found.isFetching}
      onChange={(ids: string[]) => {
        setSearch('');
        onChange(ids.map((oneId) => ({ id: oneId, name: known.get(oneId) ?? '' })));
      }}
    />
  );
}
