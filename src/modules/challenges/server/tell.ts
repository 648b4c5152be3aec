import { sql } from 'kysely';
import type { OutboxEvent } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { accountsOfCity, accountsOfUnits, notify, tellOf } from '#modules/notices/server/public.ts';

interface Told {
  challengeId: string;
  no: string;
  title: string;
}
const named = ({ no, title }: Told) => ({ zh: `${no} ${title}`, en: `${no} ${title}` });
const linkTo = ({ challengeId }: Told) => `/challenges/${challengeId}`;

/** Units of a challenge's bids: of who was chosen (with every unit of a consortium), or of the others. */
async function biddersOf(scope: Scope, challengeId: string, state: 'chosen' | 'notChosen'): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`
    select b.lead_unit_id as unit_id from challenges.bid b
      where b.city_id = ${scope.cityId} and b.challenge_id = ${challengeId} and b.state = ${state}
    union
    select t.unit_id from challenges.bid b join challenges.taker t on t.city_id = b.city_id and t.bid_id = b.id
      where b.city_id = ${scope.cityId} and b.challenge_id = ${challengeId} and b.state = ${state} and t.unit_id is not null`.execute(
    scope.db,
  );
  return rows.map((row) => row.unitId);
}

/** Those who bid hear of the selection, the verifier that something is to be verified. Nobody else: the rest is on the page. */
export const tellings: Record<string, (scope: Scope, event: OutboxEvent) => Promise<void>> = {
  'challenges.selected': async (scope, event) => {
    const told = event.data as unknown as Told;
    const { rows } = await sql<{ until: Day }>`select publicity_until as until from challenges.challenge
      where city_id = ${scope.cityId} and id = ${told.challengeId} and state = 'publicity'`.execute(scope.db);
    const until = rows[0]?.until;
    if (!until) return;
    const chosen = await accountsOfUnits(scope, 'challenges.take', await biddersOf(scope, told.challengeId, 'chosen'));
    const others = await accountsOfUnits(
      scope,
      'challenges.take',
      await biddersOf(scope, told.challengeId, 'notChosen'),
    );
    await tellOf(scope, event, chosen, {
      kind: 'challenge',
      title: { zh: `揭榜中选，公示至 ${until}`, en: `Your bid was chosen; shown until ${until}` },
      body: named(told),
      link: linkTo(told),
    });
    await tellOf(
      scope,
      event,
      others.filter((account) => !chosen.includes(account)),
      {
        kind: 'challenge',
        title: {
          zh: `揭榜未中选，公示至 ${until}，可提出异议`,
          en: `Your bid was not chosen; you may object until ${until}`,
        },
        body: named(told),
        link: linkTo(told),
      },
    );
  },
  'challenges.claimed': async (scope, event) => {
    const told = event.data as unknown as Told;
    const { rows } = await sql<{ unitId: string | null }>`select verifier_unit_id as unit_id from challenges.challenge
      where city_id = ${scope.cityId} and id = ${told.challengeId} and state = 'claimed'`.execute(scope.db);
    if (!rows[0]) return;
    const own = await accountsOfUnits(scope, 'challenges.verify', [rows[0].unitId]);
    // A verifier without an account: somebody who reaches the whole city sees to it.
    await tellOf(scope, event, own.length > 0 ? own : await accountsOfCity(scope, 'challenges.verify'), {
      kind: 'challenge',
      title: { zh: '申请验收，请核验', en: 'Verification is asked for' },
      body: named(told),
      link: linkTo(told),
    });
  },
};

/** Days before the limit of a signed pledge at which its takers are reminded. Ours: none are published. */
const remindBefore = [15, 3];

/** Takers of signed challenges whose limit comes near, once for each step; however many there are, one notice each day. */
export async function remindDue(scope: Scope): Promise<void> {
  const { rows } = await sql<Told & { dueOn: Day }>`
    select id as challenge_id, no, title, due_on from challenges.challenge
    where city_id = ${scope.cityId} and state = 'signed' and due_on = any(${remindBefore.map((n) => addDays(scope.today, n))}::date[])
    order by due_on, no`.execute(scope.db);
  const heaps = new Map<string, (Told & { dueOn: Day })[]>();
  for (const one of rows)
    for (const account of await accountsOfUnits(
      scope,
      'challenges.take',
      await biddersOf(scope, one.challengeId, 'chosen'),
    ))
      heaps.set(account, [...(heaps.get(account) ?? []), one]);
  await notify(
    scope,
    [...heaps].map(([accountId, of]) => ({
      accountId,
      key: `challenges due ${scope.today}`,
      kind: 'challenge' as const,
      title: {
        zh: of.length === 1 ? `揭榜任务 ${of[0]!.dueOn} 到期` : `${of.length} 项揭榜任务临近时限`,
        en: of.length === 1 ? `A challenge is due ${of[0]!.dueOn}` : `${of.length} challenges come near their limit`,
      },
      body: {
        zh: of.map((one) => `${one.no} ${one.title}（${one.dueOn}）`).join('、'),
        en: of.map((one) => `${one.no} ${one.title} (${one.dueOn})`).join(', '),
      },
      link: of.length === 1 ? linkTo(of[0]!) : '/challenges/mine',
    })),
  );
}
