import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { serialText } from '../column-words.ts';
import { projects } from '../contract.ts';
import * as text from './text.ts';

/** The first hits of the header's search among projects: name, code, 编号 or pinyin initials. */
export function ProjectSearch({ query }: { query: string }) {
  const t = useText(text);
  const api = useClient(projects);
  const hits = useQuery({
    queryKey: ['projects', 'search', query],
    queryFn: ({ signal }) => api.list({ q: query, limit: 8 }, { signal }),
    placeholderData: (before) => before,
  });
  if (!hits.data || hits.data.rows.length === 0) return null;
  return (
    <section>
      <h2>{t.title}</h2>
      {hits.data.rows.map((row) => (
        <Link key={row.id} to={`/projects/${row.id}`}>
          <span className="muted num">{serialText(row.serial)}</span>
          <span>{row.name}</span>
          <span className="muted">{row.regionName}</span>
          {row.light && <Light value={row.light} mark={row.level} />}
        </Link>
      ))}
    </section>
  );
}
