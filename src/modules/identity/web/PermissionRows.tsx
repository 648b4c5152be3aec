import type { ReactNode } from 'react';
import type { Words } from '#core/shared/words.ts';
import { useWords } from '#core/web/text.ts';

export interface NamedPermission {
  permission: string;
  module: Words;
  words: Words;
  isHeld: boolean;
}

/** Table bodies of permissions in words, one for each module, with its title as the head of the group. */
export function PermissionRows({
  permissions,
  columns,
  row,
}: {
  permissions: readonly NamedPermission[];
  columns: number;
  row: (permission: NamedPermission) => ReactNode;
}) {
  const words = useWords();
  const modules = [...new Set(permissions.map((each) => each.permission.split('.')[0]!))];
  return modules.map((name) => {
    const own = permissions.filter((each) => each.permission.startsWith(`${name}.`));
    return (
      <tbody key={name}>
        <tr>
          <th scope="rowgroup" colSpan={columns + 1}>
            {words(own[0]!.module)}
          </th>
        </tr>
        {own.map((each) => (
          <tr key={each.permission}>
            <th scope="row" title={each.permission}>
              {words(each.words)}
            </th>
            {row(each)}
          </tr>
        ))}
      </tbody>
    );
  });
}
