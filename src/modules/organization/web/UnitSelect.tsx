import { Select } from 'antd';
import { useText } from '#core/web/text.ts';
import type { UnitKind } from '../unit-kind.ts';
import { useTree } from './queries.ts';
import * as text from './text.ts';

/** Chooses a unit valid today by name, short name or pinyin initials. `without` leaves out the unit itself, say. */
export function UnitSelect({
  id,
  value,
  onChange,
  without = [],
  onlyOpen = true,
  kind,
}: {
  id?: string;
  value?: string;
  onChange?: (unitId: string) => void;
  without?: readonly string[];
  /** Only units within the caller's reach: where they may change something. */
  onlyOpen?: boolean;
  kind?: UnitKind;
}) {
  const t = useText(text);
  const tree = useTree(undefined);
  const options = (tree.data?.units ?? [])
    .filter((unit) => (!onlyOpen || unit.canOpen) && !without.includes(unit.id) && (!kind || unit.kind === kind))
    .map((unit) => ({
      value: unit.id,
      label: unit.name,
      find: `${unit.name} ${unit.shortName ?? ''} ${unit.initials}`.toLowerCase(),
    }));
  return (
    <Select
      {...(id && { id })}
      {...(value && { value })}
      {...(onChange && { onChange })}
      showSearch={{ filterOption: (input, option) => (option?.find ?? '').includes(input.trim().toLowerCase()) }}
      loading={tree.isPending}
      placeholder={t.form.pickUnit}
      options={options}
    />
  );
}
