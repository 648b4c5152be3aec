import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { supervision } from '../contract.ts';
import type { LimitLine } from './LimitsPage.tsx';
import * as text from './text.ts';

type Template = LimitLine['template'];
type Rule = Template['blue'][number];
type Span = Template['stages'][number]['span'];
const whens = [
  'beforeDue',
  'afterDue',
  'unsigned',
  'unfinished',
  'nodeMissed',
  'extensionsOver',
  'returnsFrom',
] as const;

/** A rule of another sort begins with a usual value. */
const ruleOf = (when: Rule['when']): Rule =>
  when === 'nodeMissed'
    ? { when }
    : when === 'extensionsOver' || when === 'returnsFrom'
      ? { when, n: 2 }
      : { when, span: { n: when === 'afterDue' ? 0 : 3, unit: 'CALENDAR' } };

/** A city's own version of a limit: spans, stages, and from when each colour shows. */
export function LimitForm({ line, onClose }: { line: LimitLine; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [template, setTemplate] = useState<Template>(line.template);
  const [reason, setReason] = useState('');
  const change = (part: Partial<Template>) => setTemplate((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => api.saveLimit({ basedOn: line.version, template, reason }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['supervision', 'limits'] });
      void message.success(t.saved);
      onClose();
    },
  });
  return (
    <FormDrawer
      title={t.limitTitle(words(line.template.name))}
      help={t.limitHelp}
      size={640}
      error={save.error}
      fields={['reason']}
      isReady={reason.trim().length >= 2}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <div className="form-pair">
        <FormField label={t.nameZh}>
          {(id) => (
            <Input
              id={id}
              maxLength={100}
              value={template.name.zh}
              onChange={(event) => change({ name: { ...template.name, zh: event.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.nameEn}>
          {(id) => (
            <Input
              id={id}
              maxLength={100}
              value={template.name.en}
              onChange={(event) => change({ name: { ...template.name, en: event.target.value } })}
            />
          )}
        </FormField>
      </div>
      <FormField label={t.sourceZh}>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={template.source.zh}
            onChange={(event) => change({ source: { zh: event.target.value, en: event.target.value } })}
          />
        )}
      </FormField>
      <fieldset className="sv-fieldset">
        <legend>{t.dueHead}</legend>
        {(['urgent', 'normal', 'hard'] as const).map((urgency) => (
          <div key={urgency} className="sv-span">
            <span>{t.urgencies[urgency]}</span>
            <SpanInput
              label={t.urgencies[urgency]}
              span={template.due[urgency] ?? { n: 7, unit: 'CALENDAR' }}
              onChange={(span) => change({ due: { ...template.due, [urgency]: span } })}
            />
          </div>
        ))}
      </fieldset>
      <fieldset className="sv-fieldset">
        <legend>{t.stages}</legend>
        {template.stages.map((stage, i) => (
          <div key={stage.code} className="sv-span">
            <Input
              aria-label={t.stage}
              maxLength={100}
              value={stage.title.zh}
              onChange={(event) =>
                change({
                  stages: template.stages.with(i, { ...stage, title: { ...stage.title, zh: event.target.value } }),
                })
              }
            />
            <SpanInput
              label={stage.title.zh}
              span={stage.span}
              onChange={(span) => change({ stages: template.stages.with(i, { ...stage, span }) })}
            />
            <Button size="small" type="text" onClick={() => change({ stages: template.stages.toSpliced(i, 1) })}>
              {t.remove}
            </Button>
          </div>
        ))}
        <Button
          size="small"
          onClick={() =>
            change({
              stages: [
                ...template.stages,
                {
                  code: freeCode(template),
                  title: { zh: t.stage, en: 'Stage' },
                  span: { n: 3, unit: 'CALENDAR' },
                },
              ],
            })
          }
        >
          {t.addStage}
        </Button>
      </fieldset>
      {(['blue', 'yellow', 'red'] as const).map((colour) => (
        <fieldset key={colour} className="sv-fieldset">
          <legend>{t[colour]}</legend>
          {template[colour].map((rule, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rules of a colour have no name of their own
            <div key={i} className="sv-span">
              <RuleInput
                label={t[colour]}
                rule={rule}
                onChange={(next) => change({ [colour]: template[colour].with(i, next) })}
              />
              <Button size="small" type="text" onClick={() => change({ [colour]: template[colour].toSpliced(i, 1) })}>
                {t.remove}
              </Button>
            </div>
          ))}
          <Button
            size="small"
            onClick={() =>
              change({ [colour]: [...template[colour], ruleOf(colour === 'red' ? 'afterDue' : 'beforeDue')] })
            }
          >
            {t.addRule}
          </Button>
        </fieldset>
      ))}
      <FormField label={t.maxExtensions}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={9}
            precision={0}
            value={template.maxExtensions}
            onChange={(n) => change({ maxExtensions: n ?? 0 })}
          />
        )}
      </FormField>
      <FormField label={t.reason} fault={fieldSentence(save.error, 'reason')}>
        {(id) => <Input id={id} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

function freeCode({ stages }: Template): string {
  for (let n = stages.length + 1; ; n++) if (!stages.some((stage) => stage.code === `s${n}`)) return `s${n}`;
}

function SpanInput({ label, span, onChange }: { label: string; span: Span; onChange: (span: Span) => void }) {
  const t = useText(text);
  return (
    <>
      <InputNumber
        aria-label={label}
        min={0}
        max={3660}
        precision={0}
        value={span.n}
        onChange={(n) => onChange({ ...span, n: n ?? 0 })}
      />
      <Select
        aria-label={label}
        value={span.unit}
        options={(['CALENDAR', 'WORKDAY'] as const).map((value) => ({ value, label: t.unitOf[value] }))}
        onChange={(unit) => onChange({ ...span, unit })}
      />
    </>
  );
}

function RuleInput({ label, rule, onChange }: { label: string; rule: Rule; onChange: (rule: Rule) => void }) {
  const t = useText(text);
  return (
    <>
      <Select
        aria-label={label}
        className="sv-when"
        value={rule.when}
        options={whens.map((value) => ({ value, label: t.whys[value] }))}
        onChange={(when) => onChange(ruleOf(when))}
      />
      {'span' in rule && <SpanInput label={label} span={rule.span} onChange={(span) => onChange({ ...rule, span })} />}
      {'n' in rule && (
        <InputNumber
          aria-label={label}
          min={rule.when === 'returnsFrom' ? 1 : 0}
          max={9}
          precision={0}
          value={rule.n}
          onChange={(n) => onChange({ ...rule, n: n ?? 2 })}
        />
      )}
    </>
  );
}
