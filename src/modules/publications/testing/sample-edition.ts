import { compare, rank, ratio } from '#core/shared/rate.ts';
import type { EditionBody, EditionGroup, EditionProject, EditionSums } from '#modules/editions/contract.ts';

// A month as it is frozen, invented (示例), the same for the same arguments: what rules and products are tried on.

const countyNames = [
  '岳阳楼区',
  '云溪区',
  '君山区',
  '岳阳县',
  '华容县',
  '湘阴县',
  '平江县',
  '汨罗市',
  '临湘市',
  '屈原管理区',
];
const commandNames = ['交通水利', '产业园区', '城市建设', '社会民生', '生态环保', '能源石化'].map(
  (name) => `${name}协调指挥部`,
);
const leadNames = ['市交通运输局', '市住房和城乡建设局', '市水利局', '市生态环境局', '市卫生健康委', '市发展和改革委'];
const boardNames = [
  ['industry', '产业发展'],
  ['infrastructure', '基础设施'],
  ['livelihood', '社会民生'],
  ['ecology', '生态环保'],
] as const;
const works = [
  '标准厂房',
  '提质改造工程',
  '人民医院新院区',
  '产业园二期',
  '道路工程',
  '污水处理厂扩建',
  '冷链物流中心',
  '学校建设',
];
const people = ['王珺', '杨堃', '刘喆'];

const light = (i: number): EditionProject['light'] =>
  i % 11 === 0 ? 'late' : i % 7 === 0 ? 'warn' : i % 13 === 0 ? 'idle' : i % 9 === 0 ? 'ahead' : 'normal';

export interface SampleOptions {
  projects?: number;
  period?: string;
  /** Whole yuan of one project: sizes at which rounded parts do not add up are told here. */
  planOf?: (i: number) => number;
  doneOf?: (i: number, plan: number) => number;
  lastYear?: (doneYuan: number) => number | null;
  /** Nobody late, nothing overdue, every filing there. */
  isCalm?: boolean;
  previous?: boolean;
}

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function sumsOf(rows: readonly EditionProject[], lastYear: SampleOptions['lastYear']): EditionSums {
  const total = (field: 'planYuan' | 'monthYuan' | 'doneYuan' | 'totalYuan') =>
    rows.reduce((sum, row) => sum + (row[field] ?? 0), 0);
  const lights = { normal: 0, warn: 0, late: 0, idle: 0, ahead: 0 };
  for (const row of rows) lights[row.light] += 1;
  const doneYuan = total('doneYuan');
  return {
    projects: rows.length,
    items: rows.reduce((n, row) => n + (row.serial % 20 === 0 ? 4 : 1), 0),
    planYuan: total('planYuan'),
    monthYuan: total('monthYuan'),
    doneYuan,
    lastYearYuan: lastYear ? lastYear(doneYuan) : Math.round(doneYuan * 0.91),
    totalYuan: total('totalYuan'),
    lights,
  };
}

function groupsOf(
  rows: readonly EditionProject[],
  keyOf: (row: EditionProject) => string | null,
  names: ReadonlyMap<string, string>,
  lastYear: SampleOptions['lastYear'],
): EditionGroup[] {
  const groups = [...names].map(([key, name]) => ({
    key,
    name,
    ...sumsOf(
      rows.filter((row) => keyOf(row) === name),
      lastYear,
    ),
  }));
  const rates = groups.map((g) => (g.planYuan > 0 ? ratio(g.doneYuan, g.planYuan) : null));
  const ranks = rank(rates);
  return groups
    .map((group, i) => ({
      at: rates[i] ?? null,
      group: {
        ...group,
        rank: ranks[i] ?? null,
        previousRank: ranks[i] === null ? null : ((ranks[i]! + 2) % groups.length) + 1,
      },
    }))
    .sort((a, b) => (a.at && b.at ? -compare(a.at, b.at) : a.at ? -1 : 1))
    .map(({ group }) => group);
}

const words = (zh: string, en: string) => ({ zh, en });

/** Filings are made in 万元 with two decimals. */
const toHundred = (yuan: number): number => Math.round(yuan / 100) * 100;

