import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { ObjectionRow, Scheme } from '../shapes.ts';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { Evidence } from './SelfPage.tsx';
import { dayOf, nameOf } from './show.ts';
import './scores.css';
import * as text from './text.ts';

/** 公示与异议: versions of the result with their notes, objections with their decisions, and the course. */
export function PublicityPage() {
  const t = useText(text);
  const { id, api, scheme, error } = useScheme();
  const [isObjecting, setObjecting] = useState(false);
  const [deciding, setDeciding] = useState<ObjectionRow | null>(null);
  const objections = useQuery({
    queryKey: ['scores', 'objections', id],
    queryFn: ({ signal }) => api.objections({ id }, { signal }),
  });
  const history = useQuery({
    queryKey: ['scores', 'history', id],
    queryFn: ({ signal }) => api.history({ id }, { signal }),
  });
  return (
    <>
      <SchemeHead
        id={id}
        scheme={scheme}
        page="publicity"
        actions={
          scheme?.allowed.includes('object') && (
            <Button type="primary" onClick={() => setObjecting(true)}>
              {t.object}
            </Button>
          )
        }
      />
      <div className="page-body scores-body">
        {(error ?? objections.error ?? history.error) && (
          <ProblemView error={error ?? objections.error ?? history.error} onRetry={() => void objections.refetch()} />
        )}
        {objections.data?.length === 0 && (
          <Empty title={scheme && !scheme.publicityUntil ? t.notShown : t.noObjections} hint={t.noObjectionsHelp} />
        )}
        {scheme && objections.data && objections.data.length > 0 && (
          <section className="card">
            <h2>{t.objections}</h2>
            {objections.data.map((row) => (
              <Objection key={row.id} row={row} scheme={scheme} onDecide={() => setDeciding(row)} />
            ))}
          </section>
        )}
        {history.data && history.data.results.length > 0 && (
          <section className="card">
            <h2>{t.versions}</h2>
            <ScrollX label={t.versions}>
              <table className="plain scores-plain">
                <tbody>
                  {history.data.results.map((r) => (
                    <tr key={r.version}>
                      <th scope="row" className="nowrap">
                        {t.version(r.version)}
                      </th>
                      <td className="scores-words">{r.note}</td>
                      <td className="nowrap">{t.asOf(r.day)}</td>
                      <td className="nowrap">{t.computedBy(r.actorName, dayOf(r.at))}</td>
                      <td>
                        <code title={r.hash}>{r.hash.slice(0, 12)}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
        {history.data && (
          <section className="card">
            <h2>{t.history}</h2>
            <ScrollX label={t.history}>
              <table className="plain scores-plain">
                <tbody>
                  {history.data.steps.map((step) => (
                    <tr key={`${step.act} ${step.at}`}>
                      <td className="nowrap">{dayOf(step.at)}</td>
                      <th scope="row" className="nowrap">
                        {step.act in t.acts ? t.acts[step.act as keyof typeof t.acts] : t.create}
                      </th>
                      <td className="scores-words">{step.note}</td>
                      <td className="nowrap">{step.actorName}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {scheme && isObjecting && <ObjectDrawer scheme={scheme} onClose={() => setObjecting(false)} />}
      {deciding && <DecideDrawer row={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}

function Objection({ row, scheme, onDecide }: { row: ObjectionRow; scheme: Scheme; onDecide: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const item = scheme.body.items.find((i) => i.code === row.item);
  return (
    <article className="scores-basis">
      <h3>
        {row.unitName}
        <small>
          {item ? nameOf(item.name, language) : t.wholeScore} · {t.version(row.resultVersion)}
        </small>
        <span className={row.state === 'filed' ? 'tag key' : 'tag'}>{t.states[row.state]}</span>
      </h3>
      <p>
        {row.reason} <Evidence kind="objection" id={row.id} name={row.fileName} />
      </p>
      <p className="muted">{t.filed(row.filedByName, dayOf(row.filedAt))}</p>
      {row.decision && (
        <p>
          {row.decision}{' '}
          <span className="muted">{t.decidedBy(row.decidedByName ?? '', dayOf(row.decidedAt ?? row.filedAt))}</span>
        </p>
      )}
      {row.canDecide && (
        <Button size="small" type="primary" onClick={onDecide}>
          {t.decide}
        </Button>
      )}
      {row.recusal && <p className="soft">{nameOf(row.recusal, language)}</p>}
    </article>
  );
}

function ObjectDrawer({ scheme, onClose }: { scheme: Scheme; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const { api } = useScheme();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [unitId, setUnit] = useState(scheme.ownUnits[0]?.id ?? '');
  const [item, setItem] = useState('');
  const [reason, setReason] = useState('');
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const send = useMutation({
    mutationFn: () =>
      api.object({ id: scheme.id, unitId, item: item === '' ? null : item, reason, fileId: file?.id ?? null }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['scores'] });
      void message.success(t.done);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.object}
      error={send.error}
      fields={['reason']}
      isReady={reason.trim().length >= 5 && unitId !== ''}
      isPending={send.isPending}
      saveWords={t.object}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      {scheme.ownUnits.length > 1 && (
        <FormField label={t.unit}>
          {(fieldId) => (
            <Select
              id={fieldId}
              value={unitId}
              options={scheme.ownUnits.map((u) => ({ value: u.id, label: u.name }))}
              onChange={setUnit}
            />
          )}
        </FormField>
      )}
      <FormField label={t.objectAbout}>
        {(fieldId) => (
          <Select
            id={fieldId}
            value={item}
            options={[
              { value: '', label: t.wholeScore },
              ...scheme.body.items.map((i) => ({ value: i.code, label: nameOf(i.name, language) })),
            ]}
            onChange={setItem}
          />
        )}
      </FormField>
      <FormField label={t.objectReason} fault={fieldSentence(send.error, 'reason')}>
        {(fieldId) => (
          <TextBox
            id={fieldId}
            minRows={4}
            maxLength={2000}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
      </FormField>
      {file && <p>{file.name}</p>}
      <FileDrop onFile={setFile} />
    </FormDrawer>
  );
}

function DecideDrawer({ row, onClose }: { row: ObjectionRow; onClose: () => void }) {
  const t = useText(text);
  const { api } = useScheme();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [result, setResult] = useState<'upheld' | 'changed' | null>(null);
  const [decision, setDecision] = useState('');
  const send = useMutation({
    mutationFn: () => api.decide({ id: row.id, result: result!, decision }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['scores'] });
      void message.success(t.done);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.decideTitle}
      error={send.error}
      fields={['decision']}
      isReady={result !== null && decision.trim().length >= 5}
      isPending={send.isPending}
      saveWords={t.decide}
      onSave={() => send.mutate()}
      onClose={onClose}
      above={
        <p>
          <b>{row.unitName}</b> {row.reason}
        </p>
      }
    >
      <FormField label={t.result} hint={t.changedHelp}>
        {(fieldId) => (
          <Radio.Group
            id={fieldId}
            value={result}
            options={(['upheld', 'changed'] as const).map((value) => ({ value, label: t.results[value] }))}
            onChange={(e) => setResult(e.target.value as 'upheld' | 'changed')}
          />
        )}
      </FormField>
      <FormField label={t.decision} fault={fieldSentence(send.error, 'decision')}>
        {(fieldId) => (
          <TextBox
            id={fieldId}
            minRows={4}
            maxLength={2000}
            value={decision}
            onChange={(e) => setDecision(e.target.value)}
          />
        )}
      </FormField>
    </FormDrawer>
  );
}
