import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { burden, type UnitMonth } from '../contract.ts';
import { AskForm } from './AskForm.tsx';
import './burden.css';
import { RequestCard } from './RequestCard.tsx';
import * as text from './text.ts';

/** What is asked of whom: the month by unit, and requests for data beside the forms. */
export function BurdenPage() {
  const t = useText(text);
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'requests' ? 'requests' : 'month';
  return (
    <>
      <PageHead title={t.title} note={t.note} />
      <nav className="tabs" aria-label={t.title}>
        {(['month', 'requests'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className={name === tab ? 'active' : ''}
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => setParams(name === 'month' ? {} : { tab: name }, { replace: true })}
          >
            {t.tabs[name]}
          </button>
        ))}
      </nav>
      <div className="page-body burden-body">{tab === 'month' ? <Month /> : <Requests />}</div>
    </>
  );
}

function Month() {
  const t = useText(text);
  const api = useClient(burden);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const asked = params.get('month');
  const month = asked && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
  const found = useQuery({
    queryKey: ['burden', 'month', month],
    queryFn: ({ signal }) => api.month({ month }, { signal }),
    placeholderData: (before) => before,
  });
  return (
    <>
      <Input
        type="month"
        aria-label={t.monthLabel}
        value={month}
        max={today.slice(0, 7)}
        onChange={(event) => event.target.value && setParams({ month: event.target.value }, { replace: true })}
        style={{ width: '11rem' }}
      />
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.units.length === 0 && <p className="muted">{t.empty}</p>}
      {found.data && found.data.units.length > 0 && (
        <section className="card">
          <ScrollX label={t.tabs.month}>
            <table className="plain burden-table">
              <thead>
                <tr>
                  <th>{t.head.unit}</th>
                  <th className="num">{t.head.minutes}</th>
                  <th className="num">{t.head.forms}</th>
                  <th className="num">{t.head.fields}</th>
                  <th className="num">{t.head.requests}</th>
                  <th className="num">{t.head.again}</th>
                  <th>{t.head.by}</th>
                </tr>
              </thead>
              <tbody>
                {found.data.units.map((unit) => (
                  <Row key={unit.unitId ?? ''} unit={unit} name={unit.unitName ?? t.none} />
                ))}
              </tbody>
              <tfoot>
                <Row unit={found.data.total} name={t.total} />
              </tfoot>
            </table>
          </ScrollX>
        </section>
      )}
    </>
  );
}

function Row({ unit, name }: { unit: UnitMonth; name: string }) {
  const t = useText(text);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{count(unit.minutes)}</td>
      <td className="num">{count(unit.forms)}</td>
      <td className="num">{count(unit.fields)}</td>
      <td className="num">{count(unit.requests)}</td>
      <td className={`num${unit.again > 0 ? ' warn' : ''}`}>{count(unit.again)}</td>
      <td>
        {unit.by.map((one) => (
          <div key={`${one.issuer} ${one.what}`}>
            {t.by(one.issuer, one.what)}{' '}
            <small className="muted">{t.byDetail(count(one.forms), count(one.fields), count(one.minutes))}</small>
          </div>
        ))}
      </td>
    </tr>
  );
}

function Requests() {
  const t = useText(text);
  const api = useClient(burden);
  const [isAsking, setAsking] = useState(false);
  const found = useQuery({
    queryKey: ['burden', 'requests'],
    queryFn: ({ signal }) => api.requests({}, { signal }),
  });
  useLiveRefetch(['burden.*'], [['burden']]);
  return (
    <>
      {found.data?.allowed.includes('ask') && (
        <div>
          <Button type="primary" onClick={() => setAsking(true)}>
            {t.ask}
          </Button>
        </div>
      )}
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.requests.length === 0 && <p className="muted">{t.requestsNone}</p>}
      {found.data?.requests.map((request) => (
        <RequestCard key={request.id} request={request} />
      ))}
      {isAsking && <AskForm onClose={() => setAsking(false)} />}
    </>
  );
}
