import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import { type Filing, filings } from '../contract.ts';
import { ActList } from './ActList.tsx';
import { keys } from './keys.ts';
import { sum } from './show.ts';
import * as text from './text.ts';

const shownMonths = 9;

/** On a desk there is room for what came before: the months of this project, what it said, and what happened to this filing. */
export function FilingAside({ filing }: { filing: Filing }) {
  const t = useText(text);
  const call = useClient(filings);
  const { projectId } = filing;
  const history = useQuery({
    queryKey: keys.history(projectId),
    queryFn: ({ signal }) => call.history({ projectId }, { signal }),
  });
  const months = (history.data ?? []).filter((m) => m.period < filing.period).slice(0, shownMonths);
  return (
    <aside className="fp-aside">
      {months.length > 0 && (
        <>
          <h2>{t.panel.before}</h2>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.panel.month}</th>
                <th className="num">{t.panel.amount}</th>
                <th className="num">{t.panel.cumulative}</th>
                <th>{t.panel.image}</th>
              </tr>
            </thead>
            <tbody>
              {months.map((m) => (
                <tr key={m.id}>
                  <td className="nowrap">{month(m.period)}</td>
                  <td className="num">{sum(m.monthYuan ?? m.waitingMonthYuan)}</td>
                  <td className="num">{sum(m.cumulativeYuan)}</td>
                  <td>{m.imageProgress || t.none}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <ActList filing={filing} />
    </aside>
  );
}
