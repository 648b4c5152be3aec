import { memo, type PointerEvent } from 'react';
import type { GanttRow } from '../gantt-rows.ts';
import type { GanttScale } from './gantt-scale.ts';

export const rowHeight = 30;

/** What stands on one line. A critical bar is hatched and edged, not only red; a milestone on the critical path has a core. */
export const GanttBar = memo(function GanttBar({
  row,
  at,
  scale,
  today,
  label,
  shift,
  grip,
  patternId,
  onGrab,
}: {
  row: GanttRow;
  /** Line number from 0. */
  at: number;
  scale: GanttScale;
  today: string;
  /** Words behind the bar. */
  label: string;
  /** While it is dragged: by how many pixels each end has moved. */
  shift: { start: number; finish: number } | null;
  /** At which end it can be stretched; null when it stands still. */
  grip: 'start' | 'finish' | null;
  patternId: string;
  onGrab: (event: PointerEvent<SVGElement>, row: GanttRow, mode: 'move' | 'stretch') => void;
}) {
  const y = at * rowHeight;
  const x1 = scale.x(row.start) + (shift?.start ?? 0);
  const x2 = Math.max(x1 + 3, scale.xEnd(row.finish) + (shift?.finish ?? 0));
  const kind = row.isCritical ? 'critical' : 'free';
  const canDrag = grip !== null && !row.isSummary;
  const drag = canDrag
    ? { onPointerDown: (event: PointerEvent<SVGElement>) => onGrab(event, row, 'move'), className: 'grab' }
    : {};
  const actualEnd = row.actualFinish ?? (row.actualStart ? today : null);
  const middle = row.isMilestone ? (x1 + x2) / 2 : 0;
  const isBar = !row.isMilestone && !row.isSummary;
  const behind = Math.max(x2, !row.isSummary && actualEnd ? scale.xEnd(actualEnd) : 0) + (row.isMilestone ? 7 : 5);
  // Words that would be cut off at the right stand before the bar; a character is 11 pixels wide.
  const isCut = behind + label.length * 11 > scale.width && x1 > label.length * 11;
  return (
    <g className={`gantt-row ${kind} state-${row.state}`}>
      {row.baseline && (
        <rect
          className="baseline"
          x={scale.x(row.baseline.start)}
          y={y + 23}
          width={Math.max(3, scale.xEnd(row.baseline.finish) - scale.x(row.baseline.start))}
          height={3}
        />
      )}
      {row.isMilestone ? (
        <g {...drag}>
          <path className={`diamond ${kind}`} d={`M${middle} ${y + 5}l8 8l-8 8l-8 -8z`} />
          {row.actualFinish ? (
            <path
              className="diamond-done"
              d={`M${scale.x(row.actualFinish) + scale.pxPerDay / 2} ${y + 8}l5 5l-5 5l-5 -5z`}
            />
          ) : (
            row.isCritical && <circle className="diamond-core" cx={middle} cy={y + 13} r={2.5} />
          )}
        </g>
      ) : row.isSummary ? (
        <path
          className={`summary ${kind}`}
          d={`M${x1} ${y + 17}v-9h${x2 - x1}v9l-5 -5h${-(Math.max(x2 - x1, 10) - 10)}z`}
        />
      ) : (
        <g {...drag}>
          <rect className={`plan ${kind}`} x={x1} y={y + 5} width={x2 - x1} height={14} rx={row.isCritical ? 0 : 3} />
          {row.isCritical && (
            <rect className="hatch" x={x1} y={y + 5} width={x2 - x1} height={14} fill={`url(#${patternId})`} />
          )}
        </g>
      )}
      {isBar && row.actualStart && actualEnd && (
        <rect
          className={row.actualFinish ? 'actual' : 'actual running'}
          x={scale.x(row.actualStart)}
          y={y + 9}
          width={Math.max(3, scale.xEnd(actualEnd) - scale.x(row.actualStart))}
          height={6}
        />
      )}
      {!row.isMilestone && canDrag && grip && (
        <rect
          className="grip"
          x={grip === 'finish' ? x2 - 5 : x1 - 3}
          y={y + 3}
          width={8}
          height={18}
          onPointerDown={(event) => onGrab(event, row, 'stretch')}
        />
      )}
      {label && (
        <text
          className={row.state === 'late' || row.state === 'overdue' ? 'after late' : 'after'}
          x={isCut ? x1 - 5 : behind}
          textAnchor={isCut ? 'end' : 'start'}
          y={y + 17}
        >
          {label}
        </text>
      )}
    </g>
  );
});
