import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Month, rankings } from '../contract.ts';
import { useMonthAddress } from './address.ts';
import { Externals } from './Externals.tsx';
import { GroupRanking } from './GroupRanking.tsx';
import { RankingsHead, useMonth } from './Head.tsx';
import './rankings.css';
import * as text from './text.ts';

/** Who stands where in a month: one ranking at a time, its groups apart, with places given by others beside. */
export function RankingsPage() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const address = useMonthAddress();
  const { period, live, set } = address;
  const month = useMonth(address);
  const [isSettling, setSettling] = useState(false);
  const found = month.data;
  const ranking = found?.result.rankings.find((r) => r.code === address.ranking) ?? found?.result.rankings[0];
  const group = ranking?.groups.find((g) => g.code === address.group) ?? ranking?.groups[0];
  return (
    <>
      <RankingsHead
        title={t.tabs.rankings}
        address={address}
        note={found && <StateNote month={found} live={live} />}
        actions={
          <>
            {ranking &&
              (['xlsx', 'docx', 'pdf'] as const).map((format) => (
                <Button
                  key={format}
                  aria-label={t.exportLabel(t.export[format])}
                  href={urlOf(rankings, 'table', {
                    period,
                    ranking: ranking.code,
                    format,
                    lang: language,
                    live: String(live),
                  })}
                >
                  {t.export[format]}
                </Button>
              ))}
            {found?.allowed.includes('settle') && (
              <Button type="primary" onClick={() => setSettling(true)}>
                {found.settled ? t.settleAgain : t.settle}
              </Button>
            )}
          </>
        }
      />
      <div className="page-body rankings-body">
        {month.isPending && (
          <p className="muted" role="status">
            {t.working}
          </p>
        )}
        {month.error && <ProblemView error={month.error} onRetry={() => void month.refetch()} />}
        {found && !found.isWhole && <p className="rankings-notice">{t.ownOnly}</p>}
        {found && !ranking && <Empty title={t.noRankings} />}
        {found && ranking && (
          <>
            <div className="rankings-choices">
              <Segmented
                aria-label={t.ranking}
                value={ranking.code}
                options={found.result.rankings.map((r) => ({ value: r.code, label: words(r.name) }))}
                onChange={(code) => set({ ranking: code })}
              />
              {found.settled && found.allowed.includes('settle') && (
                <Segmented
                  aria-label={t.which}
                  value={live ? 'live' : 'published'}
                  options={[
                    { value: 'published', label: t.published },
                    { value: 'live', label: t.live },
                  ]}
                  onChange={(value) => set({ live: value === 'live' ? '1' : null })}
                />
              )}
              <Link to={`/dispatch/indicators?open=${ranking.indicator}&day=${found.result.day}`}>{t.formula}</Link>
            </div>
            <div className="rankings-columns">
              <section className="card">
                {ranking.groups.length > 0 && (
                  <div className="rankings-groups">
                    <Segmented
                      aria-label={t.group}
                      value={group?.code ?? ''}
                      options={ranking.groups.map((g) => ({
                        value: g.code,
                        label: `${words(g.name)} ${g.rows.length}`,
                      }))}
                      onChange={(code) => set({ group: code })}
                    />
                  </div>
                )}
                {group ? (
                  <GroupRanking month={found} ranking={ranking} group={group} />
                ) : (
                  <Empty title={found.isWhole ? t.noRows : t.notRanked} />
                )}
              </section>
              <Externals month={found} ranking={ranking} />
            </div>
          </>
        )}
      </div>
      {isSettling && found && <SettleForm period={period} onClose={() => setSettling(false)} />}
    </>
  );
}

export function StateNote({ month, live }: { month: Month; live: boolean }) {
  const t = useText(text);
  const isPublished = month.settled !== null && !live;
  return (
    <>
      {t.asOf(month.result.day)} · {isPublished ? t.settledVersion(month.settled!.version) : t.open}
    </>
  );
}

function SettleForm({ period, onClose }: { period: string; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(rankings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.settle({ period, reason }),
    onSuccess: async ({ version }) => {
      message.success(t.settled(version));
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  return (
    <FormDrawer
      title={`${t.settle} ${period}`}
      help={t.settleHelp}
      error={save.error}
      fields={[]}
      isReady={reason.trim().length >= 2}
      isPending={save.isPending}
      saveWords={t.settle}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
