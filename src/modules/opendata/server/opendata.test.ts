import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { opendata } from '../contract.ts';

let city: TestCity;
let office: Caller;
let id: string;
let itemId: string;

beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office' });
  const made = await office(projects).create({
    name: '中心医院',
    code: '2101-430600-04-01-123456',
    content: '床位 1,000 张',
    stage: 'building',
    startActual: { day: '2021-03-16', precision: 'day', text: null },
    totalYuan: 1_280_000_000,
    contactName: '张三',
    contactPhone: '13800000000',
    leaderName: '李四',
    plan: { year: 2021, planYuan: 120_000_000, goal: null },
  });
  id = made.id;
  itemId = (await office(projects).create({ name: '=地下停车场,一期', parentId: id })).id;
  await city.system((scope) =>
    insertAcceptedFilings(scope, [
      {
        projectId: itemId,
        period: '2021-08',
        monthYuan: 10_000_000,
        cumulativeYuan: 50_000_000,
        submittedAt: new Date('2021-08-24T08:00:00Z'),
        submittedByName: '示例',
        acceptedAt: new Date('2021-08-25T08:00:00Z'),
        acceptedByName: '示例',
        content: { imageProgress: '底板浇筑' },
      },
    ]),
  );
  await city.settle();
});
afterAll(() => city.close());

test('nobody without an account sees a project before it is published, then only what was marked', async () => {
  expect(await city.anyone(opendata).publicList({})).toMatchObject({ total: 0, projects: [] });
  await expect(city.anyone(opendata).publicProject({ id })).rejects.toMatchObject({ status: 404 });

  const state = await office(opendata).publish({ id, fields: ['total', 'start'], reason: '按信息公开安排' });
  expect(state).toMatchObject({ isPublic: true, fields: ['total', 'start'], allowed: ['publish', 'withdraw'] });
  const seen = await city.anyone(opendata).publicProject({ id });
  expect(seen).toMatchObject({
    name: '中心医院',
    total: 1_280_000_000,
    start: { planned: null, actual: '2021-03-16' },
  });
  expect(Object.keys(seen)).not.toContain('content');
  expect(JSON.stringify(seen)).not.toMatch(/张三|138|李四|2101-/);
});

test('what is shown changes with a reason, is withdrawn, and the history keeps both', async () => {
  await expect(office(opendata).publish({ id, fields: ['start', 'total'], reason: '再次' })).rejects.toMatchObject({
    code: 'nothing_changed',
  });
  await office(opendata).publish({ id, fields: ['total', 'content', 'done'], reason: '补充内容' });
  expect(await city.anyone(opendata).publicProject({ id })).toMatchObject({ content: '床位 1,000 张' });
  const state = await office(opendata).withdraw({ id, reason: '内容待核' });
  expect(state.events.map((e) => e.kind)).toEqual(['withdrawn', 'changed', 'published']);
  await expect(city.anyone(opendata).publicProject({ id })).rejects.toMatchObject({ status: 404 });
  await expect(office(opendata).withdraw({ id, reason: '再次' })).rejects.toMatchObject({ code: 'not_public' });
});

test('a filer may not publish, and a unit exports only what it may see', async () => {
  const filer = city.as({ role: 'filer', unitIds: [] });
  await expect(filer(opendata).publish({ id, fields: [], reason: '试试' })).rejects.toMatchObject({ status: 403 });
  await expect(filer(opendata).oc4idsProject({ id })).rejects.toMatchObject({ status: 404 });
  await expect(filer(opendata).dataset({ code: 'projects', format: 'csv' })).rejects.toMatchObject({ status: 403 });
});

test('a package goes out with its items, as one package of the standard', async () => {
  const file = JSON.parse(await (await office(opendata).oc4idsProject({ id })).text());
  expect(file).toMatchObject({ version: '0.9', uri: `urn:guatu:opendata:oc4ids:${id}` });
  expect(file.projects.map((p: { id: string }) => p.id)).toEqual(['oc4ids-xxxxxx-0001', 'oc4ids-xxxxxx-0002']);
  expect(file.projects[1]).toMatchObject({
    relatedProjects: [{ relationship: 'parent', identifier: 'oc4ids-xxxxxx-0001' }],
    metrics: [
      { id: 'financialProgress', observations: [{ id: '2021-08', value: { amount: 50_000_000, currency: 'CNY' } }] },
      { id: 'physicalProgress', observations: [{ id: '2021-08', measure: '底板浇筑' }] },
    ],
  });
  await office(opendata).setPrefix({ prefix: 'oc4ids-ab12cd' });
  const all = JSON.parse(await (await office(opendata).oc4idsAll()).text());
  expect(all.projects[0].id).toBe('oc4ids-ab12cd-0001');
});

test('every table goes out as CSV and Excel; a name that Excel would run as a formula does not run', async () => {
  const csv = await (await office(opendata).dataset({ code: 'projects', format: 'csv' })).text();
  expect(csv.split('\r\n')[0]).toContain('project_id,serial,name,code');
  expect(csv).toContain(`"'=地下停车场,一期"`);
  expect(csv).toContain('1280000000');
  for (const code of ['plans', 'milestones', 'gates', 'filings', 'funds', 'contracts', 'units'] as const) {
    const text = await (await office(opendata).dataset({ code, format: 'csv', year: 2021 })).text();
    expect(text.length, code).toBeGreaterThan(20);
    const book = await (await office(opendata).dataset({ code, format: 'xlsx', year: 2021 })).arrayBuffer();
    expect(book.byteLength, code).toBeGreaterThan(1_000);
  }
  const filed = await (await office(opendata).dataset({ code: 'filings', format: 'csv', year: 2021 })).text();
  expect(filed).toContain('2021-08,1,10000000,50000000');
  expect(await office(opendata).overview()).toMatchObject({ allProjects: 2, years: [2021] });
});
