import { Input } from 'antd';
import { useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { parseAmount } from '../amount.ts';
import type { Category } from '../categories.ts';
import * as text from './text.ts';

/** An amount as people type it, in the unit of its category; faults show once something is typed. */
export function AmountInput({
  label,
  category,
  value,
  onChange,
  refused,
  hint,
  suffix,
}: {
  label: string;
  category: Pick<Category, 'decimals' | 'unit'>;
  value: string;
  onChange: (value: string) => void;
  refused?: string | undefined;
  hint?: string | undefined;
  suffix?: string;
}) {
  const t = useText(text);
  const words = useWords();
  const isWrong = value.trim() !== '' && parseAmount(value, category.decimals) === null;
  return (
    <FormField label={label} fault={isWrong ? t.notANumber(category.decimals) : refused} hint={hint}>
      {(id) => (
        <Input
          id={id}
          value={value}
          inputMode="decimal"
          suffix={suffix ?? words(category.unit)}
          status={isWrong || refused ? 'error' : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}
