import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { oc4idsPackage, oc4idsProject, type ProjectFacts, placeholderPrefix } from './oc4ids.ts';
import { sectorsOf } from './sector.ts';

const hospital: ProjectFacts = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  serial: 17,
  name: '示例中心医院',
  code: '2101-430600-04-01-123456',
  content: '新建门诊、住院、医技楼，床位 1,000 张',
  nature: '新建',
  industry: '8411',
  stage: 'building',
  parentId: null,
  parentName: null,
  children: [{ id: 'c', name: '地下停车场' }],
  totalYuan: 1_280_000_000,
  regionCode: '430602',
  regionName: '岳阳楼区',
  address: '示例路 1 号',
  lng: 113.13,
  lat: 29.37,
  startPlanned: '2021-03-31',
  startActual: '2021-03-16',
  finishPlanned: '2023-06-30',
  finishActual: null,
  ownerId: 'u1',
  ownerName: '示例卫生健康委',
  leadId: 'u2',
  leadName: '示例建设集团',
  reached: { reserve: '2019-05-10', preparation: '2020-02-01', started: '2021-03-16' },
  revisions: [
    { id: 'r1', yuan: 1_200_000_000, decidedOn: '2020-06-01', document: '示例〔2020〕1号' },
    { id: 'r2', yuan: 1_280_000_000, decidedOn: '2021-06-01', document: '示例〔2021〕8号' },
  ],
  plans: [{ year: 2021, yuan: 120_000_000, curve: Array.from({ length: 12 }, (_, i) => (i + 1) * 10_000_000) }],
  sources: [{ year: 2021, source: 'bond', label: '地方政府专项债券', plannedYuan: 60_000_000 }],
  milestones: [
    { id: 'm1', name: '基础完工', dueOn: '2021-08-31', doneOn: null },
    { id: 'm2', name: '结构封顶', dueOn: '2022-03-31', doneOn: null },
  ],
  months: [
    { period: '2021-07', cumulativeYuan: 60_000_000, imageProgress: '基础施工' },
    { period: '2021-08', cumulativeYuan: 74_400_000, imageProgress: null },
  ],
  arrivals: [{ period: '2021-08', yuan: 30_000_000 }],
  contracts: [
    {
      id: 'c1',
      title: '施工总承包',
      code: 'SG-01',
      nature: 'construction',
      method: 'open',
      tenderedOn: '2020-12-01',
      tenderers: 5,
      estimateYuan: 900_000_000,
      supplierName: '示例建工',
      supplierCode: '91350100M000100Y43',
      signedOn: '2021-02-01',
      valueYuan: 880_000_000,
      currentYuan: 900_000_000,
      startsOn: '2021-03-01',
      endsOn: '2023-06-30',
      status: 'active',
      modifications: [
        {
          id: 'x1',
          kind: 'value',
          onDay: '2021-07-01',
          deltaYuan: 20_000_000,
          oldEnd: null,
          newEnd: null,
          rationale: '增加人防工程',
        },
        {
          id: 'x2',
          kind: 'duration',
          onDay: '2021-08-01',
          deltaYuan: null,
          oldEnd: '2023-06-30',
          newEnd: '2023-09-30',
          rationale: '雨季停工',
        },
      ],
      payments: [{ id: 'p1', onDay: '2021-08-20', yuan: 25_000_000 }],
    },
  ],
  changedAt: new Date('2021-09-26T01:00:00Z'),
  demo: true,
};
const bare: ProjectFacts = {
  ...hospital,
  serial: 18,
  code: null,
  content: null,
  nature: null,
  industry: null,
  stage: 'reserve',
  children: [],
  totalYuan: null,
  regionCode: null,
  regionName: null,
  address: null,
  lng: null,
  lat: null,
  startPlanned: null,
  startActual: null,
  finishPlanned: null,
  ownerId: null,
  ownerName: null,
  leadId: null,
  leadName: null,
  reached: {},
  revisions: [],
  plans: [],
  sources: [],
  milestones: [],
  months: [],
  arrivals: [],
  contracts: [],
};
const options = { prefix: placeholderPrefix, day: '2021-09-26', serialOf: (id: string) => (id === 'c' ? 19 : 17) };
const item: ProjectFacts = { ...bare, serial: 19, parentId: hospital.id, parentName: hospital.name };
const published = oc4idsPackage(
  [hospital, item, bare].map((facts) => oc4idsProject(facts, options)),
  {
    uri: 'https://guatu.example/api/opendata/oc4ids',
    publishedDate: new Date('2021-09-26T02:00:00Z'),
    publisher: '示例市重点项目建设总指挥部',
  },
);

