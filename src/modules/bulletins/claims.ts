// Long because reading one sentence is one walk: who is spoken of, what is counted, what is part of what.
import type { Figure } from './figures.ts';
import { type Attribute, measureOf, stateBehindOf } from './measure.ts';
import { type Months, monthsIn } from './months.ts';
import type { Span } from './shapes.ts';
import { type Subject, subjectOf } from './subject.ts';

/** One number with what it measures, of whom. */
export interface Claim {
  attribute: Attribute;
  figure: Figure;
  group: Group;
  /** Words in front of the number, for showing and for finer questions. */
  left: string;
  right: string;
  clause: number;
  sentence: number;
  months: Months | null;
  /** The year that its sentence names. */
  year: number | null;
  /** Place in a row of numbers of one kind (分别为43.2%、37.8%); 0 for the first and for one alone. */
  place: number;
}

/** What is said in a row about one subject. */
export interface Group {
  id: number;
  subject: Subject;
  /** The words that name it stand there, or it was taken over from before. */
  isNamed: boolean;
  /** What it is a part of, behind 其中. */
  parent: Group | null;
  /** Behind 按…统计, 从…来看: one of the classes of a whole. */
  leadIn: LeadIn | null;
  sentence: number;
  segment: number;
  paragraph: number;
  article: number;
  claims: Claim[];
  /** “无计划新开工项目”: the keys that it has none of. */
  none: string[];
}

export interface LeadIn {
  id: number;
  words: string;
  /** 按…统计, 按…划分: every class is named. 从…来看 may name some. */
  isWhole: boolean;
}

export interface Paragraph extends Span {
  index: number;
  article: number;
  isTitle: boolean;
  months: Months | null;
  groups: Group[];
}

export interface Statements {
  text: string;
  paragraphs: Paragraph[];
  groups: Group[];
  claims: Claim[];
}

interface Walk {
  text: string;
  figures: readonly Figure[];
  /** First figure not yet read. */
  at: number;
  sentence: number;
  segment: number;
  clause: number;
  leadIns: number;
  /** Kinds of the numbers that follow in a row. */
  pending: Attribute[];
  groups: Group[];
  claims: Claim[];
}

interface State {
  paragraph: Paragraph;
  article: number;
  main: Group | null;
  current: Group | null;
  parent: Group | null;
  leadIn: LeadIn | null;
  months: Months | null;
  year: number | null;
}

const longest = 64;
const leadInForm =
  /^[\s■●◆▲·•]*(?:其中)?[,，]?(?:(?<whole>按照?|分)(?<by>[\u4e00-\u9fff]{1,12}?)(?:统计|划分|分类|分|来?看|类别)?|从(?<from>[\u4e00-\u9fff]{1,12}?)(?:来看|看|上看|统计|划分))$/;
const aboutPart =
  /^[\s,，、]*(?:这?其中|当中|(?:主要)?(?:包括|包含|涉及|涵盖)(?=[\u4e00-\u9fff、（）()]{1,14}(?:项目|工程|类)\s?\d))/;

/** Reads the lines between tables as statements: numbers with what they measure, of whom, in which sentence. Linear. */
export function readStatements(
  text: string,
  figures: readonly Figure[],
  tables: readonly Span[],
  articles: readonly { title: Span; body: Span }[],
): Statements {
  const walk: Walk = {
    text,
    figures,
    at: 0,
    sentence: 0,
    segment: 0,
    clause: 0,
    leadIns: 0,
    pending: [],
    groups: [],
    claims: [],
  };
  const paragraphs: Paragraph[] = [];
  let [table, article] = [0, 0];
  let main: Group | null = null;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    while (table < tables.length && tables[table]!.end <= start) table += 1;
    while (article + 1 < articles.length && articles[article + 1]!.title.start <= start) {
      article += 1;
      main = null;
    }
    const inTable = (tables[table]?.start ?? Number.POSITIVE_INFINITY) < end;
    if (end > start && !inTable) {
      const isTitle = end - start <= 60 && !/[。；;：:，]$/.test(text.slice(end - 1, end));
      const paragraph: Paragraph = { start, end, index: paragraphs.length, article, isTitle, months: null, groups: [] };
      paragraphs.push(paragraph);
      main = readParagraph(walk, paragraph, main);
    }
    start = end + 1;
  }
  atHome(walk.groups);
  return { text, paragraphs, groups: walk.groups, claims: walk.claims };
}

const homeForm = /^(?!城市|都市|县市|市州|县区|区县|市区)[\u4e00-\u9fff]{1,4}?[省市州县区](?!级|直|属|重)(?=.)/;

