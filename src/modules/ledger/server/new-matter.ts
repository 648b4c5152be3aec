import { sql } from 'kysely';
import { invalid, notFound, type Problem } from '#core/server/errors.ts';
import { initialsOf } from '#core/server/initials.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { gramsOf } from '../grams.ts';
import type { MatterKind, MatterLevel, PartyRole, SourceKind, Track, Urgency } from '../kinds.ts';
import type { Details } from '../shapes.ts';
import type { Limits } from './limits.ts';
import type { MatterRecord } from './store.ts';

export interface NewMatter {
  kind: MatterKind;
  track?: Track;
  title: string;
  body?: string;
  category?: string;
  urgency?: Urgency;
  source: {
    kind: SourceKind;
    title?: string | null | undefined;
    ref?: string | null | undefined;
    on?: Day | null | undefined;
  };
  projectId?: string | null;
  leadUnitId?: string | null;
  /** A person of the register; left out: the first leader of the lead unit, else of the unit above it. */
  leadLeaderId?: string | null;
  handlerName?: string | null;
  coUnitIds?: readonly string[];
  watchUnitIds?: readonly string[];
  firmUnitIds?: readonly string[];
  verifierUnitId?: string | null;
  level?: MatterLevel | undefined;
  template?: string;
  /** Left out: the template's limit, counted from the day of issuing. */
  dueOn?: Day | null;
  details?: Details | null;
  nodes?: readonly { code: string; title: string; dueOn: Day }[];
  parentId?: string | null;
  origin?: { module: string; id: string };
  /** Only for rows brought from elsewhere: the day and moment on which it was raised. */
  raisedOn?: Day;
  raisedByName?: string;
  raiserUnitId?: string | null;
  demo?: boolean;
  no?: string;
}

export type Fault = { code: string; words: Words; field: string };

/** What is wrong with the people of a matter; null when nothing is. One lead, nobody twice, no verifier from inside. */
export function partyFault(m: {
  leadUnitId: string | null;
  coUnitIds: readonly string[];
  verifierUnitId: string | null;
}): Fault | null {
  if (m.leadUnitId !== null && m.coUnitIds.includes(m.leadUnitId))
    return {
      code: 'lead_twice',
      words: { zh: '牵头单位只有一个，不能同时是配合单位', en: 'The lead unit cannot be co-responsible as well' },
      field: 'coUnitIds',
    };
  if (m.verifierUnitId !== null && (m.verifierUnitId === m.leadUnitId || m.coUnitIds.includes(m.verifierUnitId)))
    return {
      code: 'verifier_inside',
      words: { zh: '复核单位不能是牵头单位或配合单位', en: 'The verifier cannot be the lead or a co-responsible unit' },
      field: 'verifierUnitId',
    };
  return null;
}

export function shapeFault(m: NewMatter, limits: Limits): Fault | null {
  if (m.details && m.details.kind !== m.kind)
    return {
      code: 'details_of_another_kind',
      words: { zh: '补充信息与事项类型不符', en: 'The details belong to another kind of matter' },
      field: 'details',
    };
  if (m.template !== undefined && !limits.find(m.template))
    return {
      code: 'unknown_template',
      words: { zh: '没有这个督办模板', en: 'There is no such template' },
      field: 'template',
    };
  return null;
}

export const refuse = (fault: Fault | null): void => {
  if (fault) throw invalid(fault.code, fault.words, fault.field);
};

/** Names the row when there are many. */
export function inRow(count: number, index: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    const problem = error as Problem;
    if (count === 1 || !('words' in problem)) throw error;
    const { zh, en } = problem.words as Words;
    throw invalid(problem.code, { zh: `第 ${index + 1} 项：${zh}`, en: `Item ${index + 1}: ${en}` }, 'items', {
      index,
    });
  }
}

const distinct = (ids: readonly string[] | undefined): string[] => [...new Set(ids ?? [])];

/** Parties of a matter, each unit once for each role. */
export function partiesOf(matterId: string, m: NewMatter, raiserUnitId: string | null, commandUnitId: string | null) {
  const rows: { matterId: string; unitId: string; role: PartyRole }[] = [];
  const add = (unitId: string | null | undefined, role: PartyRole) => {
    if (unitId && !rows.some((row) => row.unitId === unitId && row.role === role))
      rows.push({ matterId, unitId, role });
  };
  add(m.leadUnitId, 'lead');
  for (const id of distinct(m.coUnitIds)) add(id, 'co');
  for (const id of distinct(m.firmUnitIds)) add(id, 'firm');
  for (const id of distinct(m.watchUnitIds)) add(id, 'watch');
  add(m.verifierUnitId, 'verifier');
  add(raiserUnitId, 'raiser');
  // The command post of a project follows what happens to it.
  add(commandUnitId, 'watch');
  return rows;
}

