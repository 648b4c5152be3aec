import { expect, test } from 'vitest';
import type { LedgerColumn } from '../../import-contract.ts';
import type { LedgerField } from '../../ledger/field.ts';
import { doneSentence } from './sentence.ts';
import { changeOf, isChanged, settingsOf, withAnswer, withField, withUnit } from './settings.ts';
import { plainWan, showValue } from './show-value.ts';
import { en, zh } from './text.ts';

const column = (number: number, field: LedgerField | null, year: number | null = null): LedgerColumn => ({
  column: number,
  letters: 'A',
  path: ['表头'],
  field,
  year,
  score: 100,
  unit: null,
  unitSource: null,
  samples: [],
});
const found = {
  columns: [
    column(0, 'name'),
    column(1, 'owner'),
    column(2, null),
    column(3, 'planYuan', 2020),
    column(4, 'planYuan', 2021),
  ],
  answers: {},
};

test('a field given to another column leaves the one that held it', () => {
  const settings = withField(settingsOf(found), 2, 'owner');
  expect(settings.columns.map((c) => c.field)).toEqual(['name', null, 'owner', 'planYuan', 'planYuan']);
});

test('plans of two years may stand side by side', () => {
  const settings = withField(settingsOf(found), 4, 'planYuan');
  expect(settings.columns.filter((c) => c.field === 'planYuan')).toHaveLength(2);
});

test('an answer alone leaves the proposal a proposal', () => {
  const settings = withUnit(withAnswer(settingsOf(found), { year: 2021 }), 3, '万元');
  expect(isChanged(found, settings)).toBe(true);
  expect(changeOf(found, settings)).toEqual({ answers: { year: 2021, units: { 3: '万元' } } });
  expect(changeOf(found, withField(settings, 2, 'remark')).mapping).toContainEqual({
    column: 4,
    field: 'planYuan',
    year: 2021,
  });
});

test('values read as people write them', () => {
  const shown = { language: 'zh' as const, regionName: (code: string) => (code === '430611' ? '君山区' : code), t: zh };
  expect(plainWan(123_456_789)).toBe('12,345.6789');
  expect(plainWan(35_000_000)).toBe('3,500');
  expect(showValue('planYuan.2021', 35_000_000, shown)).toBe('3,500');
  expect(showValue('regionCode', '430611', shown)).toBe('君山区');
  expect(showValue('ownerUnitId', 'new:owner:某公司', shown)).toBe('某公司（将新建）');
  expect(showValue('finishPlanned', { day: '2021-06-30', precision: 'month', text: '6月底前' }, shown)).toBe(
    '6月底前（2021-06-30）',
  );
  expect(showValue('planKind', 'carried', shown)).toBe('续建');
});

test('one sentence says what accepting does', () => {
  const counts = { new: 2, changed: 1, unchanged: 0, refused: 3 };
  const newUnits = [
    { name: '甲', use: 'owner' as const, rows: 1 },
    { name: '甲', use: 'lead' as const, rows: 1 },
  ];
  expect(doneSentence({ counts, newUnits, answers: {} }, zh)).toBe('新增 2 行，变更 1 行，新建 1 个单位');
  expect(doneSentence({ counts, newUnits, answers: { newUnits: 'text' } }, en)).toBe(
    'add 2 projects, change 1 projects',
  );
});
