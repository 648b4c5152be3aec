import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { FormField } from './FormField.tsx';

/**
 * A day in a form, typed or picked, as the product writes it: `YYYY-MM-DD`, null when emptied. Days outside `from` and
 * `to` (both included) cannot be picked.
 */
export function DayField({
  label,
  value,
  from,
  to,
  fault,
  hint,
  isDisabled = false,
  onChange,
}: {
  label: string;
  value: string | null;
  from?: string | null | undefined;
  to?: string | null | undefined;
  fault?: string | undefined;
  hint?: ReactNode;
  isDisabled?: boolean;
  onChange: (day: string | null) => void;
}) {
  return (
    <FormField label={label} fault={fault} hint={hint}>
      {(id) => (
        <DatePicker
          id={id}
          format="YYYY-MM-DD"
          disabled={isDisabled}
          // Enter takes the day that was typed; it must not send the form before the rest of it is there.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          value={value ? dayjs(value) : null}
          {...(from && { minDate: dayjs(from) })}
          {...(to && { maxDate: dayjs(to) })}
          {...(fault && { status: 'error' as const })}
          onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
        />
      )}
    </FormField>
  );
}
