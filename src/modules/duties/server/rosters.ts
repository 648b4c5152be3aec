import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { addDays, daysBetween } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { calendarOf, published } from '#modules/calendar/server/public.ts';
import { postsOf } from '#modules/organization/server/public.ts';
import type { duties, Member, Roster } from '../contract.ts';
import { type Post, postWords } from '../roster.ts';
import { type Candidate, countTurns, fillRoster } from '../rotation.ts';
import { type DayClass, dayClassOf, dutyDays, periodOf } from '../shifts.ts';
import { getUnit } from './reach.ts';
import { dayOfTurn, faultsOf, momentOf, presentRoster } from './roster-present.ts';
import {
  findPublishedBeside,
  findRoster,
  insertRoster,
  insertTurns,
  insertVersion,
  listMembers,
  listPublishedTurns,
  listTurns,
  type MemberRow,
  type NewTurnRow,
  type RosterRow,
  removeDraft,
  removeTurns,
  setMember,
  setRosterVersion,
  setTurn,
  type TurnRow,
  type VersionChange,
} from './roster-store.ts';

type Input<K extends keyof (typeof duties)['endpoints']> = ParsedOf<(typeof duties)['endpoints'][K]>;

export const presentMember = ({ unitId: _, ...member }: MemberRow): Member => member;

export async function saveMember(
  scope: Scope,
  { id, unitId, personId, ...input }: Input<'saveMember'>,
): Promise<Member> {
  await getUnit(scope, unitId, 'duties.roster');
  const members = await listMembers(scope, unitId);
  const known = members.find((member) => member.id === id);
  if (id !== undefined && !known) throw notFound({ zh: '值班人员', en: 'person on the list' });
  const row: MemberRow = {
    ...input,
    id: id ?? newId(),
    unitId,
    personId: personId === undefined ? (known?.personId ?? null) : await checkPerson(scope, personId),
    position: known?.position ?? members.length + 1,
  };
  await setMember(scope, row);
  audited(scope, { subject: 'duties.member', id: row.id, before: known ?? null, after: row });
  return presentMember(row);
}

/** The account that will sign belongs to a person of a unit that the caller may plan for. */
async function checkPerson(scope: Scope, personId: string | null): Promise<string | null> {
  if (personId === null) return null;

  const posts = await postsOf(scope, personId);
  const reach = scope.reach('duties.roster');
  if (!posts.some((post) => reach.all || reach.unitIds.includes(post.unitId)))
    throw notFound({ zh: '人员', en: 'person' });
  return personId;
}

const noMember = () => notFound({ zh: '值班人员', en: 'person on the list' });

/** What the people of a unit have done this year in published rosters before a day: rotation goes on from there. */
async function countsBefore(
  scope: Scope,
  unitId: string,
  day: string,
  kindOf: (day: string) => DayClass,
): Promise<Map<string, Candidate['before']>> {
  const from = new Date(`${day.slice(0, 4)}-01-01T00:00:00+08:00`);
  const to = new Date(`${addDays(day, -1)}T23:59:00+08:00`);
  const turns = (await listPublishedTurns(scope, [unitId], from, to)).filter((turn) => turn.fromAt >= from);
  const counts = new Map<string, Candidate['before']>();
  for (const [post, own] of Map.groupBy(turns, (turn) => turn.post))
    for (const [memberId, count] of countTurns(
      own.map((turn) => ({ memberId: turn.memberId, day: dayOfTurn(turn) })),
      kindOf,
    ))
      counts.set(`${post} ${memberId}`, count);
  return counts;
}

export interface RosterToMake {
  unitId: string;
  title: string;
  fromOn: string;
  toOn: string;
  pattern: RosterRow['pattern'];
  lists: Partial<Record<Post, readonly string[]>>;
  demo?: boolean;
}

/** Makes a draft by rotation. @throws 422 CALENDAR_NOT_PUBLISHED when a day lies in a year without a calendar. */
export async function makeRoster(scope: Scope, wanted: RosterToMake): Promise<RosterRow> {
  const { unitId, title, fromOn, toOn, pattern, lists } = wanted;
  const calendar = await calendarOf(scope);
  const kindOf = (day: string) => dayClassOf(calendar.kindOf(day));
  const before = await countsBefore(scope, unitId, fromOn, kindOf);
  const candidates = (post: Post): Candidate[] =>
    (lists[post] ?? []).map((id) => {
      const done = before.get(`${post} ${id}`);
      return done ? { id, before: done } : { id };
    });
  const turns = published(() =>
    fillRoster(dutyDays(fromOn, toOn), pattern, kindOf, {
      leader: candidates('leader'),
      officer: candidates('officer'),
      deputy: candidates('deputy'),
    }),
  );
  const period = periodOf(fromOn, toOn, pattern.handover);
  const roster: RosterRow = {
    id: newId(),
    unitId,
    title,
    fromOn,
    toOn,
    fromAt: momentOf(period.from),
    toAt: momentOf(period.to),
    pattern,
    version: 0,
    edition: 1,
    changedByName: scope.actor.name,
    changedAt: scope.now,
    demo: wanted.demo ?? false,
  };
  await insertRoster(scope, roster);
  await insertTurns(
    scope,
    roster,
    turns.map(({ post, memberId, from, to }) => ({
      id: newId(),
      post,
      memberId,
      fromAt: momentOf(from),
      toAt: momentOf(to),
    })),
  );
  return roster;
}

