import { useQuery } from '@tanstack/react-query';
import { daysInMonth } from '#core/shared/day.ts';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import { filings } from '../contract.ts';
import * as text from './curve-text.ts';
import { keys } from './keys.ts';

interface Props {
  project: { id: string; plan: { planYuan: number | null; curve: number[] | null } | null };
  year: number;
}

/** Slot `projects.page.progress`: plan, clock (时序) and accepted filings of the year in one picture. */
export function ProjectCurve({ project, year }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const api = useClient(filings);
  const history = useQuery({
    queryKey: keys.history(project.id),
    queryFn: ({ signal }) => api.history({ projectId: project.id }, { signal }),
  });
  const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
  const planYuan = project.plan?.planYuan ?? null;
  const actual = months.map((period) => history.data?.find((m) => m.period === period)?.cumulativeYuan ?? null);
  const even = planYuan === null ? null : months.map((_, i) => (planYuan * (i + 1)) / 12);
  if (even === null && actual.every((yuan) => yuan === null)) return null;
  const month = Number(today.slice(5, 7));
  const at = month - 2 + Number(today.slice(8)) / daysInMonth(year, month);
  return (
    <LineChart
      label={t.label(year)}
      labels={months.map((_, i) => t.month(i + 1))}
      format={(yuan) => yi(Math.round(yuan), language)}
      height={240}
      {...(today.startsWith(String(year)) && { today: { at: Math.max(0, at), words: t.today(today.slice(5)) } })}
      series={[
        ...(even
          ? [
              { key: 'plan', name: t.plan, kind: 'plan' as const, values: project.plan?.curve ?? even },
              { key: 'clock', name: t.clock, kind: 'clock' as const, values: even },
            ]
          : []),
        { key: 'actual', name: t.actual, kind: 'actual', values: actual },
      ]}
    />
  );
}
