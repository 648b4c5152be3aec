import { weekday } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { weekday as weekdayWords } from '#core/web/ui/format.ts';
import type { Month, Roster, Turn } from '../contract.ts';
import { dayOf, shortMoment } from './moments.ts';
import * as text from './text.ts';

/** The roster says once that it is invented; fourteen cells that repeat it would hide the names. */
const plainName = (name: string): string => name.replace(/（示例）$/, '');

/** The month as a calendar at the desk, as a list of days on a phone. Each day opens. */
export function MonthGrid({
  data,
  turns,
  rosters,
  isDraft,
  onOpen,
}: {
  data: Month;
  turns: readonly Turn[];
  rosters: readonly Roster[];
  isDraft: boolean;
  onOpen: (day: string) => void;
}) {
  const t = useText(text);
  const { today } = useSession();
  const inMonth = data.days.filter(({ day }) => day.startsWith(data.month));
  // Whole weeks, Monday first.
  const first = data.days.findIndex(({ day }) => day === inMonth[0]!.day) - (weekday(inMonth[0]!.day) - 1);
  const last = data.days.findIndex(({ day }) => day === inMonth.at(-1)!.day) + (7 - weekday(inMonth.at(-1)!.day));
  const faults = rosters.flatMap((roster) => roster.faults);
  return (
    <div className="duties-calendar">
      <ol className="duties-heads" aria-hidden="true">
        {t.weekdays.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      <ol className={isDraft ? 'duties-days draft' : 'duties-days'}>
        {data.days.slice(first, last + 1).map(({ day, kind, name }) => {
          const own = turns.filter((turn) => dayOf(turn.from) === day);
          const wrong = faults.filter((fault) => dayOf(fault.from) === day);
          const isFree = kind === 'off' || kind === 'weekend';
          const names = (post: Turn['post']) =>
            own.filter((turn) => turn.post === post).map((turn) => plainName(turn.name));
          return (
            <li
              key={day}
              className={`${day.startsWith(data.month) ? '' : 'other '}${isFree ? 'free ' : ''}${day === today ? 'today' : ''}`}
            >
              <button type="button" onClick={() => onOpen(day)}>
                <span className="duties-date">
                  <b>{Number(day.slice(8))}</b>
                  <small className="only-phone">{weekdayWords(day)}</small>
                  {kind === 'off' && <span className="tag duties-off">{t.kinds.off}</span>}
                  {kind === 'makeUp' && <span className="tag key">{t.kinds.makeUp}</span>}
                  {name !== null && <small>{name}</small>}
                </span>
                {(['leader', 'officer', 'deputy'] as const).map((post) =>
                  names(post).length > 0 ? (
                    <span key={post} className="duties-line">
                      <small>{t.postShort[post]}</small> {names(post).join(t.sep)}
                    </span>
                  ) : null,
                )}
                {wrong.map((fault) => (
                  <span key={`${fault.post} ${fault.kind} ${fault.from}`} className="duties-line late">
                    ■ {t.postShort[fault.post]}
                    {t.faultKinds[fault.kind]} {shortMoment(fault.from, fault.from)}
                  </span>
                ))}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
