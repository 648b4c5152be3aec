import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties } from '../contract.ts';
import type { IncidentHead } from '../incident-contract.ts';
import { classWords, levelWords } from '../incident-rules.ts';
import { ClockState } from './ClockLine.tsx';
import './incidents.css';
import * as text from './incident-text.ts';
import { useServerNow } from './moments.ts';
import { RaiseForm } from './RaiseForm.tsx';

export const stateMarks = {
  late: { shape: '■', className: 'late' },
  near: { shape: '▲', className: 'warn' },
  open: { shape: '●', className: 'good' },
  closed: { shape: '✓', className: 'soft' },
} as const;

/** Incidents, those whose report is due first. */
export function IncidentsPage() {
  const t = useText(text);
  const api = useClient(duties);
  const [params, setParams] = useSearchParams();
  const [isRaising, setRaising] = useState(params.has('new'));
  const asked = params.get('state');
  const state = asked === 'open' || asked === 'closed' ? asked : undefined;
  const found = useQuery({
    queryKey: ['incidents', state],
    queryFn: ({ signal }) => api.incidents(state ? { state } : {}, { signal }),
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });
  useLiveRefetch(['duties.*'], [['incidents']]);
  const now = useServerNow(found.data?.madeAt, 5);
  const rank = { late: 0, near: 1, open: 2, closed: 3 };
  const rows = found.data?.incidents.toSorted((a, b) => rank[a.state] - rank[b.state]) ?? [];
  return (
    <>
      <PageHead
        title={t.title}
        note={t.note}
        actions={
          <>
            <Link className="incident-rules-link" to="/incidents/rules">
              {t.rules}
            </Link>
            {found.data?.allowed.includes('raise') && (
              <Button type="primary" danger onClick={() => setRaising(true)}>
                {t.raise}
              </Button>
            )}
          </>
        }
      />
      <div className="chips">
        {([undefined, 'open', 'closed'] as const).map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className={one === state ? 'chip on' : 'chip'}
            aria-pressed={one === state}
            onClick={() => setParams(one ? { state: one } : {}, { replace: true })}
          >
            {t.filter[one ?? 'all']}
          </button>
        ))}
      </div>
      <div className="page-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && rows.length === 0 && <Empty title={t.empty} />}
        <ul className="incident-list">
          {rows.map((incident) => (
            <Row key={incident.id} incident={incident} now={now} />
          ))}
        </ul>
      </div>
      {isRaising && found.data && (
        <RaiseForm
          units={found.data.units}
          madeAt={found.data.madeAt}
          onClose={() => {
            setRaising(false);
            if (params.has('new')) setParams({}, { replace: true });
          }}
        />
      )}
    </>
  );
}

function Row({ incident, now }: { incident: IncidentHead; now: number }) {
  const t = useText(text);
  const words = useWords();
  const mark = stateMarks[incident.state];
  return (
    <li className="card">
      <div className="incident-row">
        <div>
          <Link to={`/incidents/${incident.id}`}>
            <b>{incident.title}</b>
          </Link>{' '}
          {incident.demo && !incident.title.includes(t.sample) && <span className="tag">{t.sample}</span>}
          <p className="muted">
            {incident.no} · {incident.unitName} · {incident.projectName ?? incident.place}
          </p>
        </div>
        <div>
          <b>{words(levelWords[incident.level])}</b> <span className="soft">{words(classWords[incident.class])}</span>
          <p className="muted num">
            {t.learned} {moment(incident.learnedAt)}
          </p>
        </div>
        <div className="num">
          <b className={mark.className}>
            {mark.shape} {t.states[incident.state]}
          </b>
          <p>
            {incident.next ? (
              <>
                <span className="soft">{words(incident.next.name)}</span> <ClockState clock={incident.next} now={now} />
              </>
            ) : (
              <span className="muted">
                {t.head.reports} {t.count(incident.reports)}
              </span>
            )}
            {incident.lateMinutes > 0 && <small className="late"> {t.lateSum(incident.lateMinutes)}</small>}
          </p>
        </div>
      </div>
    </li>
  );
}
