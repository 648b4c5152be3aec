// Long because three meetings, what became of their decisions, and two observations are one story, told in order.
import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { recomputeProjects } from '#modules/dispatch/server/public.ts';
import type { PastAct } from '#modules/ledger/server/public.ts';
import {
  insertComingMeeting,
  insertPastMeeting,
  insertPastObservation,
  type PastDecision,
  type PastItem,
} from '#modules/meetings/server/public.ts';
import { type UnitRef, unitsByName } from '#modules/organization/server/public.ts';
import { between } from './draw.ts';
import { surnames } from './matter-words.ts';
import { decisionThemes, observationComments } from './meeting-words.ts';

interface Project {
  id: string;
  serial: number;
  name: string;
  countyUnitId: string;
  commandUnitId: string | null;
  isBuilding: boolean;
}

interface Cast {
  officeId: string;
  /** A county and the government or committee that speaks for it. */
  counties: { countyId: string; unit: UnitRef }[];
  departments: UnitRef[];
  commands: UnitRef[];
  projects: Project[];
}

const chair = '市领导甲';
const hall = '市委综合楼三楼会议室（示例）';
const moment = (day: Day, time: string) => new Date(`${day}T${time}:00+08:00`);
const person = (n: number) => `${surnames[n % surnames.length]}${['立新', '海燕', '国平', '文静'][n % 4]}（示例）`;

/**
 * Three months of 工作调度会 with what became of their decisions, one coordination whose minutes are out for comment, the
 * next 调度会 with its agenda fixed today, and a 观摩 that was scored and published beside one that is being scored.
 */
export async function layOutMeetings(scope: Scope): Promise<void> {
  const cast = await castOf(scope);
  const { today } = scope;
  await pastDispatch(scope, cast, {
    no: 7,
    lives: [0, 6, 0, 3, 6, 2],
    on: addDays(today, -61),
    issuedOn: addDays(today, -57),
    isArchived: true,
  });
  await pastDispatch(scope, cast, {
    no: 8,
    lives: [0, 6, 1, 4, 6, 9],
    on: addDays(today, -31),
    issuedOn: addDays(today, -27),
  });
  await pastDispatch(scope, cast, {
    no: 9,
    lives: [6, 7, 8, 5, 0, 1],
    on: addDays(today, -12),
    issuedOn: addDays(today, -9),
  });
  await coordination(scope, cast);
  await observation(scope, cast, addDays(today, -38), true);
  await ensureStandings(scope, cast);
  const participants = peopleOf(cast).map(({ unitId, personName, role }) => ({ unitId, personName, role }));
  const common = { place: hall, chairName: chair, convenerUnitId: cast.officeId, demo: true };
  await insertComingMeeting(
    scope,
    { ...common, kind: 'dispatch', no: 10, startsAt: moment(today, '15:00'), participants },
    { isFixed: true },
  );
  const counties = participants.filter((p) => cast.counties.some(({ unit }) => unit.id === p.unitId));
  await insertComingMeeting(scope, {
    ...common,
    kind: 'headquarters',
    startsAt: moment(addDays(today, 14), '09:00'),
    participants: counties,
  });
  await observation(scope, cast, today, false);
}

async function castOf(scope: Scope): Promise<Cast> {
  const units = (await unitsByName(scope)).all;
  const { rows: projects } = await sql<Project>`
    select id, serial, name, county_unit_id, command_unit_id, stage = 'building' as is_building
    from projects.pub_project
    where city_id = ${scope.cityId} and parent_id is null and county_unit_id is not null order by serial limit 300`.execute(
    scope.db,
  );
  const alive = units.filter((unit) => unit.validTo === null || unit.validTo >= scope.today);
  return {
    officeId: alive.find((unit) => unit.kind === 'office')!.id,
    counties: alive
      .filter((unit) => unit.kind === 'county')
      .map((county) => ({ countyId: county.id, unit: governmentOf(county, alive) })),
    departments: alive.filter(
      (unit) =>
        (unit.kind === 'department' || unit.name.startsWith('国网')) &&
        /^(岳阳市|国网).*(局|委员会|公司)/.test(unit.name) &&
        !/督查/.test(unit.name),
    ),
    commands: alive.filter((unit) => unit.kind === 'commandPost').slice(0, 6),
    projects,
  };
}

