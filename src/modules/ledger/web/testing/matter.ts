import { type Day, fromEpochDay, toEpochDay } from '#core/shared/day.ts';
import type { MatterAct, MatterEvent, MatterView } from '../../shapes.ts';

const id = (n: number) => `01a20112-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const unit = {
  economic: { id: id(1), name: '岳阳经济技术开发区管理委员会' },
  traffic: { id: id(2), name: '岳阳市交通建设投资集团有限公司' },
  land: { id: id(3), name: '岳阳市自然资源和规划局' },
  inspection: { id: id(4), name: '岳阳市重点建设项目事务中心督查科' },
};
export const matterId = id(117);
const photo = (n: number) => n.toString(16).padStart(64, '0');

let seq = 0;
const event = (
  at: string,
  act: MatterAct,
  [fromState, toState]: [MatterEvent['fromState'], MatterEvent['toState']],
  who: [string | null, string],
  text: string | null,
  payload: Record<string, unknown> = {},
): MatterEvent => {
  seq += 1;
  return {
    id: id(1_000 + seq),
    seq,
    act,
    fromState,
    toState,
    onDay: at.slice(0, 10),
    text,
    payload,
    actorName: who[1],
    unitName: who[0],
    at: new Date(`${at}:00+08:00`).toISOString(),
  };
};
const lead: [string, string] = [unit.economic.name, '孟强'];
const looker: [string, string] = [unit.inspection.name, '王岳'];

const events = [
  event('2021-06-05 09:20', 'raise', [null, 'draft'], looker, null),
  event('2021-06-05 16:40', 'issue', ['draft', 'issued'], looker, null, { dueOn: '2021-07-25' }),
  event('2021-06-06 08:55', 'sign', ['issued', 'signed'], lead, null),
  event('2021-06-09 17:30', 'report', ['signed', 'working'], lead, '措施：分三组入户，7 月 15 日前全部签约。', {
    node: 'measures',
  }),
  event('2021-07-20 10:12', 'askExtension', ['working', 'working'], lead, '5 户对补偿标准有异议，需报市征拆办复核。', {
    dueOn: '2021-08-10',
  }),
  event('2021-07-21 15:20', 'grantExtension', ['working', 'working'], looker, '同意，仅此一次。', {
    dueBefore: '2021-07-25',
    dueAsked: '2021-08-10',
  }),
  event('2021-08-09 18:05', 'claim', ['working', 'claimed'], lead, '11 户全部签约，附协议 11 份。'),
  event('2021-08-11 11:40', 'return', ['claimed', 'returned'], looker, '现场 4 户未腾房、6 户未拆除，未达完成标准。', {
    method: 'onSite',
    returns: 1,
  }),
  event('2021-08-25 09:10', 'claim', ['returned', 'claimed'], lead, '4 户已腾房，拆除 5 户。'),
  event('2021-08-26 10:30', 'return', ['claimed', 'returned'], looker, '仍有 1 户未拆除，照片与查〔2021〕3号相同。', {
    method: 'photo',
    returns: 2,
  }),
  event(
    '2021-09-06 16:22',
    'remark',
    ['returned', 'returned'],
    ['总指挥部办公室', '刘敏'],
    '请经开区主要负责人现场督办，9 月底前必须移交施工面。',
    {
      leaderName: '陈副市长',
      on: '2021-09-05',
    },
  ),
  event('2021-09-15 17:00', 'claim', ['returned', 'claimed'], lead, '最后 1 户已拆除，移交单已签字。'),
  event('2021-09-16 09:30', 'return', ['claimed', 'returned'], looker, '移交单缺施工单位签字，拆除垃圾未清运。', {
    method: 'document',
    returns: 3,
  }),
  event('2021-09-24 16:22', 'remind', ['returned', 'returned'], looker, '请于 9 月 30 日前补齐。'),
];

/** Forty-seven days past its limit, returned three times, with a long title: the worst page a person meets. */
export const lateMatter: MatterView = {
  id: matterId,
  no: '问〔2021〕117号',
  kind: 'problem',
  track: 'assigned',
  title:
    'G353机场快速路项目辅道K6+200至K6+580段11户房屋征收拆迁补偿协议签订后未按期腾房移交施工面影响路基开挖和雨污水管线迁改',
  category: 'relocation',
  urgency: 'urgent',
  sourceKind: 'meeting',
  projectId: id(900),
  projectName: 'G353机场快速路项目',
  level: 'command',
  leadUnitId: unit.economic.id,
  leadUnitName: unit.economic.name,
  leadLeaderName: '孟强',
  leadLeaderId: id(50),
  state: 'returned',
  light: 'red',
  lightWhy: 'afterDue',
  raisedOn: '2021-06-05',
  issuedOn: '2021-06-05',
  signedOn: '2021-06-06',
  dueOriginal: '2021-07-25',
  dueCurrent: '2021-08-10',
  claimedOn: null,
  closedOn: null,
  progressOn: '2021-09-15',
  returns: 3,
  extensions: 1,
  reopens: 0,
  demo: true,
  body: '11 户签约、腾房、拆除，移交辅道施工面 380 米。\n完成标准：移交单三方签字，现场照片每户 1 张。',
  source: { kind: 'meeting', title: '城建交通分指挥部现场调度会', ref: '第 3 条', on: '2021-06-05' },
  details: { kind: 'problem', foundOn: '2021-06-04', place: 'K6+200 至 K6+580 右侧', measures: null },
  handlerName: '熊文',
  verifierUnit: unit.inspection,
  template: { code: 'suqian', name: { zh: '三色督办单（蓝黄红）', en: 'Three sheets: blue, yellow, red' } },
  levelSince: '2021-08-27',
  resumeOn: null,
  blueOn: '2021-08-07',
  yellowOn: '2021-08-11',
  redOn: '2021-08-11',
  raisedByName: '王岳',
  signedByName: '孟强',
  closeReason: null,
  parent: null,
  children: [],
  parties: [
    { unit: unit.economic, role: 'lead', contribution: null, contributedOn: null, contributedByName: null },
    {
      unit: unit.traffic,
      role: 'co',
      contribution: '补偿款 1,260 万元已拨付到专户。',
      contributedOn: '2021-08-02',
      contributedByName: '陈志刚',
    },
    { unit: unit.land, role: 'co', contribution: null, contributedOn: null, contributedByName: null },
    { unit: unit.inspection, role: 'verifier', contribution: null, contributedOn: null, contributedByName: null },
    { unit: unit.inspection, role: 'raiser', contribution: null, contributedOn: null, contributedByName: null },
  ],
  events,
  evidence: [
    {
      id: id(2_001),
      eventId: events[6]!.id,
      kind: 'document',
      fileId: photo(1),
      name: '补偿协议11份.pdf',
      words: '11 户签字页',
      amount: null,
      round: 1,
      alsoIn: null,
      addedByName: '孟强',
      addedAt: events[6]!.at,
    },
    {
      id: id(2_002),
      eventId: events[8]!.id,
      kind: 'photoAfter',
      fileId: photo(2),
      name: '7号户拆除.jpg',
      words: '7 号户',
      amount: null,
      round: 2,
      alsoIn: { id: id(3), no: '查〔2021〕3号' },
      addedByName: '孟强',
      addedAt: events[8]!.at,
    },
    {
      id: id(2_003),
      eventId: events[11]!.id,
      kind: 'photoAfter',
      fileId: photo(3),
      name: '移交现场.jpg',
      words: null,
      amount: null,
      round: 3,
      alsoIn: null,
      addedByName: '孟强',
      addedAt: events[11]!.at,
    },
  ],
  verifications: [8, 10, 13].map((at, i) => ({
    id: id(3_000 + i),
    round: i + 1,
    method: (['onSite', 'photo', 'document'] as const)[i]!,
    result: 'failed' as const,
    note: events[at - 1]!.text ?? '',
    verifierName: '王岳',
    unitName: unit.inspection.name,
    at: events[at - 1]!.at,
  })),
  extensionList: [
    {
      id: id(4_000),
      dueBefore: '2021-07-25',
      dueAsked: '2021-08-10',
      reason: '5 户对补偿标准有异议，需报市征拆办复核。',
      state: 'granted',
      askedOn: '2021-07-20',
      askedByName: '孟强',
      decidedOn: '2021-07-21',
      decidedByName: '王岳',
      decidedNote: '同意，仅此一次。',
    },
  ],
  nodes: [
    {
      code: 'measures',
      title: '反馈措施',
      dueOn: '2021-06-08',
      doneOn: '2021-06-09',
      report: '分三组入户，7 月 15 日前全部签约。',
      mark: 'passable',
      markedByName: '王岳',
    },
    {
      code: 'q3',
      title: '三季度移交施工面 380 米',
      dueOn: '2021-09-20',
      doneOn: null,
      report: null,
      mark: null,
      markedByName: null,
    },
  ],
  links: [
    {
      rel: 'blockedBy',
      direction: 'in',
      id: id(118),
      no: '任〔2021〕88号',
      title: '完成辅道路基开挖 2.1 公里',
      state: 'working',
      light: 'yellow',
    },
  ],
  evidenceMissing: { zh: '整改后照片，或文件', en: 'Photo after, or Document' },
  extensionsLeft: 1,
  version: 21,
  allowed: [],
};

const moved = (day: Day | null, days: number): Day | null =>
  day === null ? null : fromEpochDay(toEpochDay(day) + days);

/** The same one as its lead unit holds it while there is time: signed for, nothing brought yet. */
export const workingMatter: MatterView = {
  ...lateMatter,
  state: 'working',
  light: 'yellow',
  lightWhy: 'beforeDue',
  dueOriginal: '2021-09-28',
  dueCurrent: '2021-09-28',
  blueOn: moved('2021-09-26', -4),
  yellowOn: '2021-09-26',
  redOn: '2021-09-29',
  returns: 0,
  extensions: 0,
  events: events.slice(0, 4),
  evidence: [],
  verifications: [],
  extensionList: [],
  links: [],
  extensionsLeft: 2,
  version: 4,
  allowed: ['report', 'claim', 'askExtension'],
};

/** Claimed for the first time, with a picture that another matter holds too. */
export const claimedMatter: MatterView = {
  ...workingMatter,
  state: 'claimed',
  claimedOn: '2021-09-26',
  events: [
    ...workingMatter.events,
    event('2021-09-26 08:30', 'claim', ['working', 'claimed'], lead, '11 户全部腾房拆除，移交单三方签字。'),
  ],
  evidence: lateMatter.evidence.slice(1, 2).map((one) => ({ ...one, round: 1 })),
  evidenceMissing: null,
  version: 5,
  allowed: ['take', 'pass', 'return', 'escalate', 'remark', 'link'],
};
