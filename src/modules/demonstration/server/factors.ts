import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays, yearOf } from '#core/shared/day.ts';
import {
  type CategoryCode,
  insertNeeds,
  insertPoolWithAllotments,
  type NeedToInsert,
} from '#modules/factors/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { between, draw } from './draw.ts';
import { ever } from './staff.ts';

interface DemoProject {
  id: string;
  serial: number;
  board: string | null;
  totalYuan: number | null;
  countyUnitId: string | null;
  isStarted: boolean;
}

/** Who answers for what in the demonstration. 征拆 is the county's. */
const ownerOf: Partial<Record<CategoryCode, string>> = {
  land: '岳阳市自然资源和规划局',
  forest: '岳阳市林业局',
  energy: '岳阳市发展和改革委员会',
  water: '岳阳市水务集团（示例）',
  power: '岳阳供电公司（示例）',
  gas: '岳阳市燃气公司（示例）',
  labour: '岳阳市人力资源和社会保障局',
  funding: '岳阳市财政局',
  environment: '岳阳市生态环境局',
  aggregate: '岳阳市水利局',
  access: '岳阳市住房和城乡建设局',
};
const people = ['周海涛', '何静', '彭立新', '谭晓峰', '罗建军', '邓丽华', '易志远', '欧阳敏'];

/** How likely a project of a board needs a category. */
const likely: Record<string, Partial<Record<CategoryCode, number>>> = {
  产业: {
    land: 0.85,
    clearance: 0.4,
    energy: 0.7,
    water: 0.4,
    power: 0.8,
    gas: 0.4,
    labour: 0.5,
    funding: 0.6,
    environment: 0.6,
    access: 0.3,
  },
  基础设施: { land: 0.9, clearance: 0.75, forest: 0.45, power: 0.3, funding: 0.7, aggregate: 0.6, access: 0.4 },
  社会民生: { land: 0.8, clearance: 0.5, water: 0.4, power: 0.6, funding: 0.5, access: 0.35 },
  生态: { land: 0.5, clearance: 0.4, forest: 0.3, funding: 0.6, aggregate: 0.3 },
};
/** Share of needs that are met: published figures of 用地 lie about 85 %. */
const metShare: Partial<Record<CategoryCode, number>> = { land: 0.77, clearance: 0.55, funding: 0.6 };

/** Demand in units of the last decimal, by the size of the project in 亿元. */
const sized: Record<CategoryCode, (yi: number, serial: number) => number> = {
  land: (yi, s) => Math.round((18 + yi * (8 + draw(s, 'land') * 12)) * 100),
  clearance: (yi, s) => Math.max(4, Math.round(yi * (4 + draw(s, 'houses') * 10))),
  forest: (yi, s) => Math.round((0.4 + yi * draw(s, 'forest')) * 10_000),
  energy: (yi, s) => Math.round((300 + yi * 900 * (0.3 + draw(s, 'energy'))) * 100),
  water: (yi, s) => Math.round((200 + yi * 150 * draw(s, 'water')) / 10) * 10,
  power: (yi, s) => Math.round((630 + yi * 800 * draw(s, 'power')) / 10) * 10,
  gas: (yi, s) => Math.round((300 + yi * 400 * draw(s, 'gas')) / 10) * 10,
  labour: (yi, s) => 40 + Math.round(yi * 25 * draw(s, 'labour')),
  funding: (yi, s) => Math.round(yi * 10_000 * (0.2 + 0.4 * draw(s, 'funding'))) * 10_000,
  environment: (yi, s) => Math.round((1 + yi * 2 * draw(s, 'environment')) * 1_000),
  aggregate: (yi, s) => Math.round((2 + yi * 3 * draw(s, 'aggregate')) * 100),
  access: (yi, s) => 300 + Math.round((yi * 200 * draw(s, 'access')) / 10) * 10,
};

/** Needs of about 150 projects: all that wait for their start, and some that build. All 示例. */
export async function layOutFactors(scope: Scope): Promise<number> {
  const { rows } = await sql<DemoProject>`
    select id, serial, board, total_yuan, county_unit_id, start_actual is not null as is_started from projects.pub_project
    where city_id = ${scope.cityId} and child_count = 0 and parent_id is null and finish_actual is null
      and (start_actual is null or serial % 11 = 0)
    order by serial`.execute(scope.db);
  const units = new Map<string, string>();
  for (const name of Object.values(ownerOf))
    units.set(name, (await ensureUnit(scope, { name, kind: 'department', validFrom: ever, reason: '示例城市' })).id);
  const needs = rows.flatMap((project) => needsOf(project, scope.today, units));
  const count = await insertNeeds(scope, needs, '示例城市');
  await openPools(scope, needs);
  return count;
}

