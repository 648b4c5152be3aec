import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { supervision } from '../contract.ts';
import { type RuleSetCode, ruleSets } from '../rule-sets.ts';
import * as text from './text.ts';

type Page = OutputOf<(typeof supervision)['endpoints']['settings']>;

const readDays = (list: string): number[] =>
  list
    .split(/[,，、\s]+/)
    .filter(Boolean)
    .map(Number)
    .filter((n) => Number.isInteger(n) && n >= 0);

/** A new version of the settings; the old ones stay, with who changed them and why. */
export function RulesForm({ page, onClose }: { page: Page; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [settings, setSettings] = useState(page.settings);
  const [plain, setPlain] = useState(page.settings.remindBefore.plain.join('、'));
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.saveSettings({
        basedOn: page.version,
        settings: { ...settings, remindBefore: { ...settings.remindBefore, plain: readDays(plain) } },
        reason,
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      void message.success(t.saved);
      onClose();
    },
  });
  const sets = ruleSets.map((set) => ({ value: set.code, label: words(set.name) }));
  const setOfTemplate = (code: string, set: RuleSetCode | undefined) => {
    const { [code]: _, ...others } = settings.ruleSetOfTemplate;
    setSettings({ ...settings, ruleSetOfTemplate: set ? { ...others, [code]: set } : others });
  };
  return (
    <FormDrawer
      title={t.tabs.rules}
      error={save.error}
      fields={['reason']}
      isReady={reason.trim().length >= 2}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.ruleSet}>
        {(id) => (
          <Select
            id={id}
            value={settings.ruleSet}
            options={sets}
            onChange={(ruleSet) => setSettings({ ...settings, ruleSet })}
          />
        )}
      </FormField>
      <fieldset className="sv-fieldset">
        <legend>{t.ruleSetOf}</legend>
        {page.templates.map((template) => (
          <FormField key={template.code} label={words(template.name)}>
            {(id) => (
              <Select
                id={id}
                allowClear
                placeholder={t.byDefault}
                value={settings.ruleSetOfTemplate[template.code] ?? null}
                options={sets}
                onChange={(set: RuleSetCode | undefined) => setOfTemplate(template.code, set)}
              />
            )}
          </FormField>
        ))}
      </fieldset>
      <FormField label={`${t.remind} ${t.remindPlain}`}>
        {(id) => <Input id={id} value={plain} onChange={(event) => setPlain(event.target.value)} />}
      </FormField>
      <fieldset className="sv-fieldset">
        <legend>{t.escalate}</legend>
        <p className="muted">{t.escalateHelp}</p>
        {(['project', 'county', 'command'] as const).map((level) => (
          <FormField key={level} label={t.levels[level]}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={200}
                precision={0}
                value={settings.escalateAfter[level]}
                onChange={(n) =>
                  setSettings({ ...settings, escalateAfter: { ...settings.escalateAfter, [level]: n ?? null } })
                }
              />
            )}
          </FormField>
        ))}
      </fieldset>
      <FormField label={t.reason} fault={fieldSentence(save.error, 'reason')}>
        {(id) => <Input id={id} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
