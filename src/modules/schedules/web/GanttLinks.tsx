import { memo } from 'react';
import type { GanttRow } from '../gantt-rows.ts';
import type { LinkKind } from '../shapes.ts';
import { rowHeight } from './GanttBars.tsx';
import type { GanttScale } from './gantt-scale.ts';

/** Where a link leaves and enters, as an angled line with an arrow. Between two critical tasks it is thick. */
export function linkPath(
  from: { x1: number; x2: number; y: number },
  to: { x1: number; x2: number; y: number },
  kind: LinkKind,
): string {
  const leavesRight = kind[0] === 'F';
  const entersLeft = kind[1] === 'S';
  const [xa, xb] = [leavesRight ? from.x2 : from.x1, entersLeft ? to.x1 : to.x2];
  const out = xa + (leavesRight ? 6 : -6);
  const into = xb + (entersLeft ? -6 : 6);
  const isStraight = leavesRight && entersLeft && into >= out;
  if (isStraight) return `M${xa} ${from.y}H${into}V${to.y}H${xb}`;
  const between = to.y > from.y ? from.y + rowHeight / 2 : from.y - rowHeight / 2;
  return `M${xa} ${from.y}H${out}V${between}H${into}V${to.y}H${xb}`;
}

export const GanttLinks = memo(function GanttLinks({
  rows,
  scale,
  arrowId,
}: {
  rows: readonly GanttRow[];
  scale: GanttScale;
  arrowId: string;
}) {
  const at = new Map(rows.map((row, i) => [row.uid, i]));
  const endsOf = (row: GanttRow, i: number) => {
    const [x1, x2] = [scale.x(row.start), scale.xEnd(row.finish)];
    const y = i * rowHeight + 12;
    const middle = (x1 + x2) / 2;
    return row.isMilestone ? { x1: middle - 8, x2: middle + 8, y } : { x1, x2, y };
  };
  return (
    <g className="gantt-links">
      {rows.flatMap((row, i) =>
        row.links.flatMap((link) => {
          const j = at.get(link.from);
          if (j === undefined) return [];
          const before = rows[j]!;
          const isCritical = before.isCritical && row.isCritical;
          return [
            <path
              key={`${link.from} ${row.uid} ${link.kind}`}
              className={isCritical ? 'link-line critical' : 'link-line'}
              d={linkPath(endsOf(before, j), endsOf(row, i), link.kind)}
              markerEnd={`url(#${arrowId}${isCritical ? '-critical' : ''})`}
            />,
          ];
        }),
      )}
    </g>
  );
});
