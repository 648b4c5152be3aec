import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { calendar } from '#modules/calendar/contract.ts';
import { ledger } from '../contract.ts';
import type { Urgency } from '../kinds.ts';
import { type ColourRule, type LimitTemplate, plainTemplate, type Span, shippedTemplates } from '../templates.ts';
import * as text from './form-text.ts';
import { matterKeys } from './matter-keys.ts';

/** Which rule counts, what it means in words for this urgency, and the day it gives if issued today. */
export function LimitPick({
  template: code,
  urgency,
  dueOn,
  fault,
  onTemplate,
  onDue,
}: {
  template: string;
  urgency: Urgency;
  dueOn: string | null;
  fault: (field: string) => string | undefined;
  onTemplate: (code: string) => void;
  onDue: (day: string | null) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const call = useClient(ledger);
  const inForce = useQuery({
    queryKey: matterKeys.templates,
    queryFn: ({ signal }) => call.templates({}, { signal }),
    staleTime: 60_000,
  });
  const templates = inForce.data ?? shippedTemplates;
  const template = templates.find((one) => one.code === code) ?? plainTemplate;
  const span = template.due[urgency] ?? plainTemplate.due[urgency]!;
  const due = useDue(span, dueOn === null);
  const say = useSpan();
  return (
    <>
      <FormField label={t.template} fault={fault('template')} hint={t.templateSource(words(template.source))}>
        {(id) => (
          <Select
            id={id}
            value={template.code}
            options={templates.map((one) => ({ value: one.code, label: words(one.name) }))}
            onChange={onTemplate}
          />
        )}
      </FormField>
      <DayField
        label={t.due}
        value={dueOn}
        from={today}
        fault={fault('dueOn') ?? (due.isMissing ? t.calendarMissing : undefined)}
        hint={due.day ? t.dueByRule(say(span), due.day) : t.dueByRulePlain(say(span))}
        onChange={onDue}
      />
      <LimitWords template={template} />
    </>
  );
}

/** The rule of each colour in words, with its stages: what the unit will see, before it is issued. */
export function LimitWords({ template }: { template: LimitTemplate }) {
  const t = useText(text);
  const words = useWords();
  const say = useSpan();
  const rule = (one: ColourRule): string => {
    const r = t.rules;
    switch (one.when) {
      case 'beforeDue':
        return r.beforeDue(say(one.span));
      case 'afterDue':
        return one.span.n === 0 ? r.overdue : r.afterDue(say(one.span));
      case 'unsigned':
        return r.unsigned(say(one.span));
      case 'unfinished':
        return r.unfinished(say(one.span));
      case 'nodeMissed':
        return r.nodeMissed;
      case 'extensionsOver':
        return r.extensionsOver(one.n);
      case 'returnsFrom':
        return r.returnsFrom(one.n);
    }
  };
  return (
    <dl className="mf-colours">
      {(['blue', 'yellow', 'red'] as const).map((colour) => (
        <div key={colour}>
          <dt>
            <span className="light" data-light={{ blue: 'ahead', yellow: 'warn', red: 'late' }[colour]}>
              {t.colours[colour]}
            </span>
          </dt>
          <dd>{template[colour].length === 0 ? t.never : template[colour].map(rule).join('；')}</dd>
        </div>
      ))}
      {template.stages.length > 0 && (
        <div>
          <dt>{t.stages}</dt>
          <dd>{template.stages.map((stage) => t.stage(words(stage.title), say(stage.span))).join('；')}</dd>
        </div>
      )}
      <div>
        <dt />
        <dd className="muted">{t.maxExtensions(template.maxExtensions)}</dd>
      </div>
    </dl>
  );
}

function useSpan(): (span: Span) => string {
  const t = useText(text);
  return ({ n, unit }) => (unit === 'WORKDAY' ? t.workdays(n) : t.calendarDays(n));
}

/** The day the rule gives when issued today, counted by the city's calendar; missing when that year is not published. */
function useDue(span: Span, isAsked: boolean): { day: string | null; isMissing: boolean } {
  const { today } = useSession();
  const call = useClient(calendar);
  const found = useQuery({
    queryKey: matterKeys.due(today, span),
    queryFn: ({ signal }) =>
      call.deadline({ start: today, rule: { unit: span.unit, n: span.n, roll: 'NONE', atTime: '24:00' } }, { signal }),
    enabled: isAsked && span.n > 0,
    staleTime: 600_000,
    retry: false,
  });
  return {
    day: isAsked ? (found.data?.day ?? null) : null,
    isMissing: isAsked && found.error instanceof ProblemError && found.error.code === 'CALENDAR_NOT_PUBLISHED',
  };
}