/** Units and projects that were named must be there. @throws Problem 404 */
export async function checkNamed(scope: Scope, rows: readonly NewMatter[]): Promise<Map<string, string | null>> {
  const units = new Set<string>();
  for (const m of rows)
    for (const id of [
      m.leadUnitId,
      m.verifierUnitId,
      ...(m.coUnitIds ?? []),
      ...(m.watchUnitIds ?? []),
      ...(m.firmUnitIds ?? []),
    ])
      if (id) units.add(id);
  const known = await unitNames(scope, [...units]);
  if ([...units].some((id) => !known.has(id))) throw notFound({ zh: '单位', en: 'unit' });
  await checkLeaders(
    scope,
    rows.flatMap((m) => (m.leadLeaderId ? [{ leader: m.leadLeaderId, unit: m.leadUnitId ?? null }] : [])),
  );
  const projects = [...new Set(rows.map((m) => m.projectId).filter((id) => id != null))];
  const { rows: found } = await sql<{ id: string; commandUnitId: string | null }>`
    select p.id, p.command_unit_id from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.id = any(${projects}::uuid[]) and ${withinReach(scope)}`.execute(scope.db);
  if (found.length < projects.length) throw notFound({ zh: '项目', en: 'project' });
  return new Map(found.map((row) => [row.id, row.commandUnitId]));
}

/**
 * A lead leader holds a post in the lead unit, in one above it, or in the headquarters or a command post. Of anybody else it
 * is not even said that there is such a person. @throws Problem 404
 */
export async function checkLeaders(
  scope: Scope,
  named: readonly { leader: string; unit: string | null }[],
): Promise<void> {
  if (named.length === 0) return;
  const pairs = [...new Map(named.map((pair) => [`${pair.leader} ${pair.unit}`, pair])).values()];
  const reach = scope.reach('ledger.raise');
  const within = reach.all ? sql`true` : sql`p.unit_id = any(${[...reach.unitIds]}::uuid[])`;
  const { rows: strangers } = await sql<{ leader: string }>`
    select x.leader from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as x(leader uuid, unit uuid)
    where not exists (
      select 1 from organization.pub_post p join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
      where p.city_id = ${scope.cityId} and p.person_id = x.leader
        and (${within} and p.unit_id = x.unit or u.kind = 'headquarters'
          or u.kind in ('office', 'commandPost') and exists (select 1 from organization.pub_unit top
            where top.city_id = u.city_id and top.id = u.parent_id and top.kind = 'headquarters')
          or ${within} and exists (
          select 1 from organization.pub_unit_closure c where c.city_id = p.city_id and c.ancestor_id = p.unit_id
            and c.descendant_id = x.unit)))
    limit 1`.execute(scope.db);
  if (strangers.length > 0) throw notFound({ zh: '牵头领导', en: 'lead leader' });
}

export const searchOf = (title: string) => {
  const initials = initialsOf(title).slice(0, 400);
  return { initials, grams: gramsOf(title, initials) };
};

export function recordOf(scope: Scope, m: NewMatter, no: string): MatterRecord {
  const raisedOn = m.raisedOn ?? scope.today;
  return {
    cityId: scope.cityId,
    id: newId(),
    no,
    kind: m.kind,
    track: m.track ?? 'assigned',
    title: m.title,
    ...searchOf(m.title),
    body: m.body ?? '',
    category: m.category ?? 'other',
    urgency: m.urgency ?? 'normal',
    sourceKind: m.source.kind,
    sourceTitle: m.source.title ?? null,
    sourceRef: m.source.ref ?? null,
    sourceOn: m.source.on ?? null,
    projectId: m.projectId ?? null,
    level: m.level ?? (m.projectId ? 'project' : 'headquarters'),
    levelSince: raisedOn,
    leadUnitId: m.leadUnitId ?? null,
    leadLeaderId: m.leadLeaderId ?? null,
    handlerName: m.handlerName ?? null,
    verifierUnitId: m.verifierUnitId ?? null,
    template: m.template ?? 'plain',
    dueOriginal: null,
    // What was asked for; it becomes the original limit when the matter is issued.
    dueCurrent: m.dueOn ?? null,
    state: 'draft',
    restingFrom: null,
    resumeOn: null,
    raisedOn,
    raisedBy: scope.actor.id,
    raisedByName: m.raisedByName ?? scope.actor.name,
    issuedAt: null,
    issuedOn: null,
    signedAt: null,
    signedOn: null,
    signedByName: null,
    progressOn: null,
    claimedAt: null,
    claimedOn: null,
    closedAt: null,
    closedOn: null,
    closeReason: null,
    returns: 0,
    extensions: 0,
    reopens: 0,
    returnedOn: null,
    extendedOn: null,
    leaderToldOn: null,
    blueOn: null,
    yellowOn: null,
    redOn: null,
    blueWhy: null,
    yellowWhy: null,
    redWhy: null,
    parentId: m.parentId ?? null,
    originModule: m.origin?.module ?? null,
    originId: m.origin?.id ?? null,
    demo: m.demo ?? false,
    version: 1,
  };
}
