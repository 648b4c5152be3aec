import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { Act, SchemeState } from '../course.ts';
import type { SchemeBody } from '../scheme.ts';
import { gatherInputs } from './gather.ts';
import { findResult, inputsOf, insertResult } from './result-store.ts';
import { insertScheme, setScheme } from './scheme-store.ts';
import { tables } from './tables.ts';

interface By {
  on: Day;
  byName: string;
}
interface About extends By {
  unitId: string;
  item: string;
}

/** A scheme whose course was run somewhere else: an earlier system, the demonstration. */
export interface PastScheme extends By {
  year: number;
  code: string;
  body: SchemeBody;
  reason: string;
  document: string;
  selfUntil: Day;
  figures: (About & { input: string; value: string; note: string })[];
  marks: (About & {
    input: string;
    reason: string;
    document: string;
    approver: string;
    /** Struck out after the first result. */
    struck?: By & { reason: string };
  })[];
  selves: (About & { points: string; note: string })[];
  /** Left out: still in self-assessment. */
  result?: By & { day: Day; publicityUntil: Day };
  objections: (About & {
    reason: string;
    decision?: By & { result: 'upheld' | 'changed'; text: string };
  })[];
  correction?: By & { note: string };
}

const at = (day: Day, hour = 10): Date => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);

/** Enters it whole, with the names and days of then. The same year and code a second time is a Problem 409 code_taken. */
export async function insertPastScheme(scope: Scope, past: PastScheme): Promise<string> {
  const { body, result, correction } = past;
  const id = await insertScheme(scope, { ...past, demo: true });
  const key = { cityId: scope.cityId, schemeId: id };
  const by = ({ on, byName }: By, hour?: number) => ({ actorId: byName, actorName: byName, at: at(on, hour) });
  const steps: [Act | 'create', SchemeState | null, SchemeState, string, By][] = [
    ['create', null, 'draft', past.reason, past],
    ['enforce', 'draft', 'inForce', past.document, { ...past, on: addDays(past.on, 7) }],
    ['openSelf', 'inForce', 'assessing', `截至 ${past.selfUntil}`, { ...past, on: addDays(past.selfUntil, -14) }],
  ];
  const noFile = { fileId: null, fileName: null };
  for (const { unitId, item, input, value, note, ...who } of past.figures)
    await tables(scope)
      .insertInto('scores.enteredFigure')
      .values({ ...key, id: newId(), unitId, item, input, value, note, ...noFile, ...by(who) })
      .execute();
  for (const { unitId, item, points, note, ...who } of past.selves)
    await tables(scope)
      .insertInto('scores.selfScore')
      .values({ ...key, id: newId(), unitId, item, points, note, ...noFile, ...by(who) })
      .execute();
  const open = { struckAt: null, struckBy: null, struckByName: null, struckReason: null };
  const struck: { id: string; by: By & { reason: string } }[] = [];
  for (const { unitId, item, input, reason, document, approver, struck: later, ...who } of past.marks) {
    const markId = newId();
    if (later) struck.push({ id: markId, by: later });
    const what = { unitId, item, input, quantity: '1', onDay: who.on, reason, document, approver };
    await tables(scope)
      .insertInto('scores.mark')
      .values({ ...key, id: markId, ...what, ...noFile, ...by(who), ...open })
      .execute();
  }
  const scheme = { id, code: past.code, year: past.year, version: 1 };
  if (result) {
    const first = await insertResult(
      scope,
      id,
      await gatherInputs(scope, scheme, body, result.day),
      '计算',
      at(result.on),
    );
    await signResult(scope, id, first.version, result);
    steps.push(['compute', 'assessing', 'computed', `${result.day}，第 1 版`, result]);
    steps.push(['publish', 'computed', 'publicity', `第 1 版，公示至 ${result.publicityUntil}`, result]);
  }
  for (const { unitId, item, reason, decision, ...who } of past.objections)
    await tables(scope)
      .insertInto('scores.objection')
      .values({
        ...key,
        id: newId(),
        resultVersion: 1,
        unitId,
        item,
        reason,
        ...noFile,
        filedBy: who.byName,
        filedByName: who.byName,
        filedAt: at(who.on, 15),
        state: decision?.result ?? 'filed',
        decision: decision?.text ?? null,
        decidedBy: decision?.byName ?? null,
        decidedByName: decision?.byName ?? null,
        decidedAt: decision ? at(decision.on, 16) : null,
      })
      .execute();
  for (const one of struck)
    await tables(scope)
      .updateTable('scores.mark')
      .set({
        struckAt: at(one.by.on),
        struckBy: one.by.byName,
        struckByName: one.by.byName,
        struckReason: one.by.reason,
      })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', one.id)
      .execute();
  const before = correction && (await findResult(scope, id));
  if (correction && before) {
    const inputs = await gatherInputs(scope, scheme, body, before.day, { frozen: inputsOf(before) });
    const made = await insertResult(scope, id, inputs, correction.note, at(correction.on));
    await signResult(scope, id, made.version, correction);
    steps.push(['correct', 'publicity', 'publicity', `第 ${made.version} 版：${correction.note}`, correction]);
  }
  await tables(scope)
    .deleteFrom('scores.courseStep')
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', id)
    .execute();
  for (const [act, fromState, toState, note, who] of steps)
    await tables(scope)
      .insertInto('scores.courseStep')
      .values({ ...key, id: newId(), act, fromState, toState, note, ...by(who) })
      .execute();
  await setScheme(scope, id, {
    state: result ? 'publicity' : 'assessing',
    selfUntil: past.selfUntil,
    publicityUntil: result?.publicityUntil ?? null,
  });
  return id;
}

const signResult = (scope: Scope, schemeId: string, version: number, { on, byName }: By): Promise<unknown> =>
  tables(scope)
    .updateTable('scores.result')
    .set({ actorId: byName, actorName: byName, at: at(on) })
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .where('version', '=', version)
    .execute();
