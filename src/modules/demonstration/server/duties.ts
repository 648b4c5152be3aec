import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, addMonths, endOfMonth } from '#core/shared/day.ts';
import {
  clearTurns,
  type IncidentStep,
  insertHandover,
  insertIncident,
  insertLogEntries,
  insertMembers,
  insertRoster,
  listReliefs,
  raiseFollowUp,
} from '#modules/duties/server/public.ts';
import { personNames, unitsByName } from '#modules/organization/server/public.ts';

const minute = 60_000;
const pattern = { handover: '08:30', workday: [], restDay: [] };

interface Duty {
  unitId: string;
  leaders: string[];
  officers: string[];
}

/** Accounts of the demonstration that hold a post in the unit: they sign what others hand over to them. */
async function accountsOf(scope: Scope, unitId: string, name: string): Promise<string | null> {
  const { rows } = await sql<{ personId: string }>`
    select person_id from organization.pub_post where city_id = ${scope.cityId} and unit_id = ${unitId}`.execute(
    scope.db,
  );
  const names = await personNames(
    scope,
    rows.map((row) => row.personId),
  );
  return [...names].find(([, one]) => one === name)?.[0] ?? null;
}

async function layOutPeople(
  scope: Scope,
  unitId: string,
  leaders: readonly [string, string][],
  officers: readonly [string, string][],
  extension: number,
): Promise<Duty> {
  const named = (list: readonly [string, string][], post: 'leader' | 'officer', from: number) =>
    Promise.all(
      list.map(async ([name, title], i) => ({
        unitId,
        name,
        title,
        // A number nobody has: the exchange of the city with an invented extension.
        phone: `0730-888 ${String(from + i).padStart(4, '0')}`,
        posts: [post],
        personId: await accountsOf(scope, unitId, name),
      })),
    );
  return {
    unitId,
    leaders: await insertMembers(scope, await named(leaders, 'leader', extension)),
    officers: await insertMembers(scope, await named(officers, 'officer', extension + 20)),
  };
}

const monthTitle = (day: string) => `${Number(day.slice(5, 7))}月值班表`;

async function planMonth(scope: Scope, duty: Duty, first: string, isDraft = false): Promise<string> {
  return insertRoster(scope, {
    unitId: duty.unitId,
    title: monthTitle(first),
    fromOn: first,
    toOn: endOfMonth(first),
    pattern,
    lists: { leader: duty.leaders, officer: duty.officers },
    demo: true,
    isDraft,
  });
}

/**
 * Rosters of the office and of two units over the holidays of the autumn, a draft with a day that nobody has, hand-overs of
 * which the last one waits for a signature, the log, and two incidents: one closed in time, one under way and late.
 */
export async function layOutDuties(scope: Scope): Promise<void> {
  const units = await unitsByName(scope);
  const officeId = units.all.find((unit) => unit.kind === 'office')!.id;
  const countyId = units.find('云溪区')[0]!.id;
  const trafficId = units.find('交通建设协调指挥部')[0]!.id;
  const office = await layOutPeople(
    scope,
    officeId,
    [
      ['周建国（示例）', '常务副主任'],
      ['彭志远（示例）', '副主任'],
      ['易红霞（示例）', '副主任'],
      ['方立新（示例）', '总工程师'],
    ],
    [
      ['刘敏（示例）', '调度科科长'],
      ['何晓东（示例）', '综合科副科长'],
      ['李婷（示例）', '督查科科员'],
      ['谭伟（示例）', '调度科科员'],
      ['蒋文静（示例）', '综合科科员'],
    ],
    1001,
  );
  const county = await layOutPeople(
    scope,
    countyId,
    [
      ['方毅（示例）', '副区长'],
      ['卢卫平（示例）', '区政府办主任'],
    ],
    [
      ['袁亮（示例）', '值班室科员'],
      ['毛丽（示例）', '值班室科员'],
      ['易鹏（示例）', '值班室科员'],
    ],
    2001,
  );
  const traffic = await layOutPeople(
    scope,
    trafficId,
    [['许国强（示例）', '副指挥长']],
    [
      ['陈志刚（示例）', '联络员'],
      ['罗勇（示例）', '工程科科员'],
    ],
    3001,
  );
  const first = `${scope.today.slice(0, 7)}-01`;
  for (const duty of [office, county, traffic])
    for (const month of [first, addMonths(first, 1)]) await planMonth(scope, duty, month);
  const draftMonth = addMonths(first, 2);
  const draft = await planMonth(scope, office, draftMonth, true);
  await clearTurns(scope, draft, new Date(`${addDays(draftMonth, 13)}T00:00:00+08:00`));

  await handOverDays(scope, officeId);
  await keepLog(scope, officeId);
  await layOutIncidents(scope, { countyId, trafficId });
}

async function handOverDays(scope: Scope, unitId: string): Promise<void> {
  const reliefs = await listReliefs(scope, unitId, new Date(scope.now.getTime() - 6 * 86_400_000), scope.now);
  const notes = ['交通局上报的绕城路占道协调会纪要待收。', '', '南湖水位 31.2 米，防汛四级响应未解除。', ''];
  for (const [i, { at, outgoing, incoming }] of reliefs.entries())
    await insertHandover(scope, {
      unitId,
      at: new Date(at),
      outgoing: { id: outgoing.memberId, name: outgoing.name },
      incoming: { id: incoming.memberId, name: incoming.name },
      notes: notes[i % notes.length]!,
      writtenAt: new Date(at - 10 * minute),
      demo: true,
      // The newest waits for its signature.
      ...(i > 0 && { signed: { at: new Date(at + 8 * minute) } }),
    });
}

