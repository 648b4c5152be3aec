import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties } from '../contract.ts';
import type { Clock, Incident } from '../incident-contract.ts';
import { classWords, levelWords, signWords } from '../incident-rules.ts';
import { ClockLine } from './ClockLine.tsx';
import { FollowUps } from './FollowUps.tsx';
import { InstructForm, LevelForm } from './IncidentForms.tsx';
import { stateMarks } from './IncidentsPage.tsx';
import { IncidentTimeline } from './IncidentTimeline.tsx';
import './incidents.css';
import * as text from './incident-text.ts';
import { useServerNow } from './moments.ts';
import { ReportForm } from './ReportForm.tsx';

/** One incident: its limits counting down, the chain of reports, who is told, and what follows. */
export function IncidentPage() {
  const t = useText(text);
  const { id = '' } = useParams();
  const api = useClient(duties);
  const found = useQuery({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => api.incident({ id }, { signal }),
    refetchInterval: 60_000,
  });
  useLiveRefetch(['duties.*', 'ledger.*'], [['incidents']]);
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageHead title={t.title} />;
  return <Whole incident={found.data} />;
}

/** What still runs before what is met; within each by the moment at which it is due. */
const openFirst = (a: Clock, b: Clock): number =>
  Number(a.metAt !== null) - Number(b.metAt !== null) || a.dueAt.localeCompare(b.dueAt);

function Whole({ incident }: { incident: Incident }) {
  const t = useText(text);
  const words = useWords();
  const now = useServerNow(incident.madeAt);
  const [open, setOpen] = useState<'level' | 'instruct' | null>(null);
  const mark = stateMarks[incident.state];
  return (
    <>
      <PageHead
        crumbs={
          <>
            <Link to="/incidents">{t.title}</Link> / {incident.no}
          </>
        }
        title={incident.title}
        mark={
          <>
            <b className={mark.className}>
              {mark.shape} {t.states[incident.state]}
            </b>
            {incident.demo && !incident.title.includes(t.sample) && <span className="tag">{t.sample}</span>}
          </>
        }
        actions={
          <>
            {incident.allowed.includes('setLevel') && <Button onClick={() => setOpen('level')}>{t.setLevel}</Button>}
            {incident.allowed.includes('instruct') && (
              <Button type="primary" onClick={() => setOpen('instruct')}>
                {t.instruct}
              </Button>
            )}
          </>
        }
      >
        <div className="facts">
          <span>
            <b>{words(levelWords[incident.level])}</b> {words(classWords[incident.class])}
            {incident.level === 'unknown' && ` · ${t.treated(words(levelWords[incident.treatedAs]))}`}
          </span>
          <span>
            {t.learned} <b className="num">{moment(incident.learnedAt)}</b>
          </span>
          {incident.happenedAt && (
            <span>
              {t.happened} <b className="num">{moment(incident.happenedAt)}</b>
            </span>
          )}
          <span>
            {t.place} <b>{incident.place}</b>
          </span>
          <span>
            {t.fUnit} <b>{incident.unitName}</b>
          </span>
          {incident.projectId && (
            <span>
              {t.project} <Link to={`/projects/${incident.projectId}`}>{incident.projectName}</Link>
            </span>
          )}
          {incident.signs.length > 0 && (
            <span className="warn">{incident.signs.map((sign) => words(signWords[sign])).join(t.sep)}</span>
          )}
        </div>
      </PageHead>
      <div className="page-body incident-body">
        <section className="card incident-clocks">
          <h2>
            {t.clocks}
            {incident.lateMinutes > 0 && <span className="late small">{t.lateSum(incident.lateMinutes)}</span>}
          </h2>
          <ul>
            {incident.clocks.toSorted(openFirst).map((clock) => (
              <ClockLine key={clock.code} clock={clock} now={now} />
            ))}
          </ul>
          {incident.treatedBasis && <p className="muted">{t.treatedWhy(incident.treatedBasis)}</p>}
        </section>
        <div className="incident-main">
          {incident.allowed.includes('report') && <ReportForm key={incident.reports} incident={incident} />}
          <IncidentTimeline incident={incident} />
        </div>
        <div className="incident-side">
          <section className="card">
            <h2>{t.route}</h2>
            <ul className="incident-route">
              {incident.route.people.map((label) => (
                <li key={label}>{label}</li>
              ))}
              {incident.route.people.length === 0 && <li className="muted">{t.routeNone}</li>}
            </ul>
            {incident.route.outside.length > 0 && (
              <>
                <p className="muted">{t.routeOutside}</p>
                <ul className="incident-route">
                  {incident.route.outside.map((label) => (
                    <li key={label}>{label}</li>
                  ))}
                </ul>
              </>
            )}
          </section>
          <FollowUps incident={incident} />
        </div>
      </div>
      {open === 'level' && <LevelForm incident={incident} onClose={() => setOpen(null)} />}
      {open === 'instruct' && <InstructForm incident={incident} onClose={() => setOpen(null)} />}
    </>
  );
}
