import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { calendar } from '#modules/calendar/contract.ts';
import { emptyContent } from '../content.ts';
import { filings } from '../contract.ts';
import { openCurrentCycles, recomputeProvisional } from './cycles.ts';
import { openCycle } from './public.ts';
import { onePixel, type Story, statement, tellStory, wan } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await tellStory();
});
afterAll(() => story.city.close());

const office = () => story.office(filings);
const formOf = async (kind: string) => (await office().forms({})).forms.find((f) => f.kind === kind)!.versions[0]!;

test('weeks, half months and quarters are opened with their due moment by the rule of their form', async () => {
  const projectId = await story.hospital('外环快速路');
  const due = async (period: string) => (await office().openCycle({ period })).dueAt;
  // The Monday after the week is 27 September; the half month’s 17th is a Friday; 10 October 2021 is a Sunday, the 11th is worked.
  expect(await due('2021-W38')).toBe('2021-09-27T04:00:00.000Z');
  expect(await due('2021-09-H1')).toBe('2021-09-17T10:00:00.000Z');
  expect(await due('2021-Q3')).toBe('2021-10-11T10:00:00.000Z');
  // The 25th is a holiday Saturday’s make-up week: the month as before.
  expect((await office().cycles({})).map((c) => [c.period, c.form?.title])).toContainEqual([
    '2021-09',
    '重点项目月度调度表',
  ]);
  await expect(office().openCycle({ period: '2021-W53' })).rejects.toMatchObject({ code: 'no_such_period' });
  const mine = await story.filer(filings).mineOpen({});
  expect(mine.map((g) => g.cycle.period)).toEqual(['2021-09-H1', '2021-09', '2021-W38', '2021-Q3']);
  expect(mine.every((g) => g.filings.some((f) => f.projectId === projectId))).toBe(true);
});

test('a week carries no money: none is asked, none is stored, and none reaches the views that count', async () => {
  const projectId = await story.hospital('绕城管廊');
  await office().openCycle({ period: '2021-W38' });
  const find = () => story.filer(filings).find({ projectId, period: '2021-W38' });
  const opened = await find();
  expect(opened.form.fields).not.toContain('monthYuan');
  await expect(
    story.filer(filings).submit({ id: opened.id, draftVersion: 0, content: { ...emptyContent, imageProgress: '' } }),
  ).rejects.toMatchObject({ code: 'hits_block', field: 'imageProgress' });
  await story
    .filer(filings)
    .submit({ id: opened.id, draftVersion: 0, content: statement({ imageProgress: '管廊 K2 封顶' }) });
  await office().accept({ id: opened.id, seq: 1 });
  const done = await find();
  expect(done).toMatchObject({
    state: 'accepted',
    monthYuan: null,
    versions: [{ monthYuan: null, cumulativeYuan: null }],
  });
  expect(done.allowed).not.toContain('correct');
  const counted = await story.city.system(async (scope) => [
    (
      await sql<{ period: string }>`select period from filings.pub_accepted where project_id = ${projectId}`.execute(
        scope.db,
      )
    ).rows.length,
    (
      await sql<{
        period: string;
      }>`select period from filings.pub_state where project_id = ${projectId} and period like '%W%'`.execute(scope.db)
    ).rows.length,
    (
      await sql<{
        state: string;
      }>`select state from filings.pub_filing where project_id = ${projectId} and kind = 'weekly'`.execute(scope.db)
    ).rows.length,
  ]);
  expect(counted).toEqual([8, 0, 1]);
});

