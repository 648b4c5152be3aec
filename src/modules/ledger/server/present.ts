// Long because a matter's page is one answer: the row, everything that hangs on it, and what this person may do.
import { type SqlBool, sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { missingEvidence } from '../evidence.ts';
import { isEnded, isRunning, type MatterMove, matterFlow, matterMoves, movePermission } from '../flow.ts';
import { levelAbove } from '../kinds.ts';
import type { MatterRow, MatterView } from '../shapes.ts';
import { findDetails } from './details.ts';
import { listEvidence, roundOf } from './evidence-store.ts';
import { words } from './hold.ts';
import { lightSql, lightWhySql } from './light-sql.ts';
import { limitsOf } from './limits.ts';
import { matterWithinReach, speaksFor } from './reach.ts';
import { findMatter, listNodes, type MatterRecord } from './store.ts';
import { type EventTable, type ExtensionTable, type PartyTable, tables, type VerificationTable } from './tables.ts';

/** The columns of `MatterRow` over `ledger.matter m`; every list selects the same. */
export const rowColumns = (scope: Scope) => sql`
  m.id, m.no, m.kind, m.track, m.title, m.category, m.urgency, m.source_kind, m.project_id,
  (select p.name from projects.pub_project p where p.city_id = m.city_id and p.id = m.project_id) as project_name,
  m.level, m.lead_unit_id,
  (select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = m.city_id and u.id = m.lead_unit_id) as lead_unit_name,
  (select n.name from organization.pub_person n where n.city_id = m.city_id and n.id = m.lead_leader_id) as lead_leader_name,
  m.state, ${lightSql(scope.today)} as light, ${lightWhySql(scope.today)} as light_why,
  m.raised_on, m.issued_on, m.signed_on, m.due_original, m.due_current, m.claimed_on, m.closed_on, m.progress_on,
  m.returns, m.extensions, m.reopens, m.demo`;

/** Rows by id within the caller's reach, in the order given. */
export async function listRows(scope: Scope, condition: ReturnType<typeof sql<SqlBool>>): Promise<MatterRow[]> {
  const { rows } = await sql<MatterRow>`select ${rowColumns(scope)} from ledger.matter m
    where m.city_id = ${scope.cityId} and ${condition} and ${matterWithinReach(scope)} order by m.raised_on, m.no`.execute(
    scope.db,
  );
  return rows;
}

/** The rows of a table that hang on one matter, in order. */
async function ofMatter<T>(scope: Scope, table: string, matterId: string, order: string): Promise<T[]> {
  const { rows } = await sql<T>`select * from ${sql.table(table)}
    where city_id = ${scope.cityId} and matter_id = ${matterId} order by ${sql.raw(order)}`.execute(scope.db);
  return rows;
}

/** Everything about one matter. @throws Problem 404 */
export async function presentMatter(scope: Scope, id: string): Promise<MatterView> {
  const matter = await findMatter(scope, id);
  if (!matter) throw notFound(words);
  const [row] = await listRows(scope, sql<SqlBool>`m.id = ${id}`);
  const events = await ofMatter<EventTable>(scope, 'ledger.event', id, 'seq');
  const parties = await ofMatter<PartyTable>(scope, 'ledger.party', id, 'unit_id');
  const verifications = await ofMatter<VerificationTable>(scope, 'ledger.verification', id, 'at, id');
  const extensions = await ofMatter<ExtensionTable>(scope, 'ledger.extension', id, 'asked_on, id');
  const nodes = await listNodes(scope, [id]);
  const evidence = await listEvidence(scope, id);
  const names = await unitNames(
    scope,
    [
      ...events.map((e) => e.actorUnitId),
      ...parties.map((p) => p.unitId),
      ...verifications.map((v) => v.verifierUnitId),
    ].filter((unitId) => unitId !== null),
  );
  const nameOf = (unitId: string | null) => (unitId === null ? null : (names.get(unitId)?.name ?? null));
  const limits = await limitsOf(scope);
  const template = limits.get(matter.template);
  const current = evidence.filter((e) => e.round === roundOf(matter)).map((e) => e.kind);
  const order = ['lead', 'co', 'firm', 'verifier', 'raiser', 'watch'];
  return {
    ...row!,
    body: matter.body,
    source: { kind: matter.sourceKind, title: matter.sourceTitle, ref: matter.sourceRef, on: matter.sourceOn },
    details: await findDetails(scope, id, matter.kind),
    handlerName: matter.handlerName,
    leadLeaderId: matter.leadLeaderId,
    verifierUnit:
      (matter.verifierUnitId && { id: matter.verifierUnitId, name: nameOf(matter.verifierUnitId) ?? '' }) || null,
    template: { code: template.code, name: template.name },
    levelSince: matter.levelSince,
    resumeOn: matter.resumeOn,
    blueOn: matter.blueOn,
    yellowOn: matter.yellowOn,
    redOn: matter.redOn,
    raisedByName: matter.raisedByName,
    signedByName: matter.signedByName,
    closeReason: matter.closeReason,
    parent: await parentOf(scope, matter),
    children: await listRows(scope, sql<SqlBool>`m.parent_id = ${id}`),
    parties: parties
      .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
      .map(({ unitId, role, contribution, contributedOn, contributedByName }) => ({
        unit: { id: unitId, name: nameOf(unitId) ?? '' },
        role,
        contribution,
        contributedOn,
        contributedByName,
      })),
    events: events.map((e) => ({
      id: e.id,
      seq: e.seq,
      act: e.act,
      fromState: e.fromState,
      toState: e.toState,
      onDay: e.onDay,
      text: e.text,
      payload: e.payload,
      actorName: e.actorName,
      unitName: nameOf(e.actorUnitId),
      at: e.at.toISOString(),
    })),
    evidence: await presentEvidence(scope, evidence),
    verifications: verifications.map((v) => ({
      id: v.id,
      round: v.round,
      method: v.method,
      result: v.result,
      note: v.note,
      verifierName: v.verifierName,
      unitName: nameOf(v.verifierUnitId),
      at: v.at.toISOString(),
    })),
    extensionList: extensions.map(({ cityId: _, matterId: __, fileId: ___, askedBy: ____, ...shown }) => shown),
    nodes: nodes.map(({ cityId: _, matterId: __, ...shown }) => shown),
    links: await linksOf(scope, id),
    evidenceMissing: isEnded(matter.state) ? null : missingEvidence(matter.kind, matter.track, current),
    extensionsLeft: Math.max(0, template.maxExtensions - matter.extensions),
    version: matter.version,
    allowed: allowedActs(scope, matter, {
      isCo: parties.some((p) => (p.role === 'co' || p.role === 'firm') && speaksFor(scope, p.unitId)),
      hasAsked: extensions.some((x) => x.state === 'asked'),
      extensionsLeft: template.maxExtensions - matter.extensions,
    }),
  };
}

async function parentOf(scope: Scope, matter: MatterRecord) {
  const parent = matter.parentId === null ? undefined : await findMatter(scope, matter.parentId);
  return parent ? { id: parent.id, no: parent.no, title: parent.title } : null;
}

/** Where a picture stands elsewhere too is said to everybody; which matter that is, only to those who may see it. */
async function presentEvidence(scope: Scope, rows: Awaited<ReturnType<typeof listEvidence>>) {
  const others = rows.map((e) => e.alsoIn).filter((id) => id !== null);
  const seen = new Map(
    (others.length === 0 ? [] : await listRows(scope, sql<SqlBool>`m.id = any(${others}::uuid[])`)).map((m) => [
      m.id,
      m.no,
    ]),
  );
  return rows.map((e) => ({
    id: e.id,
    eventId: e.eventId,
    kind: e.kind,
    fileId: e.fileId,
    name: e.name,
    words: e.words,
    amount: e.amount === null ? null : Number(e.amount),
    round: e.round,
    alsoIn: e.alsoIn === null ? null : { id: seen.has(e.alsoIn) ? e.alsoIn : null, no: seen.get(e.alsoIn) ?? null },
    addedByName: e.addedByName,
    addedAt: e.addedAt.toISOString(),
  }));
}

async function linksOf(scope: Scope, id: string): Promise<MatterView['links']> {
  const links = await tables(scope)
    .selectFrom('ledger.link')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where((eb) => eb.or([eb('fromId', '=', id), eb('toId', '=', id)]))
    .execute();
  if (links.length === 0) return [];
  const others = await listRows(
    scope,
    sql<SqlBool>`m.id = any(${links.map((l) => (l.fromId === id ? l.toId : l.fromId))}::uuid[])`,
  );
  const byId = new Map(others.map((m) => [m.id, m]));
  return links.flatMap((l) => {
    const other = byId.get(l.fromId === id ? l.toId : l.fromId);
    if (!other) return [];
    const { no, title, state, light } = other;
    return [
      {
        rel: l.rel,
        direction: l.fromId === id ? ('out' as const) : ('in' as const),
        id: other.id,
        no,
        title,
        state,
        light,
      },
    ];
  });
}

/** What takes a matter's colour away is not for those who have to do the work. */
const restsOrEnds: readonly MatterMove[] = ['suspend', 'resume', 'void'];

/** What this person may do now: the buttons of the page. The acts check the same again, and who stands inside. */
export function allowedActs(
  scope: Scope,
  matter: MatterRecord,
  { isCo, hasAsked, extensionsLeft }: { isCo: boolean; hasAsked: boolean; extensionsLeft: number },
): string[] {
  const { state } = matter;
  const isLead = speaksFor(scope, matter.leadUnitId);
  const mayMove = (move: MatterMove) =>
    matterFlow[state][move] !== undefined &&
    scope.can(movePermission[move]) &&
    (movePermission[move] !== 'ledger.handle' || isLead) &&
    (movePermission[move] !== 'ledger.verify' || !isLead) &&
    (!restsOrEnds.includes(move) || !isLead || state === 'draft');
  const acts: string[] = matterMoves.filter(mayMove);
  const supervises = scope.can('ledger.supervise');
  const add = (act: string, when: boolean) => when && acts.push(act);
  add('edit', state === 'draft' && scope.can('ledger.raise'));
  add('contribute', isCo && isRunning(state));
  add(
    'askExtension',
    isLead && isRunning(state) && !hasAsked && extensionsLeft > 0 && scope.today <= (matter.dueCurrent ?? ''),
  );
  add('decideExtension', hasAsked && supervises && !scope.actor.unitIds.includes(matter.leadUnitId ?? ''));
  add('remind', supervises && isRunning(state));
  add('escalate', supervises && !isEnded(state) && state !== 'draft' && levelAbove(matter.level) !== null);
  add('remark', scope.can('ledger.remark'));
  add('mark', supervises && state !== 'draft');
  add('split', scope.can('ledger.issue') && isRunning(state));
  add('merge', supervises && (!isLead || state === 'draft') && matterFlow[state].void !== undefined);
  add('link', supervises);
  return acts;
}
