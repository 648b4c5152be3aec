import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import { type RuleSet, ruleSetOf, ruleSets } from '../rule-sets.ts';
import { Colour } from './Colour.tsx';
import { RulesForm } from './RulesForm.tsx';
import { spanWords, stepWords } from './rule-words.ts';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';

/** Which rules count now, the three published rule sets with their sources, and who changed what. */
export function RulesPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({
    queryKey: ['supervision', 'settings'],
    queryFn: ({ signal }) => api.settings({}, { signal }),
  });
  const data = found.data;
  const nameOf = (code: string) => {
    const template = data?.templates.find((one) => one.code === code);
    return template ? words(template.name) : code;
  };
  return (
    <>
      <PageHead
        title={t.title}
        note={data && t.version(data.version)}
        actions={data?.allowed.includes('configure') && <Button onClick={() => setEditing(true)}>{t.edit}</Button>}
      />
      <SupervisionTabs />
      <div className="page-body sv-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data && (
          <section className="card">
            <dl className="kv">
              <dt>{t.ruleSet}</dt>
              <dd>{words(ruleSetOf(data.settings.ruleSet).name)}</dd>
              <dt>{t.ruleSetOf}</dt>
              <dd>
                {Object.entries(data.settings.ruleSetOfTemplate).map(([code, set]) => (
                  <div key={code}>
                    {nameOf(code)} → {words(ruleSetOf(set).name)}
                  </div>
                ))}
              </dd>
              <dt>{t.remind}</dt>
              <dd>
                <div>
                  {t.remindPlain}
                  {t.colon}
                  {t.daysBefore(data.settings.remindBefore.plain.join(t.listSign))}
                </div>
                {Object.entries(data.settings.remindBefore.ofTemplate).map(([code, days]) => (
                  <div key={code}>
                    {nameOf(code)}
                    {t.colon}
                    {t.daysBefore(days.join(t.listSign))}
                  </div>
                ))}
              </dd>
              <dt>{t.escalate}</dt>
              <dd>
                {(['project', 'county', 'command'] as const).map((level) => {
                  const n = data.settings.escalateAfter[level];
                  return (
                    <div key={level}>
                      {t.levels[level]}
                      {t.colon}
                      {n === null ? t.byHand : t.workdays(n)}
                    </div>
                  );
                })}
              </dd>
            </dl>
          </section>
        )}
        {ruleSets.map((set) => (
          <SetCard key={set.code} set={set} />
        ))}
        {data && data.versions.length > 0 && (
          <section className="card">
            <h2>{t.versions}</h2>
            <ul className="sv-versions">
              {data.versions.map((version) => (
                <li key={version.version}>
                  <b>{t.version(version.version)}</b> {version.reason}{' '}
                  <small className="muted">
                    {version.actorName} {moment(version.at)}
                  </small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {isEditing && data && <RulesForm page={data} onClose={() => setEditing(false)} />}
    </>
  );
}

function SetCard({ set }: { set: RuleSet }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  return (
    <section className="card">
      <h2>{words(set.name)}</h2>
      <p className="muted sv-source">{words(set.source)}</p>
      <ScrollX label={words(set.name)}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.steps.colour}</th>
              <th>{t.steps.measure}</th>
              <th>{t.steps.when}</th>
              <th>{t.steps.limit}</th>
            </tr>
          </thead>
          <tbody>
            {set.steps.map((step) => (
              <tr key={step.colour}>
                <td className="nowrap">
                  <Colour value={step.colour} />
                </td>
                <td>{words(step.measure)}</td>
                <td>{stepWords(t, step, language)}</td>
                <td className="nowrap">{spanWords(t, step.limit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