export async function generate(scope: Scope, input: Input<'generate'>): Promise<Roster> {
  const { unitId, fromOn, toOn, leaders, officers, deputies, ...rest } = input;
  await getUnit(scope, unitId, 'duties.roster');
  const span = daysBetween(fromOn, toOn);
  if (span < 0 || span > 365)
    throw invalid('period', { zh: '值班期间应为 1 至 366 天', en: 'A roster covers 1 to 366 days' }, 'toOn');
  const members = new Set((await listMembers(scope, unitId)).filter((m) => m.isActive).map((m) => m.id));
  const lists = { leader: [...new Set(leaders)], officer: [...new Set(officers)], deputy: [...new Set(deputies)] };
  if (
    Object.values(lists)
      .flat()
      .some((id) => !members.has(id))
  )
    throw noMember();
  const roster = await makeRoster(scope, { ...rest, unitId, fromOn, toOn, lists });
  audited(scope, { subject: 'duties.roster', id: roster.id, after: { ...rest, fromOn, toOn, lists } });
  return presentRoster(scope, roster);
}

async function lockRoster(scope: Scope, id: string): Promise<RosterRow> {
  const roster = await findRoster(scope, id, 'duties.roster', true);
  if (!roster) throw notFound({ zh: '值班表', en: 'roster' });
  return roster;
}

function mustBeDraft(roster: RosterRow): void {
  if (roster.version > 0)
    throw conflict('roster_published', {
      zh: '值班表已发布，只能换班或替班并写明原因',
      en: 'The roster is published: it only changes by a recorded exchange',
    });
}
function mustBeNewest(roster: RosterRow, edition: number): void {
  if (roster.edition !== edition)
    throw conflict('changed_meanwhile', {
      zh: `${roster.changedByName}刚刚修改了这份值班表，请刷新后重试`,
      en: `${roster.changedByName} has just changed this roster: reload and try again`,
    });
}

export async function saveTurns(scope: Scope, { id, edition, from, to, turns }: Input<'saveTurns'>): Promise<Roster> {
  const roster = await lockRoster(scope, id);
  mustBeDraft(roster);
  mustBeNewest(roster, edition);
  const members = new Set((await listMembers(scope, roster.unitId)).map((m) => m.id));
  if (turns.some((turn) => !members.has(turn.memberId))) throw noMember();
  await removeTurns(scope, id, new Date(from), new Date(to));
  await insertTurns(
    scope,
    roster,
    turns.map(
      (t): NewTurnRow => ({
        id: newId(),
        post: t.post,
        memberId: t.memberId,
        fromAt: wholeMinute(t.from),
        toAt: wholeMinute(t.to),
      }),
    ),
  );
  await setRosterVersion(scope, id, 0);
  audited(scope, { subject: 'duties.roster', id, after: { from, to, turns: turns.length } });
  return presentRoster(scope, await lockRoster(scope, id));
}
const wholeMinute = (text: string): Date => momentOf(Math.floor(Date.parse(text) / 60_000));

