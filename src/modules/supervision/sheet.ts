import type { OutputOf } from '#core/shared/contract.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { ledger } from '#modules/ledger/contract.ts';
import { colourWords, type RuleSet, type SheetColour, type SheetStep, type Span, type Trigger } from './rule-sets.ts';

type Matter = OutputOf<(typeof ledger)['endpoints']['matter']>;

/** What the rules need of the city's working calendar (calendar/work-calendar.ts). */
export interface WorkDays {
  addWorkdays(day: Day, n: number): Day;
  workdaysBetween(from: Day, to: Day): number;
}

/** What the rules need to know of a matter that was issued. */
export interface SheetFacts {
  id: string;
  state: Matter['state'];
  urgency: Matter['urgency'];
  issuedOn: Day;
  signedOn: Day | null;
  dueCurrent: Day;
  returns: number;
  extensions: number;
  /** How often it was reopened: sheets of an earlier round count no more. */
  reopens: number;
  returnedOn: Day | null;
  extendedOn: Day | null;
  nodes: readonly { title: string; dueOn: Day; doneOn: Day | null; mark: string | null }[];
}

/** A sheet that was issued to the matter; one that was revoked after an objection is not handed in. */
export interface SheetSoFar {
  matterId: string;
  colour: SheetColour;
  no: string;
  round: number;
  issuedOn: Day;
  limitOn: Day;
}

/** 正当理由, recorded by a person with an approver: no sheet until it ends. */
export interface Excuse {
  matterId: string;
  fromOn: Day;
  untilOn: Day;
}

export interface Proposal {
  matterId: string;
  colour: SheetColour;
  /** The `when` of the trigger that holds. */
  rule: Trigger['when'];
  /** From which day the matter has deserved it. */
  since: Day;
  why: Words;
  /** By when the unit answers and mends it; null where that year's calendar is not published. */
  limitOn: Day | null;
  /** The sheet of the step before, whose limit has passed. */
  former: { no: string; colour: SheetColour; limitOn: Day } | null;
  /** Colours that may be issued today: the proposed one, and for an urgent matter those it may start at. */
  choices: SheetColour[];
}

/** The lead unit is expected to do something: only then is there anything to urge. A claim stops the clock. */
const urged: readonly Matter['state'][] = ['issued', 'signed', 'working', 'returned', 'reopened'];
export const isUrged = (state: Matter['state']): boolean => urged.includes(state);

/** So long after (or before) a day; null when it needs workdays of a year without a calendar. */
export function shifted(calendar: WorkDays, day: Day, { n, unit }: Span, sign: 1 | -1 = 1): Day | null {
  if (n === 0) return day;
  if (unit === 'CALENDAR') return addDays(day, sign * n);
  try {
    return calendar.addWorkdays(day, sign * n);
  } catch (error) {
    if (error instanceof Error && error.message.includes('CALENDAR_NOT_PUBLISHED')) return null;
    throw error;
  }
}

const spanWords = ({ n, unit }: Span): Words =>
  unit === 'WORKDAY' ? { zh: `${n} 个工作日`, en: `${n} workdays` } : { zh: `${n} 日`, en: `${n} days` };

interface Held {
  since: Day;
  why: Words;
}

function heldBy(trigger: Trigger, m: SheetFacts, today: Day, calendar: WorkDays): Held | null {
  const from = (since: Day | null, why: Words): Held | null =>
    since === null || since > today ? null : { since, why };
  switch (trigger.when) {
    case 'nearDue':
      if (today > m.dueCurrent) return null;
      return from(shifted(calendar, m.dueCurrent, trigger.span, -1), {
        zh: `时限 ${m.dueCurrent}，已进入到期前 ${spanWords(trigger.span).zh}`,
        en: `Due ${m.dueCurrent}, within ${spanWords(trigger.span).en} of it`,
      });
    case 'overdue':
      return from(addDays(m.dueCurrent, 1), {
        zh: `时限 ${m.dueCurrent} 已过，未办结`,
        en: `The limit ${m.dueCurrent} has passed and it is not done`,
      });
    case 'nodeMissed': {
      const missed = m.nodes.filter((node) => node.doneOn === null).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
      return missed === undefined
        ? null
        : from(addDays(missed.dueOn, 1), {
            zh: `节点“${missed.title}”应于 ${missed.dueOn} 完成，未完成`,
            en: `The stage “${missed.title}” was due ${missed.dueOn} and is not done`,
          });
    }
    case 'poorQuality': {
      const failed = m.nodes.find((node) => node.mark === 'failed');
      if (failed)
        return {
          since: today,
          why: { zh: `节点“${failed.title}”反馈评为不合格`, en: `The report on “${failed.title}” was marked failed` },
        };
      return m.returns === 0 ? null : from(m.returnedOn ?? today, { zh: '申请销号被退回', en: 'A claim was returned' });
    }
    case 'unsigned':
      if (m.signedOn !== null || m.state !== 'issued') return null;
      return from(dayAfter(shifted(calendar, m.issuedOn, trigger.span)), {
        zh: `${m.issuedOn} 交办，${spanWords(trigger.span).zh}未签收分办`,
        en: `Issued ${m.issuedOn} and not signed for in ${spanWords(trigger.span).en}`,
      });
    case 'unfinished':
      return from(dayAfter(shifted(calendar, m.issuedOn, trigger.span)), {
        zh: `${m.issuedOn} 交办，${spanWords(trigger.span).zh}未办结`,
        en: `Issued ${m.issuedOn} and not done in ${spanWords(trigger.span).en}`,
      });
    case 'extensionsOver':
      return m.extensions <= trigger.n
        ? null
        : from(m.extendedOn ?? today, {
            zh: `已延期 ${m.extensions} 次，超过 ${trigger.n} 次`,
            en: `Extended ${m.extensions} times, more than ${trigger.n}`,
          });
    case 'returnsFrom':
      return m.returns < trigger.n
        ? null
        : from(m.returnedOn ?? today, { zh: `复核 ${m.returns} 次不满意`, en: `Returned ${m.returns} times` });
  }
}