const governmentOf = (county: UnitRef, units: readonly UnitRef[]): UnitRef =>
  units.find((unit) => unit.parentId === county.id && /(人民政府|管理委员会)$/.test(unit.name)) ?? county;

/** The lights follow from events; a first loading may be here before them. */
async function ensureStandings(scope: Scope, { projects }: Cast): Promise<void> {
  const { rows } =
    await sql`select 1 from projects.pub_standing where city_id = ${scope.cityId} and light = 'late' limit 1`.execute(
      scope.db,
    );
  if (rows.length === 0)
    await recomputeProjects(
      scope,
      projects.map((project) => project.id),
    );
}

function peopleOf({ officeId, counties, departments, commands }: Cast) {
  return [...counties.map(({ unit }) => unit), ...departments.slice(0, 8), ...commands]
    .filter((unit) => unit.id !== officeId)
    .map((unit, i) => ({
      unitId: unit.id,
      personName: person(i),
      role: unit.kind === 'commandPost' ? ('sitIn' as const) : ('attend' as const),
    }));
}

const paper = { kind: 'document' as const, words: '完成情况报告，原件存纸质档案（示例）' };

/** Ten ways a decision may have gone; those of older meetings are further on. */
function lifeOf(n: number, officeId: string, issuedOn: Day, dueOn: Day, today: Day): readonly PastAct[] {
  const by = person(n + 7);
  const verifier = '刘敏（示例）';
  const day = (after: number) => addDays(issuedOn, after);
  const sign: PastAct = { act: 'sign', on: day(1), by };
  const report = (after: number, text: string): PastAct => ({ act: 'report', on: day(after), by, text });
  const claim = (after: number): PastAct => ({
    act: 'claim',
    on: day(after),
    by,
    text: '已按议定事项办结',
    evidence: [paper],
  });
  const done: PastAct = {
    act: 'pass',
    on: day(8),
    by: verifier,
    unitId: officeId,
    method: 'document',
    text: '材料齐全，同意销号',
  };
  const lives: readonly (readonly PastAct[])[] = [
    [sign, report(3, '已召开专题会研究，明确到人'), claim(6), done],
    [sign, report(4, '已完成前期摸底，正在签订协议')],
    [
      sign,
      claim(5),
      {
        act: 'return',
        on: day(6),
        by: verifier,
        unitId: officeId,
        method: 'document',
        text: '佐证不能说明红线内全部完成',
      },
      report(8, '补充推进'),
    ],
    [
      sign,
      report(5, '已报省厅，等待批复'),
      {
        act: 'extend',
        on: day(6),
        by,
        dueOn: addDays(dueOn, 15),
        decidedOn: day(7),
        decidedBy: verifier,
        text: '省级审批时间较长',
      },
    ],
    [sign, claim(6)],
    [],
    [sign, report(2, '已进场'), claim(7), done],
    [sign],
    [sign, report(3, '资金已落实六成')],
    [
      sign,
      report(4, '正在办理'),
      {
        act: 'escalate',
        on: day(8),
        by: verifier,
        unitId: officeId,
        level: 'headquarters',
        text: '责任单位协调有困难，提级研究',
      },
    ],
  ];
  const life = lives[n % lives.length]!;
  // Nothing happens after today.
  return life.filter((act) => act.on <= today);
}

