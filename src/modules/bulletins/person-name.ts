// Long because who is a person is told by three lists: family names, posts, and the words that may follow a name.
import type { Span } from './shapes.ts';
import { SpanSet } from './span-set.ts';

export interface FoundPerson extends Span {
  name: string;
  post: string | null;
  sure: number;
}

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏傅付方邹熊白孟秦邱邹侯江尹薛闫阎雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪柳粟欧鲁俞葛毕聂丛焦齐庞申岳梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闻苟容米邢骆丘连晏温芦蓝吉岑池权艾窦鄢皮尚虞邬习匡楚晋荀桑竺冀郎敖危宗帅巫楼占桓练佘巩仇代衣扈麻阙禹仝荆惠苑滕茅戈廉钮鹿冷辜阚简饶沙鞠丰花麦敬揭卓封储卞缪应蒲蒙蔺屠胥姬雍浦瞿茹寇晁盖仲伊宫栾厉戎符宿索贡劳逄扶郜眭昝滑裘井班奚迟矫綦亓撒哈买闭卿谌谯昌哲凤逯訾璩邰宰伏甫狄束邝幸郦亢虎宾别辉穆荣';
const doubles =
  '欧阳|司马|上官|诸葛|夏侯|东方|皇甫|令狐|慕容|司徒|端木|长孙|宇文|尉迟|公孙|南宫|申屠|呼延|淳于|赫连|钟离|轩辕|独孤|澹台|闻人';
/** Characters that given names do not hold: words of function. */
const notGiven =
  '的了在和与等是为对将就到及以从被把给让向由其该各有无不也都又要能会可并而或者们您我他她它这那此于至即且则';
const given = `(?:(?![${notGiven}])[\\u3400-\\u9fff])`;
/** Given names of such characters all the same: 向阳, 和平, 为民. */
const known =
  '(?:向[阳东军明荣红前群辉华]|和平|为[民国群]|有[为才根生福]|可[心欣]|以宁|[\\u3400-\\u9fff]和(?=[)）\\s，,。；、]|$))';
const fullName = `(?:(?:${doubles})${given}{1,2}|[${surnames}](?:${known}|${given}{1,2}))`;

/** What may stand right behind a name in a report. */
const follows =
  /^(?:$|\d|[\s，,。；;：:、！？“”（()）《》|\-—…]|主持|出席|强调|指出|要求|介绍|表示|告诉|认为|说|在|率|带|一行|一同|陪同|参加|讲话|致辞|致词|代表|来到|先后|前往|到|赴|对|就|深入|调研|宣布|点评|充分|作|做|为|的|和|与|及|等|分别|会见|签|走|先生|女士|同志|书记|省长|市长|县长|区长|局长|主任|主席|部长|委员|董事|总经理|院长|校长|专题|听取|督导|督查|检查|现场|实地|视察|考察|慰问|看望|出任|担任|任|当选|是|也|将|已|还|向|从|以|于|主(?:持|动|讲)|通报|汇报|传达|部署|安排|提出|明确|牵头|负责|领衔|揭榜|一一|所|笑|连续|查看|察看|解读|宣读|揭牌|致|发言|发表|首先|随后|同时|随|参与|组织|召开|回答|解释|透露|坦言|感慨|告|获|被|受|了解|协调|现任|兼|如是|又|再|手|正|多次|近期|接受|摄|供图|撰稿|编辑|报道|实习|通讯员|记者|文\/|图\/|翻开|打开|深有|高兴|激动|一大早|近日|日前|下达|启动|推介|签署|签约|发布|鸣|揭幕|剪彩|巡察|巡查|听|实地|开展|召集|亲自|带队|带领|领题|研究|指导|批示|见证|共同|详细|逐一|仔细|认真|点题|总结|回应|答|审|接待|座谈|抵|祝|感谢|希望|建议|鼓励|叮嘱|嘱咐|询问|寄语|勉励|表决|带头|检验|推动|结合|针对|围绕|现任|随机|突击|再次|首次|曾|赶赴|赶到|驱车|会同|一针见血|严肃|强调|批评|约谈|督办|调度|挂帅|挂点|包联|包抓|联系|分管|分工|分头|相关|有关|任组长)/;

