import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment, wan } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { enrolment } from '../contract.ts';
import { type ReportForm, startDefinition } from '../rules.ts';
import { EnrolmentTabs } from './EnrolmentTabs.tsx';
import './enrolment.css';
import { keys } from './keys.ts';
import { RulesForm } from './RulesForm.tsx';
import * as text from './text.ts';

/** Floors, forms and limits as they count now, and how they came to. */
export function RulesPage() {
  const t = useText(text);
  const r = t.rules;
  const words = useWords();
  const api = useClient(enrolment);
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({ queryKey: keys.rules, queryFn: ({ signal }) => api.rules({}, { signal }) });
  const data = found.data;
  const years = ({ validFromYear, validToYear }: ReportForm) =>
    validFromYear === null && validToYear === null
      ? r.anyYear
      : [validFromYear && r.since(validFromYear), validToYear && r.until(validToYear)].filter(Boolean).join(t.comma);
  return (
    <>
      <PageHead
        title={t.title}
        note={data && r.version(data.version)}
        actions={data?.allowed.includes('save') && <Button onClick={() => setEditing(true)}>{r.edit}</Button>}
      />
      <EnrolmentTabs />
      <div className="page-body en-rules">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data && (
          <>
            <section className="card">
              <dl className="kv">
                <dt>{r.floor}</dt>
                <dd>{r.from(wan(data.rules.floorYuan))}</dd>
                <dt>{r.national}</dt>
                <dd>{r.from(wan(data.rules.nationalYuan))}</dd>
                <dt>{r.start}</dt>
                <dd>{words(startDefinition)}</dd>
                <dt>{r.lamp}</dt>
                <dd>{r.lampRule(data.rules.warnMonths, data.rules.lateMonths, data.rules.lampSource)}</dd>
                <dt>{r.gap}</dt>
                <dd>{r.gapRule(wan(data.rules.gapYuan), data.rules.gapPercent)}</dd>
              </dl>
            </section>
            <section className="card">
              <h2>{r.forms}</h2>
              <ScrollX label={r.forms}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{r.form}</th>
                      <th>{r.size}</th>
                      <th>{r.monthly}</th>
                      <th>{r.fresh}</th>
                      <th>{r.years}</th>
                      <th>{r.source}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.rules.forms.map((form) => (
                      <tr key={`${form.code} ${form.fromYuan} ${form.validFromYear}`}>
                        <th scope="row">{form.code}</th>
                        <td>
                          {form.belowYuan === null
                            ? r.from(wan(form.fromYuan))
                            : r.between(wan(form.fromYuan), wan(form.belowYuan))}
                        </td>
                        <td>{form.monthly}</td>
                        <td>{form.newProjects}</td>
                        <td>{years(form)}</td>
                        <td>{form.source}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </section>
            {data.versions.length > 0 && (
              <section className="card">
                <h2>{r.versions}</h2>
                <ul className="en-events">
                  {data.versions.map((version) => (
                    <li key={version.version}>
                      <b>{r.version(version.version)}</b> {version.reason}
                      <small className="muted">
                        {' '}
                        {version.actorName} {moment(version.at)}
                      </small>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <p className="en-notice">{t.notice}</p>
          </>
        )}
      </div>
      {isEditing && data && <RulesForm page={data} onClose={() => setEditing(false)} />}
    </>
  );
}
