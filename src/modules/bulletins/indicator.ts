import { comparedBy, countedBy, ownLabel, type Said, subjectOf } from './indicator-words.ts';
import type { Mark, TextTable } from './shapes.ts';

const longestClause = 80;
type Found = Omit<Mark, 'id'>;

/** Whom a sentence speaks of, and how many they are: 170个新开项目. */
interface Scope {
  subject: string | null;
  group: string | null;
}

interface Memory extends Scope {
  /** Before 其中: what the next sentence comes back to. */
  outer: Scope | null;
  label: string | null;
  unit: string | null;
  plan: string | null;
  period: string | null;
  year: string | null;
  /** In a row of parts: A投资3亿元、B投资2亿元. */
  isListed: boolean;
  /** Whom the last 分别 of the sentence told apart. */
  row: (string | null)[];
  series: { labels: (string | null)[]; subjects: (string | null)[]; at: number } | null;
}

const fresh = (): Memory => ({
  subject: null,
  group: null,
  outer: null,
  label: null,
  unit: null,
  plan: null,
  period: null,
  year: null,
  isListed: false,
  row: [],
  series: null,
});

/**
 * What each figure measures, by the words around it: its label, whose it is, what it is a part of, and over which time.
 * A subject holds over commas until another is named; one behind 其中 only to the end of its sentence. Linear.
 */
export function linkIndicators(text: string, marks: Found[], tables: readonly TextTable[] = []): void {
  const cells = cellsOf(tables);
  let now = fresh();
  let [lastEnd, depth] = [0, 0];
  let first: string | null = null;
  let previous: Found | undefined;
  for (const mark of marks) {
    if (mark.kind === 'date') {
      const between = text.slice(Math.max(lastEnd, mark.span.start - 400), mark.span.start);
      if (between.includes('\n')) now = { ...fresh(), period: first };
      else if (between.includes('。')) now = nextSentence(now);
      if (!isPeriod(text, mark)) continue;
      first ??= mark.date!.precision === 'year' ? null : mark.text;
      if (mark.date!.precision === 'year') now.year = mark.text;
      now.period = mark.text;
      continue;
    }
    if (!mark.quantity) continue;
    const between = text.slice(Math.max(lastEnd, mark.span.start - 400), mark.span.start);
    const previousEnd = lastEnd;
    lastEnd = mark.span.end;
    const cell = cells.get(mark.span.start);
    if (cell) {
      mark.measures = {
        label: cell.label,
        span: mark.span,
        subject: cell.subject,
        base: null,
        period: now.period ?? first,
      };
      previous = undefined;
      continue;
    }
    if (between.includes('\n')) {
      // A date behind the line end has been seen already and holds.
      const { period, year } = now;
      [now, depth] = [{ ...fresh(), period: period ?? first, year }, 0];
    } else if (/。/.test(between)) now = nextSentence(now);
    depth = depthAfter(between, depth);
    now.subject ??= openedBy(between);
    if (between.slice(between.lastIndexOf('\n') + 1).includes('其中') && !now.outer)
      now.outer = { subject: now.subject, group: now.group };
    if (between.startsWith('、') && between.length > 1) now.isListed = true;
    else if (now.isListed && /^[,，]/.test(between)) now = { ...now, ...(now.outer ?? {}), isListed: false };
    const from = Math.max(clauseStart(text, mark.span.start), previousEnd);
    link(text, mark, from, previous, now, depth > 0);
    previous = mark;
  }
}

function nextSentence(now: Memory): Memory {
  return { ...now, ...(now.outer ?? {}), outer: null, label: null, unit: null, row: [], series: null };
}

/** Days, deadlines and what is compared with are no time of a measure; nor is “as never since 1994”. */
function isPeriod(text: string, { date, span, text: words }: Found): boolean {
  if (!date || date.bound === 'every' || date.bound === 'before' || date.bound === 'within') return false;
  if (/^(?:去年|上年)|同期|^(?:日前|近日|昨|今[天日晨])/.test(words)) return false;
  const before = text.slice(Math.max(0, span.start - 4), span.start);
  if (/(?:比|较|于|是|为|自|距|预计|计划|力争|确保)$/.test(before)) return false;
  if (/^(?:前|交付|完工|建成|投产|竣工|通车)/.test(text.slice(span.end, span.end + 4))) return false;
  if (date.bound === 'from' && !/今年|年初|开年|[一1]月/.test(words)) return false;
  return date.precision !== 'day' || date.bound === 'asOf';
}

