import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '#core/shared/day.ts';
import { type RuleSetCode, ruleSetOf, ruleSets, type SheetColour } from './rule-sets.ts';
import {
  colourFault,
  type Excuse,
  proposalFor,
  proposedSheets,
  type SheetFacts,
  type SheetSoFar,
  type WorkDays,
} from './sheet.ts';

/** Monday to Friday; 2021-09-06 is a Monday. */
const calendar: WorkDays = {
  addWorkdays(day, n) {
    let at = day;
    for (let left = Math.abs(n); left > 0; ) {
      at = addDays(at, Math.sign(n));
      if (isWorked(at)) left--;
    }
    return at;
  },
  workdaysBetween: () => 0,
};
const isWorked = (day: Day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

const matter = (rest: Partial<SheetFacts> = {}): SheetFacts => ({
  id: 'm',
  state: 'working',
  urgency: 'normal',
  issuedOn: '2021-09-06',
  signedOn: '2021-09-06',
  dueCurrent: '2021-09-20',
  returns: 0,
  extensions: 0,
  reopens: 0,
  returnedOn: null,
  extendedOn: null,
  nodes: [],
  ...rest,
});
const sheet = (colour: SheetColour, limitOn: Day, rest: Partial<SheetSoFar> = {}): SheetSoFar => ({
  matterId: 'm',
  colour,
  no: `${colour}1`,
  round: 0,
  issuedOn: '2021-09-21',
  limitOn,
  ...rest,
});
const due = (set: RuleSetCode, m: SheetFacts, today: Day, sheets: SheetSoFar[] = [], excuses: Excuse[] = []) =>
  proposalFor(m, sheets, excuses, ruleSetOf(set), today, calendar);

describe('三明', () => {
  test('nothing before the limit, blue from the day after it', () => {
    expect(due('sanming', matter(), '2021-09-20')).toBeNull();
    expect(due('sanming', matter(), '2021-09-21')).toMatchObject({
      colour: 'blue',
      rule: 'overdue',
      since: '2021-09-21',
      limitOn: '2021-09-28',
      choices: ['blue'],
    });
  });
  test('a missed stage deserves blue before the limit, and names the stage', () => {
    const m = matter({ nodes: [{ title: '完成招标', dueOn: '2021-09-10', doneOn: null, mark: null }] });
    expect(due('sanming', m, '2021-09-10')).toBeNull();
    expect(due('sanming', m, '2021-09-13')).toMatchObject({ colour: 'blue', rule: 'nodeMissed', since: '2021-09-11' });
    expect(due('sanming', m, '2021-09-13')!.why.zh).toContain('完成招标');
  });
  test('orange only when the blue one’s limit has passed, red only after the orange one’s', () => {
    const blue = sheet('blue', '2021-09-28');
    expect(due('sanming', matter(), '2021-09-28', [blue])).toBeNull();
    expect(due('sanming', matter(), '2021-09-29', [blue])).toMatchObject({
      colour: 'orange',
      since: '2021-09-29',
      former: { no: 'blue1', colour: 'blue' },
    });
    const orange = sheet('orange', '2021-10-08');
    expect(due('sanming', matter(), '2021-10-08', [blue, orange])).toBeNull();
    expect(due('sanming', matter(), '2021-10-09', [blue, orange])).toMatchObject({ colour: 'red' });
    expect(due('sanming', matter(), '2021-12-01', [blue, orange, sheet('red', '2021-10-15')])).toBeNull();
  });
  test('a good reason stops the next step until it ends, and its days are not held against the unit', () => {
    const excuse = { matterId: 'm', fromOn: '2021-09-27', untilOn: '2021-10-10' };
    const blue = sheet('blue', '2021-09-28');
    expect(due('sanming', matter(), '2021-10-10', [blue], [excuse])).toBeNull();
    expect(due('sanming', matter(), '2021-10-11', [blue], [excuse])).toMatchObject({
      colour: 'orange',
      since: '2021-10-11',
    });
  });
  test('an extension that was granted ends the overdue: no orange although the blue limit has passed', () => {
    expect(
      due('sanming', matter({ dueCurrent: '2021-11-01' }), '2021-10-09', [sheet('blue', '2021-09-28')]),
    ).toBeNull();
  });
  test('an urgent matter may start at orange or red, an ordinary one may not', () => {
    const urgent = due('sanming', matter({ urgency: 'urgent' }), '2021-09-21');
    expect(urgent!.choices).toEqual(['blue', 'orange', 'red']);
    expect(colourFault(urgent, 'red')).toBeNull();
    expect(colourFault(due('sanming', matter(), '2021-09-21'), 'red')).toMatchObject({ code: 'colour_not_due' });
    const later = due('sanming', matter({ urgency: 'urgent' }), '2021-09-29', [sheet('blue', '2021-09-28')]);
    expect(later!.choices).toEqual(['orange']);
  });
  test('a claim, a suspension and a closed matter are not urged', () => {
    for (const state of ['claimed', 'verifying', 'suspended', 'closed', 'void', 'draft'] as const)
      expect(due('sanming', matter({ state }), '2021-12-01')).toBeNull();
  });
  test('a reopened matter begins anew: sheets of the round before count no more', () => {
    const m = matter({ state: 'reopened', reopens: 1, dueCurrent: '2021-11-01' });
    expect(due('sanming', m, '2021-11-02', [sheet('blue', '2021-09-28')])).toMatchObject({ colour: 'blue' });
  });
});

describe('宿迁', () => {
  test('blue near the limit, red once it has passed', () => {
    expect(due('suqian', matter(), '2021-09-16')).toBeNull();
    expect(due('suqian', matter(), '2021-09-17')).toMatchObject({
      colour: 'blue',
      rule: 'nearDue',
      since: '2021-09-17',
    });
    expect(due('suqian', matter(), '2021-09-21')).toMatchObject({ colour: 'red', rule: 'overdue' });
  });
  test('yellow behind the plan or of poor quality, with or without a blue one before', () => {
    const behind = matter({ nodes: [{ title: '过半', dueOn: '2021-09-08', doneOn: null, mark: null }] });
    expect(due('suqian', behind, '2021-09-09')).toMatchObject({ colour: 'yellow', rule: 'nodeMissed' });
    expect(due('suqian', matter({ returns: 1, returnedOn: '2021-09-13' }), '2021-09-14')).toMatchObject({
      colour: 'yellow',
      rule: 'poorQuality',
      since: '2021-09-13',
    });
    const failed = matter({ nodes: [{ title: '措施', dueOn: '2021-09-30', doneOn: null, mark: 'failed' }] });
    expect(due('suqian', failed, '2021-09-14')).toMatchObject({ colour: 'yellow', rule: 'poorQuality' });
  });
  test('an urgent matter starts no higher here', () => {
    expect(due('suqian', matter({ urgency: 'urgent' }), '2021-09-17')!.choices).toEqual(['blue']);
  });
});

describe('颍州', () => {
  test('blue when nobody has taken it on in three workdays', () => {
    const unsigned = matter({ state: 'issued', signedOn: null });
    expect(due('yingzhou', unsigned, '2021-09-09')).toBeNull();
    expect(due('yingzhou', unsigned, '2021-09-10')).toMatchObject({
      colour: 'blue',
      rule: 'unsigned',
      limitOn: '2021-09-13',
    });
    expect(due('yingzhou', matter(), '2021-09-10')).toBeNull();
  });
  test('yellow with a letter after a week', () => {
    expect(due('yingzhou', matter(), '2021-09-13')).toBeNull();
    expect(due('yingzhou', matter(), '2021-09-14')).toMatchObject({ colour: 'yellow', rule: 'unfinished' });
    expect(ruleSetOf('yingzhou').steps[1]!.title).toContain('督办函');
  });
  test('red over the limit, after more than two extensions, or two returns', () => {
    expect(due('yingzhou', matter(), '2021-09-21')).toMatchObject({ colour: 'red', rule: 'overdue' });
    const often = matter({ extensions: 3, extendedOn: '2021-09-15' });
    expect(due('yingzhou', often, '2021-09-16')).toMatchObject({
      colour: 'red',
      rule: 'extensionsOver',
      since: '2021-09-15',
    });
    expect(due('yingzhou', matter({ extensions: 2 }), '2021-09-13')).toBeNull();
    const twice = matter({ returns: 2, returnedOn: '2021-09-16' });
    expect(due('yingzhou', twice, '2021-09-16')).toMatchObject({ colour: 'red', rule: 'returnsFrom' });
  });
});

/** Repeatable chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('over any life of a matter', () => {
  test('each colour once a round, never a milder one after a harsher, and red only after orange unless urgent', () => {
    const pick = chance(7);
    let issued = 0;
    for (let life = 0; life < 600; life++) {
      const rules = ruleSets[pick(3)]!;
      const isUrgent = pick(3) === 0;
      let m = matter({ urgency: isUrgent ? 'urgent' : 'normal', dueCurrent: addDays('2021-09-06', 5 + pick(30)) });
      const sheets: SheetSoFar[] = [];
      const excuses: Excuse[] = [];
      for (let today = '2021-09-07'; today < '2021-12-20'; today = addDays(today, 1 + pick(4))) {
        const event = pick(12);
        if (event === 0) m = { ...m, returns: m.returns + 1, returnedOn: today, state: 'returned' };
        if (event === 1)
          m = { ...m, extensions: m.extensions + 1, extendedOn: today, dueCurrent: addDays(m.dueCurrent, 7) };
        if (event === 2) m = { ...m, state: 'claimed' };
        if (event === 3) m = { ...m, state: 'working' };
        if (event === 4) excuses.push({ matterId: 'm', fromOn: today, untilOn: addDays(today, pick(20)) });
        if (event === 5) m = { ...m, reopens: m.reopens + 1, state: 'reopened', dueCurrent: addDays(today, 10) };
        const proposal = proposalFor(m, sheets, excuses, rules, today, calendar);
        if (proposal === null || pick(2) === 0) continue;
        const colour = proposal.choices[pick(proposal.choices.length)]!;
        const mine = sheets.filter((s) => s.round === m.reopens);
        const rank = (c: SheetColour) => rules.steps.findIndex((s) => s.colour === c);
        for (const s of mine) expect(rank(s.colour)).toBeLessThan(rank(colour));
        const former = rules.steps[rank(colour)]!.former;
        if (former && !isUrgent) {
          const before = mine.find((s) => s.colour === former);
          expect(before).toBeDefined();
          expect(before!.limitOn < today).toBe(true);
        }
        // Urgent or not, a step that is not the first follows its former one.
        if (former && mine.length > 0) expect(mine.some((s) => s.colour === former && s.limitOn < today)).toBe(true);
        expect(excuses.some((e) => e.fromOn <= today && today <= e.untilOn)).toBe(false);
        expect(proposal.since <= today).toBe(true);
        sheets.push(sheet(colour, proposal.limitOn!, { no: `n${issued++}`, round: m.reopens, issuedOn: today }));
      }
    }
    expect(issued).toBeGreaterThan(500);
  });

  test('the list is worst first, then what has waited longest', () => {
    const rules = ruleSetOf('suqian');
    const of = (id: string, dueCurrent: Day) => ({ ...matter({ id, dueCurrent }), rules });
    const list = proposedSheets(
      [of('near', '2021-09-23'), of('late', '2021-09-19'), of('latest', '2021-09-10')],
      [],
      [],
      '2021-09-21',
      calendar,
    );
    expect(list.map((p) => p.matterId)).toEqual(['latest', 'late', 'near']);
  });

  test('workdays of a year without a calendar are not guessed', () => {
    const none: WorkDays = {
      addWorkdays: () => {
        throw new Error('CALENDAR_NOT_PUBLISHED: 2099');
      },
      workdaysBetween: () => 0,
    };
    expect(proposalFor(matter(), [], [], ruleSetOf('sanming'), '2021-09-21', none)).toMatchObject({
      colour: 'blue',
      limitOn: null,
    });
  });
});
