import { useClient } from '#core/web/client.ts';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { ledger } from '../contract.ts';
import { matterKeys } from './matter-keys.ts';
import type { Named } from './UnitPick.tsx';

/** Another matter by its number or words of its title; only those that this person may see are found. */
export function MatterPick({
  id,
  value,
  without,
  placeholder,
  onChange,
}: {
  id: string;
  value: Named | null;
  without: string;
  placeholder: string;
  onChange: (matter: Named | null) => void;
}) {
  const call = useClient(ledger);
  return (
    <SearchPick
      id={id}
      value={value?.id ?? null}
      name={value?.name}
      placeholder={placeholder}
      queryKey={matterKeys.find}
      find={async (words, signal) => {
        const { rows } = await call.list({ ...(words && { q: words }), limit: 20 }, { signal });
        return rows.filter((row) => row.id !== without).map((row) => ({ id: row.id, name: `${row.no} ${row.title}` }));
      }}
      onChange={(matterId, name) => onChange(matterId === null ? null : { id: matterId, name: name ?? '' })}
    />
  );
}
