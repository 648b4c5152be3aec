import { conflict } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { insertChange } from './change-store.ts';
import { type NamedPost, setPostRow } from './person-store.ts';

/**
 * Ends the posts that would last beyond `validTo`, because their unit or their person ends then. Throws 409
 * `has_later_posts` for one that only begins afterwards: nobody can say what is to become of it.
 */
export async function endPostsAfter(
  scope: Scope,
  posts: readonly NamedPost[],
  validTo: Day,
  reason: string,
): Promise<void> {
  const open = posts.filter((post) => post.validTo === null || post.validTo > validTo);
  const later = open.find((post) => post.validFrom > validTo);
  if (later)
    throw conflict('has_later_posts', {
      zh: `${later.personName}的岗位“${later.title}”自 ${later.validFrom} 起，晚于终止日期，请先免职或改期`,
      en: `${later.personName}’s post ${later.title} begins on ${later.validFrom}, after the last day: end or change it first`,
    });
  for (const { id, personId, unitId, unitName, title, validTo: before } of open) {
    await setPostRow(scope, id, { validTo });
    await insertChange(scope, {
      subject: 'person',
      subjectId: personId,
      action: 'postEnded',
      onDay: validTo,
      reason,
      before: { unitId, unitName, title, validTo: before },
      after: { unitId, unitName, title, validTo },
    });
    await emit(scope, { topic: 'organization.postEnded', unitIds: [unitId], data: { postId: id, personId, unitId } });
  }
}