/** Publishes a draft. Refused with every gap and overlap from–to while there are any (REQ-D1). */
export async function publishRoster(scope: Scope, roster: RosterRow, reason: string): Promise<void> {
  const turns = await listTurns(scope, [roster.id]);
  const faults = faultsOf(roster, turns);
  if (faults.length > 0) {
    const clock = (text: string) =>
      new Date(Date.parse(text) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
    const [first] = faults;
    throw invalid(
      'roster_faulty',
      {
        zh: `还有 ${faults.length} 处空档或重叠，不能发布。第一处：${postWords[first!.post].zh} ${clock(first!.from)} 至 ${clock(first!.to)}`,
        en: `${faults.length} gaps or overlaps are left, so it cannot be published. First: ${postWords[first!.post].en}, ${clock(first!.from)} to ${clock(first!.to)}`,
      },
      'turns',
      { faults },
    );
  }
  const beside = await findPublishedBeside(scope, roster);
  if (beside)
    throw conflict('period_taken', {
      zh: `“${beside.title}”已覆盖 ${beside.fromOn} 至 ${beside.toOn}，同一时间只能有一份已发布的值班表`,
      en: `“${beside.title}” already covers ${beside.fromOn} to ${beside.toOn}: one published roster at a time`,
    });
  await setRosterVersion(scope, roster.id, 1);
  await insertVersion(scope, { rosterId: roster.id, version: 1, turns, changes: [], reason });
}

export async function publish(scope: Scope, { id, edition }: Input<'publish'>): Promise<Roster> {
  const roster = await lockRoster(scope, id);
  mustBeDraft(roster);
  mustBeNewest(roster, edition);
  await publishRoster(scope, roster, '发布');
  audited(scope, { subject: 'duties.roster', id, after: { published: roster.title } });
  await emit(scope, { topic: 'duties.published', unitIds: [roster.unitId], data: { title: roster.title } });
  return presentRoster(scope, await lockRoster(scope, id));
}

export async function discard(scope: Scope, { id }: Input<'discard'>): Promise<{ id: string }> {
  const roster = await lockRoster(scope, id);
  mustBeDraft(roster);
  await removeDraft(scope, id);
  audited(scope, { subject: 'duties.roster', id, before: roster });
  return { id };
}

export async function swap(
  scope: Scope,
  { id, version, turnId, withTurnId, memberId, reason }: Input<'swap'>,
): Promise<Roster> {
  const roster = await lockRoster(scope, id);
  if (roster.version === 0)
    throw conflict('roster_draft', { zh: '草稿可以直接修改，不用登记换班', en: 'A draft is changed directly' });
  if (roster.version !== version) mustBeNewest(roster, -1);
  const turns = await listTurns(scope, [id]);
  const turn = getTurn(turns, turnId);
  const other = withTurnId === undefined ? undefined : getTurn(turns, withTurnId);
  const member = memberId === undefined ? undefined : await getMember(scope, roster, memberId);
  if ((other === undefined) === (member === undefined))
    throw invalid(
      'swap_with',
      { zh: '请选择换班的班次或替班人员，二者选一', en: 'Choose a turn to exchange with, or a person' },
      'memberId',
    );
  const changes: VersionChange[] = [];
  if (other) {
    for (const one of [turn, other])
      if (one.fromAt <= scope.now)
        throw conflict('turn_begun', {
          zh: '班次已经开始，不能互换；可由他人从现在起替班',
          en: 'The turn has begun: it cannot be exchanged, but somebody may take it over from now on',
        });
    if (turn.post !== other.post || turn.memberId === other.memberId)
      throw invalid(
        'swap_post',
        { zh: '只能与同一岗位的另一人换班', en: 'Exchange with another person at the same post' },
        'withTurnId',
      );
    await setTurn(scope, turn.id, { memberId: other.memberId });
    await setTurn(scope, other.id, { memberId: turn.memberId });
    changes.push(changeOf(turn, other.name), changeOf(other, turn.name));
  } else changes.push(await takeOver(scope, roster, turn, member!));
  await setRosterVersion(scope, id, version + 1);
  await insertVersion(scope, {
    rosterId: id,
    version: version + 1,
    turns: await listTurns(scope, [id]),
    changes,
    reason,
  });
  audited(scope, { subject: 'duties.roster', id, after: { version: version + 1, changes, reason } });
  await emit(scope, { topic: 'duties.swapped', unitIds: [roster.unitId], data: { title: roster.title } });
  return presentRoster(scope, await lockRoster(scope, id));
}

function getTurn(turns: readonly TurnRow[], id: string): TurnRow {
  const turn = turns.find((one) => one.id === id);
  if (!turn) throw notFound({ zh: '班次', en: 'turn' });
  return turn;
}

const changeOf = ({ post, fromAt, toAt, name }: TurnRow, after: string): VersionChange => ({
  post,
  from: fromAt.toISOString(),
  to: toAt.toISOString(),
  before: name,
  after,
});

async function getMember(scope: Scope, roster: RosterRow, id: string): Promise<MemberRow> {
  const member = (await listMembers(scope, roster.unitId)).find((one) => one.id === id && one.isActive);
  if (!member) throw noMember();
  return member;
}

/** Somebody else does the turn: the whole of it, or, when it has begun, the rest of it from this minute. */
async function takeOver(scope: Scope, roster: RosterRow, turn: TurnRow, member: MemberRow): Promise<VersionChange> {
  if (turn.toAt <= scope.now)
    throw conflict('turn_over', { zh: '班次已经结束，不能再改', en: 'The turn is over and stays as it was' });
  if (member.id === turn.memberId)
    throw invalid('swap_post', { zh: '替班的就是本人', en: 'That is the same person' }, 'memberId');
  const now = momentOf(Math.floor(scope.now.getTime() / 60_000));
  if (turn.fromAt >= now) {
    await setTurn(scope, turn.id, { memberId: member.id });
    return changeOf(turn, member.name);
  }
  await setTurn(scope, turn.id, { toAt: now });
  await insertTurns(scope, roster, [
    { id: newId(), post: turn.post, memberId: member.id, fromAt: now, toAt: turn.toAt },
  ]);
  return changeOf({ ...turn, fromAt: now }, member.name);
}
