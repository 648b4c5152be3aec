import { daysInMonth, makeDay, weekday } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import type { YearPage } from '../contract.ts';
import { type DayKind, type WorkCalendar, workCalendar } from '../work-calendar.ts';
import * as text from './text.ts';

/** Twelve small months. Off and make-up days carry a colour and a word; with `onEdit` each day is a button. */
export function YearGrid({
  page,
  today,
  onEdit,
}: {
  page: YearPage;
  today: string;
  onEdit?: ((day: string) => void) | undefined;
}) {
  const known = workCalendar([page]);
  return (
    <div className="year-months">
      {Array.from({ length: 12 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the twelve months of a year never move
        <Month key={i} year={page.year} month={i + 1} calendar={known} today={today} onEdit={onEdit} />
      ))}
    </div>
  );
}

function Month({
  year,
  month,
  calendar,
  today,
  onEdit,
}: {
  year: number;
  month: number;
  calendar: WorkCalendar;
  today: string;
  onEdit?: ((day: string) => void) | undefined;
}) {
  const t = useText(text);
  const first = makeDay(year, month, 1)!;
  const days = Array.from({ length: daysInMonth(year, month) }, (_, i) => makeDay(year, month, i + 1)!);
  return (
    <section className="year-month">
      <h3>{t.month(month)}</h3>
      <div className="year-days">
        {t.weekdays.map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the seven days of a week never move
          <span key={i}>{name}</span>
        ))}
        {days.map((day) => (
          <DayCell
            key={day}
            day={day}
            column={day === first ? weekday(first) : undefined}
            kind={calendar.kindOf(day)}
            name={calendar.nameOf(day)}
            isToday={day === today}
            onEdit={onEdit}
          />
        ))}
      </div>
    </section>
  );
}

function DayCell({
  day,
  column,
  kind,
  name,
  isToday,
  onEdit,
}: {
  day: string;
  column: number | undefined;
  kind: DayKind;
  name: string | null;
  isToday: boolean;
  onEdit?: ((day: string) => void) | undefined;
}) {
  const t = useText(text);
  const word = kind === 'off' ? t.legend.off : kind === 'makeUp' ? t.legend.work : null;
  const props = {
    className: 'year-day num',
    'data-kind': kind,
    'aria-current': isToday ? ('date' as const) : undefined,
    title: name ? `${day} ${name}` : day,
    style: column === undefined ? undefined : { gridColumnStart: column },
  };
  const content = (
    <>
      {Number(day.slice(8))}
      {word && <small>{word}</small>}
    </>
  );
  return onEdit ? (
    <button
      type="button"
      {...props}
      aria-label={[day, word, name].filter(Boolean).join(' ')}
      onClick={() => onEdit(day)}
    >
      {content}
    </button>
  ) : (
    <div {...props}>{content}</div>
  );
}
