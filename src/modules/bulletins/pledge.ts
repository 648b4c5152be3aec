import { findFigures } from './figures.ts';
import type { CleanText, Mark, Pledge, Span } from './shapes.ts';
import { keyOf, subjectOf } from './subject.ts';

type What = Pledge['what'];

const milestones: [What, string][] = [
  ['produce', '投产|达产|投入生产|试生产|达效'],
  ['open', '通车|开通|通航|投入(?:使用|运营|运行)|投用|投运|启用|运营|开业|开园|开馆|开诊'],
  ['finish', '竣工|完工|建成|交付|封顶|贯通|完成(?:主体|全部|整体|基础|建设|改造|搬迁|验收)'],
  ['start', '开工|动工|开建|奠基|启动建设|破土'],
];
const milestone = new RegExp(milestones.map(([what, words]) => `(?<${what}>${words})`).join('|'));
const hedges = '力争|确保|争取|力促|务必|必须|保证|预计|有望|预期|计划|拟|可望|将|要|可';
const hedge = new RegExp(hedges, 'g');
const past = /已(?:经)?(?:于|在|全面|正式|顺利|全部|建成|完成|提前)?|如期|顺利(?:开工|竣工|投产|通车)/;
const name =
  /[\u4e00-\u9fffA-Za-z0-9“”（）()·—+-]{2,36}?(?:项目|工程|医院|大桥|公路|高速|铁路|隧道|机场|码头|园区|产业园|工业园|基地|中心|广场|学校|水库|电站|仓库|站牌)(?:[\u4e00-\u9fff]{0,8}?(?:项目|工程))?/g;
const speaking =
  /([\u4e00-\u9fff]{2,4})(?:书记|市长|县长|区长|主任|局长|总经理|董事长)?(?:说|表示|介绍|透露|强调|指出|要求|告诉记者)/g;
const noNames = /^(?:记者|会议|他|她|负责人|会上|同时|并|双方|大家|我们)$/;

/**
 * Every day or amount that a text promises of a project: 力争7月1日前通车, 预计年内投入运营, 确保完成投资5亿元; and what it reports
 * as done (hedge 已), since later documents keep or break promises by that. Days come from the marks; a day that stays open
 * gives a pledge without one. Names of the register win over names by rule.
 */
export function findPledges(text: CleanText, marks: readonly Mark[]): Pledge[] {
  const dates = marks.filter((m) => m.kind === 'date' && m.date && m.date.bound !== 'asOf' && m.date.bound !== 'every');
  const projects = marks.filter((m) => m.kind === 'project');
  const persons = marks.filter((m) => m.kind === 'person');
  const amounts = findFigures(
    text.clean,
    text.unreadable.map((lost) => lost.span),
  ).filter((f) => f.kind === 'amount' && !f.isAside);
  const found: Pledge[] = [];
  let [d, p, a, n] = [0, 0, 0, 0];
  for (const sentence of sentencesOf(text.clean)) {
    const within = <T>(list: readonly T[], from: number, at: (item: T) => number): [T[], number] => {
      let i = from;
      while (i < list.length && at(list[i]!) < sentence.start) i += 1;
      const start = i;
      while (i < list.length && at(list[i]!) < sentence.end) i += 1;
      return [list.slice(start, i), i];
    };
    let [ownDates, ownProjects, ownAmounts, ownPersons]: [Mark[], Mark[], typeof amounts, Mark[]] = [[], [], [], []];
    [ownDates, d] = within(dates, d, (m) => m.span.start);
    [ownProjects, p] = within(projects, p, (m) => m.span.start);
    [ownAmounts, a] = within(amounts, a, (f) => f.start);
    [ownPersons, n] = within(persons, n, (m) => m.span.start);
    if (ownDates.length === 0 && ownAmounts.length === 0) continue;
    const words = text.clean.slice(sentence.start, Math.min(sentence.end, sentence.start + 1_000));
    const speaker = speakerOf(words, ownPersons);
    for (const date of ownDates.slice(0, 40)) {
      const pledge = datePledge(words, sentence, date, ownProjects);
      if (pledge) found.push(...pledge.map((one) => ({ ...one, speaker })));
    }
    for (const figure of ownAmounts.slice(0, 40)) {
      const before = words.slice(Math.max(0, figure.start - sentence.start - 40), figure.start - sentence.start);
      const match = /(力争|确保|争取|力促|务必|预计|有望|拟)[^，,。；;]{0,16}完成[^，,。；;]{0,10}$/.exec(before);
      const named = match && namesBefore(words, figure.start - sentence.start, ownProjects, sentence.start);
      if (!match || !named || named.length === 0) continue;
      const by = ownDates.findLast((m) => m.span.end <= figure.start && figure.start - m.span.end < 30);
      for (const one of named)
        found.push({
          ...one,
          what: 'amount',
          by: by?.date?.to ?? null,
          amountYuan: figure.value.times(figure.scale).toNumber(),
          hedge: match[1]!,
          speaker,
          span: { start: figure.start - (before.length - match.index), end: figure.end },
          text: text.clean.slice(figure.start - (before.length - match.index), figure.end),
        });
    }
  }
  return found;
}

