import type { Span } from './shapes.ts';

export interface FoundName extends Span {
  sure: number;
}

const offices =
  '发改|发展和改革|发展改革|财政|住建|住房和城乡建设|住房城乡建设|自然资源|自然资源和规划|资规|自规|规划|国土|国土资源|交通|交通运输|水利|水务|农业农村|农业|农委|林业|林草|生态环境|环保|环境保护|工信|工业和信息化|经信|商务|文旅|文化和旅游|文旅广电|文旅广体|文广新|教育|教体|科技|科工|科技和工业信息化|卫健|卫生健康|卫生|卫计|民政|人社|人力资源和社会保障|审计|统计|国资|国有资产监督管理|市监|市场监管|市场监督管理|应急|应急管理|安监|电信|城管|城市管理|城管执法|城市管理和综合执法|综合执法|行政审批|行政审批服务|政务服务|数据|大数据|信访|司法|公安|税务|气象|金融|乡村振兴|扶贫|招商|招商引资|招商服务|投资服务|投资促进|机关事务|退役军人|退役军人事务|医保|医疗保障|民族宗教|外事|体育|粮食|粮食和物资储备|能源|电力|供电|消防|供销|档案|人防|公路|海事|港航|邮政|烟草|房产|园林|园林绿化|环卫|重点|重点项目|重点工程|项目|优化|法制|编制|信用|口岸|铁路|移民|地震|通信|水文|畜牧|药监|质监|工商|监察|住保|住房保障|经济和信息化|经发|规建|征收|征拆|督查|政研|研究|两型|高速|机场|地方金融|移民|库区|史志|接待|大数据发展|网信|政数|经贸|粮储|文体|社保|医疗|人才|政务|农|农发|地税|国税|文明|综治|效能|绩效|考核|维稳|海洋|海洋与渔业|海洋发展|渔业|港务|港口|民航|侨务|台湾事务|宗教|民宗|民宗事务|党史|保密|机要|老干部|老龄|疾控|疾病预防控制|血防|河长|林长|湖长|大项目|重大项目|项目落地|目标|军民融合|知识产权|金融工作|金融监管|林草|水土保持|移民安置|住房公积金管理|公积金|公共资源交易|公共资源|国防动员|广电|广播电视|新闻出版|民营经济|营商环境|营商|开放|经合|经济合作|经济合作和外事|投促|会展|自贸|自贸区|临空|产业|园区|铁办|地铁|轨道|防汛|三防|防汛抗旱|减灾|物价|价格|就业|社保|劳动|监测|质量技术监督|安全监管|森林公安|交警|治超|路政|运管|航务|环境|节能|农机|农经|农综|种子|蚕桑|茶叶|烤烟|果业|葡萄酒|旅游|旅游发展|体旅';
const region = '(?:国家|(?:[\\u3400-\\u9fff]{2,5}(?:省|自治区|自治州|市|县|区|州|旗))|[省市区县州镇乡])';

/** Party and state bodies by their short names. Followed by a post they belong to it: 市委书记. */
const bodies =
  /(?<region>(?<=^|[^\u3400-\u9fff]|[经由向从在和与及对为是到让据受同于至赴请])(?:中共)?[\u3400-\u9fff]{2,3})?(?:[省市县区州]委(?:市政府|省政府|县政府|区政府|州政府|常委会)?|[省市县区州镇乡]人民政府|[省市县区州镇乡]政府|[省市县区州]人大常委会|[省市县区州]人大(?!常委会|代表)|[省市县区州]政协|[省市县区州]纪委(?:监委)?|国务院|党中央|中央军委|[区园]党工委|党工委)(?:办公室|办公厅|组织部|宣传部|统战部|政法委|督查室|研究室|政研室|编办|巡察办|农办|改革办|网信办|直属机关工委)?(?!书记|常委(?!会)|副书记|副秘书长|秘书长|常务|领导|主要领导|党组|工作(?!部)|农村工作|全会|经济工作|(?:副)?主席|(?:副)?主任|委员|代表|性|级|各|属|投资|购买|数字化|储备|采购|门户|网|工作报告|质量|令|债|部署要求|副?[省市县区州镇乡]长|副秘书长|党组书记|党组成员|办公室主任)/g;
const department = new RegExp(
  `(?<region>${region}{0,2})(?:${offices})(?:和(?:${offices}))?(?:事务中心|服务中心|事业发展中心|发展中心|建设中心|委员会|总队|支队|总局|管理局|管理处|委|局|厅|办公室|办(?![理法事公学])|中心|部(?![门分署位]))(?:[\\u3400-\\u9fff]{2,6}分局)?(?![长])`,
  'g',
);

