import type { Board, Consequence, Group, Ranking } from './definition.ts';

const group = (code: string, zh: string, en: string, change: Partial<Group>): Group => ({
  code,
  name: { zh, en },
  by: 'lead',
  kinds: [],
  region: null,
  cityOnly: false,
  unitIds: [],
  exceptIds: [],
  ...change,
});

/** Never compared with each other (dispatch.md §2.6: 绵阳 splits 县（市、区）、园区 from 市直部门、市属国企). */
export const shippedGroups: readonly Group[] = [
  group('counties', '县（市、区）', 'Counties', { by: 'county', kinds: ['county'], region: 'gb' }),
  group('parks', '园区', 'Zones', { by: 'county', kinds: ['county'], region: 'zone' }),
  group('departments', '市直部门', 'Departments', { kinds: ['department'], cityOnly: true }),
  group('enterprises', '市属国企', 'City firms', { kinds: ['stateFirm'], cityOnly: true }),
  group('commands', '协调指挥部', 'Command posts', { by: 'command', kinds: ['commandPost'] }),
];

const ranking = (code: string, zh: string, en: string, indicator: string, change: Partial<Ranking> = {}): Ranking => ({
  code,
  name: { zh, en },
  indicator,
  direction: 'up',
  groups: [...shippedGroups],
  leastCompleteness: '80',
  leastMembers: 2,
  small: 'apart',
  aim: { kind: 'none' },
  basis: '',
  ...change,
});

export const shippedRankings: readonly Ranking[] = [
  ranking('invest', '投资完成率', 'Investment completion', 'invest', {
    aim: { kind: 'clock' },
    basis: '按年度计划投资计算，与时序进度比较',
  }),
  ranking('gap', '超欠时序', 'Ahead of the clock', 'gap', {
    aim: { kind: 'value', value: '0' },
    basis: '完成率减时序，百分点；97.158−83.333=13.8',
  }),
  ranking('start', '开工率', 'Start rate of those due', 'startOfDue', {
    aim: { kind: 'value', value: '100' },
    basis: '应开工项目开工率（长沙口径）',
  }),
  ranking('enrol', '入统率', 'Enrolment rate', 'enrol', {
    aim: { kind: 'value', value: '100' },
    basis: '已入统 ÷ 应入统',
  }),
  ranking('closeOut', '问题销号率', 'Problems closed', 'closeOut', { basis: '已销号 ÷ 已交办（长沙口径）' }),
];

const pools = (localities: number, bodies: number): Board['pools'] => [
  {
    code: 'localities',
    name: { zh: '县（市、区）和园区', en: 'counties and zones' },
    of: ['counties', 'parks'],
    places: localities,
  },
  {
    code: 'bodies',
    name: { zh: '市直部门和市属国企', en: 'departments and city firms' },
    of: ['departments', 'enterprises'],
    places: bodies,
  },
];
const eachGroup = (places: number): Board['pools'] =>
  shippedGroups.map(({ code, name }) => ({ code, name, of: [code], places }));

const consequence = (
  code: string,
  zh: string,
  en: string,
  from: number,
  to: number | null,
  raisesMatter: boolean,
): Consequence => ({ code, text: { zh, en }, from, to, raisesMatter });

const board = (
  code: string,
  zh: string,
  en: string,
  change: Pick<Board, 'colour' | 'pools' | 'end' | 'source'> & Partial<Board>,
): Board => ({
  code,
  name: { zh, en },
  isInForce: false,
  ranking: 'invest',
  target: null,
  heedsExemptions: false,
  streak: 1,
  wayOut: null,
  consequences: [],
  note: null,
  ...change,
});

const mianyang = '绵阳市红黑榜规则（公开报道）';
const yongfeng = '永丰县项目排名通报规则（公开报道）';

/** As published (dispatch.md §2.7). 绵阳's are in force; the others stay as examples until the city puts them in force. */
export const shippedBoards: readonly Board[] = [
  board('mianyangRed', '红榜', 'Red board', {
    colour: 'red',
    isInForce: true,
    pools: pools(5, 4),
    end: 'top',
    target: 'exceeded',
    source: mianyang,
  }),
  board('mianyangBlack', '黑榜', 'Black board', {
    colour: 'black',
    isInForce: true,
    pools: pools(4, 3),
    end: 'bottom',
    target: 'missed',
    heedsExemptions: true,
    source: mianyang,
    note: {
      zh: '完成目标或因不可抗力未完成的不进黑榜；来源未写明上榜后果，由本市补充',
      en: 'Who reached the target, or missed it by force majeure, is not on it; the source names no consequence: the city adds its own',
    },
  }),
  board('yongfengRed', '红榜（前5）', 'Red board (first 5)', {
    colour: 'red',
    pools: eachGroup(5),
    end: 'top',
    consequences: [consequence('redStand', '红台发言', 'Speaks from the red stand', 1, null, false)],
    source: yongfeng,
  }),
  board('yongfengBlue', '蓝榜（后5）', 'Blue board (last 5)', {
    colour: 'blue',
    pools: eachGroup(5),
    end: 'bottom',
    consequences: [consequence('greyStand', '灰台表态', 'States its case from the grey stand', 1, null, true)],
    source: yongfeng,
  }),
  board('yongfengLast', '后10名', 'Last ten', {
    colour: 'grey',
    pools: [
      {
        code: 'all',
        name: { zh: '全部参评单位', en: 'all that are ranked' },
        of: ['counties', 'parks', 'departments', 'enterprises'],
        places: 10,
      },
    ],
    end: 'bottom',
    consequences: [
      consequence('countyGovernment', '县政府常务会说明', 'Explains itself to the county government', 2, 2, true),
      consequence('countyCommittee', '县委常委会说明', 'Explains itself to the county Party committee', 3, null, true),
    ],
    source: yongfeng,
    note: { zh: '连续 2 个月和连续 3 个月后果不同', en: 'What follows after 2 months running differs from 3' },
  }),
  board('hengyangRed', '红榜（衡阳）', 'Red board (Hengyang)', {
    colour: 'red',
    pools: eachGroup(3),
    end: 'top',
    target: 'reached',
    source: '衡阳市红黄榜规则（公开报道）',
    note: { zh: '名额来源未写明，暂定前 3', en: 'The source names no number of places: 3 for now' },
  }),
  board('hengyangYellow', '黄榜', 'Yellow board', {
    colour: 'yellow',
    pools: eachGroup(3),
    end: 'bottom',
    target: 'missed',
    heedsExemptions: true,
    wayOut: { reached: true, rises: 3 },
    source: '衡阳市红黄榜规则（公开报道）',
    note: {
      zh: '完成目标或位次上升即退出黄榜；名额和上升位数来源未写明，暂定 3',
      en: 'A unit that reaches its target or rises is off it; the source names neither number: 3 for now',
    },
  }),
];
