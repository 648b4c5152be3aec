import { dayOfYear, daysInYear } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import { count, percent, points, rate } from '#core/web/ui/format.ts';
import type { Summary } from '#modules/dispatch/contract.ts';
import { largeSum } from './money.ts';
import * as text from './text.ts';

/** The five figures, and the year as a thermometer: days of the clock and shares of the plan on one scale. */
export function Headline({ summary }: { summary: Summary }) {
  const t = useText(text);
  const { total, clock } = summary;
  const gap = total.gapPoints ?? 0;
  const pace = clock.n / clock.d;
  return (
    <div className="headline">
      <dl className="figures">
        <div className="hero">
          <dt>{t.rate}</dt>
          <dd>
            <b>
              <a href="/dispatch">{rate(total.doneYuan, total.planYuan, 2)}</a>
            </b>
          </dd>
        </div>
        <div className={gap < 0 ? 'down' : 'up'}>
          <dt>{gap < 0 ? t.behind : t.aheadOf}</dt>
          <dd>
            <b>{points(Math.abs(gap)).replace('+', '')}</b>
            {t.points}
          </dd>
        </div>
        <Figure name={t.done} {...largeSum(total.doneYuan)} href="/dispatch" />
        <Figure name={t.plan} {...largeSum(total.planYuan)} href="/dispatch" />
        <Figure
          name={t.projects}
          value={count(total.projects)}
          unit={t.projectsUnit(count(total.items))}
          href="/projects"
        />
      </dl>
      <Thermometer done={total.planYuan > 0 ? total.doneYuan / total.planYuan : 0} pace={pace} day={summary.day} />
    </div>
  );
}

const Figure = ({ name, value, unit, href }: { name: string; value: string; unit: string; href: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <b>
        <a href={href}>{value}</a>
      </b>
      {unit}
    </dd>
  </div>
);

function Thermometer({ done, pace, day }: { done: number; pace: number; day: string }) {
  const t = useText(text);
  const days = daysInYear(Number(day.slice(0, 4)));
  const at = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;
  const lead = Math.round((done - pace) * days);
  const starts = Array.from(
    { length: 12 },
    (_, m) => (dayOfYear(`${day.slice(0, 4)}-${String(m + 1).padStart(2, '0')}-01`) - 1) / days,
  );
  // Near the right edge the notes would run out of the screen: they then stand on the other side of the line.
  const isLate = pace > 0.78;
  return (
    <figure className="year" aria-label={`${t.rate} ${percent(done, 2)}，${t.paceLine(percent(pace, 2))}`}>
      <span className="track" />
      <span className="actual" style={{ width: at(Math.min(done, pace)) }} />
      {done > pace && <span className="ahead" style={{ left: at(pace), width: at(Math.min(1, done) - pace) }} />}
      {done < pace && <span className="short" style={{ left: at(done), width: at(pace - done) }} />}
      <span className="today" style={{ left: at(pace) }} />
      <span className="note" style={{ right: `calc(${at(1 - pace)} + .75rem)` }}>
        {isLate && lead !== 0 && (
          <i className={lead > 0 ? 'up' : 'down'}>{lead > 0 ? t.leads(lead) : t.trails(-lead)}　</i>
        )}
        {t.clock(percent(pace, 2))}
      </span>
      {!isLate && lead !== 0 && (
        <span className={`note ${lead > 0 ? 'up' : 'down'}`} style={{ left: `calc(${at(pace)} + .75rem)` }}>
          {lead > 0 ? t.leads(lead) : t.trails(-lead)}
        </span>
      )}
      {starts.map((start, m) => (
        <span key={start} className="m" style={{ left: at((start + (starts[m + 1] ?? 1)) / 2) }}>
          {t.monthName(m + 1)}
        </span>
      ))}
      {starts.slice(1).map((start) => (
        <i key={start} className="tick" style={{ left: at(start) }} />
      ))}
    </figure>
  );
}
