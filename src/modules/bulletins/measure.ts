import type { Figure } from './figures.ts';

/**
 * What a number measures, by the words in front of it. `state:开工` counts projects that have begun, `rateOf:开工` is the
 * rate of those; `done` is this year's investment up to the day of the document, `doneMonth` of one month, `doneAll` since the beginning.
 */
export type Attribute =
  | 'count'
  | 'plan'
  | 'total'
  | 'done'
  | 'doneMonth'
  | 'doneAll'
  | 'increase'
  | 'decrease'
  | 'lastYear'
  | 'target'
  | 'planRate'
  | 'totalRate'
  | 'growth'
  | 'decline'
  | 'gap'
  | 'lag'
  | 'clock'
  | 'share'
  | 'other'
  | `state:${string}`
  | `rateOf:${string}`;

export interface Measure {
  attribute: Attribute;
  /** Where the words of the attribute begin in the words given; what stands before them is the subject. */
  from: number;
}

const tail = '(?:已|均|分别)?(?:达到了?|达|约|为|是|仅|只有|共|合计|累计|共计|的|[:：])*$';
const clock = '(?:年度)?(?:计划)?(?:时序|序时|时间|均衡)(?:进度)?(?:要求|计划|目标)?';
const yearly = '(?:年度?|全年|今年|本年度?|当年|20\\d\\d年度?)?';
const planWords = `${yearly}(?:度)?(?:投资计划|计划投资|投资目标|计划总投资|目标投资|计划完成投资|计划|(?:预计|预期)?目标任务|(?:预计|预期)?目标|任务)(?:任务|总额|总投资|投资额|投资|目标|额|总量|数)?`;

/** Verbs of a project's life and of a problem's, each with the words it is known by; the longer ones first. */
const verbs: [name: string, words: string][] = [
  ['应开未开', '应开未开|应开工未开工|未按期开工|未按计划开工'],
  ['提前开工', '提前(?:已)?开工'],
  ['应开工', '应开工|应当开工|计划应开工'],
  ['未开工', '未开工|尚未开工'],
  ['开复工', '开(?:工)?复工|开\\(复\\)工|复(?:开)?工及新开工'],
  ['复工', '复工'],
  ['应竣工', '应竣工'],
  ['开工', '开工建设|新开工|开工'],
  ['竣工', '基本竣工|竣工验收|竣工|完工|建成投产|建成投用|建成'],
  ['投产', '投产达效|投产|投运|投用|达产'],
  ['入库', '纳统入库|入库纳统|入库'],
  ['入统', '入统|纳统'],
  ['签约', '签约'],
  ['落地', '落地'],
  ['履约', '履约'],
  ['办结', '办结|办理完毕|办理完成'],
  ['销号', '销号|清零'],
  ['整改', '整改完成|完成整改|整改到位|整改'],
  ['解决', '协调解决|化解|解决'],
  ['验收', '通过验收|验收'],
  ['达标', '达到序时进度|达到时序进度|达标'],
  ['完成', '完成'],
];
const verbWords = verbs.map(([, words]) => words).join('|');
const adverbs = '(?:截至目前|截止目前|目前|现|已经|已|累计|实际|共计|共|均|实现|全部|全面|顺利|正式|新增|有|了)*';
const stateBefore = new RegExp(
  `(?:中)?(?<adverbs>${adverbs})(?<verb>${verbWords})(?:建设|项目|工程|了|并投产|或投产|的有|的|有|数)*${tail}`,
);
const stateBehind = new RegExp(`^(?:中|,|，)?${adverbs}(?<verb>${verbWords})`);
export const verbOf = (words: string): string =>
  verbs.find(([, known]) => new RegExp(`^(?:${known})`).test(words))?.[0] ?? words;

const form = (source: string): RegExp => new RegExp(source);
const increase = '(?:增长|增加|增收|增支|增|上升|提高|多完成|净增|提升|加快)(?:了|投资)?';
const decrease = '(?:下降|减少|降低|回落|下滑|少完成|减收|减支|短收|减)(?:了|投资)?';
const against = '(?:同比|较?比?(?:去年|上年)(?:同期|全年)?(?:同比)?)';