const posts =
  '党委书记|党组书记|党工委书记|支部书记|总支书记|第一书记|副书记|总书记|书记|代市长|副市长|市长|副县长|县长|副区长|区长|副州长|州长|副省长|省长|副镇长|镇长|副乡长|乡长|副主席|主席|副主任委员|主任委员|副主任|主任|副局长|局长|副厅长|厅长|副部长|部长|副院长|院长|副校长|校长|副秘书长|秘书长|副行长|行长|副总经理|总经理|副总裁|总裁|副董事长|董事长|监事长|董事|总指挥长|第一指挥长|常务副指挥长|副指挥长|指挥长|副总指挥|总指挥|副组长|组长|副处长|处长|副科长|科长|副所长|所长|副站长|站长|副会长|会长|副理事长|理事长|项目经理|经理|副队长|队长|副支队长|支队长|副大队长|大队长|党组成员|党委委员|常委|委员|总工程师|总规划师|总经济师|工程师|特派员|负责人|调研员|二级巡视员|一级巡视员|巡视员|检察长|司令员|政委|国务委员|总理|副总理|人大代表|政协委员|市领导|省领导|区领导|县领导|州领导|领导|首席记者|特约撰稿人|特约撰稿|通讯员|实习生|实习记者|全媒体记者|记者|农民|村民|居民|民警|干警|辅警|教授|研究员|院士|法定代表人|法人代表|站长|村支书|网格员|党员|志愿者|业主|司机|工人|市民|厂长|店长|联络员|专员|特约记者|新闻发言人|发言人|首席执行官|创始人|合伙人';
const postHead = new RegExp(`^(?:${posts})`);
const doubleHead = new RegExp(`^(?:${doubles})`);
const wholeName = new RegExp(`^${fullName}$`);
/** A post, a name, and what shows that the name is over. Names of a list follow it between 、. */
const postAndName = new RegExp(
  `(?:${posts})(?:兼[\\u3400-\\u9fff]{2,8})?(?:[”"]|、|[:：]| )?(?=[\\u3400-\\u9fff])`,
  'g',
);
const nameAt = new RegExp(`(?:${doubles})${given}{1,2}|[${surnames}](?: ${given}|${known}|${given}{1,2})`, 'y');
/** Names of other tongues: 买买提·吐尔逊. */
const dotted =
  /[\u3400-\u9fff]{1,6}[·•][\u3400-\u9fff]{2,8}?(?=主持|出席|强调|指出|要求|介绍|表示|说|参加|讲话|[\s，,。；;、（()）]|$)/y;

/** Where the name that begins at `at` ends; 0 when no length of it is followed by what follows a name. */
function nameEnd(text: string, at: number): { end: number; sure: number } | undefined {
  dotted.lastIndex = at;
  const long = dotted.exec(text)?.[0];
  if (long) return { end: at + long.length, sure: 0.9 };
  nameAt.lastIndex = at;
  const found = nameAt.exec(text)?.[0];
  if (!found) return undefined;
  const least = doubleHead.test(found) ? 3 : 2;
  const lengths: number[] = [];
  for (let n = found.length; n >= Math.min(least, found.length); n -= 1) lengths.push(n);
  const fits = lengths.filter((n) => follows.test(text.slice(at + n, at + n + 4)));
  // “李季主持”: the shorter one is followed by a whole word, the longer one by half of it.
  if (fits.length === 1) return { end: at + fits[0]!, sure: 0.95 };
  if (fits.length > 1) {
    const strong = fits.find((n) => /^(?:$|[\s，,。；;：:、“”（()）])/.test(text.slice(at + n, at + n + 1)));
    // “杨国正一行”: of two readings the one that a whole word follows.
    const word = (n: number) => follows.exec(text.slice(at + n, at + n + 4))?.[0].length ?? 0;
    const best = Math.max(...fits.map(word));
    return { end: at + (strong ?? Math.min(...fits.filter((n) => word(n) === best))), sure: 0.9 };
  }
  return undefined;
}

