import { Button, Drawer } from 'antd';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import * as text from './text.ts';

/** The page behind stays legible: what is entered is compared with what stands there. */
const mask = { background: 'rgb(22 32 44 / 12%)' };

/** A form at the right edge. `fields` say themselves what was refused; any other refusal stands below the form. */
export function FactorDrawer({
  title,
  error,
  fields,
  isPending,
  isReady = true,
  onSave,
  onClose,
  children,
}: {
  title: string;
  error: Error | null;
  fields: readonly string[];
  isPending: boolean;
  isReady?: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useText(text);
  const id = useId();
  const isAtField = fields.some((field) => fieldSentence(error, field) !== undefined);
  return (
    <Drawer
      open
      title={title}
      size={480}
      onClose={onClose}
      styles={{ mask }}
      footer={
        <div className="factor-foot">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={isPending} disabled={!isReady}>
            {t.save}
          </Button>
        </div>
      }
    >
      <form
        id={id}
        className="factor-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (isReady) onSave();
        }}
      >
        {children}
        {error && !isAtField && <ProblemView compact error={error} />}
      </form>
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
