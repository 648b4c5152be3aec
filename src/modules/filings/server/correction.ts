import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { CorrectionLine, CorrectionState, correctionEndpoints } from '../correction-contract.ts';
import { type FilingState, filingFlow } from '../flow.ts';
import { announce, lockFor, returned } from './acts.ts';
import {
  closeCorrection,
  decide,
  insertCorrection,
  keepSuperseded,
  listCorrections,
  listPlacedCorrections,
  type PlacedCorrection,
  stateOf,
} from './correction-store.ts';
import {
  findFiling,
  findVersion,
  insertEvent,
  insertVersion,
  lockFiling,
  lockLaterAccepted,
  type PlacedFiling,
  setFiling,
} from './store.ts';
import type { CorrectionRow } from './tables.ts';
import { noFiling, wrongState } from './words.ts';

type Endpoints = typeof correctionEndpoints;
type Cells = PlacedFiling['returnCells'] & object;

/**
 * Opens an accepted filing for a correction by its filer. The reviewer types no number: what is asked for is a reason and
 * marked cells, and the accepted version counts until a new one is accepted. A frozen month is opened only by a request
 * with a document that another person approves.
 * @throws Problem 409 frozen
 */
export async function correct(
  scope: Scope,
  { id, reason, cells }: { id: string; reason: string; cells: Cells },
): Promise<void> {
  const { filing, next } = await lockFor(scope, id, 'correct');
  if (filing.state === 'frozen')
    throw conflict('frozen', {
      zh: `${filing.period} 已冻结，更正须先申请，写明原因和文件，经他人批准`,
      en: `${filing.period} is frozen: request the correction with its reason and document, and have another person approve it`,
    });
  await mustNotBeRequested(scope, id);
  await insertCorrection(scope, filing, {
    reason,
    needsApproval: false,
    cause: 'ERROR',
    cells,
    documentNo: null,
    documentFileId: null,
    documentName: null,
  });
  await open(scope, filing, next, reason, cells);
}

async function open(
  scope: Scope,
  filing: PlacedFiling,
  next: FilingState,
  reason: string,
  cells: Cells,
): Promise<void> {
  const version = await findVersion(scope, filing.id, filing.acceptedSeq!);
  await setFiling(scope, filing.id, {
    ...returned(scope, next, reason, cells),
    draft: version!.content,
    draftVersion: filing.draftVersion + 1,
    draftBy: null,
    draftByName: null,
    draftAt: scope.now,
  });
  await insertEvent(scope, { filingId: filing.id, event: 'correct', seq: filing.acceptedSeq, reason, cells });
  audited(scope, {
    subject: 'filings.filing',
    id: filing.id,
    before: { state: filing.state },
    after: { state: next, reason, cells },
  });
  await announce(scope, filing, 'returned', {
    monthYuan: filing.acceptedMonthYuan,
    cumulativeYuan: filing.acceptedCumulativeYuan,
    seq: filing.acceptedSeq,
    reason,
    isCorrection: true,
  });
}

async function mustNotBeRequested(scope: Scope, filingId: string): Promise<void> {
  const waiting = (await listCorrections(scope, filingId)).find((c) => stateOf(c) === 'requested');
  if (waiting)
    throw conflict('already_requested', {
      zh: `${waiting.requestedByName}已申请更正这份填报，请先批准或驳回`,
      en: `${waiting.requestedByName} has requested a correction of this filing: approve or reject that one first`,
    });
}

/**
 * Asks for the correction of a filing that counts, frozen or not. Nothing changes until another person approves.
 * @throws Problem 404, 409 wrong_state, already_requested
 */
export async function requestCorrection(
  scope: Scope,
  input: ParsedOf<Endpoints['requestCorrection']>,
): Promise<CorrectionLine> {
  const filing = await lockFiling(scope, 'filings.requestCorrection', input.id);
  if (!filing) throw noFiling();
  if (!filingFlow[filing.state].correct || filing.acceptedMonthYuan === null) throw wrongState(filing.state, 'correct');
  await mustNotBeRequested(scope, filing.id);
  const file = input.documentFileId === null ? null : await claimFile(scope, input.documentFileId);
  const { reason, cause, cells, documentNo } = input;
  const id = await insertCorrection(scope, filing, {
    reason,
    needsApproval: true,
    cause,
    cells,
    documentNo,
    documentFileId: file?.id ?? null,
    documentName: file?.name ?? null,
  });
  await insertEvent(scope, { filingId: filing.id, event: 'requestCorrection', seq: filing.acceptedSeq, reason, cells });
  audited(scope, { subject: 'filings.correction', id, after: { filingId: filing.id, reason, cause, documentNo } });
  await tell(scope, filing, 'correctionRequested', reason);
  return getLine(scope, id);
}

