import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useText } from '#core/web/text.ts';
import { count, month as monthName } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { editions } from '../contract.ts';
import { Checklist } from './Checklist.tsx';
import { EditionCards } from './EditionCards.tsx';
import './editions.css';
import { FreezeForm } from './FreezeForm.tsx';
import { MonthPath } from './MonthPath.tsx';
import { MonthResult } from './MonthResult.tsx';
import { RunLine } from './RunLine.tsx';
import * as text from './text.ts';
import { UnitFilings } from './UnitFilings.tsx';

/** `/editions/2021-09`: the month as a path; what stands in the way of the freeze comes first. */
export function MonthPage() {
  const t = useText(text);
  const { period = '' } = useParams();
  const api = useClient(editions);
  const [isFreezing, setFreezing] = useState(false);
  const page = useQuery({
    queryKey: ['editions', 'month', period],
    queryFn: ({ signal }) => api.month({ period }, { signal }),
    // A run tells its steps only to those who ask.
    refetchInterval: ({ state }) =>
      state.data?.run && ['queued', 'running'].includes(state.data.run.state) ? 1000 : false,
  });
  useLiveRefetch(['editions.*', 'filings.*'], [['editions', 'month']]);
  const compute = useMutation({ mutationFn: () => api.compute({ period }), onSettled: () => page.refetch() });
  const replay = useMutation({
    mutationFn: (version: number) => api.replay({ period, version }),
    onSettled: () => page.refetch(),
  });
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <p className="page-wait">{t.loading}</p>;
  const { data } = page;
  const isRunning = data.run !== null && ['queued', 'running'].includes(data.run.state);
  const newest = data.editions[0];
  const mayFreeze = data.allowed.includes('freeze');
  const actions = (
    <>
      {data.allowed.includes('compute') && (
        <Button loading={compute.isPending} disabled={isRunning} onClick={() => compute.mutate()}>
          {data.trial ? t.recompute : t.compute}
        </Button>
      )}
      {mayFreeze && (
        <Button type="primary" disabled={isRunning} onClick={() => setFreezing(true)}>
          {newest ? t.newEdition : t.freeze}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead title={monthName(period)} crumbs={<Link to="/editions">{t.title}</Link>} actions={actions} />
      <div className="page-body edition-body">
        <MonthPath month={data} />
        {data.run && <RunLine run={data.run} />}
        {compute.error && <ProblemView error={compute.error} compact />}
        {replay.error && <ProblemView error={replay.error} compact />}
        {newest && data.changedSince > 0 && <p className="edition-due">▲ {t.changedSince(count(data.changedSince))}</p>}
        <div className="edition-columns">
          <div className="edition-main">
            <UnitFilings units={data.units} />
            <MonthResult period={period} trial={data.trial} newest={newest ?? null} />
          </div>
          <div className="edition-side">
            <Checklist checks={data.checks} />
            <EditionCards
              editions={data.editions}
              period={period}
              mayReplay={data.allowed.includes('replay') && !isRunning}
              onReplay={(version) => replay.mutate(version)}
            />
            {newest && <Slot name="editions.month.products" props={{ period, version: newest.version }} />}
          </div>
        </div>
      </div>
      {isFreezing && (
        <FreezeForm
          month={data}
          missing={data.units.reduce((sum, u) => sum + u.due - u.accepted, 0)}
          onClose={() => setFreezing(false)}
          onDone={() => {
            setFreezing(false);
            void page.refetch();
          }}
        />
      )}
    </>
  );
}
