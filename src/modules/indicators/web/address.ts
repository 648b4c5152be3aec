import { useSearchParams } from 'react-router';
import { isDay } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { groupings } from '../contract.ts';

/** What the page shows, kept in its address: day, plan, count, the indicator that is open and its grouping. */
export function useMoment() {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const asked = params.get('day');
  const day = asked !== null && isDay(asked) && asked <= today ? asked : today;
  const basis = params.get('basis') === 'original' ? ('original' as const) : ('adjusted' as const);
  const level = params.get('level') === 'items' ? ('items' as const) : ('projects' as const);
  return {
    today,
    at: { day, basis, level },
    by: groupings.find((g) => g === params.get('by')) ?? ('county' as const),
    open: params.get('open'),
    /** Null takes it out: what the page shows anyway need not stand in the address. */
    set: (key: 'day' | 'basis' | 'level' | 'by' | 'open', value: string | null) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === null) next.delete(key);
          else next.set(key, value);
          return next;
        },
        { replace: true },
      ),
  };
}
