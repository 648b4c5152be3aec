import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { readings } from '../contract.ts';
import { PromiseSteps, useDrift } from './PromiseSteps.tsx';
import './readings.css';
import * as text from './text.ts';

/** On the page of a project: what documents promised of it and how that moved. Nothing, while nobody promised anything. */
export function ProjectPromises({ project: { id } }: { project: { id: string } }) {
  const t = useText(text);
  const drift = useDrift();
  const api = useClient(readings);
  const found = useQuery({
    queryKey: ['readings', 'promises', 'project', id],
    queryFn: ({ signal }) => api.promises({ projectId: id }, { signal }),
  });
  const lines = found.data?.lines ?? [];
  if (lines.length === 0) return null;
  return (
    <section className="card project-promises">
      <h2>{t.section}</h2>
      {lines.map((line) => (
        <div key={line.what}>
          <h3>
            {t.whats[line.what]} <small className={`promise-${line.state}`}>{t.states[line.state]}</small>{' '}
            <small className="muted">{drift(line, line.fromFirst)}</small>
          </h3>
          <PromiseSteps line={line} />
        </div>
      ))}
    </section>
  );
}
