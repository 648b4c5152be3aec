import { expect, test } from 'vitest';
import { defaultFormOf } from './default-forms.ts';
import { coversOf, dueRuleOf, specialOf } from './form.ts';
import { specialFrom, specialText } from './special-periods.ts';

const { due } = defaultFormOf('monthly');

test('January to February together, due on the 8th after, and July exempt, are read from what a person writes', () => {
  const special = specialFrom('monthly', { exempt: '07', combined: '01+02', dueDay: 8 }, due)!;
  expect(specialOf({ special }, '2024-01')?.exempt).toBe('并入 02 合并填报');
  expect(coversOf({ special }, '2024-02')).toEqual(['2024-01', '2024-02']);
  expect(dueRuleOf({ special, due }, '2024-02')).toMatchObject({ from: 'end', n: 8, roll: 'NONE' });
  expect(dueRuleOf({ special, due }, '2024-03')).toEqual(due);
  expect(specialOf({ special }, '2024-07')?.exempt).toBe('免报');
  expect(specialText(special)).toEqual({ exempt: '07', combined: '01+02', dueDay: 8 });
});

test('a period of another kind, or one named twice, is not understood', () => {
  expect(specialFrom('monthly', { exempt: 'Q1', combined: '', dueDay: 8 }, due)).toBeNull();
  expect(specialFrom('monthly', { exempt: '13', combined: '', dueDay: 8 }, due)).toBeNull();
  expect(specialFrom('monthly', { exempt: '01', combined: '01+02', dueDay: 8 }, due)).toBeNull();
  expect(specialFrom('monthly', { exempt: '', combined: '01', dueDay: 8 }, due)).toBeNull();
  expect(specialFrom('quarterly', { exempt: 'Q1', combined: '', dueDay: 8 }, due)).toHaveLength(1);
});
