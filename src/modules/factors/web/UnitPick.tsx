import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { organization } from '#modules/organization/contract.ts';
import * as text from './text.ts';

/** A unit found by name, alias or pinyin initials. */
export function UnitPick({
  id,
  value,
  name,
  onChange,
}: {
  id: string;
  value: string | null;
  /** What the unit is called that stands there already. */
  name: string | undefined;
  onChange: (unitId: string | null) => void;
}) {
  const t = useText(text);
  const api = useClient(organization);
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: ['organization', 'search', '', search],
    queryFn: ({ signal }) => api.searchUnits({ text: search }, { signal }),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const options = (found.data ?? []).map((unit) => ({ value: unit.id, label: unit.name }));
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: name ?? '' });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={t.pickUnit}
      value={value}
      options={options}
      loading={found.isFetching}
      onChange={(unitId: string | undefined) => onChange(unitId ?? null)}
    />
  );
}
