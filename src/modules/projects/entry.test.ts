import { expect, test } from 'vitest';
import { blankProject } from './blank-project.ts';
import { doubtsOf, faultsOf } from './entry.ts';

const today = '2021-09-26';
const date = (day: string, precision: 'day' | 'month' = 'day') => ({ day, precision, text: null });
const fields = (over: Partial<ReturnType<typeof blankProject>>) => ({ ...blankProject('西环线项目'), ...over });

test('a finish before the start is refused at the finish', () => {
  const faults = faultsOf(fields({ startPlanned: date('2021-06-30'), finishPlanned: date('2021-03-31') }), today);
  expect(faults.map((f) => [f.field, f.code])).toEqual([['finishPlanned', 'finish_before_start']]);
});

test('an actual start tomorrow is refused, this month as a whole is not', () => {
  expect(faultsOf(fields({ startActual: date('2021-09-27') }), today)).toHaveLength(1);
  expect(faultsOf(fields({ startActual: date('2021-09-30', 'month') }), today)).toEqual([]);
});

test('finished without having started asks for the start', () => {
  expect(faultsOf(fields({ finishActual: date('2021-08-01') }), today)[0]).toMatchObject({
    field: 'startActual',
    code: 'start_missing',
  });
});

test('done before this year above the total is a doubt, not a refusal', () => {
  const p = fields({ totalYuan: 100_000_000, doneBeforeYuan: 900_000_000 });
  expect(faultsOf(p, today)).toEqual([]);
  expect(doubtsOf(p).map((d) => d.code)).toEqual(['done_over_total']);
});

test('a region code without the shape of one is refused with what to do; a code of six digits is not', () => {
  expect(faultsOf(fields({ regionCode: '43060' }), today)).toMatchObject([
    { field: 'regionCode', code: 'code_shape', words: { zh: expect.stringContaining('请从区划表中选择') } },
  ]);
  expect(faultsOf(fields({ regionCode: '430602' }), today)).toEqual([]);
});
