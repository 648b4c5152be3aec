import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import type { Cycle } from '../cycle-contract.ts';
import { CycleButtons } from './CycleButtons.tsx';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** `/filings/cycles`: every month with its due moment and how complete it is, within what the reader may see. */
export function CyclePage() {
  const t = useText(text);
  const can = useCan();
  const { today } = useSession();
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const cycles = useQuery({ queryKey: keys.cycles, queryFn: ({ signal }) => call.cycles({}, { signal }) });
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.cycles }));
  const extend = useMutation({
    mutationFn: (period: string) => call.openCycle({ period }),
    onSuccess: (made) => {
      message.success(t.cycles.opened(made.counts.total));
      void cache.invalidateQueries({ queryKey: keys.all });
    },
    onError: (error) => message.error(sentenceOf(error)),
  });
  if (cycles.error) return <ProblemView error={cycles.error} onRetry={() => void cycles.refetch()} />;
  if (!cycles.data) return <p className="page-wait">{t.loading}</p>;
  const newest = cycles.data[0] ?? null;
  const link = (cycle: Cycle, tab: string, figure: number) =>
    can('filings.review') && figure > 0 ? (
      <Link to={`/filings/review?period=${cycle.period}&tab=${tab}`}>{count(figure)}</Link>
    ) : (
      count(figure)
    );
  return (
    <>
      <PageHead
        title={t.cycles.title}
        actions={
          <>
            {can('filings.open') && newest && newest.period >= today.slice(0, 7) && (
              <Button loading={extend.isPending} onClick={() => extend.mutate(newest.period)}>
                {t.cycles.extend(month(newest.period))}
              </Button>
            )}
            {(newest === null || newest.period < today.slice(0, 7)) && <CycleButtons cycle={newest} />}
          </>
        }
      />
      <div className="page-body">
        {cycles.data.length === 0 ? (
          <Empty title={t.cycles.empty} hint={t.cycles.emptyHint} />
        ) : (
          <section className="card fc">
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.cycles.period}</th>
                  <th>{t.cycles.dueAt}</th>
                  <th className="num">{t.cycles.total}</th>
                  <th className="num">{t.states.submitted}</th>
                  <th className="num">{t.states.returned}</th>
                  <th className="num">{t.cycles.accepted}</th>
                  <th className="num">{t.cycles.missing}</th>
                  <th className="num">{t.cycles.overdue}</th>
                  <th className="num">{t.cycles.exempt}</th>
                  <th>{t.cycles.basis}</th>
                </tr>
              </thead>
              <tbody>
                {cycles.data.map((cycle) => (
                  <tr key={cycle.id}>
                    <th scope="row">{month(cycle.period)}</th>
                    <td className="nowrap">{moment(cycle.dueAt)}</td>
                    <td className="num">{count(cycle.counts.total)}</td>
                    <td className="num">{link(cycle, 'waiting', cycle.counts.submitted)}</td>
                    <td className="num">{link(cycle, 'returned', cycle.counts.returned)}</td>
                    <td className="num">{link(cycle, 'accepted', cycle.counts.accepted)}</td>
                    <td className="num">{link(cycle, 'missing', cycle.counts.opened + cycle.counts.draft)}</td>
                    <td className={cycle.counts.overdue > 0 ? 'num late' : 'num'}>{count(cycle.counts.overdue)}</td>
                    <td className="num">{count(cycle.counts.exempt)}</td>
                    <td className="muted">{cycle.dueBasis}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
    </>
  );
}
