import { formatMoney } from '#core/shared/money.ts';
import type { Words } from '#core/shared/words.ts';
import { isRatio, showValue } from './answer.ts';
import type { Cell, FactRow } from './facts.ts';
import type { Condition, ListName, Query, Rows } from './query.ts';

// A reference in words, so that a person who reads the bulletin can check it without knowing the query.

const lists: Record<ListName, Words> = {
  total: { zh: '全市合计', en: 'the whole city' },
  previous: { zh: '上月全市合计', en: 'the whole city, month before' },
  completeness: { zh: '填报情况', en: 'filings' },
  counties: { zh: '各县（市、区）', en: 'counties' },
  commands: { zh: '各协调指挥部', en: 'command posts' },
  boards: { zh: '各板块', en: 'boards of projects' },
  leads: { zh: '各责任单位', en: 'lead units' },
  projects: { zh: '项目', en: 'projects' },
  missing: { zh: '缺报项目', en: 'missing filings' },
  matterTotals: { zh: '事项台账', en: 'the ledger of matters' },
  matters: { zh: '逾期事项', en: 'overdue matters' },
  ranking: { zh: '排名', en: 'rankings' },
  external: { zh: '外部排名', en: 'places given by others' },
  boardList: { zh: '红黑榜', en: 'red and black boards' },
  spared: { zh: '不列入榜单的单位', en: 'units spared from a board' },
  scores: { zh: '考核得分', en: 'scores' },
  challenges: { zh: '揭榜项目', en: 'challenges' },
  row: { zh: '该行', en: 'this row' },
};

export const fieldWords: Record<string, Words> = {
  '#': { zh: '个数', en: 'count' },
  key: { zh: '编号', en: 'id' },
  name: { zh: '名称', en: 'name' },
  projects: { zh: '项目数', en: 'projects' },
  items: { zh: '子项数', en: 'items' },
  planYuan: { zh: '年度计划投资', en: 'plan of the year' },
  monthYuan: { zh: '本月完成投资', en: 'done this month' },
  doneYuan: { zh: '本年累计完成投资', en: 'done this year' },
  lastYearYuan: { zh: '上年同期完成投资', en: 'same period last year' },
  totalYuan: { zh: '总投资', en: 'total investment' },
  rate: { zh: '投资完成率', en: 'completion rate' },
  gap: { zh: '超/欠时序', en: 'points above the clock' },
  rank: { zh: '位次', en: 'rank' },
  previousRank: { zh: '上月位次', en: 'rank of the month before' },
  moved: { zh: '位次变化', en: 'places gained' },
  light: { zh: '亮灯', en: 'light' },
  previousLight: { zh: '上月亮灯', en: 'light of the month before' },
  planKind: { zh: '计划类型', en: 'plan kind' },
  stage: { zh: '阶段', en: 'stage' },
  county: { zh: '县（市、区）', en: 'county' },
  command: { zh: '指挥部', en: 'command post' },
  lead: { zh: '责任单位', en: 'lead unit' },
  board: { zh: '板块或榜别', en: 'board' },
  tier: { zh: '项目类别', en: 'tier' },
  startPlanned: { zh: '计划开工日', en: 'planned start' },
  startActual: { zh: '实际开工日', en: 'start' },
  finishPlanned: { zh: '计划竣工日', en: 'planned finish' },
  finishActual: { zh: '实际竣工日', en: 'finish' },
  enrolledOn: { zh: '入统日', en: 'enrolled on' },
  ahead: { zh: '提前项目数', en: 'projects ahead' },
  normal: { zh: '正常项目数', en: 'projects normal' },
  warn: { zh: '预警项目数', en: 'projects warned' },
  late: { zh: '滞后项目数', en: 'projects late' },
  idle: { zh: '未开工项目数', en: 'projects not begun' },
  due: { zh: '应报', en: 'due' },
  filed: { zh: '已报', en: 'filed' },
  exempt: { zh: '免报', en: 'exempt' },
  missing: { zh: '缺报', en: 'missing' },
  raised: { zh: '收集', en: 'raised' },
  closed: { zh: '办结', en: 'closed' },
  open: { zh: '在办', en: 'open' },
  overdue: { zh: '逾期', en: 'overdue' },
  onSpot: { zh: '立行立改', en: 'put right on the spot' },
  assigned: { zh: '交办', en: 'assigned' },
  unit: { zh: '单位', en: 'unit' },
  figure: { zh: '指标值', en: 'figure' },
  streak: { zh: '连续月数', en: 'months running' },
  total: { zh: '得分', en: 'points' },
  veto: { zh: '一票否决', en: 'veto' },
  why: { zh: '依据', en: 'basis' },
  publisher: { zh: '发布单位', en: 'publisher' },
  publishedOn: { zh: '发布日', en: 'published on' },
  scope: { zh: '范围', en: 'among' },
  of: { zh: '参排数', en: 'number ranked' },
};
const wordsOf = (field: string): Words => fieldWords[field] ?? { zh: field, en: field };

const values: Record<string, string> = {
  new: '新开工',
  carried: '续建',
  finishing: '竣工',
  reserve: '预备',
  normal: '正常',
  warn: '预警',
  late: '滞后',
  idle: '未开工',
  ahead: '提前',
};
const ops: Record<Condition['op'], Words> = {
  '=': { zh: '为', en: 'is' },
  '!=': { zh: '不为', en: 'is not' },
  '<': { zh: '小于', en: 'below' },
  '<=': { zh: '不超过', en: 'at most' },
  '>': { zh: '大于', en: 'above' },
  '>=': { zh: '不低于', en: 'at least' },
  in: { zh: '属于', en: 'one of' },
  set: { zh: '已有', en: 'known' },
  unset: { zh: '未有', en: 'not known' },
};

