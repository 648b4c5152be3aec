import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '#modules/dispatch/contract.ts';
import { filings } from '../contract.ts';
import { onePixel, type Story, statement, tellStory, wan } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await tellStory();
});
afterAll(() => story.city.close());

const why = { cause: 'ERROR' as const, reason: '材料预付款重复计入完成投资', documentNo: '岳审〔2021〕18号' };

test('a correction is asked for with a document, approved by another, corrected by the filer, and both values stay', async () => {
  const projectId = await story.hospital('人民医院');
  const august = await story.filer(filings).find({ projectId, period: '2021-08' });
  const file = await story.filer.upload('审计意见.png', onePixel);
  const asked = await story.filer(filings).requestCorrection({ id: august.id, ...why, documentFileId: file.id });
  expect(asked).toMatchObject({ state: 'requested', hasDocument: true, documentName: '审计意见.png' });
  expect(await story.filer(filings).find({ projectId, period: '2021-08' })).toMatchObject({ state: 'accepted' });
  const document = await story.office(filings).correctionDocument({ id: asked.id });
  expect([document.type, document.size]).toEqual(['image/png', onePixel.length]);

  await story.office(filings).decideCorrection({ id: asked.id, decision: 'approved', note: '同意更正' });
  const open = await story.filer(filings).find({ projectId, period: '2021-08' });
  expect(open).toMatchObject({ state: 'returned', isCorrection: true, draft: { monthYuan: wan(1_000) } });
  const content = { ...open.draft, monthYuan: wan(900), cumulativeYuan: wan(7_900) };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  await story.office(filings).accept({ id: open.id, seq: 2 });
  const [done] = (await story.filer(filings).corrections({ projectId })).corrections;
  expect(done).toMatchObject({
    state: 'done',
    ...why,
    requestedBy: '赵琳',
    decidedBy: '刘敏',
    decisionNote: '同意更正',
    acceptedBy: '刘敏',
    oldMonthYuan: wan(1_000),
    newMonthYuan: wan(900),
  });
  expect((await story.told(projectId)).map((e) => e.topic)).toContain('filings.correctionRequested');
});

test('a file that somebody else brought is no document of one’s own request', async () => {
  const projectId = await story.hospital('妇幼保健院');
  const august = await story.filer(filings).find({ projectId, period: '2021-08' });
  const theirs = await story.stranger.upload('别人的.png', Uint8Array.of(...onePixel, 7));
  await expect(
    story.filer(filings).requestCorrection({ id: august.id, ...why, documentFileId: theirs.id }),
  ).rejects.toMatchObject({ status: 404 });
  await expect(story.filer(filings).requestCorrection({ id: august.id, ...why, documentNo: '' })).rejects.toMatchObject(
    {
      status: 400,
    },
  );
});

test('what waits for a decision is not opened past it, and what is open already is not asked for', async () => {
  const projectId = await story.hospital('第二人民医院');
  const august = await story.filer(filings).find({ projectId, period: '2021-08' });
  const asked = await story.filer(filings).requestCorrection({ id: august.id, ...why });
  await expect(story.office(filings).correct({ id: august.id, reason: '直接退回' })).rejects.toMatchObject({
    code: 'already_requested',
  });
  await expect(story.stranger(filings).requestCorrection({ id: august.id, ...why })).rejects.toMatchObject({
    status: 404,
  });
  await story.colleague(filings).decideCorrection({ id: asked.id, decision: 'rejected', note: '依据不足，请补充' });
  await story.office(filings).correct({ id: august.id, reason: '直接退回' });
  await expect(story.filer(filings).requestCorrection({ id: august.id, ...why })).rejects.toMatchObject({
    code: 'wrong_state',
  });
  const { corrections, correctable } = await story.filer(filings).corrections({ projectId });
  expect(corrections.map((c) => c.state)).toEqual(['open', 'rejected']);
  expect(correctable.map((c) => c.period)).not.toContain('2021-08');
});

test('the dispatch table of a past day shows the value that counted on it, not the corrected one', async () => {
  const projectId = await story.hospital('中医院');
  const before = await story.office(dispatch).explain({ projectId, day: '2021-08-31' });
  expect(before.doneYuan).toBe(wan(8_000));
  const august = await story.office(filings).find({ projectId, period: '2021-08' });
  await story.office(filings).correct({ id: august.id, reason: '核减 300 万元' });
  const open = await story.filer(filings).find({ projectId, period: '2021-08' });
  const content = { ...open.draft, monthYuan: wan(700), cumulativeYuan: wan(7_700) };
  await story.filer(filings).submit({ id: open.id, draftVersion: open.draftVersion, content });
  await story.office(filings).accept({ id: open.id, seq: 2 });
  expect((await story.office(dispatch).explain({ projectId, day: '2021-08-31' })).doneYuan).toBe(wan(8_000));
  expect((await story.office(dispatch).explain({ projectId })).doneYuan).toBe(wan(7_700));
});

