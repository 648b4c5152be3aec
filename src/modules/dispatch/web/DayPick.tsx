import { Button, Input } from 'antd';
import { useSearchParams } from 'react-router';
import { isDay } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/**
 * What a table of a day shows, kept in its address: the day (today when none or one to come is named), and whatever
 * else `set` puts there. A value that is what the page shows anyway is set to null, so that the address stays short.
 */
export function useTableAddress() {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const asked = params.get('day');
  const set = (key: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  return { day: asked !== null && isDay(asked) && asked <= today ? asked : today, params, set };
}

/** The day a table is looked at, in the head of its page; any other than today has a way back. */
export function DayPick({ day, set }: Pick<ReturnType<typeof useTableAddress>, 'day' | 'set'>) {
  const t = useText(text);
  const { today } = useSession();
  return (
    <>
      <Input
        type="date"
        aria-label={t.asOfDay}
        value={day}
        max={today}
        onChange={({ target: { value } }) => set('day', value === today || !isDay(value) ? null : value)}
        style={{ width: '9.5rem' }}
      />
      {day !== today && <Button onClick={() => set('day', null)}>{t.today}</Button>}
    </>
  );
}
