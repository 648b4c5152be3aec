import { sql } from 'kysely';
import { type Db, enterCity, inTransaction } from '#core/server/db.ts';
import { Problem } from '#core/server/errors.ts';
import type { Host } from '#core/server/host.ts';
import type { Actor } from '#core/server/scope.ts';
import { authorityOf, type Span } from '../authority.ts';
import { sessionLimits } from '../shapes.ts';
import { type HeldGrant, listHeldGrants } from './grant-store.ts';
import type { Place } from './place.ts';
import { hashOfSecret } from './secret.ts';
import { touchSession } from './session-store.ts';
import { isShippedRole, shippedPermissions } from './shipped-roles.ts';
import { cookiesIn } from './visitor.ts';

export const sessionCookie = 'guatu';

const hour = 3_600_000;
/** Sessions seen before this moment have idled out. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - sessionLimits.idleHours * hour);
/** How exactly the last use of a session is known; writing it at every request would make every read a write. */
const touchEvery = 5 * 60_000;

/** The cookie names the city first, because row-level security must know it before the token can be looked up. */
export function readCookie(value: string | undefined): { cityId: string; token: string } | undefined {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(value ?? '');
  return match ? { cityId: match[1]!, token: match[2]! } : undefined;
}

interface FoundSession {
  id: string;
  accountId: string;
  seenAt: Date;
  way: 'password' | 'oidc';
  personId: string;
  personName: string;
  mustChangePassword: boolean;
  unitIds: string[];
}

/** The open session of this token: not ended, not idled out, of an account that is not locked and a person who is still here. */
async function findSession(place: Place, token: string, now: Date, today: string): Promise<FoundSession | undefined> {
  const { rows } = await sql<FoundSession>`
    select s.id, s.account_id, s.seen_at, s.way, a.person_id, n.name as person_name, a.must_change_password,
      array(select distinct p.unit_id from organization.pub_post p
        where p.city_id = a.city_id and p.person_id = a.person_id
          and p.valid_from <= ${today}::date and (p.valid_to is null or p.valid_to >= ${today}::date)) as unit_ids
    from identity.session s
    join identity.account a on a.city_id = s.city_id and a.id = s.account_id
    join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id
    where s.city_id = ${place.cityId} and s.token_hash = ${hashOfSecret(token)}
      and s.ended_at is null and s.expires_at > ${now} and s.seen_at > ${idleSince(now)}
      and not a.is_locked and (n.valid_to is null or n.valid_to >= ${today}::date)`.execute(place.db);
  return rows[0];
}

/** The account's own session that this cookie opens, whatever else it may do. */
export async function findCurrentSessionId(
  place: Place,
  cookies: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const cookie = readCookie(cookies.get(sessionCookie));
  if (cookie?.cityId !== place.cityId) return undefined;
  const { rows } = await sql<{ id: string }>`select id from identity.session
    where city_id = ${place.cityId} and token_hash = ${hashOfSecret(cookie.token)} and ended_at is null`.execute(
    place.db,
  );
  return rows[0]?.id;
}

const spanOf = ({ reach, unitIds, projectIds }: HeldGrant): Span =>
  reach === 'city' ? { all: true } : { all: false, unitIds, projectIds: reach === 'projects' ? projectIds : [] };

export const permissionsOfRole = (role: string, own: readonly string[] | null): readonly string[] =>
  isShippedRole(role) ? shippedPermissions(role) : (own ?? []);

/** What an account may do on a day, and how far; with `orLater` also what it will be able to do by grants that begin later. */
export async function authorityOn(
  place: Place,
  holder: { accountId: string; personId: string },
  day: string,
  orLater = false,
): Promise<Map<string, Span>> {
  const grants = await listHeldGrants(place, holder, day, orLater);
  return authorityOf(
    grants.map((grant) => ({ permissions: permissionsOfRole(grant.role, grant.permissions), span: spanOf(grant) })),
  );
}

/** With a first password one may change it, see who one is, and leave. */
const openToNewcomers = new Set(['/identity/me', '/identity/password', '/identity/sign-out']);

/** Who asks, by the session cookie. Null: nobody. Must not write: a query's transaction is read-only. */
export async function authenticate(
  tx: Db,
  request: Request,
  host: Host,
): Promise<{ cityId: string; actor: Actor } | null> {
  const cookie = readCookie(cookiesIn(request.headers.get('cookie')).get(sessionCookie));
  if (!cookie) return null;
  const { cityId, token } = cookie;
  await enterCity(tx, cityId);
  const place = { db: tx, cityId };
  // Sessions live on the wall clock, posts and grants on the product's, which a demonstration may have set.
  const now = new Date();
  const today = host.clock.today();
  const session = await findSession(place, token, now, today);
  if (!session) return null;
  if (now.getTime() - session.seenAt.getTime() > touchEvery) touch(host, cityId, session.id, now);

  const mustChangePassword = session.mustChangePassword && session.way === 'password';
  if (mustChangePassword && !openToNewcomers.has(new URL(request.url).pathname.replace(/^\/api/, '')))
    throw new Problem(403, 'password_change_needed', {
      zh: '首次登录，请先修改密码',
      en: 'Change your first password before going on',
    });
  const grants = mustChangePassword ? new Map<string, Span>() : await authorityOn(place, session, today);
  const actor: Actor = {
    kind: 'account',
    id: session.accountId,
    personId: session.personId,
    name: session.personName,
    unitIds: session.unitIds,
    mustChangePassword,
    grants,
  };
  return { cityId, actor };
}

/** In a transaction of its own, after the answer: a failure costs nothing but a session that idles out earlier. */
function touch(host: Host, cityId: string, id: string, now: Date): void {
  const staleBefore = new Date(now.getTime() - touchEvery);
  inTransaction(host.db, async (tx) => {
    await enterCity(tx, cityId);
    await touchSession({ db: tx, cityId }, id, now, staleBefore);
  }).catch((error: unknown) => host.log.warn({ error }, 'a session could not be kept awake'));
}
