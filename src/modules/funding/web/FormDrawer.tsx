import { Button, Drawer } from 'antd';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import * as text from './text.ts';
import './funding.css';

/** The figures behind the form stay legible: what is entered is compared with what stands there. */
export const mask = { background: 'rgb(22 32 44 / 12%)' };

/** A form at the right edge. `fields` are those that say themselves what the server refused; all else stands above the buttons. */
export function FormDrawer({
  title,
  help,
  error,
  fields,
  isPending,
  onSave,
  onClose,
  children,
  below,
}: {
  title: string;
  help?: ReactNode;
  error: Error | null;
  fields: readonly string[];
  isPending: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
  /** After the form: what is there already. */
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
        <div className="funding-foot">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={isPending}>
            {t.save}
          </Button>
        </div>
      }
    >
      <form
        id={id}
        className="funding-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSave();
        }}
      >
        {help && <p className="soft">{help}</p>}
        {children}
        {error && !isAtField && <ProblemView compact error={error} />}
      </form>
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
