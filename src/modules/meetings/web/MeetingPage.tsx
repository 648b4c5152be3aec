import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { meetings } from '../contract.ts';
import { type MeetingMove, meetingMoves } from '../flow.ts';
import { kindRules } from '../kinds.ts';
import type { MeetingView } from '../shapes.ts';
import { AgendaCard } from './AgendaCard.tsx';
import { AttendanceCard } from './AttendanceCard.tsx';
import { DecisionsCard } from './DecisionsCard.tsx';
import { MeetingForm } from './MeetingForm.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import { ObjectionsCard } from './ObjectionsCard.tsx';
import { RouteCard } from './RouteCard.tsx';
import { StateTag } from './StateTag.tsx';
import { whenOf } from './show.ts';
import * as text from './text.ts';
import { useMeeting } from './use-meeting.ts';
import './meetings.css';

/** `/meetings/:id`: the agenda, who is there, what was decided, what was said against it. */
export function MeetingPage() {
  const { data: meeting, error, refetch } = useMeeting();
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  return meeting ? <Page meeting={meeting} /> : null;
}

function Page({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const words = useWords();
  const [isEdit, setEdit] = useState(false);
  const [move, setMove] = useState<MeetingMove | null>(null);
  const can = (act: MeetingView['allowed'][number]) => meeting.allowed.includes(act);
  const moves = meetingMoves.filter(can);
  // The way forward is the button; the ways back and out stand in the menu.
  const skipped: MeetingMove[] = ['cancel', 'reopenAgenda', 'recall'];
  // Minutes of a visit are not circulated: there are no decisions in them.
  if (!kindRules[meeting.kind].hasDecisions) skipped.push('circulate');
  const forward = moves.find((one) => !skipped.includes(one));
  const others = moves.filter((one) => one !== forward);
  const hasMinutes = meeting.decisionList.length > 0 || meeting.agenda.some((item) => item.minute !== null);
  return (
    <>
      <PageHead
        title={meeting.title}
        crumbs={
          <>
            <Link to="/meetings">{t.title}</Link> / {words(kindRules[meeting.kind].words)}
          </>
        }
        mark={<StateTag state={meeting.state} />}
        note={meeting.demo ? <span className="tag">{t.demo}</span> : undefined}
        actions={
          <>
            {meeting.agenda.length > 0 && (
              <Link className="mtg-button" to={`/meetings/${meeting.id}/present`}>
                {t.present}
              </Link>
            )}
            {can('minute') && (
              <Link className="mtg-button" to={`/meetings/${meeting.id}/minutes`}>
                {t.minutes}
              </Link>
            )}
            {meeting.hasRoute && can('score') && (
              <Link className="mtg-button" to={`/meetings/${meeting.id}/observe`}>
                {t.observe}
              </Link>
            )}
            {can('edit') && <Button onClick={() => setEdit(true)}>{t.edit}</Button>}
            {others.length > 0 && (
              <Dropdown
                trigger={['click']}
                menu={{ items: others.map((one) => ({ key: one, label: t.moves[one], onClick: () => setMove(one) })) }}
              >
                <Button aria-label={others.map((one) => t.moves[one]).join(t.listSign)}>…</Button>
              </Dropdown>
            )}
            {forward && (
              <Button type="primary" onClick={() => setMove(forward)}>
                {t.moves[forward]}
              </Button>
            )}
          </>
        }
      >
        <span>
          {t.start} <b>{whenOf(meeting.startsAt)}</b>
        </span>
        <span>
          {t.place} <b>{meeting.place}</b>
        </span>
        <span>
          {t.chairIs} <b>{meeting.chairName}</b>
        </span>
        <span>
          {t.convener} <b>{meeting.convenerUnit.name}</b>
        </span>
        {meeting.documentNo && (
          <span>
            {t.documentNo} <b>{meeting.documentNo}</b>
          </span>
        )}
        {meeting.state === 'circulated' && meeting.objectionsUntil && (
          <span>
            <b>{t.until(moment(meeting.objectionsUntil))}</b>
          </span>
        )}
        {meeting.previous && (
          <span>
            {t.previous} <Link to={`/meetings/${meeting.previous.id}`}>{meeting.previous.title}</Link>
          </span>
        )}
        {meeting.next && (
          <span>
            {t.next} <Link to={`/meetings/${meeting.next.id}`}>{meeting.next.title}</Link>
          </span>
        )}
      </PageHead>
      <div className="page-body mtg-page">
        <div className="mtg-main">
          {meeting.hasRoute && <RouteCard meeting={meeting} />}
          {(!meeting.hasRoute || meeting.agenda.length > 0 || can('agenda')) && <AgendaCard meeting={meeting} />}
          {kindRules[meeting.kind].hasDecisions && meeting.state !== 'planned' && <DecisionsCard meeting={meeting} />}
          {(meeting.state === 'circulated' || meeting.objections.length > 0) && <ObjectionsCard meeting={meeting} />}
        </div>
        <aside className="mtg-side">
          <AttendanceCard meeting={meeting} />
          {meeting.agenda.length > 0 && (
            <section className="card mtg-files">
              <FileLinks
                name={t.files.agenda}
                link={(format) => urlOf(meetings, 'agendaFile', { id: meeting.id, format })}
              />
              {hasMinutes && (
                <FileLinks
                  name={t.files.minutes}
                  link={(format) => urlOf(meetings, 'minutesFile', { id: meeting.id, format })}
                />
              )}
            </section>
          )}
          <section className="card">
            <h2>{t.history}</h2>
            <ol className="mtg-history">
              {meeting.events.toReversed().map((event) => (
                <li key={event.id}>
                  <span>
                    {(t.moves as Record<string, string>)[event.act] ?? t.acts[event.act] ?? event.act}
                    {event.text && <span className="soft"> {event.text}</span>}
                  </span>
                  <small className="muted">
                    {event.actorName} {moment(event.at)}
                  </small>
                </li>
              ))}
            </ol>
          </section>
        </aside>
      </div>
      {isEdit && <MeetingForm meeting={meeting} onClose={() => setEdit(false)} />}
      {move && <MoveDialog meeting={meeting} move={move} onClose={() => setMove(null)} />}
    </>
  );
}

function FileLinks({ name, link }: { name: string; link: (format: 'docx' | 'pdf') => string }) {
  const t = useText(text).files;
  return (
    <p>
      <b>{name}</b>
      <a href={link('docx')} download>
        {t.word}
      </a>
      <a href={link('pdf')} download>
        {t.pdf}
      </a>
    </p>
  );
}
