import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { organization } from '#modules/organization/contract.ts';
import { type Plan, permits, type Step } from '../contract.ts';
import type { StepEvent } from '../flow.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

const withDay: readonly StepEvent[] = ['accept', 'finish', 'suspend', 'resume', 'correct'];
const mustSay: readonly StepEvent[] = ['suspend', 'skip', 'include', 'correct'];

/** Records one event of a step; shows only what that event asks for. */
export function StepForm({
  event,
  step,
  plan,
  onDone,
}: {
  event: StepEvent;
  step: Step;
  plan: Plan;
  onDone: () => void;
}) {
  const t = useText(text);
  const api = useClient(permits);
  const cache = useQueryClient();
  const { today } = useSession();
  const { message } = App.useApp();
  const isDone = step.state === 'done';
  const [on, setOn] = useState(event === 'correct' ? (step.acceptedOn ?? today) : today);
  const [doneOn, setDoneOn] = useState(step.doneOn ?? today);
  const [documentNo, setDocumentNo] = useState('');
  const [file, setFile] = useState<{ fileId: string; name: string } | null>(null);
  const [reason, setReason] = useState('');
  const [unitId, setUnitId] = useState(step.unit?.id ?? null);
  const [limitDays, setLimitDays] = useState(step.limitDays);
  const [limitUnit, setLimitUnit] = useState(step.limitUnit);
  const save = useMutation({
    mutationFn: () =>
      api.move({
        id: step.id,
        version: step.version,
        event,
        ...(withDay.includes(event) && { on }),
        ...(event === 'correct' && isDone && { doneOn }),
        ...(documentNo.trim() && { documentNo: documentNo.trim() }),
        ...(file && { file }),
        ...(reason.trim() && { reason: reason.trim() }),
        ...(event === 'assign' && { unitId, limitDays, limitUnit }),
      }),
    onSuccess: (next) => {
      cache.setQueryData(keys.plan(plan.projectId), next);
      void cache.invalidateQueries({ queryKey: keys.history(plan.projectId) });
      void cache.invalidateQueries({ queryKey: keys.owners });
      void message.success(t.saved);
      onDone();
    },
  });
  const fields = ['on', 'doneOn', 'documentNo', 'reason', 'unitId'];
  const fault = (field: string): ReactNode => {
    const sentence = fieldSentence(save.error, field);
    return (
      sentence && (
        <span className="field-error" role="alert">
          {sentence}
        </span>
      )
    );
  };
  const isAtField = fields.some((field) => fieldSentence(save.error, field) !== undefined);
  const hasReason = t.reasonFor[event] !== '' && (event !== 'accept' || step.blockedBy.length > 0);
  const isReady = !mustSay.includes(event) || reason.trim().length >= 2;
  return (
    <form
      className="step-form"
      onSubmit={(submitted: FormEvent) => {
        submitted.preventDefault();
        if (isReady) save.mutate();
      }}
    >
      {withDay.includes(event) && (
        <Field label={event === 'correct' ? t.acceptedOn : t.on} hint={fault('on')}>
          {(id) => <Input id={id} type="date" max={today} value={on} onChange={(e) => setOn(e.target.value)} />}
        </Field>
      )}
      {event === 'correct' && isDone && (
        <Field label={t.doneOnHead} hint={fault('doneOn')}>
          {(id) => <Input id={id} type="date" max={today} value={doneOn} onChange={(e) => setDoneOn(e.target.value)} />}
        </Field>
      )}
      {(event === 'finish' || event === 'accept') && (
        <Field
          label={event === 'accept' ? t.acceptNo : t.documentNo}
          hint={fault('documentNo') ?? (event === 'finish' && <span className="field-hint">{t.evidenceHint}</span>)}
        >
          {(id) => <Input id={id} value={documentNo} maxLength={100} onChange={(e) => setDocumentNo(e.target.value)} />}
        </Field>
      )}
      {event === 'finish' && (
        <div className="field">
          <span>{t.file}</span>
          {file ? (
            <span className="step-file">
              {file.name}
              <Button size="small" type="text" onClick={() => setFile(null)}>
                {t.removeFile}
              </Button>
            </span>
          ) : (
            <FileDrop onFile={({ id, name }) => setFile({ fileId: id, name })} />
          )}
        </div>
      )}
      {event === 'assign' && (
        <>
          <Field label={t.owner} hint={fault('unitId')}>
            {(id) => <UnitPick id={id} value={unitId} name={step.unit?.name} onChange={setUnitId} />}
          </Field>
          <div className="step-two">
            <Field label={t.limitHead}>
              {(id) => (
                <InputNumber id={id} value={limitDays} min={0} max={3660} precision={0} onChange={setLimitDays} />
              )}
            </Field>
            <Field label={t.fields.limitUnit ?? ''}>
              {(id) => (
                <Select
                  id={id}
                  value={limitUnit}
                  options={(['WORKDAY', 'CALENDAR'] as const).map((unit) => ({ value: unit, label: t.units[unit] }))}
                  onChange={setLimitUnit}
                />
              )}
            </Field>
          </div>
        </>
      )}
      {hasReason && (
        <Field label={t.reasonFor[event]} hint={fault('reason')}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
        </Field>
      )}
      {save.error && !isAtField && <ProblemView compact error={save.error} />}
      <div className="step-foot">
        <Button onClick={onDone}>{t.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isReady}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}

function UnitPick({
  id,
  value,
  name,
  onChange,
}: {
  id: string;
  value: string | null;
  name: string | undefined;
  onChange: (unitId: string | null) => void;
}) {
  const t = useText(text);
  const api = useClient(organization);
  const [search, setSearch] = useState('');
  const found = useQuery({
    queryKey: ['organization', 'search', '', search],
    queryFn: ({ signal }) => api.searchUnits({ text: search }, { signal }),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const options = (found.data ?? []).map((unit) => ({ value: unit.id, label: unit.name }));
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: name ?? '' });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      placeholder={t.pickUnit}
      value={value}
      options={options}
      loading={found.isFetching}
      onChange={(unitId: string | undefined) => onChange(unitId ?? null)}
    />
  );
}