test('nothing new this week is one tap with a note; without the note it is refused with a sentence', async () => {
  const projectId = await story.hospital('东风湖治理');
  await office().openCycle({ period: '2021-W38' });
  const { id } = await story.filer(filings).find({ projectId, period: '2021-W38' });
  await expect(story.filer(filings).submitUnchanged({ id })).rejects.toMatchObject({
    words: { zh: '本周无变化，请写一句说明' },
  });
  const sent = await story.filer(filings).submitUnchanged({ id, note: '连续降雨停工' });
  expect(sent).toMatchObject({
    state: 'submitted',
    versions: [{ content: { unchanged: true, note: '连续降雨停工' } }],
  });
  // The month in one tap files 0 and keeps the cumulative; far below its plan it is still told, not asked.
  const month = await story.september(projectId);
  const unchanged = await story.filer(filings).submitUnchanged({ id: month.id, note: '连续降雨停工' });
  expect(unchanged).toMatchObject({ state: 'submitted', monthYuan: 0, cumulativeYuan: wan(8_000) });
});

test('what the weeks said stands in the month with its days and origin; a picture taken once serves both', async () => {
  const projectId = await story.hospital('人民医院');
  const photo = await story.filer.upload('封顶.png', onePixel);
  const said = [
    ['2021-W35', { imageProgress: '八层顶板浇筑', problems: '商砼供应紧张', nextSteps: '九层钢筋' }],
    ['2021-W36', { imageProgress: '八层顶板浇筑' }],
    ['2021-W37', { unchanged: true, note: '中秋放假' }],
    [
      '2021-W38',
      {
        imageProgress: '九层钢筋绑扎',
        nextSteps: '九层浇筑',
        photos: [{ fileId: photo.id, name: '封顶.png', takenAt: null, lat: null, lon: null }],
      },
    ],
  ] as const;
  for (const [period, content] of said) {
    await office().openCycle({ period });
    const { id } = await story.filer(filings).find({ projectId, period });
    await story.filer(filings).submit({
      id,
      draftVersion: 0,
      content: { ...emptyContent, ...content, photos: [...('photos' in content ? content.photos : [])] },
    });
  }
  const month = await story.september(projectId);
  expect(month.draft).toMatchObject({
    imageProgress: '9月5日：八层顶板浇筑\n9月26日：九层钢筋绑扎',
    problems: '9月5日：商砼供应紧张',
    nextSteps: '九层浇筑',
    monthYuan: null,
  });
  expect(month.weeks.map((w) => w.period)).toEqual(['2021-W35', '2021-W36', '2021-W37', '2021-W38']);
  expect(month.weekPhotos).toMatchObject([{ fileId: photo.id, period: '2021-W38', uses: 1 }]);
  const photos = month.weekPhotos.map(({ period: _p, uses: _u, ...rest }) => rest);
  await story.filer(filings).submit({ id: month.id, draftVersion: 0, content: statement({ photos }) });
  expect((await story.september(projectId)).weekPhotos[0]?.uses).toBe(2);
  // Of another project it serves nobody.
  const other = await story.september(await story.hospital('另一家医院'));
  const stranger = story.city.as({ role: 'filer', name: '别人', unitIds: [story.countyA] });
  await expect(
    stranger(filings).saveDraft({ id: other.id, draftVersion: 0, content: statement({ photos }) }),
  ).rejects.toMatchObject({ status: 404 });
});

test('a form that has run out opens no cycle, and the sentence names form and day', async () => {
  const week = await formOf('weekly');
  const { version, reason: _r, actorName: _a, at: _at, ...form } = week;
  const save = (validUntil: string | null) =>
    office().saveForm({ ...form, validUntil, basedOn: version, reason: '本市批准文件有效期（示例）' });
  const page = await save('2021-09-30');
  expect(page.forms.find((f) => f.kind === 'weekly')!.versions.map((v) => v.version)).toEqual([version + 1, version]);
  await expect(office().openCycle({ period: '2021-W40' })).rejects.toMatchObject({
    code: 'form_expired',
    words: {
      zh: '《重点项目周报》（表号：项调周）有效期至 2021-09-30，不能开启2021年第40周（10月4日—10月10日）；请先在“报表制度”中换发新版',
    },
  });
  await expect(save(null)).rejects.toMatchObject({ code: 'changed_meanwhile' });
  await office().saveForm({ ...form, validUntil: null, basedOn: version + 1, reason: '恢复（示例）' });
  // A cycle keeps the version that it was opened with.
  expect((await office().cycles({ kind: 'weekly' })).map((c) => c.form?.version)).toContain(version);
  await expect(
    office().saveForm({ ...form, fields: [...form.fields, 'monthYuan'], basedOn: version + 2, reason: '要数' }),
  ).rejects.toMatchObject({ code: 'money_by_month' });
});

