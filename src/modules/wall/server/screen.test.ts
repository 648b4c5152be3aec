import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings, openCycle } from '#modules/filings/server/public.ts';
import { ensureUnit, insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { wall } from '../contract.ts';

const wan = (n: number) => n * 10_000;

let city: TestCity;
let leader: Caller;
let ofYunxi: Caller;
let counties: Map<string, string>;

beforeAll(async () => {
  city = await testCity();
  await city.system(async (scope) => {
    const made = await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    });
    counties = made.countyUnitIds;
    const post = await ensureUnit(scope, { name: '交通建设协调指挥部', kind: 'commandPost', validFrom: '2020-01-01' });
    const base = {
      commandUnitId: post.id,
      stage: 'building' as const,
      startActual: { day: '2021-01-05', precision: 'day' as const, text: null },
      totalYuan: wan(50_000),
      enrolled: true,
      enrolledOn: '2021-02-01',
    };
    const point = { crs: 'WGS-84' as const, x: 113.1, y: 29.4 };
    const [slow, fast] = await insertProjects(
      scope,
      [
        { ...base, name: '云溪慢项目', countyUnitId: counties.get('430603')!, point },
        { ...base, name: '平江快项目', countyUnitId: counties.get('430626')! },
      ],
      { kind: 'created' },
    );
    await setPlans(
      scope,
      [slow!, fast!].map(({ id }) => ({ projectId: id, year: 2021, planYuan: wan(10_000), goal: null, curve: null })),
    );
    await insertAcceptedFilings(
      scope,
      [
        { projectId: slow!.id, monthYuan: wan(2_000), cumulativeYuan: wan(2_000) },
        { projectId: fast!.id, monthYuan: wan(8_000), cumulativeYuan: wan(8_000) },
      ].map((row) => ({
        ...row,
        period: '2021-08',
        submittedAt: new Date('2021-08-24T02:00:00Z'),
        submittedByName: '赵琳',
        acceptedAt: new Date('2021-08-25T02:00:00Z'),
        acceptedByName: '刘敏',
      })),
    );
    await openCycle(scope, '2021-09');
  });
  await city.settle();
  leader = city.as({ role: 'leader' });
  ofYunxi = city.as({ role: 'responsibleUnit', unitIds: [counties.get('430603')!] });
});
afterAll(() => city.close());

describe('the screen', () => {
  test('shows the whole city to those who see it: figures, lights, attention, filings, the month under way', async () => {
    const screen = await leader(wall).screen();
    expect(screen.summary.total).toMatchObject({ projects: 2, planYuan: wan(20_000), doneYuan: wan(10_000) });
    expect(screen.attention.map((row) => [row.name, row.light])).toEqual([['云溪慢项目', 'late']]);
    expect(screen.points).toMatchObject([{ lng: 113.1, lat: 29.4, light: 'late' }]);
    expect(screen.latest.map((row) => row.projectName).sort()).toEqual(['云溪慢项目', '平江快项目'].sort());
    expect(screen.cycle).toMatchObject({ period: '2021-09', expected: 2, accepted: 0, missing: 2 });
    expect(screen.today).toBe('2021-09-26');
  });

  test('shows a county its own projects and nothing of another', async () => {
    const screen = await ofYunxi(wall).screen();
    expect(screen.summary.total).toMatchObject({ projects: 1, planYuan: wan(10_000), doneYuan: wan(2_000) });
    expect(screen.cycle).toMatchObject({ expected: 1 });
    expect(JSON.stringify(screen)).not.toContain('平江快项目');
  });

  test('is closed to filers and to the public', async () => {
    await expect(city.as({ role: 'filer', unitIds: [] })(wall).screen()).rejects.toMatchObject({ status: 403 });
    await expect(city.anyone(wall).screen()).rejects.toMatchObject({ status: 401 });
  });
});

describe('the map', () => {
  const square = [
    [113, 29],
    [113.5, 29],
    [113.5, 29.5],
    [113, 29.5],
    [113, 29],
  ];
  const geojson = (name: string) =>
    new TextEncoder().encode(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [square] } }],
      }),
    );

  test('is missing until somebody hangs one up, then carries its approval number and knows its county', async () => {
    expect(await leader(wall).boundary()).toBeNull();
    const office = city.as({ role: 'office' });
    const { id } = await office.upload('边界.json', geojson('云溪区'));
    await office(wall).setBoundary({
      fileId: id,
      system: 'WGS-84',
      source: '湖南省标准地图',
      approvalNo: '湘S(2021)001号',
    });
    expect(await leader(wall).boundary()).toMatchObject({
      approvalNo: '湘S(2021)001号',
      areas: [{ name: '云溪区', unitId: counties.get('430603') }],
    });
  });

  test('a newer one takes its place', async () => {
    const office = city.as({ role: 'office' });
    const { id } = await office.upload('新边界.json', geojson('平江县'));
    await office(wall).setBoundary({ fileId: id, system: 'GCJ-02', source: '天地图', approvalNo: null });
    expect(await leader(wall).boundary()).toMatchObject({ source: '天地图', areas: [{ name: '平江县' }] });
  });

  test('a file that is no map is refused with what is needed, and one may not use another’s upload', async () => {
    const office = city.as({ role: 'office' });
    const { id } = await office.upload('说明.txt', new TextEncoder().encode('不是地图'));
    const wrong = { fileId: id, system: 'WGS-84' as const, source: '某处', approvalNo: null };
    await expect(office(wall).setBoundary(wrong)).rejects.toMatchObject({ status: 422, code: 'boundary_unreadable' });
    await expect(city.as({ role: 'office' })(wall).setBoundary(wrong)).rejects.toMatchObject({ status: 404 });
    await expect(leader(wall).setBoundary(wrong)).rejects.toMatchObject({ status: 403 });
  });
});
