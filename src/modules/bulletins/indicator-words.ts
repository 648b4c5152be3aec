/** What the words around one figure say of it, before the sentence adds what it said earlier. */
export interface Said {
  /** Null when the words name none of their own: 同比增长9% is of what was told before. */
  label: string | null;
  /** Added to the label that was told before: 同比增长. */
  change: string | null;
  /** The words that were read, for their place: in front of the figure or behind it. */
  words: string;
  isBehind: boolean;
  subject: string | null;
  base: string | null;
  /** A count that names a group (172个产业发展项目), or says what became of one (已开工145个). */
  role: 'group' | 'state' | null;
}

const years =
  '(?:本年度|年度|全年|当年|今年|本年|年|20\\d\\d年度?)?(?:度)?(?:计划|预计|概算|估算|规划|协议|合同|目标|静态|动态)*';
const nouns =
  '(?:总投资|投资总额|投资额|投资计划|投资目标|投资任务|投资|固投|资金|金额|总额|收入|支出|产值|税收|税金|利税|利润|营收|余额|贷款|债券|产量|销量|规模|面积|里程|长度|增速|增幅|降幅|率|比重|占比|比例|进度|数量|总数|总量|个数|工作量|工程量|产能|能力|融资|授信|增加值|生产总值|额|值|预算数?|任务数?|计划数?|目标)';
const noun = new RegExp(`${nouns}$`);
const acts =
  '完成|到位|实现|争取|引进|利用|下达|发放|拨付|安排|筹集|落实|投入|支付|使用|新增|缴纳|获得|上缴|签订|收到|争取到';
const done = new RegExp(
  `^(?<who>.*?)(?<adverb>(?:累计|共计|实际|已经|已|共|合计|可|年可|将|均|分别|还|又|就)*)(?<label>(?:${years})(?:${acts})了?(?:[^,，。占]{0,14}?)${nouns})$`,
);
const ended = new RegExp(`^(?<who>.+?${nouns})(?:累计|共计|实际|已经|已|共|合计|均|分别)*(?:${acts})$`);
/** A place or a body, behind which its measure stands: 甲县|开工率, 重点项目|总投资. Not 市场, 区域, 县级. */
const owned =
  /^(?<who>.*(?:项目|工程|公司|集团|企业|单位|领域|产业|业|类|[省级市级县级]级|[市](?![场级政民直重属外内])|县(?![级重道内])|区(?![域级重间内])|州(?![级直])))(?<label>.{1,16})$/u;
const planned = new RegExp(`(?:${years})(?:项目|固定资产)?${nouns}$`);

const copula =
  /(?:分别|已经|已|共计|合计|累计|总计|共|均|就|则|再)*(?:高达|达到了?|达|(?<![履签合契条])约|为|是|有|仅|只|突破|超过|超|近|不足|[:：])*$/;
const dates =
  '20\\d\\d年(?!度?(?:计划|目标))|\\d{1,2}\\s?[-—―~～至到]{1,2}\\s?\\d{1,2}月份?|[\\d一二三四五六七八九十]{1,3}月(?:份|底|末|初|上旬|中旬|下旬|当月|单月)?|一至[一二三四五六七八九十]{1,2}月份?|月(?=[累当])|\\d{1,2}日|前[\\d一二三四五六七八九十两]{1,3}个?月|[上下]半年|前?[一二三四]季度|第[一二三四]季度|今年以来|年初以来|本?年度?(?=累计)|(?:今年|去年|本年度|全年)(?!度?(?:计划|目标|任务|预算))|当月|本月|单月|当日|当天|现(?=已|有|完|开|$)';
