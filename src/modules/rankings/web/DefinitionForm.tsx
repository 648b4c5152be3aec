import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Words } from '#core/shared/words.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import * as text from './form-text.ts';
import { History } from './History.tsx';

/** A code that none of the parts has yet: `group2`. People never see it, they see the name or the number of the part. */
export function freeCode(parts: readonly { code: string }[], stem: string): string {
  const codes = parts.map(({ code }) => code);
  let n = codes.length + 1;
  while (codes.includes(`${stem}${n}`)) n += 1;
  return `${stem}${n}`;
}

/** With the part at that place changed, or left out. */
export const changedAt = <T,>(parts: readonly T[], at: number, change: Partial<T>): T[] =>
  parts.map((part, i) => (i === at ? { ...part, ...change } : part));
export const withoutAt = <T,>(parts: readonly T[], at: number): T[] => parts.filter((_, i) => i !== at);

/** What a ranking and a board have in common as data: names, a code, and that saving makes a new version with a reason. */
export function DefinitionForm<D extends { code: string; name: Words }>({
  kind,
  title,
  before,
  draft,
  isWhole,
  taken,
  canDefine,
  fields,
  above,
  children,
  save,
  onChange,
  onClose,
}: {
  kind: 'ranking' | 'board';
  /** Of the form of a new one. */
  title: string;
  before: { definition: D; version: number } | null;
  draft: D;
  isWhole: boolean;
  /** Codes that others of the kind have. */
  taken: readonly { definition: { code: string } }[];
  canDefine: boolean;
  /** Of the definition, those that show a refusal themselves. */
  fields: readonly string[];
  above?: ReactNode;
  children: (fault: (field: string) => string | undefined) => ReactNode;
  save: (version: number, reason: string) => Promise<{ version: number }>;
  onChange: (change: { code?: string; name?: Words }) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const saving = useMutation({
    mutationFn: () => save(before?.version ?? 0, reason),
    onSuccess: async ({ version }) => {
      message.success(t.saved(version));
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  const isTaken = before === null && taken.some(({ definition }) => definition.code === draft.code);
  return (
    <FormDrawer
      title={before ? words(before.definition.name) || before.definition.name.zh : title}
      size={720}
      error={saving.error}
      fields={fields.map((field) => `definition.${field}`)}
      isReady={isWhole && !isTaken && reason.trim().length >= 2}
      isPending={saving.isPending}
      {...(canDefine && { onSave: () => saving.mutate() })}
      onClose={onClose}
      below={
        before && (
          <History
            kind={kind}
            code={before.definition.code}
            canWithdraw={canDefine && before.version > 0}
            onClose={onClose}
          />
        )
      }
    >
      {above}
      <NamePair label={t.nameZh} name={draft.name} onChange={(name) => onChange({ name })} />
      {before === null && (
        <FormField label={t.code} hint={t.codeHint}>
          {(id) => (
            <Input id={id} value={draft.code} maxLength={40} onChange={(e) => onChange({ code: e.target.value })} />
          )}
        </FormField>
      )}
      {children((field) => fieldSentence(saving.error, `definition.${field}`))}
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

/** A name in Chinese and, where somebody reads English, in English. */
export function NamePair({ label, name, onChange }: { label: string; name: Words; onChange: (name: Words) => void }) {
  const t = useText(text);
  return (
    <div className="form-pair">
      <FormField label={label}>
        {(id) => (
          <Input id={id} value={name.zh} maxLength={60} onChange={(e) => onChange({ ...name, zh: e.target.value })} />
        )}
      </FormField>
      <FormField label={t.nameEn}>
        {(id) => (
          <Input id={id} value={name.en} maxLength={100} onChange={(e) => onChange({ ...name, en: e.target.value })} />
        )}
      </FormField>
    </div>
  );
}

/** One of several alike within a definition: a group, a number of places, a consequence. */
export function DefinitionPart({
  kind,
  name,
  number,
  remove,
  onRemove,
  children,
}: {
  kind: string;
  name: Words;
  /** From 1: stands for the name as long as there is none. */
  number: number;
  remove: (title: string) => string;
  /** Absent: the last of its kind stays. */
  onRemove?: () => void;
  children: ReactNode;
}) {
  const words = useWords();
  const title = words(name) || name.zh || `${number}`;
  return (
    <fieldset className="definition-part">
      <legend>
        {kind} {title}
      </legend>
      {children}
      {onRemove && (
        <Button size="small" onClick={onRemove}>
          {remove(title)}
        </Button>
      )}
    </fieldset>
  );
}