const amounts: [RegExp, Attribute][] = [
  [form(`${against}(?:[^,，]{0,4})${increase}${tail}`), 'increase'],
  [form(`${against}(?:[^,，]{0,4})${decrease}${tail}`), 'decrease'],
  [form(`^(?:，|,)?${increase}${tail}`), 'increase'],
  [form(`^(?:，|,)?${decrease}${tail}`), 'decrease'],
  [form(`(?:相?比于?|较)?(?:去年|上年)同期(?:[^,，]{0,6}完成)?(?:投资)?(?:额)?${tail}`), 'lastYear'],
  [form(`(?:力争|确保|预计|力促|有望|争取|拟|可)[^,，]{0,10}完成[^,，]{0,8}${tail}`), 'target'],
  [form(`(?:${planWords}|计划完成(?:固定资产|重点项目)?(?:总)?投资(?:额)?)${tail}`), 'plan'],
  [form(`(?:估算|概算|计划|规划|项目)?总投资(?:额|规模|概算)?${tail}`), 'total'],
  [
    form(
      `(?:累计|共计|共|已经|已|实际|实现|全部)*完成(?:了)?(?:重点项目|重大项目|项目|固定资产|产业|工业|政府|社会|水利|水利建设|交通|能源|铁路|公路|水运|技改|技术改造|基础设施|实物量?|年度)*(?:投资(?:额|量)?|固投|建设投资|工作量)${tail}`,
    ),
    'done',
  ],
  [form(`(?:固定资产)?投资(?:额)?(?:累计|共|实际|已)*完成(?:额)?${tail}`), 'done'],
  [form(`(?:累计|共|已|实际)+完成${tail}`), 'done'],
];
const rates: [RegExp, Attribute][] = [
  [form(`(?:超过|超出|高于|高出|快于|领先|优于|超前|超)(?:了|于)?${clock}(?:的)?$`), 'gap'],
  [form(`(?:比|较)${clock}(?:要求)?(?:快|高|超前|提前|超)(?:出|了|过)?$`), 'gap'],
  [form(`(?:低于|落后于?|滞后于?|慢于|欠|未达|差)${clock}(?:的)?$`), 'lag'],
  [form(`(?:比|较)${clock}(?:要求)?(?:慢|低|滞后|落后)(?:了)?$`), 'lag'],
  [form(`(?:应达|应完成)?${clock}(?:应|要求)?${tail}`), 'clock'],
  [form(`(?:环比)[^,，]{0,4}(?:${increase}|${decrease})${tail}`), 'other'],
  [form(`${against}(?:[^,，]{0,6}?)(?:${increase}|增幅|增速)${tail}`), 'growth'],
  [form(`${against}(?:[^,，]{0,6}?)${decrease}${tail}`), 'decline'],
  [form(`(?:占|为|完成|达|达到)?(?:项目)?(?:总投资|投资总额)${tail}`), 'totalRate'],
];
const rateOf = new RegExp(`(?<verb>${verbWords})(?:建设|项目)?率${tail}`);
const planned = new RegExp(
  `(?:完成|占|为|达|达到|完成了)+${yearly}(?:度)?(?:计划|目标)(?:新)?(?<verb>${verbWords})(?:项目|任务|数|总数|目标)*${tail}`,
);
const partial = /(?:季度|半年|月度|当月|本月|\d月|阶段|五年|三年|总体|节点)/;
const planRate = new RegExp(
  `(?:占|为|达到|达|完成了?|相当于|是|至|已达)+(?:${planWords})${tail}|(?:${yearly}(?:计划|投资|任务|目标|建设)*(?:完成率|完成比例|完成进度|执行率))${tail}|占${yearly}计划${tail}`,
);
const share = new RegExp(`(?:占比|占)(?<of>[^,，占]{0,16}?)(?:的)?(?:比重|比例)?${tail}`);

/** @param left Words in front of the number, back to the number before it or the beginning of its clause. */
export function measureOf(figure: Pick<Figure, 'kind'>, left: string): Measure | null {
  const tried = (list: readonly [RegExp, Attribute][]): Measure | null => {
    for (const [words, attribute] of list) {
      const match = words.exec(left);
      if (match) return { attribute, from: match.index };
    }
    return null;
  };
  if (figure.kind === 'amount') return amountOf(left, tried(amounts));
  if (figure.kind === 'points') {
    const found = tried(rates.slice(0, 4));
    return found ?? { attribute: 'other', from: left.length };
  }
  if (figure.kind === 'count') return stateOf(left);
  const planned1 = planned.exec(left);
  if (planned1) return { attribute: `rateOf:${verbOf(planned1.groups!.verb!)}`, from: planned1.index };
  const clocked = tried(rates);
  if (clocked) return clocked;
  const ratio = rateOf.exec(left);
  if (ratio && ratio.groups!.verb !== '完成')
    return { attribute: `rateOf:${verbOf(ratio.groups!.verb!)}`, from: ratio.index };
  const plan = planRate.exec(left);
  if (plan)
    return { attribute: partial.test(plan[0]) || /总投资$/.test(plan[0]) ? 'other' : 'planRate', from: plan.index };
  const part = share.exec(left);
  if (part) return { attribute: 'share', from: part.index };
  return { attribute: 'other', from: left.length };
}

function amountOf(left: string, found: Measure | null): Measure {
  if (!found) return { attribute: 'other', from: left.length };
  if (
    found.attribute === 'plan' &&
    /(?:季度|半年|\d月|五年|三年|十四五|十三五|明年|下月)/.test(left.slice(Math.max(0, found.from - 6)))
  )
    return { attribute: 'other', from: found.from };
  if (found.attribute !== 'done') return found;
  const before = left.slice(0, found.from);
  if (/(?:开工以来|自开工|开累|历年|建设以来)/.test(before)) return { ...found, attribute: 'doneAll' };
  if (/(?:当月|本月|单月|当季|本季|昨日|本周)/.test(before)) return { ...found, attribute: 'doneMonth' };
  return found;
}

function stateOf(left: string): Measure | null {
  const match = stateBefore.exec(left);
  if (!match) return null;
  const verb = verbOf(match.groups!.verb!);
  // “计划新开工270项” and “新开工60个” name a group of projects; “已开工129项” says what became of it.
  const before = left.slice(0, match.index);
  const isNamed = match.groups!.adverbs === '' && /(?:计划|拟|预备|新|应|其中|[:：、])$/.test(before);
  const isNew = match.groups!.adverbs === '' && /^新/.test(match.groups!.verb!);
  if (isNamed || isNew || (match.groups!.adverbs === '' && /项目/.test(match[0]))) return null;
  return { attribute: `state:${verb}`, from: match.index };
}

/** “168个项目已开工建设”: what is said of the counted things behind them. `isAll` when it is said of every one of a named group. */
export function stateBehindOf(rest: string): { attribute: `state:${string}`; isAll: boolean } | null {
  const match = stateBehind.exec(rest);
  if (!match) return null;
  const behind = rest.slice(match[0].length);
  if (/^率/.test(behind)) return null;
  return { attribute: `state:${verbOf(match.groups!.verb!)}`, isAll: /全部|全面|均/.test(match[0]) };
}
