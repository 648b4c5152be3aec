import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { publications } from '../contract.ts';
import './publications.css';
import { StateMark } from './StateMark.tsx';
import * as text from './text.ts';

/** On the page of a month: the bulletins that were written of it. */
export function MonthProducts({ period }: { period: string; version: number }) {
  const t = useText(text);
  const api = useClient(publications);
  const year = Number(period.slice(0, 4));
  const found = useQuery({
    queryKey: ['publications', 'list', year],
    queryFn: ({ signal }) => api.list({ year }, { signal }),
  });
  const rows = (found.data?.rows ?? []).filter((row) => row.period === period);
  if (!found.data) return null;
  return (
    <section className="card pub-of-month">
      <h2>{t.title}</h2>
      {rows.length === 0 && <p className="soft">{t.noneMonth}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to={`/publications/${row.id}`}>{row.title}</Link> <StateMark row={row} />
          </li>
        ))}
      </ul>
      <Link to="/publications">{t.editor.back}</Link>
    </section>
  );
}
