import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Enrolment, enrolment } from '../contract.ts';
import { type EnrolmentEvent, enrolmentEvents, eventWords, stateWords } from '../flow.ts';
import { startDefinition } from '../rules.ts';
import { Checklist } from './Checklist.tsx';
import './enrolment.css';
import { FindingList } from './FindingList.tsx';
import { keys } from './keys.ts';
import { MonthPairs } from './MonthPairs.tsx';
import { MoveForm } from './MoveForm.tsx';
import * as text from './text.ts';

/** On the project page: where it stands on its way into the statistics, its papers, and both figures. */
export function EnrolmentSection({ project }: { project: { id: string } }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(enrolment);
  const [moving, setMoving] = useState<EnrolmentEvent | null>(null);
  const found = useQuery({
    queryKey: keys.one(project.id),
    queryFn: ({ signal }) => api.get({ projectId: project.id }, { signal }),
  });
  useLiveRefetch(
    ['enrolment.*', 'projects.changed', 'dispatch.standingChanged', 'filings.accepted'],
    [keys.one(project.id)],
  );
  const data = found.data;
  return (
    <section id="enrolment" className="enrolment">
      <h2 className="h2">
        {t.title}
        {data && (
          <small>
            <span className={`en-state ${data.state}`}>{words(stateWords[data.state])}</span>
          </small>
        )}
        {data && (
          <span className="to en-actions">
            {enrolmentEvents
              .filter((event) => data.allowed.includes(event))
              .map((event) => (
                <Button key={event} size="small" onClick={() => setMoving(event)}>
                  {words(eventWords[event])}
                </Button>
              ))}
          </span>
        )}
      </h2>
      {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
      {data && (
        <>
          <Position data={data} />
          <Checklist key={data.state} data={data} />
          <FindingList findings={data.findings} />
          <MonthPairs data={data} />
          <History events={data.events} />
          <p className="en-notice">{t.notice}</p>
          {moving && <MoveForm data={data} event={moving} onClose={() => setMoving(null)} />}
        </>
      )}
    </section>
  );
}

function Position({ data }: { data: Enrolment }) {
  const t = useText(text);
  const words = useWords();
  const s = t.section;
  if (data.state === 'notRequired') return <p className="muted">{s.small}</p>;
  const { lamp, lampDays } = data;
  return (
    <div className="en-position">
      <p>
        {lamp && <Light value={lamp} lamp />}
        {data.state === 'enrolled' ? (
          <b>{s.enrolled(data.enrolledOn, data.enrolledCode)}</b>
        ) : (
          <>
            <span>{data.startedOn ? s.started(data.startedOn) : s.notStarted}</span>
            {data.daysSinceStart !== null && <b>{s.days(data.daysSinceStart)}</b>}
            {lamp && lampDays && (
              <span className={lamp === 'normal' ? 'muted' : lamp}>
                {lamp === 'normal'
                  ? s.lampNormal(lampDays.warnOn)
                  : lamp === 'warn'
                    ? s.lampWarn(lampDays.lateAfter)
                    : s.lampLate(lampDays.lateAfter)}
              </span>
            )}
          </>
        )}
        {data.form && data.state !== 'enrolled' && (
          <span className="muted">{s.form(data.form.code, data.form.monthly, data.form.newProjects)}</span>
        )}
      </p>
      {data.state !== 'enrolled' && (
        <p className="muted en-small">
          <span>{words(startDefinition)}</span>
          <span>{s.lampSource(data.lampSource)}</span>
        </p>
      )}
    </div>
  );
}

const shownAtFirst = 3;

function History({ events }: { events: Enrolment['events'] }) {
  const t = useText(text);
  const words = useWords();
  const [isWhole, setWhole] = useState(false);
  const moves = events.filter((event) => event.event !== 'document');
  if (moves.length === 0) return null;
  return (
    <>
      <h3 className="en-h3">{t.section.history}</h3>
      <ul className="en-events">
        {(isWhole ? moves : moves.slice(0, shownAtFirst)).map((event) => (
          <li key={event.id}>
            <b className="num">{event.on ?? moment(event.at).slice(0, 10)}</b>{' '}
            {words(eventWords[event.event as EnrolmentEvent])}
            {event.document && <span> · {event.document}</span>}
            {event.reason && <span> · {event.reason}</span>}
            <small className="muted"> {event.actorName}</small>
          </li>
        ))}
      </ul>
      {moves.length > shownAtFirst && (
        <button type="button" className="en-link" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t.section.fold : t.section.historyMore(moves.length)}
        </button>
      )}
    </>
  );
}
