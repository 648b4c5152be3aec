// Long because five published lists and two of the headquarters are told with all that happened to them.
import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { type ChallengeTerms, noTerms } from '#modules/challenges/contract.ts';
import {
  insertPastBatch,
  insertPastChallenges,
  type PastBatch,
  type PastChallenge,
  readPlatformValue,
} from '#modules/challenges/server/public.ts';
import { insertPastMatters, type PastAct } from '#modules/ledger/server/public.ts';
import { ensurePerson, ensureUnit, findHeadquarters, unitsByName } from '#modules/organization/server/public.ts';
import { ever } from './staff.ts';

/** The five lists, their takers and the day are from the paper; every number and everything that happened since is invented. */
export const challengeSource =
  '示例。榜名、揭榜人和启动日期（3月8日）取自岳阳日报2021-03-10第1版“城陵矶新港区全面推行‘揭榜制’”；指标、数值、奖惩、进展均为虚构';
const clerk = '李科长（示例）';
const counter = '张统计（示例）';

interface Line {
  title: string;
  metric: Omit<ChallengeTerms['metric'], 'source'>;
  baseline: string;
  target: string;
  firm: string;
  person: string;
  formula: string;
  capYuan: number;
  supports: readonly { title: string; unit: string; dueOn: Day; closedOn?: Day }[];
  values: PastChallenge['values'];
  milestones: NonNullable<PastChallenge['taken']>['milestones'];
  rest?: Pick<PastChallenge, 'claimed' | 'verified' | 'rewarded' | 'restated'>;
}

const accepted = (asOf: Day, value: string, byName: string): PastChallenge['values'][number] => ({
  asOf,
  value,
  basis: 'filing',
  document: `${asOf.slice(0, 7)} 统计月报（示例）`,
  byName,
});
const typed = (asOf: Day, value: string, byName: string): PastChallenge['values'][number] => ({
  asOf,
  value,
  basis: 'selfReported',
  byName,
});

