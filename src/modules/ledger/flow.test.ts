import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceKinds, evidenceNeeded, missingEvidence } from './evidence.ts';
import { isClaimed, type MatterState, matterFlow, matterMoves, matterStates, stateAfter } from './flow.ts';
import { gramsOf } from './grams.ts';
import { matterKinds, tracks } from './kinds.ts';

describe('the flow', () => {
  it('reaches closed by no other move than pass, and pass leads only from a claim', () => {
    for (const state of matterStates)
      for (const move of matterMoves)
        if (matterFlow[state][move] === 'closed') {
          expect(move).toBe('pass');
          expect(isClaimed(state)).toBe(true);
        }
  });

  it('whatever is done in whatever order, closed is entered only after a claim since the last return, reopening or rest', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...matterMoves), { maxLength: 60 }), (moves) => {
        let state: MatterState = 'draft';
        let resting: MatterState | null = null;
        let claimed = false;
        for (const move of moves) {
          const to = stateAfter(state, move, resting);
          if (to === undefined) continue;
          if (move === 'suspend') resting = state;
          if (move === 'claim') claimed = true;
          if (move === 'return' || move === 'reopen') claimed = false;
          if (to === 'closed') expect(claimed).toBe(true);
          state = to;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('goes on where it rested', () => {
    for (const state of ['issued', 'signed', 'working', 'returned', 'reopened'] as const)
      expect(stateAfter('suspended', 'resume', state)).toBe(state);
  });

  it('leads nowhere from void, and from closed only to reopened', () => {
    expect(matterFlow.void).toEqual({});
    expect(Object.values(matterFlow.closed)).toEqual(['reopened']);
  });
});

describe('evidence', () => {
  it('is needed by every kind on every track, and a statement alone never suffices', () => {
    for (const kind of matterKinds)
      for (const track of tracks) {
        expect(missingEvidence(kind, track, [])).not.toBeNull();
        expect(missingEvidence(kind, track, ['statement'])).not.toBeNull();
        expect(missingEvidence(kind, track, [...evidenceKinds])).toBeNull();
        for (const choice of evidenceNeeded(kind, track)) expect(missingEvidence(kind, track, choice)).toBeNull();
      }
  });

  it('asks for both photos of what was fixed on the spot, whatever its kind', () => {
    for (const kind of matterKinds)
      expect(missingEvidence(kind, 'onSpot', ['photoAfter', 'document'])).toEqual({
        zh: '整改前照片和整改后照片',
        en: 'Photo before and Photo after',
      });
  });
});

describe('pairs of characters', () => {
  it('are those of the title without signs and spaces, and of its initials', () => {
    expect(gramsOf('岳阳 机场', 'yyjc')).toEqual(['岳阳', '阳机', '机场', 'yy', 'yj', 'jc']);
    expect(gramsOf('〔A〕１')).toEqual(['a1']);
    expect(gramsOf('桥')).toEqual([]);
  });
});
