import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch } from '../contract.ts';
import { type RateBasis, type RateLevel, rateBases, rateLevels } from '../rates.ts';
import { DayPick, useTableAddress } from './DayPick.tsx';
import { DispatchTabs } from './DispatchTabs.tsx';
import './dispatch.css';
import { type Asked, RateMembers } from './RateMembers.tsx';
import { RateGroups, RateIdentity, RateRows } from './RateTables.tsx';
import * as text from './rate-text.ts';

const groupings = ['county', 'command', 'board'] as const;

/** Every rate with its definition, on both plans and both counts; every figure opens the projects behind it. */
export function RatesPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(dispatch);
  const { day, params, set } = useTableAddress();
  const [asked, setAsked] = useState<Asked | null>(null);
  const level: RateLevel = rateLevels.find((l) => l === params.get('level')) ?? 'projects';
  const basis: RateBasis = rateBases.find((b) => b === params.get('basis')) ?? 'adjusted';
  const by = groupings.find((g) => g === params.get('by')) ?? 'county';
  const table = useQuery({
    queryKey: ['dispatch', 'rates', day, by],
    queryFn: ({ signal }) => api.rates({ day, by }, { signal }),
    placeholderData: (before) => before,
  });
  useLiveRefetch(['dispatch.standingChanged', 'projects.*', 'lifecycle.*', 'funding.*'], [['dispatch', 'rates']]);
  const found = table.data;
  const open = (what: Omit<Asked, 'day' | 'level' | 'basis'> & Partial<Asked>) =>
    setAsked({ day, level, basis, ...what });
  return (
    <>
      <PageHead title={t.title} note={t.asOf(day)} actions={<DayPick day={day} set={set} />} />
      <DispatchTabs />
      <div className="page-body dispatch-body">
        {table.error && <ProblemView error={table.error} onRetry={() => table.refetch()} />}
        {found && (
          <>
            <div className="rate-choices">
              <Segmented
                aria-label={t.level}
                value={level}
                options={rateLevels.map((value) => ({ value, label: t.levels[value] }))}
                onChange={(value) => set('level', value === 'projects' ? null : value)}
              />
              <Segmented
                aria-label={t.basis}
                value={basis}
                options={rateBases.toReversed().map((value) => ({ value, label: t.bases[value] }))}
                onChange={(value) => set('basis', value === 'adjusted' ? null : value)}
              />
            </div>
            <RateIdentity identity={found.identity[basis][level]} onOpen={open} />
            <RateRows table={found} level={level} basis={basis} onOpen={open} />
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
                    {t.groups[g]}
                  </button>
                ))}
              </div>
              <RateGroups table={found} by={by} onOpen={open} />
            </section>
          </>
        )}
      </div>
      <RateMembers
        asked={asked}
        title={
          asked === null || !found
            ? ''
            : asked.code
              ? `${words(found.rates.find((r) => r.code === asked.code)!.words)} · ${t.lists[asked.list as 'missing']}`
              : t.parts[asked.list as 'overdue']
        }
        onClose={() => setAsked(null)}
      />
    </>
  );
}
