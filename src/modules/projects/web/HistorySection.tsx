import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { type ProjectEvent, projects } from '../contract.ts';
import { showValue } from './show.ts';
import * as text from './text.ts';

/** Who changed what, when and why: before → after of each field. */
export function HistorySection({ projectId }: { projectId: string }) {
  const t = useText(text);
  const api = useClient(projects);
  const [limit, setLimit] = useState(8);
  const history = useQuery({
    queryKey: ['projects', 'history', projectId, limit],
    queryFn: ({ signal }) => api.history({ id: projectId, limit }, { signal }),
    placeholderData: (before) => before,
  });
  const { events = [], total = 0 } = history.data ?? {};
  return (
    <section className="last" id="history">
      <h2 className="h2">
        {t.history}
        {total > events.length && (
          <button type="button" className="to link" onClick={() => setLimit(500)}>
            {t.historyAll(total)}
          </button>
        )}
      </h2>
      <ol className="log">
        {events.map((event) => (
          <li key={event.id}>
            <time dateTime={event.at}>{moment(event.at)}</time>
            <EventWords event={event} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function EventWords({ event }: { event: ProjectEvent }) {
  const t = useText(text);
  const language = useLanguage();
  const label = (field: string) => (t.field as Record<string, string>)[field] ?? field;
  const changes = event.changes.filter((change) => change.field !== 'year');
  const year = event.changes.find((change) => change.field === 'year')?.after;
  const tail = [event.actorName, event.reason && t.because(event.reason), event.document && t.basis(event.document)]
    .filter(Boolean)
    .join('，');
  return (
    <span>
      {event.kind !== 'light' && (
        <>
          {typeof year === 'number' && `${year} `}
          {t.events[event.kind]}
          {changes.length > 0 && '：'}
        </>
      )}
      {changes.map((change, i) => (
        <span key={change.field}>
          {i > 0 && '；'}
          {label(change.field)}{' '}
          {change.before !== null && change.before !== undefined && (
            <span className="soft">{showValue(change.field, change.before, language, t)} → </span>
          )}
          <b>
            {change.after === null && event.kind === 'milestones'
              ? t.removed
              : showValue(change.field, change.after, language, t)}
          </b>
        </span>
      ))}
      {event.kind !== 'light' && tail && <span className="muted">，{tail}</span>}
    </span>
  );
}
