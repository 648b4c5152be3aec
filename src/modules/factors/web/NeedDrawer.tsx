import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { organization } from '#modules/organization/contract.ts';
import { parseAmount } from '../amount.ts';
import { type CategoryCode, categories, categoryOf } from '../categories.ts';
import { measures, stepsOfClearance } from '../clearance.ts';
import { type Evidence, factors, type Need } from '../contract.ts';
import { AmountInput } from './AmountInput.tsx';
import { keys } from './keys.ts';
import { amountOf, figureOf } from './show.ts';
import * as text from './text.ts';

const count = { decimals: 0 as const, unit: { zh: '户', en: 'households' } };
type Figures = Record<string, string>;
const figuresOf = (need: Need | undefined): Figures =>
  Object.fromEntries(
    measures.flatMap((m) => stepsOfClearance.map((s) => [`${m}.${s}`, String(need?.clearance?.[m][s] ?? '')])),
  );

/** One need with everything about it. Without `need` the category is chosen first, among those not entered yet. */
export function NeedDrawer({
  projectId,
  need,
  taken,
  onClose,
}: {
  projectId: string;
  need?: Need | undefined;
  taken: readonly CategoryCode[];
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const units = useClient(organization);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const open = categories.filter(({ code }) => !taken.includes(code));
  const [code, setCode] = useState<CategoryCode>(need?.category ?? open[0]?.code ?? 'land');
  const category = categoryOf(code);
  const [demand, setDemand] = useState(need ? figureOf(code, need.demand) : '');
  const [supplied, setSupplied] = useState(need ? figureOf(code, need.supplied) : '0');
  const [figures, setFigures] = useState(() => figuresOf(need));
  const [unitId, setUnitId] = useState(need?.unit?.id ?? null);
  const [person, setPerson] = useState(need?.personName ?? '');
  const [promisedOn, setPromisedOn] = useState(need?.promisedOn ?? null);
  const [evidence, setEvidence] = useState(need?.evidence ?? '');
  const [files, setFiles] = useState<Evidence[]>(need?.files ?? []);
  const [note, setNote] = useState(need?.note ?? '');
  const [isCorrection, setCorrection] = useState(false);
  const [reason, setReason] = useState('');
  const isClearance = code === 'clearance';
  const number = (key: string) => parseAmount(figures[key] || '0', 0);
  const progress = (m: 'households' | 'area') => ({
    planned: number(`${m}.planned`) ?? 0,
    signed: number(`${m}.signed`) ?? 0,
    vacated: number(`${m}.vacated`) ?? 0,
  });
  const amounts = {
    demand: parseAmount(demand, category.decimals),
    supplied: parseAmount(supplied, category.decimals),
  };
  const isReady = isClearance
    ? Object.keys(figures).every((key) => number(key) !== null)
    : amounts.demand !== null && amounts.supplied !== null;
  const save = useMutation({
    mutationFn: () =>
      api.setNeed({
        projectId,
        category: code,
        version: need?.version ?? 0,
        ...(isClearance
          ? { clearance: { households: progress('households'), area: progress('area') }, isCorrection }
          : { demand: amounts.demand!, supplied: amounts.supplied! }),
        unitId,
        personName: person.trim() || null,
        promisedOn,
        evidence: evidence.trim() || null,
        files,
        note: note.trim() || null,
        ...(reason.trim() && { reason: reason.trim() }),
      }),
    onSuccess: (saved) => {
      cache.setQueryData(keys.project(projectId), saved);
      void cache.invalidateQueries({ queryKey: keys.all });
      void message.success(t.saved);
      onClose();
    },
  });
  const refused = (field: string) => fieldSentence(save.error, field);
  return (
    <FormDrawer
      title={need ? t.editTitle(words(category.name)) : t.newTitle}
      error={save.error}
      fields={[
        'demand',
        'supplied',
        'evidence',
        'reason',
        'unitId',
        ...Object.keys(figures).map((f) => `clearance.${f}`),
      ]}
      isPending={save.isPending}
      isReady={isReady}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {!need && (
        <FormField label={t.category} hint={words(category.meaning)}>
          {(id) => (
            <Select
              id={id}
              value={code}
              options={open.map((c) => ({ value: c.code, label: words(c.name) }))}
              onChange={setCode}
            />
          )}
        </FormField>
      )}
      {isClearance ? (
        <>
          {measures.map((m) => (
            <fieldset key={m} className="factor-three">
              <legend>{t[m]}</legend>
              {stepsOfClearance.map((s) => (
                <AmountInput
                  key={s}
                  label={t[s]}
                  category={count}
                  suffix=""
                  value={figures[`${m}.${s}`] ?? ''}
                  refused={refused(`clearance.${m}.${s}`)}
                  onChange={(value) => setFigures((now) => ({ ...now, [`${m}.${s}`]: value }))}
                />
              ))}
            </fieldset>
          ))}
          <p className="field-hint">{t.monotone}</p>
          {need && (
            <Checkbox checked={isCorrection} onChange={(event) => setCorrection(event.target.checked)}>
              {t.isCorrection}
            </Checkbox>
          )}
        </>
      ) : (
        <div className="form-pair">
          <AmountInput
            label={t.demand}
            category={category}
            value={demand}
            refused={refused('demand')}
            onChange={setDemand}
          />
          <AmountInput
            label={t.supplied}
            category={category}
            value={supplied}
            refused={refused('supplied')}
            hint={need && need.allotted > 0 ? t.allotted(amountOf(code, need.allotted, words)) : undefined}
            onChange={setSupplied}
          />
        </div>
      )}
      <FormField label={t.unit} fault={refused('unitId')}>
        {(id) => (
          <SearchPick
            id={id}
            value={unitId}
            name={need?.unit?.name}
            placeholder={t.pickUnit}
            queryKey={['organization', 'search', '']}
            find={(words, signal) => units.searchUnits({ text: words }, { signal })}
            onChange={setUnitId}
          />
        )}
      </FormField>
      <div className="form-pair">
        <FormField label={t.person}>
          {(id) => <Input id={id} value={person} maxLength={60} onChange={(event) => setPerson(event.target.value)} />}
        </FormField>
        <DayField
          label={t.promisedOn}
          value={promisedOn}
          hint={need?.promisedOriginal ? t.original(need.promisedOriginal) : undefined}
          onChange={setPromisedOn}
        />
      </div>
      <FormField label={t.evidence} fault={refused('evidence')} hint={t.evidenceHint}>
        {(id) => (
          <Input id={id} value={evidence} maxLength={300} onChange={(event) => setEvidence(event.target.value)} />
        )}
      </FormField>
      <div className="field">
        <span>{t.files}</span>
        {files.map((file) => (
          <span key={file.fileId} className="factor-file">
            {file.name}
            <Button
              size="small"
              type="text"
              onClick={() => setFiles((now) => now.filter((other) => other.fileId !== file.fileId))}
            >
              {t.removeFile}
            </Button>
          </span>
        ))}
        <FileDrop
          onFile={({ id, name }) =>
            setFiles((now) => (now.some((f) => f.fileId === id) ? now : [...now, { fileId: id, name }]))
          }
        />
      </div>
      <FormField label={t.note}>
        {(id) => <TextBox id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
      </FormField>
      {need && (
        <FormField label={t.reason} fault={refused('reason')} hint={t.reasonHint}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}
        </FormField>
      )}
    </FormDrawer>
  );
}
