import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Allowed } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ledger } from '../contract.ts';
import { isEnded, matterStates } from '../flow.ts';
import { MatterLine } from './MatterRest.tsx';
import { matterKeys, matterTopics } from './matter-keys.ts';
import * as text from './matter-text.ts';
import './matter.css';

const shown = 8;
const openStates = matterStates.filter((state) => !isEnded(state));

/** On the project page: its open matters, the most urgent first, and both tracks counted apart. */
export function ProjectMatters({ project }: { project: { id: string; name: string } }) {
  const t = useText(text).project;
  const call = useClient(ledger);
  const navigate = useNavigate();
  useLiveRefetch(matterTopics, [matterKeys.project(project.id)]);
  const open = useQuery({
    queryKey: [...matterKeys.project(project.id), 'open'],
    queryFn: ({ signal }) =>
      call.list({ projectId: project.id, states: openStates, sort: 'dueCurrent', limit: 200 }, { signal }),
  });
  const all = useQuery({
    queryKey: [...matterKeys.project(project.id), 'all'],
    queryFn: ({ signal }) => call.list({ projectId: project.id, limit: 1 }, { signal }),
  });
  const rows = open.data?.rows ?? [];
  const of = (track: string) => rows.filter((row) => row.track === track).length;
  const late = rows.filter((row) => row.light === 'red').length;
  const total = all.data?.total ?? null;
  const query = `projectId=${project.id}&projectName=${encodeURIComponent(project.name)}`;
  return (
    <section id="matters" className="mt-project">
      <h2 className="h2">
        {t.title} <small>{t.note}</small>
        <span className="to">
          {total !== null && total > rows.length && <Link to={`/matters?projectId=${project.id}`}>{t.all(total)}</Link>}
          <Allowed permission="ledger.raise">
            <Button size="small" onClick={() => void navigate(`/matters/on-spot?${query}`)}>
              {t.raiseOnSpot}
            </Button>
            <Button size="small" onClick={() => void navigate(`/matters/new?${query}`)}>
              {t.raise}
            </Button>
          </Allowed>
        </span>
      </h2>
      {open.error && <ProblemView compact error={open.error} onRetry={() => void open.refetch()} />}
      {open.data &&
        (rows.length === 0 ? (
          <p className="muted">{t.none}</p>
        ) : (
          <>
            <p className="mt-counts">
              <span>
                {t.open} <b>{count(rows.length)}</b>
              </span>
              <span>
                {t.assigned} <b>{count(of('assigned'))}</b>
              </span>
              <span>
                {t.onSpot} <b>{count(of('onSpot'))}</b>
              </span>
              {late > 0 && (
                <span className="late">
                  {t.overdue} <b>{count(late)}</b>
                </span>
              )}
            </p>
            <ul className="mt-list">
              {rows.slice(0, shown).map((row) => (
                <li key={row.id}>
                  <MatterLine matter={row} />
                </li>
              ))}
            </ul>
            {rows.length > shown && (
              <p>
                <Link to={`/matters?projectId=${project.id}`}>{t.all(total ?? rows.length)}</Link>
              </p>
            )}
          </>
        ))}
    </section>
  );
}