/** Words that begin like a family name, of a post or a place, and are none. */
const notName =
  /^(?:荣获|荣誉|荣登|荣家湾|荣立|别的|别人|别墅|辉煌|代表|代理|代建|于是|于此|高度|高质|高位|高新|方面|方式|方案|方可|任务|任何|严格|严肃|严禁|严重|常态|常务|常委|文化|文旅|文件|安全|安排|安置|向社|向市|成立|成效|成员|时间|时任|金融|金额|马上|石油|江西|江苏|海南|单位|包括|包联|包抓|关于|关心|万元|万人|连续|连接|温暖|项目|强化|强调|解决|解读|尚未|宁夏|宁波|武汉|湖南|贺信|应急|阳光|景区|管理|管委|施工|施策|程序|左右|应当|易地|游客|毕业|计划|盛会|华容|白天|田间|国家|位于|成功|成果|龙头|查看|宁乡|常德|黄牌|黄灯|黄石|金牌|任期|万里|万众|和谐|夏季|夏粮|秦岭|解放军|单位|利用|应对|应用|卓有|卓越|满意|闻讯|班子|班组|班列|索道|蒙古|储备|储能|封闭|封顶|符合|花园|花卉|花桥|麦田|古城|古镇|齐心|齐抓|时代|时序|纪委|纪检|纪律|洪水|安监|史上|成本|成长|成绩|权利|权威|项下|葛洲坝)/;

/** Given name and title, as people who know them write: 庆伟书记, 伟明省长; and a full name before its title. */
const titled = new RegExp(
  `(?<=^|[\\s，,。；;：:、“”（(]|和|与|及|在|由|受|对)(?<name>${fullName}|(?:${given}){2})(?<title>总书记|书记|省长|市长|县长|区长|州长|总理|主席|部长|主任|局长|厅长|秘书长|董事长|总经理|指挥长|院长|校长|同志)(?=$|[\\s，,。；;：:、“”（()）]|来|和|与|及|在|对|提|指|要|强|表|说|讲|多|近|关|主|的|等|到|率|亲|一|作|出|就|分|同|重)`,
  'g',
);
const notFullName = /[市委省区县党组团工副部局室处科厅院校长任常办镇乡村政]/;
const notTitledName =
  /[市委省区县党组团工总副部局室中心处科厅院校长原任第代常务办公镇乡村支政协人大会席班专全各级时任现由名位一二三四五六七八九十双两站所社联]/;

/** A bracket at the head of a story or a line at its foot: （记者 谢万波 通讯员 何国好 刘晓天）, 责编：邓玉娇. */
const byline =
  /(?<post>特约撰稿人|特约撰稿|全媒体记者|首席记者|实习记者|记者|通讯员|实习生|作者|责编|责任编辑|编辑|编审|主编|校对|审核|审校|校审|统筹|监制|策划|值班主任|值班编委|播音|配音|审片|制作|[一二三终初]审|撰稿|摄影|供稿|文|图|来源|文图|通讯员)(?:\s?[:：/]\s?|\s)(?<names>[\u3400-\u9fff·、，, ]{2,60})/g;
const bareBracket = new RegExp(`[（(](?<names>${fullName}(?:[ 、]${fullName}){0,5})[)）]`, 'g');
const photographer = new RegExp(`(?<=[。\\n\\s]|^)(?<name>${fullName})\\s?摄(?=$|[\\s。）)])`, 'gm');