/**
 * Approves a request, which opens the filing for its filer, or rejects it, which leaves everything as it stands.
 * @throws Problem 404, 409 own_request, decided
 */
export async function decideCorrection(
  scope: Scope,
  { id, decision, note }: ParsedOf<Endpoints['decideCorrection']>,
): Promise<CorrectionLine> {
  const [found] = await listPlacedCorrections(scope, 'filings.approveCorrection', { id });
  if (!found) throw noCorrection();
  const filing = (await lockFiling(scope, 'filings.approveCorrection', found.filingId))!;
  if (found.requestedBy === scope.actor.id)
    throw conflict('own_request', {
      zh: '本人申请的更正须由他人批准',
      en: 'You asked for this correction yourself; somebody else must decide',
    });
  const next = filingFlow[filing.state].correct;
  if (decision === 'approved' && !next) throw wrongState(filing.state, 'correct');
  if (stateOf(found) !== 'requested' || !(await decide(scope, id, { decision, note })))
    throw conflict('decided', {
      zh: '这项申请已经办理，请刷新查看',
      en: 'This request has been decided already: reload to see how',
    });
  audited(scope, { subject: 'filings.correction', id, before: { state: 'requested' }, after: { decision, note } });
  if (decision === 'approved') await open(scope, filing, next!, found.reason, found.cells);
  else
    await insertEvent(scope, { filingId: filing.id, event: 'rejectCorrection', seq: filing.acceptedSeq, reason: note });
  await tell(scope, filing, decision === 'approved' ? 'correctionApproved' : 'correctionRejected', note);
  return getLine(scope, id);
}

const tell = (scope: Scope, filing: PlacedFiling, topic: string, reason: string): Promise<void> =>
  announce(scope, filing, topic, {
    monthYuan: filing.acceptedMonthYuan,
    cumulativeYuan: filing.acceptedCumulativeYuan,
    reason,
  });

export const noCorrection = () => notFound({ zh: '更正', en: 'correction' });

export async function getLine(scope: Scope, id: string): Promise<CorrectionLine> {
  const [row] = await listPlacedCorrections(scope, 'filings.read', { id });
  if (!row) throw noCorrection();
  return lineOf(scope, row);
}

export async function listLines(
  scope: Scope,
  {
    state,
    ...filter
  }: { projectId?: string | undefined; period?: string | undefined; state?: CorrectionState | undefined },
): Promise<CorrectionLine[]> {
  const rows = await listPlacedCorrections(scope, 'filings.read', filter);
  const shown = state === undefined ? rows : rows.filter((row) => stateOf(row) === state);
  return shown.map((row) => lineOf(scope, row));
}

function lineOf(scope: Scope, row: PlacedCorrection): CorrectionLine {
  const state = stateOf(row);
  const mayDecide =
    state === 'requested' && scope.can('filings.approveCorrection') && row.requestedBy !== scope.actor.id;
  return {
    id: row.id,
    filingId: row.filingId,
    projectId: row.projectId,
    projectName: row.projectName,
    demo: row.demo,
    unitName: row.unitName ?? '',
    period: row.period,
    state,
    cause: row.cause,
    reason: row.reason,
    documentNo: row.documentNo,
    documentName: row.documentName,
    hasDocument: row.documentFileId !== null,
    wasFrozen: row.wasFrozen,
    requestedBy: row.requestedByName,
    requestedAt: row.requestedAt.toISOString(),
    decidedBy: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decisionNote: row.decisionNote,
    acceptedBy: row.approvedByName,
    acceptedAt: row.approvedAt?.toISOString() ?? null,
    oldMonthYuan: row.oldMonthYuan,
    oldCumulativeYuan: row.oldCumulativeYuan,
    newMonthYuan: row.newMonthYuan,
    newCumulativeYuan: row.newCumulativeYuan,
    restated: row.restated ?? [],
    allowed: mayDecide ? ['approve', 'reject'] : [],
  };
}

/**
 * A corrected month moves the cumulative of the later accepted months of its year by the same amount: a computed version
 * each, marked as restated; the versions before stay. Months that wait are met by the identity rule instead.
 */
