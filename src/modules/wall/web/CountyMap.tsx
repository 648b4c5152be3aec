import { useMemo } from 'react';
import { useText } from '#core/web/text.ts';
import { count, rate } from '#core/web/ui/format.ts';
import type { LightValue } from '#core/web/ui/Light.tsx';
import type { Summary } from '#modules/dispatch/contract.ts';
import type { Boundary, MapPoint } from '../contract.ts';
import { projectionFor, spread, spreadLabels } from '../projection.ts';
import * as text from './text.ts';

/** Drawing units; the section is about square, so the drawing fills it whatever the screen's size. */
const size = { width: 1200, height: 1080 };
const apart = 15;
const most = 46;

/** Counties with their completion rate, and every project with a place by its light: red and yellow on top. */
export function CountyMap({
  boundary,
  points,
  summary,
}: {
  boundary: Boundary | null;
  points: readonly MapPoint[];
  summary: Summary;
}) {
  const t = useText(text);
  const drawn = useMemo(() => (boundary ? draw(boundary, points) : null), [boundary, points]);
  const pace = summary.clock.n / summary.clock.d;
  const rates = new Map(summary.byCounty.map((group) => [group.key, group]));
  if (!boundary || !drawn) return <section className="map wall-empty">{t.noMap}</section>;
  return (
    <section className="map" aria-label={t.map}>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={t.map}>
        {drawn.areas.map((area) => (
          <path key={area.name} className="land" d={area.path} />
        ))}
        {drawn.points.toReversed().map((point) => (
          <g
            key={point.id}
            className={`p-${point.light}`}
            transform={`translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`}
          >
            {shapes[point.light]}
          </g>
        ))}
        {drawn.labels.map((area) => {
          const group = area.unitId === null ? undefined : rates.get(area.unitId);
          const share = group && group.planYuan > 0 ? group.doneYuan / group.planYuan : null;
          const tone = share === null || share >= pace ? '' : share > pace - 0.1 ? 'warn' : 'late';
          return (
            <g key={area.name} transform={`translate(${area.x.toFixed(0)} ${area.y.toFixed(0)})`}>
              <text y={-6}>{area.name}</text>
              {group && share !== null && (
                <text className={`pct ${tone}`} y={40}>
                  {tone === 'late' ? '■ ' : tone === 'warn' ? '▲ ' : ''}
                  {rate(group.doneYuan, group.planYuan)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className="s">
        {t.mapNote(count(points.length))}
        <br />
        {t.mapRates}
        <br />
        {boundary.approvalNo ? t.approval(boundary.approvalNo) : t.standIn}
      </p>
    </section>
  );
}

const shapes: Record<LightValue, React.JSX.Element> = {
  normal: <circle r="6" />,
  warn: <path d="M0-9 9 7H-9z" />,
  late: <path d="M-8-8H8V8H-8z" />,
  idle: <circle r="5" />,
  ahead: <path d="M0-9 9 0 0 9-9 0z" />,
};

function draw(boundary: Boundary, points: readonly MapPoint[]) {
  const { at } = projectionFor(
    boundary.areas.flatMap((area) => area.rings.flat()),
    size.width,
    size.height,
    12,
  );
  const areas = boundary.areas.map((area) => {
    const [x, y] = at(area.label);
    const path = area.rings
      .map(
        (ring) =>
          `M${ring
            .map((p) =>
              at(p)
                .map((v) => v.toFixed(1))
                .join(' '),
            )
            .join('L')}Z`,
      )
      .join('');
    return { name: area.name, unitId: area.unitId, x, y, path };
  });
  // The points come worst first, so red and yellow keep their places and the green give way.
  const placed = points.map((point) => {
    const [x, y] = at([point.lng, point.lat]);
    return { ...point, x, y };
  });
  return { areas, labels: spreadLabels(areas, 210, 100), points: spread(placed, apart, most) };
}
