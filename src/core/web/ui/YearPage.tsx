import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useLiveRefetch } from '../live.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { PageHead } from './PageHead.tsx';
import { ProblemView } from './Problem.tsx';
import * as text from './text.ts';

/** The year that a page shows, out of its address: this year leaves none there. */
export function useYear(): { year: number; thisYear: number; setYear: (year: number) => void } {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const thisYear = Number(today.slice(0, 4));
  const setYear = (year: number) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (year === thisYear) next.delete('year');
        else next.set('year', String(year));
        return next;
      },
      { replace: true },
    );
  return { year: Number(params.get('year')) || thisYear, thisYear, setYear };
}

/** This year and the five before it. */
export function YearPick() {
  const t = useText(text);
  const { year, thisYear, setYear } = useYear();
  return (
    <Select
      aria-label={t.year}
      value={year}
      onChange={setYear}
      options={Array.from({ length: 6 }, (_, i) => ({ value: thisYear - i, label: `${thisYear - i}` }))}
    />
  );
}

/**
 * The page of what is kept month by month and must not change afterwards: a year at a time, and on demand whether all of it
 * is still as it was sealed. `verify` is absent for those who may not ask.
 */
export function YearPage<Found, Check>({
  name,
  title,
  verifyLabel,
  live,
  read,
  verify,
  tabs,
  className,
  checked,
  children,
}: {
  /** Of the module: the first of its query keys. */
  name: string;
  title: string;
  verifyLabel: string;
  live: string[];
  read: (year: number, signal: AbortSignal) => Promise<Found>;
  verify?: (signal: AbortSignal) => Promise<Check>;
  tabs?: ReactNode;
  className: string;
  checked: (check: Check) => ReactNode;
  children: (found: Found) => ReactNode;
}) {
  const t = useText(text);
  const { year } = useYear();
  const page = useQuery({ queryKey: [name, 'months', year], queryFn: ({ signal }) => read(year, signal) });
  const check = useQuery({
    queryKey: [name, 'verify'],
    queryFn: ({ signal }) => verify!(signal),
    enabled: false,
  });
  useLiveRefetch(live, [[name, 'months']]);
  if (page.error) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <p className="page-wait">{t.loading}</p>;
  return (
    <>
      <PageHead
        title={title}
        actions={
          <>
            <YearPick />
            {verify && (
              <Button loading={check.isFetching} onClick={() => void check.refetch()}>
                {verifyLabel}
              </Button>
            )}
          </>
        }
      />
      {tabs}
      <div className={`page-body ${className}`}>
        {check.error && <ProblemView error={check.error} compact />}
        {check.data !== undefined && checked(check.data)}
        {children(page.data)}
      </div>
    </>
  );
}
