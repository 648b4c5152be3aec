import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { enrolment } from '../contract.ts';
import type { ReportForm } from '../rules.ts';
import { keys } from './keys.ts';
import { readWan, wanText } from './show.ts';
import * as text from './text.ts';

type Page = OutputOf<(typeof enrolment)['endpoints']['rules']>;
interface FormDraft {
  key: string;
  code: string;
  from: string;
  below: string;
  monthly: string;
  newProjects: string;
  fromYear: string;
  toYear: string;
  source: string;
}
const draftOf = (form: ReportForm, index: number): FormDraft => ({
  key: `${form.code} ${index}`,
  code: form.code,
  from: wanText(form.fromYuan),
  below: wanText(form.belowYuan),
  monthly: form.monthly,
  newProjects: form.newProjects,
  fromYear: form.validFromYear?.toString() ?? '',
  toYear: form.validToYear?.toString() ?? '',
  source: form.source,
});

/** A new version of the rules; the old ones stay, with who changed them and why. */
export function RulesForm({ page, onClose }: { page: Page; onClose: () => void }) {
  const t = useText(text);
  const r = t.rules;
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { rules } = page;
  const [texts, setTexts] = useState({
    floorYuan: wanText(rules.floorYuan),
    nationalYuan: wanText(rules.nationalYuan),
    warnMonths: String(rules.warnMonths),
    lateMonths: String(rules.lateMonths),
    lampSource: rules.lampSource,
    gapYuan: wanText(rules.gapYuan),
    gapPercent: String(rules.gapPercent),
  });
  const [forms, setForms] = useState<FormDraft[]>(() => rules.forms.map(draftOf));
  const [reason, setReason] = useState('');
  const money = (value: string) => {
    const read = readWan(value);
    return typeof read === 'number' ? read : 0;
  };
  const yearOf = (value: string) => (value.trim() === '' ? null : Number(value));
  const save = useMutation({
    mutationFn: () =>
      api.saveRules({
        basedOn: page.version,
        reason: reason.trim(),
        rules: {
          floorYuan: money(texts.floorYuan),
          nationalYuan: money(texts.nationalYuan),
          warnMonths: Number(texts.warnMonths),
          lateMonths: Number(texts.lateMonths),
          lampSource: texts.lampSource,
          gapYuan: money(texts.gapYuan),
          gapPercent: Number(texts.gapPercent),
          forms: forms.map((form) => ({
            code: form.code,
            fromYuan: money(form.from),
            belowYuan: form.below.trim() === '' ? null : money(form.below),
            monthly: form.monthly,
            newProjects: form.newProjects,
            validFromYear: yearOf(form.fromYear),
            validToYear: yearOf(form.toYear),
            source: form.source,
          })),
        },
      }),
    onSuccess: (after) => {
      cache.setQueryData(keys.rules, after);
      void cache.invalidateQueries({ queryKey: keys.all });
      void message.success(t.saved);
      onClose();
    },
  });
  const box = (key: keyof typeof texts, label: string) => (
    <Field key={key} label={label}>
      {(id) => (
        <Input
          id={id}
          value={texts[key]}
          onChange={(event) => setTexts((now) => ({ ...now, [key]: event.target.value }))}
        />
      )}
    </Field>
  );
  const change = (key: string, part: Partial<FormDraft>) =>
    setForms((now) => now.map((form) => (form.key === key ? { ...form, ...part } : form)));
  return (
    <Modal
      open
      width={820}
      title={t.tabRules}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: reason.trim() === '', loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="en-form">
        <div className="en-columns">
          {box('floorYuan', `${r.floor}（${t.wan}）`)}
          {box('nationalYuan', `${r.national}（${t.wan}）`)}
          {box('warnMonths', r.warnMonths)}
          {box('lateMonths', r.lateMonths)}
          {box('gapYuan', r.gapYuan)}
          {box('gapPercent', r.gapPercent)}
          {box('lampSource', r.lampSource)}
        </div>
        {forms.map((form) => {
          const part = (key: Exclude<keyof FormDraft, 'key'>, label: string) => (
            <Field label={label}>
              {(id) => (
                <Input
                  id={id}
                  value={form[key]}
                  onChange={(event) => change(form.key, { [key]: event.target.value })}
                />
              )}
            </Field>
          );
          return (
            <fieldset key={form.key} className="en-columns">
              {part('code', r.form)}
              {part('from', r.fromWan)}
              {part('below', r.belowWan)}
              {part('fromYear', r.fromYear)}
              {part('toYear', r.toYear)}
              {part('monthly', r.monthly)}
              {part('newProjects', r.fresh)}
              {part('source', r.source)}
              <Button
                size="small"
                type="text"
                onClick={() => setForms((now) => now.filter((other) => other.key !== form.key))}
              >
                {r.removeForm}
              </Button>
            </fieldset>
          );
        })}
        <div>
          <Button
            size="small"
            onClick={() =>
              setForms((now) => [
                ...now,
                {
                  key: `new ${now.length} ${Date.now()}`,
                  code: '',
                  from: '',
                  below: '',
                  monthly: '',
                  newProjects: '',
                  fromYear: '',
                  toYear: '',
                  source: '',
                },
              ])
            }
          >
            {r.addForm}
          </Button>
        </div>
        <Field label={r.reason}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
