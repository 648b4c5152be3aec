import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { addDays, addMonths, endOfMonth, monthOf, startOfMonth, weekday, yearOf } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import type { MeetingRow } from '../shapes.ts';
import { timeOf } from './show.ts';
import * as text from './text.ts';

/** Meetings of a month, weeks from Monday. */
export function MonthView({ meetings, today }: { meetings: readonly MeetingRow[]; today: string }) {
  const t = useText(text);
  const [month, setMonth] = useState(startOfMonth(today));
  const first = addDays(month, 1 - weekday(month));
  const last = endOfMonth(month);
  const weeks: string[][] = [];
  for (let day = first; day <= last; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)));
  return (
    <section className="card mtg-month">
      <h2>
        {t.monthOf(yearOf(month), monthOf(month))}
        <span className="to">
          <Button size="small" onClick={() => setMonth(addMonths(month, -1))}>
            {t.prevMonth}
          </Button>{' '}
          <Button size="small" onClick={() => setMonth(addMonths(month, 1))}>
            {t.nextMonth}
          </Button>
        </span>
      </h2>
      <table>
        <thead>
          <tr>
            {t.weekdays.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} data-other={day.slice(0, 7) !== month.slice(0, 7)} data-today={day === today}>
                  <span className="num">{Number(day.slice(8))}</span>
                  {meetings
                    .filter((m) => m.heldOn === day)
                    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
                    .map((m) => (
                      <Link key={m.id} to={`/meetings/${m.id}`} data-state={m.state} className="mtg-state">
                        {timeOf(m.startsAt)} {m.title}
                      </Link>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
