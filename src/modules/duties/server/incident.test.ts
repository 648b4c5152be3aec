import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAccountWithRoles } from '#modules/identity/server/public.ts';
import {
  insertCityOrganization,
  insertPerson,
  unitsByName,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { duties } from '../contract.ts';
import { shippedPatterns } from '../shifts.ts';

let city: TestCity;
let officeId: string;
let countyId: string;
let otherId: string;
const at = (text: string) => new Date(`${text}:00+08:00`);
const iso = (text: string) => at(text).toISOString();
function setNow(text: string) {
  city.host.clock = { now: () => at(text), today: () => text.slice(0, 10), isDemo: true };
}
const today = (time: string) => `2021-09-26T${time}`;

beforeAll(async () => {
  city = await testCity();
  let personId = '';
  await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    });
    const { all } = await unitsByName(scope);
    officeId = all.find((unit) => unit.kind === 'office')!.id;
    [countyId, otherId] = all.filter((unit) => unit.kind === 'county').map((unit) => unit.id) as [string, string];
    const person = async (name: string, username: string, role: string, unitId: string) => {
      const made = await insertPerson(scope, { name, unitId, title: '科员', validFrom: '2020-01-01' });
      const grants = [{ postId: made.postId, role, validFrom: '2020-01-01' }];
      await insertAccountWithRoles(scope, { personId: made.personId, username, password: 'guatu-2021', grants });
      return made.personId;
    };
    personId = await person('张三', 'officer', 'office', officeId);
    await person('市领导', 'leader', 'leader', officeId);
    await insertPerson(scope, {
      name: '县长',
      unitId: countyId,
      title: '县长',
      leaderOrder: 1,
      validFrom: '2020-01-01',
    });
  });
  setNow(today('08:00'));
  const office = city.as({ role: 'office' })(duties);
  const member = (name: string, posts: ('leader' | 'officer')[], id: string | null) =>
    office.saveMember({ unitId: officeId, name, title: null, phone: null, posts, personId: id });
  const leader = await member('李主任', ['leader'], null);
  const officer = await member('张三', ['officer'], personId);
  const made = await office.generate({
    unitId: officeId,
    title: '9 月值班表',
    fromOn: '2021-09-25',
    toOn: '2021-09-28',
    pattern: shippedPatterns.whole,
    leaders: [leader.id],
    officers: [officer.id],
  });
  await office.publish({ id: made.id, edition: made.edition });
});
afterAll(() => city?.close());

const county = () => city.as({ role: 'responsibleUnit', name: '县值班员', unitIds: [countyId] })(duties);
const told = async () => {
  const { rows } = await city.system((scope) =>
    sql<{ username: string; title: { zh: string } }>`
      select a.username, n.title from notices.notice n join identity.account a on a.id = n.account_id
      where n.kind = 'duty' order by n.at, a.username`.execute(scope.db),
  );
  return rows.map((row) => `${row.username} ${row.title.zh}`);
};
const raise = (more: Partial<Parameters<ReturnType<typeof county>['raise']>[0]> = {}) =>
  county().raise({
    unitId: countyId,
    class: 'production',
    level: 'ordinary',
    title: '示例工地脚手架局部坍塌',
    place: '示例工地',
    learnedAt: iso(today('08:00')),
    learnedFrom: '项目部电话',
    ...more,
  });

test('the clocks run from the moment it was learned of, not from entry; late is said in minutes', async () => {
  setNow(today('08:25'));
  const incident = await raise();
  expect(incident.no).toBe('突发〔2021〕1号');
  expect(incident.clocks.map((c) => [c.code, c.dueAt, c.state])).toEqual([
    ['countyPhone', iso(today('08:20')), 'late'],
    ['countyWritten', iso(today('08:40')), 'running'],
  ]);
  const phoned = await county().report({
    id: incident.id,
    kind: 'phone',
    at: iso(today('08:23')),
    text: '电话报市重点办',
  });
  expect(phoned.clocks[0]).toMatchObject({ state: 'metLate', lateMinutes: 3, metAt: iso(today('08:23')) });
  expect(phoned.clocks[1]).toMatchObject({ metAt: null });
  setNow(today('08:39'));
  const written = await county().report({
    id: incident.id,
    kind: 'first',
    text: '08:00 接报，脚手架局部坍塌，无人员伤亡。',
    elements: { measures: '已停工并疏散' },
    nextBy: iso(today('10:00')),
  });
  expect(written.timeline.map((r) => [r.seq, r.kind, r.lateMinutes])).toEqual([
    [1, 'phone', 3],
    [2, 'first', 0],
  ]);
  expect(written).toMatchObject({ lateMinutes: 3, nextReports: ['continuing', 'final'], next: { code: 'next2' } });
  // On duty at the headquarters: told by the platform when there is an account, named for the telephone when not.
  expect(written.timeline[1]!.told.join()).toMatch(/值班员 张三/);
  expect(await told()).toContain('officer 【一般】初报：示例工地脚手架局部坍塌');
});

