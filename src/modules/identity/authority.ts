/** What somebody may do and how far: pure arithmetic on permissions and reaches. The server asks, this file answers. */

import type { ShippedRole } from '#core/shared/contract.ts';

/** `unitIds` is closed downwards. The same shape as core's Reach, which pure files may not import. */
export type Span = { all: true } | { all: false; unitIds: readonly string[]; projectIds: readonly string[] };
export type Authority = ReadonlyMap<string, Span>;

export const nothing: Span = { all: false, unitIds: [], projectIds: [] };

/** The shipped roles that look at the whole city unless somebody narrows them; all others see the part of their post's unit. */
const cityWide: readonly ShippedRole[] = ['admin', 'leader', 'office', 'inspector'];
export const defaultReachOf = (role: string): 'city' | 'unit' =>
  (cityWide as readonly string[]).includes(role) ? 'city' : 'unit';

/** Permissions of a shipped role, computed from what every module's contract says. */
export const permissionsOfShipped = (
  contracts: readonly { permissions: Record<string, { roles: readonly string[] }> }[],
  role: ShippedRole,
): string[] =>
  contracts.flatMap((contract) =>
    Object.entries(contract.permissions).flatMap(([name, permission]) =>
      permission.roles.includes(role) ? [name] : [],
    ),
  );

export function joinSpans(a: Span, b: Span): Span {
  if (a.all || b.all) return { all: true };
  return {
    all: false,
    unitIds: [...new Set([...a.unitIds, ...b.unitIds])],
    projectIds: [...new Set([...a.projectIds, ...b.projectIds])],
  };
}

/** Several roles together: each permission reaches as far as all its sources do. */
export function authorityOf(roles: readonly { permissions: readonly string[]; span: Span }[]): Map<string, Span> {
  const authority = new Map<string, Span>();
  for (const { permissions, span } of roles)
    for (const permission of permissions)
      authority.set(permission, joinSpans(authority.get(permission) ?? nothing, span));
  return authority;
}

export function coversSpan(mine: Span, asked: Span): boolean {
  if (mine.all) return true;
  if (asked.all) return false;
  return (
    asked.unitIds.every((id) => mine.unitIds.includes(id)) &&
    asked.projectIds.every((id) => mine.projectIds.includes(id))
  );
}

/**
 * The permissions of `asked` that `mine` does not hold as far: non-empty means that giving `asked` (a grant, a wider role,
 * a new password for who holds it) would give more than the giver has.
 */
export const beyond = (mine: Authority, asked: Authority): string[] =>
  [...asked].flatMap(([permission, span]) => (coversSpan(mine.get(permission) ?? nothing, span) ? [] : [permission]));
