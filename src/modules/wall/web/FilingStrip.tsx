import { useText } from '#core/web/text.ts';
import { count, moment, rate } from '#core/web/ui/format.ts';
import type { Cycle, LatestFiling } from '../contract.ts';
import { monthSum } from './money.ts';
import * as text from './text.ts';

/** What came last, and how far the month's filing has come. A row opens the filing itself. */
export function FilingStrip({ latest, cycle }: { latest: readonly LatestFiling[]; cycle: Cycle | null }) {
  const t = useText(text);
  return (
    <footer>
      <section>
        <h2>{t.latest}</h2>
        {latest.length === 0 && <p className="wall-empty">{t.latestNone}</p>}
        <ul className="feed">
          {latest.slice(0, 3).map((filing) => (
            <li key={filing.id}>
              <time className="s">{moment(filing.acceptedAt).slice(5)}</time>
              <span className="s">{filing.unit}</span>
              <a href={`/filings/${filing.projectId}/${filing.period}`}>{filing.projectName}</a>
              <span className="s">{filing.planYuan ? t.latestRate(rate(filing.doneYuan, filing.planYuan)) : ''}</span>
              <b>{monthSum(filing.monthYuan)}</b>
            </li>
          ))}
        </ul>
      </section>
      <section className="ledger">
        <h2>
          {cycle ? t.cycle(Number(cycle.period.slice(5))) : t.noCycle}{' '}
          <small>{cycle && t.due(moment(cycle.dueAt).slice(5))}</small>
        </h2>
        {cycle && (
          <dl>
            <Count name={t.expected} value={cycle.expected} />
            <Count name={t.accepted} value={cycle.accepted} />
            <Count name={t.submitted} value={cycle.submitted} />
            <Count name={t.returned} value={cycle.returned} />
            <Count name={t.missing} value={cycle.missing} alarm={cycle.missing > 0} />
          </dl>
        )}
      </section>
    </footer>
  );
}

const Count = ({ name, value, alarm = false }: { name: string; value: number; alarm?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd className={alarm ? 'down' : undefined}>{count(value)}</dd>
  </div>
);
