import type { Mark, Span } from './shapes.ts';

export interface FoundRequirement {
  span: Span;
  requirement: NonNullable<Mark['requirement']>;
  sure: number;
}

/** 要 that orders, and not the one in 主要, 需要, 重要, 要素, 要求. */
const must =
  '(?<![主重需纲扼摘简概只若将还先想快索紧首险])要(?!素|求|点|么|闻|地|达到的|塞|件|是|务|道|旨|不然|领|害|价|约)';
const hedges = '确保(?!了)|力争|争取(?!到)|务必|务求|力促|必须|应当|严禁|不得|限期|尽快|抓紧|抓实|抓好';
const trigger = new RegExp(
  `^(?:(?:[一二三四五六七八九十]{1,2}|[\\u2460-\\u2473])(?:是|、)?|同时[,，]?|并且?|可|也|更|还|都)?(?<order>${must}|${hedges}|请(?=各|于|在|有关|[\\u3400-\\u9fff]{1,10}?(?:局|委|办|部|厅|[县区市州]|镇|乡|街道|单位|部门|公司|集团|中心|院|同志|政府))|责成)`,
);
/** Somebody before the order: 各金融机构要, 全市各级各部门必须. */
const withSubject = new RegExp(
  `^(?<who>[\\u3400-\\u9fff（）()、]{2,22}?)(?:一定|也|都|更|还)?(?<order>${must}|必须|务必|应当|确保|力争|争取)`,
);
const subjectEnds =
  /(?:机构|部门|单位|县区|县市区|乡镇|街道|园区|责任人|同志|干部|上下|双方|企业|公司|集团|局|委|办|部|院|中心|领导|专班|指挥部|组|市直|(?:思想|认识|行动|作风)上|政府|党委|系统|战线|各地|大家|我们|全市|全县|全区|全州|全省|业主|组织|项目|指标|书记|主任|员工|党员)$/;
/** Verbs that open an order in a speech that was announced by “强调：”. */
const imperative =
  /^(?:保障好|把握好|谋划好|建设好|聚焦|坚持|紧盯|抓实|抓好|抓牢|抓紧|抓住|密切|狠抓|守牢|守住|强化|加强|加快|加大|推进|推动(?!了)|做好|做实|做到|压实|压紧|严格|严守|严肃|落实|完善|健全|优化|提高|提升|深化|深入|统筹|聚力|突出|把握|建立|坚决|切实|全力|全面|扎实|持续|主动|积极|进一步|不断|牢牢|牢固|充分|始终|及时|认真|精准|保持|树牢|树立|增强|扛牢|扛起|打好|打赢|用好|盯紧|锚定|围绕|紧扣|咬定|倒排|挂图|科学|依法|高标准|高质量|大力|着力|奋力|当好|对照|对标|明确|细化|加速|防范|化解|确立|整合|争当|争做|齐心|凝聚|开展|督促|制定|按照)/;
const announces = /(?:强调|要求|指出|提出|明确|部署|议定|决定)(?:了[^，。；：,:]{0,12})?\s?[:：,，]\s?$/;
/** What is over; and words of a report, which an order with 要 may hold all the same (加快推进去年的片区). */
const done =
  /(?:已|已经|业已|先后)(?=(?!.{0,8}的)[\u3400-\u9fff]{0,8}(?:完成|开工|建成|实现|启动|开展|解决|达|签|形成|建立|展开|破解|投用|印发|出台|取得))|(?:体现|取得|完成|实现|建成|解决|破解|开创|提供|展现|得到|打造|标志着|获得|荣获|涌现|迈开)了/;
const tells = /同比|环比|以来|去年|历史性|记者|据了解|据悉|获悉/;
const announced =
  /^[\u3400-\u9fff]{1,14}(?:室|局|委|办|部|厅|中心|政府|指挥部|专班|公司|集团)(?:将|已|拟)(?=[\u3400-\u9fff\d])/;