function needsOf(project: DemoProject, today: string, units: ReadonlyMap<string, string>): NeedToInsert[] {
  const { id: projectId, serial } = project;
  const wanted = likely[project.board ?? ''] ?? likely.社会民生!;
  const yi = Math.max(0.3, Math.min(40, (project.totalYuan ?? 1e8) / 1e8));
  return (Object.entries(wanted) as [CategoryCode, number][])
    .filter(([category, chance]) => draw(serial, `needs ${category}`) < chance)
    .map(([category]): NeedToInsert => {
      const demand = sized[category](yi, serial);
      const met = draw(serial, `met ${category}`);
      const share = (metShare[category] ?? 0.7) + (project.isStarted ? 0.1 : -0.04);
      const part =
        met < share ? 1 : met < share + (1 - share) * 0.55 ? 0.2 + 0.6 * draw(serial, `part ${category}`) : 0;
      // People state round figures: whole 万元 of money, whole units of the rest.
      const grain = category === 'funding' ? 1_000_000 : 1;
      const supplied = part === 1 ? demand : Math.floor((demand * part) / grain) * grain;
      const isMet = part === 1;
      const days = between(serial, `promise ${category}`, -45, 110);
      const promisedOn = isMet ? addDays(today, -between(serial, `kept ${category}`, 5, 160)) : addDays(today, days);
      const isMoved = !isMet && draw(serial, `moved ${category}`) < 0.25;
      const owner = ownerOf[category];
      return {
        projectId,
        category,
        demand,
        supplied,
        clearance: category === 'clearance' ? clearanceOf(serial, demand, supplied) : null,
        unitId: owner === undefined ? project.countyUnitId : units.get(owner)!,
        personName: `${people[between(serial, `person ${category}`, 0, people.length - 1)]}（示例）`,
        // Some promised nothing: that is a lamp of its own.
        promisedOn: !isMet && part === 0 && draw(serial, `silent ${category}`) < 0.12 ? null : promisedOn,
        promisedOriginal: isMoved ? addDays(promisedOn, -between(serial, `moved by ${category}`, 20, 60)) : null,
        evidence: isMet ? `示例函〔${yearOf(promisedOn)}〕${between(serial, `number ${category}`, 3, 180)}号` : null,
        note: null,
      };
    })
    .filter((need) => need.demand > 0);
}

function clearanceOf(serial: number, planned: number, vacated: number) {
  const signed = Math.min(planned, vacated + Math.round((planned - vacated) * draw(serial, 'signed')));
  const perHouse = between(serial, 'per house', 180, 420);
  const area = (n: number) => n * perHouse;
  return {
    households: { planned, signed, vacated },
    area: { planned: area(planned), signed: area(signed), vacated: area(vacated) },
  };
}

const pools: readonly { category: CategoryCode; name: string; document: string; spare: number; share: number }[] = [
  { category: 'land', name: '新增建设用地指标', document: '湘自然资发〔2021〕示例12号', spare: 0.14, share: 0.8 },
  { category: 'forest', name: '林地定额', document: '湘林资〔2021〕示例6号', spare: 0.3, share: 0.7 },
  { category: 'energy', name: '能耗增量指标', document: '湘发改环资〔2021〕示例21号', spare: 0.06, share: 0.75 },
  { category: 'funding', name: '专项债券额度', document: '湘财债管〔2021〕示例9号', spare: 0.22, share: 0.3 },
  { category: 'environment', name: '主要污染物排放总量', document: '湘环评〔2021〕示例4号', spare: 0.4, share: 0.5 },
];

/** Pools of the year, out of which part of what projects have got was given. */
async function openPools(scope: Scope, needs: readonly NeedToInsert[]): Promise<void> {
  const year = yearOf(scope.today);
  for (const { category, name, document, spare, share } of pools) {
    const given = needs.filter((need, i) => need.category === category && need.supplied > 0 && draw(i, name) < share);
    const allotments = given.map(({ projectId, supplied }, i) => ({
      projectId,
      amount: supplied,
      onDay: addDays(`${year}-02-08`, Math.min(i * 3, 200)),
      document: `示例分〔${year}〕${i + 1}号`,
    }));
    const sum = allotments.reduce((total, { amount }) => total + amount, 0);
    const step = 10 ** Math.max(0, Math.floor(Math.log10(sum)) - 1);
    await insertPoolWithAllotments(scope, {
      category,
      year,
      name,
      size: Math.ceil((sum * (1 + spare)) / step) * step,
      document,
      note: '示例',
      allotments: allotments.filter(({ onDay }) => onDay <= scope.today),
    });
  }
}
