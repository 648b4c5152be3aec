import { type Fact, facts } from './facts.ts';
import { pointIn } from './point.ts';
import type { Random } from './random.ts';
import type { DemoProject } from './shape.ts';
import { commandPosts, givenNames, kinds, leaderTitles, phases, places, problems, surnames } from './words.ts';

const wan = 10_000;
const yi = 10_000 * wan;
export const monthsKnown = 20; // 2020-01 … 2021-08
/** How much of a year's plan is done by the end of each month in a usual year: slow in winter, fast in autumn. */
const usual = [0.05, 0.1, 0.18, 0.27, 0.36, 0.45, 0.53, 0.62, 0.71, 0.81, 0.91, 1];

const dayOf = (month: number, day: number): string => {
  const year = 2020 + Math.floor(month / 12);
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
const person = (random: Random): string => random.pick([...surnames]) + random.pick(givenNames);
const round = (yuan: number, step: number): number => Math.round(yuan / step) * step;

/** The real rows first, then invented ones until `count` stand in the ledger. */
export function inventCity(random: Random, count: number): DemoProject[] {
  const leaders = new Map(commandPosts.map((post, i) => [post, leaderTitles[i % leaderTitles.length]!]));
  const projects = facts.map((fact) => complete(random, fact, leaders));
  const taken = new Set(projects.map((p) => p.name));
  while (projects.length < count) {
    const project = invent(random, leaders);
    if (taken.has(project.name)) continue;
    taken.add(project.name);
    projects.push(project);
  }
  return projects;
}

function invent(random: Random, leaders: Map<string, string>): DemoProject {
  const place = weighted(random);
  const board = random.pick(['产业', '产业', '产业', '基础设施', '基础设施', '社会民生', '社会民生', '生态'] as const);
  const kind = random.pick(kinds[board]);
  const town = random.pick(place.towns);
  const name = `${place.region.replace(/管理区|经济技术开发区|新区$|湖南/g, '')}${town}${kind.what}${random.pick(phases)}`;
  const planKind = random.pick(['新开工', '新开工', '续建', '续建', '续建', '竣工', '预备'] as const);
  const totalYuan = round(Math.exp(random.between(Math.log(0.3), Math.log(40))) * yi, 100 * wan);
  const project = complete(
    random,
    {
      name,
      board,
      planKind,
      region: place.region,
      lead: place.lead,
      command: kind.command,
      content: `${kind.content}，${random.pick(['总建筑面积', '占地', '建设规模'])}${random.integer(2, 60)}${random.pick(['万平方米', '公顷'])}`,
      owner: `${town}${random.pick(['建设投资', '产业发展', '城乡发展', '园区开发'])}有限公司（示例）`,
      totalYuan,
      tiers: random.chance(0.12)
        ? ['省重点']
        : random.chance(0.35)
          ? ['市重点']
          : random.chance(0.1)
            ? ['市重大产业', '专项债']
            : [],
      source: '',
      remark: '',
    },
    leaders,
  );
  delete project.source;
  if (totalYuan > 3 * yi && random.chance(0.12)) split(random, project);
  return project;
}

function weighted(random: Random) {
  let left = random.next() * places.reduce((sum, p) => sum + p.weight, 0);
  for (const place of places) {
    left -= place.weight;
    if (left < 0) return place;
  }
  return places[0]!;
}

function complete(random: Random, fact: Fact, leaders: Map<string, string>): DemoProject {
  const planKind = fact.planKind ?? (fact.startedOn && fact.startedOn >= '2021' ? '新开工' : '续建');
  const isNew = planKind === '新开工' || planKind === '预备';
  const startMonth =
    fact.startMonth ?? (isNew ? random.integer(12, planKind === '预备' ? 30 : 22) : random.integer(0, 10));
  const finishMonth =
    fact.finishMonth ?? (planKind === '竣工' ? random.integer(17, 23) : startMonth + random.integer(12, 40));
  const totalYuan = fact.totalYuan ?? yi;
  const years = Math.max(1, (finishMonth - startMonth) / 12);
  const doneBeforeYuan =
    fact.doneBeforeYuan ??
    (startMonth < 12
      ? round(totalYuan * Math.min(0.75, (12 - startMonth) / 12 / years) * random.between(0.7, 1), 10 * wan)
      : 0);
  // A project that starts late in the year plans only for what is left of it.
  const left = startMonth > 12 ? (24 - startMonth) / 12 : 1;
  const plan2021Yuan =
    fact.plan2021Yuan ??
    (planKind === '预备' && random.chance(0.85)
      ? 0
      : round(
          Math.min(totalYuan - doneBeforeYuan, (totalYuan / years) * Math.max(0, left)) * random.between(0.6, 0.98),
          100 * wan,
        ));
  const plan2020Yuan =
    fact.plan2020Yuan ?? (startMonth < 12 ? round(doneBeforeYuan * random.between(0.9, 1.15), 100 * wan) : 0);
  const kind = random.pick(
    kinds[fact.board]
      .filter((k) => k.command === fact.command)
      .concat(kinds[fact.board])
      .slice(0, 1),
  );
  // A late start, a slow builder and a fast one: what makes a month worth dispatching. `rate` is the share of the year's
  // plan done by the end of August, when the clock stands at two thirds.
  const mood = fact.startedOn !== undefined ? 0.5 : random.next();
  const isUnstarted =
    fact.startedOn === null ||
    (fact.startedOn === undefined && isNew && (planKind === '预备' || startMonth > 20 || mood > 0.93));
  const startedOn = isUnstarted
    ? null
    : (fact.startedOn ?? dayOf(Math.min(startMonth + (mood > 0.8 ? 1 : 0), 20), random.integer(3, 27)));
  const rate =
    mood < 0.06
      ? random.between(0.86, 1.02)
      : mood < 0.76
        ? random.between(0.65, 0.78)
        : mood < 0.93
          ? random.between(0.46, 0.6)
          : random.between(0.2, 0.4);
  const pace = rate / 0.667;
  const months =
    startedOn === null
      ? new Array<number>(monthsKnown).fill(0)
      : spend(random, { startedOn, doneBeforeYuan, plan2021Yuan, rate });
  const done = months.slice(12).reduce((sum, yuan) => sum + yuan, 0);
  const step = Math.max(0, Math.min(6, Math.floor(((doneBeforeYuan + done) / totalYuan) * 7)));
  const filed = random.next();
  const region = fact.region ?? '岳阳市';
  const point = pointIn(random, region);
  return {
    name: fact.name,
    board: fact.board,
    tiers: fact.tiers ?? [],
    planKind,
    nature: fact.nature ?? random.pick(['新建', '新建', '新建', '扩建', '改建']),
    region,
    content: fact.content ?? '',
    startMonth,
    finishMonth,
    startedOn,
    finishedOn:
      startedOn && finishMonth < monthsKnown && pace >= 0.97 ? dayOf(finishMonth, random.integer(10, 28)) : null,
    enrolledOn:
      startedOn && totalYuan >= 500 * wan && random.chance(0.9) ? later(startedOn, random.integer(10, 70)) : null,
    totalYuan,
    doneBeforeYuan,
    plan2020Yuan,
    plan2021Yuan,
    goal: plan2021Yuan === 0 ? '完成前期手续，具备开工条件' : `${kind?.steps[Math.min(6, step + 1)] ?? '按计划推进'}`,
    owner: fact.owner ?? '示例项目公司',
    lead: fact.lead ?? '岳阳市发展和改革委员会',
    responsible: person(random),
    leader: leaders.get(fact.command ?? '') ?? leaderTitles[0]!,
    command: fact.command ?? commandPosts[0]!,
    contact: person(random),
    phone: `0730-8${String(random.integer(100000, 999999))}`,
    point,
    ...(fact.source && { source: fact.source }),
    remark: fact.remark,
    children: [],
    months,
    september:
      startedOn === null
        ? null
        : septemberOf(random, filed, plan2021Yuan, pace, kind?.steps[Math.min(6, step + 1)] ?? '按计划施工'),
    progress: startedOn === null ? '前期手续办理中' : (kind?.steps[step] ?? '按计划施工'),
    problem: pace < 0.9 ? random.pick(problems.filter((p) => p !== '')) : random.pick(problems),
  };
}

/** The month under way: most have filed and wait for review, some were sent back, some are still missing on the 26th. */
function septemberOf(
  random: Random,
  filed: number,
  planYuan: number,
  pace: number,
  progress: string,
): DemoProject['september'] {
  if (filed < 0.03) return null;
  const yuan = round(planYuan * (usual[8]! - usual[7]!) * pace * random.between(0.6, 1.3), wan);
  return {
    yuan,
    progress,
    state: filed < 0.06 ? 'draft' : filed < 0.36 ? 'submitted' : filed < 0.43 ? 'returned' : 'accepted',
  };
}

/** Yuan of each month from January 2020: last year's adds up to what was done before, this year's to `rate` of the plan. */
function spend(
  random: Random,
  p: { startedOn: string; doneBeforeYuan: number; plan2021Yuan: number; rate: number },
): number[] {
  const first = Math.max(0, (Number(p.startedOn.slice(0, 4)) - 2020) * 12 + Number(p.startedOn.slice(5, 7)) - 1);
  const months = new Array<number>(monthsKnown).fill(0);
  /** Lays a sum over the months from `from` on, heavier where `weight` says so; the last month takes what rounding left. */
  const lay = (sum: number, from: number, to: number, weight: (m: number) => number) => {
    if (sum <= 0 || from >= to) return;
    const shares = months.map((_, m) => (m >= from && m < to ? weight(m) * random.between(0.7, 1.3) : 0));
    const all = shares.reduce((a, b) => a + b, 0);
    for (let m = from; m < to; m++) months[m] = round((sum * shares[m]!) / all, wan);
    months[to - 1]! += round(sum, wan) - months.slice(from, to).reduce((a, b) => a + b, 0);
  };
  lay(p.doneBeforeYuan, Math.min(first, 11), 12, () => 1);
  lay(p.plan2021Yuan * p.rate, Math.max(first, 12), monthsKnown, (m) => usual[m - 12]! - (usual[m - 13] ?? 0));
  return months;
}

/** A bundled project: its parts add up to it, to the yuan. */
function split(random: Random, parent: DemoProject): void {
  const parts = random.integer(2, 6);
  const portion = (yuan: number, i: number) =>
    i < parts - 1 ? Math.floor(yuan / parts / wan) * wan : yuan - Math.floor(yuan / parts / wan) * wan * (parts - 1);
  for (let i = 0; i < parts; i++)
    parent.children.push({
      ...parent,
      name: `${parent.name}${'ABCDEF'[i]}标段`,
      children: [],
      totalYuan: portion(parent.totalYuan, i),
      doneBeforeYuan: portion(parent.doneBeforeYuan, i),
      plan2020Yuan: portion(parent.plan2020Yuan, i),
      plan2021Yuan: portion(parent.plan2021Yuan, i),
      months: parent.months.map((yuan) => portion(yuan, i)),
      september: parent.september && { ...parent.september, yuan: portion(parent.september.yuan, i) },
      point: pointIn(random, parent.region),
    });
}

const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
