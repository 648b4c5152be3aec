import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { type NewNotice, notify } from '#modules/notices/server/public.ts';
import { remindStep, type SupervisionSettings } from '../settings.ts';
import { getSettings } from './settings-store.ts';

/**
 * Accounts that answer for a unit's matters. Who reaches the whole city looks after everybody and is not told for each unit.
 */
export async function handlersOf(
  scope: Scope,
  permission = 'ledger.handle',
): Promise<(unitId: string | null, projectId?: string | null) => Promise<string[]>> {
  const holders = await holdersOf(scope, permission);
  const wide = new Set((await holders({ unitId: null, projectId: '' })).map((h) => h.accountId));
  return async (unitId, projectId) =>
    unitId === null
      ? []
      : (await holders({ unitId, projectId: projectId ?? '' })).map((h) => h.accountId).filter((id) => !wide.has(id));
}

/** Accounts that hold a permission for the whole city. */
export const wideHolders = async (scope: Scope, permission: string): Promise<string[]> =>
  (await (await holdersOf(scope, permission))({ unitId: null, projectId: '' })).map((h) => h.accountId);

const urged = sql`m.state in ('issued', 'signed', 'working', 'returned', 'reopened')`;

interface Due {
  id: string;
  no: string;
  title: string;
  projectId: string | null;
  template: string;
  leadUnitId: string | null;
  dueCurrent: Day;
}

interface Telling {
  matter: { id: string; title: string; projectId: string | null; leadUnitId: string | null };
  /** Told once for the matter and this key. */
  key: string;
  what: 'due' | 'node' | 'blue' | 'yellow' | 'red' | 'resume';
}

const columns = sql`m.id, m.no, m.title, m.project_id, m.template, m.lead_unit_id, m.due_current`;

/** Limits that come near, by the city's days. */
async function nearLimits(scope: Scope, settings: SupervisionSettings): Promise<Telling[]> {
  const { plain, ofTemplate } = settings.remindBefore;
  const furthest = Math.max(0, ...plain, ...Object.values(ofTemplate).flat());
  const { rows } = await sql<Due>`select ${columns} from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and ${urged}
      and m.due_current between ${scope.today}::date and ${addDays(scope.today, furthest)}::date`.execute(scope.db);
  return rows.flatMap((matter) => {
    const step = remindStep(settings, matter.template, daysBetween(scope.today, matter.dueCurrent));
    return step === null ? [] : [{ matter, key: `due ${matter.dueCurrent} ${step}`, what: 'due' as const }];
  });
}

/** Stages due today or tomorrow. */
async function nearNodes(scope: Scope): Promise<Telling[]> {
  const { rows } = await sql<Due & { code: string; dueOn: Day; nodeTitle: string }>`
    select ${columns}, n.code, n.due_on, n.title as node_title from ledger.pub_node n
    join ledger.pub_matter m on m.city_id = n.city_id and m.id = n.matter_id
    where n.city_id = ${scope.cityId} and n.done_on is null and ${urged}
      and n.due_on between ${scope.today}::date and ${addDays(scope.today, 1)}::date`.execute(scope.db);
  return rows.map(({ code, dueOn, nodeTitle, ...matter }) => ({
    matter: { ...matter, title: `${matter.title}（${nodeTitle} ${dueOn}）` },
    key: `node ${code} ${dueOn}`,
    what: 'node',
  }));
}

/** Colours that began in the last week: what turned while the server was down is still told, old history is not. */
async function turned(scope: Scope): Promise<Telling[]> {
  const since = addDays(scope.today, -7);
  const { rows } = await sql<Due & { colour: 'blue' | 'yellow' | 'red'; on: Day }>`
    select ${columns}, t.colour, t.on from ledger.pub_matter m
    cross join lateral (
      select x.colour, x.on from (values ('red', m.red_on), ('yellow', m.yellow_on), ('blue', m.blue_on)) as x(colour, "on")
      where x.on <= ${scope.today}::date limit 1) t
    where m.city_id = ${scope.cityId} and ${urged} and t.on >= ${since}::date`.execute(scope.db);
  return rows.map(({ colour, on, ...matter }) => ({ matter, key: `${colour} ${on}`, what: colour }));
}

