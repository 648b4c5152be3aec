import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import * as text from './text.ts';

/** One unit of the city, found by name, alias or initials. */
export function UnitPick({
  id,
  value,
  name,
  onChange,
}: {
  id: string;
  value: string | null;
  name?: string | undefined;
  onChange: (id: string | null, name: string | undefined) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  return (
    <SearchPick
      id={id}
      value={value}
      name={name}
      placeholder={t.pickUnit}
      queryKey={['organization', 'search', '']}
      find={(words, signal) => units.searchUnits({ text: words }, { signal })}
      onChange={onChange}
    />
  );
}
