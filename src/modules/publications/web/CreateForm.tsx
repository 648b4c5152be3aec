import { useMutation } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { publications } from '../contract.ts';
import type { TemplateCode } from '../template.ts';
import * as text from './text.ts';

interface Page {
  periods: { period: string; version: number }[];
  templates: { code: TemplateCode; name: { zh: string; en: string } }[];
}

/** Which kind of bulletin, of which sealed month. */
export function CreateForm({ page, onClose }: { page: Page; onClose: () => void }) {
  const t = useText(text).create;
  const words = useWords();
  const api = useClient(publications);
  const navigate = useNavigate();
  const [template, setTemplate] = useState<TemplateCode>('month');
  const [period, setPeriod] = useState(page.periods[0]?.period);
  const [keepsText, setKeepsText] = useState(true);
  const create = useMutation({
    mutationFn: () => api.create({ template, period: period!, keepsText }),
    onSuccess: ({ id }) => void navigate(`/publications/${id}`),
  });
  return (
    <FormDrawer
      title={t.title}
      error={create.error}
      fields={[]}
      isPending={create.isPending}
      isReady={period !== undefined}
      onSave={() => create.mutate()}
      onClose={onClose}
    >
      <FormField label={t.template}>
        {(id) => (
          <Select
            id={id}
            value={template}
            onChange={setTemplate}
            options={page.templates.map(({ code, name }) => ({ value: code, label: words(name) }))}
          />
        )}
      </FormField>
      <FormField label={t.period} {...(page.periods.length === 0 && { hint: t.noPeriods })}>
        {(id) => (
          <Select
            id={id}
            value={period}
            onChange={setPeriod}
            options={page.periods.map((one) => ({ value: one.period, label: t.periodOption(one.period, one.version) }))}
          />
        )}
      </FormField>
      <Checkbox checked={keepsText} onChange={({ target }) => setKeepsText(target.checked)}>
        {t.keepsText}
      </Checkbox>
    </FormDrawer>
  );
}
