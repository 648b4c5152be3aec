import { describe, expect, test } from 'vitest';
import { addDays } from '#core/shared/day.ts';
import { type Fault, type Post, posts, requiredPosts, rosterFaults, type Turn, turnAt } from './roster.ts';
import { dutyDays, minuteAt, officerSpans, periodOf, shippedPatterns } from './shifts.ts';

const period = { from: 0, to: 100 };
const turn = (post: Post, from: number, to: number, id = `${post} ${from}`): Turn => ({ id, post, from, to });
const whole = [turn('leader', 0, 100), turn('officer', 0, 40), turn('officer', 40, 100)];

/** Always the same numbers for the same seed. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

describe('a roster is checked minute by minute', () => {
  test('one leader and one officer all the time is no fault, and a deputy may be missing', () => {
    expect(rosterFaults(period, whole)).toEqual([]);
    expect(rosterFaults(period, [...whole, turn('deputy', 10, 20)])).toEqual([]);
  });

  test('what is missing, doubled, outside or empty is said with from and to', () => {
    const faulty = [
      turn('leader', -5, 100),
      turn('officer', 0, 39, 'a'),
      turn('officer', 40, 80, 'b'),
      turn('officer', 70, 90, 'c'),
      turn('officer', 95, 95, 'd'),
    ];
    expect(rosterFaults(period, faulty)).toEqual([
      { kind: 'outside', post: 'leader', from: -5, to: 100, turnIds: ['leader -5'] },
      { kind: 'gap', post: 'officer', from: 39, to: 40, turnIds: [] },
      { kind: 'overlap', post: 'officer', from: 70, to: 80, turnIds: ['b', 'c'] },
      { kind: 'gap', post: 'officer', from: 90, to: 100, turnIds: [] },
      { kind: 'empty', post: 'officer', from: 95, to: 95, turnIds: ['d'] },
    ] satisfies Fault[]);
    expect(rosterFaults(period, []).map(({ kind, post }) => `${kind} ${post}`)).toEqual(['gap leader', 'gap officer']);
  });

  test('of many random rosters the faults are exactly the minutes that counting finds', () => {
    const draw = draws(4);
    const wrong: string[] = [];
    for (let round = 0; round < 1500; round++) {
      const turns = Array.from({ length: draw(9) }, (_, i) => {
        const from = draw(70) - 5;
        return turn(posts[draw(3)]!, from, from + draw(40) - 2, `t${i}`);
      });
      const short = { from: 0, to: 60 };
      const faults = rosterFaults(short, turns);
      for (const post of posts)
        for (let minute = short.from; minute < short.to; minute++) {
          const there = turns.filter((one) => one.post === post && one.from <= minute && minute < one.to);
          const said = faults.filter(
            (f) => f.post === post && f.from <= minute && minute < f.to && f.kind !== 'outside' && f.kind !== 'empty',
          );
          const isRequired = (requiredPosts as readonly Post[]).includes(post);
          const wanted = there.length > 1 ? 'overlap' : there.length === 0 && isRequired ? 'gap' : null;
          if (said.map(({ kind }) => kind).join() !== (wanted ?? '')) wrong.push(`${post} ${minute} ${wanted}`);
          if (wanted === 'overlap' && there.some((one) => !said[0]?.turnIds.includes(one.id))) wrong.push(`${minute}`);
        }
      const bad = turns.filter((one) => one.to <= one.from || one.from < short.from || one.to > short.to);
      const named = faults.filter(({ kind }) => kind === 'outside' || kind === 'empty').flatMap((f) => f.turnIds);
      expect(named.toSorted()).toEqual(bad.map(({ id }) => id).toSorted());
    }
    expect(wrong).toEqual([]);
  });

  test('at the minute of a hand-over it is the next one who is on', () => {
    expect([39, 40].map((minute) => turnAt(whole, 'officer', minute)?.id)).toEqual(['officer 0', 'officer 40']);
    expect(turnAt(whole, 'officer', 100)).toBeUndefined();
  });
});

describe('a day of duty', () => {
  test('runs from hand-over to hand-over in Beijing', () => {
    expect(new Date(minuteAt('2021-10-01', '08:30') * 60_000).toISOString()).toBe('2021-10-01T00:30:00.000Z');
    const { from, to } = periodOf('2021-10-01', '2021-10-31', '08:30');
    expect(to - from).toBe(31 * 1440);
  });

  test('is cut into turns that cover it without gap or overlap, whatever the pattern and the day', () => {
    const night = { handover: '08:30', workday: ['17:30', '00:30'], restDay: ['20:30'] };
    expect(officerSpans(night, '2021-10-08', 'workday').map(({ from, to }) => to - from)).toEqual([540, 420, 480]);
    for (const pattern of [...Object.values(shippedPatterns), night])
      for (const kind of ['workday', 'rest', 'holiday'] as const) {
        const days = dutyDays('2021-09-28', addDays('2021-09-28', 9));
        const spans = days.flatMap((day) => officerSpans(pattern, day, kind));
        const all = periodOf(days[0]!, days.at(-1)!, pattern.handover);
        const turns = spans.map((span, i) => ({ ...span, id: `${i}`, post: 'officer' as const }));
        expect(rosterFaults(all, [...turns, { ...all, id: 'l', post: 'leader' }])).toEqual([]);
      }
  });
});
