import type { Span } from './shapes.ts';
import type { FoundName } from './unit-name.ts';

/** Words that any project may be called by. What is left of a name without them must be enough to know it by. */
const generic =
  /(?:全国|全省|全市|全州|全县|全区|国家|中央|省级|市级|州级|县级|区级|省市区?|本级|[省市州县区](?=重点|重大|级|列|直|属|本)|级|重点|重大|产业|发展|基础|设施|社会|民生|事业|生态|环保|环境|续建|新建|改建|扩建|新开工|新开|计划|拟|应|开工|竣工|在建|预备|前期|投产|建成|投运|完工|投资|工业|制造业|服务业|农业|农林水利?|城市|城建|交通|水利|能源|管理|政府|专项债券?|债券|招商|引资|签约|亿元|以上|类|一批|一大批|若干|建设|工程|项目|的|等|和|及|与|好|大(?![连同庆理冶渡足])|新|老|旧|小|省直|州直|市直|直管|农村|经济|实事|运营|融资|打包|科技|创新|人才|公共|公益|国债|年度|全年|今年|上半年|下半年|其他|其它|固定资产|技改|城镇|房地产|土地|市政|水|电|气|煤炭油气|油气|铁路|机场|电信|公路|民心|惠民|文化|教育|卫生|医疗|体育|旅游|文旅|基建|保障性|安居|棚户区|棚改|老旧小区|改造|治理|污水|垃圾|处理|新兴|战略性|高新|技术|先进|现代|智能|数字化?|转型|升级|配套|示范|试点|领域|[一二三四五六七八九十]+|\d+(?:\.\d+)?|[年月日份—~-]|[“”"、，,（）()\s])/g;

/** A name that ends so is none: 重点项目, 推进项目, 该项目, 政治工程. */
const genericEnd =
  /(?:重点|重大|重要|关键|产业|投资|续建|新建|新开工?|开工|竣工|在建|复工|预备|前期|投产|投运|签约|储备|谋划|入库|入统|问题|滞后|推进|推动|推|加快|抓|上|督促|解决|收集|了解|强化|确保|深化|针对|围绕|对|在|从|将|把|让|使|各|各个|每个|该|本|此|其|的|个|项|件|级|类|型|[省市县区州][直属]|(?:^|全|我|本|各|[、和一二三四五六七八九十两多几省市县区州\d])[省市县区州]|上下游|领域|百分点|进度|警告|支付|要求|计划|工作|统筹|实施|开展|走进|留守|提高|提升|集团运营|精品|质量|百年|优质|政治|经济|民生|民心|惠民|系统|一批|批|等|与|和|及|或|了|为|通过|结果|调研|社会|本级|省级|市级|列入|纳入|引进|包装|申报|落实|完成|调度|我市|全市|全省|全县|作为|高质量|攻坚|作战|打包|同类|类似|相关|有关|上述|以下|部分|所有|全部|多个|不少|建设|监管|(?<!数字)政府|放心|暖心|阳光|廉洁|面子|政绩|德政|制约|限制|阻碍|附属|控制性|一把手|一号|形象|安全|保障|按下|建立|看到|示范|样板|标杆|标志性|更多|约谈|根据|此外|依据|按照|“[^”]{0,20}”(?:建设|重点|重大)*|‘)$/;

/** What a work is, or is for: a name before 项目 holds one of these, or a company, or a sign of its own. */
const workNoun =
  /医院|学校|中学|小学|大学|学院|校区|院区|幼儿园|公路|国道|省道|高速|铁路|高铁|城际|地铁|轻轨|轨道|机场|航站|航道|港|码头|船闸|水库|水厂|水电|电站|电厂|火电|核电|风电|光伏|光热|氢|变电|输电|配电|电网|管网|管廊|管道|天然气|燃气|隧道|枢纽|大桥|二桥|三桥|基地|产业园|工业园|物流|科技园|科创|高科|园$|园区|片区|新城|小镇|综合体|中心|广场|公园|小区|社区|厂房|厂|生产|产线|加工|制造|组装|研发|酒店|宾馆|民宿|市场|商场|商城|商贸城|专业镇|仓储|仓库|粮库|储备库|冷链|养殖|种植|屠宰|牧场|农场|果园|茶|菜|稻|林场|污水|垃圾|固废|危废|环卫|焚烧|发电|储能|充电|换电|改造|扩建|迁建|新建|改建|重建|搬迁|整治|治理|修复|安置|棚改|保障房|公租房|楼|馆|剧院|影院|书院|大厦|站|号线|线路|路$|大道|街|桥|渠|堤|闸|泵|坝|矿|窑|炉|装置|机组|平台|系统|云|数据|特许经营|材料|化工|化学|石化|炼化|乙烯|树脂|塑料|橡胶|电池|锂|芯片|半导体|电子|电缆|电器|电机|光电|光电子|显示|面板|传感|软件|设备|装备|机械|机器人|汽车|整车|零部件|航空|航天|卫星|无人机|食品|饮料|酿酒|酒业|医药|制药|药业|疫苗|器械|健康|康养|医养|养老|纺织|服装|针纺|鞋|家具|建材|水泥|陶瓷|玻璃|木业|纸|包装印刷|铝|钢|铜|锌|镍|钨|钴|硅|碳|稀土|稀有金属|金属|石墨|新材|纤维|复合|膜|精细|有机|肥|农药|饲料|种业|生物|基因|文旅|旅游|度假|景区|古城|古镇|乐园|影视|会展|体育|场馆|健身|烈士|纪念|殡|公墓|监狱|看守所|消防|指挥|应急|防洪|排涝|灌区|供水|引水|调水|引江|水系|水利|河道|湿地|海绵|绿道|环线|快速|立交|停车|客运|货运|交通枢纽|口岸|保税|自贸|总部|孵化|中试|实验室|检测|智慧|智能|数字|5G|千兆|互联网|信创|地产|住宅|公寓|国际|温泉|矿泉|公司|集团|科技|股份|实业|药|重工|能源|超市|店$|粮油|谷$|先导区|首开区|启动区|功能区|示范区|[一二三]期/;

const workNouns = new RegExp(workNoun, 'g');

/** Kinds, states and virtues that projects of any city share; before 项目 they name a class, not a work. Members of a list may be called by them. */
const classWords =
  /(?:高速公路|轨道|在?列|高速|经济|增长点|长远|高效|推进|含|我[省市县区州国]|本[省市县区州]|包(?!装)|领域|普通|国省干线|国省道|干线|公路|可研|备案|核准|单列|跨区域|跨省|打捆|地方|施工|增长点|存量|增量|子|慢|按?序时|时序|正常|省外|市外|境外|外资|内资|央企|国企|民企|民间|国有|合同|协议|意向|在谈|洽谈|待|为民|实事|办|群众|身边|微|重中之重|[一二三四五六七八九十]个一批|十大|百大|[千百十]亿|亿|万|人民币|总|规模|体量|大型|中型|小型|中小|龙头|链主|[补强延]链|上下游|首批|第|季度|期|集中|竞赛|观摩|拉练|红榜|黑榜|难点|堵点|滞后|停工|缓慢|任务|目标|要素|资金|用地|保障|招标|采购|代建|总承包|EPC|PPP|BOT|BT|EOD|码头|泊位|沿海|陆岛|港口|航道|中央|预算内|超长期|特别|两重|两新|设备|更新|改革|开放|服务|支撑|引领|带动|优势|特色|传统|未来|绿色|低碳|信息|通信|网络|安全|平安|帮扶|振兴|扶贫|脱贫|乡村|美丽|人居|城乡|一体化|区域|协同|联动|三次|房建|装备|电子|电力|资源|矿产|物流|商贸|消费|养老|托育|健康|文体|固投|固定资产|开发|所有|包括|所|类别|性|提质|增效|扩能|强基|补短板|短板|弱项|清洁|可再生|新能源|风光|光伏|风电|储能|新材料|新型|生物|医药|食品|纺织|服装|轻工|化工|汽车|钢铁|有色|建材|冶金|机械|军民|海洋|文创|会展|总部|楼宇|平台|园区|开发区|高校|院校|科研|研发|孵化|成果|转化|产业化|集群|链条|链|头部|优质|好|高端|高技术|高附加值|专精特新|高成长性|隐形|后备|接续|支柱|主导|首位|标准|厂房|外贸|外经|进出口|口岸|民用|军工|住宅|商业|地产|商品房|写字楼|酒店|景区|农田|水库|灌区|河道|堤防|防洪|供水|供电|供气|供热|排水|管网|路网|电网|道路|街巷|桥梁|停车|充电|绿化|亮化|园林|校舍|幼儿园|学校|医院|我国|各地|本地|两国|双方|问题|进展|入驻|参与|合作|对接|洽商|引领性|标志性|牵引性|战略性|功能性|支撑性|基础性|竞争性|经营性|公益性|约束性|预期性|国家|入园|落地|注册|规模|履约|一轮|整合|国内|引调水|调水|节水|水源|江河湖泊|江河|湖泊|骨干|水土保持|河湖|水系|连通|保障性|保障房|整体|总体|主体|附属|单体|单项|分部|隐蔽|土建|安装|装修|装饰|绿化|征迁|拆迁)/g;
/** Signs that stand between such words. */
const classSigns =
  /[级新外内上下中前后多年大小重要有是在各与及和或之余其此次些个家座条处批拟未已非可能更最较超以为对于]/g;

/** What can stand in front of a name and is no part of it. */
const lead =
  /^.*(?:获悉|介绍|强调|指出|了解到|察看了?|观摩了?|调研|走访|来到|前往|其中的?|分别为|包括|破解了?|推进|加快|推动|督促|开展|启动了?|总投资[\d.]+[亿万]元的|的是|就是|完成了|承担了|建设了|列入|纳入|随着|目前|日前|今年|去年|当前|同时|另外|此外|重点项目|产业项目|陪同|参观|前往|介绍说|位于|投资建设|开工建设|即将|成功摘牌|摘牌|项目——|工程——|计划|签订|负责|承建|实施的?|[0-9]{1,4}(?:余|多)?[个项]|[0-9]日|[0-9]月份?|此外|根据|按照|依据|约谈|将|把|因|在(?!建)|从|由|赴|被|的)(?=[^，,。；;：:]{3,}|$)/su;
/** Verbs and adverbs of a sentence: a name begins behind the last of them. None of them stands within the name of a work. */
const verbLead =
  /^.*(?:一行(?:先后|分别|深入|实地)*(?:来?到|查看了?)?|先后来?到|已建成|建成(?=[国省县]道)|通车项目|分别|超过|月底前|底前|完成|掀起了?|挖掘|搜集|整合|查看|认识|发挥|标志着|包装好?|就(?=征|进|加|做)|切实|着力|大力|全力|努力|积极|持续|不断|进一步|千方百计|常态化|加强对?|增强|举行|举办|召开|听取|筹措|影响|跑出|打好|打赢|成立|建立|健全|完善|谋划了?|策划|争取|力争|力促|确保|促进|促使|引进|引入|吸引|招引|签下|抓好|抓实|抓紧|紧盯|聚焦|围绕|针对|关于|对于|涉及|批复了?|批准了?|审查|办理|准备|正在|设立|解决好?|化解|督查|察看|实地|深入|慰问|出席|宣布|启动(?!区)|见证|询问|依托|借助|随着|作为|属于|成为|打造|实现|取得|获得|入选|入围|获批|获评|下达|拨付|投入|共有|共计|共兴办|兴办|新增(?!长)|增加|代表|支持|帮助|服务好|做好|做实|做细|做优|盘活|壮大|承接|对接|洽谈|考核|通报|报送|上报|申请|编制|制定|印发|落实|强调|要求|认为|表示|看到|走进|到了|进入|形成|提供|带来|拉动|撬动|牵引|激活|倒逼|压实|严格|严把|紧抓|狠抓|一批|一大批|多个|若干|\d(?:个|项|件|宗)|总投资[\d.]+[亿万]元的|投资[\d.]+[亿万]元的|(?<!华)为(?!民)|对(?!外|口|接)|将|把|已)(?=[^，,。；;：:]{2,}|$)/su;

const longestName = 44;
const headForm =
  /(?:建设项目|改造项目|工程项目|配套项目|项目|建设工程|改造工程|工程)(?:[（(][一二三四五六七八九十\d]{1,2}期[)）]|[一二三]期(?!工程))?/g;

/** 中建国际产业园、中邦科技、农发蓝泰等项目: a list that says itself what it lists. */
const listTail =
  /等(?:[处地](?=[,，。])|(?:一批|一大批|多个|各类)?(?:\d{1,4}(?:余|多)?(?:个|项))?(?:(?!单位|企业|问题|部门|情况|人员|因|对|在|避免|方面)[^，。；、,;:：\n]){0,24}?(?:项目|工程))/g;

/** Works that go without 项目, known by what they are and by what is told of them: 南昌地铁2号线6月30日全线通车. */
const works =
  /(?:高速公路|绕城公路|一级公路|二级公路|快速路|大道|互通|立交桥|高架桥|风电场|抽水蓄能电站|水厂|码头|特大桥|大桥|二桥|三桥|\d号线|输变电站?|产业园|物流园|科技城|纪念园|工业园|特色小镇|水库|机场|火车站|客运站|高铁站|污水处理厂|发电厂|变电站|展销中心\d?|体育中心|会展中心|博物馆|图书馆|规划馆|安置小区|新校区|隧道|环线|(?<=[\u3400-\u9fff]{2})(?:中医院|人民医院|妇幼保健院|高铁|铁路)(?:[\u3400-\u9fff]{2,4}(?:医院|院区)|[\u3400-\u9fff]{2,4}至[\u3400-\u9fff]{2,4}段)?)(?:[一二三]期(?:工程)?)?(?:[(（][\u3400-\u9fff]{2,10}[)）])?(?=(?:也|均|将|已|预计|计划)?于?(?:\d{1,2}月(?:\d{1,2}日|底|初|份|[上中下]旬)?)?(?:也|均|将|已|预计)?(?:全长|总长|总投资|占地|全面|全线|正式|实现|如期|建成|开工|开通|通车|通水|通气|投运|试运行|并网|投产|投用|投入|顺利|主体|竣工|完工|封顶|贯通|主线|启用|进入|施工|合龙))/g;

/** A line between two places: 甲地至乙地高速公路, with its section. */
const lines =
  /(?:新建)?(?<from>[\u3400-\u9fff]{2,4})至(?:[\u3400-\u9fff]{2,4}至)?[\u3400-\u9fff]{2,8}?(?:高速铁路|城际铁路|铁路客运专线|客运专线|高铁|高速公路|高速|铁路|城际|公路|快速路|一级路|大道)(?:改扩建|扩容改造|复线)?(?:工程|项目)?(?=[（(，,。；;、\s和与及等]|[\u3400-\u9fff]{0,8}(?:建成|开工|通车|贯通|进入|完成|启动|合龙|开通|运营|全线|正式|正|已|将|也|均|顺利|实现|加快|获批|试运行|联调))/g;

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
    // 交通、水利等领域15个项目: fields and not works; 等推进项目: a verb of its own.
    if (
      /^等(?:领域|方面|行业|产业|板块|类|环节|工作)|^等[^，。；、]{0,6}?(?:推进|推动|加快|促进|保障|服务|支持|助推|完成|办理|做好|开展|加大|配合|制约|影响|抓好?|谋划|争取|参与|负责|涉及|工程用地|手续)/.test(
        match[0],
      )
    )
      continue;
    for (const name of listBefore(text, match.index))
      if (isSpecific(text.slice(name.start, name.end), 2) && !isClassOfWorks(text.slice(name.start, name.end)))
        found.push({ ...name, sure: 0.8 });
  }
  for (const match of text.matchAll(headForm)) {
    const end = match.index + match[0].length;
    if (isPartOfMore(text.slice(end, end + 5))) continue;
    const start = nameStart(text, match.index);
    const name = text.slice(start, match.index);
    if (/等(?:\d+(?:余|多)?[个项]|一批|$)/.test(name) || genericEnd.test(name) || !isSpecific(name, 2)) continue;
    if (isClass(name, match[0].includes('项目')) || done.test(name)) continue;
    found.push({ start, end, sure: 0.7 });
    for (const before of [...visitedBefore(text, start), ...worksBefore(text, start)])
      found.push({ ...before, sure: 0.65 });
  }
  for (const match of text.matchAll(lines)) {
    const lead =
      /^.*(?:[的和与及在从由对]|包括|推进|加快|推动|其中|建设|开工|一批|完成)/.exec(match.groups!.from!)?.[0].length ??
      0;
    if (match.groups!.from!.length - lead >= 2)
      found.push({ start: match.index + lead, end: match.index + match[0].length, sure: 0.65 });
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

const workEnd =
  /(?:高速公路|公路|高速|高铁|铁路|快速路|大道|大桥|隧道|枢纽|机场|航站楼|港区|码头|船闸|水库|水厂|电站|电厂|风电场|产业园|工业园|物流园|科技园|小镇|综合体|广场|公园|医院|学校|中学|小学|校区|院区|体育馆|博物馆|图书馆|污水处理厂|发电厂|生产基地|基地)(?:[一二三]期)?$/;

/** “甲川抽水蓄能电站、乙河港扩建工程”: works in front of the last one, known by their own ends. */
function worksBefore(text: string, start: number): Span[] {
  const spans: Span[] = [];
  for (let end = start - 1; text[end] === '、' && spans.length < 6; ) {
    const from = nameStart(text, end);
    const name = text.slice(from, end);
    if (!workEnd.test(name) || name.length > 30 || isClass(name, true) || !isSpecific(name, 2)) break;
    spans.push({ start: from, end });
    end = from - 1;
  }
  return spans;
}

const visit = /来到|察看|查看|观摩|前往|走访|走进|深入/;
const visits = /(?:来到|察看了?|查看了?|观摩了?|前往|走访了?|走进|深入)$/;

/** “先后来到甲小镇、乙大道工程项目”: what stands before the last one in a list of places that were visited. */
function visitedBefore(text: string, start: number): Span[] {
  if (text[start - 1] !== '、' || !visit.test(text.slice(Math.max(0, start - 400), start))) return [];
  const spans = listBefore(text, start - 1);
  const first = spans[0];
  return first && visits.test(text.slice(Math.max(0, first.start - 4), first.start)) ? spans : [];
}

/** 项目建设管理办公室, 项目库, 项目负责人: 项目 is the beginning of another word. */
const isPartOfMore = (tail: string): boolean =>
  /^(?:指挥部|协调|办(?!理)|部(?!分)|单位|公司|经理|法人|储备|清单|类|库|化|管理|责任|个数|名称|大会战|为王|审批|事务|调研组|服务中心|评审|申报|包装|谋划|签约|观摩|攻坚|局|院|师(?!范)|兵|大学|学院|咨询|集团|机械|造价|质量|量|款|车|总?承包|资料|施工(?=单位|方|队|企业|图|许可)|测量|勘察|技术)/.test(
    tail,
  ) || /^建设(?:管理|指挥|领导|进度|工作|项目|单位|推进)/.test(tail);

/** What is done to projects: 杜绝项目, 梳理项目. */
const done =
  /^(?:杜绝|避免|防止|梳理|排查|清理|盘点|摸排|跟踪|调整|优化|储备|包装|生成|评审|论证|验收|审计|交付|移交|督办|销号|退出|调出|新上|扩大|缩短|压缩|简化|畅通|宣传|展示|掌握|熟悉|吃透|带着|盯紧|盯住|牵头|联系|挂联|领办|认领|承担|承建|参建|监理|巡查|点评|观看|评比|比拼|晾晒|支撑|托底|破题|做大|上马|争抢|会战|攻克|扫除|打通|清除|扭转|抢抓|奋战)$/;

/** 普通国省干线公路, 跨区域打捆: whatever is left without the words of classes is too little to know a work by. */
function isClass(name: string, isProject: boolean): boolean {
  if (/[A-Za-z]|年产|\d号/.test(name.replace(/PPP|EPC|BOT|BT|EOD/g, ''))) return false;
  // 甲市2023年二季度重点工业项目: a place and a time do not make a class a work.
  const isTimed = /20\d\d年|季度|重点|重大|年度/.test(name);
  const own = (isTimed ? name.replace(/^[\u3400-\u9fff]{2,4}?[省市县区州]/, '') : name).split('的').at(-1)!;
  if (isProject)
    return (!workNoun.test(own) && !own.includes('“')) || own.replace(generic, '').replace(classWords, '').length < 2;
  // 水土保持工程, 安徽省保障性安居工程: nothing but what such works are.
  const bare = own
    .replace(/^[\u3400-\u9fff]{2,3}省/, '')
    .replace(classWords, '')
    .replace(generic, '');
  return bare.replace(workNouns, '').replace(classSigns, '').length < 2;
}

const isClassOfWorks = (name: string): boolean => name.endsWith('工程') && isClass(name.slice(0, -2), false);

/** Whether a name is left when everything that any project may be called is taken away. */
export function isSpecific(name: string, least: number): boolean {
  const bare = name.replace(/[“”‘’]/g, '');
  if (/^(?:最[大长高快重]|不|没|未|已|正|会|能|更|很|最|也|都|要|一)(?![\u3400-\u9fff]{5})/.test(bare)) return false;
  return bare.replace(generic, '').length >= least || /[A-Z]{1,3}\d{1,4}/.test(bare);
}

function nameStart(text: string, end: number): number {
  const from = Math.max(0, end - longestName);
  const head = text.slice(from, end);
  let cut = lastHardBreak(head);
  cut += lead.exec(head.slice(cut))?.[0].length ?? 0;
  cut += verbLead.exec(head.slice(cut))?.[0].length ?? 0;
  // Counts and what is left of a verb are no part of a name: 13个…, 了….
  cut +=
    /^(?:\d{1,4}(?:余|多)?[个项座条]|[一二三四五六七八九十两]{1,3}[个项座条]|[了着过的和及与、”’)）]|主会场|分会场|新开工(?!业)|以及|有(?![色机线轨限]))+/.exec(
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
    } else if (depth === 0 && /[，,。；;：:！？、\n|■●•…%>?】―]/.test(char)) return i + 1;
    // 重要组成部分——甲桥: two dashes open what stands behind them.
    else if (depth === 0 && char === '—' && head[i - 1] === '—' && !/[路街道线站镇]/.test(head[i - 2] ?? ''))
      return i + 1;
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