const lead = new RegExp(
  `^(?:[\\s>、和及与”)）■●◆▲㈠-㈩①-⑳]|[一二三四五六七八九十]{1,2}[是、]|\\d{1,2}[.、](?!\\d)|[^,，]{2,16}情况(?=[^,，]{0,8}$)|其中的?|其余|另有|另外|此外|同时|目前|当前|日前|近日|截[至止](?:目前|当前)?|[至到](?=\\d)|[按从分][^,，]{1,8}?(?:划分|统计|来看|看)|据[^,，]{1,8}?(?:了解|统计|悉)|记者[^,，]*?(?:获悉|了解到)|${dates}|累计|共计|合计|总计|共有?|还有|有|已(?!开|复|竣|完|建|投|签|落|履|办|销|整|解|入)|实际(?!开|完|到|利)|(?:我|全|本)[市省县区州](?=共?(?:确定|安排|实施|列入|纳入|举办|推进|计划|谋划|储备|有|列))|(?:计划)?(?:安排|确定|列入|纳入|实施|举办|举行|推进|涉及|包括|包含|下达|新签(?!约))(?=[^,，]{2,}))+`,
);
const blank =
  /^(?:项目|工程|投资|资金|任务|该|其|本|这些|上述|每年|年|建成|投产|达产|预计|要|将|可|都|也|并|的|在|对|已|实际|累计|为|占|中|数|主要|其他|一般|新增|同比|同期|合同|计划|协议|完成|实现|共|和|及|涉及|集中|引进|签约)*$/u;

/** The words of a subject without what stands around it; null when nothing is named. */
export function subjectOf(words: string): string | null {
  const bare = words
    .replace(lead, '')
    .replace(/[(（][^()（）]*[)）]$/, '')
    .replace(/(?:累计|共计|实际|已经|已|共|分别|均|的|中|内|年度|单月|当月|[,，:：])+$/, '')
    .replace(new RegExp(`(?:${dates})(?:项目)?$`), '')
    .replace(/^[(（“]+(?=[^)）”]*$)/, '');
  return blank.test(bare) || bare.length > 40 || /(?:后|时|前)$/.test(bare) ? null : bare;
}

/** “房地产开发项目累计完成投资” into 房地产开发项目 and 完成投资. */
export function ownLabel(words: string): { label: string; subject: string | null } | null {
  const bare = words
    .replace(copula, '')
    .replace(lead, '')
    .replace(/^占(?:到|了)?/, '')
    .replace(/[(（][^()（）]*[)）]$/, '');
  if (bare === '' || bare.length > 60) return null;
  const act = done.exec(bare);
  if (act && !/(?:率|进度|比例|比重)$/.test(bare)) {
    // 下达我市固定资产投资任务: whose it is stands behind the verb.
    const given =
      /^(?:下达|安排)(?<who>[我全本][省市县区州][^,，]{0,6}?)(?<label>(?:固定资产|水利|政府|年度).*)$/u.exec(
        act.groups!.label!,
      );
    if (given) return { label: given.groups!.label!, subject: given.groups!.who! };
    return { label: act.groups!.label!, subject: subjectOf(act.groups!.who!) };
  }
  const end = ended.exec(bare);
  const named = end ? end.groups!.who! : bare;
  if (!noun.test(named)) return null;
  // 拉动全市投资增长, 对工业投资的贡献率: the verb belongs to the measure.
  if (/^(?:对|拉动|带动|撬动)/.test(named) && named.length <= 24) return { label: named, subject: null };
  const plan = planned.exec(named)!;
  const place = owned.exec(named);
  if (place && noun.test(place.groups!.label!) && place.groups!.label !== '率') {
    const subject = subjectOf(place.groups!.who!);
    return { label: subject === null ? named.replace(/^(?:累计|共)/, '') : place.groups!.label!, subject };
  }
  const kind =
    /^(?<who>(?!完成|计划|年|总|全年|当年|累计|项目|固|预计|概算|估算|协议|合同|民间|社会|政府|外|引|新增|其中|城镇固)[^,，]{2,14}?)(?:完成)?(?<label>投资)$/u.exec(
      named,
    );
  if (kind) return { label: '投资', subject: subjectOf(kind.groups!.who!) };
  const whole = /^(?<who>(?:全|我|本)[国省市县区州])(?<label>.+)$/u.exec(named);
  if (whole) return { label: whole.groups!.label!, subject: whole.groups!.who! };
  if (named.length <= 16) return { label: named, subject: null };
  return { label: plan[0], subject: subjectOf(named.slice(0, plan.index)) };
}

