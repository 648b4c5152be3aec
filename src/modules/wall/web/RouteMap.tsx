import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { wall } from '../contract.ts';
import { drawRoute, type RouteStop } from './route-drawing.ts';
import * as text from './text.ts';
import './route-map.css';

/** Fills `meetings.route.map`: the stops of a route, numbered in their order, over the boundaries of the city. */
export function RouteMap({ stops }: { stops: readonly RouteStop[] }) {
  const t = useText(text).route;
  const words = useText(text);
  const api = useClient(wall);
  const { data: boundary } = useQuery({
    queryKey: ['wall', 'boundary'],
    queryFn: ({ signal }) => api.boundary({}, { signal }),
  });
  if (!boundary || stops.length === 0) return null;
  const { areas, points, line, frame } = drawRoute(boundary.areas, stops);
  const [x, y, width, height] = frame;
  // One hundredth of the width: marks and words keep their size however near the frame is.
  const unit = width / 100;
  return (
    <figure className="wall-route">
      <svg
        viewBox={`${x.toFixed(1)} ${y.toFixed(1)} ${width.toFixed(1)} ${height.toFixed(1)}`}
        role="img"
        aria-label={t.label(stops.map((stop) => `${stop.no} ${stop.name}`).join('、'))}
      >
        {areas.map((area) => (
          <path key={area.name} className="wall-route-land" d={area.path} strokeWidth={unit * 0.3} />
        ))}
        {areas.map((area) => (
          <text key={area.name} className="wall-route-area" x={area.x} y={area.y} fontSize={unit * 3}>
            {area.name}
          </text>
        ))}
        <polyline className="wall-route-line" points={line} strokeWidth={unit * 0.6} />
        {points.map((point) => (
          <g key={point.no} transform={`translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`}>
            <title>{`${point.no} ${point.name}`}</title>
            <circle className="wall-route-stop" r={unit * 2.4} strokeWidth={unit * 0.4} />
            <text className="wall-route-no" fontSize={unit * 2.8} dy={unit}>
              {point.no}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="muted">
        {boundary.approvalNo ? words.approval(boundary.approvalNo) : words.standIn}
        {t.straight}
      </figcaption>
    </figure>
  );
}
