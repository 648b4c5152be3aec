import { Button, DatePicker, Drawer } from 'antd';
import dayjs from 'dayjs';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import * as text from './text.ts';
import './lifecycle.css';

/** The path behind the form stays legible: what is entered is compared with what stands there. */
export const mask = { background: 'rgb(22 32 44 / 12%)' };

/** A form at the right edge. `fields` are those that say themselves what the server refused; all else stands above the buttons. */
export function FormDrawer({
  title,
  error,
  fields,
  isPending,
  saveWords,
  isDanger = false,
  onSave,
  onClose,
  above,
  children,
  below,
}: {
  title: string;
  error: Error | null;
  fields: readonly string[];
  isPending: boolean;
  saveWords?: string;
  isDanger?: boolean;
  onSave?: () => void;
  onClose: () => void;
  above?: ReactNode;
  children?: ReactNode;
  below?: ReactNode;
}) {
  const t = useText(text);
  const id = useId();
  const isAtField = fields.some((field) => fieldSentence(error, field) !== undefined);
  return (
    <Drawer
      open
      title={title}
      size={520}
      onClose={onClose}
      styles={{ mask }}
      footer={
        <div className="life-foot">
          <Button onClick={onClose}>{onSave ? t.cancel : t.close}</Button>
          {onSave && (
            <Button type="primary" danger={isDanger} htmlType="submit" form={id} loading={isPending}>
              {saveWords ?? t.save}
            </Button>
          )}
        </div>
      }
    >
      {above}
      {children && (
        <form
          id={id}
          className="life-form"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            onSave?.();
          }}
        >
          {children}
          {error && !isAtField && <ProblemView compact error={error} />}
        </form>
      )}
      {below}
    </Drawer>
  );
}

/** A label over its control, and under it what is wrong with it. */
export function FormField({
  label,
  fault,
  hint,
  children,
}: {
  label: string;
  fault?: string | undefined;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}) {
  return (
    <Field
      label={label}
      hint={
        fault ? (
          <span className="field-error" role="alert">
            {fault}
          </span>
        ) : (
          hint && <span className="field-hint">{hint}</span>
        )
      }
    >
      {children}
    </Field>
  );
}

/** A day as the product writes it; days outside the bounds cannot be picked. */
export function DayField({
  label,
  value,
  from,
  to,
  fault,
  hint,
  onChange,
}: {
  label: string;
  value: string | null;
  from?: string | null | undefined;
  to?: string | null | undefined;
  fault?: string | undefined;
  hint?: ReactNode;
  onChange: (day: string | null) => void;
}) {
  return (
    <FormField label={label} fault={fault} hint={hint}>
      {(id) => (
        <DatePicker
          id={id}
          format="YYYY-MM-DD"
          // Enter takes the day that was typed; it must not pass the gate before its papers are there.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          value={value ? dayjs(value) : null}
          {...(from && { minDate: dayjs(from) })}
          {...(to && { maxDate: dayjs(to) })}
          onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
        />
      )}
    </FormField>
  );
}
