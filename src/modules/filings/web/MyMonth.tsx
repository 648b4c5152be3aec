import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useLive } from '#core/web/live.ts';
import { Allowed, useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment, month } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { FilingLine } from '../contract.ts';
import { isFiled as isFiledState } from '../flow.ts';
import { addMonths, monthOf } from '../period.ts';
import { DueNote } from './DueNote.tsx';
import { keys } from './keys.ts';
import { OutboxStrip } from './OutboxStrip.tsx';
import * as offline from './offline-text.ts';
import { roughly, shortMoment, sum } from './show.ts';
import * as text from './text.ts';
import { useMine, useTakeAlong } from './use-mine.ts';
import { useDeviceDrafts, useOutbox } from './use-outbox.ts';

type Group = 'returned' | 'open' | 'waiting' | 'done' | 'exempt';
const groups: readonly Group[] = ['returned', 'open', 'waiting', 'done', 'exempt'];
const groupOf: Record<FilingLine['state'], Group> = {
  returned: 'returned',
  opened: 'open',
  draft: 'open',
  checked: 'open',
  submitted: 'waiting',
  accepted: 'done',
  frozen: 'done',
  exempt: 'exempt',
};

const isFiled = (filing: FilingLine): boolean => isFiledState(filing.state);

/** A filer's month: what still needs doing comes first, each project one large line to touch. */
export function MyMonth() {
  const t = useText(text);
  const o = useText(offline);
  const cache = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('period') ?? undefined;
  const mine = useMine(asked);
  useTakeAlong(mine.data);
  const onDevice = useDeviceDrafts();
  const { waiting, delivered } = useOutbox();
  const { today } = useSession();
  /** The due moment stands once at the top; a line repeats it only when it was missed. */
  const isLate = (filing: FilingLine) =>
    isFiled(filing) ? (filing.latenessSeconds ?? 0) > 0 : moment(filing.dueAt).slice(0, 10) < today;
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.lists }));
  if (mine.error) return <ProblemView error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <p className="page-wait">{t.loading}</p>;
  const { cycle, filings: lines } = mine.data;
  if (!cycle) return <Empty title={t.mine.noCycle} hint={t.mine.emptyHint} />;
  const owed = lines.filter((f) => f.state !== 'exempt');
  const done = owed.filter(isFiled).length;
  const goTo = (period: string) => setSearch({ period });
  return (
    <div className="fm">
      <PageHead
        title={t.title(month(cycle.period))}
        note={t.mine.filed(done, owed.length)}
        actions={
          <>
            <button type="button" className="chip" onClick={() => goTo(addMonths(cycle.period, -1))}>
              ‹ {month(addMonths(cycle.period, -1))}
            </button>
            {cycle.period < today.slice(0, 7) && (
              <button type="button" className="chip" onClick={() => goTo(addMonths(cycle.period, 1))}>
                {month(addMonths(cycle.period, 1))} ›
              </button>
            )}
            <Link className="chip" to={`/filings/sheet?period=${cycle.period}`}>
              {o.sheet}
            </Link>
            <Allowed permission="filings.review">
              <Link className="chip" to={`/filings/review?period=${cycle.period}`}>
                {t.mine.toReview}
              </Link>
            </Allowed>
          </>
        }
      >
        <span>{t.due(shortMoment(moment(cycle.dueAt)))}</span>
        <span>{t.unitNote}</span>
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
              {here.map((filing) => {
                const queued = waiting.find((w) => w.filingId === filing.id);
                const isHere = onDevice.has(filing.id) && !isFiled(filing);
                const note = queued
                  ? queued.refused
                    ? t.mine.refused
                    : t.mine.queued
                  : isHere
                    ? o.box.local
                    : delivered.some((d) => d.filingId === filing.id) && filing.state === 'submitted'
                      ? o.box.deliveredLine
                      : t.states[filing.state];
                return (
                  <li key={filing.id}>
                    <Link to={`/filings/${filing.projectId}/${filing.period}`}>
                      <b className="name">
                        {filing.projectName}
                        {filing.light && <Light value={filing.light} />}
                      </b>
                      <span className={`fm-state ${filing.state}`}>{note}</span>
                      <span className="was">
                        {filing.monthYuan !== null && groupOf[filing.state] !== 'open' ? (
                          <span>{t.mine.this(sum(filing.monthYuan))}</span>
                        ) : (
                          filing.lastMonthYuan !== null &&
                          filing.lastPeriod !== null && (
                            <span>{t.mine.last(monthOf(filing.lastPeriod), sum(filing.lastMonthYuan))}</span>
                          )
                        )}
                        {filing.planMonthYuan !== null && <span>{t.mine.plan(roughly(filing.planMonthYuan))}</span>}
                        {group === 'returned' && <em>{filing.returnReason}</em>}
                        {isLate(filing) && <DueNote filing={filing} />}
                      </span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
