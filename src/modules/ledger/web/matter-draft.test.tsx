import { expect, test } from 'vitest';
import { matterKinds } from '../kinds.ts';
import { MatterInput } from '../shapes.ts';
import {
  detailsOf,
  draftOf,
  emptyDraft,
  inputOfDraft,
  isVerifierInside,
  missingFields,
  withKind,
} from './matter-draft.ts';
import { lateMatter, unit } from './testing/matter.ts';

const today = '2021-09-26';

test('what is sent fits the contract for every kind, also while its own fields are still empty', () => {
  for (const kind of matterKinds) {
    const draft = { ...emptyDraft(kind, today), title: '完成施工面移交' };
    expect(MatterInput.safeParse(inputOfDraft(draft)).success, kind).toBe(true);
  }
});

test('names the fields that a kind cannot do without, and sends none of them half', () => {
  const draft = { ...emptyDraft('finding', today), fields: { foundOn: today, inspection: '燃气专项排查' } };
  expect(missingFields(draft)).toEqual(['objectName']);
  expect(detailsOf(draft)).toBeNull();
});

test('an amount typed in 万元 is sent in whole yuan', () => {
  const draft = emptyDraft('commitment', today);
  const details = detailsOf({ ...draft, fields: { ...draft.fields, promisedBy: '示例公司', amountWan: '1,260.5' } });
  expect(details).toMatchObject({ kind: 'commitment', amountYuan: 12_605_000 });
});

test('another card brings its usual source and rule, but leaves what was chosen by hand', () => {
  const draft = emptyDraft('problem', today);
  expect(withKind(draft, 'instruction')).toMatchObject({ sourceKind: 'leader', template: 'city-instruction' });
  const chosen = { ...draft, sourceKind: 'public' as const, template: 'suqian' };
  expect(withKind(chosen, 'instruction')).toMatchObject({ sourceKind: 'public', template: 'suqian' });
});

test('a draft that is opened and saved again is sent as it was', () => {
  const input = inputOfDraft(draftOf({ ...lateMatter, state: 'draft' }));
  expect(input).toMatchObject({
    title: lateMatter.title,
    body: lateMatter.body,
    leadUnitId: lateMatter.leadUnitId,
    coUnitIds: [unit.traffic.id, unit.land.id],
    verifierUnitId: unit.inspection.id,
    details: lateMatter.details,
    source: lateMatter.source,
    dueOn: lateMatter.dueCurrent,
  });
});

test('a verifier who leads or works along is seen before the server sees it', () => {
  const draft = { ...emptyDraft('task', today), lead: unit.economic, co: [unit.land], verifier: unit.land };
  expect(isVerifierInside(draft)).toBe(true);
  expect(isVerifierInside({ ...draft, verifier: unit.inspection })).toBe(false);
});