/** Persons by rule, with the post they are named with. Names between 、 behind one post share it. */
export function personsIn(text: string): FoundPerson[] {
  const found: FoundPerson[] = [];
  for (const match of text.matchAll(postAndName)) {
    const isList = match[0].endsWith('、');
    if (isList) continue;
    const post = wholePost(text, match.index, match[0].trim().replace(/[:：”"]$/, ''));
    let at = match.index + match[0].length;
    for (let n = 0; n < 60; n += 1) {
      const name = nameEnd(text, at);
      const words = name ? text.slice(at, name.end) : '';
      if (!name || notName.test(words) || isPostAhead(text, at)) break;
      found.push({ start: at, end: name.end, name: words.replace(' ', ''), post, sure: name.sure });
      if (!/[、 ]/.test(text[name.end] ?? '') && !/^[和与及]/.test(text.slice(name.end, name.end + 1))) break;
      at = name.end + 1;
    }
  }
  found.push(...companyIn(text));
  for (const match of text.matchAll(titled)) {
    const { name, title } = match.groups!;
    const isFull = surnames.includes(name![0]!) && name!.length <= 3;
    // 负责同志, 有关同志: only a whole name is a person.
    if (title === '同志' && !isFull) continue;
    if ((isFull ? notFullName.test(name!.slice(1)) : notTitledName.test(name!)) || notName.test(name!)) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      name: name!,
      post: title === '同志' ? null : title!,
      sure: isFull ? 0.9 : 0.8,
    });
  }
  for (const match of text.matchAll(/习近平(?<title>总书记|主席)/g))
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      name: '习近平',
      post: match.groups!.title!,
      sure: 0.95,
    });
  for (const match of text.matchAll(byline)) {
    const { post, names } = match.groups!;
    let at = match.index + match[0].length - names!.length;
    for (const piece of names!.split(/([、，, ]+)/)) {
      const isName = wholeName.test(piece) && !notName.test(piece);
      if (isName) found.push({ start: at, end: at + piece.length, name: piece, post: post!, sure: 0.9 });
      else if (piece !== '' && !/^[、，, ]+$/.test(piece)) break;
      at += piece.length;
    }
  }
  for (const match of text.matchAll(bareBracket)) {
    // Behind the head of a story (…讯), or alone at the end of a paragraph.
    const isAtEnd =
      /(?:^|[。！”\n])$/.test(text.slice(Math.max(0, match.index - 4), match.index).replace(/[ \t\u3000]+$/, '')) &&
      /^[ \t\u3000]*(?:$|\n)/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 8));
    if (!isAtEnd && !/(?:讯|电)$/.test(text.slice(Math.max(0, match.index - 2), match.index).trim())) continue;
    let at = match.index + 1;
    for (const name of match.groups!.names!.split(/[ 、]/)) {
      found.push({ start: at, end: at + name.length, name, post: null, sure: 0.85 });
      at += name.length + 1;
    }
  }
  for (const match of text.matchAll(photographer))
    found.push({
      start: match.index,
      end: match.index + match.groups!.name!.length,
      name: match.groups!.name!,
      post: '摄影',
      sure: 0.85,
    });
  const kept = apart(found);
  const known = new SpanSet(kept);
  return apart([...kept, ...namedAgain(text, kept).filter((person) => !known.touches(person))]);
}

const namesOnly = '(?:[\\u3400-\\u9fff]{2,5}?|[\\u3400-\\u9fff] [\\u3400-\\u9fff](?![\\u3400-\\u9fff]))';
/** 甲某、乙某某、丙某等市领导参加: a row that says itself that it is of persons. */
const company = new RegExp(
  `(?<names>${namesOnly}(?:[、，, ]${namesOnly}){1,40})(?<tail>(?:等)?(?:几位|多位|[一二三四五六七八九十\\d]{1,2}位)?(?:[省市县区州]级?|校|集团|公司)?(?:领导|同志|班子成员)|等?(?:分别|一同|一起|陪同|共同)?(?:出席|参加|陪同|列席|与会|调研|随同|主持|宣布|致辞|发言|汇报|参与(?:调研|活动)))`,
  'g',
);

const leadingPost = new RegExp(`^[\\u3400-\\u9fff]{0,8}?(?:${posts})`);

