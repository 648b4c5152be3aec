import type { UseMutationResult } from '@tanstack/react-query';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { ProblemError } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import * as text from './text.ts';

/**
 * A form at the right edge, so that what it is about stays in view. A refusal that names a field stands at that field,
 * any other above the buttons. Ctrl+Enter saves, Esc closes.
 */
export function FormDrawer<V extends object>({
  title,
  help,
  form,
  initial,
  command,
  onSave,
  onClose,
  onValues,
  danger = false,
  children,
}: {
  title: string;
  help?: string;
  form: FormInstance<V>;
  initial: Partial<V>;
  command: Pick<UseMutationResult<unknown, Error, never>, 'isPending' | 'error'>;
  onSave: (values: V) => void;
  onClose: () => void;
  onValues?: (values: V) => void;
  danger?: boolean;
  children: ReactNode;
}) {
  const t = useText(text);
  const { error, isPending } = command;
  const field = fieldOf(error, form);
  useEffect(() => {
    if (!field || !error) return;
    form.setFields([{ name: field as never, errors: [error.message] }]);
    form.scrollToField(field as never, { focus: true });
  }, [field, error, form]);
  return (
    <Drawer
      open
      title={title}
      size={460}
      onClose={onClose}
      footer={
        <div className="form-foot">
          <Button onClick={onClose}>{t.act.cancel}</Button>
          <Button type="primary" danger={danger} loading={isPending} onClick={() => form.submit()}>
            {t.act.save}
          </Button>
        </div>
      }
    >
      <Form<V>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={onSave}
        onValuesChange={(_, values) => onValues?.(values)}
        scrollToFirstError={{ focus: true }}
        requiredMark={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit();
        }}
      >
        {help && <p className="soft form-help">{help}</p>}
        {children}
        {error && !field && <ProblemView compact error={error} />}
      </Form>
    </Drawer>
  );
}

/** The field of the form that a refusal is about, if the form shows it. */
function fieldOf<V>(error: Error | null, form: FormInstance<V>): string | null {
  if (!(error instanceof ProblemError) || error.field === undefined) return null;
  const last = error.field.split('.').at(-1)!;
  return form.getFieldInstance(last as never) ? last : null;
}