export async function settleCorrection(
  scope: Scope,
  filing: PlacedFiling,
  now: { monthYuan: number; cumulativeYuan: number },
  correction: CorrectionRow,
  at: Date = scope.now,
): Promise<void> {
  const before = { oldMonthYuan: filing.acceptedMonthYuan, oldCumulativeYuan: filing.acceptedCumulativeYuan };
  await announce(scope, filing, 'corrected', { ...now, ...before, restated: false });
  const shift = now.cumulativeYuan - filing.acceptedCumulativeYuan!;
  if (shift === 0) return;
  for (const later of await lockLaterAccepted(scope, filing.projectId, filing.period)) {
    const version = (await findVersion(scope, later.id, later.acceptedSeq!))!;
    const cumulativeYuan = version.cumulativeYuan! + shift;
    const seq = await insertVersion(scope, {
      ...version,
      content: { ...version.content, cumulativeYuan },
      cumulativeYuan,
      hits: [],
      source: 'restated',
    });
    // A month that was accepted after the correction (both loaded afterwards) counts from its own acceptance.
    const from = new Date(Math.max(at.getTime(), (later.countsFrom ?? later.acceptedAt)!.getTime()));
    await keepSuperseded(scope, later.id, seq, { correctionId: correction.id, at: from });
    const stands = later.state === 'accepted' || later.state === 'frozen';
    await setFiling(scope, later.id, {
      acceptedSeq: seq,
      acceptedCumulativeYuan: cumulativeYuan,
      countsFrom: from,
      ...(stands && { seq, cumulativeYuan }),
    });
    await insertEvent(scope, {
      filingId: later.id,
      event: 'restate',
      seq,
      reason: `${filing.period} 更正：${correction.reason}`,
    });
    await announce(scope, { ...filing, ...later }, 'corrected', {
      monthYuan: later.acceptedMonthYuan,
      cumulativeYuan,
      oldMonthYuan: later.acceptedMonthYuan,
      oldCumulativeYuan: later.acceptedCumulativeYuan,
      restated: true,
    });
  }
}

export interface PastCorrection {
  projectId: string;
  period: string;
  monthYuan: number;
  cause: CorrectionRow['cause'];
  reason: string;
  documentNo: string;
  requestedByName: string;
  requestedAt: Date;
  /** Left out: the request waits for a decision. */
  decided?: { byName: string; at: Date; note: string; acceptedByName: string; acceptedAt: Date };
}

/**
 * Enters a correction that was made elsewhere, with the people and moments of the time: the request, its approval, the new
 * version and the restated later months. Does nothing when the month has no accepted filing or is being corrected already.
 * Returns the correction's id.
 */
export async function insertPastCorrection(scope: Scope, past: PastCorrection): Promise<string | undefined> {
  const { projectId, period, decided } = past;
  const filing = await findFiling(scope, 'filings.correct', { projectId, period });
  if (!filing || filing.acceptedMonthYuan === null || !filingFlow[filing.state].correct) return undefined;
  if ((await listCorrections(scope, filing.id)).length > 0) return undefined;
  const id = await insertCorrection(scope, filing, {
    reason: past.reason,
    needsApproval: true,
    cause: past.cause,
    cells: ['monthYuan', 'cumulativeYuan'],
    documentNo: past.documentNo,
    documentFileId: null,
    documentName: null,
    requestedBy: '',
    requestedByName: past.requestedByName,
    requestedAt: past.requestedAt,
  });
  await insertEvent(scope, {
    filingId: filing.id,
    event: 'requestCorrection',
    seq: filing.acceptedSeq,
    reason: past.reason,
  });
  if (!decided) return id;
  await decide(scope, id, { decision: 'approved', note: decided.note, byName: decided.byName, at: decided.at });
  const version = (await findVersion(scope, filing.id, filing.acceptedSeq!))!;
  const shift = past.monthYuan - filing.acceptedMonthYuan;
  const amounts = { monthYuan: past.monthYuan, cumulativeYuan: filing.acceptedCumulativeYuan! + shift };
  const seq = await insertVersion(scope, {
    ...version,
    ...amounts,
    content: { ...version.content, ...amounts },
    submittedAt: decided.acceptedAt,
    submittedByName: past.requestedByName,
    hits: [],
    source: 'filed',
  });
  await keepSuperseded(scope, filing.id, seq, { correctionId: id, at: decided.acceptedAt });
  await setFiling(scope, filing.id, {
    state: 'accepted',
    seq,
    ...amounts,
    acceptedSeq: seq,
    acceptedMonthYuan: amounts.monthYuan,
    acceptedCumulativeYuan: amounts.cumulativeYuan,
    acceptedAt: decided.acceptedAt,
    acceptedByName: decided.acceptedByName,
    countsFrom: decided.acceptedAt,
  });
  await insertEvent(scope, { filingId: filing.id, event: 'accept', seq, reason: past.reason });
  const made = { newSeq: seq, newMonthYuan: amounts.monthYuan, newCumulativeYuan: amounts.cumulativeYuan };
  await closeCorrection(scope, id, { ...made, byName: decided.acceptedByName, at: decided.acceptedAt });
  const row = (await listCorrections(scope, filing.id)).find((c) => c.id === id)!;
  await settleCorrection(scope, filing, amounts, row, decided.acceptedAt);
  return id;
}
