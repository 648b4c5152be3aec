import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { addDays, monthOf } from '#core/shared/day.ts';
import { useText } from '#core/web/text.ts';
import type { DayAxis } from '../day-axis.ts';
import type { GanttRow } from '../gantt-rows.ts';
import { GanttBar, rowHeight } from './GanttBars.tsx';
import { GanttLinks } from './GanttLinks.tsx';
import { fineTicks, type GanttScale, monthTicks, scaleOver, yearTicks } from './gantt-scale.ts';
import * as text from './text.ts';
import './gantt.css';

export interface Drag {
  uid: number;
  mode: 'move' | 'stretch';
  /** Calendar days by which it was dragged. */
  days: number;
}

/**
 * Tasks at the left as a table that can be read aloud, bars at the right as a picture of the same. Only the chosen end of
 * a bar follows the hand; everything else is worked out when it is let go.
 */
export function Gantt({
  rows,
  first,
  last,
  pxPerDay,
  today,
  promised,
  axis,
  columns,
  grip = null,
  selected = null,
  height,
  onSelect,
  onDrag,
}: {
  rows: readonly GanttRow[];
  first: string;
  last: string;
  pxPerDay: number;
  today: string;
  promised: string | null;
  /** Shades days that are not worked, where there is room for it. */
  axis?: DayAxis | null;
  /** `full` has dates and slip beside the name; `name` has the name alone. */
  columns: 'full' | 'name';
  grip?: 'start' | 'finish' | null;
  selected?: number | null;
  height?: number;
  onSelect?: (uid: number) => void;
  onDrag?: (drag: Drag) => void;
}) {
  const t = useText(text);
  const id = useId().replace(/[^\w-]/g, '');
  const place = useRef<HTMLDivElement>(null);
  const scale = useMemo(() => scaleOver(first, last, pxPerDay), [first, last, pxPerDay]);
  const [drag, setDrag] = useState<Drag | null>(null);
  const begun = useRef<{ x: number; pointer: number } | null>(null);

  const onGrab = useCallback((event: PointerEvent<SVGElement>, row: GanttRow, mode: 'move' | 'stretch') => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    begun.current = { x: event.clientX, pointer: event.pointerId };
    setDrag({ uid: row.uid, mode, days: 0 });
  }, []);
  const moved = (event: PointerEvent) => {
    if (!drag || !begun.current) return;
    const days = Math.round((event.clientX - begun.current.x) / pxPerDay);
    if (days !== drag.days) setDrag({ ...drag, days });
  };
  const released = () => {
    if (drag) {
      onSelect?.(drag.uid);
      if (drag.days !== 0) onDrag?.(drag);
    }
    begun.current = null;
    setDrag(null);
  };
  const shiftOf = (row: GanttRow) => {
    if (drag?.uid !== row.uid || drag.days === 0) return null;
    const px = drag.days * pxPerDay;
    if (drag.mode === 'move') return { start: px, finish: px };
    return grip === 'start' ? { start: px, finish: 0 } : { start: 0, finish: px };
  };
  const labels = useMemo(() => rows.map((row) => labelOf(row, t, columns)), [rows, t, columns]);

  // Opens where today is, so that a schedule of years does not begin with its past.
  const hasPlace = rows.length > 0;
  useEffect(() => {
    const node = place.current;
    if (!node || !hasPlace || today < first || today > last) return;
    const seen = node.clientWidth - (node.querySelector<HTMLElement>('.gantt-list')?.offsetWidth ?? 0);
    if (scale.width > seen) node.scrollLeft = Math.max(0, scale.x(today) - seen / 3);
  }, [hasPlace, first, last, today, scale]);

  const step = (event: KeyboardEvent, at: number) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = rows[at + by];
    if (by === 0 || !next || event.altKey) return;
    event.preventDefault();
    onSelect?.(next.uid);
    place.current?.querySelector<HTMLElement>(`[data-uid="${next.uid}"]`)?.focus();
  };
  const total = rows.length * rowHeight;
  return (
    <section
      className={`gantt ${columns}`}
      ref={place}
      aria-label={t.gantt}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
      tabIndex={0}
      style={height ? { maxHeight: height } : {}}
    >
      <table className="gantt-list">
        <thead>
          <tr>
            <th>{t.head.task}</th>
            {columns === 'full' && (
              <>
                <th className="num">{t.head.days}</th>
                <th>{t.head.start}</th>
                <th>{t.head.finish}</th>
                <th className="num">{t.head.slip}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.uid} className={row.uid === selected ? 'on' : ''}>
              <th scope="row" className={row.isSummary ? 'sum' : ''}>
                {onSelect ? (
                  <button
                    type="button"
                    data-uid={row.uid}
                    aria-pressed={row.uid === selected}
                    onClick={() => onSelect(row.uid)}
                    onKeyDown={(event) => step(event, at)}
                  >
                    <Name row={row} line={columns === 'full' ? at + 1 : null} t={t} />
                  </button>
                ) : (
                  <Name row={row} line={columns === 'full' ? at + 1 : null} t={t} />
                )}
              </th>
              {columns === 'full' && (
                <>
                  <td className="num">{row.isSummary || row.isMilestone ? '' : row.days}</td>
                  <td>{row.start.slice(2)}</td>
                  <td>{row.finish.slice(2)}</td>
                  <td className={`num ${row.slip !== null && row.slip > 0 ? 'late' : ''}`}>
                    {row.slip === null ? '' : row.slip > 0 ? `+${row.slip}` : String(row.slip).replace('-', '−')}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="gantt-time" style={{ width: scale.width }}>
        <TimeHead scale={scale} />
        <svg
          aria-hidden="true"
          width={scale.width}
          height={total}
          onPointerMove={moved}
          onPointerUp={released}
          onPointerCancel={() => setDrag(null)}
        >
          <defs>
            <pattern
              id={`${id}-hatch`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect className="hatch-line" width="2.5" height="6" />
            </pattern>
            {['', '-critical'].map((kind) => (
              <marker
                key={kind}
                id={`${id}-arrow${kind}`}
                viewBox="0 0 6 6"
                refX="5"
                refY="3"
                markerWidth="5"
                markerHeight="5"
                orient="auto"
              >
                <path className={`arrow${kind}`} d="M0 0l6 3l-6 3z" />
              </marker>
            ))}
          </defs>
          <Ground scale={scale} rows={rows} axis={axis ?? null} selected={selected} total={total} />
          {columns === 'full' && <GanttLinks rows={rows} scale={scale} arrowId={`${id}-arrow`} />}
          {rows.map((row, at) => (
            <GanttBar
              key={row.uid}
              row={row}
              at={at}
              scale={scale}
              today={today}
              label={drag?.uid === row.uid && drag.days !== 0 ? dragWords(row, drag, grip) : labels[at]!}
              shift={shiftOf(row)}
              grip={grip}
              patternId={`${id}-hatch`}
              onGrab={onGrab}
            />
          ))}
          {promised && promised >= first && promised <= last && (
            <g className="promised">
              <line x1={scale.xEnd(promised)} x2={scale.xEnd(promised)} y1={0} y2={total} />
            </g>
          )}
          {today >= first && today <= last && (
            <line
              className="today"
              x1={scale.x(today) + pxPerDay / 2}
              x2={scale.x(today) + pxPerDay / 2}
              y1={0}
              y2={total}
            />
          )}
        </svg>
      </div>
    </section>
  );
}

type Words = ReturnType<typeof useText<typeof text.zh>>;

function Name({ row, line, t }: { row: GanttRow; line: number | null; t: Words }) {
  return (
    <span className="gantt-name" style={{ paddingLeft: `${row.depth * 0.875}rem` }}>
      {line === null ? <small className="none" /> : <small>{line}</small>}
      <span className="words" title={row.name}>
        {row.isMilestone && '◆ '}
        {row.name}
      </span>
      {row.isCritical && !row.isSummary && (
        <em title={t.critical}>
          {t.criticalShort}
          <span className="only-aloud">{t.critical}</span>
        </em>
      )}
      {(row.state === 'late' || row.state === 'overdue') && !row.isSummary && (
        <span className="only-aloud">{t.states[row.state]}</span>
      )}
    </span>
  );
}

/** A word behind the bar: how far it is, and how late; nothing where all is as planned. */
function labelOf(row: GanttRow, t: Words, columns: 'full' | 'name'): string {
  if (row.isSummary && columns === 'full') return '';
  if (row.state === 'done')
    return row.slip !== null && row.slip > 0 ? t.doneLate(row.slip) : row.isMilestone ? t.redFlag : '';
  const share = row.percent > 0 ? `${row.percent}%` : '';
  if (row.state === 'late')
    return [share, row.slip !== null && row.slip > 0 ? t.late(row.slip) : t.overdue].filter(Boolean).join(' ');
  if (row.state === 'overdue') return t.states.overdue;
  if (row.slip !== null && row.slip > 0) return [share, t.expectedLate(row.slip)].filter(Boolean).join(' ');
  return row.isMilestone && columns === 'full' ? row.finish.slice(5) : share;
}

const dragWords = (row: GanttRow, drag: Drag, grip: 'start' | 'finish' | null): string => {
  const by = `${drag.days > 0 ? '+' : '−'}${Math.abs(drag.days)}`;
  const at =
    drag.mode === 'stretch' && grip === 'finish' ? addDays(row.finish, drag.days) : addDays(row.start, drag.days);
  return `${at.slice(5)} (${by})`;
};

function TimeHead({ scale }: { scale: GanttScale }) {
  const t = useText(text);
  const line = (ticks: ReturnType<typeof yearTicks>, kind: string) => (
    <div className={`ticks ${kind}`}>
      {ticks.map((tick) => (
        <span key={tick.day} style={{ left: tick.x, width: tick.width }}>
          {tick.width > tick.label.length * 7 + 4 && tick.label}
        </span>
      ))}
    </div>
  );
  const fine = fineTicks(scale);
  return (
    <div className="gantt-time-head" aria-hidden="true">
      {fine.length > 0
        ? line(
            monthTicks(scale, t.monthName).map((tick) => ({
              ...tick,
              label: `${tick.day.slice(0, 4)}-${tick.day.slice(5, 7)}`,
            })),
            'upper',
          )
        : line(yearTicks(scale), 'upper')}
      {fine.length > 0 ? line(fine, 'lower') : line(lowerTicks(scale, t.monthName), 'lower')}
    </div>
  );
}

/** Months, or quarters where a month has no room for its name. */
function lowerTicks(scale: GanttScale, name: (month: number) => string) {
  const months = monthTicks(scale, name);
  if (scale.pxPerDay >= 0.8) return months;
  return months
    .filter((tick, i) => i === 0 || monthOf(tick.day) % 3 === 1)
    .map((tick, i, all) => ({ ...tick, width: (all[i + 1]?.x ?? scale.width) - tick.x }));
}

/** Months as lines, days that are not worked as shade where a day is wide enough to be seen, the chosen row as a band. */
function Ground({
  scale,
  rows,
  axis,
  selected,
  total,
}: {
  scale: GanttScale;
  rows: readonly GanttRow[];
  axis: DayAxis | null;
  selected: number | null;
  total: number;
}) {
  const chosen = rows.findIndex((row) => row.uid === selected);
  const off = useMemo(() => (axis && scale.pxPerDay >= 5 ? offDays(scale, axis) : []), [axis, scale]);
  return (
    <>
      {off.map((x) => (
        <rect key={x} className="off" x={x} y={0} width={scale.pxPerDay} height={total} />
      ))}
      {chosen >= 0 && <rect className="chosen" x={0} y={chosen * rowHeight} width={scale.width} height={rowHeight} />}
      {monthTicks(scale, String)
        // Where months are thin, quarters are enough.
        .filter((tick) => scale.pxPerDay >= 0.6 || monthOf(tick.day) % 3 === 1)
        .map((tick) => (
          <line key={tick.day} className="month-line" x1={tick.x} x2={tick.x} y1={0} y2={total} />
        ))}
    </>
  );
}

function offDays(scale: GanttScale, axis: DayAxis): number[] {
  const found: number[] = [];
  try {
    for (let day = scale.first; day <= scale.last; day = addDays(day, 1))
      if (!axis.isWorked(day)) found.push(scale.x(day));
  } catch {
    // A year without a calendar has no shade.
  }
  return found;
}
