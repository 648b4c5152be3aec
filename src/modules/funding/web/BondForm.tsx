import { Input } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import type { BondShown } from '../shapes.ts';
import { emptyMoney, type MoneyEntry, MoneyInput, moneyOf, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** A new issue of special bonds, or what is known of one corrected with a reason. */
export function BondForm({ bond, today, onClose }: { bond?: BondShown; today: string; onClose: () => void }) {
  const t = useText(text);
  const f = t.bonds.form;
  const [amount, setAmount] = useState<MoneyEntry>(bond ? moneyOf(bond.yuan) : { ...emptyMoney, unit: '亿元' });
  const [texts, setTexts] = useState({
    name: bond?.name ?? '',
    code: bond?.code ?? '',
    issuedOn: bond?.issuedOn ?? today,
    termYears: String(bond?.termYears ?? ''),
    ratePercent: bond?.ratePercent ?? '',
    note: bond?.note ?? '',
    reason: '',
  });
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, sent: Parameters<typeof api.saveBond>[0]) => api.saveBond(sent), onClose);
  const read = readMoney(amount);
  const termYears = Number(texts.termYears);
  const missing: Record<string, boolean> = {
    name: texts.name.trim() === '',
    termYears: !Number.isInteger(termYears) || termYears < 1 || termYears > 50,
    ratePercent: !/^\d{1,2}(\.\d{1,4})?$/.test(texts.ratePercent.trim()),
    reason: bond !== undefined && texts.reason.trim().length < 2,
  };
  const fault = (field: string) => (isShown && missing[field] ? t.entry.missing : fieldSentence(save.error, field));
  const line = (key: keyof typeof texts, type: 'text' | 'date' = 'text') => (
    <FormField label={f[key]} fault={fault(key)}>
      {(id) => (
        <Input
          id={id}
          type={type}
          value={texts[key]}
          maxLength={300}
          onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
        />
      )}
    </FormField>
  );
  return (
    <FormDrawer
      title={bond ? t.bonds.edit : t.bonds.add}
      error={save.error}
      fields={['yuan', 'issuedOn', 'reason', 'name', 'termYears', 'ratePercent']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (read.yuan === null || Object.values(missing).some(Boolean)) return;
        save.mutate({
          ...(bond && { id: bond.id, version: bond.version, reason: texts.reason.trim() }),
          name: texts.name.trim(),
          code: texts.code.trim() || null,
          yuan: read.yuan,
          issuedOn: texts.issuedOn,
          termYears,
          ratePercent: texts.ratePercent.trim(),
          note: texts.note.trim() || null,
        });
      }}
    >
      {line('name')}
      <div className="form-pair">
        {line('code')}
        {line('issuedOn', 'date')}
      </div>
      <FormField label={f.amount}>
        {(id) => (
          <MoneyInput
            id={id}
            value={amount}
            onChange={setAmount}
            fault={isShown && read.fault === 'empty' ? t.entry.missing : fault('yuan')}
          />
        )}
      </FormField>
      <div className="form-pair">
        {line('termYears')}
        {line('ratePercent')}
      </div>
      {line('note')}
      {bond && line('reason')}
    </FormDrawer>
  );
}
