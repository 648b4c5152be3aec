import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { checkLeaders } from '#modules/ledger/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { Row, RowChanges, RowState } from '../contract.ts';
import type { FieldSpan } from '../proposal.ts';
import { quantitiesIn } from '../quantity.ts';
import {
  type Changes,
  deleteProposals,
  getDocument,
  getProposals,
  insertProposals,
  listProposals,
  lockDocument,
  moveBehind,
  setProposal,
  setProposals,
} from './store.ts';
import type { ProposalRecord } from './tables.ts';
import { rowsOf } from './view.ts';

/** An issued row is a matter: what changes from then on, changes there. */
function refuseIssued(rows: readonly ProposalRecord[]): void {
  const issued = rows.find((row) => row.matterId !== null);
  if (issued)
    throw conflict('row_issued', {
      zh: `第 ${issued.n} 行已签发为 ${issued.matterNo}，请在事项中办理`,
      en: `Row ${issued.n} was issued as ${issued.matterNo}: act on the matter`,
    });
}

async function lockRow(scope: Scope, documentId: string, rowId: string, version: number): Promise<ProposalRecord> {
  await lockDocument(scope, documentId);
  const [row] = await getProposals(scope, documentId, [rowId]);
  refuseIssued([row!]);
  if (row!.version !== version)
    throw conflict('changed_meanwhile', {
      zh: '其他人刚刚修改了这一行，请核对后再改',
      en: 'Somebody else has just changed this row: look at it and try again',
    });
  return row!;
}

/** What a person's input means for the record. Words of the document stay; who was chosen stands beside them. */
export async function changesOf(
  scope: Scope,
  row: Pick<ProposalRecord, 'title' | 'target' | 'co' | 'leadUnitId'>,
  input: RowChanges,
): Promise<Changes> {
  const { coUnitIds, coTexts = [], leaderId, dueOn, ...plain } = input;
  const ids = [...(coUnitIds ?? []), input.leadUnitId].filter((id) => id != null);
  const names = await unitNames(scope, ids);
  if (ids.some((id) => !names.has(id))) throw notFound({ zh: '单位', en: 'unit' });
  const changes: Changes = { ...plain } as Changes;
  if (input.leadUnitId === null) changes.leadText = null;
  if (coUnitIds) {
    const chosen = [...new Set(coUnitIds)].map((unitId) => ({
      unitId,
      text: row.co.find((party) => party.unitId === unitId)?.text ?? names.get(unitId)!.name,
    }));
    const waiting = row.co.filter((party) => party.unitId === null && coTexts.includes(party.text));
    changes.co = [...chosen, ...waiting];
  }
  if (leaderId !== undefined) {
    const unit = input.leadUnitId === undefined ? row.leadUnitId : input.leadUnitId;
    if (leaderId !== null) await checkLeaders(scope, [{ leader: leaderId, unit }]);
    changes.leaderId = leaderId;
    // Cleared: the first leader of the lead unit answers for it.
    if (leaderId === null) changes.leaderText = null;
  }
  if (dueOn !== undefined) {
    changes.dueOn = dueOn;
    changes.dueWhy = null;
  }
  if (input.title !== undefined || input.target !== undefined) {
    const target = input.target === undefined ? row.target : input.target;
    changes.quantities = quantitiesIn(`${target ?? ''}\n${input.title ?? row.title}`).map(
      ({ start: _, end: __, ...q }) => q,
    );
  }
  return changes;
}

const shown = async (scope: Scope, documentId: string, id: string): Promise<Row> =>
  (await rowsOf(scope, await getProposals(scope, documentId, [id])))[0]!;

export async function changeRow(
  scope: Scope,
  { id, rowId, version, changes }: { id: string; rowId: string; version: number; changes: RowChanges },
): Promise<Row> {
  const row = await lockRow(scope, id, rowId, version);
  await setProposal(scope, rowId, await changesOf(scope, row, changes));
  audited(scope, { subject: 'decomposition.row', id: rowId, before: row, after: changes });
  return shown(scope, id, rowId);
}

export async function changeRows(
  scope: Scope,
  {
    id,
    rowIds,
    changes,
  }: { id: string; rowIds: string[]; changes: Pick<RowChanges, 'leadUnitId' | 'dueOn' | 'leaderId'> },
): Promise<{ changed: number }> {
  await lockDocument(scope, id);
  const rows = await getProposals(scope, id, rowIds);
  refuseIssued(rows);
  const { leadUnitId, dueOn, leaderId } = changes;
  if (leadUnitId != null && !(await unitNames(scope, [leadUnitId])).has(leadUnitId))
    throw notFound({ zh: '单位', en: 'unit' });
  if (leaderId != null)
    await checkLeaders(
      scope,
      rows.map((row) => ({ leader: leaderId, unit: leadUnitId === undefined ? row.leadUnitId : leadUnitId })),
    );
  await setProposals(scope, rowIds, {
    ...(leadUnitId !== undefined && { leadUnitId }),
    ...(leadUnitId === null && { leadText: null }),
    ...(leaderId !== undefined && { leaderId }),
    ...(dueOn !== undefined && { dueOn, dueWhy: null }),
  });
  audited(scope, { subject: 'decomposition.document', id, after: { rowIds, ...changes } });
  return { changed: rows.length };
}