/** Ends of names of other bodies; what stands before them back to a boundary is their name. */
const ends =
  '股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|分公司|子公司|总公司|公司|集团|建设总指挥部办公室|总指挥部办公室|指挥部办公室|总指挥部|协调指挥部|分指挥部|指挥部|领导小组办公室|领导小组|工作专班|管委会|管理委员会|工作委员会|委员会|街道办事处|街道办|办事处|街道党工委|交易中心|事务中心|服务中心|指挥中心|监测中心|研究中心|研究院|设计院|勘测院|科学院|卫职院|职院|学院|大学|医院|银行|信用社|支行|分行|商会|协会|学会|联合会|总工会|工商联|妇联|团委|残联|公安局|派出所|检察院|法院|消防救援支队|交警支队|支队|大队|调研组|督导组|督查组|工作组|专家组|合作社|日报社|日报|晚报|报社|电视台|广播电视台|出版社|编辑部|办公室|督查室|政务服务中心|组织部|宣传部|统战部|武装部|政法委|国资委|人大常委会|政府办|改革办|海关|海事局|供电局|铁路局|税务局|勘察局|地质局|军分区|工程局|设计总院|项目部|监督管理局|管理局|监管局';
const endForm = new RegExp(`(?:${ends})`, 'g');

/** Words that end what stands before a name: the last of them in front is the boundary. */
const boundary =
  /.*(?:[^\u3400-\u9fff·（）()“”]|获悉|介绍|组织(?!部)|牵头|会同|联合(?!会)|根据|按照|关于|出席|参加|主持|记者|了解到|协调(?!指挥)|成立(?:了)?|传达|专题|召开|邀请|委托|来自|来到|前往|走进|走访|深入|调研(?!组)|包括|分别为|其中|下辖|监管企业|企业(?!家|管理|集团)|责任单位|业主单位|项目单位|牵头单位|单位|同意|授予|批准|隶属于|获评|以及|或者|并且|通过|针对|围绕|直属|所属|全体|召集|确保|支持|加强|推动|推进|安排|督促|要求|强调|指出|表示|认为|今年|去年|同时|目前|日前|近日|此前|随后|当天|上午|下午|[在由从向对被和与及到于是以使据让请给将把并或且等各该此其着过的后赴受为]|下一步|听取了?|讨论了?|会上|代表|责成|责令|上报至?|报送至?|报至|送至|影响|设立|组建|完成|高于|低于|超过|来源|主办|承办|协办|指导|监督|抄送|主送|发送|抄报|印发|[,，]|主任|书记|市长|县长|区长|省长|局长|董事长|总经理|党委|全市|全省|全县|全区|相关|有关|我[市县区省州])/su;
const generic =
  /^(?:[各该本某全其此多两几数百十上下一二三四五六七八九]|家|个|主要|大型|小型|省|市|县|区|州|级|直|属|内|外|项目|相关|有关|国有|央|民营|专业|工程|建设|施工|监理|设计|生产|经营|企业|投资|责任|业主|所|辖|子|分|总|平台|融资|房地产|上市|龙头|金融|科技|外贸|保险|国|有|物业|综合|服务|水稻|农民|专业|便民|公立|民办|定点|乡镇|村级|社区)*$/;
/** 限石商务董事长: a company by its short name before the post of its head. */
const byHead =
  /(?<=^|[，、。；;：,:\n]|和|与|由)(?<name>[\u3400-\u9fff]{3,8}?)(?=(?:党委书记、)?(?:副)?(?:董事长|总经理|总裁)(?![办助]))/g;

