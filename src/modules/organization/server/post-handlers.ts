import { invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Handlers } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import type { organization } from '../contract.ts';
import type { Post } from '../shapes.ts';
import { difference, insertChange } from './change-store.ts';
import { findPost, lockPost, type NamedPost, setPostRow } from './person-store.ts';
import { getPerson } from './person-view.ts';
import { presentPosts } from './post-view.ts';
import { insertPost } from './public.ts';
import { noPost, noUnit, reachOf } from './reach.ts';
import { checkOrder, checkStillValid } from './unit-checks.ts';
import { findUnitRow, type UnitRow } from './unit-store.ts';

export const postHandlers = {
  givePost: async (scope, input) => {
    await getPerson(scope, input.personId);
    await requireUnitForPost(scope, input.unitId, input);
    const { leaderOrder, duties, ...facts } = input;
    const id = await insertPost(scope, {
      ...facts,
      leaderOrder: leaderOrder ?? undefined,
      duties: duties || undefined,
      validTo: input.validTo ?? null,
    });
    await tell(scope, 'postGiven', id, input.unitId, input.personId);
    return presentPost(scope, id);
  },

  changePost: async (scope, input) => {
    const before = await getPostToEdit(scope, input.id);
    const after = {
      title: input.title ?? before.title,
      leaderOrder: input.leaderOrder === undefined ? before.leaderOrder : input.leaderOrder,
      duties: input.duties === undefined ? before.duties : input.duties || null,
      validFrom: input.validFrom ?? before.validFrom,
      validTo: input.validTo === undefined ? before.validTo : input.validTo,
    };
    await requireUnitForPost(scope, before.unitId, after);
    const changed = difference<Record<string, unknown>>({ ...before }, after, [
      'title',
      'leaderOrder',
      'duties',
      'validFrom',
      'validTo',
    ]);
    if (!changed) return presentPost(scope, before.id);
    await setPostRow(scope, before.id, after);
    await recordPost(scope, before, 'postChanged', scope.today, input.reason, changed);
    await tell(scope, 'postChanged', before.id, before.unitId, before.personId);
    return presentPost(scope, before.id);
  },

  endPost: async (scope, { id, validTo, reason }) => {
    const before = await getPostToEdit(scope, id);
    checkOrder({ validFrom: before.validFrom, validTo });
    await setPostRow(scope, id, { validTo });
    await recordPost(scope, before, 'postEnded', validTo, reason, {
      before: { validTo: before.validTo },
      after: { validTo },
    });
    await tell(scope, 'postEnded', id, before.unitId, before.personId);
    return presentPost(scope, id);
  },
} satisfies Partial<Handlers<typeof organization>>;

/** The unit in which a post may stand: in reach for editing, and not ended before the post begins. */
export async function requireUnitForPost(
  scope: Scope,
  unitId: string,
  post: { validFrom: string; validTo?: string | null | undefined },
): Promise<UnitRow> {
  const unit = await findUnitRow(scope, unitId);
  if (!unit || !reachOf(scope, 'organization.edit')(unitId)) throw noUnit();
  const { validFrom, validTo = null } = post;
  checkOrder({ validFrom, validTo });
  checkStillValid(unit, validFrom, 'unitId');
  if (unit.validTo !== null && (validTo === null || validTo > unit.validTo))
    throw invalid(
      'post_outlives_unit',
      {
        zh: `单位于 ${unit.validTo} 终止，岗位的终止日期不能更晚`,
        en: `The unit ends on ${unit.validTo}: the post cannot last longer`,
      },
      'validTo',
    );
  return unit;
}

async function getPostToEdit(scope: Scope, id: string): Promise<NamedPost> {
  const row = await lockPost(scope, id);
  if (!row || !reachOf(scope, 'organization.edit')(row.unitId)) throw noPost();
  return row;
}

/** Names the unit on both sides: a reader's reach is judged by it. */
const recordPost = (
  scope: Scope,
  post: NamedPost,
  action: string,
  onDay: string,
  reason: string,
  changed: { before: Record<string, unknown>; after: Record<string, unknown> },
): Promise<void> => {
  const { unitId, unitName, title } = post;
  return insertChange(scope, {
    subject: 'person',
    subjectId: post.personId,
    action,
    onDay,
    reason,
    before: { unitId, unitName, title, ...changed.before },
    after: { unitId, unitName, title, ...changed.after },
  });
};

const tell = (scope: Scope, what: string, postId: string, unitId: string, personId: string): Promise<void> =>
  emit(scope, { topic: `organization.${what}`, unitIds: [unitId], data: { postId, personId, unitId } });

async function presentPost(scope: Scope, id: string): Promise<Post> {
  const post = (await presentPosts(scope, [(await findPost(scope, id))!], scope.today))[0];
  if (!post) throw noPost();
  return post;
}
