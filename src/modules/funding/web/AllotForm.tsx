import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { yiWithUnit } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { funding } from '../contract.ts';
import type { BondShown } from '../shapes.ts';
import { emptyMoney, MoneyInput, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** Gives a project its part of an issue, or changes that part with a reason. */
export function AllotForm({ bond, today, onClose }: { bond: BondShown; today: string; onClose: () => void }) {
  const t = useText(text);
  const f = t.bonds.form;
  const language = useLanguage();
  const api = useClient(funding);
  const [search, setSearch] = useState('');
  const [projectId, setProjectId] = useState<string | null>(null);
  const [amount, setAmount] = useState(emptyMoney);
  const [texts, setTexts] = useState({ allottedOn: today, document: '', reason: '' });
  const [isShown, setShown] = useState(false);
  const found = useQuery({
    queryKey: ['funding', 'list', 'choose', search],
    queryFn: ({ signal }) => api.list({ ...(search && { q: search }), limit: 20 }, { signal }),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const options = [
    ...bond.allotments.map((a) => ({ value: a.projectId, label: a.projectName })),
    ...(found.data?.rows ?? [])
      .filter((row) => !bond.allotments.some((a) => a.projectId === row.id))
      .map((row) => ({ value: row.id, label: row.name })),
  ];
  const save = useCommand((client, sent: Parameters<typeof client.allot>[0]) => client.allot(sent), onClose);
  const read = readMoney(amount);
  const fault = (field: string, isMissing = false) =>
    isShown && isMissing ? t.entry.missing : fieldSentence(save.error, field);
  return (
    <FormDrawer
      title={t.bonds.allot}
      help={`${bond.name}${language === 'zh' ? '，' : ', '}${t.bonds.unallotted(yiWithUnit(bond.yuan - bond.allottedYuan, language))}`}
      error={save.error}
      fields={['yuan', 'allottedOn', 'document', 'reason']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (projectId === null || read.yuan === null || texts.document.trim() === '') return;
        save.mutate({
          id: bond.id,
          projectId,
          yuan: read.yuan,
          allottedOn: texts.allottedOn,
          document: texts.document.trim(),
          ...(texts.reason.trim() && { reason: texts.reason.trim() }),
        });
      }}
    >
      <FormField label={f.project} fault={fault('projectId', projectId === null)}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ filterOption: false, onSearch: setSearch }}
            placeholder={f.chooseProject}
            value={projectId}
            options={options}
            loading={found.isFetching}
            onChange={setProjectId}
          />
        )}
      </FormField>
      <FormField label={f.allotted}>
        {(id) => (
          <MoneyInput
            id={id}
            value={amount}
            onChange={setAmount}
            fault={isShown && read.fault === 'empty' ? t.entry.missing : fault('yuan')}
          />
        )}
      </FormField>
      {(['allottedOn', 'document', 'reason'] as const).map((key) => (
        <FormField
          key={key}
          label={key === 'reason' ? f.allotReason : f[key]}
          fault={fault(key, key === 'document' && texts.document.trim() === '')}
        >
          {(id) => (
            <Input
              id={id}
              type={key === 'allottedOn' ? 'date' : 'text'}
              value={texts[key]}
              maxLength={300}
              onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
            />
          )}
        </FormField>
      ))}
    </FormDrawer>
  );
}
