import { Input, Select } from 'antd';
import { useState } from 'react';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { type ContractFields, type ContractPage, methods, natures } from '../shapes.ts';
import { emptyMoney, MoneyInput, moneyOf, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

const dayFields = ['tenderedOn', 'awardedOn', 'signedOn', 'startsOn', 'endsOn', 'closedOn'] as const;
const textFields = ['title', 'code', 'supplierName', 'supplierCode', 'document'] as const;

type Texts = Record<(typeof dayFields)[number] | (typeof textFields)[number] | 'tenderers', string>;

/** A new contract, or what is known of one completed or corrected (then with a reason). */
export function ContractForm({
  projectId,
  contract,
  onClose,
}: {
  projectId: string;
  contract?: ContractPage;
  onClose: () => void;
}) {
  const t = useText(text);
  const c = t.contracts;
  const [texts, setTexts] = useState<Texts>(
    () =>
      Object.fromEntries(
        [...dayFields, ...textFields, 'tenderers' as const].map((key) => [key, String(contract?.[key] ?? '')]),
      ) as Texts,
  );
  const [nature, setNature] = useState<ContractFields['nature']>(contract?.nature ?? 'construction');
  const [method, setMethod] = useState<ContractFields['method']>(contract?.method ?? null);
  const [estimate, setEstimate] = useState(contract ? moneyOf(contract.estimateYuan) : emptyMoney);
  const [value, setValue] = useState(contract ? moneyOf(contract.valueYuan) : emptyMoney);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand(
    (api, fields: ContractFields) =>
      contract
        ? api.changeContract({ id: contract.id, version: contract.version, contract: fields, reason: reason.trim() })
        : api.addContract({ id: projectId, contract: fields }),
    onClose,
  );
  const set = (key: keyof Texts) => (event: { target: { value: string } }) =>
    setTexts({ ...texts, [key]: event.target.value });
  const isEmptyOrRead = (entry: typeof value) => ['empty', null].includes(readMoney(entry).fault);
  const missing = { title: texts.title.trim() === '', reason: contract !== undefined && reason.trim().length < 2 };
  const fault = (field: string) =>
    isShown && missing[field as 'title'] ? t.entry.missing : fieldSentence(save.error, field);
  const said = (key: keyof Texts) => texts[key].trim() || null;
  const send = () => {
    setShown(true);
    if (missing.title || missing.reason || !isEmptyOrRead(value) || !isEmptyOrRead(estimate)) return;
    save.mutate({
      title: texts.title.trim(),
      code: said('code'),
      nature,
      method,
      tenderedOn: said('tenderedOn'),
      tenderers: said('tenderers') === null ? null : Number.parseInt(texts.tenderers, 10) || 0,
      estimateYuan: readMoney(estimate).yuan,
      awardedOn: said('awardedOn'),
      supplierName: said('supplierName'),
      supplierCode: said('supplierCode'),
      signedOn: said('signedOn'),
      valueYuan: readMoney(value).yuan,
      startsOn: said('startsOn'),
      endsOn: said('endsOn'),
      closedOn: said('closedOn'),
      document: said('document'),
    });
  };
  const plain = (key: keyof Texts, label: string) => (
    <FormField label={label} fault={fault(key)}>
      {(id) => <Input id={id} value={texts[key]} maxLength={200} onChange={set(key)} />}
    </FormField>
  );
  const day = (key: (typeof dayFields)[number]) => (
    <DayField
      label={c.form[key]}
      value={texts[key]}
      fault={fault(key)}
      onChange={(value) => setTexts({ ...texts, [key]: value ?? '' })}
    />
  );
  return (
    <FormDrawer
      title={contract ? c.edit : c.add}
      error={save.error}
      fields={[...dayFields, ...textFields, 'valueYuan', 'reason']}
      isPending={save.isPending}
      onSave={send}
      onClose={onClose}
    >
      {plain('title', c.form.title)}
      <div className="form-pair">
        <FormField label={c.facts.nature}>
          {(id) => (
            <Select
              id={id}
              value={nature}
              options={natures.map((key) => ({ value: key, label: c.natures[key] }))}
              onChange={setNature}
            />
          )}
        </FormField>
        {plain('code', c.facts.code)}
      </div>
      <div className="form-pair">
        <FormField label={c.facts.method}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={method}
              options={methods.map((key) => ({ value: key, label: c.methods[key] }))}
              onChange={(key?: ContractFields['method']) => setMethod(key ?? null)}
            />
          )}
        </FormField>
        {day('tenderedOn')}
      </div>
      <div className="form-pair">
        <FormField label={c.facts.estimate}>
          {(id) => <MoneyInput id={id} value={estimate} onChange={setEstimate} fault={fault('estimateYuan')} />}
        </FormField>
        <FormField label={c.facts.tenderers}>
          {(id) => (
            <Input id={id} inputMode="numeric" value={texts.tenderers} maxLength={4} onChange={set('tenderers')} />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        {plain('supplierName', c.facts.supplier)}
        {plain('supplierCode', c.facts.supplierCode)}
      </div>
      <div className="form-pair">
        {day('awardedOn')}
        {day('signedOn')}
      </div>
      <FormField label={c.facts.value}>
        {(id) => <MoneyInput id={id} value={value} onChange={setValue} fault={fault('valueYuan')} />}
      </FormField>
      <div className="form-pair">
        {day('startsOn')}
        {day('endsOn')}
      </div>
      <div className="form-pair">
        {plain('document', c.facts.document)}
        {contract && day('closedOn')}
      </div>
      {contract && (
        <FormField label={c.form.reason} fault={fault('reason')}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}
        </FormField>
      )}
    </FormDrawer>
  );
}