/** In an article about one place only, “道县省级重点项目” and “省级重点项目” are the same. */
function atHome(groups: readonly Group[]): void {
  const homes = new Map<number, Set<string>>();
  for (const { subject, article } of groups) {
    const home = homeForm.exec(subject.key)?.[0];
    if (home) homes.set(article, (homes.get(article) ?? new Set()).add(home));
  }
  for (const group of groups) {
    const own = homes.get(group.article);
    if (own?.size === 1) group.subject = { ...group.subject, key: group.subject.key.replace(homeForm, '') };
  }
}

function readParagraph(walk: Walk, paragraph: Paragraph, before: Group | null): Group | null {
  const state: State = {
    paragraph,
    article: paragraph.article,
    main: null,
    current: null,
    parent: null,
    leadIn: null,
    months: null,
    year: null,
  };
  const inherited = before && paragraph.index - before.paragraph <= 2 && !paragraph.isTitle ? before : null;
  for (const sentence of pieces(walk.text, paragraph, /[。！？!?]/g)) {
    walk.sentence += 1;
    state.leadIn = null;
    state.parent = null;
    state.year = null;
    state.current = state.main;
    for (const segment of pieces(walk.text, sentence, /[；;]/g)) {
      walk.segment += 1;
      // Behind a semicolon the classes go on; what was part of one of them does not.
      if (state.parent && (state.leadIn !== null || hasPart(walk.text, segment))) {
        state.parent = null;
      }
      for (const clause of pieces(walk.text, segment, /[，,：:](?!\d{3}(?!\d)(?<=\d[,]\d{3}))/g)) {
        walk.clause += 1;
        readClause(walk, state, clause, inherited);
      }
    }
  }
  return paragraph.isTitle ? before : (state.main ?? before);
}

const hasPart = (text: string, { start, end }: Span): boolean => text.slice(start, end).includes('其中');

/** Pieces of a span between separators that stand outside brackets. Looks at nothing behind the span: linear. */
function* pieces(whole: string, { start, end }: Span, by: RegExp): Generator<Span> {
  const text = whole.slice(start, end);
  let [from, open] = [0, -1];
  for (const match of text.matchAll(new RegExp(`${by.source}|[(（)）]`, 'g'))) {
    if (/[(（]/.test(match[0])) open = match.index;
    else if (/[)）]/.test(match[0])) open = -1;
    else if (open < 0 || match.index - open > 300) {
      if (
        match[0] === ',' &&
        /\d/.test(text[match.index - 1] ?? '') &&
        /^\d{3}(?!\d)/.test(text.slice(match.index + 1, match.index + 5)) &&
        !/^\d{3}[个项家]/.test(text.slice(match.index + 1, match.index + 5))
      )
        continue;
      if (match.index > from) yield { start: start + from, end: start + match.index };
      from = match.index + 1;
    }
  }
  if (text.length > from) yield { start: start + from, end };
}

function readClause(walk: Walk, state: State, clause: Span, inherited: Group | null): void {
  const { text } = walk;
  const head = withoutBrackets(text.slice(clause.start, Math.min(clause.end, clause.start + 40))).trim();
  if (clause.end - clause.start <= 40) {
    const lead = leadInForm.exec(head);
    if (lead) {
      walk.leadIns += 1;
      state.leadIn = {
        id: walk.leadIns,
        words: head.replace(/^[^\u4e00-\u9fff]+/, ''),
        isWhole: lead.groups!.whole !== undefined,
      };
      state.parent = null;
      return;
    }
  }
  const year = /(20\d{2})年/.exec(head)?.[1];
  if (year) state.year = Number(year);
  const months = monthsIn(text.slice(clause.start, Math.min(clause.end, clause.start + 200)));
  if (months) {
    state.months = months;
    state.paragraph.months ??= months;
  }
  while (walk.at < walk.figures.length && walk.figures[walk.at]!.start < clause.start) walk.at += 1;
  // “其中续建44个、新开工35个、前期30个，年度计划投资…”: behind a list within one clause the sentence goes on about the whole.
  const listed = walk.groups.slice(-2);
  if (
    state.parent &&
    listed.length === 2 &&
    listed.every((g) => g.parent === state.parent && g.claims[0]?.clause === walk.clause - 1)
  ) {
    state.current = state.parent;
    state.parent = null;
  }
  let from = clause.start;
  // “按阶段划分，其中46个投产项目…”: the classes themselves.
  const isFirstClass = state.leadIn !== null && state.current?.leadIn !== state.leadIn && state.parent === null;
  if (aboutPart.test(head) && isFirstClass)
    from = clause.start + text.slice(clause.start, clause.end).indexOf('其中') + 2;
  else if (aboutPart.test(head)) {
    state.parent = state.current?.parent ?? state.current ?? inherited;
    if (state.current?.parent && state.current.sentence === walk.sentence) state.parent = state.current;
    from = clause.start + partWord(text.slice(clause.start, clause.end));
  }
  const none = /无(?:计划)?(新开工|续建|竣工|开工)/.exec(head);
  if (none && state.current) state.current.none.push(none[1] === '开工' ? '新开工' : none[1]!);
  while (walk.at < walk.figures.length && walk.figures[walk.at]!.start < clause.end) {
    const figure = walk.figures[walk.at]!;
    walk.at += 1;
    if (figure.isAside) continue;
    let next = walk.at;
    while (walk.figures[next]?.isAside) next += 1;
    const until = Math.min(clause.end, walk.figures[next]?.start ?? clause.end);
    from = readFigure(walk, state, figure, { start: from, end: until }, inherited, until < clause.end);
  }
}

