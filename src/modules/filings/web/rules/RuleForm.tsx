import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { count } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { filings } from '../../contract.ts';
import type { CheckRule } from '../../correction-contract.ts';
import { placesOf, severities } from '../../validation-rule.ts';
import * as text from './text.ts';

/** A new version of one rule: its severity down to its floor, its numbers within their bounds, a reason and a first day. */
export function RuleForm({ rule, onClose }: { rule: CheckRule; onClose: () => void }) {
  const t = useText(text);
  const f = t.form;
  const words = useWords();
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { today } = useSession();
  const { now } = rule;
  const [severity, setSeverity] = useState(now.severity);
  const [isActive, setActive] = useState(now.isActive);
  const [params, setParams] = useState(now.params);
  const [phrases, setPhrases] = useState(now.phrases?.join('\n') ?? '');
  const [zh, setZh] = useState(now.words?.zh ?? rule.sentence.zh);
  const [en, setEn] = useState(now.words?.en ?? rule.sentence.en);
  const [validFrom, setFrom] = useState(today);
  const [validUntil, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const isOwn = zh.trim() !== rule.sentence.zh || en.trim() !== rule.sentence.en;
  const save = useMutation({
    mutationFn: () =>
      call.changeRule({
        code: rule.code,
        basedOn: rule.newest,
        isActive,
        severity,
        params,
        phrases:
          now.phrases === null
            ? null
            : phrases
                .split('\n')
                .map((line) => line.trim())
                .filter((line) => line !== ''),
        words: isOwn ? { zh: zh.trim(), en: en.trim() } : null,
        validFrom,
        validUntil: validUntil || null,
        reason,
        document: document.trim() || null,
      }),
    onSuccess: async (made) => {
      cache.setQueryData(['filings', 'rules'], made);
      await cache.invalidateQueries({ queryKey: ['filings'] });
      message.success(f.saved);
      onClose();
    },
  });
  const possible = severities.slice(0, severities.indexOf(rule.floor) + 1);
  const places = [...new Set([...placesOf(rule.sentence.zh), ...placesOf(rule.sentence.en)])];
  return (
    <Modal
      open
      title={f.title(words(rule.name))}
      okText={f.save}
      cancelText={f.cancel}
      okButtonProps={{ disabled: reason.trim().length < 2 || validFrom < today, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="fcx-form">
        <p className="muted">
          {f.basis}：{rule.basis}
        </p>
        <Field label={f.severity}>
          {(id) => (
            <Select
              id={id}
              value={severity}
              disabled={possible.length === 1}
              onChange={setSeverity}
              options={possible.map((value) => ({ value, label: t.severities[value] }))}
            />
          )}
        </Field>
        {rule.floor === 'inform' && (
          <Checkbox checked={isActive} onChange={(e) => setActive(e.target.checked)}>
            {f.isActive}
          </Checkbox>
        )}
        {rule.params.length > 0 && (
          <div className="fcr-numbers">
            {rule.params.map((p) => (
              <Field
                key={p.key}
                label={`${words(p.name)}${words(p.unit) === '' ? '' : ` ${words(p.unit)}`}`}
                hint={<small className="muted">{f.range(count(p.least), count(p.most))}</small>}
              >
                {(id) => (
                  <InputNumber
                    id={id}
                    value={params[p.key]!}
                    min={p.least}
                    max={p.most}
                    precision={0}
                    onChange={(value) => setParams({ ...params, [p.key]: value ?? p.least })}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
        {now.phrases && (
          <Field label={f.phrases}>
            {(id) => <TextBox id={id} minRows={4} value={phrases} onChange={(e) => setPhrases(e.target.value)} />}
          </Field>
        )}
        <Field
          label={f.wordsZh}
          hint={
            places.length > 0 && (
              <small className="muted">{f.places(places.map((place) => `{${place}}`).join(' '))}</small>
            )
          }
        >
          {(id) => <TextBox id={id} value={zh} maxLength={300} onChange={(e) => setZh(e.target.value)} />}
        </Field>
        <Field label={f.wordsEn}>
          {(id) => <TextBox id={id} value={en} maxLength={300} onChange={(e) => setEn(e.target.value)} />}
        </Field>
        <div className="fcr-numbers">
          <Field label={f.validFrom}>
            {(id) => (
              <Input id={id} type="date" min={today} value={validFrom} onChange={(e) => setFrom(e.target.value)} />
            )}
          </Field>
          <Field label={f.validUntil}>
            {(id) => (
              <Input
                id={id}
                type="date"
                min={validFrom}
                value={validUntil}
                onChange={(e) => setUntil(e.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label={f.reason}>
          {(id) => <Input id={id} value={reason} maxLength={1000} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        <Field label={f.document}>
          {(id) => <Input id={id} value={document} maxLength={200} onChange={(e) => setDocument(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
