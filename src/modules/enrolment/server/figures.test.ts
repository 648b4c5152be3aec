import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { cellText } from '#core/shared/sheet.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { enrolment } from '../contract.ts';

// 统计口径 beside 调度口径, through the real endpoints.

const wan = (n: number) => n * 10_000;

let city: TestCity;
let office: Caller;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city?.close());

const newProject = (name: string, more: Record<string, unknown> = {}) =>
  office(projects).create({
    name,
    stage: 'building',
    startActual: { day: '2021-07-17', precision: 'day', text: null },
    totalYuan: wan(32_800),
    ...more,
  });

const file = (projectId: string, yuan: number) =>
  city.system((scope) =>
    insertAcceptedFilings(scope, [
      {
        projectId,
        period: '2021-08',
        monthYuan: yuan,
        cumulativeYuan: yuan,
        submittedAt: new Date('2021-08-24T02:00:00Z'),
        submittedByName: '填报员',
        acceptedAt: new Date('2021-08-25T02:00:00Z'),
        acceptedByName: '刘敏',
        content: {},
      },
    ]),
  );
const listOf = (rows: (string | number | null)[][]) =>
  writeWorkbook([
    {
      sheet: '名单',
      title: '2021年8月固定资产投资入库项目（示例）',
      note: '单位：万元',
      columns: [{ header: '序号' }, { header: '项目名称' }, { header: '项目代码' }, { header: '本年累计完成投资' }],
      rows,
    },
  ]);

test('two figures stand side by side with their source; a corrected list keeps the old figure; a large gap asks for its cause', async () => {
  const { id: projectId } = await newProject('对照项目', { enrolled: true, enrolledOn: '2021-07-30' });
  await file(projectId, wan(5_000));
  const value = (yuan: number, document: string) =>
    office(enrolment).setValue({ projectId, period: '2021-08', yuan, document, issuedOn: '2021-09-10' });
  await value(wan(3_900), '8 月名单');
  const { months } = await value(wan(4_000), '8 月名单（更正）');
  expect(months).toEqual(
    [
      {
        projectId,
        period: '2021-08',
        statisticsYuan: wan(4_000),
        dispatchYuan: wan(5_000),
        gapYuan: wan(1_000),
        needsExplanation: true,
        explanation: null,
        source: { document: '8 月名单（更正）', issuedOn: '2021-09-10', file: null },
      },
    ].map(({ projectId: _, ...month }) => month),
  );
  const { rows } = await city.system((scope) =>
    sql<{
      yuan: number;
    }>`select yuan from enrolment.office_value where project_id = ${projectId} order by seq`.execute(scope.db),
  );
  expect(rows.map((row) => row.yuan)).toEqual([wan(3_900), wan(4_000)]);

  const before = await office(enrolment).gaps({ period: '2021-08' });
  expect(before.unexplained).toBe(1);
  await expect(
    office(enrolment).explainGap({ projectId, period: '2021-08', cause: 'method', text: '核实无误，核实无误' }),
  ).rejects.toMatchObject({ code: 'explanation_empty', field: 'text' });
  await office(enrolment).explainGap({
    projectId,
    period: '2021-08',
    cause: 'method',
    text: '设备已安装未付款，统计按财务支付计',
  });
  const after = await office(enrolment).gaps({});
  expect(after).toMatchObject({
    period: '2021-08',
    unexplained: 0,
    both: { projects: 1, statisticsYuan: wan(4_000) },
  });
  expect(after.rows[0]).toMatchObject({ explanation: { cause: 'method', actorName: '刘敏' } });
});

test('a month without both has nothing to explain', async () => {
  const { id: projectId } = await newProject('单边项目');
  await file(projectId, wan(100));
  await expect(
    office(enrolment).explainGap({
      projectId,
      period: '2021-08',
      cause: 'other',
      text: '统计部门没有公布这个月的数',
    }),
  ).rejects.toMatchObject({ code: 'no_gap' });
});

test('a list of the statistics office is previewed without a trace, then taken over from the file itself', async () => {
  const a = await newProject('城陵矶码头（一期）', { code: '2103-430602-55-01-777777' });
  const b = await newProject('君山大道');
  const upload = await office.upload(
    '名单.xlsx',
    await listOf([
      [null, '合计', null, 9_999],
      [1, '码头', '2103-430602-55-01-777777', 1_234.5],
      [2, '君山 大道', null, 800],
      [3, '查无此项目', null, 10],
    ]),
  );
  const input = { fileId: upload.id, period: '2021-07' };
  const preview = await office(enrolment).readList(input);
  expect(preview.unit).toBe('万元');
  expect(preview.lines.map((l) => [l.name, l.yuan, l.match?.name ?? null, l.match?.by ?? null])).toEqual([
    ['码头', 12_345_000, '城陵矶码头（一期）', 'code'],
    ['君山 大道', wan(800), '君山大道', 'alike'],
    ['查无此项目', wan(10), null, null],
  ]);
  expect((await office(enrolment).gaps({ period: '2021-07' })).rows).toEqual([]);

  const lines = preview.lines.flatMap((l) => (l.match ? [{ row: l.row, projectId: l.match.projectId }] : []));
  const accept = (enrolMissing: boolean) =>
    office(enrolment).acceptList({ ...input, document: '7 月名单', issuedOn: '2021-08-10', lines, enrolMissing });
  expect(await accept(true)).toEqual({ written: 2, unchanged: 0, enrolled: 2 });
  expect(await accept(true)).toEqual({ written: 0, unchanged: 2, enrolled: 0 });
  expect(await office(projects).get({ id: b.id })).toMatchObject({ enrolled: true, enrolledOn: '2021-08-10' });
  const kept = await office(enrolment).gaps({ period: '2021-07' });
  expect(kept.rows.find((r) => r.projectId === a.id)).toMatchObject({
    statisticsYuan: 12_345_000,
    source: { document: '7 月名单', file: { name: '名单.xlsx' } },
  });
  await expect(
    office(enrolment).acceptList({
      ...input,
      document: '7 月名单',
      issuedOn: '2021-08-10',
      lines: [lines[0]!, { ...lines[1]!, projectId: lines[0]!.projectId }],
      enrolMissing: false,
    }),
  ).rejects.toMatchObject({ code: 'project_twice' });
});

test('both tables leave as an Excel table that says that it is no statistical return', async () => {
  const blob = await office(enrolment).exportOverview({ period: '2021-08' });
  const { sheets } = await readWorkbook(new Uint8Array(await blob.arrayBuffer()));
  expect(sheets.map((s) => s.name)).toEqual(['已开工未入统', '口径对照']);
  for (const sheet of sheets) {
    const words = sheet.rows.flat().map(cellText).join(' ');
    expect(words).toContain('不是统计报表');
  }
  expect(sheets[1]!.rows.flat().map(cellText)).toContain('对照项目');
});
