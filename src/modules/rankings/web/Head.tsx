import { useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { rankings } from '../contract.ts';
import type { MonthAddress } from './address.ts';
import './rankings.css';
import * as text from './text.ts';

export function useMonth({ period, live }: Pick<MonthAddress, 'period' | 'live'>) {
  const api = useClient(rankings);
  useLiveRefetch(['rankings.*', 'filings.accepted', 'indicators.defined'], [['rankings']]);
  return useQuery({
    queryKey: ['rankings', 'month', period, live],
    queryFn: ({ signal }) => api.month({ period, live: String(live) }, { signal }),
    placeholderData: (before) => before,
  });
}

/** Title, month and tabs of the three pages. */
export function RankingsHead({
  title,
  address,
  note,
  actions,
}: {
  title: string;
  /** Left out where no month is shown. */
  address?: MonthAddress;
  note?: ReactNode;
  actions?: ReactNode;
}) {
  const t = useText(text);
  const query = address?.query ?? '';
  return (
    <>
      <PageHead
        title={title}
        note={note}
        actions={
          <>
            {address && (
              <DatePicker
                picker="month"
                aria-label={t.month}
                allowClear={false}
                inputReadOnly
                value={dayjs(`${address.period}-01`)}
                maxDate={dayjs(`${address.thisMonth}-01`)}
                onChange={(month) => {
                  const chosen = month?.format('YYYY-MM') ?? address.thisMonth;
                  address.set({ live: null, month: chosen === address.thisMonth ? null : chosen });
                }}
              />
            )}
            {actions}
          </>
        }
      />
      <nav className="tabs" aria-label={t.title}>
        <NavLink to={`/rankings${query}`} end>
          {t.tabs.rankings}
        </NavLink>
        <NavLink to={`/rankings/boards${query}`}>{t.tabs.boards}</NavLink>
        <NavLink to={`/rankings/definitions${query}`}>{t.tabs.definitions}</NavLink>
      </nav>
    </>
  );
}