/** Units by rule: bodies of the party and the state, departments, then companies and others by the end of their name. */
export function unitsIn(text: string, isPerson: (span: Span) => boolean): FoundName[] {
  const found: FoundName[] = [];
  for (const form of [bodies, department])
    for (const match of text.matchAll(form)) {
      const span = trimmed(text, match);
      if (/[各某]/.test(text[span.start - 1] ?? '') && span.end - span.start <= 3) continue;
      if (span.end - span.start < 2 || /^[委局厅办]/.test(text.slice(span.start, span.end))) continue;
      if (form === department && span.start === match.index && !isWholeDepartment(text, span)) continue;
      found.push({ ...span, sure: 0.85 });
    }
  for (const match of text.matchAll(endForm)) {
    const end = match.index + match[0].length;
    const start = nameStart(text, match.index);
    const head = text.slice(start, match.index);
    if (/[（(](?![^（(]*[)）])/.test(head)) continue;
    const isAlone =
      (/^总?指挥部(?:办公室)?$/.test(match[0]) && head === '') ||
      (match[0] === '医院' && /^[省市县区州]/.test(head)) ||
      (/^(?:督查室|督导组|督查组|妇联|残联|工商联|总工会|团委|法院|检察院|公安局|银行|日报社?|电视台|广播电视台|政务服务中心|研究院|设计院|总指挥部|指挥部|消防救援支队|交警支队|支队|税务局|军分区)$/.test(
        match[0],
      ) &&
        /^[省市县区州]$/.test(head));
    if ((head.length < 2 && !isAlone) || (!isAlone && generic.test(head)) || isCommonEnd(match[0], text, end)) continue;
    if (isPerson({ start, end })) continue;
    found.push({ start, end, sure: 0.75 });
  }
  for (const { index, groups } of text.matchAll(byHead)) {
    const name = groups!.name!;
    const lead = /^[被由和与经]/.test(name) ? 1 : 0;
    if (!/^(?:党委|集团|公司|原|现任|时任|担任|兼|副|董事)|书记|经理|主任|(?:集团|公司)$/.test(name))
      found.push({ start: index + lead, end: index + name.length, sure: 0.7 });
  }
  const kept: FoundName[] = [];
  for (const name of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || name.start >= last.end) kept.push(name);
    else if (
      name.end > last.end &&
      name.start - last.start <= 8 &&
      !/^[，,、]/.test(text.slice(last.end, last.end + 1))
    ) {
      // 市政府 begins 市政府办公室: the whole counts.
      last.end = name.end;
    }
  }
  return kept;
}

const longestName = 24;

function nameStart(text: string, end: number): number {
  const from = Math.max(0, end - longestName);
  const head = text.slice(from, end);
  const cut = boundary.exec(head)?.[0].length ?? 0;
  let start = from + cut;
  // A bracket that closes within the name opens before it.
  if (/^[）)”]/.test(text.slice(start, start + 1))) start += 1;
  const open = text.slice(start, end).lastIndexOf('“');
  if (open > 0 && !text.slice(start + open, end).includes('”')) start += open + 1;
  while (start < end && /[·（(“”)）]/.test(text[start]!)) start += 1;
  if (/\d/.test(text[start - 1] ?? '') && /[号家座个所名]/.test(text[start]!)) start += 1;
  return start;
}

/** Words in front of 市委 that are no place. */
const noPlace =
  /今年|去年|明年|下一步|听取|会议|讨论|会上|落实|贯彻|按照|根据|认真|响应|代表|坚决|部署|领导|服从|结合|报请|提请|同意|号召|安排|围绕|执行|传达|牵头|出席|主持|受到|得到|全[市省县区]|各|我|本|党的|责成|责令|近年|积极|全面|配合|高于|低于|完成|超额|下达|超过|增强|提升|报送|上报|提交|呈报|汇报|获得|经过|通过|协助|支持|督促|推动|建议|要求|会同|联合|属于|来自|作为|成为|担任|确保|按期|及时|统一|列入|纳入|落地|进入|请示|抄送|主送|印发|向|召开|列席|参加|发挥|压实|凝聚|经报|已报|拟报|同步|每月|每周|定期|由/;

function trimmed(text: string, match: RegExpMatchArray): Span {
  const start = match.index!;
  const place = match.groups?.region ?? '';
  const end = start + match[0].length;
  const lead = /^.*(?:[经由向从在和与及对为是到让据受的]|全[市省县区])/.exec(place)?.[0].length ?? 0;
  if (lead > 0 && place.length - lead === 1 && !/[省市县区州镇乡]$/.test(place))
    return { start: start + place.length, end };
  if (noPlace.test(place.slice(lead))) {
    // Of 落实市 the sign of the level stays with what follows it.
    const level = /[省市县区州]$/.test(place) && !/^[省市县区州镇乡]/.test(text.slice(start + place.length)) ? 1 : 0;
    return { start: start + place.length - level, end };
  }
  return { start: start + lead, end };
}

/** 住建厅 in a list stands alone; 交通 in 综合交通中心 is another name. */
const isWholeDepartment = (text: string, { start, end }: Span): boolean =>
  end - start >= 3 &&
  !/[\u3400-\u9fff]/.test(
    text[start - 1]?.replace(/[省市县区州由经向从在和与及对为是到让据受任请令给按会同促报送、级]/, '') ?? '',
  );

/** 公司 and 办公室 also stand for any of their kind, and before words that make them another thing. */
const isCommonEnd = (words: string, text: string, end: number): boolean => {
  const tail = text.slice(end, end + 2);
  if (words === '集团' && /^(?:化|军)/.test(tail)) return true;
  if (/医院|大学|学院|中心$/.test(words) && /^(?:项目|建设|工程|改造|迁建|新建|扩建|医)/.test(tail)) return true;
  if (words === '办公室' && /^主任/.test(tail)) return false;
  return /^(?:制|化|式)/.test(tail);
};
