import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { entryKinds, type NewEntry, type ProjectFunding } from '../shapes.ts';
import { bondSource, labelIn } from '../sources.ts';
import { emptyMoney, MoneyInput, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import { monthsUpTo } from './show.ts';
import * as text from './text.ts';

/** One plan, arrival or payment with what proves it. What does not fit is asked to be explained before it is written. */
export function EntryDrawer({ money, today, onClose }: { money: ProjectFunding; today: string; onClose: () => void }) {
  const t = useText(text);
  const e = t.entry;
  const language = useLanguage();
  const months = monthsUpTo(money.year, today);
  const all = Array.from({ length: 12 }, (_, i) => `${money.year}-${String(i + 1).padStart(2, '0')}`);
  const [kind, setKind] = useState<NewEntry['kind']>('arrived');
  const [period, setPeriod] = useState(months[0] ?? all[0]!);
  const [source, setSource] = useState<string | null>(money.rows.length === 1 ? money.rows[0]!.source : null);
  const [amount, setAmount] = useState(emptyMoney);
  const [onDay, setOnDay] = useState(money.year === Number(today.slice(0, 4)) ? today : `${period}-01`);
  const [document, setDocument] = useState('');
  const [file, setFile] = useState<UploadedFile | null>(null);
  const [contractId, setContractId] = useState<string | null>(null);
  const [bondId, setBondId] = useState<string | null>(null);
  const [explanation, setExplanation] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, sent: Parameters<typeof api.enter>[0]) => api.enter(sent), onClose);
  const isMonthly = kind !== 'plan';
  const hasSource = kind !== 'toPay';
  const hasBond = kind === 'paid' && source === bondSource && money.bonds.length > 1;
  const read = readMoney(amount);
  const missing = {
    source: hasSource && source === null,
    amount: read.yuan === null,
    document: document.trim() === '',
    bondId: hasBond && bondId === null,
  };
  const fault = (field: string, isMissing = false) =>
    isShown && isMissing ? e.missing : fieldSentence(save.error, field);
  const asked = fault('explanation');
  const choosable = kind === 'arrived' || kind === 'paid' ? months : all;
  const send = () => {
    setShown(true);
    if (Object.values(missing).some(Boolean)) return;
    save.mutate({
      id: money.projectId,
      entries: [
        {
          kind,
          year: money.year,
          period: isMonthly ? period : null,
          source: hasSource ? source : null,
          yuan: read.yuan!,
          onDay,
          document: document.trim(),
          fileId: file?.id ?? null,
          contractId: kind === 'paid' ? contractId : null,
          bondId: hasBond ? bondId : null,
        },
      ],
      ...(explanation.trim() && { explanation: explanation.trim() }),
    });
  };
  return (
    <FormDrawer
      title={`${e.title} · ${money.year}`}
      error={save.error}
      fields={['source', 'onDay', 'period', 'bondId', 'contractId', 'explanation', 'yuan']}
      isPending={save.isPending}
      onSave={send}
      onClose={onClose}
    >
      <FormField label={e.kind}>
        {() => (
          <Radio.Group
            value={kind}
            optionType="button"
            options={entryKinds.map((value) => ({ value, label: t.kinds[value] }))}
            onChange={(event) => setKind(event.target.value)}
          />
        )}
      </FormField>
      <div className="form-pair">
        {isMonthly && (
          <FormField label={e.month} fault={fault('period')}>
            {(id) => (
              <Select
                id={id}
                value={period}
                options={choosable.map((value) => ({ value, label: value }))}
                onChange={(value) => {
                  setPeriod(value);
                  if (onDay.slice(0, 7) !== value) setOnDay(value === today.slice(0, 7) ? today : `${value}-01`);
                }}
              />
            )}
          </FormField>
        )}
        {hasSource && (
          <FormField label={e.source} fault={fault('source', missing.source)}>
            {(id) => (
              <Select
                id={id}
                value={source}
                placeholder={e.chooseSource}
                options={money.sources
                  .filter((s) => !s.retired)
                  .map((s) => ({ value: s.code, label: labelIn(s.code, s.label, language) }))}
                onChange={setSource}
              />
            )}
          </FormField>
        )}
      </div>
      <FormField label={e.amount}>
        {(id) => (
          <MoneyInput
            id={id}
            value={amount}
            onChange={setAmount}
            fault={isShown && read.fault === 'empty' ? e.missing : fault('yuan')}
          />
        )}
      </FormField>
      <div className="form-pair">
        <DayField
          label={e.day[kind]}
          value={onDay}
          to={kind === 'arrived' || kind === 'paid' ? today : null}
          fault={fault('onDay')}
          onChange={(day) => {
            setOnDay(day ?? '');
            const month = day?.slice(0, 7);
            if (month && choosable.includes(month)) setPeriod(month);
          }}
        />
        <FormField label={e.document[kind]} fault={fault('document', missing.document)} hint={e.documentHint}>
          {(id) => (
            <Input id={id} value={document} maxLength={300} onChange={(event) => setDocument(event.target.value)} />
          )}
        </FormField>
      </div>
      {kind === 'paid' && money.contracts.length > 0 && (
        <FormField label={e.contract} fault={fault('contractId')}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={contractId}
              placeholder={e.noContract}
              options={money.contracts
                .filter((c) => c.signedOn !== null)
                .map((c) => ({ value: c.id, label: [c.title, c.supplierName].filter(Boolean).join(' · ') }))}
              onChange={(value?: string) => setContractId(value ?? null)}
            />
          )}
        </FormField>
      )}
      {hasBond && (
        <FormField label={e.bond} fault={fault('bondId', missing.bondId)}>
          {(id) => (
            <Select
              id={id}
              value={bondId}
              options={money.bonds.map((b) => ({ value: b.bondId, label: b.name }))}
              onChange={setBondId}
            />
          )}
        </FormField>
      )}
      {asked && (
        <FormField label={e.explanation} fault={asked}>
          {(id) => (
            <TextBox
              id={id}
              value={explanation}
              maxLength={500}
              placeholder={t.finding.placeholder}
              onChange={(event) => setExplanation(event.target.value)}
            />
          )}
        </FormField>
      )}
      <FormField label={e.evidence}>
        {() =>
          file ? (
            <p>
              {file.name}{' '}
              <button type="button" className="link" onClick={() => setFile(null)}>
                {t.sources.remove}
              </button>
            </p>
          ) : (
            <FileDrop onFile={setFile} hint={e.evidenceHint} maxBytes={20_000_000} />
          )
        }
      </FormField>
    </FormDrawer>
  );
}
