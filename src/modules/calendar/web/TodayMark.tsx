import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { calendar } from '../contract.ts';
import * as text from './text.ts';

/** After the date in the header: that today is worked although it is a Sunday, or free although it is a Monday. */
export function TodayMark({ today }: { today: string }) {
  const t = useText(text);
  const api = useClient(calendar);
  const { data } = useQuery({
    queryKey: ['calendar', 'day', today],
    queryFn: ({ signal }) => api.dayKind({ day: today }, { signal }),
    staleTime: 3_600_000,
  });
  if (data?.kind === 'makeUp') return t.makeUpToday;
  if (data?.kind === 'off') return t.offToday(data.name ?? '');
  return null;
}
