import type { Scope } from '#core/server/scope.ts';
import type { Person } from '../shapes.ts';
import { listChanges, presentChange } from './change-store.ts';
import { findPersonRow, listPostsOfPersons, type PersonRow, phonesOf } from './person-store.ts';
import { presentPosts } from './post-view.ts';
import { noPerson, reachOf } from './reach.ts';

/** A person is in reach through a post, now or once, in a unit in reach; oneself always is. Otherwise 404. */
export async function getPerson(scope: Scope, id: string): Promise<PersonRow> {
  const row = await findPersonRow(scope, id);
  if (!row) throw noPerson();
  if (scope.reach('organization.read').all || scope.actor.personId === id) return row;
  const canRead = reachOf(scope, 'organization.read');
  if (!(await listPostsOfPersons(scope, [id])).some((post) => canRead(post.unitId))) throw noPerson();
  return row;
}

export async function presentPerson(scope: Scope, row: PersonRow): Promise<Person> {
  const all = await listPostsOfPersons(scope, [row.id]);
  const posts = await presentPosts(scope, all, scope.today);
  const canCall = reachOf(scope, 'organization.readContacts');
  const canEdit = reachOf(scope, 'organization.edit');
  const isMe = scope.actor.personId === row.id;
  const showPhone =
    isMe ||
    (all.length === 0 ? scope.reach('organization.readContacts').all : all.some((post) => canCall(post.unitId)));
  const current = all.filter((post) => post.validTo === null || post.validTo >= scope.today);
  const canChange =
    current.length === 0 ? scope.reach('organization.edit').all : current.every((post) => canEdit(post.unitId));
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    note: row.note,
    validFrom: row.validFrom,
    validTo: row.validTo,
    posts,
    ...(showPhone && { phone: (await phonesOf(scope, [row.id])).get(row.id) ?? null }),
    history: await historyOf(scope, row.id),
    allowed: [
      ...(canChange ? (['change'] as const) : []),
      ...(scope.can('organization.edit') ? (['addPost'] as const) : []),
    ],
  };
}

/** Lines about posts in units out of reach are left out: a person's history must not tell of another county. */
async function historyOf(scope: Scope, personId: string): Promise<Person['history']> {
  const canRead = reachOf(scope, 'organization.read');
  const changes = await listChanges(scope, 'person', personId);
  return changes
    .filter(({ before, after }) => {
      const unitId = after?.unitId ?? before?.unitId;
      return typeof unitId !== 'string' || canRead(unitId);
    })
    .map(presentChange);
}
