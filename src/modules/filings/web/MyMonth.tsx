import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { OutputOf } from '#core/shared/contract.ts';
import { useLive } from '#core/web/live.ts';
import { Allowed, useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment, month } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { FilingLine, filings } from '../contract.ts';
import { isFiled as isFiledState } from '../flow.ts';
import { nextPeriod, periodName, previousPeriod, shortPeriod, spanOf } from '../period.ts';
import * as cycleText from './cycle-text.ts';
import { DueNote } from './DueNote.tsx';
import { FilingTabs } from './FilingTabs.tsx';
import { keys } from './keys.ts';
import { MineLine } from './MineLine.tsx';
import { groupOf, groups } from './mine-groups.ts';
import { OutboxStrip } from './OutboxStrip.tsx';
import * as offline from './offline-text.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';
import { useMine, useTakeAlong } from './use-mine.ts';
import { useOpenFilings } from './use-open-filings.ts';

const isFiled = (filing: FilingLine): boolean => isFiledState(filing.state);

/** A filer's work: everything that is open, or one period when one is asked for. */
export function MyMonth() {
  const t = useText(text);
  const [search] = useSearchParams();
  const asked = search.get('period') ?? undefined;
  const open = useOpenFilings(asked === undefined);
  useLiveLists();
  if (asked !== undefined) return <OnePeriod period={asked} />;
  if (open.error) return <ProblemView error={open.error} onRetry={() => void open.refetch()} />;
  if (!open.data) return <p className="page-wait">{t.loading}</p>;
  // A city that files by the month alone sees its month at once.
  if (open.data.length < 2) return <OnePeriod period={open.data[0]?.cycle.period} />;
  return <AllPeriods groups={open.data} />;
}

function useLiveLists() {
  const cache = useQueryClient();
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.lists }));
}

/** Every period under way, each with what still needs doing first; what is done is folded away. */
function AllPeriods({ groups: all }: { groups: OutputOf<typeof filings.endpoints.mineOpen> }) {
  const c = useText(cycleText);
  const o = useText(offline);
  const t = useText(text);
  const words = useWords();
  const left = all.flatMap((g) => g.filings).filter((f) => !isFiled(f)).length;
  const isDone = (group: (typeof all)[number]) => group.filings.every(isFiled);
  const inOrder = [...all.filter((g) => !isDone(g)), ...all.filter(isDone)];
  return (
    <div className="fm">
      <FilingTabs />
      <PageHead title={c.mine.title} note={left === 0 ? c.mine.none : c.mine.left(left)} />
      <OutboxStrip data={all} />
      {inOrder.map(({ cycle, filings: lines }) => {
        const owed = lines.filter((f) => f.state !== 'exempt');
        const open = owed
          .filter((f) => !isFiled(f))
          .toSorted((a, b) => groups.indexOf(groupOf[a.state]) - groups.indexOf(groupOf[b.state]));
        const done = lines.filter(isFiled);
        const name = words(periodName(cycle.period));
        return (
          <section key={cycle.id} aria-label={name}>
            <TakeAlong data={{ cycle, filings: lines }} />
            <h2 className="fm-cycle">
              <Link to={`/filings/mine?period=${cycle.period}`}>{name}</Link>
              <span className="tag">{c.kinds[cycle.kind]}</span>
              <small>{c.mine.progress(owed.length - open.length, owed.length)}</small>
              <small className="due">
                {open.length > 0 ? (
                  <DueNote filing={{ dueAt: cycle.dueAt, latenessSeconds: null, state: 'opened' }} />
                ) : (
                  t.due(shortMoment(moment(cycle.dueAt)))
                )}
                {cycle.dueState === 'provisional' && `（${c.cycles.provisional}）`}
              </small>
              {cycle.kind === 'monthly' && open.length > 0 && (
                <Link className="chip" to={`/filings/sheet?period=${cycle.period}`}>
                  {o.sheet}
                </Link>
              )}
              {cycle.covers.length > 1 && (
                <small>{c.mine.combined(cycle.covers.map((p) => words(periodName(p))).join('、'))}</small>
              )}
            </h2>
            {open.length > 0 && (
              <ul>
                {open.map((filing) => (
                  <MineLine key={filing.id} filing={filing} hasTap={filing.kind !== 'monthly'} />
                ))}
              </ul>
            )}
            {done.length > 0 && (
              <details className="fm-done" open={open.length === 0 && done.length < 4}>
                <summary>{c.mine.done(done.length)}</summary>
                <ul>
                  {done.map((filing) => (
                    <MineLine key={filing.id} filing={filing} />
                  ))}
                </ul>
              </details>
            )}
          </section>
        );
      })}
      <p className="fm-foot soft">{t.unitNote}</p>
    </div>
  );
}

/** A period's filings go along on the device while its list is open. */
function TakeAlong({ data }: { data: OutputOf<typeof filings.endpoints.mine> }) {
  useTakeAlong(data);
  return null;
}

function OnePeriod({ period: asked }: { period: string | undefined }) {
  const t = useText(text);
  const o = useText(offline);
  const words = useWords();
  const [, setSearch] = useSearchParams();
  const mine = useMine(asked);
  useTakeAlong(mine.data);
  const { today } = useSession();
  if (mine.error) return <ProblemView error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <p className="page-wait">{t.loading}</p>;
  const { cycle, filings: lines } = mine.data;
  if (!cycle) return <Empty title={t.mine.noCycle} hint={t.mine.emptyHint} />;
  const owed = lines.filter((f) => f.state !== 'exempt');
  const done = owed.filter(isFiled).length;
  const goTo = (period: string) => setSearch({ period });
  const isMonth = cycle.kind === 'monthly';
  const name = words(periodName(cycle.period));
  const [earlier, later] = [previousPeriod(cycle.period), nextPeriod(cycle.period)];
  return (
    <div className="fm">
      <FilingTabs />
      <PageHead
        title={t.title(isMonth ? month(cycle.period) : name)}
        note={t.mine.filed(done, owed.length)}
        actions={
          <>
            <button type="button" className="chip" onClick={() => goTo(earlier)}>
              ‹ {isMonth ? month(earlier) : words(shortPeriod(earlier))}
            </button>
            {spanOf(later).from <= today && (
              <button type="button" className="chip" onClick={() => goTo(later)}>
                {isMonth ? month(later) : words(shortPeriod(later))} ›
              </button>
            )}
            {isMonth && (
              <Link className="chip" to={`/filings/sheet?period=${cycle.period}`}>
                {o.sheet}
              </Link>
            )}
            <Allowed permission="filings.review">
              <Link className="chip" to={`/filings/review?period=${cycle.period}`}>
                {t.mine.toReview}
              </Link>
            </Allowed>
          </>
        }
      >
        <span>{t.due(shortMoment(moment(cycle.dueAt)))}</span>
        {isMonth && <span>{t.unitNote}</span>}
      </PageHead>
      <OutboxStrip data={mine.data} />
      {lines.length === 0 && <Empty title={t.mine.empty} hint={t.mine.emptyHint} />}
      {groups.map((group) => {
        const here = lines.filter((f) => groupOf[f.state] === group);
        return here.length === 0 ? null : (
          <section key={group} aria-label={t.mine.groups[group]}>
            <h2>
              {t.mine.groups[group]} <small>{here.length}</small>
            </h2>
            <ul>
              {here.map((filing) => (
                <MineLine key={filing.id} filing={filing} hasTap={!isMonth && !isFiled(filing)} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
