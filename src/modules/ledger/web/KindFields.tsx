import { Input, Select } from 'antd';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { MatterKind } from '../kinds.ts';
import * as formText from './form-text.ts';
import { requiredFields } from './matter-draft.ts';
import * as text from './matter-text.ts';

type Look = 'line' | 'long' | 'day' | 'what' | 'amount';
type Name = keyof typeof text.zh.details;

/** What is asked for each kind, in pairs as they stand side by side. */
const layout: Record<MatterKind, readonly (readonly [field: string, label: Name, look: Look])[]> = {
  problem: [
    ['foundOn', 'foundOn', 'day'],
    ['place', 'place', 'line'],
    ['measures', 'measures', 'long'],
  ],
  task: [
    ['target', 'target', 'long'],
    ['quantity', 'quantity', 'amount'],
  ],
  instruction: [
    ['leaderName', 'leaderName', 'line'],
    ['givenOn', 'givenOn', 'day'],
    ['words', 'words', 'long'],
    ['documentNo', 'documentNo', 'line'],
  ],
  decision: [
    ['meeting', 'meeting', 'line'],
    ['heldOn', 'heldOn', 'day'],
    ['itemNo', 'itemNo', 'line'],
  ],
  finding: [
    ['inspection', 'inspection', 'line'],
    ['foundOn', 'foundOn', 'day'],
    ['objectName', 'objectName', 'line'],
    ['objectCode', 'objectCode', 'line'],
    ['groupName', 'groupName', 'line'],
    ['measures', 'measures', 'long'],
  ],
  commitment: [
    ['promisedBy', 'promisedBy', 'line'],
    ['promisedOn', 'promisedOn', 'day'],
    ['what', 'what', 'what'],
    ['amountWan', 'amountYuan', 'line'],
  ],
};

/** The fields that only this kind has. */
export function KindFields({
  kind,
  fields,
  fault,
  onChange,
}: {
  kind: MatterKind;
  fields: Record<string, string>;
  fault: (field: string) => string | undefined;
  onChange: (field: string, value: string) => void;
}) {
  const t = useText(text).details;
  const f = useText(formText);
  return (
    <div className="mf-fields">
      {layout[kind].map(([field, label, look]) => {
        const name = t[label] as string;
        const value = fields[field] ?? '';
        const hint = requiredFields[kind].includes(field) && !value ? f.required : undefined;
        if (look === 'day')
          return (
            <DayField
              key={field}
              label={name}
              hint={hint}
              value={value || null}
              fault={fault(`details.${field}`)}
              onChange={(day) => onChange(field, day ?? '')}
            />
          );
        return (
          <div key={field} className={look === 'long' ? 'wide' : undefined}>
            <FormField label={name} hint={hint} fault={fault(`details.${field}`)}>
              {(id) =>
                look === 'long' ? (
                  <TextBox id={id} value={value} maxLength={2000} onChange={(e) => onChange(field, e.target.value)} />
                ) : look === 'what' ? (
                  <Select
                    id={id}
                    value={value || 'other'}
                    options={Object.entries(t.whats).map(([what, words]) => ({ value: what, label: words }))}
                    onChange={(what: string) => onChange(field, what)}
                  />
                ) : look === 'amount' ? (
                  <span className="mf-amount">
                    <Input
                      id={id}
                      inputMode="decimal"
                      value={value}
                      maxLength={20}
                      onChange={(e) => onChange(field, e.target.value)}
                    />
                    <Input
                      aria-label={f.quantityUnit}
                      placeholder={f.quantityUnit}
                      value={fields.quantityUnit ?? ''}
                      maxLength={20}
                      onChange={(e) => onChange('quantityUnit', e.target.value)}
                    />
                  </span>
                ) : (
                  <Input
                    id={id}
                    value={value}
                    maxLength={200}
                    {...((field === 'itemNo' || field === 'amountWan') && { inputMode: 'decimal' as const })}
                    {...(field === 'amountWan' && { suffix: f.wan })}
                    onChange={(e) => onChange(field, e.target.value)}
                  />
                )
              }
            </FormField>
          </div>
        );
      })}
    </div>
  );
}