test('January exempt and January to February combined are data of the form, and the plan of both is compared', async () => {
  const projectId = await story.hospital('合并填报项目', { months: 0 });
  const { version, reason: _r, actorName: _a, at: _at, ...form } = await formOf('monthly');
  const eighth = {
    ...form.due,
    from: 'end' as const,
    code: 'combined-8',
    n: 8,
    roll: 'NONE' as const,
    basis: '1—2月合并，3月8日前',
  };
  const special = [
    { on: '01', exempt: '1月免报，并入1—2月合并填报', covers: [], due: null },
    { on: '02', exempt: null, covers: ['01', '02'], due: eighth },
  ];
  await office().saveForm({ ...form, special, basedOn: version, reason: '1—2月合并填报' });
  const january = await office().openCycle({ period: '2022-01' });
  expect(january).toMatchObject({ exemptReason: '1月免报，并入1—2月合并填报', counts: { total: 0 } });
  const february = await office().openCycle({ period: '2022-02' });
  expect(february).toMatchObject({ covers: ['2022-01', '2022-02'], dueAt: '2022-03-08T10:00:00.000Z' });
  await story.city.system((scope) =>
    sql`update projects.plan set year = year where city_id = ${scope.cityId} and project_id = ${projectId}`.execute(
      scope.db,
    ),
  );
  await office().saveForm({ ...form, basedOn: version + 1, reason: '恢复按月' });
});

test('planned periods show a provisional due moment; a year without calendar too, until it is published and a job follows', async () => {
  const planned = (await office().planCycles({ kind: 'quarterly', year: 2027 })).filter((c) =>
    c.period.startsWith('2027'),
  );
  // 10 April 2027 is a Saturday, and nobody knows yet which days of 2027 are worked.
  expect(planned.find((c) => c.period === '2027-Q1')).toMatchObject({
    state: 'planned',
    dueState: 'provisional',
    dueMissingYear: 2027,
    dueAt: '2027-04-10T10:00:00.000Z',
  });
  await expect(office().publishDue({ kind: 'quarterly', periods: ['2027-Q1'] })).rejects.toMatchObject({
    code: 'CALENDAR_NOT_PUBLISHED',
  });
  await story.office(calendar).publishYear({
    year: 2027,
    notice: '示例通知〔2026〕1号',
    noticeDate: '2026-11-01',
    days: [{ day: '2027-01-01', mark: 'off', name: '元旦' }],
    reason: '示例',
  });
  expect(await story.city.system(recomputeProvisional)).toBeGreaterThan(0);
  const find = async () =>
    (await office().cycles({ kind: 'quarterly', planned: 'true' })).find((c) => c.period === '2027-Q1')!;
  expect(await find()).toMatchObject({
    dueAt: '2027-04-12T10:00:00.000Z',
    dueState: 'provisional',
    dueMissingYear: null,
  });
  await office().publishDue({ kind: 'quarterly', periods: ['2027-Q1'] });
  expect(await find()).toMatchObject({ dueState: 'published', duePublishedBy: '刘敏' });
  // A published due moment stands, whatever becomes of the calendar.
  await story.office(calendar).editDay({ day: '2027-04-12', mark: 'off', name: '市庆日', reason: '示例' });
  expect(await story.city.system(recomputeProvisional)).toBe(0);
  expect((await find()).dueAt).toBe('2027-04-12T10:00:00.000Z');
});