function link(
  text: string,
  mark: Found,
  from: number,
  previous: Found | undefined,
  now: Memory,
  isAside: boolean,
): void {
  const head = text.slice(from, mark.span.start);
  const tail = text.slice(mark.span.end, mark.span.end + 40);
  const follows =
    previous?.measures && /^[、和及与,，或至]$/.test(head) && previous.quantity!.unit === mark.quantity!.unit;
  if (follows) {
    const series = now.series;
    const place = series ? ++series.at : 0;
    put(mark, {
      ...previous.measures!,
      label: series?.labels[place] ?? previous.measures!.label,
      subject: series?.subjects[place] ?? previous.measures!.subject,
    });
    return;
  }
  now.series = null;
  const isRate = mark.kind === 'rate' || mark.kind === 'points' || mark.quantity!.unit === '倍';
  const partOf = isRate && previous?.measures && /^(?:左右)?的(?:比重|比例)?(?:为|达)?$/.test(head);
  if (partOf) {
    const { label, subject } = previous.measures!;
    put(mark, { ...previous.measures!, label: now.label ?? '完成率', subject, base: label, period: now.period });
    return;
  }
  // 亿元以上重点建设项目71个: the limit in front belongs to what is counted.
  const limit = previous && /^(?:及)?以[上下]/.test(head) && !/[,，。；;\n]/.test(head) ? previous.text : '';
  const said = sayOf(limit + head, tail, mark, isRate, now);
  if (!said) return;
  const at = said.isBehind
    ? mark.span.end
    : Math.max(from, mark.span.start - head.length + Math.max(0, head.lastIndexOf(said.words)));
  const length = said.isBehind || head.includes(said.words) ? said.words.length : head.length;
  const measured = settle(said, head, mark, now, isRate, previous);
  put(mark, { ...measured, span: { start: at, end: at + length } });
  const list = /分别/.test(head) ? seriesOf(text, from, mark, head, measured.label, now.row) : null;
  if (list) {
    now.series = { ...list, at: 0 };
    if (list.subjects.length > 0) now.row = list.subjects;
    mark.measures!.label = list.labels[0] ?? mark.measures!.label;
    mark.measures!.subject = list.subjects[0] ?? mark.measures!.subject;
  }
  if (isAside) return;
  if (said.subject !== null && !tail.startsWith('的')) {
    if (said.subject !== now.subject) now.group = null;
    now.subject = said.subject;
  }
  if (said.role === 'group' && said.label) {
    const noun = said.subject ?? said.label;
    // 7个县区, 5条生产线: things that are not spoken of further.
    if ((/(?:项目|工程|企业|问题|任务|类|事项)$/.test(noun) && noun.length > 2) || /[省市县区州家]级$/.test(noun)) {
      now.subject = noun;
      now.group = said.isBehind ? `${mark.text}${noun}` : `${noun}${mark.text}`;
    } else if (/^(?:项目|工程)$/.test(noun)) now.group = `${mark.text}${noun}`;
  }
  if (
    said.change === null &&
    !/^(?:年产|年处理|日处理)/.test(measured.label) &&
    !/^[超快慢低高落欠比较]/.test(measured.label) &&
    !/^[占为]/.test(head)
  )
    [now.label, now.unit] = [measured.label, mark.quantity!.unit];
  if (/计划|目标|任务/.test(measured.label) && mark.kind === 'amount') now.plan = measured.label;
}

/** “全县重点工程进展顺利,完成投资…”: a clause without a figure names whom the next ones speak of. */
const openedBy = (between: string): string | null => {
  const who =
    /(?:^|[\n。,，>])(?<who>[^,，。；;\n\d]{2,20}?(?:项目|工程))(?:建设)?(?:进展|推进|总体|整体|运行|平稳|顺利|加快)/.exec(
      between,
    )?.groups?.who;
  return who ? subjectOf(who) : null;
};