async function keepLog(scope: Scope, unitId: string): Promise<void> {
  const ago = (minutes: number) => new Date(scope.now.getTime() - minutes * minute);
  const told = (whom: string, at: Date) => [{ whom, at: at.toISOString(), way: '电话' }];
  const entry = { unitId, demo: true, actorName: '值班员（示例）' };
  await insertLogEntries(scope, [
    {
      ...entry,
      at: ago(1530),
      enteredAt: ago(1528),
      source: 'message',
      fromWhom: '市防汛抗旱指挥部',
      content: '通报未来 24 小时有中到大雨，要求在建工地加强临边和基坑巡查。',
      told: told('各协调指挥部值班员', ago(1515)),
    },
    {
      ...entry,
      at: ago(940),
      enteredAt: ago(938),
      source: 'call',
      fromWhom: '云溪区值班室',
      content: '报告安置房工地塔吊吊物坠落，无人员伤亡，现场已停工。',
      told: told('带班领导', ago(936)),
    },
    {
      ...entry,
      at: ago(260),
      enteredAt: ago(215),
      source: 'instruction',
      fromWhom: '带班领导',
      content: '国庆期间各工地留守人员名单于 9 月 29 日前报送。',
    },
    {
      ...entry,
      at: ago(48),
      enteredAt: ago(47),
      source: 'call',
      fromWhom: '交通建设协调指挥部',
      content: '报告跨湖桥施工泥浆外溢，已围堵，正在取样。',
      told: told('带班领导', ago(45)),
    },
  ]);
}

async function layOutIncidents(
  scope: Scope,
  { countyId, trafficId }: { countyId: string; trafficId: string },
): Promise<void> {
  const { rows } = await sql<{ id: string; commandUnitId: string | null; countyUnitId: string | null }>`
    select id, command_unit_id, county_unit_id from projects.pub_project
    where city_id = ${scope.cityId} and parent_id is null and stage = 'building' and (command_unit_id = ${trafficId} or county_unit_id = ${countyId})
    order by serial`.execute(scope.db);
  const ago = (minutes: number) => new Date(scope.now.getTime() - minutes * minute);
  const closed: IncidentStep[] = [
    {
      report: 'phone',
      at: ago(941),
      text: '电话报市重点办值班室：安置房工地塔吊吊物坠落，未伤人。',
      actorName: '袁亮（示例）',
    },
    {
      report: 'first',
      at: ago(925),
      text: '得知后 31 分钟书面报告：一捆模板自 12 层坠落，砸坏围挡，无人员伤亡；现场已停工，塔吊封存，区住建局到场。',
      actorName: '袁亮（示例）',
    },
    {
      report: 'continuing',
      at: ago(790),
      text: '初查为吊索磨损断裂；同项目 3 台塔吊全部停用检测。',
      actorName: '袁亮（示例）',
    },
    {
      report: 'final',
      at: ago(180),
      text: '检测完毕，更换吊索具 42 副；区住建局对总包立案。停工整改事项转入台账办理。',
      actorName: '毛丽（示例）',
    },
  ];
  const fallen = await insertIncident(
    scope,
    {
      unitId: countyId,
      projectId: rows.find((row) => row.countyUnitId === countyId)?.id ?? null,
      class: 'production',
      level: 'ordinary',
      signs: [],
      title: '示例：安置房工地塔吊吊物坠落',
      place: '云溪区安置房二标段（示例）',
      happenedAt: ago(960),
      learnedAt: ago(956),
      learnedFrom: '总包项目部电话',
      enteredAt: ago(950),
      enteredByName: '袁亮（示例）',
      demo: true,
    },
    closed,
  );
  await raiseFollowUp(scope, fallen, {
    kind: 'problem',
    title: '示例：安置房二标段起重机械专项整改',
    leadUnitId: countyId,
    dueOn: addDays(scope.today, 2),
  });
  await insertIncident(
    scope,
    {
      unitId: trafficId,
      projectId: rows.find((row) => row.commandUnitId === trafficId)?.id ?? null,
      class: 'environment',
      level: 'unknown',
      signs: ['drinkingWater'],
      title: '示例：跨湖桥施工泥浆外溢入湖',
      place: '南湖跨湖桥 3 号墩（示例）',
      happenedAt: ago(75),
      learnedAt: ago(62),
      learnedFrom: '巡查人员电话',
      enteredAt: ago(55),
      enteredByName: '陈志刚（示例）',
      demo: true,
    },
    [
      {
        report: 'phone',
        at: ago(48),
        enteredAt: ago(44),
        text: '电话报市重点办值班室和市生态环境局：泥浆池围堰溃口，约 20 立方米入湖，下游 1.2 公里有备用取水口。',
        actorName: '陈志刚（示例）',
        outside: ['市应急管理局'],
      },
      {
        report: 'first',
        at: ago(9),
        text: '围堰已封堵，布设围油栏和防污帘两道；取样 4 组送检；取水口已停用。溢出量约 20 立方米，级别待判定，按重大报告。',
        actorName: '陈志刚（示例）',
        outside: ['市委值班室', '市政府总值班室', '市应急管理局'],
        nextBy: new Date(scope.now.getTime() + 51 * minute),
      },
    ],
  );
}
