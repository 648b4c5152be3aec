import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { addMonths, endOfMonth } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { month as monthWords } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties, type Month, type Roster } from '../contract.ts';
import { DayDrawer } from './DayDrawer.tsx';
import './duties.css';
import { DutyLog } from './DutyLog.tsx';
import { GenerateForm } from './GenerateForm.tsx';
import { Handovers } from './Handovers.tsx';
import { MonthGrid } from './MonthGrid.tsx';
import { OnNow } from './OnNow.tsx';
import { People } from './People.tsx';
import { RosterCards } from './RosterCards.tsx';
import * as text from './text.ts';

const tabs = ['roster', 'handovers', 'log', 'people'] as const;
type Tab = (typeof tabs)[number];

/** Who is on duty: the month, who is on now with telephones, hand-overs, the log and the list of people. */
export function DutiesPage() {
  const t = useText(text);
  const api = useClient(duties);
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((name) => name === params.get('tab')) ?? 'roster';
  const asked = params.get('month');
  const month = asked && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
  const unitId = params.get('unit') ?? undefined;
  const found = useQuery({
    queryKey: ['duties', 'month', unitId, month],
    queryFn: ({ signal }) => api.month({ month, ...(unitId && { unitId }) }, { signal }),
    placeholderData: (before) => before,
    // Who is on changes without any event.
    refetchInterval: 60_000,
  });
  useLiveRefetch(['duties.*'], [['duties']]);
  const set = (change: Record<string, string | undefined>) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [key, value] of Object.entries(change)) value ? next.set(key, value) : next.delete(key);
        return next;
      },
      { replace: true },
    );
  const data = found.data;
  return (
    <>
      <PageHead
        title={t.title}
        note={t.note}
        actions={
          data &&
          data.units.length > 1 && (
            <Select
              aria-label={t.unit}
              value={data.unit?.id ?? null}
              showSearch={{ optionFilterProp: 'label' }}
              options={data.units.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(unit) => set({ unit })}
              style={{ width: '15rem', maxWidth: '100%' }}
            />
          )
        }
      />
      <nav className="tabs" aria-label={t.title}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === tab ? 'page' : undefined}
            onClick={() => set({ tab: name === 'roster' ? undefined : name })}
          >
            {t.tabs[name]}
            {name === 'handovers' && data && <Waiting data={data} />}
          </button>
        ))}
      </nav>
      <div className="page-body duties-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data && !data.unit && <Empty title={t.noUnit} />}
        {data?.unit && <Content tab={tab} data={data} month={month} onMonth={(next) => set({ month: next })} />}
      </div>
    </>
  );
}

function Waiting({ data }: { data: Month }) {
  const n = data.handovers.filter((one) => one.state !== 'signed').length;
  return n > 0 ? <span className="n">{n}</span> : null;
}

function Content({ tab, data, ...rest }: { tab: Tab; data: Month; month: string; onMonth: (month: string) => void }) {
  const unit = data.unit!;
  if (tab === 'handovers') return <Handovers unitId={unit.id} />;
  if (tab === 'log') return <DutyLog unitId={unit.id} canWrite={data.allowed.includes('log')} madeAt={data.madeAt} />;
  if (tab === 'people') return <People data={data} unitId={unit.id} />;
  return <RosterTab data={data} {...rest} />;
}

function RosterTab({ data, month, onMonth }: { data: Month; month: string; onMonth: (month: string) => void }) {
  const t = useText(text);
  const [day, setDay] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  // The grid reaches into the months beside; their rosters fill its corners, and have their own page.
  const isOfMonth = ({ fromOn, toOn }: Roster) => fromOn <= endOfMonth(`${month}-01`) && toOn >= `${month}-01`;
  const drafts = data.rosters.filter((roster) => roster.version === 0 && isOfMonth(roster));
  const published = data.rosters.filter((roster) => roster.version > 0);
  const hasPublished = published.some(isOfMonth);
  // Where nothing is published yet, a maker wants to see the draft.
  const draft = drafts.find(({ id }) => id === chosen) ?? (hasPublished ? undefined : drafts[0]);
  const shown = draft ? [draft] : published;
  const ids = new Set(shown.map(({ id }) => id));
  const turns = data.turns.filter((turn) => ids.has(turn.rosterId));
  const move = (months: number) => onMonth(addMonths(`${month}-01`, months).slice(0, 7));
  return (
    <div className="duties-split">
      <div className="duties-side">
        <OnNow data={data} />
        <Handovers unitId={data.unit!.id} known={data.handovers} isShort />
      </div>
      <section className="card duties-month" aria-label={t.tabs.roster}>
        <div className="duties-bar">
          <Button size="small" aria-label={t.before} onClick={() => move(-1)}>
            ‹
          </Button>
          <b>{monthWords(month)}</b>
          <Button size="small" aria-label={t.after} onClick={() => move(1)}>
            ›
          </Button>
          {drafts.length > 0 && (
            <fieldset className="duties-which">
              <legend className="only-aloud">{t.shown}</legend>
              {hasPublished && (
                <button
                  type="button"
                  className={draft ? 'chip' : 'chip on'}
                  aria-pressed={!draft}
                  onClick={() => setChosen('')}
                >
                  {t.published}
                </button>
              )}
              {drafts.map((one) => (
                <button
                  key={one.id}
                  type="button"
                  className={draft?.id === one.id ? 'chip on' : 'chip'}
                  aria-pressed={draft?.id === one.id}
                  onClick={() => setChosen(one.id)}
                >
                  {t.draft} {one.title}
                </button>
              ))}
            </fieldset>
          )}
          {data.allowed.includes('roster') && (
            <Button className="duties-make" type="primary" onClick={() => setMaking(true)}>
              {t.generate}
            </Button>
          )}
        </div>
        {data.missingCalendar !== null && <p className="warn">{t.missing(data.missingCalendar)}</p>}
        <MonthGrid data={data} turns={turns} rosters={shown} isDraft={draft !== undefined} onOpen={setDay} />
      </section>
      <div className="duties-side">
        <RosterCards rosters={shown.filter(isOfMonth)} />
      </div>
      {day !== null && <DayDrawer day={day} data={data} turns={turns} rosters={shown} onClose={() => setDay(null)} />}
      {isMaking && <GenerateForm data={data} month={month} onClose={() => setMaking(false)} onMade={setChosen} />}
    </div>
  );
}