async function resuming(scope: Scope): Promise<Telling[]> {
  const { rows } = await sql<Due & { resumeOn: Day }>`select ${columns}, m.resume_on from ledger.pub_matter m
    where m.city_id = ${scope.cityId} and m.state = 'suspended' and m.resume_on <= ${scope.today}::date`.execute(
    scope.db,
  );
  return rows.map(({ resumeOn, ...matter }) => ({ matter, key: `resume ${resumeOn}`, what: 'resume' }));
}

/** Those not told before under their key; from now on they count as told. */
async function notTold(scope: Scope, tellings: readonly Telling[]): Promise<Telling[]> {
  if (tellings.length === 0) return [];
  const { rows } = await sql<{ matterId: string; key: string }>`
    insert into supervision.told (city_id, matter_id, key, on_day)
    select ${scope.cityId}::uuid, x.id, x.key, ${scope.today}::date
    from jsonb_to_recordset(${JSON.stringify(tellings.map(({ matter, key }) => ({ id: matter.id, key })))}::jsonb) as x(id uuid, key text)
    on conflict do nothing returning matter_id, key`.execute(scope.db);
  const fresh = new Set(rows.map((row) => `${row.matterId} ${row.key}`));
  return tellings.filter(({ matter, key }) => fresh.has(`${matter.id} ${key}`));
}

const says: Record<Telling['what'], (n: number) => Words> = {
  due: (n) => ({ zh: `${n} 件事项临近时限`, en: `${n} matters near their limit` }),
  node: (n) => ({ zh: `${n} 件事项的节点今明两天到期`, en: `${n} stages due today or tomorrow` }),
  blue: (n) => ({ zh: `${n} 件事项进入临近提示`, en: `${n} matters turned blue` }),
  yellow: (n) => ({ zh: `${n} 件事项转为预警`, en: `${n} matters turned yellow` }),
  red: (n) => ({ zh: `${n} 件事项已逾期`, en: `${n} matters are overdue` }),
  resume: (n) => ({ zh: `${n} 件暂缓事项已到恢复日期`, en: `${n} suspended matters have reached their resume date` }),
};
const named = (titles: readonly string[]): string => `${titles.slice(0, 3).join('；')}${titles.length > 3 ? '等' : ''}`;

/**
 * What days bring: limits and stages near, colours that began, suspensions that end. A person gets one notice for each sort,
 * however many matters there are. Answers how many matters were spoken of.
 */
export async function remindOfDays(scope: Scope): Promise<number> {
  const { settings } = await getSettings(scope);
  const tellings = await notTold(scope, [
    ...(await nearLimits(scope, settings)),
    ...(await nearNodes(scope)),
    ...(await turned(scope)),
    ...(await resuming(scope)),
  ]);
  if (tellings.length === 0) return 0;
  const handlers = await handlersOf(scope);
  const supervisors = await wideHolders(scope, 'ledger.supervise');
  const { rows: helping } = await sql<{ matterId: string; unitId: string }>`
    select matter_id, unit_id from ledger.pub_party where city_id = ${scope.cityId} and role = 'co'
      and matter_id = any(${tellings.map((t) => t.matter.id)}::uuid[])`.execute(scope.db);
  const unitsOf = Map.groupBy(helping, (row) => row.matterId);
  const heaps = new Map<string, { accountId: string; what: Telling['what']; of: Telling[] }>();
  for (const telling of tellings) {
    const { leadUnitId, id, projectId } = telling.matter;
    const units = [leadUnitId, ...(unitsOf.get(id) ?? []).map((row) => row.unitId)];
    const accounts = new Set((await Promise.all(units.map((unit) => handlers(unit, projectId)))).flat());
    if (telling.what === 'resume') for (const account of supervisors) accounts.add(account);
    for (const accountId of accounts) {
      const key = `${accountId} ${telling.what}`;
      const heap = heaps.get(key) ?? { accountId, what: telling.what, of: [] };
      heaps.set(key, heap);
      heap.of.push(telling);
    }
  }
  await notify(
    scope,
    [...heaps.values()].map(({ accountId, what, of }): NewNotice => {
      const titles = of.map((t) => t.matter.title);
      return {
        accountId,
        // One sort may come again on the same day, of other matters.
        key: `matters ${what} ${scope.today} ${of[0]!.matter.id}`,
        kind: 'matterDue',
        title: says[what](of.length),
        body: { zh: named(titles), en: named(titles) },
        link: of.length === 1 ? `/matters/${of[0]!.matter.id}` : '/matters',
        isUrgent: what === 'red',
      };
    }),
  );
  return tellings.length;
}
