import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '../contract.ts';

let city: TestCity;
let office: Caller;
let unit: Caller;
let county: string;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
  county = await city.system(async (scope) => (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id);
  unit = city.as({ role: 'responsibleUnit', name: '何立新', unitIds: [county] });
});
afterAll(() => city.close());

const date = (day: string) => ({ day, precision: 'day' as const, text: null });
async function projectWithNode() {
  const { id } = await office(projects).create({ name: '己内酰胺产业链', countyUnitId: county });
  const { milestones } = await office(projects).setMilestones({
    id,
    milestones: [{ name: '基础完工', due: date('2021-09-20'), actual: null }],
  });
  return { id, milestoneId: milestones[0]!.id };
}
const photo = async (who: Caller, name = '基础验收.png') =>
  (
    await who.upload(
      name,
      await sharp({ create: { width: 60, height: 40, channels: 3, background: '#456' } })
        .png()
        .toBuffer(),
    )
  ).id;

test('a node is marked as reached with a photograph and a note, and the register says who and when', async () => {
  const of = await projectWithNode();
  const reached = await unit(projects).reachMilestone({
    ...of,
    reachedOn: '2021-09-22',
    fileId: await photo(unit),
    note: '地基与基础分部验收合格',
  });
  expect(reached).toMatchObject({
    evidence: [{ fileName: '基础验收.png', isPicture: true, note: '地基与基础分部验收合格', actorName: '何立新' }],
    allowed: ['reach'],
  });
  const project = await office(projects).get({ id: of.id });
  expect(project.milestones[0]).toMatchObject({ due: { day: '2021-09-20' }, actual: { day: '2021-09-22' } });
  const { events } = await office(projects).history({ id: of.id });
  expect(events[0]).toMatchObject({
    kind: 'milestoneDone',
    reason: '地基与基础分部验收合格',
    document: '基础验收.png',
  });
  const [evidence] = reached.evidence;
  const small = await office(projects).evidenceFile({ id: of.id, evidenceId: evidence!.id, size: '160' });
  expect(small.type).toBe('image/webp');
});

test('more evidence may follow for the same day; another day is a correction with its reason elsewhere', async () => {
  const of = await projectWithNode();
  const fileId = await photo(unit);
  const reach = (reachedOn: string) => unit(projects).reachMilestone({ ...of, reachedOn, fileId, note: '验收记录' });
  await reach('2021-09-22');
  expect((await reach('2021-09-22')).evidence).toHaveLength(2);
  await expect(reach('2021-09-23')).rejects.toMatchObject({ status: 409, code: 'already_reached' });
});

test('without file or note, in the future, or with the file of somebody else nothing is marked', async () => {
  const of = await projectWithNode();
  const fileId = await photo(unit);
  const reach = (rest: { reachedOn?: string; fileId?: string; note?: string }, who = unit) =>
    who(projects).reachMilestone({ ...of, reachedOn: '2021-09-22', fileId, note: '验收记录', ...rest });
  await expect(reach({ note: ' ' })).rejects.toMatchObject({ status: 400, field: 'note' });
  await expect(reach({ fileId: '' })).rejects.toMatchObject({ status: 400, field: 'fileId' });
  await expect(reach({ reachedOn: '2021-09-27' })).rejects.toMatchObject({ code: 'in_the_future' });
  await expect(reach({}, office)).rejects.toMatchObject({ status: 404 });
  expect((await office(projects).get({ id: of.id })).milestones[0]!.actual).toBeNull();
});

test('a filer marks nodes through filings that are reviewed, not past them', async () => {
  const of = await projectWithNode();
  const filer = city.as({ role: 'filer', unitIds: [county] });
  expect((await filer(projects).milestoneEvidence({ id: of.id })).allowed).toEqual([]);
  const fileId = await photo(filer);
  const refused = filer(projects).reachMilestone({ ...of, reachedOn: '2021-09-22', fileId, note: '验收记录' });
  await expect(refused).rejects.toMatchObject({ status: 403 });
});
