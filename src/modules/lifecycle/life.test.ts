import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GateStage, gateStages, gates, type PathCode, paths } from './gates.ts';
import {
  earliestDay,
  furthest,
  type Life,
  missingBefore,
  moveFault,
  nextGates,
  restFault,
  revokeFault,
  stageOf,
  warningsOf,
} from './life.ts';

const today = '2021-09-26';
const life = (path: PathCode, passed: Partial<Record<GateStage, string | null>>, rest: Partial<Life> = {}): Life => ({
  path,
  gates: Object.fromEntries(Object.entries(passed).map(([stage, on]) => [stage, { on, precision: 'day' }])),
  halt: null,
  end: null,
  ...rest,
});
const all = (stage: GateStage) => gates[stage].documents.map((d) => ({ kind: d.code }));
const move = (of: Life, to: GateStage, on: string, documents = all(to)) => moveFault(of, { to, on, documents, today });

describe('an impossible jump names the gates that are missing', () => {
  test('from the reserve to the start: 签约、前期', () => {
    expect(move(life('investment', { reserve: '2020-01-01' }), 'started', today)).toMatchObject({
      code: 'gate_missing',
      missing: ['signed', 'preparation'],
      words: { zh: '不能直接办理开工，缺少关口：签约、前期' },
    });
  });
  test('a government project signs nothing: 前期', () => {
    expect(move(life('government', { reserve: null }), 'started', today)).toMatchObject({ missing: ['preparation'] });
    expect(move(life('government', { reserve: null }), 'signed', today)).toMatchObject({ code: 'not_on_path' });
  });
  test('from the start to production: 在建、竣工; enrolment is waited for by none', () => {
    const started = life('government', { reserve: null, preparation: null, started: '2021-01-01' });
    expect(move(started, 'producing', today)).toMatchObject({
      missing: ['building', 'completed'],
      words: { zh: expect.stringContaining('缺少关口：在建、竣工') },
    });
  });
  test('a gate is passed once', () => {
    expect(move(life('government', { reserve: null }), 'reserve', today)).toMatchObject({ code: 'already_passed' });
  });
});

describe('the day of a gate', () => {
  const prepared = life('government', { reserve: '2020-01-10', preparation: '2021-03-05' });
  test('is not before the gate in front of it', () => {
    expect(move(prepared, 'started', '2021-03-04')).toMatchObject({
      code: 'before_former_gate',
      field: 'on',
      words: { zh: '开工日期 2021-03-04 早于前期日期 2021-03-05，请核对' },
    });
    expect(move(prepared, 'started', '2021-03-05')).toBeNull();
  });
  test('does not lie ahead', () => {
    expect(move(prepared, 'started', '2021-09-27')).toMatchObject({ code: 'in_the_future', field: 'on' });
    expect(move(prepared, 'started', today)).toBeNull();
  });
  test('after a start known to the month may be any day of that month', () => {
    const of = life('government', { reserve: null, preparation: null });
    of.gates.started = { on: '2021-09-30', precision: 'month' };
    expect(move(of, 'building', '2021-09-01')).toBeNull();
    expect(move(of, 'building', '2021-08-31')).toMatchObject({ code: 'before_former_gate' });
  });
  test('of a gate that is made up for is not after the next one that stands', () => {
    const of = life('investment', { reserve: null, preparation: '2021-03-05' });
    expect(move(of, 'signed', '2021-03-06')).toMatchObject({
      code: 'after_later_gate',
      words: { zh: '签约日期 2021-03-06 晚于前期日期 2021-03-05，请核对' },
    });
    expect(move(of, 'signed', '2021-03-05')).toBeNull();
  });
  test.each([
    ['month', '2021-06-30', '2021-06-01'],
    ['quarter', '2021-06-30', '2021-04-01'],
    ['half', '2021-12-31', '2021-07-01'],
    ['year', '2021-12-31', '2021-01-01'],
  ] as const)('known to the %s begins at %s → %s', (precision, on, first) => {
    expect(earliestDay({ on, precision })).toBe(first);
  });
});

