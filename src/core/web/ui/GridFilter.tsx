import { Button, Checkbox, Input, InputNumber, Popover } from 'antd';
import { useState } from 'react';
import { useText } from '../text.ts';
import { withFilter } from './GridHead.tsx';
import type { GridColumn, GridFilter, GridFilters, GridFilterValue } from './grid-types.ts';
import * as text from './text.ts';

/** The small form behind a column's funnel and behind a chip. Applies on the button or on Enter; “clear” removes the filter. */
export function FilterForm({
  filter,
  label,
  value,
  onChange,
}: {
  filter: GridFilter;
  label: string;
  value: GridFilterValue | undefined;
  onChange: (value: GridFilterValue | undefined) => void;
}) {
  const t = useText(text);
  const [draft, setDraft] = useState<GridFilterValue | undefined>(value);
  return (
    <form
      className="filter-form"
      aria-label={t.grid.filter(label)}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(isEmpty(draft) ? undefined : draft);
      }}
    >
      <FilterFields filter={filter} draft={draft} setDraft={setDraft} />
      <div className="filter-buttons">
        <Button size="small" onClick={() => onChange(undefined)}>
          {t.grid.filterClear}
        </Button>
        <Button size="small" type="primary" htmlType="submit">
          {t.grid.filterApply}
        </Button>
      </div>
    </form>
  );
}

const isEmpty = (value: GridFilterValue | undefined): boolean =>
  !value ||
  ('values' in value
    ? value.values.length === 0
    : 'text' in value
      ? value.text.trim() === ''
      : value.from === undefined && value.to === undefined);

function FilterFields({
  filter,
  draft,
  setDraft,
}: {
  filter: GridFilter;
  draft: GridFilterValue | undefined;
  setDraft: (value: GridFilterValue | undefined) => void;
}) {
  const t = useText(text);
  const [search, setSearch] = useState('');
  if (filter.kind === 'options') {
    const values = draft && 'values' in draft ? draft.values : [];
    const found = filter.options.filter((option) => option.label.includes(search.trim()));
    return (
      <>
        {filter.options.length > 10 && (
          <Input
            size="small"
            aria-label={t.grid.filterSearch}
            placeholder={t.grid.filterSearch}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        <Checkbox.Group
          className="filter-options"
          value={values}
          onChange={(checked) => {
            // Options hidden by the search stay as they are.
            const out = values.filter((kept) => !found.some((option) => option.value === kept));
            setDraft({ values: [...out, ...checked.map(String)] });
          }}
        >
          {found.map((option) => (
            <Checkbox key={option.value} value={option.value}>
              {option.label || t.grid.filterBlank}
              {option.count !== undefined && <span className="muted"> {option.count}</span>}
            </Checkbox>
          ))}
        </Checkbox.Group>
      </>
    );
  }
  if (filter.kind === 'text')
    return (
      <Input
        size="small"
        autoFocus
        aria-label={t.grid.filterSearch}
        placeholder={t.grid.filterSearch}
        value={draft && 'text' in draft ? draft.text : ''}
        onChange={(event) => setDraft({ text: event.target.value })}
      />
    );
  const bounds = draft && !('values' in draft) && !('text' in draft) ? draft : {};
  const set = (end: 'from' | 'to', bound: number | string | undefined) => {
    const { [end]: _, ...rest } = bounds;
    setDraft(bound === undefined || bound === '' ? rest : { ...rest, [end]: bound });
  };
  const ends = [
    ['from', t.grid.filterFrom],
    ['to', t.grid.filterTo],
  ] as const;
  if (filter.kind === 'dates')
    return ends.map(([end, words]) => (
      <label key={end} className="filter-bound">
        {words}
        <input type="date" value={String(bounds[end] ?? '')} onChange={(event) => set(end, event.target.value)} />
      </label>
    ));
  const scale = filter.scale ?? 1;
  return ends.map(([end, words]) => (
    // biome-ignore lint/a11y/noLabelWithoutControl: antd's number field is a native input inside the label
    <label key={end} className="filter-bound">
      {words}
      <InputNumber
        size="small"
        value={typeof bounds[end] === 'number' ? bounds[end] / scale : null}
        onChange={(number) => set(end, number === null ? undefined : number * scale)}
      />
      {filter.unit}
    </label>
  ));
}

/** The filter in words, for a chip: `岳阳楼区、君山区`, `≥ 5 亿元`. */
export function filterWords(filter: GridFilter, value: GridFilterValue): string {
  if ('values' in value) {
    const labels = filter.kind === 'options' ? filter.options : [];
    const words = value.values.map((kept) => labels.find((option) => option.value === kept)?.label ?? kept);
    return words.length > 2 ? `${words.slice(0, 2).join('、')} +${words.length - 2}` : words.join('、');
  }
  if ('text' in value) return value.text;
  const scale = filter.kind === 'range' ? (filter.scale ?? 1) : 1;
  const unit = filter.kind === 'range' && filter.unit ? ` ${filter.unit}` : '';
  const bound = (end: number | string) => (typeof end === 'number' ? String(end / scale) : end);
  if (value.from !== undefined && value.to !== undefined) return `${bound(value.from)}–${bound(value.to)}${unit}`;
  return value.from !== undefined ? `≥ ${bound(value.from)}${unit}` : `≤ ${bound(value.to ?? '')}${unit}`;
}

/** A row of chips over a table: the named columns always (“灯 全部”), the others while they filter. */
export function FilterChips<R>({
  columns,
  always,
  filters,
  onFilters,
}: {
  columns: readonly GridColumn<R>[];
  always: readonly string[];
  filters: GridFilters;
  onFilters: (filters: GridFilters) => void;
}) {
  const shown = columns.filter((column) => column.filter && (always.includes(column.key) || filters[column.key]));
  return shown.map((column) => (
    <FilterChip
      key={column.key}
      label={column.title}
      filter={column.filter!}
      value={filters[column.key]}
      onChange={(value) => onFilters(withFilter(filters, column.key, value))}
    />
  ));
}

function FilterChip({
  label,
  filter,
  value,
  onChange,
}: {
  label: string;
  filter: GridFilter;
  value: GridFilterValue | undefined;
  onChange: (value: GridFilterValue | undefined) => void;
}) {
  const t = useText(text);
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        <FilterForm
          filter={filter}
          label={label}
          value={value}
          onChange={(next) => {
            onChange(next);
            setOpen(false);
          }}
        />
      }
    >
      <button type="button" className={`chip${value ? ' on' : ''}`} aria-expanded={isOpen}>
        {label} <b>{value ? filterWords(filter, value) : t.grid.filterAll}</b>
      </button>
    </Popover>
  );
}