const lines: readonly Line[] = [
  {
    title: '新经济业态突破榜',
    metric: {
      name: '新经济业态营业收入',
      unit: '亿元',
      decimals: 2,
      caliber: '示例：平台经济、总部经济企业当年累计营业收入，按税务申报口径，不含关联方重复开票',
    },
    baseline: '6.20',
    target: '10',
    firm: '湖南限石电子商务有限公司（示例）',
    person: '限石商务董事长 易乐',
    formula: '如果(实绩 >= 目标, 300000 + 最大(0, 实绩 - 目标) × 100000, 0)',
    capYuan: 600_000,
    supports: [
      {
        title: '落实平台经济企业集中办公场地 2000 平方米',
        unit: '新港区管理委员会',
        dueOn: '2021-05-31',
        closedOn: '2021-05-26',
      },
      { title: '开通电子发票批量开具', unit: '新港区管理委员会', dueOn: '2021-10-31' },
    ],
    values: [
      accepted('2021-04-30', '6.90', '易乐'),
      accepted('2021-06-30', '7.60', '易乐'),
      accepted('2021-07-31', '8.05', '易乐'),
      typed('2021-08-31', '9.10', '易乐'),
    ],
    milestones: [
      { title: '引进 3 家平台企业', dueOn: '2021-06-30', evidence: '入驻协议', reachedOn: '2021-06-22' },
      { title: '累计营收 8 亿元', dueOn: '2021-09-30', evidence: '纳税申报表' },
    ],
  },
  {
    title: '行业小巨人突破榜',
    metric: {
      name: '新认定专精特新小巨人企业',
      unit: '家',
      decimals: 0,
      caliber: '示例：当年获省级以上认定并公布名单的企业数，按注册地统计',
    },
    baseline: '2',
    target: '5',
    firm: '际华新材料公司（示例）',
    person: '际华新材料董事长 邓晓霞',
    formula: '100000 × 增量',
    capYuan: 500_000,
    supports: [{ title: '组织申报辅导 3 场', unit: '新港区管理委员会', dueOn: '2021-06-30', closedOn: '2021-06-18' }],
    values: [
      accepted('2021-05-31', '3', '邓晓霞'),
      accepted('2021-07-31', '4', '邓晓霞'),
      accepted('2021-08-31', '6', '邓晓霞'),
    ],
    milestones: [
      { title: '完成 6 家企业申报', dueOn: '2021-06-30', evidence: '申报受理通知', reachedOn: '2021-06-28' },
    ],
    rest: {
      verified: {
        on: '2021-09-10',
        text: '核对公布名单，当年新认定 6 家，超目标 1 家（示例）',
        method: '查阅公布文件',
      },
      rewarded: {
        on: '2021-09-18',
        text: '经区党工委会议研究，按封存数值兑现（示例）',
        basis: '区党工委会议纪要（示例）',
      },
    },
  },
  {
    title: '箱量提升突破榜',
    metric: {
      name: '集装箱吞吐量',
      unit: '万标箱',
      decimals: 2,
      caliber: '示例：城陵矶港近十二个月集装箱吞吐量，含内外贸重箱和空箱，按港口统计月报滚动计算',
    },
    baseline: '50.80',
    target: '60',
    firm: '湖南城陵矶新港有限公司（示例）',
    person: '新港公司副总经理 方滔',
    formula: '如果(实绩 >= 目标, 500000 + 最大(0, 实绩 - 目标) × 80000, 0)',
    capYuan: 1_000_000,
    supports: [
      { title: '增开 2 条近洋直达航线的口岸手续', unit: '岳阳市口岸服务中心（示例）', dueOn: '2021-08-31' },
      { title: '港口作业区夜间查验', unit: '岳阳市口岸服务中心（示例）', dueOn: '2021-06-30', closedOn: '2021-06-29' },
    ],
    values: ['2021-04-30 51.6', '2021-05-31 52.0', '2021-06-30 52.7', '2021-07-31 53.3', '2021-08-31 54.1'].map(
      (line) => {
        const [asOf, value] = line.split(' ') as [Day, string];
        return accepted(asOf, value, '方滔');
      },
    ),
    milestones: [
      { title: '上半年完成 28 万标箱', dueOn: '2021-06-30', evidence: '港口统计月报' },
      { title: '开通新航线首航', dueOn: '2021-10-15', evidence: '首航报道和舱单' },
    ],
  },
  {
    title: '产能增量突破榜',
    metric: {
      name: '规模以上工业产值增量',
      unit: '亿元',
      decimals: 1,
      caliber: '示例：与上年同期相比的当年累计产值增加额，现价，按联网直报数',
    },
    baseline: '0',
    target: '12',
    firm: '岳阳高澜节能装备公司（示例）',
    person: '高澜节能副总经理 黎乐',
    formula: '最小(400000, 增量 × 30000)',
    capYuan: 400_000,
    supports: [{ title: '新增 110 千伏变电容量', unit: '新港区管理委员会', dueOn: '2021-11-30' }],
    values: [accepted('2021-05-31', '3.4', '黎乐'), accepted('2021-08-31', '8.7', '黎乐')],
    milestones: [{ title: '二期生产线投产', dueOn: '2021-08-31', evidence: '投产报告', reachedOn: '2021-08-20' }],
    rest: {
      restated: {
        value: '0.6',
        on: '2020-12-31',
        document: '2020年年报修订数（示例）',
        reason: '上年同期产值修订，基线相应重述（示例）',
        recordedOn: '2021-09-15',
      },
    },
  },
  {
    title: '跨境电商突破榜',
    metric: {
      name: '跨境电商进出口额',
      unit: '亿元',
      decimals: 2,
      caliber: '示例：9610、9710、9810、1210 监管方式下进出口额，按海关统计',
    },
    baseline: '1.50',
    target: '4',
    firm: '弘元新港公司（示例）',
    person: '弘元新港董事长 李元珍',
    formula: '如果(完成率 >= 1, 200000, 如果(完成率 >= 0.8, 100000, 0))',
    capYuan: 200_000,
    supports: [
      { title: '综保区监管仓投入使用', unit: '新港区管理委员会', dueOn: '2021-07-31', closedOn: '2021-07-30' },
    ],
    values: [
      accepted('2021-05-31', '2.10', '李元珍'),
      accepted('2021-07-31', '3.05', '李元珍'),
      accepted('2021-08-31', '4.12', '李元珍'),
    ],
    milestones: [{ title: '监管仓首单通关', dueOn: '2021-08-15', evidence: '报关单', reachedOn: '2021-08-06' }],
    rest: { claimed: { on: '2021-09-16', text: '8 月累计已过目标，申请验收（示例）' } },
  },
];

const agreed = {
  eligibility: '在本区依法经营、近三年无严重失信记录的单位、企业和个人，不限注册地和所有制（示例）',
  penalty: '到期未达标且无容错情形的，退出本榜，两年内不得再揭本区的榜（示例）',
  change: '变更目标、时限或基线，由提出方书面说明理由，双方签订调整书后生效（示例）',
  tolerance: '因汛期封航、疫情管控等不可抗力未达标的，经集体研究可以免责（示例）',
};
const review = {
  conclusion: 'fair' as const,
  basis: '公平竞争审查制度实施细则；未设定歧视性资质，未对特定经营者给予优惠（示例）',
  on: '2021-03-01',
  by: '岳阳市市场监督管理局城陵矶新港区分局（示例）',
};