async function pastDispatch(
  scope: Scope,
  cast: Cast,
  {
    no,
    on,
    issuedOn,
    lives,
    isArchived = false,
  }: {
    no: number;
    on: Day;
    issuedOn: Day;
    /** Which way each decision went. */
    lives: readonly number[];
    isArchived?: boolean;
  },
): Promise<void> {
  const { today } = scope;
  const people = peopleOf(cast);
  const items: PastItem[] = [
    {
      title: '上月重点项目建设情况通报',
      minute:
        '市总指挥部办公室通报了上月投资完成、亮灯和排名情况。\n会议要求，红灯项目所在县区要逐项说明原因，明确转绿时间。',
      decisions: [],
    },
  ];
  for (let i = 0; i < 4; i += 1) {
    const project = cast.projects.filter((p) => p.isBuilding)[(no * 11 + i * 7) % 60] ?? cast.projects[i]!;
    const theme = decisionThemes[(no + i) % decisionThemes.length]!;
    const county = (cast.counties.find((one) => one.countyId === project.countyUnitId) ?? cast.counties[0]!).unit;
    const department = cast.departments.find((unit) => unit.name.includes(theme.unit)) ?? cast.departments[0]!;
    const dueOn = addDays(issuedOn, [18, 25, 35, 12][i]!);
    const title = theme.decision.replace('〈项目〉', project.name);
    const decisions: PastDecision[] = [
      {
        title,
        line: `由${department.name}牵头，${county.name}配合，${Number(dueOn.slice(5, 7))}月${Number(dueOn.slice(8))}日前${title}`,
        leadUnitId: department.id,
        coUnitIds: [county.id],
        dueOn,
        acts: lifeOf(lives[i]!, cast.officeId, issuedOn, dueOn, today),
      },
    ];
    if (i % 2 === 0)
      decisions.push({
        title: `完成${project.name}红线内剩余征拆扫尾`,
        line: `${county.name}抓紧完成${project.name}红线内剩余征拆扫尾`,
        leadUnitId: county.id,
        dueOn: addDays(dueOn, 5),
        acts: lifeOf(lives[4 + i / 2]!, cast.officeId, issuedOn, addDays(dueOn, 5), today),
      });
    items.push({
      title: project.name,
      projectId: project.id,
      presenterUnitId: county.id,
      minute: `${county.name}汇报了${project.name}推进情况。\n${theme.problem}\n${department.name}就有关问题作了说明。`,
      decisions,
    });
  }
  await insertPastMeeting(scope, {
    kind: 'dispatch',
    no,
    byName: '刘敏（示例）',
    startsAt: moment(on, '15:00'),
    place: hall,
    chairName: chair,
    convenerUnitId: cast.officeId,
    participants: people.map(({ unitId, personName, role }) => ({ unitId, personName, role })),
    demo: true,
    preamble: `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日，${chair}在${hall}主持召开2021年第${no}次工作调度会，听取上次调度会议定事项落实情况，研究重点项目推进中的困难和问题。现纪要如下。`,
    items,
    issuedOn,
    isArchived,
    // One is excused, one did not come and said nothing, one came late, some sent somebody else.
    people: people.map(({ unitId }, i) =>
      i === 4
        ? { unitId, excused: '赴省厅对接工作' }
        : { unitId, late: i === 6 ? 12 : 0, isDeputy: i % 11 === 3, ...(i !== 9 && { name: person(i) }) },
    ),
  });
}

