import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { type NewNotice, notify } from '#modules/notices/server/public.ts';
import { askedFor, leaderToldAfter, type Relief } from '../relief.ts';
import { listHandovers } from './handover-store.ts';
import { reliefsOf } from './handovers.ts';
import { listPublishedTurns } from './roster-store.ts';

/** Units whose published rosters had a relief that is still asked for. */
async function listRelieved(scope: Scope, since: Date): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`
    select distinct t.unit_id from duties.turn t
    join duties.roster r on r.city_id = t.city_id and r.id = t.roster_id and r.version > 0
    where t.city_id = ${scope.cityId} and t.post = 'officer' and t.from_at >= ${since} and t.from_at <= ${scope.now}`.execute(
    scope.db,
  );
  return rows.map((row) => row.unitId);
}

/** Accounts of a person, as far as they may keep the unit's log. */
async function accountsOf(scope: Scope, unitId: string) {
  const holders = await (await holdersOf(scope, 'duties.log'))({ unitId, projectId: '' });
  return (personId: string | null): string[] =>
    personId === null ? [] : holders.filter((one) => one.personId === personId).map((one) => one.accountId);
}

/** The leader on call now; where none has an account, those who keep the unit's roster. */
async function aboveOf(scope: Scope, unitId: string): Promise<string[]> {
  const [leader] = (await listPublishedTurns(scope, [unitId], scope.now, scope.now)).filter((t) => t.post === 'leader');
  const readers = await (await holdersOf(scope, 'duties.read'))({ unitId, projectId: '' });
  const own = readers.filter((one) => leader?.personId && one.personId === leader.personId).map((o) => o.accountId);
  if (own.length > 0) return own;
  const keepers = await holdersOf(scope, 'duties.roster');
  return (await keepers({ unitId, projectId: '' })).map((one) => one.accountId);
}

/**
 * Reliefs whose moment has passed without both signatures: the next on duty is told (and, where nothing was written, who went),
 * after `leaderToldAfter` the leader on call. Each is told once, so the job may run every minute.
 */
export async function tellOfUnsigned(scope: Scope): Promise<void> {
  const since = new Date(scope.now.getTime() - askedFor);
  for (const unitId of await listRelieved(scope, since)) {
    const written = new Map((await listHandovers(scope, unitId, since, 500)).map((row) => [row.at.getTime(), row]));
    const open = (await reliefsOf(scope, unitId, since, scope.now)).filter(
      ({ at }) => (written.get(at)?.signedAt ?? null) === null,
    );
    if (open.length === 0) continue;
    const accounts = await accountsOf(scope, unitId);
    const late = open.filter(({ at }) => scope.now.getTime() - at >= leaderToldAfter);
    const above = late.length > 0 ? await aboveOf(scope, unitId) : [];
    await notify(scope, [
      ...open.flatMap((relief) => {
        const isWritten = written.has(relief.at);
        const whom = [...accounts(relief.incoming.personId), ...(isWritten ? [] : accounts(relief.outgoing.personId))];
        return whom.map((accountId) => note(unitId, relief, isWritten, accountId));
      }),
      ...late.flatMap((relief) =>
        above.map((accountId) => note(unitId, relief, written.has(relief.at), accountId, ' leader')),
      ),
    ]);
  }
}

const clock = (at: number) => {
  const text = new Date(at + 8 * 3_600_000).toISOString();
  return `${text.slice(5, 10)} ${text.slice(11, 16)}`;
};

function note(
  unitId: string,
  { at, outgoing, incoming }: Relief,
  isWritten: boolean,
  accountId: string,
  rung = '',
): NewNotice {
  const moment = clock(at);
  const state = isWritten ? 'unsigned' : 'unwritten';
  return {
    accountId,
    key: `handover ${unitId} ${at} ${incoming.memberId} ${state}${rung}`,
    kind: 'duty',
    title: isWritten
      ? { zh: `${moment} 交接班尚未签字`, en: `The hand-over of ${moment} is not signed` }
      : { zh: `${moment} 尚未交班`, en: `Nothing was handed over at ${moment}` },
    body: {
      zh: isWritten
        ? `${outgoing.name}已交班，请${incoming.name}核对后签字`
        : `请${outgoing.name}填写交班内容，由${incoming.name}签字`,
      en: isWritten
        ? `${outgoing.name} has handed over: ${incoming.name} checks and signs`
        : `${outgoing.name} writes what is handed over, ${incoming.name} signs`,
    },
    link: `/duties?unit=${unitId}&tab=handovers`,
    isUrgent: rung !== '',
  };
}
