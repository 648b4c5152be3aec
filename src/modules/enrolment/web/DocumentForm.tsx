import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import { isDay } from '#core/shared/day.ts';
import { urlOf, useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { moment } from '#core/web/ui/format.ts';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { documents, type FactKey, factName, noFacts } from '../checklist.ts';
import { type Document, type Enrolment, enrolment } from '../contract.ts';
import { keys } from './keys.ts';
import { readWan, wanText } from './show.ts';
import * as text from './text.ts';

const dayKeys: ReadonlySet<FactKey> = new Set(['day', 'startOn']);
const moneyKeys: ReadonlySet<FactKey> = new Set(['totalYuan', 'amountYuan']);

/** One paper: the scan, and what a person reads off it. Only the fields that this paper has. */
export function DocumentForm({
  projectId,
  item,
  canEdit,
  onClose,
}: {
  projectId: string;
  item: Document;
  canEdit: boolean;
  onClose: () => void;
}) {
  const t = useText(text);
  const d = t.document;
  const words = useWords();
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const info = documents[item.kind];
  const [texts, setTexts] = useState<Partial<Record<FactKey, string>>>(() =>
    Object.fromEntries(
      info.facts.map((key) => [
        key,
        moneyKeys.has(key) ? wanText(item.facts[key] as number | null) : (item.facts[key] ?? ''),
      ]),
    ),
  );
  const [file, setFile] = useState(item.file);
  const [isOnPaper, setOnPaper] = useState(item.isOnPaper);
  const [version] = useState(item.version);
  const bad = info.facts.filter((key) => moneyKeys.has(key) && readWan(texts[key] ?? '') === 'bad');
  const save = useMutation({
    mutationFn: () => {
      const facts = { ...noFacts };
      for (const key of info.facts) {
        const written = (texts[key] ?? '').trim();
        if (moneyKeys.has(key)) Object.assign(facts, { [key]: readWan(written) });
        else if (dayKeys.has(key)) Object.assign(facts, { [key]: isDay(written) ? written : null });
        else Object.assign(facts, { [key]: written === '' ? null : written });
      }
      return api.setDocument({ projectId, kind: item.kind, version, fileId: file?.id ?? null, isOnPaper, facts });
    },
    onSuccess: (after: Enrolment) => {
      cache.setQueryData(keys.one(projectId), after);
      void cache.invalidateQueries({ queryKey: keys.overview });
      void message.success(t.saved);
      onClose();
    },
  });
  const set = (key: FactKey, value: string) => setTexts((now) => ({ ...now, [key]: value }));
  return (
    <Drawer
      open
      size={480}
      title={d.edit(`${info.mark} ${words(info.words)}`)}
      onClose={onClose}
      footer={
        canEdit && (
          <div className="en-foot">
            <Button onClick={onClose}>{t.cancel}</Button>
            <Button type="primary" disabled={bad.length > 0} loading={save.isPending} onClick={() => save.mutate()}>
              {t.save}
            </Button>
          </div>
        )
      }
    >
      <div className="en-form">
        {info.hint && <p className="muted en-small">{words(info.hint)}</p>}
        {file ? (
          <p className="en-file">
            {item.file?.id === file.id ? (
              <a href={urlOf(enrolment, 'file', { projectId, fileId: file.id })} download>
                {file.name}
              </a>
            ) : (
              <span>{file.name}</span>
            )}
            {canEdit && (
              <Button size="small" onClick={() => setFile(null)}>
                {d.removeFile}
              </Button>
            )}
          </p>
        ) : (
          canEdit && <FileDrop hint={d.drop} onFile={(uploaded) => setFile({ id: uploaded.id, name: uploaded.name })} />
        )}
        <Checkbox checked={isOnPaper} disabled={!canEdit} onChange={(event) => setOnPaper(event.target.checked)}>
          {d.onPaper}
        </Checkbox>
        <p className="muted en-small">{d.factsHint}</p>
        {info.facts.map((key) => {
          const isBad = bad.includes(key);
          const refusal = fieldSentence(save.error, key);
          return (
            <Field
              key={key}
              label={words(factName(item.kind, key))}
              hint={
                isBad || refusal ? (
                  <small className="late" role="alert">
                    {isBad ? d.moneyBad : refusal}
                  </small>
                ) : key === 'creditCode' && item.codeDoubt ? (
                  <small className="warn">{words(item.codeDoubt)}</small>
                ) : moneyKeys.has(key) ? (
                  <small className="muted">{d.moneyHint}</small>
                ) : undefined
              }
            >
              {(id) =>
                key === 'note' ? (
                  <TextBox
                    id={id}
                    value={texts[key] ?? ''}
                    maxLength={1000}
                    disabled={!canEdit}
                    onChange={(event) => set(key, event.target.value)}
                  />
                ) : (
                  <Input
                    id={id}
                    {...(dayKeys.has(key) && { type: 'date' })}
                    {...(moneyKeys.has(key) && { inputMode: 'decimal' as const, suffix: t.wan })}
                    value={texts[key] ?? ''}
                    maxLength={200}
                    disabled={!canEdit}
                    status={isBad || refusal ? 'error' : ''}
                    onChange={(event) => set(key, event.target.value)}
                  />
                )
              }
            </Field>
          );
        })}
        {item.changedAt && (
          <p className="muted en-small">{d.changed(item.changedByName ?? '', moment(item.changedAt))}</p>
        )}
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Drawer>
  );
}
