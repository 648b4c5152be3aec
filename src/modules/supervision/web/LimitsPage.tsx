import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import { LimitForm } from './LimitForm.tsx';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';

export type LimitLine = OutputOf<(typeof supervision)['endpoints']['limits']>['templates'][number];
type Turn = LimitLine['example']['blue'];
const urgencies = ['urgent', 'normal', 'hard'] as const;

/** The limits with their sources, each worked out for a matter issued on a day; a city changes its own. */
export function LimitsPage() {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const api = useClient(supervision);
  const [issuedOn, setIssuedOn] = useState(today);
  const [urgency, setUrgency] = useState<(typeof urgencies)[number]>('normal');
  const [edited, setEdited] = useState<LimitLine | null>(null);
  const found = useQuery({
    queryKey: ['supervision', 'limits', issuedOn, urgency],
    queryFn: ({ signal }) => api.limits({ issuedOn, urgency }, { signal }),
    placeholderData: (before) => before,
  });
  const data = found.data;
  return (
    <>
      <PageHead title={t.title} note={t.limitsNote} />
      <SupervisionTabs />
      <div className="page-body sv-body">
        <div className="sv-filter">
          <span className="sv-labelled">
            {t.issuedOn}
            <DatePicker
              aria-label={t.issuedOn}
              allowClear={false}
              value={dayjs(issuedOn)}
              onChange={(day) => day && setIssuedOn(day.format('YYYY-MM-DD'))}
            />
          </span>
          <Segmented
            aria-label={t.urgency}
            value={urgency}
            options={urgencies.map((value) => ({ value, label: t.urgencies[value] }))}
            onChange={setUrgency}
          />
        </div>
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data && (
          <section className="card">
            <ScrollX label={t.tabs.limits}>
              <table className="plain sv-table">
                <thead>
                  <tr>
                    <th>{t.template}</th>
                    <th>{t.stages}</th>
                    <th>{t.dueHead}</th>
                    <th>{t.blue}</th>
                    <th>{t.yellow}</th>
                    <th>{t.red}</th>
                    <th>{t.extensionsHead}</th>
                    <th aria-label={t.edit} />
                  </tr>
                </thead>
                <tbody>
                  {data.templates.map((line) => (
                    <tr key={line.template.code}>
                      <td className="sv-matter">
                        <b>{words(line.template.name)}</b>
                        <small>{words(line.template.source)}</small>
                        {line.version > 0 && <span className="tag">{t.ownVersion(line.version)}</span>}
                      </td>
                      <td>
                        {line.example.stages.map((stage) => (
                          <div key={stage.title} className="nowrap">
                            {stage.dueOn}{' '}
                            <span className="muted">
                              {words(
                                line.template.stages.find(({ title }) => title.zh === stage.title)?.title ?? {
                                  zh: stage.title,
                                  en: stage.title,
                                },
                              )}
                            </span>
                          </div>
                        ))}
                      </td>
                      <td className="nowrap">
                        <b>{line.example.dueOn ?? ''}</b>
                        {line.example.dueOn === null && <small>{t.noCalendar}</small>}
                      </td>
                      <TurnCell turn={line.example.blue} />
                      <TurnCell turn={line.example.yellow} />
                      <TurnCell turn={line.example.red} />
                      <td className="nowrap">{t.times(line.template.maxExtensions)}</td>
                      <td>
                        {data.allowed.includes('configure') && (
                          <Button size="small" onClick={() => setEdited(line)}>
                            {t.edit}
                          </Button>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
        {data && data.versions.length > 0 && (
          <section className="card">
            <h2>{t.versions}</h2>
            <ul className="sv-versions">
              {data.versions.map((version) => (
                <li key={`${version.code} ${version.version}`}>
                  <b>{version.code}</b> {t.version(version.version)} {version.reason}{' '}
                  <small className="muted">
                    {version.actorName} {moment(version.at)}
                  </small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {edited && <LimitForm line={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function TurnCell({ turn }: { turn: Turn }) {
  const t = useText(text);
  if (!turn) return <td className="muted">—</td>;
  const whys: Record<string, string> = t.whys;
  return (
    <td className="nowrap">
      {turn.on}
      <small>{whys[turn.why] ?? turn.why}</small>
    </td>
  );
}
