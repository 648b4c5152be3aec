import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { calendar } from '../contract.ts';
import { calendarOf, deadlineFor } from './public.ts';

let city: TestCity;
beforeAll(async () => {
  city = await testCity();
});
afterAll(() => city?.close());

const office = () => city.as({ role: 'office', name: '刘敏' })(calendar);
const filer = () => city.as({ role: 'filer' })(calendar);

test('the shipped years are there with their notices, and what is not published is refused with what to do', async () => {
  const { years, allowed } = await office().years({});
  expect(years.map((y) => [y.year, y.notice, y.workCount])).toContainEqual([2021, '国办发明电〔2020〕27号', 7]);
  expect(allowed).toEqual(['publish']);
  await expect(office().year({ year: 2027 })).rejects.toMatchObject({ status: 422, code: 'CALENDAR_NOT_PUBLISHED' });
  expect((await filer().year({ year: 2021 })).allowed).toEqual([]);
  expect(await filer().dayKind({ day: '2021-09-26' })).toEqual({ kind: 'makeUp', name: '国庆节' });
  expect(await filer().dayKind({ day: '2030-01-01' })).toEqual({ kind: null, name: null });
});

test('a deadline shows how it was found; an unpublished year has none', async () => {
  const found = await filer().deadline({ start: '2021-08-31', code: 'filing-monthly-25' });
  expect(found).toMatchObject({ day: '2021-09-26', at: '2021-09-26T18:00:00+08:00' });
  expect(found.steps.map((s) => s.kind)).toEqual(['start', 'counted', 'moved']);
  const own = { unit: 'WORKDAY' as const, n: 3, roll: 'NONE' as const, atTime: '24:00' };
  await expect(filer().deadline({ start: '2027-02-04', rule: own })).rejects.toMatchObject({
    code: 'CALENDAR_NOT_PUBLISHED',
  });
  await expect(filer().deadline({ start: '2021-02-31', rule: own })).rejects.toMatchObject({ status: 400 });
  await expect(filer().deadline({ start: '2021-02-01', code: 'nothing' })).rejects.toMatchObject({ status: 404 });
});

test('an edited day is a new version with actor and reason; the old one stays, and deadlines follow', async () => {
  const before = await office().year({ year: 2021 });
  const after = await office().editDay({
    day: '2021-10-11',
    mark: 'off',
    name: '市庆日',
    reason: '市政府放假通知（示例）',
  });
  expect(after).toMatchObject({ version: 1, offCount: before.offCount + 1, workdays: before.workdays - 1 });
  expect(after.versions[0]).toMatchObject({
    actorName: '刘敏',
    reason: '市政府放假通知（示例）',
    changed: { from: 'plain', to: 'off' },
  });
  const back = await office().editDay({ day: '2021-10-11', mark: 'plain', reason: '撤回' });
  expect(back).toMatchObject({ version: 2, offCount: before.offCount });
  expect(back.versions).toHaveLength(2);
  await expect(office().editDay({ day: '2021-10-11', mark: 'plain', reason: '再撤回' })).rejects.toMatchObject({
    code: 'unchanged',
  });
});

test('a filer may look but not change, and a make-up day must fall on a weekend', async () => {
  await expect(
    filer().editDay({ day: '2021-10-12', mark: 'off', name: 'x', reason: 'no right' }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(
    office().editDay({ day: '2021-10-12', mark: 'work', name: '国庆节', reason: 'Tuesday' }),
  ).rejects.toMatchObject({ code: 'not_weekend' });
});

test('publishing 2027 makes its deadlines possible, and its notice may reach into December 2026', async () => {
  const days = [
    { day: '2026-12-31', mark: 'off' as const, name: '元旦' },
    { day: '2027-01-01', mark: 'off' as const, name: '元旦' },
  ];
  const publish = { year: 2027, notice: '示例通知〔2026〕1号', noticeDate: '2026-11-01', days, reason: '示例' };
  await expect(office().publishYear({ ...publish, days: [{ ...days[0]!, day: '2026-11-30' }] })).rejects.toMatchObject({
    code: 'wrong_year',
  });
  await office().publishYear(publish);
  const found = await city.system(async (scope) => [
    (await calendarOf(scope)).isWorkday('2026-12-31'),
    (
      await deadlineFor(
        scope,
        { code: 'x', unit: 'WORKDAY', n: 1, roll: 'NONE', atTime: '24:00', basis: '' },
        '2026-12-30',
      )
    ).day,
  ]);
  expect(found).toEqual([false, '2027-01-04']);
});