/** Behind 其中, 包括, 涉及 at the head of a clause. */
const partWord = (words: string): number => {
  const found = /其中|当中|包括|包含|涉及|涵盖/.exec(words);
  return found ? found.index + 2 : 0;
};

/** Reads one number and returns from where the words before the next one count. */
function readFigure(
  walk: Walk,
  state: State,
  figure: Figure,
  around: Span,
  inherited: Group | null,
  isFollowed: boolean,
): number {
  const { text } = walk;
  let left = withoutBrackets(text.slice(Math.max(around.start, figure.start - longest), figure.start));
  const right = withoutBrackets(text.slice(figure.end, Math.min(around.end, figure.end + longest)));
  // “…，其中” in the middle of a clause.
  const part = left.lastIndexOf('其中');
  if (part >= 0 && state.leadIn !== null && state.current?.leadIn !== state.leadIn) left = left.slice(part + 2);
  else if (part >= 0) {
    state.parent =
      state.current?.parent && state.current.sentence === walk.sentence
        ? state.current.parent
        : (state.current ?? inherited);
    left = left.slice(part + 2);
  }
  if (figure.kind === 'count') return readCount(walk, state, figure, left, right, inherited, isFollowed);
  const row = rowOf(walk, figure, left);
  if (row) {
    put(walk, state, row.attribute, figure, left, right, inherited, row.place);
    return figure.end;
  }
  const measure = measureOf(figure, left)!;
  const several = figure.kind === 'rate' ? severalRates(left) : undefined;
  if (several) {
    walk.pending = several;
    put(walk, state, several[0]!, figure, left, right, inherited);
    return figure.end;
  }
  const subject = subjectOf(left.slice(0, measure.from));
  if (subject && measure.attribute !== 'other') open(walk, state, subject);
  put(walk, state, measure.attribute, figure, left, right, inherited);
  return figure.end;
}

/** “分别为43.2%、37.8%”: the second is of the kind of the first. */
function rowOf(walk: Walk, figure: Figure, left: string): { attribute: Attribute; place: number } | undefined {
  if (!/^[、和及与]$/.test(left)) {
    walk.pending = [];
    return undefined;
  }
  const last = walk.claims.at(-1);
  if (!last || last.figure.kind !== figure.kind || last.clause !== walk.clause) return undefined;
  const place = last.place + 1;
  return walk.pending.length > 0
    ? { attribute: walk.pending[place] ?? 'other', place: 0 }
    : { attribute: last.attribute, place };
}

/** “履约率、开工率与资金到位率分别为98.8%、90%和34%”: as many names as numbers. */
function severalRates(left: string): Attribute[] | undefined {
  const match = /((?:[\u4e00-\u9fff]{2,8}率[、和与及]){1,4}[\u4e00-\u9fff]{2,8}率)分别(?:为|是|达到?)?$/.exec(left);
  return match
    ? match[1]!.split(/(?<=率)[、和与及]/).map((name) => measureOf({ kind: 'rate' }, name)!.attribute)
    : undefined;
}

const nounBehind =
  /^(?:的)?(?<noun>(?:[\u4e00-\u9fff]{1,3}、)?[^,，、。；;:：\d]{0,24}?)(?<kind>项目|工程)(?!协调|指挥|公司|单位|部|经理|法人|负责|业主|办|专班|组)/;
const stageOnly =
  /(?:新开工|续建|竣工|投产|建成|预备|储备|前期|省级|市级|县级|区级|国家级|[省市州]直|类|项目|工程|[市县区州旗])(?:数|个数)?$/;

