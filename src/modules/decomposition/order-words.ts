/** Words that order: what stands with one of them shall be done. */
const orders =
  /(?<![主重需纲扼摘简概])要(?!素|求|点|么|闻|地|塞|件|是|务|道|旨)|确保|力争|务必|务求|必须|责成|牵头|抓紧|抓好|尽快|加紧|不得|应当|限期|争取|须(?!知)/;
/** Words of work. They order when a limit, an amount or somebody responsible stands with them. */
const works =
  /加快|推进|推动|完成|开工|建成|投产|投用|投运|通车|竣工|启动|制定|出台|建立|开展|组织|实施|新建|改建|扩建|改造|打造|引进|签约|化解|整治|排查|争创|创建|编制|解决|办理|报送|上报|整改|销号|达到|突破|新增|盘活|清理|交付|封顶|验收|入库|入统|供地|拆迁|征收|摘牌|攻坚/;
/** Words of work that any speech is full of: they need a limit, an amount or an item's number beside them. */
const broad = /落实|保障|做好|强化|完善|优化|压实|严格|提升|实现|培育|履行/;
/** How things stood or stand. */
const reports =
  /(?:已|已经|业已|先后|成功|顺利|圆满)[^，。；]{0,10}(?:完成|开工|建成|投产|实现|达|签|启动|开展|竣工|通车|投用|上线|形成|建立|摘牌|培育)|(?:年|月|季度)以来|同比|环比|名列|居全[省国市]|排名|获评|荣获|取得了|(?:建成|完成|实现|解决|新增|引进)了|已(?:建|达|有|与|被|全部)|均已|去年|此前|截至|截止|目前|近年来|记者|据了解|出席|主持会议|参加会议|本报讯/;

export interface OrderSigns {
  hasLimit: boolean;
  hasAmount: boolean;
  hasParties: boolean;
  /** It is an item of a numbered list. */
  isItem: boolean;
}

/** Whether a sentence orders something that can be handed out: an order or work, and something that makes it checkable. */
export function isOrder(sentence: string, { hasLimit, hasAmount, hasParties, isItem }: OrderSigns): boolean {
  if (hasParties) return true;
  // What somebody said, word for word.
  if (/^[“"]/.test(sentence)) return false;
  const isWork = works.test(sentence);
  const isCommand = orders.test(sentence);
  if (reports.test(sentence) && !isCommand) return false;
  const points = (isCommand ? 2 : 0) + (isWork ? 1 : 0) + (hasLimit ? 2 : 0) + (hasAmount ? 1 : 0) + (isItem ? 2 : 0);
  return points >= 3 && (isWork || isCommand || broad.test(sentence));
}

/** Sections that tell how it was: nothing in them is handed out, unless somebody is named who does it. */
export const isReportHeading = (heading: string): boolean =>
  /回顾|总结|成绩|成效|(?:工作|基本|完成|进展)情况|存在(?:的)?(?:主要)?问题|面临|形势|不足|指导思想|总体要求|基本原则/.test(
    heading,
  ) && !/任务|举措|安排|部署/.test(heading);

/** “会议要求，”, “一是”, “要”: what stands before the task itself. Its length. */
export function leadInLength(sentence: string): number {
  let at = 0;
  for (let more = true; more; ) {
    const rest = sentence.slice(at);
    const found =
      /^(?:[^，。；：,:]{0,18}(?:强调|要求|指出|明确|提出|认为|议定|决定)\s*[，,：:]\s*)/.exec(rest)?.[0] ??
      /^(?:[一二三四五六七八九十]{1,2}是(?:要)?|[一二三四五六七八九十]{1,2}要|[\u2460-\u2473]、?|[（(]?\d{1,2}[)）、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|要(?!素)|同时，?|此外，?|另外，?|其中，?|并)\s*/.exec(
        rest,
      )?.[0] ??
      '';
    at += found.length;
    more = found.length > 0;
  }
  return at;
}