const emptyRow = {
  target: null,
  quantities: [],
  category: null,
  leadText: null,
  leadUnitId: null,
  co: [],
  leaderText: null,
  leaderId: null,
  handlerText: null,
  dueOn: null,
  dueWords: null,
  dueWhy: null,
  goals: [],
  spans: [],
  state: 'proposed' as const,
  matterId: null,
  matterNo: null,
};

export async function addRow(
  scope: Scope,
  input: {
    id: string;
    afterId?: string | undefined;
    span?: { start: number; end: number } | undefined;
    changes: RowChanges & { title: string };
  },
): Promise<Row> {
  const { id, afterId, span, changes } = input;
  await lockDocument(scope, id);
  const rows = await listProposals(scope, id);
  const after = afterId === undefined ? rows.at(-1) : rows.find((row) => row.id === afterId);
  if (afterId !== undefined && !after) throw notFound({ zh: '任务行', en: 'row' });
  const n = (after?.n ?? 0) + 1;
  await moveBehind(scope, id, n - 1, 1);
  const rowId = newId();
  const spans: FieldSpan[] = span ? [spanOf(await getDocument(scope, id), span)] : [];
  const base = { ...emptyRow, spans, id: rowId, documentId: id, n, title: changes.title };
  await insertProposals(scope, [{ ...base, ...(await changesOf(scope, base, changes)), spans }]);
  audited(scope, { subject: 'decomposition.row', id: rowId, after: changes });
  return shown(scope, id, rowId);
}

function spanOf({ text }: { text: string }, { start, end }: { start: number; end: number }): FieldSpan {
  if (start < 0 || end <= start || end > text.length)
    throw invalid('span_outside', { zh: '选中的位置不在原文内', en: 'The place lies outside the text' }, 'span');
  return { field: 'text', start, end, text: text.slice(start, end) };
}

/** Into the first of them: texts one after the other, everybody named takes part, the latest limit counts. */
export async function mergeRows(scope: Scope, { id, rowIds }: { id: string; rowIds: string[] }): Promise<Row> {
  await lockDocument(scope, id);
  const rows = await getProposals(scope, id, rowIds);
  refuseIssued(rows);
  const [first, ...rest] = rows as [ProposalRecord, ...ProposalRecord[]];
  if (rest.length === 0) throw invalid('one_row', { zh: '请选择两行以上', en: 'Choose two rows or more' }, 'rowIds');
  const lead = rows.find((row) => row.leadUnitId !== null) ?? first;
  const others = rest.flatMap((row) =>
    row.leadText || row.leadUnitId ? [{ text: row.leadText ?? '', unitId: row.leadUnitId }] : [],
  );
  const co = [...rows.flatMap((row) => row.co), ...others].filter(
    (party, i, all) =>
      (party.unitId === null || party.unitId !== lead.leadUnitId) &&
      party.text !== lead.leadText &&
      all.findIndex((p) => (p.unitId ?? p.text) === (party.unitId ?? party.text)) === i,
  );
  const latest =
    rows.filter((row) => row.dueOn !== null).toSorted((a, b) => (a.dueOn! < b.dueOn! ? 1 : -1))[0] ?? first;
  const goals = rows.flatMap((row) => row.goals);
  const target =
    [first.target, ...rest.flatMap((row) => [row.title, row.target])].filter(Boolean).join('；').slice(0, 1000) || null;
  await setProposal(scope, first.id, {
    target,
    quantities: rows.flatMap((row) => row.quantities),
    leadText: lead.leadText,
    leadUnitId: lead.leadUnitId,
    co,
    dueOn: latest.dueOn,
    dueWords: latest.dueWords,
    dueWhy: latest.dueWhy,
    goals: goals.filter((goal, i) => goals.findIndex((g) => g.code === goal.code) === i),
    spans: rows.flatMap((row) => row.spans),
  });
  await deleteProposals(
    scope,
    rest.map((row) => row.id),
  );
  audited(scope, { subject: 'decomposition.row', id: first.id, before: rows, after: { merged: rowIds } });
  return shown(scope, id, first.id);
}

/** One row for each title; everything else, and where it came from, is the same until a person changes it. */
export async function splitRow(
  scope: Scope,
  { id, rowId, version, titles }: { id: string; rowId: string; version: number; titles: string[] },
): Promise<{ rowIds: string[] }> {
  const row = await lockRow(scope, id, rowId, version);
  const [first, ...more] = titles as [string, ...string[]];
  await moveBehind(scope, id, row.n, more.length);
  await setProposal(scope, rowId, { title: first });
  const { cityId: _, version: __, changedAt: ___, changedByName: ____, ...facts } = row;
  const made = more.map((title, index) => ({
    ...facts,
    id: newId(),
    n: row.n + 1 + index,
    title,
    state: 'proposed' as const,
  }));
  await insertProposals(scope, made);
  audited(scope, { subject: 'decomposition.row', id: rowId, before: row, after: { titles } });
  return { rowIds: [rowId, ...made.map((r) => r.id)] };
}

export async function decide(
  scope: Scope,
  { id, rowIds, state }: { id: string; rowIds: string[]; state: RowState },
): Promise<{ changed: number }> {
  await lockDocument(scope, id);
  const rows = await getProposals(scope, id, rowIds);
  refuseIssued(rows);
  const changed = rows.filter((row) => row.state !== state).map((row) => row.id);
  await setProposals(scope, changed, { state });
  audited(scope, { subject: 'decomposition.document', id, after: { state, rowIds: changed } });
  return { changed: changed.length };
}