test('a project is exempted from a period with a reason, and asked again', async () => {
  const projectId = await story.hospital('停建项目');
  const { id } = await story.september(projectId);
  const exempt = (isExempt: boolean) =>
    office().setExempt({ period: '2021-09', filingIds: [id], isExempt, reason: '已停建，有停建批复' });
  expect(await exempt(true)).toEqual({ changed: 1 });
  expect(await story.september(projectId)).toMatchObject({
    state: 'exempt',
    exemptReason: '已停建，有停建批复',
    allowed: [],
  });
  await expect(exempt(true)).rejects.toMatchObject({ code: 'nothing_to_change' });
  await exempt(false);
  expect(await story.september(projectId)).toMatchObject({ state: 'opened', exemptReason: null });
});

test('a checked draft waits to be sent by somebody else; a change makes it a draft again', async () => {
  const projectId = await story.hospital('两人填报');
  const { id } = await story.september(projectId);
  const wrong = statement({ cumulativeYuan: wan(9_300) });
  await expect(story.filer(filings).markChecked({ id, draftVersion: 0, content: wrong })).rejects.toMatchObject({
    code: 'hits_block',
  });
  const checked = await story.filer(filings).markChecked({ id, draftVersion: 0, content: statement() });
  expect(checked.state).toBe('checked');
  const saved = await story.filer(filings).saveDraft({ id, draftVersion: 1, content: statement({ note: '补充' }) });
  expect(saved.state).toBe('draft');
});

test('the board counts who filed, waits, was returned or is late, gives the names behind each figure, and exports both', async () => {
  const [a, b] = [await story.hospital('看板甲'), await story.hospital('看板乙')];
  const { id } = await story.september(a);
  await story.filer(filings).submit({ id, draftVersion: 0, content: statement() });
  const board = await office().completeness({ period: '2021-09', by: 'owner' });
  const row = board.rows.find((r) => r.unitId === story.countyA)!;
  expect(row.owed).toBe(row.filed + row.missing + row.returned);
  expect(board.total).toMatchObject({ owed: row.owed, filed: row.filed });
  const names = (state: 'filed' | 'missing' | 'overdue') =>
    office().completenessNames({ period: '2021-09', by: 'owner', state, unitId: story.countyA });
  expect((await names('filed')).map((n) => n.projectId)).toContain(a);
  expect((await names('missing')).map((n) => n.projectId)).toContain(b);
  expect(await names('overdue')).toEqual([]);
  const due = new Date(story.city.host.clock.now().getTime() - 90_000 * 1000);
  const setDue = (at: Date | string) =>
    story.city.system((scope) =>
      sql`update filings.cycle set due_at = ${at} where city_id = ${scope.cityId} and period = '2021-09'`.execute(
        scope.db,
      ),
    );
  await setDue(due);
  try {
    const late = (await names('overdue')).find((n) => n.projectId === b)!;
    expect(late.lateSeconds).toBeGreaterThanOrEqual(90_000);
    expect(late.lateSeconds).toBeLessThan(90_060);
    expect((await office().completeness({ by: 'owner' })).total!.overdue).toBe((await names('overdue')).length);
  } finally {
    await setDue('2021-09-26T10:00:00Z');
  }
  expect((await story.stranger(filings).completeness({ period: '2021-09' })).rows).toEqual([]);
  const file = (await office().exportCompleteness({ period: '2021-09', by: 'owner' })) as Blob;
  const { sheets } = await readWorkbook(new Uint8Array(await file.arrayBuffer()));
  expect(sheets.map((s) => s.name)).toEqual(['按单位', '项目名单']);
});

test('a form that opens itself opens the period of today once, and not when nobody must file', async () => {
  const refusals: string[] = [];
  await story.city.system((scope) => openCurrentCycles(scope, (problem) => refusals.push(problem.code)));
  expect(refusals).toEqual([]);
  await story.city.system((scope) => openCycle(scope, '2021-09'));
  expect((await office().cycles({})).filter((c) => c.period === '2021-09')).toHaveLength(1);
});
