import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';

type Picker = Parameters<typeof DatePicker>[0];

/** A day as the product writes it, YYYY-MM-DD, both typed and picked; null when emptied. Stands alone with its label, or in a form. */
export function DayInput({
  label,
  value,
  onChange,
  id,
  ...rest
}: {
  label?: string;
  value?: string | null | undefined;
  onChange?: (day: string | null) => void;
  id?: string;
} & Pick<Picker, 'disabled' | 'placeholder' | 'allowClear' | 'status'>) {
  const ownId = useId();
  const picker = (
    <DatePicker
      id={id ?? ownId}
      format="YYYY-MM-DD"
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      {...rest}
    />
  );
  if (!label) return picker;
  return (
    <label className="day-input" htmlFor={id ?? ownId}>
      <span>{label}</span>
      {picker}
    </label>
  );
}
