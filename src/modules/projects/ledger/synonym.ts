import { fieldInfo, type LedgerField } from './field.ts';
import { bare, plain } from './label.ts';

/**
 * What people call the columns, with how sure the name is (0–100). Collected from published dispatch tables, plans and
 * task lists; `^…$` names are sure, parts of names less so. Order does not matter: the best score wins.
 */
const synonyms: Record<LedgerField, readonly (readonly [RegExp, number])[]> = {
  serial: [[/^(序号|序|项目序号|no|编号)$/i, 100]],
  name: [
    [/^(建设|重点|投资)?(项目|工程)(\(工程\)|工程)?(名称|名)$/, 100],
    [/^(项目|子项目|单项工程|项目及子项)$/, 80],
    [/(项目|工程)名称/, 90],
    [/^名称$/, 75],
  ],
  code: [
    [/^(投资)?项目(统一)?(代码|编码)$/, 100],
    [/(项目|投资|立项|赋码|审批|备案).*(代码|编码)|在线(审批|监管)平台.*码/, 85],
  ],
  board: [
    [/^(所属)?(项目)?(板块|领域)$/, 100],
    [/^(项目|所属|产业|投资)?(分类|类别|类型|门类)$/, 70],
    [/板块|领域/, 85],
  ],
  industry: [
    [/^(所属|国民经济)?行业(类别|分类|代码|名称)?$/, 100],
    [/行业/, 70],
  ],
  nature: [
    [/^(建设|项目)性质$/, 100],
    [/建设性质/, 90],
  ],
  tiers: [
    [/^(项目|重点)?(级别|层级|等级)$/, 95],
    [/(省|市|县).*重点.*(是否|标识|层级|级别)|是否.*重点|重点(项目)?(级别|层级|类别)/, 85],
    [/^(项目)?(标签|入选清单|名录)$/, 80],
  ],
  planKind: [
    [/^(年度|本年)?(计划|建设)(类型|类别|口径)$/, 100],
    [/(新开工|续建|竣工).*(续建|竣工|预备)/, 80],
    [/^(年度)?建设类型$/, 90],
  ],
  stage: [
    [/^(项目|当前|所处|目前)?(阶段|状态|建设阶段|项目阶段|建设状态)$/, 95],
    [/(所处|当前|目前).*阶段/, 85],
  ],
  region: [
    [/^(所属|所在|属地)?(县区|县市区|区县|县市|区域|行政区划|辖区|地区|县\(市区\))$/, 100],
    [/(所属|所在|归属)(县|区|市|地)/, 85],
    [/^属地$/, 75],
  ],
  address: [
    [/^(项目|工程)?(建设|实施|项目)?(地点|地址|位置|所在地)$/, 95],
    [/建设(地点|地址)|选址/, 85],
  ],
  lng: [
    [/^(项目)?(东经|经度|lng|lon|longitude|x坐标)$/i, 100],
    [/经度/, 90],
  ],
  lat: [
    [/^(项目)?(北纬|纬度|lat|latitude|y坐标)$/i, 100],
    [/纬度/, 90],
  ],
  content: [
    [/^(项目)?(主要)?建设(规模|内容)(及|和|与)?(主要)?(建设)?(规模|内容)?$/, 100],
    [/建设(内容|规模)|项目(概况|简介|内容)|内容及规模/, 85],
  ],
  period: [
    [/^(项目)?(建设)?(起止|起迄)(年限|时间|年月|年度)$/, 100],
    [/起止(年|时间)|^建设(工期|周期|年限)$/, 85],
  ],
  startPlanned: [
    [/^(计划|拟|预计|拟定)(开工|开工时间|开工日期|开工年月|开工年限)$/, 100],
    [/^(开工|开工时间|开工日期|开工年月|开工年份|起始年|开始)$/, 80],
    [/(起止|建设|年限|工期).*(开工|起始|^起$|起$|开始)/, 90],
    [/(计划|拟|预计).*开工(时间|日期|年月|月份)/, 95],
    [/开工(时间|日期|年月|月份)/, 78],
  ],
  startActual: [
    [/^实际(开工|开工时间|开工日期|开工年月)$/, 100],
    [/实际.*开工|已开工时间/, 92],
  ],
  finishPlanned: [
    [/^(计划|拟|预计)(竣工|完工|建成|投产|竣工投产|建成投产)(时间|日期|年月|年限)?$/, 100],
    [/^(竣工|完工|建成|投产|竣工投产|完成)(时间|日期|年月|年份|年限|时限)?$/, 80],
    [/(起止|建设|年限|工期).*(竣工|完工|建成|投产|截止|止$|结束)/, 90],
    [/(计划|拟|预计).*(竣工|完工|建成|投产)(时间|日期|年月)/, 95],
    [/(竣工|完工|建成|投产)(时间|日期|年月)/, 78],
  ],
  finishActual: [
    [/^实际(竣工|完工|建成|投产)(时间|日期|年月)?$/, 100],
    [/实际.*(竣工|完工|投产)/, 92],
  ],
  totalYuan: [
    [/^(项目|计划|估算|概算|预计)?(总投资|投资总额|总投资额|投资规模)(额|估算|规模)?$/, 100],
    [/总投资/, 88],
    [/^(概算|估算)$/, 70],
  ],
  funds: [
    [/^(建设)?资金来源(及构成|构成)?$/, 100],
    [/资金(来源|筹措|构成)/, 80],
  ],
  doneBeforeYuan: [
    [/(至|截至|截止|到).*(上年|去年|20\d{2}年?)(年)?(底|末).*(完成|累计|投资)/, 100],
    [/(以前|历)年.*(累计)?完成/, 92],
    [/20\d{2}年(底|末)(以)?前(累计)?完成/, 96],
    [/(上年|去年|20\d{2}年)(底|末)(累计)?(完成)?(投资)?$/, 85],
  ],
  planYuan: [
    [/^(20\d{2})?年?度?(本年|当年|年度)?(计划|预计)(完成)?(投资|投资额|投资计划)$/, 100],
    [/^(20\d{2})?(本年|当年|年度|年)?投资计划$/, 98],
    [/^(20\d{2})年?度?(本年|当年|年度)?计划(总|年度)?(投资|金额|投资额|完成投资)$/, 100],
    [/(年度|当年|本年|20\d{2}年).*(计划).*投资|(年度|当年|本年|20\d{2}年).*投资.*计划|^年度计划$/, 90],
    [/^(计划投资|计划完成投资|年计划)$/, 82],
  ],
  goal: [
    [/(年度|当年|本年|20\d{2}年).*(目标|任务|建设内容|进度目标|节点|形象进度)/, 95],
    [/^(主要)?(建设|工作)?(目标|任务|目标任务|进度目标|形象进度目标)$/, 80],
  ],
  owner: [
    [
      /^(项目)?(业主|业主单位|项目单位|建设单位|项目法人|法人单位|建设主体|投资主体|实施主体|承建业主)(名称|\(业主\))?$/,
      100,
    ],
    [/业主|项目法人|建设单位|投资(单位|主体|方)|实施(单位|主体)|项目单位/, 85],
  ],
  lead: [
    [/^(牵头|责任)(\((牵头|责任)\))?(单位|部门)$/, 100],
    [/^(主管|主管单位|主管部门|行业主管部门|责任主体|调度单位)$/, 85],
    [/牵头单位|牵头部门/, 92],
    [/责任(单位|部门)/, 86],
  ],
  command: [
    [/^(所属)?(项目)?(协调)?(指挥部|分指挥部|作战部|专班|工作专班)(名称)?$/, 100],
    [/指挥部|作战部|专班/, 85],
  ],
  county: [
    [/^(属地|责任)(单位|县区|政府|责任单位)$/, 90],
    [/属地(单位|责任|政府)/, 88],
  ],
  responsibleName: [
    [/^(项目|单位|具体|直接)?(责任人|负责人)(姓名)?$/, 100],
    [/责任人|负责人|责任领导/, 82],
  ],
  leaderName: [
    [
      /^(市|县|区|市级|县级|市委市政府)?(级)?(包联|包保|包抓|联系|挂点|挂钩|领衔|挂帅|牵头|分管|调度|责任|挂联|包干)(市|县|区|处)?(级)?领导(同志)?(姓名)?$/,
      100,
    ],
    [/领导/, 76],
    [/^指挥长$/, 70],
  ],
  contactName: [
    [/^(联系人|联络员|填报人|联络人|项目联系人|经办人)(姓名)?$/, 100],
    [/联系人|联络员/, 85],
  ],
  contactPhone: [
    [/^(联系|填报人|责任人|手机|办公)?(电话|手机|号码|联系方式|手机号码|电话号码)(号码)?$/, 100],
    [/电话|联系方式|手机/, 85],
  ],
  enrolled: [
    [/^(是否|已否)?(入统|入库入统|纳统|入库|入统纳统)(情况|状态)?$/, 95],
    [/是否.*(入统|纳统|入库)/, 95],
  ],
  enrolledOn: [[/(入统|纳统)(时间|日期|年月)/, 98]],
  enrolledCode: [[/(入统|统计|纳统)(项目)?(代码|编码|编号)/, 98]],
  source: [[/^(资料|数据|文件|信息)?(来源|出处|依据|来源文件)$/, 90]],
  demo: [[/^(示例|示例数据|是否示例|数据性质)$/, 100]],
  remark: [[/^(备注|说明|备注说明|其他说明|其他)$/, 100]],
  monthYuan: [
    [/^(本月|当月|\d{1,2}月|\d{1,2}月份)(实际)?完成(投资)?(额)?$/, 98],
    [/(本月|当月).*完成/, 92],
  ],
  doneYuan: [
    [/(本年|今年|年初|当年|年度|年内|20\d{2}年).*(累计)?完成(投资)?(额|情况)?$/, 84],
    [/1[-~～—至]\d{1,2}月.*完成|(截至|截止|至)\d{1,2}月(底|末).*完成|累计完成(年度)?投资/, 95],
    [/^(年度|本年|当年|今年)?累计完成(投资)?(额)?$/, 95],
  ],
  doneAllYuan: [[/开累|(自|从)?开工(以来|至今|来).*(累计)?完成|(总)?累计完成总?投资.*(开工|总)/, 97]],
  rate: [[/(完成)?(率|比例|占比)$|占(年度|总).*(计划|投资)|时序|进度比|%$/, 90]],
  progress: [
    [/^(项目|工程|目前|当前|最新|形象|建设)?(形象)?(进度|进展|进展情况|进度情况|形象进度|推进情况)$/, 95],
    [/形象进度|进展情况/, 84],
  ],
  problems: [[/存在(的)?(主要)?(问题|困难)|需(要)?协调|下(一)?步(计划|安排|打算)|困难(和|及)问题/, 95]],
};

