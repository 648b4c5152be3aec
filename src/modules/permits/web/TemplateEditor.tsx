import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { permits, type Template, type TemplateStep } from '../contract.ts';
import { templateFault } from '../template-check.ts';
import { lanes, laneWords, permitCode } from '../templates.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** The limits, grounds, departments and prerequisites of a template. Saving makes a version; plans made before stay. */
export function TemplateEditor({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(permits);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [steps, setSteps] = useState<TemplateStep[]>(template.steps);
  const [reason, setReason] = useState('');
  const change = (code: string, part: Partial<TemplateStep>) =>
    setSteps((now) => now.map((step) => (step.code === code ? { ...step, ...part } : step)));
  const remove = (code: string) =>
    setSteps((now) =>
      now
        .filter((step) => step.code !== code)
        .map((step) => ({ ...step, after: step.after.filter((c) => c !== code) })),
    );
  const add = () =>
    setSteps((now) => [
      ...now,
      {
        code: `own${Date.now()}`,
        name: { zh: t.newStep, en: t.newStep },
        lane: 'parallel',
        owner: t.newOwner,
        limitDays: null,
        limitUnit: 'WORKDAY',
        basis: t.newBasis,
        isReference: false,
        after: [],
      },
    ]);
  const fault = templateFault(steps);
  const save = useMutation({
    mutationFn: () =>
      api.saveTemplate({ code: template.code, version: template.version, steps, reason: reason.trim() }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.templates });
      void message.success(t.saved);
      onClose();
    },
  });
  const isReady = fault === null && reason.trim().length >= 2 && steps.every((s) => s.basis.trim() && s.name.zh.trim());
  return (
    <Drawer
      open
      title={`${t.edit}${t.colon}${words(template.name)}`}
      size={720}
      onClose={onClose}
      footer={
        <div className="form-foot">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="primary" disabled={!isReady} loading={save.isPending} onClick={() => save.mutate()}>
            {t.save}
          </Button>
        </div>
      }
    >
      <div className="step-drawer">
        {steps.map((step) => (
          <fieldset key={step.code} className="template-step">
            <legend>{words(step.name)}</legend>
            <Field label={t.templateHeads.step}>
              {(id) => (
                <Input
                  id={id}
                  value={step.name.zh}
                  maxLength={60}
                  onChange={(e) =>
                    change(step.code, { name: { zh: e.target.value, en: renamed(step, e.target.value) } })
                  }
                />
              )}
            </Field>
            <Field label={t.templateHeads.owner}>
              {(id) => (
                <Input
                  id={id}
                  value={step.owner}
                  maxLength={60}
                  onChange={(e) => change(step.code, { owner: e.target.value })}
                />
              )}
            </Field>
            <Field label={t.templateHeads.lane}>
              {(id) => (
                <Select
                  id={id}
                  value={step.lane}
                  options={lanes.map((lane) => ({ value: lane, label: words(laneWords[lane]) }))}
                  onChange={(lane) => change(step.code, { lane })}
                />
              )}
            </Field>
            <Field label={t.templateHeads.limit}>
              {(id) => (
                <InputNumber
                  id={id}
                  value={step.limitDays}
                  min={0}
                  max={3660}
                  precision={0}
                  placeholder={t.noLimit}
                  onChange={(limitDays) => change(step.code, { limitDays })}
                />
              )}
            </Field>
            <Field label={t.fields.limitUnit ?? ''}>
              {(id) => (
                <Select
                  id={id}
                  value={step.limitUnit}
                  options={(['WORKDAY', 'CALENDAR'] as const).map((unit) => ({ value: unit, label: t.units[unit] }))}
                  onChange={(limitUnit) => change(step.code, { limitUnit })}
                />
              )}
            </Field>
            <Field label={t.templateHeads.after}>
              {(id) => (
                <Select
                  id={id}
                  mode="multiple"
                  value={step.after}
                  options={steps
                    .filter((other) => other.code !== step.code)
                    .map((other) => ({ value: other.code, label: words(other.name) }))}
                  onChange={(after) => change(step.code, { after })}
                />
              )}
            </Field>
            <div className="template-basis">
              <Field label={t.templateHeads.basis}>
                {(id) => (
                  <Input
                    id={id}
                    value={step.basis}
                    maxLength={300}
                    onChange={(e) => change(step.code, { basis: e.target.value })}
                  />
                )}
              </Field>
            </div>
            {step.code !== permitCode && (
              <Button className="template-remove" size="small" type="text" onClick={() => remove(step.code)}>
                {t.removeStep}
              </Button>
            )}
          </fieldset>
        ))}
        <Button size="small" onClick={add}>
          {t.addStep}
        </Button>
        <Field label={t.templateReason} hint={<span className="field-hint">{t.templateReasonHint}</span>}>
          {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        {fault && (
          <p className="field-error" role="alert">
            {words(fault.words)}
          </p>
        )}
        {save.error && <ProblemView compact error={save.error} />}
      </div>
    </Drawer>
  );
}

/** The English name goes along as long as it was only a copy. */
const renamed = (step: TemplateStep, zh: string): string => (step.name.en === step.name.zh ? zh : step.name.en);
