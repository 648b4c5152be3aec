import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, moment, rate } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { filings } from '../contract.ts';
import {
  type CompletenessGroup,
  type CompletenessRow,
  type CompletenessState,
  completenessGroups,
  completenessStates,
} from '../cycle-contract.ts';
import { latenessWords } from '../lateness.ts';
import { nextPeriod, periodName, previousPeriod, shortPeriod } from '../period.ts';
import { CompletenessNames } from './CompletenessNames.tsx';
import * as text from './cycle-text.ts';
import { FilingTabs } from './FilingTabs.tsx';
import { isKind, KindTabs } from './KindTabs.tsx';
import { keys } from './keys.ts';
import { shortMoment } from './show.ts';
import * as common from './text.ts';

/** The figures of a row, in the order in which a filing goes. */
const figures = [
  'owed',
  'filed',
  'accepted',
  'responsibleUnit',
  'commandPost',
  'office',
  'returned',
  'missing',
  'overdue',
  'late',
  'exempt',
] as const satisfies readonly CompletenessState[];
/** Figures that call for somebody. */
const isBad = (state: CompletenessState) => state === 'overdue' || state === 'late';

/** `/filings/completeness`: by unit and level, who has filed and who has not; each figure opens its names. */
export function CompletenessPage() {
  const t = useText(text);
  const c = useText(common);
  const words = useWords();
  const language = useLanguage();
  const call = useClient(filings);
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const wantedKind = search.get('kind');
  const kind = isKind(wantedKind) ? wantedKind : 'monthly';
  const period = search.get('period') ?? undefined;
  const wantedBy = search.get('by');
  const by: CompletenessGroup = completenessGroups.find((g) => g === wantedBy) ?? 'lead';
  const wantedState = search.get('state');
  const state = completenessStates.find((s) => s === wantedState) ?? null;
  const unitId = search.get('unit') ?? undefined;

  const found = useQuery({
    queryKey: keys.board(kind, period, by),
    queryFn: ({ signal }) => call.completeness({ kind, by, ...(period !== undefined && { period }) }, { signal }),
  });
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.lists }));
  const go = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    setSearch(next, { replace: true });
  };
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const cycle = found.data?.cycle ?? null;
  const rows = found.data?.rows ?? [];
  const total = found.data?.total ?? null;
  const name = cycle && words(periodName(cycle.period));
  const row = (one: CompletenessRow, label: string, key: string | null, isTotal = false) => {
    const unit = isTotal ? null : (key ?? 'none');
    return (
      <tr key={unit ?? 'total'} className={isTotal ? 'total' : undefined}>
        <th scope="row">{label}</th>
        {figures.map((figure) => (
          <td
            key={figure}
            className={`num ${figure} ${isBad(figure) && one[figure] > 0 ? 'late' : ''} ${state === figure && (unitId ?? null) === unit ? 'on' : ''}`}
          >
            {one[figure] === 0 ? (
              <span className="muted">0</span>
            ) : (
              <button
                type="button"
                aria-label={`${label} ${t.board.states[figure]} ${one[figure]}`}
                onClick={() => go({ state: figure, unit })}
              >
                {count(one[figure])}
              </button>
            )}
          </td>
        ))}
        <td className="num">{rate(one.filed, one.owed)}</td>
        <td className={one.mostLateSeconds > 0 ? 'nowrap' : 'muted'}>
          {one.mostLateSeconds > 0 ? latenessWords(one.mostLateSeconds)[language] : '—'}
        </td>
      </tr>
    );
  };
  return (
    <>
      <FilingTabs />
      <PageHead
        title={name ? t.board.title(name) : t.tabs.completeness}
        note={<KindTabs kind={kind} onKind={(next) => setSearch({ kind: next, by }, { replace: true })} />}
        actions={
          cycle && (
            <>
              <button
                type="button"
                className="chip"
                onClick={() => go({ period: previousPeriod(cycle.period), state: null, unit: null })}
              >
                ‹ {words(shortPeriod(previousPeriod(cycle.period)))}
              </button>
              <button
                type="button"
                className="chip"
                onClick={() => go({ period: nextPeriod(cycle.period), state: null, unit: null })}
              >
                {words(shortPeriod(nextPeriod(cycle.period)))} ›
              </button>
              <Select
                aria-label={t.board.byLabel}
                value={by}
                size="small"
                popupMatchSelectWidth={false}
                options={completenessGroups.map((value) => ({ value, label: t.board.by[value] }))}
                onChange={(value) => go({ by: value, state: null, unit: null })}
              />
              <Button
                size="small"
                href={urlOf(filings, 'exportCompleteness', { kind, period: cycle.period, by, lang: language })}
              >
                {t.board.export}
              </Button>
            </>
          )
        }
      >
        {cycle && (
          <>
            <span>{c.due(shortMoment(moment(cycle.dueAt)))}</span>
            {total && <span>{t.mine.progress(total.filed, total.owed)}</span>}
            <span>{t.board.note}</span>
          </>
        )}
      </PageHead>
      <div className="page-body">
        {found.data && !cycle ? (
          <Empty title={t.board.empty} hint={t.board.emptyHint} />
        ) : (
          <section className="card fb">
            <ScrollX label={name ?? t.tabs.completeness}>
              <table className="plain">
                <thead>
                  <tr className="over">
                    <th rowSpan={2}>{t.board.by[by]}</th>
                    <th colSpan={3}>{t.board.filedGroup}</th>
                    <th colSpan={3}>{t.board.levelGroup}</th>
                    <th colSpan={5}>{t.board.lateGroup}</th>
                    <th className="num" rowSpan={2}>
                      {t.board.rate}
                    </th>
                    <th rowSpan={2}>{t.board.mostLate}</th>
                  </tr>
                  <tr>
                    {figures.map((figure) => (
                      <th key={figure} className="num">
                        {t.board.states[figure]}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {total && row(total, t.board.total, null, true)}
                  {rows.map((one) => row(one, one.unitName ?? t.board.none, one.unitId))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {cycle && state && (
        <CompletenessNames
          cycle={cycle}
          by={by}
          state={state}
          unitId={unitId}
          unitName={unitId === undefined ? null : (rows.find((r) => r.unitId === unitId)?.unitName ?? t.board.none)}
          onClose={() => go({ state: null, unit: null })}
        />
      )}
    </>
  );
}
