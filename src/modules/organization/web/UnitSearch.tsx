import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import * as text from './text.ts';

const shown = 6;

/** Units in the search over everything. */
export function UnitSearch({ query }: { query: string }) {
  const t = useText(text);
  const api = useClient(organization);
  const found = useQuery({
    queryKey: ['organization', 'search', query],
    queryFn: ({ signal }) => api.searchUnits({ text: query }, { signal }),
    enabled: query !== '',
  });
  if (!found.data || found.data.length === 0) return null;
  return (
    <section>
      <h2>{t.searchSection}</h2>
      {found.data.slice(0, shown).map((unit) => (
        <Link key={unit.id} to={`/organization/units/${unit.id}`}>
          {unit.name}
          {unit.parentName && <span className="muted">{unit.parentName}</span>}
        </Link>
      ))}
    </section>
  );
}
