import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '#core/server/testing/test-city.ts';
import { ledger } from '../contract.ts';
import { type SmallLedger, smallLedger } from './testing/small-ledger.ts';

let small: SmallLedger;
const picture = (size: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="9" height="${size}"/></svg>`;

beforeAll(async () => {
  small = await smallLedger('2021-09-22');
});
afterAll(() => small.city.close());

/** Claimed ones of the roads bureau. */
async function claimed(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i++) {
    const id = await small.issue({ title: `路面病害整治 ${i}`, dueOn: '2021-12-31' });
    await small.claim(id);
    made.push(id);
  }
  return made;
}

const stateOf = async (id: string) => (await small.office(ledger).matter({ id })).state;

async function judgeDrawn(by: Caller, id: string): Promise<void> {
  const { members } = await by(ledger).sample({ id });
  for (const { matterId } of members.filter((member) => member.isDrawn))
    await by(ledger).judgeSample({ id, matterId, result: 'passed', method: 'onSite', note: '现场查看属实' });
}

it('draws, verifies the drawn ones one by one, and then strikes off the rest in the same hand', async () => {
  const ids = await claimed(6);
  const { inspector, office, roads, stranger } = small;
  const { id } = await inspector(ledger).drawSample({ ids, k: 2, seed: '2021-09-22#city' });
  const sample = await inspector(ledger).sample({ id });
  expect(sample.population).toBe(6);
  expect(sample.members.filter((member) => member.isDrawn)).toHaveLength(2);
  expect(sample.members.map((member) => member.hash)).toEqual(sample.members.map((member) => member.hash).sort());
  expect(sample.allowed).toEqual(['judge']);
  await expect(inspector(ledger).closeSample({ id, note: '抽查合格' })).rejects.toMatchObject({
    code: 'not_all_judged',
  });
  await expect(inspector(ledger).drawSample({ ids, k: 2, seed: 'again' })).rejects.toMatchObject({
    code: 'in_another_sample',
  });
  await expect(stranger(ledger).sample({ id })).rejects.toMatchObject({ status: 404 });
  await expect(roads(ledger).sample({ id })).rejects.toMatchObject({ status: 403 });
  await judgeDrawn(inspector, id);
  expect((await office(ledger).sample({ id })).allowed).toEqual([]);
  await expect(office(ledger).closeSample({ id, note: '抽查合格' })).rejects.toMatchObject({ code: 'another_drew' });
  expect(await inspector(ledger).closeSample({ id, note: '抽查合格' })).toEqual({ closed: 4, left: 0 });
  for (const one of ids) {
    const view = await office(ledger).matter({ id: one });
    expect(view.state).toBe('closed');
    expect(view.verifications.at(-1)).toMatchObject({ result: 'passed', verifierName: '督查' });
  }
  const rest = sample.members.find((member) => !member.isDrawn)!;
  expect((await office(ledger).matter({ id: rest.matterId })).verifications[0]!.method).toBe('sample');
  expect((await inspector(ledger).samples({}))[0]).toMatchObject({
    id,
    state: 'passed',
    population: 6,
    drawn: 2,
    judged: 2,
  });
});

it('returns the one that fails, ends the draw with it, and leaves the rest to be verified singly', async () => {
  const ids = await claimed(4);
  const { inspector } = small;
  const { id } = await inspector(ledger).drawSample({ ids, k: 2, seed: 'fail' });
  const [first] = (await inspector(ledger).sample({ id })).members;
  await inspector(ledger).judgeSample({
    id,
    matterId: first!.matterId,
    result: 'failed',
    method: 'onSite',
    note: '现场没有修',
  });
  expect(await stateOf(first!.matterId)).toBe('returned');
  expect((await inspector(ledger).sample({ id })).state).toBe('failed');
  await expect(inspector(ledger).closeSample({ id, note: '抽查合格' })).rejects.toMatchObject({ code: 'sample_over' });
  const rest = ids.filter((one) => one !== first!.matterId);
  for (const one of rest) expect(await stateOf(one)).toBe('claimed');
  await inspector(ledger).verify({ id: rest[0]!, result: 'passed', method: 'onSite', note: '逐件复核属实' });
  expect(await stateOf(rest[0]!)).toBe('closed');
});

it('turns what was fixed on the spot into an assigned matter when it fails', async () => {
  const { inspector, roads, units } = small;
  const ids: string[] = [];
  for (let i = 0; i < 2; i++) {
    const before = await roads.upload(`前${i}.png`, await png(i));
    const after = await roads.upload(`后${i}.png`, await png(i + 10));
    const { id } = await roads(ledger).recordOnSpot({
      kind: 'problem',
      title: `围挡破损 ${i}`,
      source: { kind: 'site' },
      leadUnitId: units.roads,
      measures: '当场更换',
      evidence: [
        { kind: 'photoBefore', fileId: before.id },
        { kind: 'photoAfter', fileId: after.id },
      ],
    });
    ids.push(id);
  }
  expect((await inspector(ledger).board({})).onSpot).toMatchObject({ raised: 2, closed: 0 });
  const { id } = await inspector(ledger).drawSample({ ids, k: 1, seed: 'spot' });
  const [drawn] = (await inspector(ledger).sample({ id })).members;
  await inspector(ledger).judgeSample({
    id,
    matterId: drawn!.matterId,
    result: 'failed',
    method: 'photo',
    note: '前后照片不是一处',
  });
  const view = await small.office(ledger).matter({ id: drawn!.matterId });
  expect([view.track, view.state]).toEqual(['assigned', 'returned']);
  expect((await inspector(ledger).board({})).onSpot.raised).toBe(1);
});

it('does not draw what is not claimed, everything, or what the drawer worked on', async () => {
  const [one, two] = await claimed(2);
  const open = await small.issue({ title: '还在办的事项', dueOn: '2021-12-31' });
  const draw = (by: Caller, ids: string[], k = 1) => by(ledger).drawSample({ ids, k, seed: 's' });
  await expect(draw(small.inspector, [one!, two!, open])).rejects.toMatchObject({ code: 'not_claimed' });
  await expect(draw(small.inspector, [one!, two!], 2)).rejects.toMatchObject({ code: 'not_a_sample' });
  await expect(draw(small.stranger, [one!, two!])).rejects.toMatchObject({ status: 404 });
  const inside = small.city.as({ role: 'office', name: '自己人', unitIds: [small.units.roads] });
  await expect(draw(inside, [one!, two!])).rejects.toMatchObject({ code: 'verifier_inside' });
});

const png = async (n: number) => {
  const { default: sharp } = await import('sharp');
  return new Uint8Array(
    await sharp(new TextEncoder().encode(picture(20 + n)))
      .png()
      .toBuffer(),
  );
};
