import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FilingEvent, type FilingState, filingEvents, filingFlow, filingStates } from './flow.ts';
import { type Level, levels, nextLevel, type SkipReason, unitOfLevel } from './levels.ts';

const chains = fc.subarray([...levels], { minLength: 1 });
const vacancies = fc.dictionary(fc.constantFrom('responsibleUnit', 'commandPost'), fc.constantFrom('noUnit', 'nobody'));
type Empty = Partial<Record<Level, Exclude<SkipReason, 'bypassed'>>>;

/** Passes level after level until the filing is accepted; the levels that looked and those that were left out, in order. */
function walk(chain: readonly Level[], empty: Empty) {
  const looked: Level[] = [];
  const left: Level[] = [];
  let after: Level | null = null;
  for (let i = 0; i <= levels.length; i += 1) {
    const next: ReturnType<typeof nextLevel> = nextLevel(chain, after, (level) => empty[level] ?? null);
    left.push(...next.skipped.map((s) => s.level));
    if (next.level === null) return { looked, left };
    looked.push(next.level);
    after = next.level;
  }
  throw new Error('The chain does not end');
}

test('a filing goes up through every level at which somebody is, from below, each once, and ends', () => {
  fc.assert(
    fc.property(chains, vacancies, (chain, empty) => {
      const { looked, left } = walk(chain, empty as Empty);
      const rank = (level: Level) => levels.indexOf(level);
      expect(looked).toEqual([...looked].sort((a, b) => rank(a) - rank(b)));
      expect(new Set(looked).size).toBe(looked.length);
      // Whoever is there looks; whoever is left out is empty; nobody of the chain is forgotten.
      for (const level of chain) expect([looked, left].filter((list) => list.includes(level))).toHaveLength(1);
      for (const level of left) expect((empty as Empty)[level]).toBeDefined();
    }),
  );
});

test('no filing is accepted without anybody having looked: with nobody below, the office does', () => {
  fc.assert(fc.property(chains, vacancies, (chain, empty) => walk(chain, empty as Empty).looked.length > 0));
  expect(walk(['responsibleUnit', 'commandPost'], { responsibleUnit: 'noUnit', commandPost: 'nobody' })).toEqual({
    looked: ['office'],
    left: ['responsibleUnit', 'commandPost'],
  });
  expect(walk(['responsibleUnit', 'commandPost'], { commandPost: 'nobody' }).looked).toEqual(['responsibleUnit']);
});

test('a project without a lead unit answers to its county; without either, the level is left out', () => {
  const parties = { leadUnitId: 'lead', commandUnitId: null, countyUnitId: 'county' };
  expect(unitOfLevel('responsibleUnit', parties)).toBe('lead');
  expect(unitOfLevel('responsibleUnit', { ...parties, leadUnitId: null })).toBe('county');
  expect(unitOfLevel('commandPost', parties)).toBeNull();
});

test('from any state, whatever is done: only a version that was submitted is accepted, only an accepted one frozen', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<FilingEvent[]>(...filingEvents), { maxLength: 40 }), (events) => {
      let state: FilingState = 'opened';
      let [hasVersion, hasAccepted] = [false, false];
      for (const event of events) {
        const next: FilingState | undefined = filingFlow[state][event];
        if (next === undefined) continue;
        if (event === 'submit') hasVersion = true;
        if (event === 'accept') hasAccepted = true;
        if (next === 'accepted') expect(hasVersion).toBe(true);
        if (next === 'frozen') expect(hasAccepted).toBe(true);
        if (event === 'return') expect(state).toBe('submitted');
        expect(filingStates).toContain(next);
        state = next;
      }
      // Nobody is ever stuck: what is not done can be sent, and what waits can be decided.
      if (!['accepted', 'frozen', 'exempt', 'submitted'].includes(state))
        expect(filingFlow[state].submit).toBe('submitted');
      if (state === 'submitted') expect(filingFlow.submitted).toMatchObject({ return: 'returned', accept: 'accepted' });
    }),
  );
});
