import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyContent, type FilingContent } from './content.ts';
import { decided, mergeDrafts } from './merge.ts';

const wan = (n: number) => n * 10_000;
const base: FilingContent = {
  ...emptyContent,
  monthYuan: wan(1_200),
  cumulativeYuan: wan(9_200),
  imageProgress: '九层完成',
};
const photo = (n: number) => ({
  fileId: String(n).repeat(64).slice(0, 64),
  name: `${n}.jpg`,
  takenAt: null,
  lat: null,
  lon: null,
});

test('what only one of the two changed merges by itself', () => {
  const mine = { ...base, imageProgress: '十层完成' };
  const theirs = { ...base, problems: '塔吊年检到期', note: '已报监理' };
  const merged = mergeDrafts(base, mine, theirs);
  expect(merged.clashes).toEqual([]);
  expect(merged.content).toEqual({
    ...base,
    imageProgress: '十层完成',
    problems: '塔吊年检到期',
    note: '已报监理',
  });
  expect(merged.taken).toEqual(['problems', 'note']);
});

test('a field that both changed is asked, and mine stands until then', () => {
  const mine = { ...base, imageProgress: '十层完成' };
  const theirs = { ...base, imageProgress: '十层浇筑' };
  const merged = mergeDrafts(base, mine, theirs);
  expect(merged.clashes).toEqual([{ keys: ['imageProgress'] }]);
  expect(merged.content.imageProgress).toBe('十层完成');
  expect(decided(merged, theirs, new Set(['imageProgress'])).imageProgress).toBe('十层浇筑');
  expect(decided(merged, theirs, new Set()).imageProgress).toBe('十层完成');
});

test('the same change on both sides is no clash', () => {
  const both = { ...base, imageProgress: '十层完成' };
  expect(mergeDrafts(base, both, { ...both })).toMatchObject({ clashes: [], taken: [] });
});

test('month and cumulative are decided together: half of each would add up to nothing', () => {
  const mine = { ...base, monthYuan: wan(1_300), cumulativeYuan: wan(9_300) };
  const theirs = { ...base, cumulativeYuan: wan(9_250) };
  const merged = mergeDrafts(base, mine, theirs);
  expect(merged.clashes).toEqual([{ keys: ['monthYuan', 'cumulativeYuan', 'unchanged'] }]);
  const chosen = decided(merged, theirs, new Set(['cumulativeYuan']));
  expect([chosen.monthYuan, chosen.cumulativeYuan]).toEqual([wan(1_200), wan(9_250)]);
});

test('photos that were added on both sides are all there, and one that was removed stays away', () => {
  const from = { ...base, photos: [photo(1), photo(2)] };
  const mine = { ...from, photos: [photo(2), photo(3)] };
  const theirs = { ...from, photos: [photo(1), photo(2), photo(4)] };
  const merged = mergeDrafts(from, mine, theirs);
  expect(merged.clashes).toEqual([]);
  expect(merged.content.photos.map((p) => p.name)).toEqual(['2.jpg', '4.jpg', '3.jpg']);
});

test('milestones and explanations merge one by one', () => {
  const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
  const mine = {
    ...base,
    milestones: [{ milestoneId: id(1), doneOn: '2021-09-20' }],
    explanations: { jump: '设备到货' },
  };
  const theirs = {
    ...base,
    milestones: [{ milestoneId: id(2), doneOn: '2021-09-21' }],
    explanations: { overTotal: '总投资调整已报批' },
  };
  const merged = mergeDrafts(base, mine, theirs);
  expect(merged.clashes).toEqual([]);
  expect(merged.content.milestones).toHaveLength(2);
  expect(merged.content.explanations).toEqual({ jump: '设备到货', overTotal: '总投资调整已报批' });
  const other = { ...base, milestones: [{ milestoneId: id(1), doneOn: '2021-09-22' }] };
  expect(mergeDrafts(base, mine, other).clashes).toEqual([{ keys: ['milestones'] }]);
});

test('without the beginning every difference is asked and no photo is lost', () => {
  const mine = { ...base, note: '甲', photos: [photo(1)] };
  const theirs = { ...base, note: '', photos: [photo(2)] };
  const merged = mergeDrafts(null, mine, theirs);
  expect(merged.clashes).toEqual([{ keys: ['note'] }]);
  expect(merged.content.photos).toHaveLength(2);
});

test('for any three drafts: nothing one side alone wrote is lost, and merging with oneself changes nothing', () => {
  const text = fc.constantFrom('', '甲', '乙', '丙');
  const draft = fc.record({ imageProgress: text, problems: text, note: text }).map((part) => ({ ...base, ...part }));
  fc.assert(
    fc.property(draft, draft, draft, (from, mine, theirs) => {
      const { content, clashes } = mergeDrafts(from, mine, theirs);
      for (const key of ['imageProgress', 'problems', 'note'] as const) {
        const isClash = clashes.some((c) => c.keys.includes(key));
        expect(isClash).toBe(mine[key] !== from[key] && theirs[key] !== from[key] && mine[key] !== theirs[key]);
        if (!isClash) expect(content[key]).toBe(mine[key] === from[key] ? theirs[key] : mine[key]);
      }
      expect(mergeDrafts(from, mine, mine)).toEqual({ content: mine, clashes: [], taken: [] });
    }),
  );
});