function readCount(
  walk: Walk,
  state: State,
  figure: Figure,
  left: string,
  right: string,
  inherited: Group | null,
  isFollowed: boolean,
): number {
  const noun = nounBehind.exec(right);
  if (noun) {
    const words = noun.groups!.noun!;
    const rest = right.slice(noun[0].length);
    const behind = figure.end + noun[0].length;
    const state1 = stateBehindOf(rest);
    // “170个新开项目已开工145个”: what is said is said of the next number.
    const isStatement = state1 !== null && !(isFollowed && rest.length <= 14);
    const before = measureOf(figure, left);
    // “已开工45个项目” is a state; “316个州重点建设项目” names its subject; “63个项目” is named by what stands before.
    if (before && words === '') {
      put(walk, state, before.attribute, figure, left, right, inherited);
      return behind;
    }
    const listed = /等$/.test(left);
    const subject = subjectOf(`${words === '' && !listed ? left.replace(/等$/, '') : words}`);
    if (words === '' && !subject && isStatement) {
      put(walk, state, state1.attribute, figure, left, right, inherited);
      return behind;
    }
    if (subject) {
      open(walk, state, subject);
      put(walk, state, 'count', figure, left, right, inherited);
      // “31宗未开工项目中，省重点项目有6宗，…”
      if (rest === '中' && !isFollowed) state.parent = state.current;
      if (isStatement) put(walk, state, state1.attribute, figure, left, right, inherited);
      return behind;
    }
    put(walk, state, isStatement ? state1.attribute : 'count', figure, left, right, inherited);
    return behind;
  }
  // “66个新开工项目已有28个开工建设”
  const begun = /(?:^|已|已有|有|其中|中)$/.test(left) && !isFollowed ? stateBehindOf(right) : null;
  if (begun && state.current?.claims.slice(0, 20).some((c) => c.attribute === 'count')) {
    put(walk, state, begun.attribute, figure, left, right, inherited);
    return figure.end;
  }
  // “比去年同期增加59个” tells of a change and no part.
  if (/(?:比|较)[^,，]{0,12}(?:增加|减少|增长|下降|净增|增|减|多|少)了?$/.test(left)) {
    put(walk, state, 'other', figure, left, right, inherited);
    return figure.end;
  }
  const measure = measureOf(figure, left);
  if (measure) {
    const subject = subjectOf(left.slice(0, measure.from));
    if (subject && /项目|工程|[类级直市县区]$/.test(subject.words)) open(walk, state, subject);
    put(walk, state, measure.attribute, figure, left, right, inherited);
    return figure.end;
  }
  const words = left.replace(/(?:数量|个数|总数|数)?(?:共计|共有|共|合计|总计|总数|达到|达|为|有|约|[:：])*$/, '');
  const subject = subjectOf(words);
  const isListed = state.parent !== null || state.leadIn !== null || /^[、，,]/.test(left);
  const isOwnUnit = !/[个项]/.test(figure.unit);
  if (
    subject &&
    (stageOnly.test(words) || (isListed && subject.words.length <= 14) || (isOwnUnit && subject.words.length <= 24))
  ) {
    open(walk, state, subject);
    put(walk, state, 'count', figure, left, right, inherited);
  } else put(walk, state, 'other', figure, left, right, inherited);
  return figure.end;
}

const withoutBrackets = (words: string): string => words.replace(/[(（][^()（）]*[)）]/g, '');

/** A subject is spoken of from here on. */
function open(walk: Walk, state: State, subject: Subject): void {
  const same = state.current;
  if (
    same &&
    same.sentence === walk.sentence &&
    same.isNamed &&
    same.subject.key === subject.key &&
    same.parent === state.parent
  )
    return;
  // “其中…年度计划…” about the parent itself opens nothing new.
  const group = newGroup(walk, state, subject, true);
  state.current = group;
  if (group.parent === null && group.leadIn === null) state.main = group;
}

function newGroup(walk: Walk, state: State, subject: Subject, isNamed: boolean): Group {
  const group: Group = {
    id: walk.groups.length,
    subject,
    isNamed,
    parent: state.parent,
    leadIn: state.parent ? null : state.leadIn,
    sentence: walk.sentence,
    segment: walk.segment,
    paragraph: state.paragraph.index,
    article: state.article,
    claims: [],
    none: [],
  };
  walk.groups.push(group);
  state.paragraph.groups.push(group);
  return group;
}

const nobody: Subject = { words: '', key: '', full: '' };

function put(
  walk: Walk,
  state: State,
  attribute: Attribute,
  figure: Figure,
  left: string,
  right: string,
  inherited: Group | null,
  place = 0,
): void {
  if (!state.current) {
    state.current = newGroup(walk, { ...state, parent: null, leadIn: null }, inherited?.subject ?? nobody, false);
    state.main ??= state.current;
  }
  const claim: Claim = {
    attribute,
    figure,
    group: state.current,
    left,
    right,
    clause: walk.clause,
    sentence: walk.sentence,
    months: state.months,
    year: state.year,
    place,
  };
  state.current.claims.push(claim);
  walk.claims.push(claim);
}
