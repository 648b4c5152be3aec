import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type CategoryCode, categoryOf } from '../categories.ts';
import type { Clearance } from '../clearance.ts';
import { factors, type NeedEvent } from '../contract.ts';
import { keys } from './keys.ts';
import { amountOf } from './show.ts';
import * as text from './text.ts';

/** Everything that happened to the needs of a project, newest first, with both values of what changed. */
export function NeedHistory({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const events = useQuery({
    queryKey: keys.history(projectId),
    queryFn: ({ signal }) => api.history({ projectId }, { signal }),
  });
  return (
    <Drawer open title={t.historyTitle} size={560} onClose={onClose}>
      {events.error && <ProblemView error={events.error} compact onRetry={() => void events.refetch()} />}
      {events.data?.length === 0 && <p className="muted">{t.historyNone}</p>}
      <ul className="factor-log">
        {(events.data ?? []).map((event) => (
          <li key={event.id}>
            <time>{moment(event.at)}</time>
            <div>
              <b>{words(categoryOf(event.category).name)}</b> {t.kinds[event.kind]}
              <span className="muted"> {event.actorName}</span>
              {event.changes.map((change) => (
                <div key={change.field} className="soft">
                  {t.fields[change.field] ?? change.field}
                  {t.colon}
                  <Value event={event} field={change.field} value={change.before} /> →{' '}
                  <Value event={event} field={change.field} value={change.after} />
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

function Value({ event, field, value }: { event: NeedEvent; field: string; value: unknown }) {
  const t = useText(text);
  const words = useWords();
  return <>{valueText(event.category, field, value, t, words)}</>;
}

function valueText(
  category: CategoryCode,
  field: string,
  value: unknown,
  t: ReturnType<typeof useText<typeof text.zh>>,
  words: ReturnType<typeof useWords>,
): string {
  if (value === null || value === undefined || value === '') return t.empty;
  if (typeof value === 'number') return amountOf(category, value, words);
  if (Array.isArray(value)) return t.fileCount(value.length);
  if (field === 'unitId') return t.changedUnit;
  if (field === 'clearance') {
    const { households: h } = value as Clearance;
    return t.clearanceLine(String(h.signed), String(h.vacated), String(h.planned));
  }
  return String(value);
}