/** One whose minutes are out for comment, with an objection that waits and one that was answered. */
async function coordination(scope: Scope, cast: Cast): Promise<void> {
  const on = addDays(scope.today, -2);
  const project = cast.projects.find((p) => p.isBuilding && p.commandUnitId) ?? cast.projects[0]!;
  const county = (cast.counties.find((one) => one.countyId === project.countyUnitId) ?? cast.counties[0]!).unit;
  const yunxi = cast.counties.find(({ unit }) => unit.name.startsWith('云溪'))?.unit ?? county;
  const [first, second] = cast.departments;
  const others = [...new Map([county, yunxi, first!, second!].map((unit) => [unit.id, unit])).values()];
  await insertPastMeeting(scope, {
    kind: 'special',
    byName: '刘敏（示例）',
    startsAt: moment(on, '09:30'),
    place: '总指挥部办公室会议室（示例）',
    chairName: chair,
    convenerUnitId: cast.officeId,
    participants: others.map((unit, i) => ({ unitId: unit.id, personName: person(i + 3), role: 'attend' })),
    demo: true,
    preamble: '',
    issuedOn: null,
    items: [
      {
        title: `${project.name}管线迁改和临时用电`,
        projectId: project.id,
        presenterUnitId: county.id,
        minute: '会议听取了管线权属单位关于迁改方案和费用的汇报。\n会议认为，迁改费用应按概算批复口径据实结算。',
        decisions: [
          {
            line: `由${first!.name}牵头，${yunxi.name}配合，10月20日前完成管线迁改方案会审`,
            title: '完成管线迁改方案会审',
            leadUnitId: first!.id,
            coUnitIds: [yunxi.id],
            dueOn: addDays(scope.today, 24),
            acts: [],
          },
          {
            line: `${yunxi.name}于9月底前落实临时用电接入点`,
            title: '落实临时用电接入点',
            leadUnitId: yunxi.id,
            dueOn: addDays(scope.today, 4),
            acts: [],
          },
        ],
      },
    ],
    people: others.map((unit, i) => ({ unitId: unit.id, name: person(i + 3) })),
    objections: [
      {
        of: 1,
        unitId: yunxi.id,
        text: '接入点涉及专线改造，建议完成时限调整为10月15日。',
        byName: '方毅（示例）',
      },
      {
        of: null,
        unitId: first!.id,
        text: '建议写明迁改费用的概算批复文号。',
        byName: person(5),
        answer: { isAdopted: true, text: '采纳，印发时补充。' },
      },
    ],
  });
}

const criteria = [
  { code: 'progress', name: '形象进度', weight: 35 },
  { code: 'investment', name: '投资完成', weight: 25 },
  { code: 'quality', name: '质量安全', weight: 15 },
  { code: 'factors', name: '要素保障', weight: 15 },
  { code: 'site', name: '现场管理', weight: 10 },
];

/** Six stops, one in each of six counties; five to seven observers a stop, none of the project's own county. */
async function observation(scope: Scope, cast: Cast, on: Day, isPublished: boolean): Promise<void> {
  const chosen = cast.counties
    .flatMap(({ countyId }) => cast.projects.find((p) => p.countyUnitId === countyId && p.isBuilding) ?? [])
    .slice(0, 6);
  const stops = chosen.map((project, i) => ({
    projectId: project.id,
    plannedAt: moment(on, `${String(8 + i).padStart(2, '0')}:30`).toISOString(),
    note: i === 0 ? '集合上车：市委大院东门（示例）' : null,
  }));
  const points = (n: number, code: string) => between(n, `观摩 ${code} ${on}`, 72, 98);
  const scores = chosen.map((project, i) =>
    cast.counties
      .filter(({ countyId }) => countyId !== project.countyUnitId)
      .slice(0, isPublished ? 7 - (i % 3) : i < 2 ? 5 : 0)
      .map(({ unit }, k) => ({
        name: `${unit.shortName ?? unit.name}观摩员（示例）`,
        unitId: unit.id,
        points: Object.fromEntries(criteria.map(({ code }) => [code, points(project.serial * 17 + k, code)])),
        comment: k % 3 === 0 ? observationComments[(i + k) % observationComments.length]! : null,
      })),
  );
  await insertPastObservation(scope, {
    kind: 'observation',
    startsAt: moment(on, '08:00'),
    place: '市委大院东门集合（示例）',
    chairName: chair,
    convenerUnitId: cast.officeId,
    participants: cast.counties.map(({ unit }, i) => ({ unitId: unit.id, personName: person(i), role: 'attend' })),
    demo: true,
    criteria,
    scale: 'hundred',
    stops,
    scores,
    people: isPublished ? cast.counties.map(({ unit }, i) => ({ unitId: unit.id, name: person(i) })) : [],
    isPublished,
  });
}