/** Names of a row count even where a family name is rare, when most of the row begin with a known one. */
function companyIn(text: string): FoundPerson[] {
  const found: FoundPerson[] = [];
  for (const match of text.matchAll(company)) {
    const words = match.groups!.names!;
    const pieces: Span[] = [];
    for (const piece of words.matchAll(/[\u3400-\u9fff](?: [\u3400-\u9fff](?![\u3400-\u9fff ])|[\u3400-\u9fff]+)/g))
      pieces.push({ start: match.index + piece.index, end: match.index + piece.index + piece[0].length });
    // What leads to the row stands in its first piece: 市领导刘峰梅.
    const row: Span[] = [];
    for (const piece of pieces.toReversed()) {
      const end = piece.end - (text[piece.end - 1] === '等' ? 1 : 0);
      const words = text.slice(piece.start, end);
      const post = leadingPost.exec(words)?.[0].length ?? 0;
      const own = words.slice(post).replace(' ', '');
      if (own.length < 2 || own.length > (doubleHead.test(own) ? 4 : 3) || notName.test(own)) break;
      row.unshift({ start: piece.start + post, end });
      if (post > 0) break;
    }
    const likely = row.filter(({ start, end }) => wholeName.test(text.slice(start, end).replace(' ', '')));
    if (row.length < 2 || likely.length * 10 < row.length * 7) continue;
    const lead = new RegExp(`(?:${posts})$`).exec(text.slice(Math.max(0, row[0]!.start - 8), row[0]!.start))?.[0];
    const title = lead ?? /[省市县区州]级?领导$/.exec(match.groups!.tail!)?.[0] ?? null;
    for (const span of row)
      found.push({ ...span, name: text.slice(span.start, span.end).replace(' ', ''), post: title, sure: 0.85 });
  }
  return found;
}

/** The post with its office: 市委书记 and not 书记; what stands before it back to a mark, at most twelve characters. */
function wholePost(text: string, at: number, post: string, depth = 0): string {
  const head = text.slice(Math.max(0, at - 24), at);
  const own = /(?:[\u3400-\u9fff“”]{0,20})$/.exec(head)?.[0] ?? '';
  const office =
    /(?:中共)?(?:[\u3400-\u9fff]{0,14}(?:省|市|县|区|州|镇|乡|村|局|委|办|厅|部|院|集团|公司|中心|指挥部|学院|大学|支队|常务|纪委|政协|人大常委会|人大|新区|园区)(?:委员会|党工委|党委|党组|人民政府|政府|委|常务)?)$/.exec(
      own,
    )?.[0];
  const whole = (office ?? '') + post;
  // 县委副书记、县长: posts of one person are told together.
  const start = at + post.length - whole.length;
  const former =
    text[start - 1] === '、'
      ? new RegExp(`(?:${posts})$`).exec(text.slice(Math.max(0, start - 10), start - 1))?.[0]
      : undefined;
  return former && depth < 4 ? `${wholePost(text, start - 1 - former.length, former, depth + 1)}、${whole}` : whole;
}

const isPostAhead = (text: string, at: number): boolean => postHead.test(text.slice(at, at + 6));

/** A name once told with its post is the same person wherever it stands again. */
function namedAgain(text: string, first: readonly FoundPerson[]): FoundPerson[] {
  const posts = new Map<string, string | null>();
  for (const { name, post } of first) if (!posts.has(name) || posts.get(name) === null) posts.set(name, post);
  const byHead = new Map<string, string[]>();
  for (const name of posts.keys())
    if (name.length >= 2) byHead.set(name.slice(0, 2), [...(byHead.get(name.slice(0, 2)) ?? []), name]);
  const found: FoundPerson[] = [];
  for (let at = 0; at + 1 < text.length; at += 1) {
    const name = byHead.get(text.slice(at, at + 2))?.find((whole) => text.startsWith(whole, at));
    if (!name) continue;
    // Two characters alone may be part of another word.
    if (name.length === 2 && !follows.test(text.slice(at + 2, at + 6))) continue;
    found.push({ start: at, end: at + name.length, name, post: posts.get(name) ?? null, sure: 0.85 });
    at += name.length - 1;
  }
  return found;
}

function apart(persons: FoundPerson[]): FoundPerson[] {
  const kept: FoundPerson[] = [];
  for (const person of persons.toSorted((a, b) => a.start - b.start || b.sure - a.sure || b.end - a.end))
    if (person.start >= (kept.at(-1)?.end ?? 0)) kept.push(person);
  return kept;
}
