import { useSearchParams } from 'react-router';
import { useSession } from '#core/web/session.tsx';

/** What the pages show, kept in the address: month, ranking, group, and whether the figures of now or those published. */
export function useMonthAddress() {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const thisMonth = today.slice(0, 7);
  const asked = params.get('month');
  const period = asked !== null && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) && asked <= thisMonth ? asked : thisMonth;
  return {
    period,
    thisMonth,
    live: params.get('live') === '1',
    ranking: params.get('ranking'),
    group: params.get('group'),
    /** For a link to another of the three pages. */
    query: period === thisMonth ? '' : `?month=${period}`,
    set: (changes: Partial<Record<'month' | 'live' | 'ranking' | 'group', string | null>>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [key, value] of Object.entries(changes))
            if (value === null) next.delete(key);
            else next.set(key, value);
          return next;
        },
        { replace: true },
      ),
  };
}
export type MonthAddress = ReturnType<typeof useMonthAddress>;