function conditionWords({ field, op, value, than }: Condition, nameOf: (key: string) => string): Words {
  const name = wordsOf(field);
  if (op === 'set' || op === 'unset') return { zh: `${ops[op].zh}${name.zh}`, en: `${name.en} ${ops[op].en}` };
  const other = (language: 'zh' | 'en'): string => {
    if (than === 'clock') return language === 'zh' ? '时序进度' : 'the clock';
    if (than === 'day') return language === 'zh' ? '数据截止日' : 'the day of the figures';
    const all = Array.isArray(value) ? value : [value];
    return all
      .map((one) =>
        field === 'key' ? nameOf(`${one}`) : language === 'zh' ? (values[`${one}`] ?? `${one}`) : `${one}`,
      )
      .join(language === 'zh' ? '、' : ', ');
  };
  if (field === 'key') return { zh: other('zh'), en: other('en') };
  return { zh: `${name.zh}${ops[op].zh}${other('zh')}`, en: `${name.en} ${ops[op].en} ${other('en')}` };
}

function rowsWords(rows: Rows, nameOf: (key: string) => string): Words {
  const list = lists[rows.list];
  const conditions = (rows.where ?? []).map((each) => conditionWords(each, nameOf));
  const zh = conditions.length === 0 ? list.zh : `${list.zh}（${conditions.map((each) => each.zh).join('，')}）`;
  const en = conditions.length === 0 ? list.en : `${list.en} (${conditions.map((each) => each.en).join(', ')})`;
  return { zh, en };
}

const heads: Record<string, Words> = {
  city: { zh: '城市', en: 'city' },
  headquarters: { zh: '总指挥部', en: 'headquarters' },
  year: { zh: '年', en: 'year' },
  month: { zh: '月', en: 'month' },
  quarter: { zh: '季度', en: 'quarter' },
  day: { zh: '数据截止日', en: 'day of the figures' },
  through: { zh: '累计月份', en: 'months so far' },
};

/** What a query asks, as a sentence. `nameOf`: the name of a row by its key. */
export function describe(query: Query, nameOf: (key: string) => string = (key) => key): Words {
  if (query.get === 'clock') return { zh: '时序进度', en: 'The clock' };
  if (query.get === 'head') return heads[query.field]!;
  if (query.get === 'indicator') return { zh: `指标 ${query.code}`, en: `Indicator ${query.code}` };
  const rows = rowsWords(query.rows, nameOf);
  const both = (zh: string, en: string): Words => ({ zh: `${rows.zh}：${zh}`, en: `${rows.en}: ${en}` });
  const f = (field: string) => wordsOf(field);
  switch (query.get) {
    case 'count':
      return both('个数', 'number of rows');
    case 'sum':
      return both(`${f(query.field).zh}合计`, `sum of ${f(query.field).en}`);
    case 'value':
      return both(f(query.field).zh, f(query.field).en);
    case 'names':
      return both('名单', 'names');
    case 'rate':
      return both(
        `${f(query.part).zh} ÷ ${query.wholeRows ? `${rowsWords(query.wholeRows, nameOf).zh}的` : ''}${f(query.whole).zh}，先求和再相除，最后四舍五入`,
        `${f(query.part).en} ÷ ${f(query.whole).en}${query.wholeRows ? ` of ${rowsWords(query.wholeRows, nameOf).en}` : ''}, summed first, rounded last`,
      );
    case 'gap':
      return query.target === undefined
        ? both('未舍入的完成率 − 时序进度', 'unrounded rate − clock')
        : both(`未舍入的完成率 − ${query.target}%`, `unrounded rate − ${query.target}%`);
    case 'left':
      return both(
        `${f(query.whole).zh}的${query.percent}% − ${f(query.part).zh}`,
        `${query.percent}% of ${f(query.whole).en} − ${f(query.part).en}`,
      );
    case 'change':
      return both('完成率 − 上月完成率', 'rate − rate of the month before');
    case 'growth':
      return both(
        `（${f(query.field).zh} − ${f(query.base).zh}）÷ ${f(query.base).zh}`,
        `(${f(query.field).en} − ${f(query.base).en}) ÷ ${f(query.base).en}`,
      );
  }
}

/** Columns worth showing of the rows behind a query: what it counts with and what it chooses by. */
export function columnsOf(query: Query): string[] {
  if (query.get === 'clock' || query.get === 'head' || query.get === 'indicator') return [];
  const used: string[] = [];
  if ('part' in query) used.push(query.part, query.whole);
  if (query.get === 'growth') used.push(query.field, query.base);
  if (query.get === 'sum' || query.get === 'value') used.push(query.field);
  if (query.get === 'names' && query.beside) used.push(query.beside.field);
  for (const { field } of query.rows.where ?? []) used.push(field);
  if (query.get === 'rate' && query.part !== '#' && query.part === 'doneYuan') used.push('rate');
  return [...new Set(used)].filter((field) => field !== '#' && field !== 'key' && field !== 'name');
}

/** A cell of those rows as text. */
export function cellText(row: FactRow, field: string): string {
  const cell: Cell | undefined = row.cells[field];
  if (cell === null || cell === undefined) return '—';
  if (isRatio(cell))
    return showValue(
      cell,
      field === 'gap' ? { as: '百分点' } : field === 'total' ? { as: '分', decimals: 2 } : { as: '%' },
    );
  if (typeof cell === 'number') return field.endsWith('Yuan') ? `${formatMoney(cell, '万元', 2)}万元` : `${cell}`;
  return values[cell] ?? cell;
}
