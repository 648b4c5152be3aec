import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { type FileReply, openFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { compare } from '#core/shared/rate.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { exactOf } from '../exact.ts';
import type { Item, SchemeBody } from '../scheme.ts';
import {
  findEvidence,
  getMark,
  insertFigure,
  insertMark,
  insertSelf,
  listFigures,
  listMarks,
  listSelves,
  newestBy,
  strikeMark,
} from './entry-store.ts';
import { isAssessing, visibleScheme } from './present.ts';
import { ownUnitIds, seesAll } from './reach.ts';
import { getBody, lockScheme, notNow } from './scheme-store.ts';
import type { SchemeTable } from './tables.ts';

const nameOf = (names: ReadonlyMap<string, { name: string; shortName: string | null }>, id: string): string => {
  const found = names.get(id);
  return found?.shortName ?? found?.name ?? '';
};
const membersOf = (body: SchemeBody) => body.groups.flatMap((g) => g.units.map((u) => ({ ...u, group: g.code })));

/** What counts now of what was typed, and every mark. */
export async function figuresPage(scope: Scope, id: string) {
  const { body } = await visibleScheme(scope, id);
  const members = membersOf(body);
  const names = await unitNames(
    scope,
    members.map((m) => m.unitId),
  );
  const all = await listFigures(scope, id);
  const keyOf = (f: { unitId: string; item: string; input: string }) => `${f.unitId} ${f.item} ${f.input}`;
  const counts = Map.groupBy(all, keyOf);
  return {
    units: members.map(({ unitId, group }) => ({ id: unitId, name: nameOf(names, unitId), group })),
    figures: [...newestBy(all, keyOf).values()].map((f) => ({
      id: f.id,
      unitId: f.unitId,
      item: f.item,
      input: f.input,
      value: f.value,
      note: f.note,
      fileName: f.fileName,
      actorName: f.actorName,
      at: f.at.toISOString(),
      earlier: counts.get(keyOf(f))!.length - 1,
    })),
    marks: (await listMarks(scope, id)).map((m) => ({
      id: m.id,
      unitId: m.unitId,
      unitName: nameOf(names, m.unitId),
      item: m.item,
      input: m.input,
      quantity: m.quantity,
      onDay: m.onDay,
      reason: m.reason,
      document: m.document,
      approver: m.approver,
      fileName: m.fileName,
      actorName: m.actorName,
      at: m.at.toISOString(),
      struckByName: m.struckByName,
      struckReason: m.struckReason,
    })),
  };
}

/** @throws Problem 404 when the unit takes no part, 409 not_now when the result is final */
async function openFor(scope: Scope, id: string, unitId: string): Promise<{ scheme: SchemeTable; body: SchemeBody }> {
  const scheme = await lockScheme(scope, id);
  const body = await getBody(scope, id, scheme.version);
  if (!membersOf(body).some((m) => m.unitId === unitId)) throw notFound({ zh: '考核对象', en: 'unit of the scheme' });
  if (scheme.state === 'final') throw notNow(scheme.state);
  return { scheme, body };
}

/** @throws Problem 422 unless the item has such an input of that source */
function inputOf(body: SchemeBody, itemCode: string, name: string, kind: 'entered' | 'events'): Item {
  const item = body.items.find((i) => i.code === itemCode);
  if (!item?.inputs.some((i) => i.name === name && i.source.kind === kind))
    throw invalid(
      'input',
      kind === 'entered'
        ? { zh: '这项数据由系统计算，不接受人工录入', en: 'This figure is computed: it is not entered by hand' }
        : { zh: '这个考核项目没有这类加减分事项', en: 'The item has no such bonus or deduction' },
      'input',
    );
  return item;
}

export async function enter(
  scope: Scope,
  input: {
    id: string;
    unitId: string;
    item: string;
    input: string;
    value: string;
    note: string;
    fileId: string | null;
  },
) {
  const { body } = await openFor(scope, input.id, input.unitId);
  inputOf(body, input.item, input.input, 'entered');
  const { id: schemeId, ...row } = input;
  const id = await insertFigure(scope, schemeId, row);
  audited(scope, { subject: 'scores.figure', id, after: row });
  return { id };
}

export interface NewMark {
  id: string;
  unitId: string;
  item: string | null;
  input: string | null;
  quantity: string;
  onDay: Day;
  reason: string;
  document: string;
  approver: string;
  fileId: string | null;
}

export async function mark(scope: Scope, input: NewMark) {
  const { scheme, body } = await openFor(scope, input.id, input.unitId);
  if (input.item !== null && input.input !== null) inputOf(body, input.item, input.input, 'events');
  else if (input.item !== null || input.input !== null)
    throw invalid('input', { zh: '请选择加减分事项', en: 'Choose what is added or taken away' }, 'input');
  else if (body.vetoes.length === 0)
    throw conflict('no_veto', { zh: '方案没有一票否决事项', en: 'The scheme has no veto' });
  if (input.onDay > scope.today || !input.onDay.startsWith(String(scheme.year)))
    throw invalid(
      'on_day',
      { zh: `发生日期应在 ${scheme.year} 年内且不晚于今天`, en: `The day should lie in ${scheme.year} and not ahead` },
      'onDay',
    );
  const { id: schemeId, ...row } = input;
  const id = await insertMark(scope, schemeId, row);
  audited(scope, { subject: 'scores.mark', id, after: row });
  return { id };
}

export async function strike(scope: Scope, { id, reason }: { id: string; reason: string }) {
  const row = await getMark(scope, id);
  const scheme = await lockScheme(scope, row.schemeId);
  if (scheme.state === 'final') throw notNow(scheme.state);
  if (row.struckAt !== null) throw conflict('struck', { zh: '该事项已经撤销', en: 'It is struck out already' });
  await strikeMark(scope, id, reason);
  audited(scope, { subject: 'scores.mark', id, before: { reason: row.reason }, after: { struck: reason } });
  return { id };
}

/** The self-assessment of a unit. Others than the unit's own see it only with reach over the whole city. */
export async function selfSheet(scope: Scope, { id, unitId }: { id: string; unitId?: string | undefined }) {
  const { scheme, body } = await visibleScheme(scope, id);
  const seen = seesAll(scope) ? membersOf(body).map((m) => m.unitId) : ownUnitIds(scope, body);
  const chosen = unitId ?? seen[0] ?? null;
  if (chosen !== null && !seen.includes(chosen)) throw notFound({ zh: '考核对象', en: 'unit of the scheme' });
  const names = await unitNames(scope, seen);
  const found = newestBy(chosen === null ? [] : await listSelves(scope, id, chosen), (s) => s.item);
  return {
    unitId: chosen,
    unitName: chosen === null ? '' : nameOf(names, chosen),
    units: seen.map((one) => ({ id: one, name: nameOf(names, one) })),
    rows: body.items.map((item) => {
      const row = found.get(item.code);
      return {
        item: item.code,
        points: row?.points ?? null,
        note: row?.note ?? '',
        fileId: row?.fileId ?? null,
        fileName: row?.fileName ?? null,
        id: row?.id ?? null,
        actorName: row?.actorName ?? null,
        at: row?.at.toISOString() ?? null,
      };
    }),
    canAssess:
      chosen !== null && ownUnitIds(scope, body, 'scores.assess').includes(chosen) && isAssessing(scope, scheme),
  };
}

export interface SelfInput {
  item: string;
  points: string;
  note: string;
  fileId: string | null;
}

/** @throws Problem 404 for another unit; 409 self_closed; 422 points above what the item can give */
export async function assess(scope: Scope, { id, unitId, rows }: { id: string; unitId: string; rows: SelfInput[] }) {
  const scheme = await lockScheme(scope, id);
  const body = await getBody(scope, id, scheme.version);
  if (!ownUnitIds(scope, body, 'scores.assess').includes(unitId))
    throw notFound({ zh: '考核对象', en: 'unit of the scheme' });
  if (!isAssessing(scope, scheme))
    throw conflict('self_closed', {
      zh: scheme.selfUntil === null ? '自评尚未开放' : `自评已于 ${scheme.selfUntil} 截止`,
      en:
        scheme.selfUntil === null
          ? 'The self-assessment is not open'
          : `The self-assessment closed on ${scheme.selfUntil}`,
    });
  for (const row of rows) {
    const item = body.items.find((i) => i.code === row.item);
    if (!item) throw invalid('item', { zh: '方案没有这个考核项目', en: 'The scheme has no such item' }, 'rows');
    if (item.cap !== null && compare(exactOf(row.points), exactOf(item.cap)) > 0)
      throw invalid(
        'points',
        {
          zh: `“${item.name.zh}”自评分最高 ${item.cap} 分`,
          en: `${item.name.en || item.code}: at most ${item.cap} points`,
        },
        'rows',
      );
    await insertSelf(scope, id, { unitId, ...row });
  }
  audited(scope, { subject: 'scores.self', id, after: { unitId, rows } });
  await emit(scope, { topic: 'scores.assessed', unitIds: [unitId], data: { schemeId: id, unitId } });
  return { saved: rows.length };
}

/** Evidence is opened by the unit it is about and by those who see the whole city. @throws Problem 404 */
export async function openEvidence(
  scope: Scope,
  { kind, id }: { kind: 'figure' | 'mark' | 'self' | 'objection'; id: string },
): Promise<FileReply> {
  const found = await findEvidence(scope, kind, id);
  const reach = scope.reach('scores.read');
  if (!found?.fileId || !(reach.all || reach.unitIds.includes(found.unitId)))
    throw notFound({ zh: '依据材料', en: 'evidence' });
  return { ...(await openFile(scope, found.fileId)), name: found.fileName ?? '' };
}