const dayAfter = (day: Day | null): Day | null => day && addDays(day, 1);

/**
 * Which sheet a matter deserves today, or null. The most severe step whose rule holds; never a colour it has had in this
 * round, nor a milder one; a step with a former one only after that one's limit has passed; nothing while a reason is on
 * record. Sources of the rule sets: rule-sets.ts.
 */
export function proposalFor(
  m: SheetFacts,
  sheets: readonly SheetSoFar[],
  excuses: readonly Excuse[],
  rules: RuleSet,
  today: Day,
  calendar: WorkDays,
): Proposal | null {
  if (!isUrged(m.state)) return null;
  const mine = excuses.filter((e) => e.matterId === m.id);
  if (mine.some((e) => e.fromOn <= today && today <= e.untilOn)) return null;
  const had = sheets.filter((s) => s.matterId === m.id && s.round === m.reopens);
  const rank = (colour: SheetColour) => rules.steps.findIndex((step) => step.colour === colour);
  const highest = Math.max(-1, ...had.map((s) => rank(s.colour)));
  for (const step of rules.steps.slice(highest + 1).toReversed()) {
    const former = step.former && had.find((s) => s.colour === step.former);
    if (step.former && (!former || former.limitOn >= today)) continue;
    const held = firstHeld(step, m, today, calendar);
    if (held === null) continue;
    // What an excuse covered is not held against the unit: the step begins the day after it ended.
    const begins = [
      held.since,
      ...(former ? [addDays(former.limitOn, 1)] : []),
      ...mine.filter((e) => e.untilOn < today).map((e) => addDays(e.untilOn, 1)),
    ];
    return {
      matterId: m.id,
      colour: step.colour,
      rule: held.rule,
      since: begins.reduce((last, day) => (day > last ? day : last)),
      why: former ? withFormer(held.why, former) : held.why,
      limitOn: shifted(calendar, today, step.limit),
      former: former ? { no: former.no, colour: former.colour, limitOn: former.limitOn } : null,
      choices: choicesOf(step, m, had.length === 0, rules),
    };
  }
  return null;
}

function firstHeld(
  step: SheetStep,
  m: SheetFacts,
  today: Day,
  calendar: WorkDays,
): (Held & { rule: Trigger['when'] }) | null {
  let first: (Held & { rule: Trigger['when'] }) | null = null;
  for (const trigger of step.any) {
    const held = heldBy(trigger, m, today, calendar);
    if (held !== null && (first === null || held.since < first.since)) first = { ...held, rule: trigger.when };
  }
  return first;
}

const withFormer = (why: Words, { no, limitOn }: SheetSoFar): Words => ({
  zh: `${no} 限 ${limitOn} 前整改，已过期且无正当理由；${why.zh}`,
  en: `${no} asked for it by ${limitOn}, which has passed without a good reason. ${why.en}`,
});

/** An urgent matter that has had no sheet in this round may start higher, where the rule set says so. */
const choicesOf = (step: SheetStep, m: SheetFacts, isFirst: boolean, rules: RuleSet): SheetColour[] => [
  step.colour,
  ...(isFirst && m.urgency === 'urgent' ? rules.urgentMayStartAt.filter((colour) => colour !== step.colour) : []),
];

/** Why a colour may not be issued on this proposal; null when it may. */
export function colourFault(proposal: Proposal | null, colour: SheetColour): { code: string; words: Words } | null {
  if (proposal === null)
    return {
      code: 'no_sheet_due',
      words: { zh: '按规则今天不应发督查单', en: 'No sheet is due for it today by the rules' },
    };
  if (proposal.choices.includes(colour)) return null;
  return {
    code: 'colour_not_due',
    words: {
      zh: `按规则今天应发${colourWords[proposal.colour].zh}，不能发${colourWords[colour].zh}`,
      en: `By the rules the sheet due today is ${colourWords[proposal.colour].en}, not ${colourWords[colour].en}`,
    },
  };
}

/** The sheets that matters deserve today, worst first, then those that have waited longest. */
export function proposedSheets(
  matters: readonly (SheetFacts & { rules: RuleSet })[],
  sheets: readonly SheetSoFar[],
  excuses: readonly Excuse[],
  today: Day,
  calendar: WorkDays,
): Proposal[] {
  const sheetsOf = Map.groupBy(sheets, (s) => s.matterId);
  const excusesOf = Map.groupBy(excuses, (e) => e.matterId);
  const severity: Record<SheetColour, number> = { red: 0, orange: 1, yellow: 2, blue: 3 };
  return matters
    .flatMap((m) => proposalFor(m, sheetsOf.get(m.id) ?? [], excusesOf.get(m.id) ?? [], m.rules, today, calendar) ?? [])
    .sort((a, b) => severity[a.colour] - severity[b.colour] || (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}
