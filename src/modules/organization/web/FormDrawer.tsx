import type { UseMutationResult } from '@tanstack/react-query';
import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { ProblemError } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import * as uiText from '#core/web/ui/text.ts';
import { useDraft } from '#core/web/ui/use-draft.ts';
import * as text from './text.ts';

/**
 * A form at the right edge. A refusal that names a field stands at that field, any other below the form. Ctrl+Enter
 * saves, Esc closes. With a `draftKey` what is typed survives a closed tab; without one (personal data) it does not.
 */
export function FormDrawer<V extends object, O>({
  title,
  help,
  form,
  initial,
  command,
  onSaved,
  onClose,
  draftKey,
  danger = false,
  children,
}: {
  title: string;
  help?: string;
  form: FormInstance<V>;
  initial: Partial<V>;
  command: UseMutationResult<O, Error, V>;
  onSaved?: (saved: O) => void;
  onClose: () => void;
  draftKey?: string;
  danger?: boolean;
  children: ReactNode;
}) {
  const t = useText(text);
  const ui = useText(uiText);
  const draft = useDraft<Partial<V>>(`organization.${draftKey ?? 'none'}`, initial);
  const { error, isPending } = command;
  const field = fieldOf(error, form);
  useEffect(() => {
    if (!field || !error) return;
    form.setFields([{ name: field as never, errors: [error.message] }]);
    form.scrollToField(field as never, { focus: true });
  }, [field, error, form]);
  const save = (values: V) =>
    command.mutate(values, {
      onSuccess: (saved) => {
        draft.clear();
        onClose();
        onSaved?.(saved);
      },
    });
  const discard = () => {
    draft.clear();
    form.setFieldsValue(initial as never);
  };
  return (
    <Drawer
      open
      title={title}
      size={460}
      onClose={onClose}
      styles={{ mask: drawerMask }}
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
        initialValues={draftKey ? draft.value : initial}
        onFinish={save}
        onValuesChange={(_, values) => draftKey && draft.set(values)}
        scrollToFirstError={{ focus: true }}
        requiredMark={false}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit();
        }}
      >
        {help && <p className="soft form-help">{help}</p>}
        {draftKey && draft.restoredAt && (
          <p className="form-help" role="status">
            {ui.draft.restored(moment(draft.restoredAt))}{' '}
            <Button size="small" onClick={discard}>
              {ui.draft.discard}
            </Button>
          </p>
        )}
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
