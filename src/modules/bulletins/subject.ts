/** Words about time and manner that stand around a subject and are no part of it. */
const times =
  /(?:\d{4}年)?(?:\d{1,2}[-—~～至到]\d{1,2}月份?|前\d{1,2}个?月|前[一二三四五六七八九十]{1,2}个?月|\d{1,2}月(?:底|末|份|\d{1,2}日)?)|截[至止](?:目前|当前|(?:\d{4}年)?\d{1,2}月(?:底|末|份|\d{1,2}日)?|\d{4}年底?|年底)?|目前|当前|(?:上|下)半年|前?[一二三四]季度|前三季度|今年以来|今年|去年|本年度?|年初以来|全年|年底|\d{4}年度?|年度|当月|本月|当日|[前今]年?来/g;
const manners =
  /(?:据统计|据了解|据调度统计|据悉|数据显示|其中的?|另外|此外|同时|累计|合计|总计|共计|共有|一共|共|已经|已|实际|均|总体|实现|超额|仅|也|分别|主要|全面|顺利|安排实施|安排|实施|我们|上述|以上|各类|所有|全部|一批|我市列入|还有|有|按照?|由|对|从|在|的)/g;
const places = /(?:全国|全省|全市|全州|全县|全区|我国|我省|我市|我州|我县|我区|本省|本市|本县|本区|全集团|市本级的)/g;
const ranks: [RegExp, string][] = [
  [/(?:国家级|国家)(?:重点|重大)/g, '国家级'],
  [/省级|(?:列入|纳入)?省(?:重点|重大)(?!产业)/g, '省级'],
  [/(?:^|[^县区省城])市级|(?:列入|纳入)?(?<![县区省城])市(?:重点|重大)(?!产业)/g, '市级'],
  [/县级|县(?:重点|重大)/g, '县级'],
  [/区级|区(?:重点|重大)/g, '区级'],
];
const fillers =
  /列入|纳入|确定|考核|推进|重点|重大|建设|工程|项目|类别?|数量|个数|总数|数|计划(?=新?开工|建成|竣工|投产)|拟(?=新?开工|建成|竣工)|方面|层面|级(?=层面)|[“”"‘’《》\s■●◆▲·•()（）、,，:：]/g;
const stages: [RegExp, string][] = [
  [/新开(?!工)|新开工|新建|计划开工|^开工$/g, '新开工'],
  [/结转|续建/g, '续建'],
  [/建成投产|竣工投产|建成|竣工|投产|投用|收尾/g, '竣工'],
  [/预备新开工|预备|储备|前期|谋划/g, '前期'],
];

export interface Subject {
  /** As written, without time and manner. */
  words: string;
  /** Two subjects with the same key are the same: “35个市级重点项目” and “市级重点项目”. Empty for the whole that a document is about. */
  key: string;
  /** The whole noun with everything but time and place, for telling whether a figure is told again. */
  full: string;
}

/** Words in front of a number to the subject they name; null when they name none (“累计”, “项目”, “共”). */
export function subjectOf(words: string): Subject | null {
  const bare = words
    .replace(/^[\s,，、;；:：。■●◆▲①-⑳和及与-]+/, '')
    .replace(/^\d{1,2}[.、]/, '')
    .replace(/^[(（][一二三四五六七八九十\d]{1,3}[)）]/, '')
    .replace(/^[一二三四五六七八九十]{1,2}是/, '')
    .replace(times, '')
    .replace(manners, '')
    .replace(/(?:为|是|等|[,，、:：])+$/, '')
    .trim();
  if (
    bare === '' ||
    /^(?:这些|该|此|本|上述)?(?:重点)?(?:项目|工程|投资|资金|任务|计划|比例|分别|情况|看)*$/.test(bare)
  )
    return null;
  return { words: bare, key: keyOf(bare), full: bare.replace(places, '').replace(/[\s“”"]/g, '') };
}

export function keyOf(words: string): string {
  let key = words.replace(places, '');
  for (const [form, name] of ranks) key = key.replace(form, name);
  key = key.replace(fillers, '');
  for (const [form, name] of stages) key = key.replace(form, name);
  return key.replace(/新开工新开工/, '新开工');
}

const finishing = /竣工|投产|建成|完工|达效/;
/** Classes of one kind that do not overlap; of finishing ones nobody knows: a project may begin and end in one year. */
export function areDisjoint(keys: readonly string[]): boolean {
  if (keys.some((key) => finishing.test(key) || key === '')) return false;
  if (new Set(keys).size !== keys.length) return false;
  const kinds = [
    /^(?:国家级|省级|市级|县级|区级|[省市州]直|省市级|区县级|本级)+$/,
    /^(?:新开工|续建|前期)$/,
    /(?:市|县|区|州|旗|镇|乡|直|园|新城)$/,
  ];
  if (kinds.some((kind) => keys.every((key) => kind.test(key)))) return true;
  const isClass =
    /^(?:产业(?:发展)?|工业|农业|林业|服务业|现代服务业|制造业|基础设施|社会民生|民生(?:和|及)?社会事业|社会事业|民生实事|民生(?:保障)?|生态环保|生态环境|生态|能源|交通|水利|城市|城镇|农林水.{0,4}|文化?旅游?|文旅|科技创新|数字经济|房地产|商贸物流|商贸|物流)$/;
  return keys.length >= 2 && keys.every((key) => isClass.test(key));
}
