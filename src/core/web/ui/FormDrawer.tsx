import { Button, Drawer } from 'antd';
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react';
import { useText } from '../text.ts';
import { fieldSentence, ProblemView } from './Problem.tsx';
import * as text from './text.ts';

/** What stands behind a drawer stays legible: what is entered is compared with it. For drawers that are no form, too. */
export const drawerMask = { background: 'rgb(22 32 44 / 12%)' };

interface Sending {
  /** What the server refused, if it did. */
  error: Error | null;
  /** Names of the fields that show a refusal themselves; any other refusal stands at the end of the form. */
  fields: readonly string[];
  /** False while something is still missing: nothing is sent. */
  isReady?: boolean;
}

interface Foot {
  isPending: boolean;
  isReady?: boolean;
  isDanger?: boolean;
  saveWords?: string;
  onClose: () => void;
}

/**
 * A form at the right edge, with its buttons at the foot. Enter and Ctrl+Enter save, Esc closes. Without `onSave` (nothing
 * to be done, or not by this person) only what stands is shown, and one button closes it.
 */
export function FormDrawer({
  title,
  help,
  size = 520,
  onSave,
  above,
  children,
  below,
  ...rest
}: Sending &
  Foot & {
    title: string;
    help?: ReactNode;
    /** Width in pixels; a phone gives all it has. */
    size?: number;
    onSave?: () => void;
    above?: ReactNode;
    children?: ReactNode;
    below?: ReactNode;
  }) {
  const t = useText(text).form;
  const id = useId();
  const { error, fields, isReady, onClose } = rest;
  return (
    <Drawer
      open
      title={title}
      size={size}
      onClose={onClose}
      styles={{ mask: drawerMask }}
      footer={
        onSave ? (
          <FormFoot form={id} {...rest} />
        ) : (
          <div className="form-foot">
            <Button onClick={onClose}>{t.close}</Button>
          </div>
        )
      }
    >
      {above && <div className="form-above">{above}</div>}
      {children && (
        <FormBody id={id} error={error} fields={fields} {...(isReady !== undefined && { isReady })} onSave={onSave}>
          {help && <p className="soft">{help}</p>}
          {children}
        </FormBody>
      )}
      {below && <div className="form-below">{below}</div>}
    </Drawer>
  );
}

/** The form alone, for one that opens inside a drawer or a card; put a `FormFoot` at its end. */
export function FormBody({
  id,
  className,
  error,
  fields,
  isReady = true,
  onSave,
  children,
  foot,
}: Sending & {
  id?: string;
  className?: string;
  onSave: (() => void) | undefined;
  children: ReactNode;
  foot?: ReactNode;
}) {
  const isAtField = fields.some((field) => fieldSentence(error, field) !== undefined);
  return (
    <form
      id={id}
      className={className ? `form-body ${className}` : 'form-body'}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isReady) onSave?.();
      }}
      onKeyDown={(event: KeyboardEvent<HTMLFormElement>) => {
        // In a long text Enter begins a line, so the whole form has a second way.
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      {children}
      {error && !isAtField && <ProblemView compact error={error} />}
      {foot}
    </form>
  );
}

/** Cancel and save. `form` names the form when the buttons stand outside it. */
export function FormFoot({
  form,
  isPending,
  isReady = true,
  isDanger = false,
  saveWords,
  onClose,
}: Foot & { form?: string }) {
  const t = useText(text).form;
  return (
    <div className="form-foot">
      <Button onClick={onClose}>{t.cancel}</Button>
      <Button
        type="primary"
        danger={isDanger}
        htmlType="submit"
        {...(form && { form })}
        loading={isPending}
        disabled={!isReady}
      >
        {saveWords ?? t.save}
      </Button>
    </div>
  );
}