const rises =
  '增长|增加|增收|增支|上升|提高|提升|加快|净增|多完成|下降|减少|降低|回落|下滑|少完成|减收|短收|收窄|扩大|翻|增|减';
const changed = new RegExp(
  `(?:(?<year>同比|同期比)|(?<month>环比)|(?:相比于?|比|较|比较)(?<base>[^,，。比较]{2,16}?)(?:同比|相比)?)?(?:分别|实际|名义|平均|大幅|又|再|均|累计|将|可|,|，)*(?<how>${rises})(?:了|到|至|约|近|达|超过?|为|投资)*$`,
);
const gap =
  /(?<how>超过|超出|超额|超|快于|高于|高出|领先于?|低于|落后于?|滞后于?|慢于|欠|[比较](?=[^,，]{2,14}(?:快|慢|高|低|多|少)出?了?$))(?:了)?(?<base>[^,，。超]{0,16}?)(?:的)?(?:要求)?(?<more>(?:快|慢|高|低|多|少)出?了?)?$/;
const planOf =
  /(?:占到?|为|完成|达到?|实现|相当于|是|至)(?:了|全部)?(?<base>(?:[^,，。占为]{0,10}?)(?:计划|任务|目标|总投资|总数|总量|工程量|预算|投资|任务数|计划数|预算数)(?:任务|总投资|投资|新?开工|竣工|总额|额|数)?)(?:的|比重|比例)*(?:为|达|约|近|超过?)*$/;
const shareOf = /占(?:到(?!位)|了)?(?<base>[^,，。占]{1,24}?)(?:的)?(?:比重|比例)?(?:的|为|达到?|约|近|超过?|仅)*$/;

/** Of a rate, of points and of everything that tells a change: 同比增长9%, 超时序进度1.8个百分点, 占年度计划的80%. */
export function comparedBy(head: string, isRate: boolean): Said | null {
  const change = changed.exec(head);
  if (change && (isRate || change.groups!.year || change.groups!.base || change[0].length > 1)) {
    const { year, month, base, how } = change.groups!;
    const before = ownLabel(head.slice(0, change.index));
    const of = base ? (subjectOf(base) ?? base) : null;
    return {
      label: before?.label ?? null,
      change: `${year ?? month ?? ''}${how}`,
      words: change[0],
      isBehind: false,
      subject: before ? before.subject : subjectOf(head.slice(0, change.index)),
      base: month
        ? '上期'
        : base && !/^(?:去年|上年)/.test(base)
          ? of
          : year || base || how === '增长' || how === '下降'
            ? '去年同期'
            : null,
      role: null,
    };
  }
  if (!isRate) return null;
  const against = gap.exec(head);
  if (against && (against.groups!.base !== '' || against.groups!.more)) {
    const before = ownLabel(head.slice(0, against.index));
    const subject = before ? before.subject : subjectOf(head.slice(0, against.index));
    return {
      label: against[0].replace(/的$/, ''),
      change: null,
      words: against[0],
      isBehind: false,
      subject,
      base: against.groups!.base!.replace(/^于/, ''),
      role: null,
    };
  }
  const part = planOf.exec(head) ?? shareOf.exec(head);
  if (!part) return null;
  const before = ownLabel(head.slice(0, part.index));
  const subject = before ? before.subject : subjectOf(head.slice(0, part.index));
  const label = before?.label ?? (/工程量$/.test(part.groups!.base!) ? '完成率' : null);
  return {
    label,
    change: null,
    words: part[0],
    isBehind: false,
    subject,
    base: part.groups!.base!.replace(/的$/, ''),
    role: null,
  };
}

