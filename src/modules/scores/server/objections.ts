import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { ObjectionRow } from '../shapes.ts';
import { listFigures, listMarks, listObjections, withFile } from './entry-store.ts';
import { isPublic, visibleScheme } from './present.ts';
import { ownGroups, ownUnitIds, seesAll } from './reach.ts';
import { getResult, listResultHeads } from './result-store.ts';
import { getBody, lockScheme } from './scheme-store.ts';
import { type ObjectionTable, tables } from './tables.ts';

const recusals = {
  filer: { zh: '异议由本人提出，应由他人裁定', en: 'You filed it: somebody else decides' },
  unit: {
    zh: '本人在提出异议的单位任职，应当回避',
    en: 'You hold a post in the unit that objects: somebody else decides',
  },
  scorer: { zh: '本人计算了被异议的结果，应由他人裁定', en: 'You computed the result: somebody else decides' },
  entered: { zh: '本人录入了被异议的数据，应由他人裁定', en: 'You entered the figures: somebody else decides' },
} satisfies Record<string, Words>;

/** Who scored does not decide: neither who computed the result nor who typed a figure of the unit into it. */
async function recusalOf(scope: Scope, row: ObjectionTable): Promise<Words | null> {
  const { id: me, unitIds } = scope.actor;
  if (row.filedBy === me) return recusals.filer;
  if (unitIds.includes(row.unitId)) return recusals.unit;
  const heads = await listResultHeads(scope, row.schemeId);
  if (heads.find((h) => h.version === row.resultVersion)?.actorId === me) return recusals.scorer;
  const isAbout = (e: { unitId: string; item: string | null; actorId: string }) =>
    e.unitId === row.unitId && e.actorId === me && (row.item === null || e.item === row.item);
  const typed = [...(await listFigures(scope, row.schemeId)), ...(await listMarks(scope, row.schemeId))];
  return typed.some(isAbout) ? recusals.entered : null;
}

/** Objections the caller may see: all with reach over the city; a unit those of its own groups, the papers only its own. */
export async function objectionsPage(scope: Scope, id: string): Promise<ObjectionRow[]> {
  const { body } = await visibleScheme(scope, id);
  const groups = ownGroups(scope, body);
  const visible = new Set(body.groups.filter((g) => groups.has(g.code)).flatMap((g) => g.units.map((u) => u.unitId)));
  const own = new Set(ownUnitIds(scope, body));
  const all = seesAll(scope);
  const rows = (await listObjections(scope, id)).filter((row) => all || visible.has(row.unitId));
  const names = await unitNames(
    scope,
    rows.map((row) => row.unitId),
  );
  const shown: ObjectionRow[] = [];
  for (const row of rows) {
    const mayDecide = row.state === 'filed' && scope.can('scores.decide');
    const recusal = mayDecide ? await recusalOf(scope, row) : null;
    shown.push({
      id: row.id,
      resultVersion: row.resultVersion,
      unitId: row.unitId,
      unitName: names.get(row.unitId)?.shortName ?? names.get(row.unitId)?.name ?? '',
      item: row.item,
      reason: row.reason,
      fileName: all || own.has(row.unitId) ? row.fileName : null,
      filedByName: row.filedByName,
      filedAt: row.filedAt.toISOString(),
      state: row.state,
      decision: row.decision,
      decidedByName: row.decidedByName,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      recusal,
      canDecide: mayDecide && recusal === null,
    });
  }
  return shown;
}

export interface NewObjection {
  id: string;
  unitId: string;
  item: string | null;
  reason: string;
  fileId: string | null;
}

/** @throws Problem 404 for another unit or item; 409 not_in_publicity, objected_already */
export async function object(
  scope: Scope,
  { id, unitId, item, reason, fileId }: NewObjection,
): Promise<{ id: string }> {
  const scheme = await lockScheme(scope, id);
  const body = await getBody(scope, id, scheme.version);
  if (!ownUnitIds(scope, body, 'scores.assess').includes(unitId))
    throw notFound({ zh: '考核对象', en: 'unit of the scheme' });
  if (item !== null && !body.items.some((i) => i.code === item)) throw notFound({ zh: '考核项目', en: 'item' });
  if (!isPublic(scope, scheme))
    throw conflict('not_in_publicity', {
      zh:
        scheme.publicityUntil === null
          ? '结果尚未公示'
          : `异议应在公示期内提出，公示期到 ${scheme.publicityUntil} 为止`,
      en:
        scheme.publicityUntil === null
          ? 'The result is not shown yet'
          : `An objection is raised while the result is shown, until ${scheme.publicityUntil}`,
    });
  const result = await getResult(scope, id);
  const open = (await listObjections(scope, id)).some(
    (o) => o.unitId === unitId && o.item === item && o.state === 'filed',
  );
  if (open)
    throw conflict('objected_already', {
      zh: '对这一项已经提出异议，请等待裁定',
      en: 'You have objected to this already: wait for the decision',
    });
  const row: ObjectionTable = {
    cityId: scope.cityId,
    id: newId(),
    schemeId: id,
    resultVersion: result.version,
    unitId,
    item,
    reason,
    ...(await withFile(scope, fileId)),
    filedBy: scope.actor.id,
    filedByName: scope.actor.name,
    filedAt: scope.now,
    state: 'filed',
    decision: null,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
  };
  await tables(scope).insertInto('scores.objection').values(row).execute();
  audited(scope, { subject: 'scores.objection', id: row.id, after: { unitId, item, reason } });
  await emit(scope, { topic: 'scores.objected', unitIds: [unitId], data: { schemeId: id, objectionId: row.id } });
  return { id: row.id };
}

/** @throws Problem 404; 409 decided_already, must_recuse */
export async function decide(
  scope: Scope,
  { id, result, decision }: { id: string; result: 'upheld' | 'changed'; decision: string },
): Promise<{ id: string }> {
  const row = await tables(scope)
    .selectFrom('scores.objection')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || !scope.reach('scores.decide').all) throw notFound({ zh: '异议', en: 'objection' });
  if (row.state !== 'filed') throw conflict('decided_already', { zh: '该异议已有裁定', en: 'It was decided already' });
  const recusal = await recusalOf(scope, row);
  if (recusal) throw conflict('must_recuse', recusal);
  await tables(scope)
    .updateTable('scores.objection')
    .set({
      state: result,
      decision,
      decidedBy: scope.actor.id,
      decidedByName: scope.actor.name,
      decidedAt: scope.now,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
  audited(scope, { subject: 'scores.objection', id, before: { state: 'filed' }, after: { state: result, decision } });
  await emit(scope, {
    topic: 'scores.objectionDecided',
    unitIds: [row.unitId],
    data: { schemeId: row.schemeId, objectionId: id, result },
  });
  return { id };
}