// The official schemas lie beside the checkout where the project is built; a clone alone checks the mapping by the tests below.
const schemas = new URL('../../../../shared/data/oc4ids/', import.meta.url);
describe.skipIf(!existsSync(schemas))('the official schema 0.9.5 (skipped: ../shared is not there)', () => {
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, schemas), 'utf8'));
  const require = createRequire(import.meta.url);
  const Ajv = require('ajv-draft-04').default;
  const ajv = new Ajv({ allErrors: true, strict: false });
  require('ajv-formats').default(ajv);
  const project = read('project-schema.json');
  ajv.addSchema(project, 'https://standard.open-contracting.org/infrastructure/schema/0__9__5/project-schema.json');
  const validate = ajv.compile(read('project-package-schema.json'));

  test('accepts its own example, so the check is one', () => {
    expect(validate(read('example.json')), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...published, projects: [{ ...published.projects[0], status: 'unknown' }] })).toBe(false);
  });
  test('accepts a whole project, an item of a package and one of which nearly nothing is known', () => {
    expect(validate(JSON.parse(JSON.stringify(published))), JSON.stringify(validate.errors, null, 1)).toBe(true);
  });
  test('the mapping uses no field that the standard does not have', () => {
    const unknown = Object.keys(published.projects[0]!).filter((key) => !(key in project.properties));
    expect(unknown).toEqual([]);
  });
});

test('status, sector, ids and what is late follow the mapping', () => {
  const one = published.projects[0] as Record<string, never>;
  expect(one).toMatchObject({
    id: 'oc4ids-xxxxxx-0017',
    status: 'implementation',
    type: 'construction',
    sector: ['health'],
    identifiers: [{ scheme: 'GB/T 40058', id: '2101-430600-04-01-123456' }],
    budget: { amount: { amount: 1_280_000_000, currency: 'CNY' }, approvalDate: '2020-06-01T00:00:00+08:00' },
    relatedProjects: [{ relationship: 'child', identifier: 'oc4ids-xxxxxx-0019' }],
  });
  expect((one.milestones as unknown as { status: string }[]).map((m) => m.status)).toEqual(['notMet', 'scheduled']);
  expect(one.title).toBe('示例中心医院（示例）');
});

test('a changed contract keeps its first value, the change and what it is now', () => {
  const { contractingProcesses } = published.projects[0] as unknown as {
    contractingProcesses: { summary: Record<string, unknown> }[];
  };
  expect(contractingProcesses[0]!.summary).toMatchObject({
    contractValue: { amount: 880_000_000 },
    modifications: [
      { type: 'value', oldContractValue: { amount: 880_000_000 }, newContractValue: { amount: 900_000_000 } },
      { type: 'duration', newContractPeriod: { endDate: '2023-09-30T00:00:00+08:00' } },
    ],
    transactions: [{ value: { amount: 25_000_000, currency: 'CNY' }, payee: { name: '示例建工' } }],
  });
});

test('what is not known is left out, not written as empty', () => {
  const text = JSON.stringify(published.projects[2]);
  expect(text).not.toMatch(/null|""|\[\]|\{\}/);
  expect(published.projects[2]).toMatchObject({ id: 'oc4ids-xxxxxx-0018', status: 'identification' });
});

test('sectors by what is built, not by who owns it', () => {
  expect(sectorsOf('7810')).toEqual(['waterAndWaste']);
  expect(sectorsOf('7090')).toEqual(['socialHousing']);
  expect(sectorsOf('C2631')).toEqual(['economy']);
  expect(sectorsOf('5443')).toEqual(['transport', 'transport.road']);
  expect(sectorsOf(null)).toEqual([]);
});
