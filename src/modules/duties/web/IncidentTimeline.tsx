import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { elements, type Incident, type Report } from '../incident-contract.ts';
import { levelWords } from '../incident-rules.ts';
import * as text from './incident-text.ts';
import { shortMoment } from './moments.ts';

/** Reports and events in the order in which they happened, newest first. */
export function IncidentTimeline({ incident }: { incident: Incident }) {
  const t = useText(text);
  const lines = [
    ...incident.timeline.map((report) => ({ at: report.at, order: 1, key: `r${report.seq}`, report, event: null })),
    ...incident.events.map((event) => ({ at: event.at, order: 0, key: event.id, report: null, event })),
  ].sort((a, b) => b.at.localeCompare(a.at) || b.order - a.order);
  return (
    <section className="card">
      <h2>{t.chain}</h2>
      <ol className="incident-timeline">
        {lines.map(({ key, report, event }) =>
          report ? (
            <ReportLine key={key} report={report} />
          ) : (
            <li key={key} className="event" data-kind={event.kind}>
              <p className="incident-when">
                <b className={event.kind === 'late' ? 'late' : ''}>
                  {event.kind === 'late' ? '■ ' : ''}
                  {t.events[event.kind]}
                </b>
                <span className="num muted">{moment(event.at)}</span>
                <small className="muted">{event.actorName}</small>
              </p>
              <p>{event.text}</p>
              {event.told.length > 0 && <p className="muted">{t.sentTo(event.told.join(t.sep))}</p>}
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

function ReportLine({ report }: { report: Report }) {
  const t = useText(text);
  const words = useWords();
  const isEnteredLater = Date.parse(report.enteredAt) - Date.parse(report.at) > 60_000;
  return (
    <li className="report">
      <p className="incident-when">
        <b>{report.number === null ? t.reportKinds[report.kind] : t.continuing(report.number)}</b>
        <span className="num">{moment(report.at)}</span>
        {report.lateMinutes > 0 && <b className="late">■ {t.late(report.lateMinutes)}</b>}
        <span className="tag">{words(levelWords[report.level])}</span>
        <small className="muted">
          {report.actorName}
          {isEnteredLater && ` · ${t.entered(shortMoment(report.enteredAt, report.at))}`}
        </small>
      </p>
      <p className="incident-text">{report.text}</p>
      <dl className="kv">
        {elements
          .filter((name) => report.elements[name])
          .map((name) => (
            <div key={name}>
              <dt>{t.elements[name]}</dt>
              <dd>{report.elements[name]}</dd>
            </div>
          ))}
      </dl>
      {report.told.length > 0 && <p className="muted">{t.sentTo(report.told.join(t.sep))}</p>}
      {report.outside.length > 0 && <p className="muted">{t.alsoTo(report.outside.join(t.sep))}</p>}
    </li>
  );
}
