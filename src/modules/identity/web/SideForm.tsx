import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { ProblemError } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import './identity.css';
import * as text from './text.ts';

/** A form at the right edge. A refusal that names one of its fields stands at that field, any other above the buttons. */
export function SideForm<V extends object>({
  title,
  save,
  form,
  fields,
  initial,
  command,
  onSave,
  onClose,
  children,
}: {
  title: string;
  save: string;
  form: FormInstance<V>;
  fields: readonly (keyof V & string)[];
  initial?: Partial<V>;
  command: { isPending: boolean; error: Error | null };
  onSave: (values: V) => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useText(text).accounts;
  const { error, isPending } = command;
  const field = error instanceof ProblemError ? fields.find((name) => name === error.field) : undefined;
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
          <Button onClick={onClose}>{t.cancel}</Button>{' '}
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            {save}
          </Button>
        </div>
      }
    >
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={false}
        {...(initial && { initialValues: initial as never })}
        onFinish={onSave}
        scrollToFirstError={{ focus: true }}
      >
        {children}
        {error && !field && <ProblemView compact error={error} />}
      </Form>
    </Drawer>
  );
}
