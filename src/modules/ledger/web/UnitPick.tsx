import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { SearchPick, SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import * as text from './act-text.ts';

export interface Named {
  id: string;
  name: string;
}

/** Apart from what others keep of the same search: here names carry the unit above where two are alike. */
const unitKey = ['organization', 'search', 'apart'] as const;

/** Names as offered: where two units are called the same, the one above each tells them apart. */
function toldApart(units: readonly (Named & { parentName: string | null })[]): Named[] {
  const counts = Map.groupBy(units, (unit) => unit.name);
  return units.map(({ id, name, parentName }) => ({
    id,
    name: parentName && counts.get(name)!.length > 1 ? `${name}（${parentName}）` : name,
  }));
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
      placeholder={t.unit}
      queryKey={[...unitKey, '']}
      find={async (words, signal) => toldApart(await units.searchUnits({ text: words }, { signal }))}
      onChange={(unitId, name) => onChange(unitId === null ? null : { id: unitId, name: name ?? '' })}
    />
  );
}

/** Any number of units, in the order in which they were chosen. */
export function UnitsPick({
  id,
  value,
  without = [],
  onChange,
}: {
  id: string;
  value: readonly Named[];
  /** Units that stand in another role already: offered, they would only be refused. */
  without?: readonly string[];
  onChange: (units: Named[]) => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  return (
    <SearchPicks
      id={id}
      value={value}
      placeholder={t.unit}
      queryKey={[...unitKey, without.join()]}
      find={async (words, signal) =>
        toldApart(await units.searchUnits({ text: words }, { signal })).filter((unit) => !without.includes(unit.id))
      }
      onChange={onChange}
    />
  );
}