const put = (mark: Found, measures: NonNullable<Mark['measures']>): void => {
  mark.measures = measures;
};

function sayOf(head: string, tail: string, mark: Found, isRate: boolean, now: Memory): Said | null {
  const compared = comparedBy(head, isRate);
  if (compared) return compared;
  const plain = { change: null, isBehind: false, base: null, role: null };
  if (mark.kind === 'count' && !isRate) {
    const isThing = !/里|米|亩|吨|时|瓦|安|公顷/.test(mark.quantity!.unit);
    const own = isThing ? null : ownLabel(head);
    if (own) return { ...plain, ...own, words: own.label };
    // 年产20万吨: part of the name of a work.
    const yearly = /(?:年产|年处理|日处理|总?装机|年加工|日产)$/.exec(head)?.[0];
    if (yearly) return { ...plain, label: yearly, subject: null, words: yearly };
    const isPart = !isThing && now.label !== null && now.unit === mark.quantity!.unit && subjectOf(head) !== null;
    if (isPart) return { ...plain, label: now.label, subject: subjectOf(head), words: head };
    return countedBy(head, tail, now.group !== null);
  }
  // 千万元以上重点项目: an amount that limits what is counted.
  const limited = /^(?:及)?以[上下](?:的)?[^,，。；;\d]{0,14}?(?:项目|工程|企业)/.exec(tail)?.[0];
  if (limited && mark.kind === 'amount' && !ownLabel(head))
    return { ...plain, label: `${mark.text}${limited}`, subject: null, words: limited, isBehind: true };
  const whose = /^的(?<who>[^,，。；;]{2,40}?(?:项目|工程))/.exec(tail)?.groups?.who ?? null;
  const own = ownLabel(head);
  if (own) return { ...plain, ...own, subject: whose ?? own.subject, words: own.label };
  const rest = subjectOf(
    head.replace(/(?:分别|已经|已|共计|合计|累计|共|均)*(?:高达|达到?|约|为|是|近|超过?|[:：])*$/, ''),
  );
  if (rest && now.label !== null && now.unit === mark.quantity!.unit && rest.length <= 24)
    return { ...plain, label: now.label, subject: rest, words: rest };
  if (!rest && now.label !== null) return { ...plain, label: now.label, subject: null, words: head };
  return rest ? { ...plain, label: rest, subject: whose, words: rest } : null;
}

function settle(
  said: Said,
  head: string,
  mark: Found,
  now: Memory,
  isRate: boolean,
  previous?: Found,
): NonNullable<Mark['measures']> {
  const own = said.label ?? (isRate && said.change === null ? (now.label ?? '完成率') : (now.label ?? ''));
  const before = previous?.measures;
  // Points behind a growth are of the growth, behind a share of the share.
  const of =
    mark.kind === 'points' && said.change && !said.label && previous?.kind === 'rate' && before
      ? /(?:增长|下降)$/.test(before.label)
        ? `${own}增速`
        : before.base && !/率$/.test(before.label)
          ? `${before.label}占${before.base}的比例`
          : before.label
      : own;
  const label = `${of}${said.change ?? ''}`;
  const isStateRate = /(?:工|产|约|库|统|结|号|地|用)率$/.test(label);
  const base =
    said.base ??
    (said.role === 'state' || isStateRate ? now.group : /投资完成率|完成率/.test(label) && isRate ? now.plan : null);
  const subject = said.subject ?? (said.role === 'group' ? null : now.subject);
  const isLife = /^(?:[\u3400-\u9fff]{0,4})?总投资$/u.test(label);
  const isYear = /^(?:年度|全年|当年|年计划|本年)/.test(label) && !isRate;
  const isLast = said.change === null && /(?:去年|上年)同期/.test(head);
  const period = isLast ? '去年同期' : isLife ? null : isYear ? (now.year ?? '年度') : now.period;
  return { label, span: mark.span, subject, base, period };
}

