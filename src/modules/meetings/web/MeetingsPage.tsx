import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { meetings } from '../contract.ts';
import { kindRules, rhythmWords } from '../kinds.ts';
import type { MeetingRow } from '../shapes.ts';
import { keys, topics } from './keys.ts';
import { MeetingForm } from './MeetingForm.tsx';
import { MonthView } from './MonthView.tsx';
import { StateTag } from './StateTag.tsx';
import { whenOf } from './show.ts';
import * as text from './text.ts';
import './meetings.css';

/** `/meetings`: what lies ahead, what was held and what came of it; the same as a month. */
export function MeetingsPage() {
  const t = useText(text);
  const api = useClient(meetings);
  const { today } = useSession();
  const [view, setView] = useState<'list' | 'calendar'>('list');
  const [isNew, setNew] = useState(false);
  const found = useQuery({ queryKey: keys.list, queryFn: ({ signal }) => api.list({}, { signal }) });
  useLiveRefetch(topics, [keys.all]);
  const all = found.data?.meetings ?? [];
  const isAhead = (m: MeetingRow) => m.state === 'planned' || m.state === 'agendaFixed';
  const ahead = all.filter(isAhead).toReversed();
  const past = all.filter((m) => !isAhead(m));
  return (
    <>
      <PageHead
        title={t.title}
        actions={
          <>
            <Segmented
              value={view}
              options={[
                { value: 'list', label: t.asList },
                { value: 'calendar', label: t.asCalendar },
              ]}
              onChange={setView}
            />
            {found.data?.allowed.includes('convene') && (
              <Button type="primary" onClick={() => setNew(true)}>
                {t.convene}
              </Button>
            )}
          </>
        }
      />
      <div className="page-body mtg-list">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && all.length === 0 && <Empty title={t.noMeetings} hint={t.noMeetingsHint} />}
        {view === 'calendar' && all.length > 0 && <MonthView meetings={all} today={today} />}
        {view === 'list' && ahead.length > 0 && <Table title={t.upcoming} rows={ahead} />}
        {view === 'list' && past.length > 0 && <Table title={t.past} rows={past} hasResult />}
      </div>
      {isNew && <MeetingForm onClose={() => setNew(false)} />}
    </>
  );
}

function Table({
  title,
  rows,
  hasResult = false,
}: {
  title: string;
  rows: readonly MeetingRow[];
  hasResult?: boolean;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <section className="card">
      <h2>
        {title} <small>{rows.length}</small>
      </h2>
      <ScrollX label={title}>
        <table className="plain mtg-table">
          <thead>
            <tr>
              <th>{t.heads.when}</th>
              <th>{t.heads.title}</th>
              <th>{t.heads.state}</th>
              <th>{t.heads.place}</th>
              <th>{t.heads.convener}</th>
              <th className="num">{t.heads.items}</th>
              <th className="num">{t.heads.attended}</th>
              {hasResult && <th className="num">{t.heads.decisions}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((m) => (
              <tr key={m.id}>
                <td className="nowrap num-left">{whenOf(m.startsAt)}</td>
                <td>
                  <Link to={`/meetings/${m.id}`}>{m.title}</Link> {m.demo && <span className="tag">{t.demo}</span>}
                  <br />
                  <small className="muted">
                    {words(kindRules[m.kind].words)} · {words(rhythmWords[kindRules[m.kind].rhythm])}
                  </small>
                </td>
                <td className="nowrap">
                  <StateTag state={m.state} />
                </td>
                <td>{m.place}</td>
                <td>{m.convenerUnit.name}</td>
                <td className="num">{m.items || '—'}</td>
                <td className="num nowrap">{m.participants > 0 ? t.ofCount(m.attended, m.participants) : '—'}</td>
                {hasResult && <td className="num nowrap">{t.closedOf(m.closed, m.decisions)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
