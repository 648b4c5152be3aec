import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

/** A label over its control, and under it what is wrong with it; without a fault, the hint. */
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
