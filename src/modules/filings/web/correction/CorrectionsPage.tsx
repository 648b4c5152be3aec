import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings } from '../../contract.ts';
import { correctionStates } from '../../correction-contract.ts';
import { FilingTabs } from '../FilingTabs.tsx';
import { CorrectionTable } from './CorrectionTable.tsx';
import * as text from './text.ts';

/** `/filings/corrections`: every correction within reach, those that wait for a decision first. */
export function CorrectionsPage() {
  const t = useText(text);
  const call = useClient(filings);
  const [params, setParams] = useSearchParams();
  const state = correctionStates.find((s) => s === params.get('state')) ?? null;
  const found = useQuery({
    queryKey: ['filings', 'corrections', 'all'],
    queryFn: ({ signal }) => call.corrections({}, { signal }),
  });
  useLiveRefetch(['filings.*'], [['filings', 'corrections']]);
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <p className="page-wait">{t.loading}</p>;
  const all = found.data.corrections;
  const rows = all
    .filter((row) => state === null || row.state === state)
    .sort((a, b) => Number(b.state === 'requested') - Number(a.state === 'requested'));
  const chip = (value: (typeof correctionStates)[number] | null, label: string, n: number) => (
    <button
      key={value ?? 'all'}
      type="button"
      className={value === state ? 'chip on' : 'chip'}
      aria-pressed={value === state}
      onClick={() => setParams(value === null ? {} : { state: value }, { replace: true })}
    >
      {label} <b>{count(n)}</b>
    </button>
  );
  return (
    <>
      <PageHead title={t.title} note={t.count(count(all.length))} />
      <FilingTabs />
      <div className="chips">
        {chip(null, t.all, all.length)}
        {correctionStates.map((s) => chip(s, t.states[s], all.filter((row) => row.state === s).length))}
      </div>
      <div className="page-body">
        {rows.length === 0 ? (
          <Empty title={t.empty} hint={t.emptyHint} />
        ) : (
          <section className="card">
            <CorrectionTable rows={rows} />
          </section>
        )}
      </div>
    </>
  );
}