/** A time that is over is no limit. */
const past = /^(?:去年|上年|昨|截[至止]|今年以来|年初以来)|同期|以来$/;
const isReport = (words: string): boolean => done.test(words) || tells.test(words);
/** Told, not ordered: what somebody calls for in passing. */
const told = /^(?:要求|要好好|要坐|要我|要让我|要从|要数|要说)/;

const isEnd = (char: string): boolean => /[。；;！!？?\n]/.test(char);

/** The sentences of a text with where a speaker announced them; quotation marks do not end one. */
function* sentences(text: string): Generator<Span> {
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !isEnd(text[at]!)) continue;
    if (at > start) yield { start, end: at };
    start = at + 1;
  }
}

function* clauses(text: string, { start, end }: Span): Generator<Span> {
  let from = start;
  let depth = 0;
  for (let at = start; at <= end; at += 1) {
    const char = text[at] ?? '';
    if (at < end && /[（(《“]/.test(char)) depth += 1;
    else if (at < end && /[)）》”]/.test(char)) depth = Math.max(0, depth - 1);
    if (at < end && (depth > 0 || !/[,，:：]/.test(char))) continue;
    let begin = from;
    while (begin < at && /[\s“”"•■●]/.test(text[begin]!)) begin += 1;
    if (at > begin) yield { start: begin, end: at };
    from = at + 1;
  }
}

/**
 * What a text requires: clauses with 要, 确保, 力争 and their like, and the orders of a speech behind “强调：”, each to the end of
 * its sentence or to the next order. What has been done is none.
 */
export function requirementsIn(text: string, dates: readonly Span[]): FoundRequirement[] {
  const found: FoundRequirement[] = [];
  let speech = false;
  let speaker: string | null = null;
  let nextDate = 0;
  for (const sentence of sentences(text)) {
    // A paragraph of a speech may begin with its number: 二要建设好.
    if (text[sentence.start - 1] === '\n')
      [speech, speaker] = [
        /^\s?[一二三四五六七八九十]{1,2}要/.test(text.slice(sentence.start, sentence.start + 5)),
        null,
      ];
    let open: { start: number; who: string | null; hedge: string | null; sure: number; isOrder?: boolean } | undefined;
    const close = (end: number) => {
      if (!open) return;
      const made = { ...open };
      open = undefined;
      let last = end;
      while (last > made.start && /[\s,，”"]/.test(text[last - 1]!)) last -= 1;
      const what = text.slice(made.start, last);
      if (
        what.length < 6 ||
        /^[\u3400-\u9fff]{1,10}了(?!解|然|却|清|断|结)/.test(what) ||
        /(?:具有|有着)[^，,]{0,16}意义$/.test(what) ||
        (made.isOrder ? done.test(what.slice(0, 40)) : isReport(what.slice(0, 40))) ||
        what.length > 400
      )
        return;
      while (nextDate < dates.length && dates[nextDate]!.end <= made.start) nextDate += 1;
      let by: Span | null = null;
      for (let i = nextDate; i < dates.length && dates[i]!.start < last; i += 1)
        if (!past.test(text.slice(dates[i]!.start, dates[i]!.end))) by ??= dates[i]!;
      found.push({
        span: { start: made.start, end: last },
        requirement: { who: made.who, what, by, hedge: made.hedge },
        sure: made.sure,
      });
    };
    let isSentenceOrdered = false;
    for (const whole of clauses(text, sentence)) {
      // “指挥部要求要形成推进方案”: the order begins behind who gives it.
      const giver =
        /^[\u3400-\u9fff]{2,16}?(?:要求|强调|指出)(?=要|必须|各)/.exec(text.slice(whole.start, whole.start + 24))?.[0]
          .length ?? 0;
      const clause = { start: whole.start + giver, end: whole.end };
      if (giver > 0) speech = true;
      const words = text.slice(clause.start, Math.min(clause.end, clause.start + 60));
      const said = /(?:^|[\u3400-\u9fff]{0,16})(?:强调|要求|指出|提出)$/.exec(words.trim());
      const announcement =
        /[,，:：]/.test(text[clause.end] ?? '') &&
        said &&
        !/(?<![主重需])要(?!求|素|点)/.test(words) &&
        words.length <= 24 &&
        !/按照|根据|对照|落实|符合|达到|满足/.test(words) &&
        !/(?:部署|工作|有关|具体|总体|明确|相关|任务|的|目标|政策|标准|质量|文件|精神)要求$/.test(words.trim());
      if (announcement) {
        close(clause.start);
        speech = true;
        speaker = null;
        continue;
      }
      const order = trigger.exec(words);
      const subject = order ? null : withSubject.exec(words);
      const isSubject =
        subject &&
        (subjectEnds.test(subject.groups!.who!) || (speech && /^[\u3400-\u9fff]{2,6}$/.test(subject.groups!.who!))) &&
        !isReport(subject.groups!.who!) &&
        !/^(?:及时|主动|积极|努力|全力|认真|切实|科学|精准|充分|不断|持续|同时|进一步|抓紧|抓好|做好)|[和与及、]$/.test(
          subject.groups!.who!,
        );
      if (order && !told.test(words)) {
        // “确保” within an order that is open belongs to it.
        const isOwn =
          !open ||
          (order.groups!.order === '要' && !/^[也更还都并]/.test(words)) ||
          /^(?:[一二三四五六七八九十]{1,2}要)/.test(words);
        if (isOwn) {
          close(clause.start);
          open = {
            start: clause.start,
            who: speaker,
            hedge: hedgeOf(order.groups!.order!),
            sure: 0.85,
            isOrder: order.groups!.order === '要',
          };
        } else if (open && open.hedge === null) open.hedge = hedgeOf(order.groups!.order!);
        isSentenceOrdered = true;
      } else if (isSubject) {
        close(clause.start);
        const who = subject.groups!.who!.replace(/(?:思想|认识|行动|作风)上$/, '');
        speaker = /(?:项目|指标)$/.test(who) ? speaker : who;
        open = {
          start: clause.start,
          who,
          hedge: hedgeOf(subject.groups!.order!),
          sure: 0.85,
          isOrder: subject.groups!.order === '要',
        };
        isSentenceOrdered = true;
      } else if (speech && !open && !isSentenceOrdered && imperative.test(words) && !isReport(words)) {
        open = { start: clause.start, who: speaker, hedge: null, sure: 0.7 };
        isSentenceOrdered = true;
      } else if (open && announced.test(words)) {
        // “…，市政府督查室将于下月督查”: what somebody else will do is no part of the order.
        close(clause.start);
        isSentenceOrdered = true;
      } else {
        // 可力争在7月1日前实现主线通车: the order stands within the clause.
        const inner = /(?:可|将|并|全力|努力)?(?:力争|确保|争取(?!到)|务必|力促)(?=[\u3400-\u9fff\d])/.exec(words);
        if (
          inner &&
          !open &&
          inner.index <= 30 &&
          !/(?:是|为|以|了|旨在|有利于|有效|有力|能)$/.test(words.slice(0, inner.index)) &&
          !isReport(words)
        ) {
          open = { start: clause.start, who: null, hedge: /力争|确保|争取|务必|力促/.exec(inner[0])![0], sure: 0.7 };
        } else if (inner && open && open.hedge === null) open.hedge = /力争|确保|争取|务必|力促/.exec(inner[0])![0];
      }
    }
    close(sentence.end);
    if (announces.test(text.slice(Math.max(0, sentence.end - 6), sentence.end + 1))) speech = true;
  }
  return found;
}

const hedgeOf = (order: string): string | null => (order === '要' || order === '请' || order === '责成' ? null : order);