describe('enrolment stands beside the path', () => {
  const building = life('government', {
    reserve: null,
    preparation: null,
    started: '2021-03-01',
    building: '2021-04-01',
  });
  test('it may follow the start at any time, also after the main works', () => {
    expect(move(building, 'enrolled', '2021-03-02')).toBeNull();
    expect(move(building, 'enrolled', '2021-09-01')).toBeNull();
    expect(move(building, 'enrolled', '2021-02-28')).toMatchObject({ code: 'before_former_gate' });
    expect(nextGates(building)).toEqual(['enrolled', 'completed']);
  });
  test('before the start there is nothing to enrol', () => {
    expect(missingBefore(life('government', { reserve: null }), 'enrolled')).toEqual(['preparation', 'started']);
  });
  test('a completed project that is not enrolled is warned of, unless it is under 5 million yuan', () => {
    expect(move(building, 'completed', today)).toBeNull();
    expect(warningsOf(building, 'completed', 80_000_000)).toMatchObject([
      { zh: expect.stringContaining('入统关口尚未办理') },
    ]);
    expect(warningsOf(building, 'completed', 4_999_999)).toEqual([]);
    expect(
      warningsOf(
        { ...building, gates: { ...building.gates, enrolled: { on: null, precision: 'day' } } },
        'completed',
        null,
      ),
    ).toEqual([]);
  });
  test('the stage stays the furthest of the path', () => {
    expect(stageOf({ ...building, gates: { ...building.gates, enrolled: { on: today, precision: 'day' } } })).toBe(
      'building',
    );
    expect(stageOf(life('government', { started: null, enrolled: null }))).toBe('enrolled');
  });
});

test('documents that are compulsory and missing are named', () => {
  const started = life('government', { reserve: null, preparation: null, started: null });
  expect(move(started, 'enrolled', today, [{ kind: 'content' }, { kind: 'photo' }])).toMatchObject({
    code: 'documents_missing',
    missing: ['approval', 'contract'],
    words: { zh: '缺少资料：② 审批、核准或备案文件、③ 施工合同' },
  });
});

describe('resting and ending', () => {
  const started = life('government', { reserve: null, preparation: null, started: '2021-03-01' });
  test('a paused project passes no gate until it resumes', () => {
    expect(move({ ...started, halt: 'suspended' }, 'building', today)).toMatchObject({
      code: 'paused',
      words: { zh: '项目停建中，请先办理复工' },
    });
    expect(nextGates({ ...started, halt: 'delayed' })).toEqual([]);
  });
  test('what has begun is terminated, what has not is withdrawn', () => {
    expect(restFault(started, 'withdrawn', today, today)).toMatchObject({ code: 'already_started' });
    expect(restFault(started, 'terminated', today, today)).toBeNull();
    expect(restFault(life('government', { reserve: null }), 'withdrawn', today, today)).toBeNull();
  });
  test('a completed project neither rests nor ends', () => {
    const completed = life('government', { started: null, completed: null });
    expect(restFault(completed, 'suspended', today, today)).toMatchObject({ code: 'already_completed' });
  });
  test('a pause does not begin before the start', () => {
    expect(restFault(started, 'suspended', '2021-02-28', today)).toMatchObject({ code: 'before_former_gate' });
  });
});

test('a gate is taken back from the end only, naming those that stand after it', () => {
  const of = life('government', { reserve: null, preparation: null, started: null, enrolled: null, building: null });
  expect(revokeFault(of, 'started')).toMatchObject({ missing: ['enrolled', 'building'] });
  expect(revokeFault(of, 'enrolled')).toBeNull();
  expect(revokeFault(of, 'building')).toBeNull();
  expect(revokeFault(of, 'completed')).toMatchObject({ code: 'not_passed' });
  expect(revokeFault(of, 'reserve')).toMatchObject({ code: 'first_gate' });
});

describe('whatever order gates are tried in', () => {
  const tries = fc.array(fc.constantFrom(...gateStages), { maxLength: 30 });
  test('a gate stands only when every gate of its path that it waits for stands', () => {
    fc.assert(
      fc.property(fc.constantFrom<PathCode>('investment', 'government'), tries, (path, order) => {
        let of = life(path, { reserve: '2020-01-01' });
        for (const to of order)
          if (move(of, to, '2021-01-01') === null)
            of = { ...of, gates: { ...of.gates, [to]: { on: '2021-01-01', precision: 'day' } } };
        for (const stage of gateStages) if (of.gates[stage]) expect(missingBefore(of, stage)).toEqual([]);
        expect(stageOf(of)).toBe(furthest(of));
      }),
    );
  });
  test('the gates offered next are exactly those of the path that are not refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PathCode>('investment', 'government'),
        fc.subarray([...gateStages]),
        (path, passed) => {
          const of = life(path, Object.fromEntries(passed.map((s) => [s, null])));
          const open = paths[path].stages.filter((to) => move(of, to, today) === null);
          expect(nextGates(of)).toEqual(open);
        },
      ),
    );
  });
});