const things =
  '项目|工程|企业|问题|任务|单位|用户|机构|党组织|党支部|小组|小区|分会场|合作社|农场|指挥部|标段|事项|生产线|泊位|岗位|家庭';
const behind = new RegExp(
  `^(?<noun>(?!已|均|全部|占|实现|完成|进入|的|以上|左右|分别|,|为|是|和|与|比|[(（])[\\u3400-\\u9fffA-Za-z“”、（）()·—-]{0,24}?(?:${things}))(?<state>(?:已经?|均|全部|全面|共|都|实现|正式|集中|顺利|提前|部分|基本|如期|有)*(?:开复工|开工建设|新?开工|复工|竣工|投产|投用|完工|建成|签约|入库|落地|启动建设|启动)(?:建设)?(?=[,，。；;、\\n]|$))?`,
);
const shortNoun =
  /^(?<noun>(?!已|均|全部|占|实现|完成|进入|的|以上|左右|分别|为|是|和|与|比|及)[\u3400-\u9fff]{1,8}?)(?:[(（][市县区镇、]{1,5}[)）])?(?=[,，。；;、(（\n\d]|投资|完成|的|由|分别|已|均|集中|正在|同时|$)/u;
const state =
  /(?<adverbs>(?:已经|已|实际|累计|共|有|实现|目前|提前|全部|顺利|正式|还|仍|中)*)(?<verb>(?:未按计划|未按期|提前|未|应|尚未)?(?:开、?复工|新?开工|复工|竣工|投产|完工|建成投产|建成投用|建成|投用|入库|入统|纳统|签约|落地|履约|办结|销号|整改完成|整改|解决|完成|启动)(?:建设|或启动建设|项目|的?企业|问题)?)(?:的?有|的)?(?:已|共|达)?$/;

/** What is counted: behind the figure, in front of it, or told by what became of it. */
export function countedBy(head: string, tail: string, hasWhole: boolean): Said | null {
  const bare = head.replace(copula, '');
  const found = behind.exec(tail) ?? shortNoun.exec(tail);
  const verb = state.exec(bare);
  if (found) {
    const { noun: whole, state: became } = found.groups!;
    const what = became ? whole! : whole!.split(/(?<=.{2})(?:正|已|均|加快|全部)/)[0]!;
    // 已开工27个小区: what became of them stands in front.
    const told = verb && /^(?:已|实际|实现|累计|共)/.test(verb[0]) && bare.endsWith(verb[0]) ? verb.groups!.verb! : '';
    if (told)
      return {
        label: `${told}${what}`,
        change: null,
        words: what!,
        isBehind: true,
        subject: subjectOf(bare.slice(0, verb!.index)),
        base: null,
        role: 'state',
      };
    const label = `${what}${became ?? ''}`;
    // 亿元以上重点项目: what limits them stands in front.
    return {
      label,
      change: null,
      words: label,
      isBehind: true,
      subject: became && what!.length > 2 ? what! : null,
      base: null,
      role: 'group',
    };
  }
  const before = verb ? bare.slice(0, verb.index) : '';
  const isState =
    verb &&
    (/(?:已|实际|实现|提前|未|累计)/.test(verb[0]) || (hasWhole && !/项目|企业|问题/.test(verb.groups!.verb!))) &&
    !/(?:计划|拟|应|预备|其中[:：]?)$/.test(before);
  if (isState)
    return {
      label: verb.groups!.verb!,
      change: null,
      words: verb[0],
      isBehind: false,
      subject: subjectOf(before),
      base: null,
      role: 'state',
    };
  const own = subjectOf(bare);
  if (own) return { label: own, change: null, words: own, isBehind: false, subject: null, base: null, role: 'group' };
  const label = /[\u3400-\u9fff]{2,10}$/u.exec(bare.replace(lead, ''))?.[0];
  return label
    ? { label, change: null, words: label, isBehind: false, subject: null, base: null, role: 'group' }
    : null;
}
