import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { rate } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { dispatch } from '../contract.ts';
import { DayPick, useTableAddress } from './DayPick.tsx';
import { DispatchTabs } from './DispatchTabs.tsx';
import './dispatch.css';
import { GroupTable } from './GroupTable.tsx';
import type { Grouping } from './list-link.ts';
import { SummaryFigures } from './SummaryFigures.tsx';
import * as text from './text.ts';

const groupings = ['county', 'command', 'board'] as const;

/** The city against time: figures, lights, and one table that is cut by county, command post or board. */
export function DispatchPage() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { today } = useSession();
  const can = useCan();
  const { message } = App.useApp();
  const { day, params, set } = useTableAddress();
  const by: Grouping = groupings.find((g) => g === params.get('by')) ?? 'county';
  const summary = useQuery({
    queryKey: ['dispatch', 'summary', day],
    queryFn: ({ signal }) => api.summary({ day }, { signal }),
    placeholderData: (before) => before,
  });
  const lamps = useQuery({
    queryKey: ['dispatch', 'counties', day],
    queryFn: ({ signal }) => api.counties({ day }, { signal }),
    enabled: by === 'county',
    placeholderData: (before) => before,
  });
  useLive(['dispatch.*'], () => void cache.invalidateQueries({ queryKey: ['dispatch'] }));
  const recompute = useMutation({
    mutationFn: () => api.recompute({}),
    onSuccess: () => message.success(t.recomputing),
    onError: (error) => message.error(sentenceOf(error)),
  });
  const found = summary.data;
  const groups = found && { county: found.byCounty, command: found.byCommand, board: found.byBoard }[by];
  return (
    <>
      <PageHead
        title={t.title}
        note={found && t.asOf(found.day)}
        actions={
          <>
            <DayPick day={day} set={set} />
            {can('dispatch.rules') && (
              <Button loading={recompute.isPending} onClick={() => recompute.mutate()}>
                {t.recompute}
              </Button>
            )}
          </>
        }
      >
        {found && (
          <>
            <span>{t.clock(found.clock.shown ?? '', rate(found.clock.n, found.clock.d))}</span>
            <span>{t.rulesUsed(words(found.ruleSet.name), found.ruleSet.version)}</span>
            {found.asOf !== null && found.asOf !== found.day && <span className="warn">{t.stale(found.asOf)}</span>}
          </>
        )}
      </PageHead>
      <DispatchTabs />
      <div className="page-body dispatch-body">
        {summary.error && <ProblemView error={summary.error} onRetry={() => summary.refetch()} />}
        {found && found.total.projects === 0 && <Empty title={t.empty} />}
        {found && groups && found.total.projects > 0 && (
          <>
            <SummaryFigures summary={found} today={today} />
            {lamps.error && <ProblemView error={lamps.error} compact onRetry={() => lamps.refetch()} />}
            <section className="card">
              <div className="group-by">
                {groupings.map((g) => (
                  <button
                    key={g}
                    type="button"
                    className={g === by ? 'chip on' : 'chip'}
                    aria-pressed={g === by}
                    onClick={() => set('by', g === 'county' ? null : g)}
                  >
                    {t.by[g]}
                  </button>
                ))}
                <small className="muted">{t.rankHint}</small>
              </div>
              <GroupTable
                groups={groups}
                total={found.total}
                summary={found}
                grouping={by}
                lamps={by === 'county' ? (lamps.data?.counties ?? []) : []}
                today={today}
                language={language}
              />
            </section>
          </>
        )}
      </div>
    </>
  );
}
