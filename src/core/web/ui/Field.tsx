import { type ReactNode, useId } from 'react';

/** A label tied to its control: `<Field label={t.reason}>{(id) => <Input id={id} … />}</Field>`. `hint` stands below it. */
export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint}
    </div>
  );
}
