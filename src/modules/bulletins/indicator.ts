import type { Mark, Span } from './shapes.ts';

/** What a figure is of: 完成投资, 开工率, 续建项目; and what it is a part of: 年投资计划. */
const labels =
  '累计完成投资|共计完成投资|共完成投资|实际完成投资|完成固定资产投资|固定资产投资|完成投资额|完成投资|年度计划总投资|年度投资计划|年度计划投资|年投资计划|计划完成投资|计划投资额|计划投资|年计划投资|计划总投资|项目总投资|总投资|政府投资额|社会投资额|投资完成率|年计划投资完成率|投资完成进度|完成率|开复工率|复工率|开工率|竣工率|投产率|入库率|入统率|履约率|资金到位率|到位率|销号率|办结率|满意率|当月进度|完成进度|时间进度|时序进度|序时进度|到位资金|资金到位|资产总额|净资产|营业收入|营收|利润总额|利润|税收|总产值|产值|招商面积|项目个数|注册用户|服务浏览数|贷款余额|签约金额|签约资金|合同资金|专项债券';
const labelBefore = new RegExp(
  `(?<label>[\\u3400-\\u9fff“”（）()、]{0,16}?(?:${labels}))(?:分别)?(?:已)?(?:达到?|为|约|是|仅|共|近|超过?|占)?[:：]?$`,
  'u',
);
const baseBefore =
  /(?:为|占|完成|达到?|占到)(?:了)?(?<base>(?:全)?(?:年度?|全年|当年|本年度|今年)?[\u3400-\u9fff]{0,6}(?:计划|任务|目标|总投资|总数|总量|投资)(?:任务|投资|开工|数|额)?)的?$/;
const compared =
  /(?:同比|环比|比上年同期|较(?:去|上)年同期|比(?:去|上)年同期)(?:分别)?(?<how>增长|下降|提高|提升|加快|增加|减少|回落|上升)?了?$/;
const gap =
  /(?<how>超过?|超出|低于|落后于?|高于|欠|快于|慢于)(?:了)?(?<base>[\u3400-\u9fff]{0,6}(?:进度|平均水平|目标|计划|要求))?(?:要求)?$/;
const state =
  /^(?:[\u3400-\u9fff“”（）()]{0,16}?(?:项目|工程|企业|问题|任务|单位|用户|机构|党组织|党支部|小组|合作社|农场|指挥部|中心|面积)?)/;

const longestClause = 60;

/**
 * What each figure measures, by the words around it: its label, whose it is, what it is a part of, and over which time.
 * The subject and the time of a sentence hold until it names others.
 */
export function linkIndicators(text: string, marks: Omit<Mark, 'id'>[]): void {
  let [subject, period]: [string | null, string | null] = [null, null];
  let lastLabel: { words: string; span: Span } | undefined;
  let lastEnd = 0;
  let previous: Omit<Mark, 'id'> | undefined;
  for (const mark of marks) {
    if (!mark.quantity && mark.kind !== 'date') continue;
    const between = text.slice(Math.max(lastEnd, mark.span.start - 200), mark.span.start);
    if (between.includes('\n')) [subject, period, lastLabel] = [null, null, undefined];
    else if (/[。]/.test(between)) lastLabel = undefined;
    const previousEnd = lastEnd;
    lastEnd = mark.span.end;
    if (mark.kind === 'date') {
      if (mark.date && mark.date.precision !== 'day') period = mark.text;
      else if (mark.date?.bound === 'asOf') period = mark.text;
      continue;
    }
    const from = Math.max(clauseStart(text, mark.span.start), previousEnd);
    const head = text.slice(from, mark.span.start);
    const tail = text.slice(mark.span.end, mark.span.end + 30);
    const own = subjectIn(head, tail, mark);
    if (own) subject = own;
    // “170个新开项目已开工145个”: a part of what was counted just before.
    const whole = previous?.kind === 'count' && previous.span.end === from ? previous.text : null;
    previous = mark;
    const made = read(head, tail, mark, lastLabel?.words ?? null, whole);
    if (!made) continue;
    const at = made.isBehind ? mark.span.end + made.offset : from + made.offset;
    mark.measures = {
      label: made.label,
      span: { start: at, end: at + made.length },
      subject: mark.kind === 'count' && made.label.endsWith('项目') ? null : subject,
      base: made.base,
      period,
    };
    if (mark.kind === 'amount' || (mark.kind === 'count' && made.isBehind === false))
      lastLabel = { words: made.label, span: mark.measures.span };
  }
}

interface Reading {
  label: string;
  offset: number;
  length: number;
  isBehind: boolean;
  base: string | null;
}

