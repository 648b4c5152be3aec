import { invalid, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Handlers } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import type { organization } from '../contract.ts';
import { tidyName } from '../unit-name.ts';
import { difference, insertChange } from './change-store.ts';
import {
  findPersonRow,
  listPostsOfPersons,
  lockPerson,
  type PersonRow,
  phonesOf,
  searchPersonRows,
  setPersonRow,
  setPhone,
} from './person-store.ts';
import { getPerson, presentPerson } from './person-view.ts';
import { endPostsAfter } from './post-end.ts';
import { requireUnitForPost } from './post-handlers.ts';
import { presentPosts } from './post-view.ts';
import { insertPerson } from './public.ts';
import { changedMeanwhile, noPerson, reachOf } from './reach.ts';
import { checkOrder } from './unit-checks.ts';

const pageSize = 200;

export const personHandlers = {
  persons: async (scope, { text, unitId, showEnded = false }) => {
    const search = { text, unitId, day: scope.today, showEnded, limit: pageSize + 1 };
    const rows = await searchPersonRows(scope, scope.reach('organization.read'), search);
    const page = rows.slice(0, pageSize);
    const posts = await presentPosts(
      scope,
      await listPostsOfPersons(
        scope,
        page.map((row) => row.id),
      ),
      scope.today,
    );
    const byPerson = Map.groupBy(posts, (post) => post.personId);
    return {
      persons: page.map(({ id, name, validFrom, validTo }) => ({
        id,
        name,
        validFrom,
        validTo,
        posts: byPerson.get(id) ?? [],
      })),
      more: rows.length > pageSize,
    };
  },

  person: async (scope, { id }) => presentPerson(scope, await getPerson(scope, id)),

  createPerson: async (scope, { name, phone, note, post }) => {
    const unit = await requireUnitForPost(scope, post.unitId, post);
    const { personId } = await insertPerson(scope, {
      name,
      phone: phone ?? undefined,
      ...post,
      leaderOrder: post.leaderOrder ?? undefined,
      duties: post.duties || undefined,
    });
    let row = (await findPersonRow(scope, personId))!;
    if (note) row = await setPersonRow(scope, row, { note });
    await emit(scope, { topic: 'organization.personCreated', unitIds: [unit.id], data: { personId } });
    return presentPerson(scope, row);
  },

  changePerson: async (scope, input) => {
    const before = await getPersonToEdit(scope, input.id, input.version);
    const after: PersonRow = {
      ...before,
      ...(input.name !== undefined && { name: tidyName(input.name) }),
      ...(input.note !== undefined && { note: input.note || null }),
      ...(input.validTo !== undefined && { validTo: input.validTo }),
    };
    checkOrder(after);
    const changed = difference<Record<string, unknown>>({ ...before }, { ...after }, ['name', 'note', 'validTo']);
    const hasNewPhone = await changePhone(scope, before.id, input.phone);
    if (!changed && !hasNewPhone) return presentPerson(scope, before);
    const row = await setPersonRow(scope, before, { name: after.name, note: after.note, validTo: after.validTo });
    // Who has left holds no post any more, whatever the posts say.
    if (after.validTo !== null && after.validTo !== before.validTo)
      await endPostsAfter(scope, await listPostsOfPersons(scope, [row.id]), after.validTo, input.reason);
    const history = { subject: 'person' as const, subjectId: row.id, onDay: scope.today, reason: input.reason };
    if (changed) await insertChange(scope, { ...history, action: 'changed', ...changed });
    // Only that it changed: a number that was taken back must not live on in a history.
    if (hasNewPhone) await insertChange(scope, { ...history, action: 'contactChanged' });
    const unitIds = (await listPostsOfPersons(scope, [row.id])).map((post) => post.unitId);
    await emit(scope, { topic: 'organization.personChanged', unitIds, data: { personId: row.id } });
    return presentPerson(scope, row);
  },
} satisfies Partial<Handlers<typeof organization>>;

/** Those who may edit every unit in which the person works now may change the person; others may only give and end posts. */
async function getPersonToEdit(scope: Scope, id: string, version: number): Promise<PersonRow> {
  await getPerson(scope, id);
  const row = await lockPerson(scope, id);
  if (!row) throw noPerson();
  const posts = (await listPostsOfPersons(scope, [id])).filter(
    (post) => post.validTo === null || post.validTo >= scope.today,
  );
  const canEdit = reachOf(scope, 'organization.edit');
  if (!posts.every((post) => canEdit(post.unitId)) || (posts.length === 0 && !scope.reach('organization.edit').all))
    throw new Problem(403, 'person_out_of_reach', {
      zh: '该人员还在您管理范围以外的单位任职，信息由总指挥部办公室维护',
      en: 'This person also holds a post outside your part of the tree: the headquarters office keeps the record',
    });
  if (row.version !== version) throw changedMeanwhile();
  return row;
}

async function changePhone(scope: Scope, personId: string, phone: string | null | undefined): Promise<boolean> {
  if (phone === undefined) return false;
  const posts = await listPostsOfPersons(scope, [personId]);
  const canCall = reachOf(scope, 'organization.readContacts');
  if (!scope.reach('organization.readContacts').all && !posts.some((post) => canCall(post.unitId)))
    throw invalid(
      'contact_not_yours',
      {
        zh: '您没有查看联系电话的权限，不能修改电话',
        en: 'You may not read telephone numbers, so you cannot change one',
      },
      'phone',
    );
  const before = (await phonesOf(scope, [personId])).get(personId) ?? null;
  const after = phone || null;
  if (before === after) return false;
  await setPhone(scope, personId, after);
  return true;
}
