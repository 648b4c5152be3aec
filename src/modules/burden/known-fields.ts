import type { Words } from '#core/shared/words.ts';

/** A fact that the platform holds already, and where it can be read instead of asking for it again. */
export interface KnownField {
  code: string;
  words: Words;
  /** Other ways in which forms ask for the same. */
  aliases: readonly string[];
  /** Who keeps it up to date: the form or the page. */
  from: Words;
  link: string;
}

const filed = { zh: '月报', en: 'monthly filing' };
const register = { zh: '项目登记', en: 'project register' };
const money = { zh: '资金', en: 'funding' };
const field = (code: string, zh: string, en: string, from: Words, link: string, ...aliases: string[]): KnownField => ({
  code,
  words: { zh, en },
  aliases,
  from,
  link,
});

export const knownFields: readonly KnownField[] = [
  field('monthYuan', '本月完成投资', 'done this month', filed, '/filings', '当月投资', '本月投资额', '当月完成'),
  field(
    'cumulativeYuan',
    '本年累计完成投资',
    'done this year',
    filed,
    '/filings',
    '累计完成投资',
    '累计投资',
    '年度完成投资',
    '完成投资',
  ),
  field(
    'imageProgress',
    '形象进度',
    'state of the site',
    filed,
    '/filings',
    '工程进展',
    '进展情况',
    '项目进展',
    '工程形象',
  ),
  field('problems', '存在问题', 'problems', filed, '/filings', '问题困难', '困难和问题', '需协调事项'),
  field('nextSteps', '下步计划', 'next steps', filed, '/filings', '下一步工作', '下步打算', '工作安排'),
  field('photos', '现场照片', 'photos of the site', filed, '/filings', '工地照片', '进度照片', '施工照片'),
  field('name', '项目名称', 'project name', register, '/projects', '工程名称'),
  field('code', '项目代码', 'project code', register, '/projects', '立项代码'),
  field(
    'totalYuan',
    '总投资',
    'total investment',
    register,
    '/projects',
    '项目总投资',
    '投资总额',
    '投资规模',
    '计划总投资',
  ),
  field('planYuan', '年度计划投资', "year's plan", register, '/projects', '年度投资计划', '年计划', '计划投资'),
  field('content', '建设内容及规模', 'content and scale', register, '/projects', '建设内容', '建设规模'),
  field('startDate', '开工时间', 'start', register, '/projects', '开工日期', '实际开工时间', '计划开工时间'),
  field('finishDate', '竣工时间', 'finish', register, '/projects', '完工时间', '竣工日期', '计划竣工时间', '建成时间'),
  field('owner', '业主单位', 'owner', register, '/projects', '建设单位', '项目单位', '项目法人'),
  field('lead', '责任单位', 'responsible unit', register, '/projects', '牵头单位', '主管部门'),
  field('leader', '包联领导', 'leader', register, '/projects', '联系领导', '挂点领导', '包抓领导'),
  field('contact', '联系人及电话', 'contact', register, '/projects', '联系电话', '联系人', '联系方式', '填报人电话'),
  field('address', '建设地点', 'place', register, '/projects', '项目地址', '建设地址', '所在县区'),
  field(
    'enrolled',
    '是否入统',
    'enrolled in the statistics',
    { zh: '入库入统', en: 'enrolment' },
    '/enrolment',
    '入统情况',
    '是否入库',
    '入库入统',
  ),
  field('arrivedYuan', '到位资金', 'funds arrived', money, '/funding', '资金到位', '已到位资金'),
  field('paidYuan', '支付资金', 'funds paid', money, '/funding', '资金支付', '已支付', '拨付资金'),
  field('sources', '资金来源', 'sources of funds', money, '/funding', '资金构成', '投资来源'),
  field('contractor', '施工单位', 'contractor', money, '/funding', '承建单位', '中标单位', '总包单位'),
  field(
    'permits',
    '前期手续',
    'permits',
    { zh: '前期手续', en: 'permits' },
    '/permits',
    '手续办理情况',
    '施工许可',
    '用地手续',
    '环评手续',
  ),
  field(
    'factors',
    '要素保障',
    'factors',
    { zh: '要素保障', en: 'factors' },
    '/factors',
    '用地保障',
    '征地拆迁',
    '用电保障',
  ),
  field('milestones', '节点计划', 'milestones', register, '/projects', '关键节点', '工期节点', '时间节点'),
];

/** Units, periods and politeness say nothing about what is asked. */
const noise =
  /[（(【[][^）)】\]]*[）)】\]]|单位[:：]?|亿元|万元|人民币|请填写?|截至(目前|本月|当前)|目前|情况说明|[\s:：、，,。.“”"]/g;
const plain = (text: string): string => text.normalize('NFKC').replace(noise, '').toLowerCase();

function bigrams(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2);
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** Dice over pairs of characters: 1 is the same, 0 has nothing in common. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [x, y] = [bigrams(a), bigrams(b)];
  let common = 0;
  for (const [pair, n] of x) common += Math.min(n, y.get(pair) ?? 0);
  const all = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
  return all === 0 ? 0 : (2 * common) / all;
}

/** Three pairs of four in common: 项目总投资额 and 项目总投资 ask the same, 投资 alone asks nothing. */
const alike = 0.72;

/** The fact that a field of a request asks for again, with the best likeness; null for something new. */
export function duplicateOf(name: string): KnownField | null {
  const asked = plain(name);
  if (asked.length < 2) return null;
  let best: { field: KnownField; score: number } | null = null;
  for (const known of knownFields)
    for (const alias of [known.words.zh, ...known.aliases]) {
      const held = plain(alias);
      const isInside = held.length >= 4 && asked.includes(held);
      const score = isInside ? 0.9 + held.length / 1000 : likeness(asked, held);
      if (score >= alike && (best === null || score > best.score)) best = { field: known, score };
    }
  return best?.field ?? null;
}