function read(
  head: string,
  tail: string,
  mark: Omit<Mark, 'id'>,
  last: string | null,
  whole: string | null,
): Reading | undefined {
  if (mark.kind === 'rate' || mark.kind === 'points') {
    const base = baseBefore.exec(head);
    if (base)
      return {
        label: last ?? '完成率',
        offset: base.index,
        length: base[0].length,
        isBehind: false,
        base: base.groups!.base!,
      };
    const change = compared.exec(head);
    if (change)
      return {
        label: `${last ?? ''}同比${change.groups!.how ?? ''}`,
        offset: change.index,
        length: change[0].length,
        isBehind: false,
        base: '去年同期',
      };
    const against = gap.exec(head);
    if (against)
      return {
        label: against[0],
        offset: against.index,
        length: against[0].length,
        isBehind: false,
        base: against.groups!.base ?? null,
      };
  }
  const label = labelBefore.exec(head);
  if (label) {
    const words = label.groups!.label!.replace(
      /^(?:[\u3400-\u9fff、]*?)(?=(?:累计|共计|共|实际|已)?(?:完成|年|计划|项目总投资|总投资|开|投资完成))/u,
      '',
    );
    const clean = words === '' ? label.groups!.label! : words;
    return {
      label: clean.replace(/^(?:累计|共计|共|实际|已)/, ''),
      offset: label.index + label.groups!.label!.length - clean.length,
      length: clean.length,
      isBehind: false,
      base: null,
    };
  }
  if (mark.kind === 'count') {
    // 146个续建项目已全面复工: what is counted stands behind.
    const behind = state.exec(tail)?.[0] ?? '';
    const noun =
      /^[\u3400-\u9fff“”（）()]{1,18}?(?:项目|工程|企业|问题|任务|单位|用户|机构|组织|支部|小组|合作社|农场|指挥部|中心)/.exec(
        tail,
      )?.[0] ?? behind;
    const done = /^(?:已|全部|均)?[\u3400-\u9fff]{0,4}(?:开工|复工|竣工|投产|完工|建成)/.exec(tail)?.[0];
    if (noun.length >= 2) return { label: noun, offset: 0, length: noun.length, isBehind: true, base: null };
    const verb =
      /(?:已|累计|实际|共)?(?<verb>开复工|新开工|开工|复工|竣工|投产|建成|签约|解决[\u3400-\u9fff]{0,4}问题|交办[\u3400-\u9fff]{0,6}任务|发现问题|排查企业|完成[\u3400-\u9fff]{2,6}|[\u3400-\u9fff]{2,8}(?:项目|企业|问题|任务|用户|工程|面积))(?:已|共|达)?(?:计)?$/.exec(
        head,
      );
    if (verb)
      return {
        label: verb.groups!.verb!,
        offset: head.length - verb[0].length,
        length: verb[0].length,
        isBehind: false,
        base: whole ? whole + head.slice(0, head.length - verb[0].length).replace(/中$/, '') : null,
      };
    if (done) return { label: done, offset: 0, length: done.length, isBehind: true, base: null };
  }
  const any = /(?<label>[\u3400-\u9fff]{2,12}?)(?:分别|已|共)?(?:达到?|为|约|是|共|超过?|近)?[:：]?$/u.exec(head);
  return any
    ? { label: any.groups!.label!, offset: any.index, length: any.groups!.label!.length, isBehind: false, base: null }
    : undefined;
}

/** Who or what a clause speaks of: the noun before “172个”, the words before 完成投资. */
function subjectIn(head: string, tail: string, mark: Omit<Mark, 'id'>): string | null {
  const words = head.replace(/^(?:其中|从[\u3400-\u9fff]{1,6}来看|按[\u3400-\u9fff]{2,8}统计)[:：,，]?/, '');
  const named =
    /^(?<who>[\u3400-\u9fff“”（）()]{2,24}?(?:项目|工程|市|县|区|州|集团|公司|类|指挥部))(?:共计?|已|累计|完成|纳入|投资|个数|总|年度|当月)?/.exec(
      words,
    );
  if (named && !/^(?:完成|累计|共|全[市省州县区]$|计划|年)/.test(named.groups!.who!)) return named.groups!.who!;
  if (mark.kind === 'count') {
    const counted = /^[\u3400-\u9fff“”]{0,16}?项目/.exec(tail)?.[0];
    if (counted && counted.length > 2) return counted;
  }
  return null;
}

function clauseStart(text: string, at: number): number {
  const from = Math.max(0, at - longestClause);
  for (let i = at - 1; i >= from; i -= 1)
    if (/[,，。；;\n、（(]/.test(text[i]!) && !(text[i] === '、' && /\d/.test(text[i - 1] ?? ''))) return i + 1;
  return from;
}
