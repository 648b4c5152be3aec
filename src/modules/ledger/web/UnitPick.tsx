import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import * as text from './act-text.ts';

export interface Named {
  id: string;
  name: string;
}

const unitKey = ['organization', 'search', ''] as const;

/** Names as offered: where two units are called the same, the one above each tells them apart. */
function toldApart(units: readonly (Named & { parentName: string | null })[]): Named[] {
  const counts = Map.groupBy(units, (unit) => unit.name);
  return units.map(({ id, name, parentName }) => ({
    id,
    name: parentName && counts.get(name)!.length > 1 ? `${name}（${parentName}）` : name,
  }));
}

/** One unit by its name, alias or pinyin initials. */
export function UnitPick({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Named | null;
  onChange: (unit: Named | null) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  return (
    <SearchPick
      id={id}
      value={value?.id ?? null}
      name={value?.name}
      placeholder={t.unit}
      queryKey={unitKey}
      find={async (words, signal) => toldApart(await units.searchUnits({ text: words }, { signal }))}
      onChange={(unitId, name) => onChange(unitId === null ? null : { id: unitId, name: name ?? '' })}
    />
  );
}

/** Any number of units, in the order in which they were chosen. */
export function UnitsPick({
  id,
  value,
  without = [],
  onChange,
}: {
  id: string;
  value: readonly Named[];
  /** Units that stand in another role already: offered, they would only be refused. */
  without?: readonly string[];
  onChange: (units: Named[]) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: [...unitKey, search],
    queryFn: ({ signal }) => units.searchUnits({ text: search }, { signal }),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const known = new Map<string, string>(value.map((unit) => [unit.id, unit.name]));
  for (const unit of toldApart(found.data ?? [])) if (!without.includes(unit.id)) known.set(unit.id, unit.name);
  return (
    <Select
      id={id}
      mode="multiple"
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={t.unit}
      value={value.map((unit) => unit.id)}
      options={[...known].map(([unitId, name]) => ({ value: unitId, label: name }))}
      loading={found.isFetching}
      onChange={(ids: string[]) => {
        setSearch('');
        onChange(ids.map((unitId) => ({ id: unitId, name: known.get(unitId) ?? '' })));
      }}
    />
  );
}
