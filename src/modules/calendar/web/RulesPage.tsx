import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { isDay } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { calendar } from '../contract.ts';
import { CalendarTabs } from './CalendarTabs.tsx';
import './calendar.css';
import { DeadlineSteps } from './DeadlineSteps.tsx';
import * as text from './text.ts';

/** The deadline rules with a worked example each, and a place to try one. */
export function RulesPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(calendar);
  const rules = useQuery({
    queryKey: ['calendar', 'rules'],
    queryFn: ({ signal }) => api.rules({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <PageHead title={t.title} tabTitle={t.tabRules} />
      <CalendarTabs />
      <div className="page-body calendar-columns">
        {rules.error && <ProblemView error={rules.error} onRetry={() => rules.refetch()} />}
        {rules.data && <TryDeadline rules={rules.data} />}
        <section className="card">
          <table className="plain">
            <thead>
              <tr>
                <th>{t.rules.name}</th>
                <th>{t.rules.rule}</th>
                <th>{t.rules.basis}</th>
                <th>{t.rules.example}</th>
              </tr>
            </thead>
            <tbody>
              {rules.data?.map((rule) => (
                <tr key={rule.code}>
                  <td>{words(rule.name)}</td>
                  <td>
                    {t.rules.counts(words(rule.startsFrom), rule.n, t.rules.unit[rule.unit])}
                    <br />
                    <span className="muted">
                      {t.rules.roll[rule.roll]}
                      {' · '}
                      {t.rules.at(rule.atTime)}
                    </span>
                  </td>
                  <td>{rule.basis}</td>
                  <td>
                    <Worked code={rule.code} start={rule.example} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </>
  );
}

function Worked({ code, start }: { code: string; start: string }) {
  const api = useClient(calendar);
  const found = useQuery({
    queryKey: ['calendar', 'deadline', code, start],
    queryFn: ({ signal }) => api.deadline({ code, start }, { signal }),
    retry: false,
  });
  if (found.error) return <ProblemView error={found.error} compact />;
  return found.data ? <DeadlineSteps deadline={found.data} /> : null;
}

function TryDeadline({ rules }: { rules: readonly { code: string; name: { zh: string; en: string } }[] }) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const [code, setCode] = useState(rules[0]?.code ?? '');
  const [start, setStart] = useState(today);
  return (
    <section className="card">
      <h2>{t.rules.tryTitle}</h2>
      <div className="deadline-form">
        <Field label={t.rules.chosen}>
          {(id) => (
            <Select
              id={id}
              value={code}
              onChange={setCode}
              options={rules.map((rule) => ({ value: rule.code, label: words(rule.name) }))}
              popupMatchSelectWidth={false}
            />
          )}
        </Field>
        <Field label={t.rules.start}>
          {(id) => <Input id={id} type="date" value={start} onChange={(e) => setStart(e.target.value)} />}
        </Field>
      </div>
      {code && isDay(start) && <Worked code={code} start={start} />}
    </section>
  );
}
