import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count, moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { filings } from '../contract.ts';
import type { Cycle } from '../cycle-contract.ts';
import { periodName, periodOn } from '../period.ts';
import * as text from './cycle-text.ts';
import { FilingTabs } from './FilingTabs.tsx';
import { isKind, KindTabs } from './KindTabs.tsx';
import { keys } from './keys.ts';
import { shortMoment } from './show.ts';
import * as common from './text.ts';

/** `/filings/cycles`: the periods of a rhythm with their form, due moment and how complete they are. */
export function CyclePage() {
  const t = useText(text);
  const c = useText(common);
  const words = useWords();
  const can = useCan();
  const confirm = useConfirm();
  const { today } = useSession();
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('kind');
  const kind = isKind(asked) ? asked : 'monthly';
  const cycles = useQuery({
    queryKey: keys.cyclesOf(kind),
    queryFn: ({ signal }) => call.cycles({ kind, planned: 'true' }, { signal }),
  });
  const refresh = () => void cache.invalidateQueries({ queryKey: keys.all });
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.cycles }));
  const failed = (error: unknown) => void message.error(sentenceOf(error));
  const open = useMutation({
    mutationFn: (period: string) => call.openCycle({ period }),
    onSuccess: (made) => {
      message.success(t.cycles.opened(made.counts.total));
      refresh();
    },
    onError: failed,
  });
  const plan = useMutation({
    mutationFn: (year: number) => call.planCycles({ kind, year }),
    onSuccess: refresh,
    onError: failed,
  });
  const publish = useMutation({
    mutationFn: (periods: string[]) => call.publishDue({ kind, periods }),
    onSuccess: () => {
      message.success(t.cycles.publishedNow);
      refresh();
    },
    onError: failed,
  });
  if (cycles.error) return <ProblemView error={cycles.error} onRetry={() => void cycles.refetch()} />;
  const rows = cycles.data ?? [];
  const now = periodOn(kind, today);
  const current = rows.find((c) => c.period === now);
  const provisional = rows.filter((c) => c.dueState === 'provisional' && c.dueMissingYear === null);
  const nextYear = Number(today.slice(0, 4)) + (rows.some((c) => c.state === 'planned') ? 1 : 0);
  const publishAll = async () => {
    if (await confirm({ title: t.cycles.publish(provisional.length), body: t.cycles.publishAsk }))
      publish.mutate(provisional.map((c) => c.period));
  };
  return (
    <>
      <FilingTabs />
      <PageHead
        title={t.cycles.title}
        note={<KindTabs kind={kind} onKind={(next) => setSearch({ kind: next }, { replace: true })} />}
        actions={
          can('filings.open') && cycles.data ? (
            <>
              {provisional.length > 0 && (
                <Button loading={publish.isPending} onClick={() => void publishAll()}>
                  {t.cycles.publish(provisional.length)}
                </Button>
              )}
              <Button loading={plan.isPending} onClick={() => plan.mutate(nextYear)}>
                {t.cycles.plan(nextYear)}
              </Button>
              {current?.state === 'open' ? (
                <Button loading={open.isPending} onClick={() => open.mutate(now)}>
                  {t.cycles.extend(words(periodName(now)))}
                </Button>
              ) : (
                <Button type="primary" loading={open.isPending} onClick={() => open.mutate(now)}>
                  {t.cycles.open(words(periodName(now)))}
                </Button>
              )}
            </>
          ) : null
        }
      />
      <div className="page-body">
        {!cycles.data ? (
          <p className="page-wait">{c.loading}</p>
        ) : rows.length === 0 ? (
          <Empty title={t.cycles.empty} hint={t.cycles.emptyHint} />
        ) : (
          <section className="card fc">
            <ScrollX label={t.cycles.title}>
              <table className="plain fc-cycles">
                <thead>
                  <tr>
                    <th>{t.cycles.period}</th>
                    <th>{t.cycles.form}</th>
                    <th>{t.cycles.due}</th>
                    <th className="num">{t.cycles.owed}</th>
                    <th className="num">{t.cycles.waiting}</th>
                    <th className="num">{t.cycles.returned}</th>
                    <th className="num">{t.cycles.accepted}</th>
                    <th className="num">{t.cycles.missing}</th>
                    <th className="num">{t.cycles.overdue}</th>
                    <th className="num">{t.cycles.exempt}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((cycle) => (
                    <CycleRow key={cycle.id} cycle={cycle} />
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
    </>
  );
}

function CycleRow({ cycle }: { cycle: Cycle }) {
  const t = useText(text);
  const words = useWords();
  const { counts } = cycle;
  const board = (state: string, figure: number) =>
    figure === 0 ? (
      count(0)
    ) : (
      <Link to={`/filings/completeness?kind=${cycle.kind}&period=${cycle.period}&state=${state}`}>{count(figure)}</Link>
    );
  const isQuiet = cycle.state === 'planned' || cycle.exemptReason !== null;
  return (
    <tr className={isQuiet ? 'quiet' : undefined}>
      <th scope="row">
        {words(periodName(cycle.period))}
        {cycle.covers.length > 1 && (
          <small>{t.cycles.covers(cycle.covers.map((p) => words(periodName(p))).join('、'))}</small>
        )}
      </th>
      <td>
        {cycle.form ? (
          <>
            {cycle.form.title}
            <small>
              {cycle.form.formNo} · {t.forms.version(cycle.form.version)}
            </small>
          </>
        ) : (
          '—'
        )}
      </td>
      <td className="nowrap">
        {moment(cycle.dueAt)} {cycle.dueState === 'provisional' && <span className="tag">{t.cycles.provisional}</span>}
        <small title={cycle.dueBasis}>
          {cycle.dueMissingYear !== null
            ? t.cycles.missingYear(cycle.dueMissingYear)
            : cycle.dueState === 'published' && cycle.duePublishedBy !== null
              ? t.cycles.published(cycle.duePublishedBy, shortMoment(moment(cycle.duePublishedAt)))
              : cycle.dueBasis}
        </small>
      </td>
      {isQuiet ? (
        <td colSpan={8} className="soft">
          {cycle.exemptReason ? `${t.cycles.exemptPeriod}：${cycle.exemptReason}` : t.cycles.planned}
        </td>
      ) : (
        <>
          <td className="num">{board('owed', counts.total)}</td>
          <td className="num">{board('filed', counts.submitted)}</td>
          <td className="num">{board('returned', counts.returned)}</td>
          <td className="num">{board('accepted', counts.accepted + counts.frozen)}</td>
          <td className="num">{board('missing', counts.opened + counts.draft + counts.checked)}</td>
          <td className={counts.overdue > 0 ? 'num late' : 'num'}>{board('overdue', counts.overdue)}</td>
          <td className="num">{board('exempt', counts.exempt)}</td>
          <td className="nowrap">
            <Link to={`/filings/completeness?kind=${cycle.kind}&period=${cycle.period}`}>{t.cycles.board}</Link>
          </td>
        </>
      )}
    </tr>
  );
}