test('the office changes a rule by a new version with its reason; filings are judged by it from its day on', async () => {
  const projectId = await story.hospital('儿童医院');
  const { id } = await story.september(projectId);
  const little = statement({ monthYuan: wan(500), cumulativeYuan: wan(8_500), imageProgress: '基坑' });
  await story.filer(filings).saveDraft({ id, draftVersion: 0, content: little });
  const codes = async () => (await story.filer(filings).check({ id })).map((h) => [h.rule, h.version]);
  expect(await codes()).toContainEqual(['belowPlan', 0]);
  const { rules, allowed } = await story.office(filings).rules({});
  expect([rules.length, allowed]).toEqual([19, ['change']]);
  const rule = rules.find((r) => r.code === 'belowPlan')!;
  const change = {
    code: 'belowPlan',
    basedOn: rule.newest,
    isActive: true,
    severity: 'explain' as const,
    params: { percent: 40 },
    phrases: null,
    words: null,
    validFrom: '2021-09-24',
    validUntil: null,
    reason: '汛期放宽，办公室会议纪要第31期',
    document: '会议纪要第31期',
  };
  await expect(story.filer(filings).changeRule(change)).rejects.toMatchObject({ status: 403 });
  await story.office(filings).changeRule(change);
  expect(await codes()).not.toContainEqual(['belowPlan', 0]);
  await expect(story.office(filings).changeRule(change)).rejects.toMatchObject({ code: 'changed_meanwhile' });
  // For two weeks only: then the version before counts again.
  const short = { ...change, basedOn: 1, params: { percent: 90 }, validUntil: '2021-10-08' };
  const after = await story.office(filings).changeRule(short);
  const versions = after.rules.find((r) => r.code === 'belowPlan')!.versions;
  expect(versions.map((v) => [v.version, v.params.percent, v.actorName])).toEqual([
    [2, 90, '刘敏'],
    [1, 40, '刘敏'],
  ]);
  expect(await codes()).toContainEqual(['belowPlan', 2]);
  const later = await story.city.system(async (scope) => {
    const { rows } = await sql<{ version: number }>`select distinct on (code) version from filings.rule_version
      where city_id = ${scope.cityId} and valid_from <= '2021-10-09' and (valid_until is null or valid_until >= '2021-10-09')
      order by code, version desc`.execute(scope.db);
    return rows;
  });
  expect(later).toEqual([{ version: 1 }]);
});

test('a rule that rests on arithmetic is neither weakened nor switched off, and no rule counts backwards', async () => {
  const { rules } = await story.office(filings).rules({});
  const change = (code: string, more: object) => {
    const { now, newest } = rules.find((r) => r.code === code)!;
    const { isActive, severity, params, phrases, words } = now;
    const base = { code, basedOn: newest, isActive, severity, params, phrases, words };
    const when = { validFrom: '2021-09-24', validUntil: null, reason: '试改规则', document: null };
    return story.office(filings).changeRule({ ...base, ...when, ...more });
  };
  await expect(change('identity', { severity: 'inform' })).rejects.toMatchObject({ code: 'too_weak' });
  await expect(change('identity', { isActive: false })).rejects.toMatchObject({ code: 'not_to_switch_off' });
  await expect(change('notStarted', { severity: 'inform' })).rejects.toMatchObject({ code: 'too_weak' });
  await expect(change('overTotal', { params: { tolerance: 80 } })).rejects.toMatchObject({ field: 'params.tolerance' });
  await expect(change('overTotal', { params: {} })).rejects.toMatchObject({ field: 'params.tolerance' });
  await expect(change('explanation', { phrases: ['属实'] })).rejects.toMatchObject({ code: 'phrase_kept' });
  await expect(change('gap', { validFrom: '2021-09-01' })).rejects.toMatchObject({ code: 'past_day' });
  await expect(
    change('gap', { words: { zh: '自 {month} 起没有填报', en: 'Not filed since {month}' } }),
  ).rejects.toMatchObject({ code: 'unknown_place' });
  const changed = await change('overTotal', { params: { tolerance: 0 }, severity: 'block' });
  expect(changed.rules.find((r) => r.code === 'overTotal')!.now).toMatchObject({
    version: 1,
    params: { tolerance: 0 },
  });
});