test('a follow-up never overwrites the first report, and the final one closes the chain', async () => {
  setNow(today('09:00'));
  const incident = await raise({ title: '示例顶管渗水', learnedAt: iso(today('08:50')) });
  const report = (kind: 'phone' | 'first' | 'continuing' | 'final', text: string) =>
    county().report({ id: incident.id, kind, text });
  await expect(report('continuing', '续')).rejects.toMatchObject({ code: 'report_order' });
  await report('first', '第一次');
  await expect(report('first', '改写')).rejects.toMatchObject({ code: 'report_order' });
  setNow(today('09:30'));
  await report('continuing', '第二次');
  const closed = await report('final', '已处置');
  expect(closed.timeline.map((r) => [r.kind, r.number, r.text])).toEqual([
    ['first', null, '第一次'],
    ['continuing', 1, '第二次'],
    ['final', null, '已处置'],
  ]);
  expect(closed).toMatchObject({ state: 'closed', nextReports: [], next: null });
  await expect(report('continuing', '再续')).rejects.toMatchObject({ code: 'incident_closed' });
  await expect(
    county().setLevel({ id: incident.id, version: closed.version, level: 'major', reason: '补改' }),
  ).rejects.toMatchObject({ code: 'incident_closed' });
});

test('a doubtful spill of heavy metals counts as major, and a final report waits for a judged level', async () => {
  setNow(today('09:00'));
  const spill = await raise({
    class: 'environment',
    level: 'unknown',
    signs: ['heavyMetal'],
    title: '示例尾矿渗漏',
    learnedAt: iso(today('08:55')),
  });
  expect(spill).toMatchObject({
    level: 'unknown',
    treatedAs: 'major',
    treatedBasis: expect.stringContaining('第四条'),
  });
  expect(spill.clocks.find((c) => c.code === 'environmentMajor')!.dueAt).toBe(iso(today('10:55')));
  expect(spill.route.outside).toContain('市应急管理局');
  await county().report({ id: spill.id, kind: 'first', text: '初报' });
  await expect(county().report({ id: spill.id, kind: 'final', text: '终报' })).rejects.toMatchObject({
    code: 'level_open',
  });
});

