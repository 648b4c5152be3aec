import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { insertPastNotes, type PastNote } from '#modules/ledger/server/public.ts';
import { type ConclusionKind, decideBy, objectionWords } from '../objection.ts';
import type { SheetColour } from '../rule-sets.ts';
import { proposalFor } from '../sheet.ts';
import { listConclusions } from './conclusions.ts';
import { listFacts, listSheetsSoFar } from './facts.ts';
import { frameOf, insertSheet, sheetOf, sheetPayload, sheetWords, takeNumber } from './issue.ts';
import { tables } from './tables.ts';

export interface PastSheet {
  matterId: string;
  on: Day;
  byName: string;
  /** Of a red one. */
  approval: { leaderId: string; leaderName: string };
  answer?: { text: string; on: Day; byName: string };
}

/**
 * Brings in sheets of the past (a demonstration, a year kept on paper): of each matter the one that the rules would have
 * proposed on that day, or none. Numbers run on in the order of the days. For set-up and jobs: no permission is asked, and
 * nobody is told.
 */
export async function insertPastSheets(
  scope: Scope,
  wanted: readonly PastSheet[],
): Promise<{ id: string; matterId: string; colour: SheetColour; no: string; limitOn: Day }[]> {
  const ids = wanted.map((one) => one.matterId);
  const matters = new Map((await listFacts(scope, ids)).map((m) => [m.id, m]));
  const sheets = await listSheetsSoFar(scope, ids);
  const calendar = await calendarOf(scope);
  const frame = await frameOf(scope, [...matters.values()]);
  const made: { id: string; matterId: string; colour: SheetColour; no: string; limitOn: Day }[] = [];
  const notes: PastNote[] = [];
  for (const one of wanted.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    const m = matters.get(one.matterId);
    if (!m) continue;
    // What was done since then was not done yet on that day.
    const nodes = m.nodes.map((node) => ({
      ...node,
      doneOn: node.doneOn && node.doneOn > one.on ? null : node.doneOn,
    }));
    const proposal = proposalFor({ ...m, nodes }, sheets, [], m.rules, one.on, calendar);
    if (!proposal?.limitOn) continue;
    const { colour, limitOn } = proposal;
    const approved = colour === 'red' ? { ...one.approval, approvedOn: one.on } : null;
    const no = await takeNumber(scope, colour, Number(one.on.slice(0, 4)));
    const sheet = sheetOf(scope, frame, { m, proposal, colour, limitOn, approved, no, on: one.on, byName: one.byName });
    const { answer } = one;
    await insertSheet(scope, {
      ...sheet,
      ...(answer && {
        state: 'answered',
        answer: answer.text,
        answeredOn: answer.on,
        answeredBy: scope.actor.id,
        answeredByName: answer.byName,
      }),
    });
    notes.push({
      matterId: m.id,
      act: 'sheet',
      on: one.on,
      byName: one.byName,
      text: sheetWords(sheet),
      payload: sheetPayload(sheet),
    });
    if (answer)
      notes.push({
        matterId: m.id,
        act: 'note',
        on: answer.on,
        byName: answer.byName,
        text: `答复 ${no}：${answer.text}`,
        payload: { sheetId: sheet.id, no, isLate: answer.on > limitOn },
      });
    sheets.push({ matterId: m.id, colour, no, round: m.reopens, issuedOn: one.on, limitOn });
    made.push({ id: sheet.id, matterId: m.id, colour, no, limitOn });
  }
  await insertPastNotes(scope, notes);
  return made;
}

export interface PastObjection {
  matterId: string;
  about: ConclusionKind;
  aboutId: string;
  unitId: string;
  reason: string;
  filedOn: Day;
  filedByName: string;
  decision?: { result: 'upheld' | 'changed'; reason: string; on: Day; byName: string };
}

/** Brings in an objection of the past; a sheet whose objection was accepted is revoked. No permission is asked. */
export async function insertPastObjection(scope: Scope, past: PastObjection): Promise<void> {
  const conclusion = (await listConclusions(scope, past.matterId)).find((one) => one.aboutId === past.aboutId);
  if (!conclusion) throw new Error(`No conclusion ${past.aboutId} about matter ${past.matterId}`);
  const { decision } = past;
  await tables(scope)
    .insertInto('supervision.objection')
    .values({
      cityId: scope.cityId,
      id: newId(),
      matterId: past.matterId,
      unitId: past.unitId,
      about: past.about,
      aboutId: past.aboutId,
      aboutTitle: conclusion.title,
      concludedOn: conclusion.concludedOn,
      concludedByName: conclusion.byName,
      accountIds: conclusion.accountIds,
      personIds: conclusion.personIds,
      reason: past.reason,
      filedOn: past.filedOn,
      filedBy: scope.actor.id,
      filedByName: past.filedByName,
      decideBy: decideBy(past.filedOn),
      state: decision?.result ?? 'filed',
      decidedOn: decision?.on ?? null,
      decidedBy: decision ? scope.actor.id : null,
      decidedByName: decision?.byName ?? null,
      decision: decision?.reason ?? null,
      demo: true,
    })
    .execute();
  await insertPastNotes(scope, [
    {
      matterId: past.matterId,
      act: 'note',
      on: past.filedOn,
      byName: past.filedByName,
      text: `提出异议（${conclusion.title}）：${past.reason}`,
    },
    ...(decision
      ? [
          {
            matterId: past.matterId,
            act: 'note' as const,
            on: decision.on,
            byName: decision.byName,
            text: `异议复核：${objectionWords[decision.result].zh}（${conclusion.title}）。${decision.reason}`,
          },
        ]
      : []),
  ]);
  if (decision?.result === 'changed' && past.about === 'sheet')
    await tables(scope)
      .updateTable('supervision.sheet')
      .set({ state: 'revoked', revokedOn: decision.on })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', past.aboutId)
      .execute();
}
