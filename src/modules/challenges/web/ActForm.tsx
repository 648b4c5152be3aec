import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { keys } from './show.ts';
import * as text from './text.ts';

/** A field of an act. What is empty and not needed is left out of what is sent. */
export interface ActField {
  name: string;
  label: string;
  kind: 'line' | 'long' | 'day' | 'decimal' | 'choice' | 'file';
  isNeeded?: boolean;
  /** Fewest characters that the server takes. */
  least?: number;
  options?: readonly { value: string; label: string }[];
  initial?: string;
  to?: string;
  hint?: string;
}
export type ActValues = Record<string, string>;

/** The form of one act on a challenge: a few fields, what they mean, and one button. */
export function ActForm({
  title,
  hint,
  fields,
  isDanger = false,
  send,
  onClose,
}: {
  title: string;
  hint?: string | undefined;
  fields: readonly ActField[];
  isDanger?: boolean;
  send: (values: ActValues) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useText(text);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [values, setValues] = useState<ActValues>(Object.fromEntries(fields.map((f) => [f.name, f.initial ?? ''])));
  const [fileName, setFileName] = useState<string | null>(null);
  const set = (name: string, value: string) => setValues((now) => ({ ...now, [name]: value }));
  const save = useMutation({
    mutationFn: () => send(Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.all });
      void message.success(t.saved);
      onClose();
    },
  });
  const isReady = fields.every((f) => !f.isNeeded || (values[f.name] ?? '').trim().length >= (f.least ?? 1));
  return (
    <FormDrawer
      title={title}
      error={save.error}
      fields={fields.map((f) => f.name)}
      isReady={isReady}
      isPending={save.isPending}
      isDanger={isDanger}
      saveWords={t.send}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {hint && <p className="muted">{hint}</p>}
      {fields.map((field) => {
        const value = values[field.name] ?? '';
        const fault = fieldSentence(save.error, field.name);
        if (field.kind === 'day')
          return (
            <DayField
              key={field.name}
              label={field.label}
              value={value || null}
              to={field.to}
              fault={fault}
              onChange={(day) => set(field.name, day ?? '')}
            />
          );
        return (
          <FormField key={field.name} label={field.label} fault={fault} hint={field.hint}>
            {(id) =>
              field.kind === 'choice' ? (
                <Select
                  id={id}
                  value={value || null}
                  options={[...(field.options ?? [])]}
                  onChange={(next: string | null) => set(field.name, next ?? '')}
                />
              ) : field.kind === 'long' ? (
                <TextBox id={id} minRows={3} value={value} onChange={(e) => set(field.name, e.target.value)} />
              ) : field.kind === 'file' ? (
                <div id={id}>
                  <FileDrop
                    hint={fileName ?? undefined}
                    onFile={(file) => {
                      set(field.name, file.id);
                      setFileName(file.name);
                    }}
                  />
                  {fileName && (
                    <Button
                      size="small"
                      onClick={() => {
                        set(field.name, '');
                        setFileName(null);
                      }}
                    >
                      {t.fields.remove}
                    </Button>
                  )}
                </div>
              ) : (
                <Input
                  id={id}
                  {...(field.kind === 'decimal' && { inputMode: 'decimal' as const })}
                  value={value}
                  onChange={(e) => set(field.name, e.target.value)}
                />
              )
            }
          </FormField>
        );
      })}
    </FormDrawer>
  );
}
