import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { SearchPick, SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import * as text from './text.ts';

const unitKey = ['organization', 'search', ''] as const;

export interface Named {
  id: string;
  name: string;
}

/** One unit by its name, alias or pinyin initials. */
export function UnitPick({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Named | null;
  onChange: (unit: Named | null) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  return (
    <SearchPick
      id={id}
      value={value?.id ?? null}
      name={value?.name}
      placeholder={t.fields.pickUnit}
      queryKey={unitKey}
      find={(words, signal) => units.searchUnits({ text: words }, { signal })}
      onChange={(unitId, name) => onChange(unitId === null ? null : { id: unitId, name: name ?? '' })}
    />
  );
}

/** Any number of units, in the order in which they were chosen. */
export function UnitsPick({
  id,
  value,
  onChange,
}: {
  id: string;
  value: readonly Named[];
  onChange: (units: Named[]) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  return (
    <SearchPicks
      id={id}
      value={value}
      placeholder={t.fields.pickUnit}
      queryKey={unitKey}
      find={(words, signal) => units.searchUnits({ text: words }, { signal })}
      onChange={onChange}
    />
  );
}

/** A person of the register by name. */
export function PersonPick({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Named | null;
  onChange: (person: Named | null) => void;
}) {
  const t = useText(text);
  const people = useClient(organization);
  return (
    <SearchPick
      id={id}
      value={value?.id ?? null}
      name={value?.name}
      placeholder={t.fields.pickPerson}
      queryKey={['organization', 'persons', 'search']}
      find={async (words, signal) => (await people.persons({ text: words }, { signal })).persons}
      onChange={(personId, name) => onChange(personId === null ? null : { id: personId, name: name ?? '' })}
    />
  );
}