test('a change of level tells others, adds the shorter limit and restarts nothing that has passed', async () => {
  setNow(today('11:00'));
  const incident = await raise({ class: 'environment', title: '示例油污入河', learnedAt: iso(today('10:00')) });
  expect(incident.clocks.map((c) => c.code)).toEqual(['countyPhone', 'countyWritten', 'environment']);
  expect((await told()).filter((line) => line.startsWith('leader') && line.includes('油污'))).toEqual([]);
  const raised = await county().setLevel({
    id: incident.id,
    version: incident.version,
    level: 'major',
    reason: '入湖',
  });
  expect(raised.clocks.map((c) => [c.code, c.dueAt])).toEqual([
    ['countyPhone', iso(today('10:20'))],
    ['countyWritten', iso(today('10:40'))],
    ['environmentMajor', iso(today('12:00'))],
    ['environment', iso(today('14:00'))],
  ]);
  expect(raised.events.at(-1)).toMatchObject({ kind: 'levelChanged', text: '一般 → 重大：入湖' });
  expect(raised.events.at(-1)!.told).toContain('总指挥部领导');
  expect(await told()).toContain('leader 【重大】级别变更：示例油污入河');
  await expect(
    county().setLevel({ id: incident.id, version: incident.version, level: 'grave', reason: '旧页面' }),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' });
  const leader = city.as({ role: 'leader', name: '市领导' })(duties);
  expect((await leader.instruct({ id: incident.id, text: '立即布设围油栏' })).events.at(-1)).toMatchObject({
    kind: 'instructed',
    actorName: '市领导',
  });
  await expect(county().instruct({ id: incident.id, text: 'x' })).rejects.toMatchObject({ status: 403 });
});

test('the job tells once of a limit that has passed', async () => {
  setNow(today('15:00'));
  const incident = await raise({ title: '示例停电', learnedAt: iso(today('14:55')) });
  const run = async () => {
    await sql`select graphile_worker.add_job('duties.watch', ${JSON.stringify({ cityId: city.cityId, payload: {} })}::json)`.execute(
      city.host.db,
    );
    await city.settle();
  };
  const late = async () => (await told()).filter((line) => line.includes('迟报：示例停电'));
  await run();
  expect(await late()).toEqual([]);
  setNow(today('15:16'));
  await run();
  await run();
  expect(await late()).toEqual(['officer 【一般】迟报：示例停电']);
  expect((await county().incident({ id: incident.id })).events.filter((e) => e.kind === 'late')).toHaveLength(1);
});

test('what is learned of later than now or reported before it was learned is refused', async () => {
  setNow(today('16:00'));
  await expect(raise({ learnedAt: iso(today('17:00')) })).rejects.toMatchObject({ code: 'future' });
  const incident = await raise({ title: '示例次序', learnedAt: iso(today('15:50')) });
  await expect(
    county().report({ id: incident.id, kind: 'phone', at: iso(today('15:40')), text: '早' }),
  ).rejects.toMatchObject({ code: 'order' });
});

test('a follow-up is a matter of the ledger that the incident shows and the next officer is handed', async () => {
  setNow(today('16:30'));
  const incident = await raise({ title: '示例围挡倒塌', learnedAt: iso(today('16:25')) });
  const office = city.as({ role: 'office' })(duties);
  const wanted = { id: incident.id, kind: 'problem' as const, title: '示例围挡加固', dueOn: '2021-09-28' };
  await expect(county().raiseMatter({ ...wanted, leadUnitId: otherId })).rejects.toMatchObject({ status: 404 });
  const { matters, events } = await office.raiseMatter({ ...wanted, leadUnitId: countyId });
  expect(matters).toMatchObject([{ title: '示例围挡加固', state: 'issued', dueOn: '2021-09-28', kind: 'problem' }]);
  expect(events.at(-1)).toMatchObject({ kind: 'matterRaised', text: expect.stringContaining(matters[0]!.no) });
  expect((await county().incident({ id: incident.id })).matters).toHaveLength(1);
  const open = await office.openMatters({ unitId: officeId });
  expect(open.matters.find((m) => m.id === matters[0]!.id)).toMatchObject({ why: 'duty', dueOn: '2021-09-28' });
  expect((await county().openMatters({ unitId: countyId })).matterCount).toBe(1);
});

test('another county finds none of it, and the whole city sees all', async () => {
  const other = city.as({ role: 'responsibleUnit', unitIds: [otherId] })(duties);
  expect((await other.incidents({})).incidents).toEqual([]);
  const { incidents } = await city.as({ role: 'inspector' })(duties).incidents({});
  expect(incidents.length).toBeGreaterThan(4);
  await expect(other.incident({ id: incidents[0]!.id })).rejects.toMatchObject({ status: 404 });
  await expect(other.report({ id: incidents[0]!.id, kind: 'phone', text: 'x' })).rejects.toMatchObject({ status: 404 });
});

test('rules are versions: an incident keeps the limits under which it was raised', async () => {
  setNow(today('18:00'));
  const admin = city.as({ role: 'admin', name: '管理员' })(duties);
  const incident = await raise({ title: '示例旧规', learnedAt: iso(today('17:59')) });
  const { versions } = await admin.incidentRules({});
  const rules = structuredClone(versions[0]!.rules);
  for (const clock of rules.clocks) clock.isActive = clock.code.startsWith('company');
  expect(await admin.setIncidentRules({ basedOn: 0, rules, reason: '改用企业时限（示例）' })).toMatchObject({
    version: 1,
  });
  await expect(admin.setIncidentRules({ basedOn: 0, rules, reason: '重复' })).rejects.toMatchObject({
    code: 'rules_changed',
  });
  expect((await county().incident({ id: incident.id })).clocks.map((c) => c.minutes)).toEqual([20, 40]);
  const fresh = await raise({ title: '示例新规', learnedAt: iso(today('17:59')) });
  expect(fresh.clocks.map((c) => c.minutes)).toEqual([30, 60]);
});