/** “甲市、乙市开工率分别为86%和30%”, “开工率、投产率分别为…”: each figure of the row has a name of its own. */
function seriesOf(
  text: string,
  from: number,
  mark: Found,
  head: string,
  label: string,
  row: readonly (string | null)[],
): { labels: (string | null)[]; subjects: (string | null)[] } | null {
  const rest = text.slice(mark.span.end, mark.span.end + 120);
  const more = /^(?:[、和及与,，]\s?[\d.]+[^\d、和及与,，。；;]{0,4})+/.exec(rest)?.[0];
  const size = 1 + (more?.match(/\d+(?:\.\d+)?/g)?.length ?? 0);
  if (size < 2) return null;
  const [front, back] = head.split(/分别/) as [string, string];
  const own = front === '' ? text.slice(clauseStart(text, from - 1), from - 1) : front;
  const items = own.replace(/(?:同比|环比|单月|累计|均)$/, '').split(/[、和及与]/);
  if (items.length < size || /[\d%％]/.test(own))
    return row.length === size && !/月/.test(own) ? { labels: [], subjects: [...row] } : null;
  const words = items.slice(-size).map((item) => subjectOf(item) ?? item);
  // 省、市级重点项目: what both are is told once.
  const parts = words.map((item) =>
    /^[国省市县区州]$/.test(item) && /^[省市县区州]级/.test(words.at(-1)!) ? `${item}${words.at(-1)!.slice(1)}` : item,
  );
  const last = ownLabel(parts.at(-1)!);
  const word = /(?:增长|下降|提高|回落|上升)/.exec(back)?.[0];
  if (
    last &&
    last.subject === null &&
    parts.every((part) => /[\u3400-\u9fff]/.test(part)) &&
    parts.slice(0, -1).every((part) => ownLabel(part) || /率|数|资|额|入/.test(part))
  )
    return {
      labels: parts.map((part) => (word ? `${part}${/同比/.test(head) ? '同比' : ''}${word}` : part)),
      subjects: [],
    };
  return {
    labels: parts.map(() => (last?.subject ? last.label : label)),
    subjects: last?.subject ? [...parts.slice(0, -1), last.subject] : parts,
  };
}

/** The first unit of a clause: behind a comma, but never within brackets that it closes itself. */
function clauseStart(text: string, at: number): number {
  const from = Math.max(0, at - longestClause);
  let depth = 0;
  for (let i = at - 1; i >= from; i -= 1) {
    const char = text[i]!;
    if (/[)）]/.test(char)) depth += 1;
    else if (/[(（]/.test(char)) {
      if (depth === 0) return i + 1;
      depth -= 1;
    } else if (char === '\n' || (depth === 0 && /[,，。；;|]/.test(char))) return i + 1;
    else if (depth === 0 && /[:：]/.test(char) && i < at - 1) return i + 1;
  }
  return from;
}

function depthAfter(words: string, depth: number): number {
  let now = depth;
  for (const char of words) {
    if (char === '(' || char === '（') now += 1;
    else if (char === ')' || char === '）') now = Math.max(0, now - 1);
  }
  return now;
}

/** Figures of tables by where their cell begins: the head of the column is the label, the first cell of the row the subject. */
function cellsOf(tables: readonly TextTable[]): Map<number, { label: string; subject: string | null }> {
  const found = new Map<number, { label: string; subject: string | null }>();
  for (const { rows, headerRows } of tables) {
    const heads: string[] = [];
    for (const row of rows.slice(0, headerRows)) {
      let column = 0;
      for (const cell of row.cells)
        for (let k = 0; k < cell.colSpan; k += 1, column += 1)
          if (cell.text && !heads[column]?.endsWith(cell.text)) heads[column] = `${heads[column] ?? ''}${cell.text}`;
    }
    for (const row of rows.slice(headerRows)) {
      let column = 0;
      const subject = row.cells.find((cell) => /[\u3400-\u9fff]/u.test(cell.text))?.text.replaceAll(' ', '') ?? null;
      for (const cell of row.cells) {
        const label = heads[column]?.replace(/\s/g, '');
        if (label && /^\D{0,2}\d/.test(cell.text)) found.set(cell.span.start, { label, subject });
        column += cell.colSpan;
      }
    }
  }
  return found;
}
