import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeFile } from '#core/server/files.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { signals } from '../contract.ts';

let city: TestCity;
let office: Caller;
let filer: Caller;
let unitId: string;
const id: Record<string, string> = {};

const draw = (shift: number) =>
  sharp(
    Buffer.from(
      `<svg width="640" height="480"><rect width="640" height="480" fill="#8ac"/>${Array.from(
        { length: 12 },
        (_, i) =>
          `<rect x="${(i * 97 + shift * 53) % 560}" y="${(i * 61 + shift * 29) % 400}" width="${80 + i * 9}" height="${60 + i * 5}" fill="rgb(${(i * 71) % 256},${(i * 37 + shift * 90) % 256},${(i * 113) % 256})"/>`,
      ).join('')}</svg>`,
    ),
  );

/** 甲 reports four equal months with the same words and a used photo; 乙 is honest. The clock is 26 September 2021. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office' });
  unitId = (await city.system((scope) => ensureUnit(scope, { name: '甲单位', kind: 'department' }))).id;
  filer = city.as({ role: 'filer', unitIds: [unitId] });
  for (const name of ['甲', '乙'])
    id[name] = (
      await office(projects).create({
        name,
        stage: 'building',
        ownerUnitId: name === '甲' ? unitId : null,
        startActual: { day: '2021-03-01', precision: 'day', text: null },
        point: { crs: 'WGS-84', x: 113.13, y: 29.37 },
        plan: { year: 2021, planYuan: 120_000_000, goal: null },
      })
    ).id;
  await city.system(async (scope) => {
    const photo = await storeFile(scope, new Uint8Array(await draw(0).jpeg().toBuffer()), '一.jpg');
    const worse = await storeFile(
      scope,
      new Uint8Array(await draw(0).resize(320, 240).jpeg({ quality: 60 }).toBuffer()),
      '二.jpg',
    );
    const fresh = await storeFile(scope, new Uint8Array(await draw(1).jpeg().toBuffer()), '三.jpg');
    const months = (
      name: string,
      yuan: (i: number) => number,
      words: (i: number) => string,
      files: (string | null)[],
    ) =>
      files.map((fileId, i) => {
        const period = `2021-0${i + 5}`;
        return {
          projectId: id[name]!,
          period,
          monthYuan: yuan(i),
          cumulativeYuan: Array.from({ length: i + 1 }, (_, j) => yuan(j)).reduce((a, b) => a + b, 0),
          submittedAt: new Date(`${period}-24T02:00:00Z`),
          submittedByName: '示例',
          acceptedAt: new Date(`${period}-25T02:00:00Z`),
          acceptedByName: '示例',
          content: {
            imageProgress: words(i),
            photos: fileId
              ? [{ fileId, name: 'x.jpg', takenAt: `${period}-20T02:00:00.000Z`, lat: 29.37, lon: 113.13 }]
              : [],
          },
        };
      });
    await insertAcceptedFilings(scope, [
      ...months(
        '甲',
        () => 9_333_333,
        () => '主体施工',
        [photo.id, null, null, worse.id],
      ),
      ...months(
        '乙',
        (i) => 8_100_000 + i * 1_234_567,
        (i) => `主体施工至 ${i + 2} 层`,
        [null, null, null, fresh.id],
      ),
    ]);
  });
  await city.settle();
});
afterAll(() => city.close());

test('what the figures say is found by the listener, explained in words, and an honest project says nothing', async () => {
  const board = await office(signals).board();
  expect(board.findings.map((f) => [f.projectName, f.code]).sort()).toEqual([
    ['甲', 'flatImage'],
    ['甲', 'linearAmounts'],
    ['甲', 'photoReused'],
  ]);
  expect(board.counts.find((c) => c.code === 'linearAmounts')).toEqual({
    code: 'linearAmounts',
    open: 1,
    explained: 0,
    settled: 0,
    projects: 1,
  });
  expect(board.findings.find((f) => f.code === 'linearAmounts')!.sentence.zh).toBe(
    '截至 2021-08 连续 4 个月都报 933.33 万元',
  );
  expect(board.findings.find((f) => f.code === 'photoReused')!.sentence.zh).toMatch(/^2021-08 的照片与 2021-05 的照片/);
  const { rows } = await city.system((scope) =>
    sql<{ text: string }>`select text from signals.finding_event where event = 'found'`.execute(scope.db),
  );
  expect(rows.map((row) => row.text)).toContain('截至 2021-08 连续 4 个月都报 933.33 万元');
  expect(JSON.stringify(board)).not.toMatch(/造假|虚报|fraud/);
});

test('the unit explains, somebody else settles; nobody settles his own explanation', async () => {
  const [finding] = await filer(signals).ofProject({ projectId: id.甲! });
  expect(finding!.allowed).toEqual(['explain']);
  await expect(filer(signals).explain({ id: finding!.id, explanation: '核实无误' })).rejects.toMatchObject({
    code: 'explanation_needed',
  });
  await expect(office(signals).settle({ id: finding!.id, note: '同意' })).rejects.toMatchObject({
    code: 'not_explained',
  });
  const explained = await filer(signals).explain({ id: finding!.id, explanation: '合同约定按月等额计量，附计量单' });
  expect(explained).toMatchObject({ state: 'explained', allowed: ['explain'] });
  await expect(filer(signals).settle({ id: finding!.id, note: '同意' })).rejects.toMatchObject({ status: 403 });
  const again = await office(signals).reopen({ id: finding!.id, note: '未附计量单' });
  expect(again).toMatchObject({ state: 'open', explanation: null });
  await office(signals).explain({ id: finding!.id, explanation: '办公室代为说明，已电话核实计量单' });
  await expect(office(signals).settle({ id: finding!.id, note: '同意' })).rejects.toMatchObject({
    code: 'own_explanation',
  });
  const inspector = city.as({ role: 'inspector' });
  expect(await inspector(signals).settle({ id: finding!.id, note: '计量单已看' })).toMatchObject({
    state: 'settled',
    settledNote: '计量单已看',
  });
});

test('a changed threshold is a new version, and what it no longer says ends and is kept', async () => {
  const { thresholds } = await office(signals).board();
  await office(signals).setThresholds({
    basedOn: 0,
    thresholds: { ...thresholds.thresholds, linearMonths: 6 },
    reason: '四个月等额在本市常见',
  });
  await expect(
    office(signals).setThresholds({ basedOn: 0, thresholds: thresholds.thresholds, reason: '再改' }),
  ).rejects.toMatchObject({ code: 'thresholds_changed' });
  await city.settle();
  expect((await office(signals).board()).findings.map((f) => f.code).sort()).toEqual(['flatImage', 'photoReused']);
  const ended = (await office(signals).ofProject({ projectId: id.甲! })).find((f) => f.code === 'linearAmounts');
  expect(ended).toMatchObject({ endedOn: '2021-09-26', allowed: [] });
  await expect(filer(signals).explain({ id: ended!.id, explanation: '这条已经不再成立了吧' })).rejects.toMatchObject({
    code: 'finding_ended',
  });
  expect((await office(signals).thresholdVersions()).map((v) => v.version)).toEqual([1, 0]);
});

test('another unit sees nothing of it', async () => {
  const other = await city.system((scope) => ensureUnit(scope, { name: '丙单位', kind: 'department' }));
  const stranger = city.as({ role: 'filer', unitIds: [other.id] });
  expect(await stranger(signals).board()).toMatchObject({ total: 0, findings: [] });
  await expect(stranger(signals).ofProject({ projectId: id.甲! })).rejects.toMatchObject({ status: 404 });
  const [finding] = await office(signals).ofProject({ projectId: id.甲! });
  await expect(
    stranger(signals).explain({ id: finding!.id, explanation: '我来替你们说明一下情况' }),
  ).rejects.toMatchObject({ status: 404 });
});
