import type { Span } from './shapes.ts';
import type { FoundName } from './unit-name.ts';

/** Words that any project may be called by. What is left of a name without them must be enough to know it by. */
const generic =
  /(?:全国|全省|全市|全州|全县|全区|国家|中央|省级|市级|州级|县级|区级|省市区?|本级|[省市州县区](?=重点|重大|级|列|直|属|本)|级|重点|重大|产业|发展|基础|设施|社会|民生|事业|生态|环保|环境|续建|新建|改建|扩建|新开工|新开|计划|拟|应|开工|竣工|在建|预备|前期|投产|建成|投运|完工|投资|工业|制造业|服务业|农业|农林水利?|城市|城建|交通|水利|能源|管理|政府|专项债券?|债券|招商|引资|签约|亿元|以上|类|一批|一大批|若干|建设|工程|项目|的|等|和|及|与|好|大|新|老|旧|小|省直|州直|市直|直管|农村|经济|实事|运营|融资|打包|科技|创新|人才|公共|公益|国债|年度|全年|今年|上半年|下半年|其他|其它|固定资产|技改|城镇|房地产|土地|市政|水|电|气|煤炭油气|油气|铁路|机场|电信|公路|民心|惠民|文化|教育|卫生|医疗|体育|旅游|文旅|基建|保障性|安居|棚户区|棚改|老旧小区|改造|治理|污水|垃圾|处理|新兴|战略性|高新|技术|先进|现代|智能|数字化?|转型|升级|配套|示范|试点|领域|[一二三四五六七八九十]+|\d+(?:\.\d+)?|[年月日份—~-]|[“”"、，,（）()\s])/g;

/** A name that ends so is none: 重点项目, 推进项目, 该项目, 政治工程. */
const genericEnd =
  /(?:重点|重大|重要|关键|产业|投资|续建|新建|新开工?|开工|竣工|在建|复工|预备|前期|投产|投运|签约|储备|谋划|入库|入统|问题|滞后|推进|推动|推|加快|抓|上|督促|解决|收集|了解|强化|确保|深化|针对|围绕|对|在|从|将|把|让|使|各|各个|每个|该|本|此|其|的|个|项|件|级|类|型|[省市县区州](?:直|属)?|上下游|领域|百分点|进度|警告|支付|要求|计划|工作|统筹|实施|开展|走进|留守|提高|提升|集团运营|精品|质量|百年|优质|政治|经济|民生|民心|惠民|系统|一批|批|等|与|和|及|或|了|为|通过|结果|调研|社会|本级|省级|市级|列入|纳入|引进|包装|申报|落实|完成|调度|我市|全市|全省|全县|作为|高质量|攻坚|作战|打包|同类|类似|相关|有关|上述|以下|部分|所有|全部|多个|不少|建设|监管|政府|安全|保障|按下|建立|看到|示范|样板|标杆|标志性|更多|约谈|根据|此外|依据|按照|“[^”]{0,20}”(?:建设|重点|重大)*|‘)$/;

/** What can stand in front of a name and is no part of it. */
const lead =
  /^.*(?:获悉|介绍|强调|指出|了解到|察看了?|观摩了?|调研|走访|来到|前往|其中的?|分别为|包括|破解了?|推进|加快|推动|督促|开展|启动了?|总投资[\d.]+[亿万]元的|的是|就是|完成了|承担了|建设了|列入|纳入|随着|目前|日前|今年|去年|当前|同时|另外|此外|重点项目|产业项目|陪同|参观|前往|介绍说|位于|投资建设|开工建设|即将|成功摘牌|摘牌|项目——|工程——|计划|签订|负责|承建|实施的?|[0-9]{1,4}(?:余|多)?[个项]|[0-9]日|[0-9]月份?|此外|根据|按照|依据|约谈|将|把|因|在(?!建)|从|由|赴|被|的)(?=[^，,。；;：:]{3,}|$)/su;

const longestName = 44;
const headForm =
  /(?:建设项目|改造项目|工程项目|配套项目|项目|建设工程|改造工程|工程)(?:[（(][一二三四五六七八九十\d]{1,2}期[)）]|[一二三]期(?!工程))?/g;

/** 中建国际产业园、中邦科技、农发蓝泰等项目: a list that says itself what it lists. */
const listTail =
  /等(?:[处地](?=[,，。])|(?:一批|一大批|多个|各类)?(?:\d{1,4}(?:余|多)?(?:个|项))?(?:(?!单位|企业|问题|部门|情况|人员|因|对|在|避免|方面)[^，。；、,;:：\n]){0,24}?(?:项目|工程))/g;

/** Works that go without 项目, known by what they are and by what is told of them: 南昌地铁2号线6月30日全线通车. */
const works =
  /(?:高速公路|快速路|特大桥|大桥|二桥|三桥|\d号线|输变电站?|产业园|物流园|科技城|纪念园|工业园|特色小镇|水库|机场|火车站|客运站|高铁站|污水处理厂|发电厂|变电站|展销中心\d?|体育中心|会展中心|博物馆|图书馆|规划馆|安置小区|新校区|隧道|环线)(?=(?:\d{1,2}月\d{1,2}日)?(?:也|均|将|已|预计)?(?:全面|全线|正式|实现|如期|建成|开工|开通|通车|投产|投用|投入|顺利|主体|竣工|完工|封顶|贯通|主线|启用))/g;

/** Projects by rule: names before 项目 or 工程, members of a list that ends with “等项目”, works that are told to be built or opened. */
export function projectsIn(text: string): FoundName[] {
  const found: FoundName[] = [];
  for (const match of text.matchAll(listTail)) {
    // Of places only those that are built: 甲物流园、乙产业园等处.
    if (
      /^等[处地]/.test(match[0]) &&
      !/(?:项目|[产物工科]\S{1,2}园|小镇|基地|大桥|工程)/.test(text.slice(Math.max(0, match.index - 60), match.index))
    )
      continue;
    for (const name of listBefore(text, match.index))
      if (isSpecific(text.slice(name.start, name.end), 2)) found.push({ ...name, sure: 0.8 });
  }
  for (const match of text.matchAll(headForm)) {
    const end = match.index + match[0].length;
    if (isPartOfMore(text.slice(end, end + 5))) continue;
    const start = nameStart(text, match.index);
    const name = text.slice(start, match.index);
    if (/等(?:\d+(?:余|多)?[个项]|一批|$)/.test(name) || genericEnd.test(name) || !isSpecific(name, 2)) continue;
    found.push({ start, end, sure: 0.7 });
    for (const before of visitedBefore(text, start)) found.push({ ...before, sure: 0.65 });
  }
  for (const match of text.matchAll(works)) {
    const end = match.index + match[0].length;
    const start = nameStart(text, match.index);
    if (end - start - match[0].length >= 2 && isSpecific(text.slice(start, end), 2))
      found.push({ start, end, sure: 0.6 });
  }
  const kept: FoundName[] = [];
  for (const name of found.toSorted((a, b) => a.start - b.start || b.sure - a.sure || b.end - a.end))
    if (name.start >= (kept.at(-1)?.end ?? 0)) kept.push(name);
  return kept;
}

const visits = /(?:来到|察看了?|查看了?|观摩了?|前往|走访了?|走进|深入)$/;

/** “先后来到甲小镇、乙大道工程项目”: what stands before the last one in a list of places that were visited. */
function visitedBefore(text: string, start: number): Span[] {
  if (text[start - 1] !== '、') return [];
  const spans = listBefore(text, start - 1);
  const first = spans[0];
  return first && visits.test(text.slice(Math.max(0, first.start - 4), first.start)) ? spans : [];
}

/** 项目建设管理办公室, 项目库, 项目负责人: 项目 is the beginning of another word. */
const isPartOfMore = (tail: string): boolean =>
  /^(?:指挥部|协调|办(?!理)|部(?!分)|单位|公司|经理|法人|储备|清单|类|库|化|管理|责任|个数|名称|大会战|为王|审批|事务|调研组|服务中心|评审|申报|包装|谋划|签约|观摩|攻坚)/.test(
    tail,
  ) || /^建设(?:管理|指挥|领导|进度|工作|项目|单位|推进)/.test(tail);

/** Whether a name is left when everything that any project may be called is taken away. */
export function isSpecific(name: string, least: number): boolean {
  const bare = name.replace(/[“”‘’]/g, '');
  if (/^(?:不|没|未|已|正|会|能|更|很|最|也|都|要|一)(?![\u3400-\u9fff]{5})/.test(bare)) return false;
  return bare.replace(generic, '').length >= least || /[A-Z]{1,3}\d{1,4}/.test(bare);
}

function nameStart(text: string, end: number): number {
  const from = Math.max(0, end - longestName);
  const head = text.slice(from, end);
  let cut = lastHardBreak(head);
  cut += lead.exec(head.slice(cut))?.[0].length ?? 0;
  // Counts and what is left of a verb are no part of a name: 13个…, 了….
  cut +=
    /^(?:\d{1,4}(?:余|多)?[个项座条]|[一二三四五六七八九十两]{1,3}[个项座条]|[了着过的和及与、”’)）]|以及)+/.exec(
      head.slice(cut),
    )?.[0].length ?? 0;
  return from + cut;
}

/** The last mark outside brackets: what is before it belongs to something else. */
function lastHardBreak(head: string): number {
  let depth = 0;
  for (let i = head.length - 1; i >= 0; i -= 1) {
    const char = head[i]!;
    // A quotation that ends with a sentence began too far away to be seen.
    if (char === '”' && /[。！？!?]/.test(head[i - 1] ?? '')) return i + 1;
    if (/[)）”》]/.test(char)) depth += 1;
    else if (/[（(“《‘]/.test(char)) {
      if (depth === 0) return i + 1;
      depth -= 1;
    } else if (depth === 0 && /[，,。；;：:！？、\n|■●•…%>?]/.test(char)) return i + 1;
  }
  return 0;
}

/** Members of a list that ends at `end`, back to the mark that opens it. */
function listBefore(text: string, end: number): Span[] {
  const from = Math.max(0, end - 400);
  const spans: Span[] = [];
  let [depth, last] = [0, end];
  for (let i = end - 1; i >= from; i -= 1) {
    const char = text[i]!;
    if (/[)）”》]/.test(char)) depth += 1;
    else if (/[（(“《]/.test(char) && depth > 0) depth -= 1;
    const isEnd = depth === 0 && /[，,。；;：:！？\n]/.test(char);
    if (depth === 0 && char === '、') {
      spans.unshift({ start: Math.max(i + 1, nameStart(text, last)), end: last });
      last = i;
    } else if (isEnd || i === from) {
      spans.unshift({ start: nameStart(text, last), end: last });
      break;
    }
  }
  return spans.filter(
    ({ start, end: to }) =>
      to - start >= (spans.length > 2 ? 2 : 3) &&
      to - start <= 40 &&
      !/^[\d.%]+$/.test(text.slice(start, to)) &&
      !/\d%$/.test(text.slice(start, to)),
  );
}