export function sampleEdition(options: SampleOptions = {}): EditionBody {
  const { projects: count = 60, period = '2021-09', isCalm = false, lastYear } = options;
  const [year, month] = period.split('-').map(Number) as [number, number];
  const planOf = options.planOf ?? ((i) => 12_340_000 + ((i * 7_919) % 991) * 310_000);
  const doneOf = options.doneOf ?? ((i, plan) => toHundred(plan * (month / 12) * (0.72 + ((i * 37) % 53) / 100)));
  const projects = Array.from({ length: count }, (_, n): EditionProject => {
    const i = n + 1;
    const planYuan = toHundred(planOf(i));
    const doneYuan = doneOf(i, planYuan);
    const shown = isCalm ? (i % 9 === 0 ? 'ahead' : 'normal') : light(i);
    const isIdle = shown === 'idle';
    const isNew = i % 3 === 0;
    return {
      id: id(i),
      serial: i,
      code: i % 4 === 0 ? null : `21${String(1 + (i % 12)).padStart(2, '0')}-430600-04-01-${String(100000 + i)}`,
      name: `${countyNames[i % 10]}${works[i % works.length]}${i}号项目`,
      demo: true,
      county: countyNames[i % 10]!,
      command: commandNames[i % 6]!,
      lead: leadNames[(i * 5) % 6]!,
      board: boardNames[i % 4]![0],
      tier: i % 10 === 0 ? '省重点' : '市重点',
      planKind: isNew ? 'new' : i % 8 === 0 ? 'finishing' : 'carried',
      stage: isIdle ? 'preparation' : i % 16 === 0 ? 'completed' : 'building',
      totalYuan: planYuan * 3,
      planYuan,
      monthYuan: isIdle ? 0 : toHundred(doneYuan / 9),
      doneYuan: isIdle ? 0 : doneYuan,
      light: shown,
      cause: shown === 'late' ? 'belowClock' : null,
      why: shown === 'late' ? words('低于时序超过10个百分点', 'More than 10 points below the clock') : null,
      previousLight: i % 22 === 0 ? 'warn' : shown,
      startPlanned: isNew
        ? `${year}-${String(1 + (i % 9)).padStart(2, '0')}-30`.replace('-02-30', '-02-28')
        : `${year - 1}-06-30`,
      startActual: isIdle ? null : isNew ? `${year}-${String(1 + (i % 9)).padStart(2, '0')}-15` : `${year - 1}-06-18`,
      finishPlanned: `${year + (i % 8 === 0 ? 0 : 1)}-12-31`,
      finishActual: i % 16 === 0 ? `${year}-08-31` : null,
      enrolledOn: isIdle || i % 5 === 0 ? null : `${year}-05-20`,
      progressText: isIdle ? '正在办理施工许可' : `主体结构施工至第${1 + (i % 9)}层，责任人${people[i % 3]}驻点推进`,
      problemText: shown === 'late' ? '管线迁改未完成，影响约120米施工面' : null,
      filing: !isCalm && i % 29 === 0 ? 'missing' : 'accepted',
    };
  });
  const named = (names: readonly string[], at: number) => new Map(names.map((name, i) => [id(at + i), name]));
  const counties = groupsOf(projects, (row) => row.county, named(countyNames, 900_000), lastYear);
  const commands = groupsOf(projects, (row) => row.command, named(commandNames, 910_000), lastYear);
  const total = sumsOf(projects, lastYear);
  const missing = projects.filter((row) => row.filing === 'missing');
  const late = isCalm ? 0 : Math.ceil(count / 20);
  const figureOf = (g: EditionGroup) =>
    g.planYuan > 0 ? { n: `${g.doneYuan}`, d: `${g.planYuan}` } : ({ missing: 'zeroDenominator', name: null } as const);
  const boardOf = (colour: 'red' | 'black', rows: readonly EditionGroup[]) => ({
    code: colour === 'red' ? 'countyRed' : 'countyBlack',
    version: 1,
    name: colour === 'red' ? words('红榜', 'Red board') : words('黑榜', 'Black board'),
    group: 'counties',
    colour,
    rows: rows.map((g) => ({
      unitId: g.key!,
      name: g.name,
      rank: g.rank!,
      figure: figureOf(g),
      streak: 1 + (g.rank! % 3),
      why:
        colour === 'red'
          ? words('完成率居前且达到时序', 'Among the first and above the clock')
          : words('完成率居后且低于时序', 'Among the last and below the clock'),
      consequences:
        colour === 'black'
          ? [
              {
                code: 'explain',
                text: words('在市政府常务会议上作说明', 'Explain at the executive meeting'),
                raisesMatter: true,
              },
            ]
          : [],
    })),
    spared: [],
  });
  const ranked = counties.filter((g) => g.rank !== null);
  return {
    schema: 'guatu.edition/1',
    period,
    year,
    month,
    day: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10),
    city: '岳阳市',
    headquarters: '岳阳市重点项目建设总指挥部',
    snapshot: { id: id(990_001), version: 1, hash: 'a'.repeat(64), asOf: `${period}-28T10:00:00.000Z` },
    ruleSet: { code: 'city', version: 3, name: words('时序亮灯规则', 'Light rules by the clock'), clock: 'months' },
    clock: { n: month, d: 12 },
    completeness: {
      due: count,
      filed: count - missing.length,
      exempt: 0,
      missing: missing.map((row) => ({ id: row.id, name: row.name, unit: row.lead ?? '' })),
    },
    total,
    previous:
      options.previous === false
        ? null
        : {
            ...total,
            snapshotId: id(990_000),
            snapshotVersion: 1,
            doneYuan: total.doneYuan - total.monthYuan,
            monthYuan: Math.round(total.monthYuan * 0.93),
          },
    counties,
    commands,
    boards: groupsOf(projects, (row) => row.board, new Map(boardNames.map(([code]) => [code, code])), lastYear).map(
      (g) => ({
        ...g,
        name: boardNames.find(([code]) => code === g.key)![1],
      }),
    ),
    leads: groupsOf(projects, (row) => row.lead, named(leadNames, 920_000), lastYear),
    projects,
    indicators: [
      {
        code: 'yearRate',
        version: 1,
        name: words('投资完成率', 'Completion rate'),
        unit: 'percent',
        decimals: 1,
        caliber: words('累计完成投资 ÷ 年度计划投资', 'Done ÷ planned'),
        formula: 'sum(done) / sum(plan)',
        figures: { city: { n: `${total.doneYuan}`, d: `${total.planYuan}` } },
      },
    ],
    rankings: [
      {
        code: 'yearRate',
        version: 1,
        name: words('投资完成率排名', 'Completion rate'),
        indicator: 'yearRate',
        decimals: 1,
        unit: 'percent',
        direction: 'up',
        groups: [
          {
            code: 'counties',
            name: words('县（市、区）', 'Counties'),
            rows: counties.map((g) => ({
              unitId: g.key!,
              name: g.name,
              figure: figureOf(g),
              rank: g.rank,
              unranked: g.rank === null ? ('noFigure' as const) : null,
              previousRank: g.previousRank,
              members: g.projects,
              completeness: { n: '1', d: '1' },
              isSmall: g.projects < 3,
            })),
          },
        ],
        external: [
          {
            subject: '岳阳市',
            rank: 3,
            of: 14,
            scope: '全省',
            publisher: '省重点项目办（示例）',
            publishedOn: `${period}-20`,
            value: null,
            demo: true,
          },
        ],
      },
    ],
    boardLists: isCalm
      ? [boardOf('red', ranked.slice(0, 2))]
      : [boardOf('red', ranked.slice(0, 3)), boardOf('black', ranked.slice(-3))],
    scores: [
      {
        code: 'county',
        version: 1,
        name: words('县（市、区）年度考核', 'Yearly score of counties'),
        year,
        day: `${period}-28`,
        decimals: 2,
        groups: [{ code: 'counties', name: words('县（市、区）', 'Counties') }],
        units: ranked.map((g, i) => ({
          unitId: g.key!,
          name: g.name,
          group: 'counties',
          total: { n: `${9_650 - i * 173}`, d: '100' },
          rank: i + 1,
          veto: null,
          items: [
            {
              code: 'rate',
              name: words('投资完成率', 'Completion rate'),
              weight: '60',
              points: { n: `${5_800 - i * 120}`, d: '100' },
              selfPoints: null,
              basis: words('按完成率计分', 'By the rate'),
            },
          ],
        })),
      },
    ],
    challenges: [
      {
        id: id(980_001),
        no: '榜〔2021〕1号',
        title: '港口箱量提升突破榜',
        list: '2021年突破榜',
        state: 'working',
        stateWords: words('攻坚', 'At work'),
        takers: ['城陵矶新港公司（示例）'],
        unit: '城陵矶新港区',
        baseline: '50万标箱',
        target: '60万标箱',
        value: '55万标箱',
        valueBasis: 'filing',
        dueOn: `${year}-12-31`,
        progress: { n: '1', d: '2' },
        lateSupport: 0,
        demo: true,
      },
    ],
    matters: {
      raised: 214,
      closed: 171,
      open: 43,
      overdue: late,
      onSpot: 96,
      assigned: 118,
      latest: Array.from({ length: late }, (_, i) => ({
        id: id(970_000 + i),
        no: `问〔2021〕${i + 1}号`,
        kind: 'problem',
        title: `${works[i % works.length]}用地交付滞后`,
        unit: leadNames[i % 6]!,
        dueOn: `${period}-05`,
        lateDays: 25 - i,
        state: 'working',
      })),
    },
  };
}
