import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';
import type { useFilter } from './use-filter.ts';

/** Chips, the unit, and a search over titles and numbers. */
export function ListFilter({
  filter,
  units,
  children,
}: {
  filter: ReturnType<typeof useFilter>;
  units: readonly { id: string; name: string; n: number }[];
  children: ReactNode;
}) {
  const t = useText(text);
  return (
    <div className="sv-filter">
      {children}
      <Select
        aria-label={t.unit}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t.anyUnit}
        value={filter.unitId ?? null}
        options={units.map((unit) => ({ value: unit.id, label: `${unit.name} ${unit.n}` }))}
        onChange={(id: string | undefined) => filter.set('unit', id)}
      />
      <Input.Search
        allowClear
        defaultValue={filter.q}
        aria-label={t.search}
        placeholder={t.search}
        onSearch={(value) => filter.set('q', value)}
      />
    </div>
  );
}