export interface Guess {
  field: LedgerField;
  score: number;
}

/**
 * What a heading may mean, best first. The whole path counts (建设起止年限 › 开工), then its last level alone;
 * a last level that means something only under its group (投资, 目标) is read together with it.
 */
export function guessField(path: readonly string[]): Guess[] {
  const levels = path.map((level) => bare(level)).filter(Boolean);
  if (levels.length === 0) return [];
  const whole = levels.join('');
  const last = levels.at(-1)!;
  // % and the like live in brackets, which `bare` takes away.
  const raw = plain(path.join(''));
  const scores: Guess[] = [];
  for (const [field, names] of Object.entries(synonyms) as [LedgerField, readonly (readonly [RegExp, number])[]][]) {
    let best = 0;
    for (const [name, score] of names) {
      if (name.test(whole)) best = Math.max(best, score);
      else if (levels.length > 1 && name.test(last)) best = Math.max(best, score - 4);
    }
    if (best > 0) scores.push({ field, score: best });
  }
  const group = levels.slice(0, -1).join('');
  const put = (field: LedgerField, score: number) => scores.push({ field, score });
  if (group !== '') {
    const isPlan = /(20\d{2}|年度|本年|当年).*(计划|目标|任务)/.test(group);
    if (isPlan && /^(投资|投资额|计划投资|金额|投资计划|完成投资)$/.test(last)) put('planYuan', 99);
    if (
      isPlan &&
      /^(目标|任务|建设目标|建设内容|主要建设内容|形象进度|工作目标|进度目标|建设任务|主要目标)$/.test(last)
    )
      put('goal', 99);
    if (/完成情况|进展|累计/.test(group) && /^(投资|完成投资|累计|累计投资|累计完成)$/.test(last)) put('doneYuan', 90);
    // 资金来源 › 中央, 省, 自筹: parts of a whole that the register keeps as one text.
    if (/资金来源|其中/.test(group)) scores.length = 0;
  }
  if (/%|％/.test(raw)) put('rate', 96);
  if (/^其中/.test(last)) scores.length = 0;
  const best = new Map<LedgerField, number>();
  for (const { field, score } of scores) best.set(field, Math.max(best.get(field) ?? 0, score));
  return [...best].map(([field, score]) => ({ field, score })).sort((a, b) => b.score - a.score);
}

/** Good enough to say that a cell is a heading of this field and not a value. */
export const isHeading = (text: string): boolean => {
  const label = plain(text);
  if (label === '' || label.length > 24) return false;
  const best = guessField([label])[0];
  return best !== undefined && best.score >= 70;
};

export const isAnnual = (field: LedgerField): boolean => fieldInfo(field).isAnnual === true;
