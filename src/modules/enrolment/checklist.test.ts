import { expect, test } from 'vitest';
import {
  checklistOf,
  type DocumentKind,
  documents,
  type Facts,
  type HeldDocument,
  missingOf,
  noFacts,
} from './checklist.ts';
import { shippedRules as rules } from './rules.ts';

const held = (kind: DocumentKind, facts: Partial<Facts> = {}, over: Partial<HeldDocument> = {}): HeldDocument => ({
  kind,
  hasFile: true,
  isOnPaper: false,
  facts: { ...noFacts, ...facts },
  ...over,
});
const photo = {
  projectName: '市中心医院',
  place: '岳阳楼区',
  startOn: '2021-03-16',
  day: '2021-04-02',
  verifierName: '张某',
  verifierUnit: '县统计局',
  verifierTitle: '科员',
  verifierPhone: '0730-0000000',
};
const marks = (items: ReturnType<typeof checklistOf>) => items.map((i) => documents[i.kind].mark).join('');

test('①–④ are compulsory for every project, ⑦ from 50 million yuan', () => {
  expect(marks(missingOf(checklistOf([], 49_999_999, rules)))).toBe('①②③④');
  expect(marks(missingOf(checklistOf([], 50_000_000, rules)))).toBe('①②③④⑦');
  expect(marks(missingOf(checklistOf([], null, rules)))).toBe('①②③④');
});

test('a paper counts when it is there and its key facts are read off', () => {
  const items = checklistOf(
    [
      held('content', { projectName: '市中心医院' }),
      held('approval', { unitName: '市卫健委', day: '2020-11-20' }),
      held('contract', { partyA: '市卫健委', day: '2021-03-01' }, { hasFile: false, isOnPaper: true }),
    ],
    10_000_000,
    rules,
  );
  const stateOf = (kind: DocumentKind) => items.find((i) => i.kind === kind)!;
  expect(stateOf('content').state).toBe('ready');
  expect(stateOf('approval')).toMatchObject({ state: 'partial', lacks: [{ key: 'totalYuan' }] });
  expect(stateOf('contract').state).toBe('ready');
  expect(stateOf('photo').state).toBe('missing');
  expect(stateOf('licence').state).toBe('optional');
});

test('facts without the paper are not the paper', () => {
  const [content] = checklistOf([held('content', { projectName: '医院' }, { hasFile: false })], null, rules);
  expect(content).toMatchObject({ state: 'partial', lacks: [{ key: 'file' }] });
});

test('a photograph lacks what 云南 asks for, by name', () => {
  const lacks = (facts: Partial<Facts>) =>
    checklistOf([held('photo', facts)], null, rules)
      .find((i) => i.kind === 'photo')!
      .lacks.map((l) => l.words.zh);
  expect(lacks(photo)).toEqual([]);
  expect(lacks({ projectName: '市中心医院', day: '2021-04-02' })).toEqual([
    '拍摄地点',
    '开工时间',
    '核实人',
    '核实人单位',
    '核实人职务',
    '核实人电话',
  ]);
});

test('a photograph taken before the start proves none', () => {
  const items = checklistOf([held('photo', { ...photo, day: '2021-03-15' })], null, rules);
  expect(items.find((i) => i.kind === 'photo')).toMatchObject({ state: 'partial', lacks: [{ key: 'day' }] });
});
