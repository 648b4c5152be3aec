import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { permits } from '../contract.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** What was recorded of the permits of a project, newest first, with both values of what changed. */
export function PermitHistory({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(permits);
  const events = useQuery({
    queryKey: keys.history(projectId),
    queryFn: ({ signal }) => api.history({ projectId }, { signal }),
  });
  const show = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t.empty;
    if (field === 'unitId') return t.changed;
    if (field === 'limitUnit') return t.units[value as 'WORKDAY' | 'CALENDAR'];
    return typeof value === 'object' ? String((value as { name?: string }).name ?? '') : String(value);
  };
  return (
    <Drawer open title={t.historyTitle} size={560} onClose={onClose}>
      {events.error && <ProblemView error={events.error} compact onRetry={() => void events.refetch()} />}
      {events.data?.length === 0 && <p className="muted">{t.historyNone}</p>}
      <ul className="permit-log">
        {(events.data ?? []).map((event) => (
          <li key={event.id}>
            <time>{moment(event.at)}</time>
            <div>
              <b>{words(event.stepName)}</b> {t.events[event.event]}
              <span className="muted"> {event.actorName}</span>
              {event.changes.map((change) => (
                <div key={change.field} className="soft">
                  {t.fields[change.field] ?? change.field}{' '}
                  {change.before === null ? '' : `${show(change.field, change.before)} → `}
                  {show(change.field, change.after)}
                </div>
              ))}
              {event.reason && <div>{event.reason}</div>}
            </div>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
