import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import { sentenceOf } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import type { Cycle } from '../cycle-contract.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** Opening the month of today when it is not open; the way to the table of all months. */
export function CycleButtons({ cycle }: { cycle: Cycle | null }) {
  const t = useText(text);
  const can = useCan();
  const { today } = useSession();
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const period = today.slice(0, 7);
  const open = useMutation({
    mutationFn: () => call.openCycle({ period }),
    onSuccess: (made) => {
      message.success(t.cycles.opened(made.counts.total));
      void cache.invalidateQueries({ queryKey: keys.all });
    },
    onError: (error) => message.error(sentenceOf(error)),
  });
  return (
    <>
      {can('filings.open') && (cycle === null || cycle.period < period) && (
        <Button type="primary" loading={open.isPending} onClick={() => open.mutate()}>
          {t.cycles.open(month(period))}
        </Button>
      )}
      <Link className="chip" to="/filings/cycles">
        {t.cycles.title}
      </Link>
    </>
  );
}
