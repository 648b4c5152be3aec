import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { explore } from '../contract.ts';
import {
  type Dimension,
  dimensionCodes,
  dimensions,
  type RegisterDimension,
  registerDimensions,
} from '../dimensions.ts';
import { measureCodes, measureOf } from '../measures.ts';
import type { Condition, Pivot } from '../shapes.ts';
import { showKey } from '../show.ts';
import { monthsOf } from '../span.ts';
import * as text from './text.ts';

/** What is asked: measures, rows, columns, months and filters, each with the keyboard. */
export function FieldPanel({ pivot, ask }: { pivot: Pivot; ask: (changes: Partial<Pivot>) => void }) {
  const t = useText(text);
  const words = useWords();
  const dimensionOptions = (taken: readonly Dimension[]) =>
    dimensionCodes.filter((d) => !taken.includes(d)).map((value) => ({ value, label: words(dimensions[value].words) }));
  // A filter that was just added has no values yet: it is no part of the question until it has.
  const [added, setAdded] = useState<RegisterDimension[]>([]);
  const filtered = [
    ...pivot.conditions,
    ...added
      .filter((d) => !pivot.conditions.some((c) => c.dimension === d))
      .map((dimension): Condition => ({ dimension, values: [] })),
  ];
  const free = registerDimensions.filter((d) => !filtered.some((c) => c.dimension === d));
  return (
    <div className="explore-fields">
      <FormField label={t.measures} hint={pivot.measures.length === 0 ? t.atLeastOne : undefined}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            maxCount={6}
            value={pivot.measures}
            options={measureCodes.map((value) => ({
              value,
              label: words(measureOf(value).words),
              title: words(measureOf(value).note),
            }))}
            optionFilterProp="label"
            onChange={(measures) => measures.length > 0 && ask({ measures })}
          />
        )}
      </FormField>
      <FormField label={t.rows}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            maxCount={3}
            value={pivot.rows}
            options={dimensionOptions(pivot.columns)}
            optionFilterProp="label"
            placeholder={t.total}
            onChange={(rows) => ask({ rows })}
          />
        )}
      </FormField>
      <FormField label={t.columns}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            maxCount={2}
            value={pivot.columns}
            options={dimensionOptions(pivot.rows)}
            optionFilterProp="label"
            placeholder={t.total}
            onChange={(columns) => ask({ columns })}
          />
        )}
      </FormField>
      <SpanFields pivot={pivot} ask={ask} />
      <FormField label={t.sort}>
        {(id) => (
          <Select
            id={id}
            value={pivot.sort ? `${pivot.sort.order}:${pivot.sort.measure}` : ''}
            options={[
              { value: '', label: t.byName },
              ...pivot.measures.flatMap((measure) => {
                const name = words(measureOf(measure).words);
                return [
                  { value: `most:${measure}`, label: t.most(name) },
                  { value: `least:${measure}`, label: t.least(name) },
                ];
              }),
            ]}
            onChange={(value) => {
              const [order, measure] = value.split(':') as [string, Pivot['measures'][number] | undefined];
              ask({ sort: measure ? { measure, order: order === 'least' ? 'least' : 'most' } : null });
            }}
          />
        )}
      </FormField>
      <FormField label={t.level}>
        {(id) => (
          <Select
            id={id}
            value={pivot.level}
            options={(['projects', 'items'] as const).map((value) => ({ value, label: t.levels[value] }))}
            onChange={(level) => ask({ level })}
          />
        )}
      </FormField>
      <div className="explore-checks">
        <Checkbox checked={pivot.subtotals} onChange={(e) => ask({ subtotals: e.target.checked })}>
          {t.subtotals}
        </Checkbox>
        <Checkbox checked={pivot.withDropped} onChange={(e) => ask({ withDropped: e.target.checked })}>
          {t.withDropped}
        </Checkbox>
      </div>
      <FormField label={t.filters}>
        {(id) => (
          <Select
            id={id}
            value={null}
            placeholder={t.addFilter}
            options={free.map((value) => ({ value, label: words(dimensions[value].words) }))}
            onChange={(dimension: RegisterDimension | null) => dimension && setAdded([...added, dimension])}
          />
        )}
      </FormField>
      {filtered.map(({ dimension, values }) => (
        <ConditionField
          key={dimension}
          condition={{ dimension, values }}
          onChange={(next) => {
            setAdded([...added.filter((d) => d !== dimension), ...(next === null ? [] : [dimension])]);
            const others = pivot.conditions.filter((c) => c.dimension !== dimension);
            const conditions = next && next.length > 0 ? [...others, { dimension, values: next }] : others;
            if (JSON.stringify(conditions) !== JSON.stringify(pivot.conditions)) ask({ conditions });
          }}
        />
      ))}
    </div>
  );
}

const nullKey = ' ';

function ConditionField({
  condition: { dimension, values },
  onChange,
}: {
  condition: Condition;
  onChange: (values: (string | null)[] | null) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(explore);
  const found = useQuery({
    queryKey: ['explore', 'values', dimension],
    queryFn: ({ signal }) => api.values({ dimension }, { signal }),
    staleTime: 60_000,
  });
  const name = words(dimensions[dimension].words);
  const options = (found.data ?? []).map((one) => ({
    value: one.key ?? nullKey,
    label: `${one.key === null ? t.blank : (one.name ?? showKey(dimension, one.key, {}, language))} (${one.projects})`,
  }));
  return (
    <div className="explore-condition">
      <FormField label={name}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            aria-label={t.valuesOf(name)}
            placeholder={t.pick}
            loading={found.isPending}
            value={values.map((v) => v ?? nullKey)}
            options={options}
            optionFilterProp="label"
            onChange={(next: string[]) => onChange(next.map((v) => (v === nullKey ? null : v)))}
          />
        )}
      </FormField>
      <Button size="small" aria-label={t.removeFilter(name)} onClick={() => onChange(null)}>
        ✕
      </Button>
    </div>
  );
}

function SpanFields({ pivot: { span }, ask }: { pivot: Pivot; ask: (changes: Partial<Pivot>) => void }) {
  const t = useText(text);
  const { today } = useSession();
  const kind = span.kind === 'lastMonths' ? (span.n === 36 ? 'last36' : 'last12') : span.kind;
  return (
    <>
      <FormField label={t.span}>
        {(id) => (
          <Select
            id={id}
            value={kind}
            options={(['thisYear', 'last12', 'last36', 'months'] as const).map((value) => ({
              value,
              label: t.spans[value],
            }))}
            onChange={(value) => {
              const months = monthsOf(span, today) ?? { from: `${today.slice(0, 4)}-01`, to: today.slice(0, 7) };
              ask({
                span:
                  value === 'thisYear'
                    ? { kind: 'thisYear' }
                    : value === 'months'
                      ? { kind: 'months', ...months }
                      : { kind: 'lastMonths', n: value === 'last36' ? 36 : 12 },
              });
            }}
          />
        )}
      </FormField>
      {span.kind === 'months' && (
        <div className="form-pair">
          {(['from', 'to'] as const).map((end) => (
            <FormField key={end} label={t[end]}>
              {(id) => (
                <Input
                  id={id}
                  type="month"
                  value={span[end]}
                  max={today.slice(0, 7)}
                  onChange={(e) =>
                    /^\d{4}-\d{2}$/.test(e.target.value) && ask({ span: { ...span, [end]: e.target.value } })
                  }
                />
              )}
            </FormField>
          ))}
        </div>
      )}
    </>
  );
}
