import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { calendar, type YearPage } from '../contract.ts';
import { CalendarTabs } from './CalendarTabs.tsx';
import './calendar.css';
import { DayEditor } from './DayEditor.tsx';
import { PublishYear } from './PublishYear.tsx';
import * as text from './text.ts';
import { YearGrid } from './YearGrid.tsx';

/** A year at a glance: twelve small months, what is off and what is worked, the notice, and who changed what. */
export function CalendarPage() {
  const t = useText(text);
  const api = useClient(calendar);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const year = Number(params.get('year')) || yearOf(today);
  const [editing, setEditing] = useState<string | null>(null);
  const [isPublishing, setPublishing] = useState(false);
  const years = useQuery({ queryKey: ['calendar', 'years'], queryFn: ({ signal }) => api.years({}, { signal }) });
  const page = useQuery({
    queryKey: ['calendar', 'year', year],
    queryFn: ({ signal }) => api.year({ year }, { signal }),
    retry: false,
  });
  return (
    <>
      <PageHead
        title={t.title}
        note={page.data && t.counts(page.data.offCount, page.data.workCount, page.data.workdays)}
        actions={
          <>
            <Select
              aria-label={t.year}
              value={year}
              options={(years.data?.years ?? []).map((y) => ({ value: y.year, label: t.yearOf(y.year) }))}
              onChange={(next) => setParams({ year: String(next) })}
            />
            {years.data?.allowed.includes('publish') && (
              <Button onClick={() => setPublishing(true)}>{t.publish}</Button>
            )}
          </>
        }
      >
        {page.data && (
          <>
            <span>
              {t.notice} <b>{page.data.notice}</b> {page.data.noticeDate}
            </span>
            <span>{page.data.version === 0 ? t.shipped : t.version(page.data.version)}</span>
            <Legend />
          </>
        )}
      </PageHead>
      <CalendarTabs />
      <div className="page-body calendar-columns">
        {page.error && <ProblemView error={page.error} onRetry={() => page.refetch()} />}
        {page.data && (
          <>
            <section className="card">
              <YearGrid
                page={page.data}
                today={today}
                onEdit={page.data.allowed.includes('edit') ? setEditing : undefined}
              />
            </section>
            <History page={page.data} />
          </>
        )}
      </div>
      {editing && page.data && <DayEditor day={editing} page={page.data} onClose={() => setEditing(null)} />}
      {isPublishing && <PublishYear onClose={() => setPublishing(false)} />}
    </>
  );
}

function Legend() {
  const t = useText(text);
  return (
    <span className="year-legend">
      <span>
        <span className="year-day" data-kind="off">
          {t.legend.off}
        </span>{' '}
        {t.marks.off}
      </span>
      <span>
        <span className="year-day" data-kind="makeUp">
          {t.legend.work}
        </span>{' '}
        {t.marks.work}
      </span>
    </span>
  );
}

function History({ page }: { page: YearPage }) {
  const t = useText(text);
  const markOf = (mark: string) => t.marks[mark as keyof typeof t.marks] ?? mark;
  return (
    <section className="card">
      <h2>{t.history}</h2>
      {page.versions.length === 0 && <p className="muted">{t.noHistory}</p>}
      <table className="plain">
        <tbody>
          {page.versions.map((v) => (
            <tr key={v.version}>
              <td className="nowrap">{moment(v.at)}</td>
              <td>
                {v.changed ? t.changed(v.changed.day, markOf(v.changed.from), markOf(v.changed.to)) : t.published}
              </td>
              <td>{v.reason}</td>
              <td className="nowrap">{v.actorName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
