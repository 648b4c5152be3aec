import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Post } from '../shapes.ts';
import { validityOn } from '../validity.ts';
import { type NamedPost, phonesOf } from './person-store.ts';
import { reachOf } from './reach.ts';

/**
 * Posts as the caller may see them: those in units out of reach are left out, and a phone is a field only where
 * organization.readContacts reaches the unit of the post.
 */
export async function presentPosts(scope: Scope, rows: readonly NamedPost[], day: Day): Promise<Post[]> {
  const canRead = reachOf(scope, 'organization.read');
  const canCall = reachOf(scope, 'organization.readContacts');
  const canEdit = reachOf(scope, 'organization.edit');
  const shown = rows.filter((row) => canRead(row.unitId));
  const phones = await phonesOf(scope, [
    ...new Set(shown.filter((row) => canCall(row.unitId)).map((row) => row.personId)),
  ]);
  return shown.map(({ cityId: _, ...row }) => {
    const hasEnded = row.validTo !== null && row.validTo < scope.today;
    return {
      ...row,
      state: validityOn(day, row),
      ...(canCall(row.unitId) && { phone: phones.get(row.personId) ?? null }),
      // What is done is done today: a page of the past offers nothing.
      allowed:
        day !== scope.today || !canEdit(row.unitId)
          ? []
          : hasEnded
            ? ['change' as const]
            : ['change' as const, 'end' as const],
    };
  });
}