function datePledge(
  words: string,
  sentence: Span,
  mark: Mark,
  projects: readonly Mark[],
): Omit<Pledge, 'speaker'>[] | undefined {
  const [start, end] = [mark.span.start - sentence.start, mark.span.end - sentence.start];
  if (end > words.length) return undefined;
  const rest = words.slice(end, end + 40).split(/[；;]/)[0]!;
  // The word of the milestone follows the day in its clause: 7月1日前实现主线通车; or stands right behind the comma: 5月底，南湖大道启用.
  const clause = /^[，,]?[^，,]*/.exec(rest)![0];
  const what = milestone.exec(clause);
  if (
    !what ||
    /截[至止]|以来|同期|去年/.test(words.slice(Math.max(0, start - 4), start)) ||
    /^(?:以来|期间)/.test(rest)
  )
    return undefined;
  const kind = milestones.find(([one]) => what.groups?.[one] !== undefined)![0];
  const before = words.slice(0, start);
  const near = before.slice(-24).split(/[；;]/).at(-1)!;
  const isDone =
    past.test(near.split(/[，,]/).at(-1)!) ||
    /^[^，,]{0,8}已/.test(clause) ||
    /(?:已|如期|顺利)[^，,]{0,4}$/.test(clause.slice(0, what.index));
  const heard = [...`${near}${clause.slice(0, what.index)}`.matchAll(hedge)].map((m) => m[0]);
  // 预计将: the word that says how sure it is, not the one that only says when.
  const said = heard.findLast((word) => word.length > 1 || word === '拟') ?? heard.at(-1) ?? null;
  const named = namesBefore(words, start, projects, sentence.start);
  const list =
    named.length > 0 ? named : namesBehind(words, end + what.index + what[0].length, projects, sentence.start);
  if (list.length === 0) return undefined;
  const span = { start: mark.span.start, end: mark.span.end + what.index + what[0].length };
  return list.map((one) => ({
    ...one,
    what: kind,
    by: mark.date!.to,
    amountYuan: null,
    hedge: isDone ? '已' : said,
    span,
    text: words.slice(start, span.end - sentence.start),
  }));
}

type Named = Pick<Pledge, 'project' | 'registerId'>;

/** The projects spoken of before a place: those of the register; else the last names by rule, several when 、 joins them. */
function namesBefore(words: string, at: number, projects: readonly Mark[], offset: number): Named[] {
  const known = projects.filter((m) => m.span.end - offset <= at);
  if (known.length > 0) {
    const last = known.at(-1)!;
    // “A项目、B项目…可力争7月1日前通车”: both.
    const joined = known.filter(
      (m, i) =>
        m === last || /^(?:、|和|及|与)$/.test(words.slice(m.span.end - offset, known[i + 1]!.span.start - offset)),
    );
    return joined.map((m) => ({ project: m.text, registerId: m.registerId ?? null }));
  }
  const found = [...words.slice(0, at).matchAll(name)];
  const last = found.at(-1);
  if (!last) return [];
  const names = [last];
  for (let i = found.length - 2; i >= 0; i -= 1) {
    const between = words.slice(found[i]!.index + found[i]![0].length, names[0]!.index);
    if (!/^、?$/.test(between)) break;
    names.unshift(found[i]!);
  }
  return names.map((m) => ({ project: bare(m[0]), registerId: null })).filter((one) => isName(one.project));
}

function namesBehind(words: string, at: number, projects: readonly Mark[], offset: number): Named[] {
  const known = projects.find((m) => m.span.start - offset >= at);
  if (known) return [{ project: known.text, registerId: known.registerId ?? null }];
  const next = /^[^，,；;]*/
    .exec(words.slice(at, at + 40))![0]
    .matchAll(name)
    .next().value;
  return next && isName(bare(next[0])) ? [{ project: bare(next[0]), registerId: null }] : [];
}

/** “重点项目” and “这批项目” name none. */
const isName = (words: string): boolean =>
  words.length >= 3 &&
  (subjectOf(words)?.key.length ?? 0) >= 2 &&
  !/^(?:新开工|续建|竣工|前期|[国省市县区]家?级)+$/.test(keyOf(words));

const bare = (words: string): string =>
  words
    .replace(
      /^(?:其中|截至目前|目前|据了解|同时|另外|此外|我市|全市|首批|我市首批|并|和|及|加快|推进|推动|确保|力争|预计|由|在|对|将|要)+/,
      '',
    )
    .replace(/^.*已完成了?/, '')
    .replace(/^、/, '');

function speakerOf(words: string, persons: readonly Mark[]): string | null {
  for (const match of words.matchAll(speaking)) {
    const person = persons.find((m) => words.includes(m.text) && match[0].includes(m.person?.name ?? m.text));
    if (person) return person.person?.name ?? person.text;
    const said = match[1]!;
    if (!noNames.test(said) && !/[的了是在和与及对有]/.test(said) && said.length <= 3) return said;
  }
  return null;
}

function* sentencesOf(text: string): Generator<Span> {
  let start = 0;
  for (const match of text.matchAll(/[。！？\n]/g)) {
    if (match.index > start) yield { start, end: match.index };
    start = match.index + 1;
  }
  if (start < text.length) yield { start, end: text.length };
}
