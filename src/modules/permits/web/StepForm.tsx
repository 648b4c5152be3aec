import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormBody, FormFoot } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
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
  const units = useClient(organization);
  const cache = useQueryClient();
  const { today } = useSession();
  const { message } = App.useApp();
  const isDone = step.state === 'done';
  const [on, setOn] = useState<string | null>(event === 'correct' ? (step.acceptedOn ?? today) : today);
  const [doneOn, setDoneOn] = useState<string | null>(step.doneOn ?? today);
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
        ...(withDay.includes(event) && on && { on }),
        ...(event === 'correct' && isDone && doneOn && { doneOn }),
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
  const fault = (field: string) => fieldSentence(save.error, field);
  const hasReason = t.reasonFor[event] !== '' && (event !== 'accept' || step.blockedBy.length > 0);
  const isReady =
    (!mustSay.includes(event) || reason.trim().length >= 2) &&
    (!withDay.includes(event) || on !== null) &&
    (event !== 'correct' || !isDone || doneOn !== null);
  return (
    <FormBody
      className="step-form"
      error={save.error}
      fields={fields}
      isReady={isReady}
      onSave={() => save.mutate()}
      foot={<FormFoot isPending={save.isPending} isReady={isReady} onClose={onDone} />}
    >
      {withDay.includes(event) && (
        <DayField
          label={event === 'correct' ? t.acceptedOn : t.on}
          value={on}
          to={today}
          fault={fault('on')}
          onChange={setOn}
        />
      )}
      {event === 'correct' && isDone && (
        <DayField label={t.doneOnHead} value={doneOn} to={today} fault={fault('doneOn')} onChange={setDoneOn} />
      )}
      {(event === 'finish' || event === 'accept') && (
        <FormField
          label={event === 'accept' ? t.acceptNo : t.documentNo}
          fault={fault('documentNo')}
          hint={event === 'finish' && t.evidenceHint}
        >
          {(id) => <Input id={id} value={documentNo} maxLength={100} onChange={(e) => setDocumentNo(e.target.value)} />}
        </FormField>
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
          <FormField label={t.owner} fault={fault('unitId')}>
            {(id) => (
              <SearchPick
                id={id}
                value={unitId}
                name={step.unit?.name}
                placeholder={t.pickUnit}
                queryKey={['organization', 'search', '']}
                find={(words, signal) => units.searchUnits({ text: words }, { signal })}
                onChange={setUnitId}
              />
            )}
          </FormField>
          <div className="form-pair">
            <FormField label={t.limitHead}>
              {(id) => (
                <InputNumber id={id} value={limitDays} min={0} max={3660} precision={0} onChange={setLimitDays} />
              )}
            </FormField>
            <FormField label={t.fields.limitUnit ?? ''}>
              {(id) => (
                <Select
                  id={id}
                  value={limitUnit}
                  options={(['WORKDAY', 'CALENDAR'] as const).map((unit) => ({ value: unit, label: t.units[unit] }))}
                  onChange={setLimitUnit}
                />
              )}
            </FormField>
          </div>
        </>
      )}
      {hasReason && (
        <FormField label={t.reasonFor[event]} fault={fault('reason')}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
        </FormField>
      )}
    </FormBody>
  );
}
