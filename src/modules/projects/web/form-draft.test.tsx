import { expect, test } from 'vitest';
import { blankProject } from '../blank-project.ts';
import { draftOf, readDateEntry, readDraft, readMoneyEntry, rebased } from './form-draft.ts';
import { zh } from './text.ts';

test('dates are read as people write them, with how exact they are', () => {
  expect(readDateEntry('2021-09-26', zh).date).toEqual({ day: '2021-09-26', precision: 'day', text: null });
  expect(readDateEntry('2021年底', zh).date).toEqual({ day: '2021-12-31', precision: 'year', text: '2021年底' });
  expect(readDateEntry('2021年2月31日', zh).fault).toBe(zh.dateUnclear);
  expect(readDateEntry('6月底', zh).fault).toBe(zh.dateNeedsYear);
});

test('amounts are 亿元 unless a unit is written, to the yuan', () => {
  expect(readMoneyEntry('38.62', zh)).toEqual({ yuan: 3_862_000_000 });
  expect(readMoneyEntry('3200万元', zh)).toEqual({ yuan: 32_000_000 });
  expect(readMoneyEntry('约三亿', zh).fault).toBe(zh.moneyBad);
});

test('a form that nobody touched changes nothing', () => {
  const fields = {
    ...blankProject('西环线项目'),
    totalYuan: 2_136_000_001,
    finishPlanned: { day: '2021-12-31', precision: 'year' as const, text: '2021年底' },
    point: { crs: 'GCJ-02' as const, x: 113.1, y: 29.3 },
  };
  expect(readDraft(draftOf(fields, 1), zh)).toEqual({ fields, planYuan: null, faults: {} });
});

test('what cannot be read is named at its field', () => {
  const draft = draftOf(blankProject(' '), 1);
  draft.texts.totalYuan = '很多';
  draft.texts.lng = '113.1';
  expect(readDraft(draft, zh).faults).toEqual({ name: zh.nameRequired, totalYuan: zh.moneyBad, point: zh.required });
});

test("a person's changes are put on top of what somebody else saved meanwhile, and undo none of it", () => {
  const base = { ...blankProject('西环线项目'), remark: '旧', totalYuan: 100_000_000 };
  const draft = draftOf(base, 1);
  draft.texts.totalYuan = '2';
  draft.fields = { ...draft.fields, address: '君山区' };
  const newest = { ...base, remark: '他人改', leaderName: '市领导' };
  const now = rebased(draft, newest, 2, zh);
  expect(now.version).toBe(2);
  expect(readDraft(now, zh).fields).toEqual({ ...newest, totalYuan: 200_000_000, address: '君山区' });
});
