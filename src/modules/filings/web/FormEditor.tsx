import { useMutation } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import type { FormPage, FormVersion } from '../cycle-contract.ts';
import { fieldsFor, moneyFields } from '../form.ts';
import { levels } from '../levels.ts';
import { specialFrom, specialText } from '../special-periods.ts';
import * as text from './cycle-text.ts';
import * as common from './text.ts';

interface Props {
  form: FormVersion;
  rules: FormPage['dueRules'];
  onClose: () => void;
  onSaved: (page: FormPage) => void;
}

/** A new version of a form, laid over the newest one. What is not shown here stays as it was. */
export function FormEditor({ form, rules, onClose, onSaved }: Props) {
  const t = useText(text);
  const c = useText(common);
  const words = useWords();
  const call = useClient(filings);
  const { message } = App.useApp();
  const { version, reason: _reason, actorName: _name, at: _at, ...start } = form;
  const [value, setValue] = useState(start);
  const [special, setSpecial] = useState(specialText(form.special));
  const [tiers, setTiers] = useState(form.population.tiers.join('、'));
  const [reason, setReason] = useState('');
  const set = (part: Partial<typeof start>) => setValue((now) => ({ ...now, ...part }));
  const periods = specialFrom(form.kind, special, value.due);
  const own = rules.filter((r) => r.kind === form.kind);
  const save = useMutation({
    mutationFn: () =>
      call.saveForm({
        ...value,
        special: periods!,
        population: {
          ...value.population,
          tiers: tiers
            .split(/[,，、]+/)
            .map((x) => x.trim())
            .filter((x) => x !== ''),
        },
        basedOn: version,
        reason: reason.trim(),
      }),
    onSuccess: (page) => {
      message.success(t.forms.saved);
      onSaved(page);
    },
  });
  const said = (key: string) => <Said words={fieldSentence(save.error, key)} />;
  const input = (key: 'formNo' | 'title' | 'issuer' | 'approval', label: string) => (
    <Field label={label} hint={said(key)}>
      {(id) => (
        <Input
          id={id}
          value={value[key]}
          maxLength={key === 'approval' ? 200 : 100}
          onChange={(e) => set({ [key]: e.target.value })}
        />
      )}
    </Field>
  );
  const isKnown = own.some((r) => r.code === value.due.code);
  return (
    <Drawer
      open
      size={520}
      title={`${form.title} · ${t.forms.change}`}
      onClose={onClose}
      footer={
        <Button
          type="primary"
          disabled={reason.trim().length < 2 || periods === null}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t.forms.save}
        </Button>
      }
    >
      <div className="ft-edit">
        {save.error && <ProblemView error={save.error} compact />}
        {input('formNo', t.forms.no)}
        {input('title', t.forms.name)}
        {input('issuer', t.forms.issuer)}
        {input('approval', t.forms.approval)}
        <div className="two">
          <Field label={t.forms.from} hint={said('validFrom')}>
            {(id) => (
              <Input id={id} type="date" value={value.validFrom} onChange={(e) => set({ validFrom: e.target.value })} />
            )}
          </Field>
          <Field label={`${t.forms.until}（${t.forms.untilHint}）`} hint={said('validUntil')}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={value.validUntil ?? ''}
                onChange={(e) => set({ validUntil: e.target.value || null })}
              />
            )}
          </Field>
        </div>
        <fieldset className="field">
          <legend>{t.forms.asks}</legend>
          <Checkbox.Group
            value={value.fields}
            options={fieldsFor(form.kind).map((field) => ({
              value: field,
              label: c.fields[field],
              disabled: (moneyFields as readonly string[]).includes(field),
            }))}
            onChange={(fields) => set({ fields: fieldsFor(form.kind).filter((field) => fields.includes(field)) })}
          />
          {said('fields')}
        </fieldset>
        <fieldset className="field">
          <legend>{t.forms.chain}</legend>
          <Checkbox.Group
            value={value.chain}
            options={levels.map((level) => ({ value: level, label: t.levels[level] }))}
            onChange={(chain) => set({ chain: levels.filter((level) => chain.includes(level)) })}
          />
          {said('chain')}
        </fieldset>
        <Field label={t.forms.dueRule}>
          {(id) => (
            <Select
              id={id}
              value={value.due.code}
              options={[
                ...own.map((r) => ({ value: r.code, label: words(r.name) })),
                ...(isKnown ? [] : [{ value: value.due.code, label: t.forms.dueOwn }]),
              ]}
              onChange={(code) => {
                const chosen = own.find((r) => r.code === code);
                if (!chosen) return;
                const { kind: _kind, name: _ruleName, ...due } = chosen;
                set({ due });
              }}
            />
          )}
        </Field>
        <Checkbox checked={value.opensItself} onChange={(e) => set({ opensItself: e.target.checked })}>
          {t.forms.opens}
        </Checkbox>
        <Field label={t.forms.tiersLabel}>
          {(id) => <Input id={id} value={tiers} onChange={(e) => setTiers(e.target.value)} />}
        </Field>
        <div className="two">
          <Field label={t.forms.exemptParts} hint={<Said words={periods === null ? t.forms.bad : null} />}>
            {(id) => (
              <Input
                id={id}
                placeholder={t.forms.exemptHint}
                value={special.exempt}
                onChange={(e) => setSpecial({ ...special, exempt: e.target.value })}
              />
            )}
          </Field>
          <Field label={t.forms.combined} hint={<small className="soft">{t.forms.combinedHint}</small>}>
            {(id) => (
              <Input
                id={id}
                value={special.combined}
                onChange={(e) => setSpecial({ ...special, combined: e.target.value })}
              />
            )}
          </Field>
        </div>
        {special.combined.trim() !== '' && (
          <Field label={t.forms.combinedDue}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={31}
                value={special.dueDay}
                onChange={(day) => setSpecial({ ...special, dueDay: day ?? 8 })}
              />
            )}
          </Field>
        )}
        <Field label={t.forms.reason}>
          {(id) => <Input id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
        </Field>
      </div>
    </Drawer>
  );
}

function Said({ words }: { words: string | null | undefined }) {
  return words ? (
    <p className="ff-refusal" role="alert">
      {words}
    </p>
  ) : null;
}
