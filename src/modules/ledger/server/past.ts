// Long because a whole life of a matter is brought in at once: every row of it must agree with every other.
import { invalid } from '#core/server/errors.ts';
import type { StoredFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { type EvidenceKind, evidenceWords, missingEvidence } from '../evidence.ts';
import { isRunning, type MatterMove, stateAfter } from '../flow.ts';
import type { MatterLevel } from '../kinds.ts';
import { type LightSource, lightOn, type MatterLight } from '../light.ts';
import type { MatterAct } from '../shapes.ts';
import { insertDetails } from './details.ts';
import { roundOf } from './evidence-store.ts';
import { leadersOf } from './leaders.ts';
import { type Limits, limitsOf } from './limits.ts';
import { type NewMatter, partiesOf, partyFault, recordOf } from './new-matter.ts';
import { numbersFor } from './raise.ts';
import { insertRows } from './rows.ts';
import { turnsOf } from './settle.ts';
import type { MatterRecord } from './store.ts';
import type { LinkRel, VerificationTable } from './tables.ts';

export interface PastEvidence {
  kind: EvidenceKind;
  file?: StoredFile;
  words?: string;
}

/** One thing that was done, with its day and who did it. Days may not go back. */
export type PastAct = { on: Day; by: string; unitId?: string | null; text?: string } & (
  | { act: 'sign' | 'report' | 'take' | 'reopen' | 'void' | 'remind' }
  | { act: 'claim'; evidence?: readonly PastEvidence[] }
  | { act: 'pass' | 'return'; method: VerificationTable['method'] }
  /** Asked on the day; `decidedOn` null: waiting. */
  | { act: 'extend'; dueOn: Day; decidedOn: Day | null; decidedBy?: string }
  | { act: 'suspend'; resumeOn: Day }
  | { act: 'escalate'; level: MatterLevel }
);

export interface PastMatter extends NewMatter {
  raisedOn: Day;
  /** The original limit; needed unless it stays a draft. */
  dueOn: Day | null;
  /** Null: a draft. */
  issuedOn: Day | null;
  acts: readonly PastAct[];
}

interface Life {
  record: MatterRecord;
  events: object[];
  evidence: { kind: EvidenceKind; round: number; [column: string]: unknown }[];
  verifications: object[];
  extensions: object[];
  lights: { matterId: string; fromDay: Day; light: MatterLight; why: string | null }[];
}

export const momentOf = (day: Day, n: number) => new Date(Date.parse(`${day}T01:00:00Z`) + n * 60_000);
const moves: ReadonlySet<string> = new Set([
  'sign',
  'report',
  'claim',
  'take',
  'pass',
  'return',
  'suspend',
  'void',
  'reopen',
]);

/**
 * Brings in matters whose lives lie in the past (a demonstration, a ledger kept on paper until now), each as it stands today
 * with all its events, in a few statements for thousands. The promises of the ledger hold for them as for all others: every
 * step is one that the flow allows, nothing is closed without evidence and a verifier outside the working units, the original
 * limit never moves, colours are those that the days would have shown. For set-up and jobs: no permission is asked.
 * @throws Error, with the matter's title, where a life cannot have been so
 */
export async function insertPastMatters(
  scope: Scope,
  matters: readonly PastMatter[],
): Promise<{ id: string; no: string }[]> {
  const limits = await limitsOf(scope);
  const leaders = await leadersOf(
    scope,
    matters.flatMap((m) => (m.leadLeaderId == null && m.leadUnitId ? [m.leadUnitId] : [])),
  );
  const numbers = await numbersFor(scope, matters);
  const lives = matters.map((m, i) => {
    const record = recordOf(scope, m, numbers[i]!);
    record.leadLeaderId ??= leaders.get(m.leadUnitId ?? '') ?? null;
    return liveThrough(scope, limits, record, m);
  });
  for (let at = 0; at < lives.length; at += 2000)
    await insertRows(
      scope,
      'ledger.matter',
      lives.slice(at, at + 2000).map((life) => life.record),
    );
  await insertRows(
    scope,
    'ledger.party',
    matters.flatMap((m, i) => partiesOf(lives[i]!.record.id, m, m.raiserUnitId ?? null, null)),
  );
  await insertDetails(
    scope,
    matters.flatMap((m, i) => (m.details ? [{ matterId: lives[i]!.record.id, details: m.details }] : [])),
  );
  // The same paper for several matters is told to whoever looks, as it would have been.
  const holder = new Map<unknown, unknown>();
  for (const life of lives)
    for (const e of life.evidence) {
      const first = e.fileId === null ? undefined : holder.get(e.fileId);
      if (first === undefined) holder.set(e.fileId, e.matterId);
      e.alsoIn = first === undefined || first === e.matterId ? null : first;
    }
  const all = <K extends 'events' | 'evidence' | 'verifications' | 'extensions' | 'lights'>(key: K) =>
    lives.flatMap((life) => life[key] as object[]);
  await insertRows(scope, 'ledger.event', all('events'));
  await insertRows(scope, 'ledger.evidence', all('evidence'));
  await insertRows(scope, 'ledger.verification', all('verifications'));
  await insertRows(scope, 'ledger.extension', all('extensions'));
  await insertRows(scope, 'ledger.light_day', all('lights'));
  return lives.map(({ record: { id, no } }) => ({ id, no }));
}

/** Ties between matters that were brought in. */
export const insertPastLinks = (
  scope: Scope,
  links: readonly { fromId: string; toId: string; rel: LinkRel; note?: string; on: Day }[],
): Promise<void> =>
  insertRows(
    scope,
    'ledger.link',
    links.map(({ on, note, ...link }) => ({
      ...link,
      note: note ?? null,
      actorName: scope.actor.name,
      at: momentOf(on, 0).toISOString(),
    })),
  );

function liveThrough(scope: Scope, limits: Limits, record: MatterRecord, m: PastMatter): Life {
  const life: Life = { record, events: [], evidence: [], verifications: [], extensions: [], lights: [] };
  const impossible = (why: string): never => {
    throw new Error(`“${m.title}” cannot have been so: ${why}`);
  };
  const { id } = record;
  let last = m.raisedOn;
  const tell = (
    act: MatterAct,
    on: Day,
    by: string,
    to: MatterRecord['state'],
    text?: string,
    payload: object = {},
    unitId: string | null = null,
  ) => {
    if (on < last || on > scope.today) impossible(`${act} on ${on}`);
    last = on;
    const n = life.events.length;
    const eventId = newId();
    life.events.push({
      id: eventId,
      matterId: id,
      seq: n + 1,
      act,
      fromState: n === 0 ? null : record.state,
      toState: to,
      onDay: on,
      text: text ?? null,
      payload,
      actorId: scope.actor.id,
      actorName: by,
      actorUnitId: unitId,
      at: momentOf(on, n).toISOString(),
    });
    record.version = n + 1;
    return eventId;
  };
  /** From a day on: what the days say until something else is done. */
  const shine = (from: Day, until: Day) => {
    const days = [from, record.blueOn, record.yellowOn, record.redOn].filter(
      (day): day is Day => day !== null && day >= from && (day < until || day === from),
    );
    for (const day of [...new Set(days)].sort()) {
      const light = lightOn(day, record as LightSource);
      const why = { red: record.redWhy, yellow: record.yellowWhy, blue: record.blueWhy }[light as 'red'] ?? null;
      const before = life.lights.at(-1);
      if (before && before.light === light && before.why === why) continue;
      // Two things on one day: the later one is what the day showed.
      if (before?.fromDay === day) life.lights.pop();
      if (life.lights.at(-1)?.light !== light || life.lights.at(-1)?.why !== why)
        life.lights.push({ matterId: id, fromDay: day, light, why });
    }
  };
  const dated = Array.from(m.acts);
  const dayAfter = (i: number) => dated[i + 1]?.on ?? '9999-12-31';
  const untilToday = (day: Day) => (day > scope.today ? addOne(scope.today) : day);

  tell('raise', m.raisedOn, record.raisedByName, 'draft', undefined, { kind: record.kind, track: record.track });
  if (m.issuedOn === null) {
    if (m.acts.length > 0) impossible('a draft on which something was done');
    return life;
  }
  const fault = partyFault({
    leadUnitId: record.leadUnitId,
    coUnitIds: m.coUnitIds ?? [],
    verifierUnitId: record.verifierUnitId,
  });
  if (fault) throw invalid(fault.code, fault.words, fault.field);
  if (record.leadUnitId === null || record.leadLeaderId === null || m.dueOn === null)
    return impossible('issued without lead unit, lead leader or limit');
  tell('issue', m.issuedOn, record.raisedByName, 'issued', undefined, {
    dueOn: m.dueOn,
    leadUnitId: record.leadUnitId,
    template: record.template,
  });
  const at = momentOf(m.issuedOn, 1);
  Object.assign(record, {
    state: 'issued',
    issuedAt: at,
    issuedOn: m.issuedOn,
    dueOriginal: m.dueOn,
    dueCurrent: m.dueOn,
    levelSince: m.issuedOn,
  });
  Object.assign(record, turnsOf(limits, record, []));
  shine(m.issuedOn, untilToday(dated[0]?.on ?? '9999-12-31'));
  const inside = new Set([record.leadUnitId, ...(m.coUnitIds ?? []), ...(m.firmUnitIds ?? [])]);

  dated.forEach((act, i) => {
    const from = record.state;
    const to = moves.has(act.act) ? stateAfter(from, act.act as MatterMove, record.restingFrom) : from;
    if (to === undefined) {
      impossible(`${act.act} while ${from}`);
      return;
    }
    const when = momentOf(act.on, life.events.length);
    const say = (payload: object = {}, name: MatterAct = act.act as MatterAct) =>
      tell(name, act.on, act.by, to, act.text, payload, act.unitId ?? null);
    const round = roundOf(record);
    switch (act.act) {
      case 'sign':
        say();
        Object.assign(record, { signedAt: when, signedOn: act.on, signedByName: act.by });
        break;
      case 'report':
        say();
        record.progressOn = act.on;
        break;
      case 'claim': {
        const eventId = say(record.track === 'onSpot' ? { onSpot: true } : {});
        Object.assign(record, { claimedAt: when, claimedOn: act.on, progressOn: act.on });
        for (const { kind, file, words } of act.evidence ?? [])
          life.evidence.push({
            id: newId(),
            matterId: id,
            eventId,
            kind,
            fileId: file?.id ?? null,
            name: file?.name ?? evidenceWords[kind].zh,
            words: words ?? null,
            round,
            addedBy: scope.actor.id,
            addedByName: act.by,
            addedAt: when.toISOString(),
          });
        break;
      }
      case 'pass':
      case 'return': {
        if (!act.unitId || inside.has(act.unitId)) impossible('verified from inside');
        const given = life.evidence.filter((e) => e.round === round).map((e) => e.kind);
        if (act.act === 'pass' && missingEvidence(record.kind, record.track, given))
          impossible('closed without the evidence it needs');
        say({ method: act.method, ...(act.act === 'return' && { returns: record.returns + 1 }) });
        life.verifications.push({
          id: newId(),
          matterId: id,
          round,
          method: act.method,
          result: act.act === 'pass' ? 'passed' : 'failed',
          note: act.text ?? '',
          verifierId: scope.actor.id,
          verifierName: act.by,
          verifierUnitId: act.unitId,
          at: when.toISOString(),
        });
        if (act.act === 'pass')
          Object.assign(record, { closedAt: when, closedOn: act.on, closeReason: act.text ?? null });
        else
          Object.assign(record, { returns: record.returns + 1, returnedOn: act.on, claimedAt: null, claimedOn: null });
        break;
      }
      case 'extend': {
        if (!isRunning(from) || act.on > record.dueCurrent! || act.dueOn <= record.dueCurrent!)
          impossible('extended after the limit or backwards');
        say({ dueOn: act.dueOn }, 'askExtension');
        const dueBefore = record.dueCurrent;
        life.extensions.push({
          id: newId(),
          matterId: id,
          dueBefore,
          dueAsked: act.dueOn,
          reason: act.text ?? '',
          state: act.decidedOn === null ? 'asked' : 'granted',
          askedOn: act.on,
          askedBy: scope.actor.id,
          askedByName: act.by,
          decidedOn: act.decidedOn,
          decidedByName: act.decidedOn === null ? null : (act.decidedBy ?? act.by),
          decidedNote: null,
        });
        if (act.decidedOn === null) break;
        tell('grantExtension', act.decidedOn, act.decidedBy ?? act.by, to, undefined, {
          dueBefore,
          dueAsked: act.dueOn,
        });
        Object.assign(record, { dueCurrent: act.dueOn, extensions: record.extensions + 1, extendedOn: act.decidedOn });
        break;
      }
      case 'suspend':
        say({ resumeOn: act.resumeOn });
        Object.assign(record, { restingFrom: from, resumeOn: act.resumeOn });
        break;
      case 'escalate':
        say({ from: record.level, to: act.level });
        Object.assign(record, { level: act.level, levelSince: act.on });
        break;
      case 'reopen': {
        const dueOn = limits.dueOf(limits.get(record.template), record.urgency, act.on);
        say({ dueOn });
        Object.assign(record, {
          reopens: record.reopens + 1,
          dueCurrent: dueOn,
          claimedAt: null,
          claimedOn: null,
          closedAt: null,
          closedOn: null,
          closeReason: null,
        });
        break;
      }
      case 'void':
        say();
        Object.assign(record, { closedAt: when, closedOn: act.on, closeReason: act.text ?? null });
        break;
      case 'remind':
        say();
        break;
    }
    record.state = to;
    Object.assign(record, turnsOf(limits, record, []));
    shine(last, untilToday(dayAfter(i)));
  });
  return life;
}

const addOne = (day: Day): Day => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
