import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { checkScheme } from '../check.ts';
import { emptyBody } from '../draft.ts';
import { challengeEnds, groupings, Item, type Input as SchemeInput, type Source, sourceKinds } from '../scheme.ts';
import { Faults } from './Faults.tsx';
import { MethodFields } from './MethodFields.tsx';
import * as text from './text.ts';

/** One item of a scheme as a form: name, weight, method with its numbers, and where its figures come from. */
export function ItemDrawer({
  item: initial,
  onSave,
  onRemove,
  onClose,
}: {
  item: Item;
  onSave: (item: Item) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const [item, setItem] = useState(initial);
  const set = (change: Partial<Item>) => setItem((now) => ({ ...now, ...change }));
  const parsed = Item.safeParse(item);
  const faults = parsed.success ? checkScheme({ ...emptyBody, items: [parsed.data] }) : [];
  const line = (label: string, value: string, put: (v: string) => void, hint?: string) => (
    <FormField label={label} hint={hint}>
      {(id) => <Input id={id} value={value} maxLength={120} onChange={(e) => put(e.target.value)} />}
    </FormField>
  );
  const optional = (label: string, value: string | null, put: (v: string | null) => void) =>
    line(label, value ?? '', (v) => put(v === '' ? null : v));
  return (
    <FormDrawer
      title={item.name.zh}
      size={760}
      error={null}
      fields={[]}
      isReady={parsed.success && faults.length === 0}
      isPending={false}
      onSave={() => parsed.success && onSave(parsed.data)}
      onClose={onClose}
      below={
        <Button danger onClick={onRemove}>
          {t.remove}
        </Button>
      }
    >
      <div className="scores-row">
        {line(t.nameZh, item.name.zh, (zh) => set({ name: { ...item.name, zh } }))}
        {line(t.nameEn, item.name.en, (en) => set({ name: { ...item.name, en } }))}
        {line(t.part, item.part, (part) => set({ part }))}
        {line(t.code, item.code, (code) => set({ code }), t.codeHint)}
      </div>
      <div className="scores-row">
        {line(t.weight, item.weight, (weight) => set({ weight }))}
        <FormField label={t.side}>
          {(id) => (
            <Select
              id={id}
              value={item.side}
              options={(['score', 'bonus', 'deduction'] as const).map((value) => ({ value, label: t.sides[value] }))}
              onChange={(side) => set({ side, ...(side === 'deduction' && item.floor === '0' && { floor: null }) })}
            />
          )}
        </FormField>
        {optional(t.cap, item.cap, (cap) => set({ cap }))}
        {optional(t.floor, item.floor, (floor) => set({ floor }))}
        <FormField label={t.missing}>
          {(id) => (
            <Select
              id={id}
              value={item.missing}
              options={(['zero', 'full'] as const).map((value) => ({ value, label: t.missings[value] }))}
              onChange={(missing) => set({ missing })}
            />
          )}
        </FormField>
        {line(t.binding, item.binding ? `${item.binding.lead}/${item.binding.bound}` : '', (v) => {
          const [lead = '', bound = ''] = v.split('/');
          set({ binding: v === '' ? null : { lead, bound } });
        })}
      </div>
      <MethodFields method={item.method} onChange={(method) => set({ method })} />
      <div className="scores-list">
        <h4>{t.inputs}</h4>
        {item.inputs.map((input, at) => (
          <InputFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a figure has no key of its own while its name is typed
            key={at}
            input={input}
            onChange={(next) => set({ inputs: item.inputs.map((i, j) => (j === at ? next : i)) })}
            onRemove={() => set({ inputs: item.inputs.filter((_, j) => j !== at) })}
          />
        ))}
        <div>
          <Button
            size="small"
            onClick={() =>
              set({
                inputs: [
                  ...item.inputs,
                  {
                    name: `数据${item.inputs.length + 1}`,
                    source: { kind: 'entered' },
                    show: 'number',
                    decimals: 2,
                    unit: '',
                  },
                ],
              })
            }
          >
            {t.addInput}
          </Button>
        </div>
      </div>
      <FormField label={t.itemNote}>
        {(id) => <TextBox id={id} value={item.note} maxLength={600} onChange={(e) => set({ note: e.target.value })} />}
      </FormField>
      <Faults faults={faults} />
    </FormDrawer>
  );
}

const sourceOf = (kind: Source['kind'], now: Source): Source => {
  const by = 'by' in now ? now.by : 'county';
  if (kind === 'indicator') return { kind, code: 'invest', by };
  if (kind === 'projects') return { kind, formula: '个数(已开工)', by };
  if (kind === 'challenges') return { kind, end: 'passed' };
  return { kind };
};

function InputFields({
  input,
  onChange,
  onRemove,
}: {
  input: SchemeInput;
  onChange: (input: SchemeInput) => void;
  onRemove: () => void;
}) {
  const t = useText(text);
  const { source } = input;
  const set = (change: Partial<SchemeInput>) => onChange({ ...input, ...change });
  return (
    <div className="scores-row scores-list">
      <FormField label={t.inputName}>
        {(id) => <Input id={id} value={input.name} maxLength={30} onChange={(e) => set({ name: e.target.value })} />}
      </FormField>
      <FormField label={t.sourceKind}>
        {(id) => (
          <Select
            id={id}
            value={source.kind}
            options={sourceKinds.map((value) => ({ value, label: t.sources[value] }))}
            onChange={(kind) => set({ source: sourceOf(kind, source) })}
          />
        )}
      </FormField>
      {source.kind === 'indicator' && (
        <FormField label={t.indicatorCode}>
          {(id) => (
            <Input
              id={id}
              value={source.code}
              maxLength={40}
              onChange={(e) => set({ source: { ...source, code: e.target.value } })}
            />
          )}
        </FormField>
      )}
      {source.kind === 'projects' && (
        <FormField label={t.projectFormula}>
          {(id) => (
            <Input
              id={id}
              value={source.formula}
              maxLength={600}
              onChange={(e) => set({ source: { ...source, formula: e.target.value } })}
            />
          )}
        </FormField>
      )}
      {source.kind === 'challenges' && (
        <FormField label={t.challengeEnd}>
          {(id) => (
            <Select
              id={id}
              value={source.end}
              options={challengeEnds.map((value) => ({ value, label: t.challengeEnds[value] }))}
              onChange={(end) => set({ source: { ...source, end } })}
            />
          )}
        </FormField>
      )}
      {'by' in source && (
        <FormField label={t.by}>
          {(id) => (
            <Select
              id={id}
              value={source.by}
              options={groupings.map((value) => ({ value, label: t.bys[value] }))}
              onChange={(by) => set({ source: { ...source, by } })}
            />
          )}
        </FormField>
      )}
      <FormField label={t.show}>
        {(id) => (
          <Select
            id={id}
            value={input.show}
            options={(['number', 'percent'] as const).map((value) => ({ value, label: t.shows[value] }))}
            onChange={(show) => set({ show })}
          />
        )}
      </FormField>
      <FormField label={t.decimals}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={6}
            precision={0}
            value={input.decimals}
            onChange={(decimals) => decimals !== null && set({ decimals })}
          />
        )}
      </FormField>
      <FormField label={t.unitOf}>
        {(id) => <Input id={id} value={input.unit} maxLength={12} onChange={(e) => set({ unit: e.target.value })} />}
      </FormField>
      <div>
        <Button size="small" aria-label={`${t.remove} ${input.name}`} onClick={onRemove}>
          {t.remove}
        </Button>
      </div>
    </div>
  );
}