/** The five lists in different states, and two of the headquarters. Returns how many challenges were written. */
export async function layOutChallenges(scope: Scope): Promise<number> {
  const cast = await castOf(scope);
  const port: PastBatch = {
    title: '“巾帼建功·挂帅揭榜”突破榜',
    year: 2021,
    publisherUnitId: cast.zone,
    isSingleAward: true,
    audience: 'city',
    publicityDays: 5,
    rules: '一方限揭一榜；数值以统计、税务、海关和港口的正式报表核定，自报数不作为兑现依据（示例）',
    source: challengeSource,
    demo: true,
  };
  const batchId = await insertPastBatch(scope, port, clerk);
  const wanted: PastChallenge[] = [];
  for (const line of lines) wanted.push(await challengeOf(scope, cast, line));
  const made = await insertPastChallenges(scope, { batchId, batch: port, byName: clerk, publicityDays: 5 }, wanted);
  return made.length + (await layOutOwn(scope, cast));
}

interface Cast {
  zone: string;
  bureau: string;
  reform: string;
  headquarters: string;
  builder: string;
  support: ReadonlyMap<string, string>;
}

async function castOf(scope: Scope): Promise<Cast> {
  const units = await unitsByName(scope);
  const named = (name: string) => units.find(name)[0]!.id;
  const unit = async (name: string) =>
    (await ensureUnit(scope, { name, kind: 'department', validFrom: ever, reason: '示例城市' })).id;
  const zone = named('湖南城陵矶新港区');
  const support = new Map([
    ['新港区管理委员会', units.find('湖南城陵矶新港区管理委员会')[0]?.id ?? (await unit('湖南城陵矶新港区管理委员会'))],
    ['岳阳市口岸服务中心（示例）', await unit('岳阳市口岸服务中心（示例）')],
  ]);
  for (const [i, unitId] of [...support.values()].entries())
    await ensurePerson(scope, {
      name: `${'周吴'[i]}主任（示例）`,
      unitId,
      title: '分管负责人',
      leaderOrder: 1,
      validFrom: ever,
      reason: '示例城市',
    });
  return {
    zone,
    support,
    bureau: await unit('岳阳市统计局（示例）'),
    reform: named('岳阳市发展和改革委员会'),
    headquarters: (await findHeadquarters(scope))!.id,
    builder: named('岳阳市交通建设投资集团有限公司'),
  };
}

async function challengeOf(scope: Scope, cast: Cast, line: Line): Promise<PastChallenge> {
  const { id: leadUnitId } = await ensureUnit(scope, {
    name: line.firm,
    kind: 'projectUnit',
    validFrom: ever,
    reason: '示例城市',
  });
  const matters = await raiseSupports(scope, cast, line);
  return {
    ownerUnitId: cast.zone,
    verifierUnitId: cast.bureau,
    terms: {
      ...noTerms,
      ...agreed,
      title: line.title,
      problem: `示例：以“${line.metric.name}”为牵引，年内实现新突破。`,
      metric: { ...line.metric, source: { kind: 'submission' } },
      target: line.target,
      openOn: '2021-03-02',
      closeOn: '2021-03-07',
      dueOn: '2021-12-31',
      reward: {
        formula: line.formula,
        capYuan: line.capYuan,
        payer: '新港区财政（示例）',
        words: '奖励用于团队（示例）',
      },
    },
    baseline: { value: line.baseline, on: '2020-12-31', document: '2020年度统计报表（示例）' },
    review,
    supports: line.supports.map(({ title, unit, dueOn }, i) => ({
      title,
      unitId: cast.support.get(unit)!,
      dueOn,
      matterId: matters[i]!.id,
    })),
    publishedOn: '2021-03-02',
    taken: {
      leadUnitId,
      takers: [{ kind: 'person', name: line.person, unitId: null, creditCode: null }],
      promise: `年内“${line.metric.name}”达到 ${line.target} ${line.metric.unit}（示例）`,
      selectedOn: '2021-03-08',
      signedOn: '2021-03-15',
      milestones: line.milestones,
    },
    values: line.values,
    ...line.rest,
  };
}

