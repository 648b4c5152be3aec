import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GateStage, gateStages, lifeStages, type PathCode } from './gates.ts';
import { type Life, stageOf } from './life.ts';
import { done, type Register, reconcile, settled } from './register.ts';

const blank: Register = {
  stage: 'reserve',
  stageDates: {},
  startActual: null,
  finishActual: null,
  enrolled: false,
  enrolledOn: null,
};
const none = (path: PathCode = 'government'): Life => ({ path, gates: {}, halt: null, end: null });
const day = (text: string) => ({ day: text, precision: 'day' as const });

test('a project entered as building stands at all gates before it, those without a day as implied', () => {
  const register: Register = {
    ...blank,
    stage: 'building',
    startActual: day('2019-11-18'),
    enrolled: true,
    enrolledOn: '2019-12-10',
  };
  expect(reconcile(register, none())).toEqual([
    { act: 'pass', stage: 'reserve', passed: { on: null, precision: 'day' }, isImplied: true },
    { act: 'pass', stage: 'preparation', passed: { on: null, precision: 'day' }, isImplied: true },
    { act: 'pass', stage: 'started', passed: { on: '2019-11-18', precision: 'day' }, isImplied: false },
    { act: 'pass', stage: 'enrolled', passed: { on: '2019-12-10', precision: 'day' }, isImplied: false },
    { act: 'pass', stage: 'building', passed: { on: null, precision: 'day' }, isImplied: false },
  ]);
});

test('a day that the register has corrected moves the gate', () => {
  const before = done(none(), reconcile({ ...blank, stage: 'started', startActual: day('2021-03-01') }, none()));
  const deeds = reconcile({ ...blank, stage: 'started', startActual: day('2021-03-05') }, before);
  expect(deeds).toEqual([{ act: 'amend', stage: 'started', passed: { on: '2021-03-05', precision: 'day' } }]);
});

test('an actual start that a filing brought carries the project past its gate', () => {
  const register: Register = { ...blank, stage: 'preparation', startActual: day('2021-09-01') };
  expect(settled(register, done(none(), reconcile(register, none()))).stage).toBe('started');
});

test('an import that sets the stage back takes the later gates back', () => {
  const before = done(none(), reconcile({ ...blank, stage: 'completed' }, none()));
  const deeds = reconcile({ ...blank, stage: 'building' }, before);
  expect(deeds).toEqual([{ act: 'revoke', stage: 'completed' }]);
});

test('a ledger that says 停建 makes a pause, and one that says 在建 ends it', () => {
  const building = done(none(), reconcile({ ...blank, stage: 'building' }, none()));
  const deeds = reconcile({ ...blank, stage: 'suspended', stageDates: { suspended: '2021-08-01' } }, building);
  expect(deeds).toEqual([{ act: 'halt', stage: 'suspended', on: '2021-08-01' }]);
  expect(reconcile({ ...blank, stage: 'building' }, done(building, deeds))).toEqual([
    { act: 'resume', stage: 'suspended' },
  ]);
});

const dayOf = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const registers = fc.record<Register>({
  stage: fc.constantFrom(...lifeStages),
  stageDates: fc.dictionary(fc.constantFrom(...lifeStages), dayOf, { maxKeys: 4 }),
  startActual: fc.option(dayOf.map(day)),
  finishActual: fc.option(dayOf.map(day)),
  enrolled: fc.boolean(),
  enrolledOn: fc.constant(null),
});
const lives = fc.record({
  path: fc.constantFrom<PathCode>('investment', 'government'),
  gates: fc.dictionary(
    fc.constantFrom<GateStage>(...gateStages),
    dayOf.map((on) => ({ on, precision: 'day' as const })),
    { maxKeys: 9 },
  ),
  halt: fc.constantFrom('suspended' as const, null),
  end: fc.constantFrom('terminated' as const, null),
}) as fc.Arbitrary<Life>;

test('after the deeds register and gates agree, whatever stood before: asking again gives none', () => {
  fc.assert(
    fc.property(registers, lives, (register, life) => {
      const after = done(life, reconcile(register, life));
      expect(reconcile({ ...register, ...settled(register, after) }, after)).toEqual([]);
      // Only an actual start or finish may carry a project past the stage that was entered, and enrolment one that has begun.
      const { stage, enrolled } = register;
      const meant = stage === 'started' && enrolled ? 'enrolled' : stage;
      if (!register.startActual && !register.finishActual) expect(stageOf(after)).toBe(meant);
    }),
  );
});
