// Long because one story of a sheet from proposal to objection, read from top to bottom.
import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newClerk } from '#modules/identity/server/testing/browser.ts';
import { ledger } from '#modules/ledger/contract.ts';
import {
  ensureUnit,
  findHeadquarters,
  insertCityOrganization,
  insertPerson,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { supervision } from '../contract.ts';
import { ruleSets } from '../rule-sets.ts';
import { shippedSettings } from '../settings.ts';
import { escalateDue, remindOfDays } from './public.ts';

let city: TestCity;
let office: Caller;
let inspector: Caller;
let lead: Caller;
let stranger: Caller;
let leaderId: string;
let leadLeaderId: string;
const unit: Record<string, string> = {};
const accounts: Record<string, string> = {};

const on = (day: string) => {
  city.host.clock = clockOf(day);
};
const raise = (title: string, rest: object = {}) =>
  office(ledger).raise({
    kind: 'task',
    title,
    source: { kind: 'document', title: '示例文件' },
    leadUnitId: unit.lead!,
    leadLeaderId,
    template: 'sanming',
    dueOn: '2021-09-10',
    issue: true,
    ...rest,
  });
const inbox = (account: string) =>
  city.system(async (scope) => {
    const { rows } = await sql<{ kind: string; title: { zh: string }; link: string }>`
      select kind, title, link from notices.notice where city_id = ${scope.cityId} and account_id = ${accounts[account]!} order by at, id`.execute(
      scope.db,
    );
    return rows;
  });
const issue = (
  caller: Caller,
  matterId: string,
  colour: 'blue' | 'yellow' | 'orange' | 'red',
  approval?: { leaderId: string; on: string },
) => caller(supervision).issue({ items: [{ matterId, colour }], ...(approval && { approval }) });

/** Issued on Wednesday 1 September 2021, due on the 10th. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-01' });
  await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '示例市总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
      withCountyUnits: false,
    });
    unit.hq = (await findHeadquarters(scope))!.id;
    for (const [key, name] of [
      ['lead', '市交通运输局'],
      ['co', '市水利局'],
      ['other', '市教育局'],
    ] as const)
      unit[key] = (await ensureUnit(scope, { name, kind: 'department' })).id;
    leaderId = (
      await insertPerson(scope, {
        name: '示例指挥长',
        unitId: unit.hq,
        title: '指挥长',
        leaderOrder: 1,
        validFrom: '2020-01-01',
      })
    ).personId;
  });
  const clerk = async (key: string, unitId: string, role: string, reach: 'unit' | 'city') => {
    const made = await newClerk(city, { name: key, username: key, unitId, grants: [{ role, reach }] });
    accounts[key] = made.accountId;
    return made;
  };
  await clerk('handler', unit.lead!, 'responsibleUnit', 'unit');
  await clerk('helper', unit.co!, 'responsibleUnit', 'unit');
  await clerk('outsider', unit.other!, 'responsibleUnit', 'unit');
  await clerk('clerkhq', unit.hq!, 'office', 'city');
  leadLeaderId = (await clerk('head', unit.lead!, 'responsibleUnit', 'unit')).personId;
  office = city.as({ role: 'office', name: '总办' });
  inspector = city.as({ role: 'inspector', name: '督查员' });
  lead = city.as({ role: 'responsibleUnit', name: '交通经办', unitIds: [unit.lead!] });
  stranger = city.as({ role: 'responsibleUnit', name: '教育经办', unitIds: [unit.other!] });
});
afterAll(() => city.close());

describe('a matter that does not move', () => {
  let id: string;
  test('is proposed for a blue sheet on the day after its limit, with the rule and its day', async () => {
    on('2021-09-01');
    id = (await raise('完成沿江公路征拆', { coUnitIds: [unit.co!] })).id;
    on('2021-09-10');
    expect((await office(supervision).proposals({ q: '沿江公路' })).proposals).toEqual([]);
    on('2021-09-13');
    const [proposal] = (await office(supervision).proposals({ q: '沿江公路' })).proposals;
    expect(proposal).toMatchObject({
      colour: 'blue',
      rule: 'overdue',
      since: '2021-09-11',
      ruleSet: 'sanming',
      choices: ['blue'],
    });
    // The unit sees nothing of what is being considered, and another unit nothing at all.
    expect((await lead(supervision).proposals({})).proposals).toEqual([]);
    await expect(lead(supervision).issue({ items: [{ matterId: id, colour: 'blue' }] })).rejects.toMatchObject({
      status: 403,
    });
  });

  test('blue is issued with a number, tells the unit, and stands in the matter’s history', async () => {
    expect((await issue(inspector, id, 'orange')).refused[0]!.reason.zh).toContain('应发蓝单');
    const { done } = await issue(inspector, id, 'blue');
    expect(done[0]!.no).toBe('蓝督〔2021〕1号');
    expect((await issue(inspector, id, 'blue')).refused).toHaveLength(1);
    await city.settle();
    expect((await inbox('handler')).map((n) => n.title.zh)).toContain('收到督查单 蓝督〔2021〕1号');
    expect(await inbox('outsider')).toEqual([]);
    const matter = await lead(ledger).matter({ id });
    expect(matter.events.find((e) => e.act === 'sheet')).toMatchObject({
      payload: { no: '蓝督〔2021〕1号', colour: 'blue' },
    });
  });

  test('the unit answers; a stranger finds no such sheet', async () => {
    const [sheet] = (await lead(supervision).sheets({})).sheets;
    expect(sheet).toMatchObject({ state: 'unanswered', limitOn: '2021-09-18', allowed: ['answer'] });
    await expect(stranger(supervision).answer({ id: sheet!.id, text: '不是我们的' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(stranger(supervision).ofMatter({ id })).rejects.toMatchObject({ status: 404 });
    expect((await stranger(supervision).sheets({})).sheets).toEqual([]);
    const answered = await lead(supervision).answer({ id: sheet!.id, text: '征拆余 3 户，月底前签约' });
    expect(answered).toMatchObject({ state: 'answered', isAnsweredLate: false });
    await expect(lead(supervision).answer({ id: sheet!.id, text: '再答一次也不行' })).rejects.toMatchObject({
      code: 'not_waiting',
    });
  });

  test('an answer alone does not end it: orange follows when the limit of blue has passed, red only with a leader’s approval', async () => {
    on('2021-09-18');
    expect((await office(supervision).ofMatter({ id })).proposal).toBeNull();
    on('2021-09-22');
    expect((await office(supervision).ofMatter({ id })).proposal).toMatchObject({
      colour: 'orange',
      since: '2021-09-19',
    });
    await issue(inspector, id, 'orange');
    on('2021-10-15');
    expect((await office(supervision).ofMatter({ id })).proposal).toMatchObject({ colour: 'red', approval: null });
    expect((await issue(inspector, id, 'red')).refused[0]!.reason.zh).toContain('领导批准');
    // An inspector records no approval, and a clerk is no leader.
    await expect(issue(inspector, id, 'red', { leaderId, on: '2021-10-15' })).rejects.toMatchObject({ status: 404 });
    await expect(office(supervision).approve({ matterIds: [id], leaderId: leadLeaderId })).rejects.toMatchObject({
      code: 'not_a_leader',
    });
    await expect(office(supervision).approve({ matterIds: [id], leaderId, on: '2021-10-16' })).rejects.toMatchObject({
      code: 'in_the_future',
    });
    await city
      .as({ role: 'leader', name: '示例指挥长', personId: leaderId })(supervision)
      .approve({ matterIds: [id] });
    const { done } = await issue(inspector, id, 'red');
    expect(done[0]!.no).toBe('红督〔2021〕1号');
    const red = (await office(supervision).sheets({ colour: 'red' })).sheets[0]!;
    expect(red).toMatchObject({ approval: { leaderName: '示例指挥长', on: '2021-10-15' }, limitOn: '2021-10-20' });
    expect(red.why).toContain('橙督〔2021〕1号');
  });

  test('a sheet prints the same twice, in both formats, and many at once a page each', async () => {
    const { sheets } = await office(supervision).sheets({});
    const { id: sheetId } = sheets.find((s) => s.colour === 'red')!;
    const read = async (format: 'pdf' | 'docx') =>
      Buffer.from(await (await office(supervision).file({ id: sheetId, format })).arrayBuffer());
    const pdf = await read('pdf');
    expect(pdf.subarray(0, 4).toString('latin1')).toBe('%PDF');
    // Moments in a file count in seconds.
    await new Promise((done) => setTimeout(done, 1100));
    expect(pdf.equals(await read('pdf'))).toBe(true);
    // A Word file carries the moment at which it was made; its words are the same.
    const wordsOf = async () => (await mammoth.extractRawText({ buffer: await read('docx') })).value;
    expect(await wordsOf()).toContain('红督〔2021〕1号');
    expect(await wordsOf()).toContain('示例指挥长，2021年10月15日');
    expect(await wordsOf()).toBe(await wordsOf());
    const all = Buffer.from(await (await office(supervision).print({ ids: sheets.map((s) => s.id) })).arrayBuffer());
    expect(all.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(sheets.length);
    await expect(stranger(supervision).file({ id: sheetId })).rejects.toMatchObject({ status: 404 });
  });
});

describe('objection', () => {
  let id: string;
  let sheetId: string;
  test('the unit objects to a red sheet; those who issued, approved or recorded it and the unit itself do not decide', async () => {
    on('2021-09-01');
    id = (await raise('完成高速连接线交地', { urgency: 'urgent' })).id;
    on('2021-09-14');
    const { done } = await issue(office, id, 'red', { leaderId, on: '2021-09-13' });
    sheetId = done[0]!.id;
    const { conclusions } = await lead(supervision).ofMatter({ id });
    expect(conclusions).toMatchObject([{ about: 'sheet', aboutId: sheetId, lastDay: '2021-10-14' }]);
    on('2021-10-15');
    await expect(
      lead(supervision).object({ matterId: id, about: 'sheet', aboutId: sheetId, reason: '用地批复晚到不由我局' }),
    ).rejects.toMatchObject({ code: 'too_late' });
    on('2021-10-14');
    await expect(
      stranger(supervision).object({ matterId: id, about: 'sheet', aboutId: sheetId, reason: '用地批复晚到不由我局' }),
    ).rejects.toMatchObject({ status: 404 });
    const objection = await lead(supervision).object({
      matterId: id,
      about: 'sheet',
      aboutId: sheetId,
      reason: '用地批复晚到不由我局',
    });
    expect(objection).toMatchObject({ decideBy: '2021-11-13', daysLeft: 30, state: 'filed' });
    await expect(
      lead(supervision).object({ matterId: id, about: 'sheet', aboutId: sheetId, reason: '用地批复晚到不由我局' }),
    ).rejects.toMatchObject({ code: 'objected_already' });

    const judge = { id: objection.id, result: 'changed' as const, reason: '批复日期属实' };
    await expect(office(supervision).decide(judge)).rejects.toMatchObject({ code: 'must_recuse' });
    const approver = city.as({ role: 'leader', name: '示例指挥长', personId: leaderId });
    await expect(approver(supervision).decide(judge)).rejects.toMatchObject({ code: 'must_recuse' });
    const insider = city.as({ role: 'inspector', name: '交通督查', unitIds: [unit.lead!] });
    await expect(insider(supervision).decide(judge)).rejects.toMatchObject({ code: 'own_objection' });
    expect((await office(supervision).objections({})).objections[0]).toMatchObject({
      allowed: [],
      recusal: { zh: expect.stringContaining('回避') },
    });
    expect((await inspector(supervision).objections({})).objections[0]).toMatchObject({
      allowed: ['decide'],
      recusal: null,
    });
    await expect(lead(supervision).decide(judge)).rejects.toMatchObject({ status: 403 });

    expect(await inspector(supervision).decide(judge)).toMatchObject({
      state: 'changed',
      decidedByName: '督查员',
      allowed: [],
    });
    await expect(inspector(supervision).decide(judge)).rejects.toMatchObject({ code: 'decided_already' });
    const sheet = (await lead(supervision).sheets({ state: 'revoked' })).sheets[0]!;
    expect(sheet).toMatchObject({ id: sheetId, state: 'revoked', revokedOn: '2021-10-14', allowed: [] });
    await city.settle();
    expect((await inbox('handler')).map((n) => n.title.zh)).toContain('异议成立，结论已变更');
  });

  test('a revoked red is no step of the ladder: the matter is proposed anew, under a new number', async () => {
    expect((await office(supervision).ofMatter({ id })).proposal).toMatchObject({ colour: 'blue' });
    const { done } = await issue(office, id, 'red', { leaderId, on: '2021-10-14' });
    expect(done[0]!.no).not.toBe((await lead(supervision).sheets({ state: 'revoked' })).sheets[0]!.no);
  });

  test('a returned claim may be objected to; its verifier does not decide', async () => {
    on('2021-10-14');
    const other = (await raise('完成示范段路面', { dueOn: '2021-11-20', verifierUnitId: null })).id;
    await lead(ledger).sign({ ids: [other] });
    const fileId = (await lead.upload('回复.txt', new TextEncoder().encode('已完成'))).id;
    await lead(ledger).claim({ id: other, text: '已完成', evidence: [{ kind: 'document', fileId }] });
    await inspector(ledger).verify({ id: other, result: 'failed', method: 'onSite', note: '标线未施划' });
    const [conclusion] = (await lead(supervision).ofMatter({ id: other })).conclusions;
    expect(conclusion).toMatchObject({ about: 'verification', byName: '督查员' });
    const { id: objectionId } = await lead(supervision).object({
      matterId: other,
      about: 'verification',
      aboutId: conclusion!.aboutId,
      reason: '标线不在本任务范围内',
    });
    const judge = { id: objectionId, result: 'upheld' as const, reason: '任务书写明含标线' };
    await expect(inspector(supervision).decide(judge)).rejects.toMatchObject({ code: 'must_recuse' });
    expect(await office(supervision).decide(judge)).toMatchObject({ state: 'upheld' });
    expect((await lead(ledger).matter({ id: other })).events.map((e) => e.text).join()).toContain('异议复核：维持');
  });
});

describe('numbers', () => {
  test('run on and never come twice, however many issue at once', async () => {
    on('2021-09-01');
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => raise(`并发事项${i}`).then((m) => m.id)));
    on('2021-09-14');
    const half = (part: number) => ids.filter((_, i) => i % 3 === part || i % 4 === 0);
    const outcomes = await Promise.all(
      [0, 1, 2].map((part) =>
        office(supervision).issue({ items: half(part).map((matterId) => ({ matterId, colour: 'blue' as const })) }),
      ),
    );
    const numbers = outcomes.flatMap((o) => o.done.map((d) => d.no));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(outcomes.flatMap((o) => o.done.map((d) => d.matterId))).size).toBe(12);
    expect(numbers).toHaveLength(12);
    const { rows } = await city.system((scope) =>
      sql<{ n: number; last: number }>`select count(*)::int as n, max(substring(no from '(\\d+)号')::int) as last
        from supervision.sheet where city_id = ${scope.cityId} and colour = 'blue'`.execute(scope.db),
    );
    expect(rows[0]!.n).toBe(rows[0]!.last);
  });
});

describe('a good reason', () => {
  test('stops sheets until its end; it needs an approver who is a leader', async () => {
    on('2021-09-01');
    const { id } = await raise('完成穿堤施工');
    on('2021-09-14');
    const excuse = { matterId: id, reason: '汛期禁止穿堤施工', approverId: leaderId, untilOn: '2021-09-30' };
    await expect(office(supervision).excuse({ ...excuse, approverId: leadLeaderId })).rejects.toMatchObject({
      code: 'not_a_leader',
    });
    await expect(office(supervision).excuse({ ...excuse, untilOn: '2021-09-13' })).rejects.toMatchObject({
      code: 'until_past',
    });
    await office(supervision).excuse(excuse);
    expect((await office(supervision).ofMatter({ id })).proposal).toBeNull();
    expect((await issue(office, id, 'blue')).refused[0]!.reason.zh).toContain('不应发督查单');
    on('2021-10-01');
    expect((await office(supervision).ofMatter({ id })).proposal).toMatchObject({
      colour: 'blue',
      since: '2021-10-01',
    });
  });
});

describe('提级研究 by time', () => {
  test('one level after ten workdays without progress, once a run, with the rule in the event', async () => {
    on('2021-09-01');
    const { id } = await raise('完成管线迁改', { dueOn: '2021-12-20', level: 'project' });
    const level = async () => (await office(ledger).matter({ id })).level;
    on('2021-09-14');
    await city.system((scope) => escalateDue(scope));
    expect(await level()).toBe('project');
    on('2021-09-15');
    await Promise.all([city.system((scope) => escalateDue(scope)), city.system((scope) => escalateDue(scope))]);
    expect(await level()).toBe('county');
    const event = (await office(ledger).matter({ id })).events.find((e) => e.act === 'escalate')!;
    expect(event).toMatchObject({ payload: { rule: 'noProgress', workdays: 10, after: 10, since: '2021-09-01' } });
    expect(event.text).toContain('连续 10 个工作日无进展');
    // The mid-autumn and national holidays are no workdays; 18 and 26 September are worked.
    on('2021-09-28');
    await city.system((scope) => escalateDue(scope));
    expect(await level()).toBe('county');
    on('2021-09-29');
    await city.system((scope) => escalateDue(scope));
    expect(await level()).toBe('command');
  });
});

describe('reminders', () => {
  test('each once under its key, one notice a person and sort, and nothing to other units', async () => {
    on('2021-11-01');
    const { id } = await raise('完成月度考核问题整改', {
      dueOn: '2021-11-15',
      template: 'plain',
      coUnitIds: [unit.co!],
    });
    await raise('完成第二件', { dueOn: '2021-11-15', template: 'plain' });
    await city.settle();
    on('2021-11-12');
    await city.system(remindOfDays);
    const before = (await inbox('helper')).length;
    await city.system(remindOfDays);
    expect((await inbox('helper')).length).toBe(before);
    const handler = await inbox('handler');
    expect(handler.filter((n) => n.kind === 'matterDue').map((n) => n.title.zh)).toContain('2 件事项临近时限');
    expect((await inbox('helper')).map((n) => n.link)).toContain(`/matters/${id}`);
    expect(await inbox('outsider')).toEqual([]);
    on('2021-11-16');
    await city.system(remindOfDays);
    expect((await inbox('handler')).some((n) => n.title.zh.endsWith('件事项已逾期'))).toBe(true);
  });

  test('two returns go to the lead leader’s own account; a claim to those who verify; more time to those who decide', async () => {
    on('2021-11-01');
    const { id } = await raise('完成两次退回', { dueOn: '2021-11-30' });
    await lead(ledger).sign({ ids: [id] });
    await lead(ledger).askExtension({ id, dueOn: '2021-12-10', reason: '等设备到货' });
    for (const words of ['一', '二']) {
      const fileId = (await lead.upload('回复.txt', new TextEncoder().encode(words))).id;
      await lead(ledger).claim({ id, text: '已完成', evidence: [{ kind: 'document', fileId }] });
      await inspector(ledger).verify({ id, result: 'failed', method: 'document', note: '材料不符' });
    }
    await city.settle();
    expect((await inbox('head')).map((n) => n.title.zh)).toContain('您牵头的事项第 2 次被退回');
    expect((await inbox('handler')).map((n) => n.title.zh)).not.toContain('您牵头的事项第 2 次被退回');
    const waiting = (await inbox('clerkhq')).map((n) => n.title.zh);
    expect(waiting).toContain('延期申请待审批');
    expect(waiting).toContain('申请销号待复核');
  });
});

describe('frequency, settings and limits', () => {
  test('a month’s reminders and sheets are counted by unit and by whom', async () => {
    on('2021-12-01');
    const { id } = await raise('完成频次测试', { dueOn: '2021-12-30' });
    await office(ledger).remind({ ids: [id], text: '请抓紧' });
    expect((await office(ledger).remind({ ids: [id] })).refused).toHaveLength(1);
    const { rows } = await office(supervision).frequency({ month: '2021-12' });
    expect(rows).toMatchObject([
      { unit: { name: '市交通运输局' }, reminders: 1, total: 1, by: [{ name: '总办', n: 1 }], repeated: 0 },
    ]);
    expect((await office(supervision).frequency({ month: '2021-09' })).rows[0]!.sheets.blue).toBeGreaterThan(12);
    expect((await stranger(supervision).frequency({ month: '2021-12' })).rows).toEqual([]);
  });

  test('settings are versions with a reason; what was not read is not overwritten', async () => {
    const settings = { ...shippedSettings, ruleSet: 'suqian' as const };
    await expect(lead(supervision).saveSettings({ basedOn: 0, settings, reason: '改为宿迁' })).rejects.toMatchObject({
      status: 403,
    });
    expect(await office(supervision).saveSettings({ basedOn: 0, settings, reason: '改为宿迁' })).toEqual({
      version: 1,
    });
    await expect(office(supervision).saveSettings({ basedOn: 0, settings, reason: '再改' })).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
    expect(await office(supervision).settings({})).toMatchObject({ version: 1, settings: { ruleSet: 'suqian' } });
  });

  test('limits carry a worked example; a city’s own version counts from then on', async () => {
    const page = await office(supervision).limits({ issuedOn: '2021-09-01' });
    const of = (code: string, from = page) => from.templates.find((t) => t.template.code === code)!;
    expect(of('13710').example).toMatchObject({
      dueOn: '2021-09-08',
      stages: [{ dueOn: '2021-09-02' }, { dueOn: '2021-09-04' }],
      blue: { on: '2021-09-06', why: 'beforeDue' },
      yellow: { on: '2021-09-03', why: 'nodeMissed' },
      red: { on: '2021-09-09', why: 'afterDue' },
    });
    expect(of('yichang').example).toMatchObject({ dueOn: '2021-09-23' });
    const template = {
      ...of('xining710').template,
      due: { ...of('xining710').template.due, normal: { n: 10, unit: 'CALENDAR' as const } },
    };
    await office(supervision).saveLimit({ basedOn: 0, template, reason: '本市放宽为 10 日' });
    await expect(office(supervision).saveLimit({ basedOn: 0, template, reason: '又改' })).rejects.toMatchObject({
      code: 'changed_meanwhile',
    });
    const after = await office(supervision).limits({ issuedOn: '2021-09-01' });
    expect(of('xining710', after)).toMatchObject({ version: 1, example: { dueOn: '2021-09-11' } });
    expect(after.versions[0]).toMatchObject({ code: 'xining710', reason: '本市放宽为 10 日' });
  });

  test('every rule set names its source', () => {
    for (const set of ruleSets) expect(set.source.zh.length).toBeGreaterThan(10);
  });
});