/** What was promised stands in the ledger like any other commitment: closed in time, running, or late. */
function raiseSupports(scope: Scope, cast: Cast, line: Line) {
  return insertPastMatters(
    scope,
    line.supports.map(({ title, unit, dueOn, closedOn }) => {
      const lead = cast.support.get(unit)!;
      const acts: PastAct[] = [{ act: 'sign', on: '2021-03-16', by: '周工（示例）', unitId: lead }];
      if (closedOn)
        acts.push(
          {
            act: 'claim',
            on: closedOn,
            by: '周工（示例）',
            unitId: lead,
            text: '支持事项已兑现（示例）',
            evidence: [{ kind: 'document', words: '办结文件存纸质档案（示例）' }],
          },
          { act: 'pass', on: closedOn, by: counter, unitId: cast.bureau, text: '情况属实（示例）', method: 'document' },
        );
      return {
        kind: 'commitment' as const,
        title: `${line.title}：${title}`,
        source: { kind: 'platform' as const, title: '揭榜挂帅支持事项（示例）', on: '2021-03-15' },
        leadUnitId: lead,
        watchUnitIds: [cast.zone],
        verifierUnitId: cast.bureau,
        raiserUnitId: cast.zone,
        details: {
          kind: 'commitment' as const,
          promisedBy: '湖南城陵矶新港区',
          promisedOn: '2021-03-15',
          what: 'other' as const,
          amountYuan: null,
        },
        raisedOn: '2021-03-15',
        raisedByName: clerk,
        issuedOn: '2021-03-15',
        dueOn,
        acts,
        demo: true,
      };
    }),
  );
}

/** Two of the headquarters: one whose number the platform itself reads from accepted filings, one that is open to takers. */
async function layOutOwn(scope: Scope, cast: Cast): Promise<number> {
  const batch: PastBatch = {
    title: '下半年重点项目攻坚榜（示例）',
    year: 2021,
    publisherUnitId: cast.headquarters,
    isSingleAward: false,
    audience: 'city',
    publicityDays: 5,
    rules: '数值由平台按审核通过的填报和指标取数（示例）',
    source: null,
    demo: true,
  };
  const batchId = await insertPastBatch(scope, batch, clerk);
  const { rows } = await sql<{ id: string }>`select p.id from projects.pub_project p
    where p.city_id = ${scope.cityId} and p.owner_unit_id = ${cast.builder} order by p.serial limit 8`.execute(
    scope.db,
  );
  const projectIds = rows.map((row) => row.id);
  const common = { ownerUnitId: cast.reform, verifierUnitId: cast.bureau };
  const terms = { ...noTerms, ...agreed, takerKinds: ['unit' as const], reward: null };
  const filed: PastChallenge = {
    ...common,
    terms: {
      ...terms,
      title: '交通项目投资提速榜',
      problem: '示例：所属交通项目下半年投资提速。',
      metric: {
        name: '所属交通项目完成投资',
        unit: '亿元',
        decimals: 2,
        caliber: `示例：${projectIds.length} 个项目当年累计完成投资，按审核通过的月度填报取数`,
        source: { kind: 'filings', projectIds, factor: '0.00000001' },
      },
      target: '30',
      openOn: '2021-07-01',
      closeOn: '2021-07-10',
      dueOn: '2021-12-31',
    },
    baseline: { value: '0', on: '2021-01-01', document: '年初起算（示例）' },
    supports: [],
    publishedOn: '2021-07-01',
    taken: {
      leadUnitId: cast.builder,
      takers: [{ kind: 'unit', name: '岳阳市交通建设投资集团有限公司', unitId: cast.builder, creditCode: null }],
      promise: '年内完成投资 30 亿元（示例）',
      selectedOn: '2021-07-12',
      signedOn: '2021-07-20',
      milestones: [
        { title: '三季度末过七成', dueOn: '2021-09-30', evidence: '月度填报' },
        { title: '年底完成目标', dueOn: '2021-12-25', evidence: '月度填报' },
      ],
    },
    values: [],
  };
  const open: PastChallenge = {
    ...common,
    terms: {
      ...terms,
      title: '开工率提升榜',
      problem: '示例：压减应开未开项目。',
      takerKinds: ['unit', 'person'],
      metric: {
        name: '重点项目开工率',
        unit: '%',
        decimals: 1,
        caliber: '示例：全年应开工项目中已开工的占比，按平台指标“开工率占全年”取数',
        source: { kind: 'indicator', code: 'startOfYear', by: null, key: null, factor: '100' },
      },
      target: '92',
      openOn: '2021-09-20',
      closeOn: '2021-10-15',
      dueOn: '2021-12-31',
    },
    baseline: { value: '84.5', on: '2021-08-31', document: '8月调度表（示例）' },
    supports: [{ title: '用地手续容缺受理', unitId: cast.reform, dueOn: '2021-11-15' }],
    publishedOn: '2021-09-20',
    values: [],
  };
  const wanted = projectIds.length > 0 ? [filed, open] : [open];
  const made = await insertPastChallenges(scope, { batchId, batch, byName: clerk, publicityDays: 5 }, wanted);
  if (projectIds.length > 0)
    for (const asOf of ['2021-07-31', '2021-08-31'])
      if (asOf <= scope.today) await readPlatformValue(scope, made[0]!.id, asOf);
  return made.length;
}
