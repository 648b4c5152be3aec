import {
  type Block,
  type DocumentText,
  listNumber,
  type Paragraph,
  type Span,
  trimSpan,
} from '#core/shared/document-text.ts';
import { type OfficialDate, officialDates } from '#core/shared/official-date.ts';
import { isOrder, isReportHeading, leadInLength } from './order-words.ts';
import { type Parties, type Party, readParties } from './party-words.ts';
import type { FieldSpan, ProposedRow, SpanField } from './proposal.ts';
import { quantitiesIn } from './quantity.ts';
import { goalsIn } from './quarter-goals.ts';
import { bracketsIn, clausesIn, closingBracket, sentencesIn } from './sentence.ts';
import type { RuleContext } from './table-rows.ts';

/** A piece of text that may be one task: sentences that belong together, with those who do it. */
interface Piece {
  span: Span;
  isItem: boolean;
  /** The heading that is the name of the task, when it has one of its own. */
  name: Span | null;
  category: Span | null;
  isReport: boolean;
  parties: Parties | null;
}

/** What a work report, minutes or a speech orders, one row each. Sections that look back propose nothing. */
export function proposeFromProse(document: DocumentText, context: RuleContext): ProposedRow[] {
  return piecesOf(document).flatMap((piece) => rowOf(document, piece, context) ?? []);
}

// ── Pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function piecesOf({ text, blocks }: DocumentText): Piece[] {
  const pieces: Piece[] = [];
  const headings: { level: number; words: Span; isReport: boolean }[] = [];
  let item: { piece: Piece; level: number; isNameOnly: boolean } | undefined;

  const under = (level: number) => {
    while (headings.length > 0 && headings.at(-1)!.level >= level) headings.pop();
  };
  const place = () => ({
    category: headings.findLast((h) => h.level > 0)?.words ?? null,
    isReport: headings.some((h) => h.isReport),
  });
  const open = (level: number, words: Span) => {
    under(level);
    headings.push({ level, words, isReport: isReportHeading(text.slice(words.start, words.end)) });
  };
  const add = (piece: Omit<Piece, 'category' | 'isReport' | 'parties'>): Piece => {
    const made = { ...piece, ...place(), parties: null };
    pieces.push(made);
    return made;
  };

  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'table') {
      item = undefined;
      continue;
    }
    const parties = partyLine(text, block);
    if (parties) {
      setParties(pieces, item?.piece, parties);
      continue;
    }
    const number = block.number === undefined ? undefined : listNumber(text.slice(block.start, block.end));
    const words = { start: block.start + (number?.length ?? 0), end: block.end };
    // An item whose own list follows is a heading of that list.
    if (item && number && number.level > item.level && item.isNameOnly) {
      const name = item.piece.name ?? item.piece.span;
      pieces.splice(pieces.indexOf(item.piece), 1);
      open(item.level, name);
      item = undefined;
    }
    if (block.kind === 'heading') {
      const hasBody = isBody(blocks[index + 1]);
      if (block.level >= 3 && hasBody) {
        under(block.level);
        item = { piece: add({ span: words, name: words, isItem: true }), level: block.level, isNameOnly: true };
      } else if (block.level >= 3 && number) {
        under(block.level);
        item = { piece: add({ span: words, name: null, isItem: true }), level: block.level, isNameOnly: true };
      } else {
        item = undefined;
        open(Math.max(block.level, 0), words);
      }
      continue;
    }
    if (number && number.level >= 3) {
      under(number.level);
      const isNameOnly =
        sentencesIn(text, words).length === 1 &&
        !/[（(].*(?:牵头|负责|责任|配合)/.test(text.slice(words.start, words.end));
      item = { piece: add({ span: words, name: null, isItem: true }), level: number.level, isNameOnly };
      splitByParties(text, pieces);
      continue;
    }
    if (number) {
      item = undefined;
      const [first, ...rest] = sentencesIn(text, words);
      if (first && rest.length > 0 && first.end - first.start <= 32) {
        open(number.level, trimSpan(text, { start: first.start, end: first.end - 1 }));
        addSentences(text, rest, add);
      } else {
        under(number.level);
        addSentences(text, first ? [first, ...rest] : [], add);
      }
      continue;
    }
    if (item?.piece.name) {
      item.piece.span = { start: item.piece.span.start, end: block.end };
      item.isNameOnly = false;
      continue;
    }
    item = undefined;
    addSentences(text, sentencesIn(text, block), add);
  }
  return pieces;
}

const isBody = (block: Block | undefined): boolean => block?.kind === 'paragraph' && block.number === undefined;

/** Sentences of one paragraph; what stands in the bracket at its end is said of all of them that name nobody. */
function addSentences(
  text: string,
  sentences: readonly Span[],
  add: (piece: Omit<Piece, 'category' | 'isReport' | 'parties'>) => Piece,
): void {
  const made = sentences.map((span) => {
    const isItem =
      /^(?:[\u2460-\u2473]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,2}[是要])/.test(
        text.slice(span.start, span.end),
      );
    return add({ span, name: null, isItem });
  });
  let from = 0;
  for (const [index, piece] of made.entries()) {
    const found = bracketParties(text, piece.span);
    if (!found) continue;
    // A bracket behind the full stop speaks of the sentences before it as well.
    const isBehindStop = /[。；;]\s*[（(]/.test(text.slice(found.before - 1, found.at + 1));
    for (const earlier of isBehindStop ? made.slice(from, index) : []) earlier.parties ??= found.parties;
    piece.parties = found.parties;
    from = index + 1;
  }
}

/** A numbered item with several brackets of parties holds several tasks. */
function splitByParties(text: string, pieces: Piece[]): void {
  const item = pieces.at(-1)!;
  const marked = sentencesIn(text, item.span).filter((sentence) => bracketParties(text, sentence));
  if (marked.length < 2) return;
  pieces.pop();
  let start = item.span.start;
  for (const [index, sentence] of marked.entries()) {
    const end = index === marked.length - 1 ? item.span.end : sentence.end;
    pieces.push({ ...item, span: trimSpan(text, { start, end }) });
    start = end;
  }
}

/** “责任单位：市住建局、市城管局” on a line of its own. */
function partyLine(text: string, block: Paragraph | Block): Parties | undefined {
  if (block.kind === 'table') return undefined;
  const line = text.slice(block.start, block.end).replace(/^[（(]|[)）]$/g, '');
  const isLine = /^(?:牵头|责任|配合|协办|主办|承办|落实|完成|办结)[\p{Script=Han}（）()]{0,8}[：:]/u.test(line);
  const isBracket =
    /[（(]/.test(text[block.start]!) &&
    closingBracket(text, block.start, block.end) === block.end - 1 &&
    /牵头|配合|负责/.test(line);
  if (!isLine && !isBracket) return undefined;
  const inside = isBracket ? { start: block.start + 1, end: block.end - 1 } : block;
  const parties = readParties(text, inside, { isCertain: isLine });
  return parties.lead || parties.leader || parties.due || parties.co.length > 0 ? parties : undefined;
}

function setParties(pieces: readonly Piece[], item: Piece | undefined, parties: Parties): void {
  const last = item ?? pieces.at(-1);
  if (!last) return;
  const known = last.parties;
  last.parties = known
    ? {
        lead: known.lead ?? parties.lead,
        co: [...known.co, ...parties.co],
        leader: known.leader ?? parties.leader,
        handler: known.handler ?? parties.handler,
        due: known.due ?? parties.due,
      }
    : parties;
}

/** The last bracket that names who does it, and where it stands. */
function bracketParties(
  text: string,
  span: Span,
): { parties: Parties; at: number; end: number; before: number } | undefined {
  for (const bracket of bracketsIn(text, span).toReversed()) {
    const parties = readParties(text, bracket.inside, { isCertain: false });
    if (parties.lead || parties.co.length > 0 || parties.leader)
      return { parties, at: bracket.start, end: bracket.end, before: text.slice(0, bracket.start).trimEnd().length };
  }
  return undefined;
}

// ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const longestTitle = 60;

function rowOf(document: DocumentText, piece: Piece, context: RuleContext): ProposedRow | undefined {
  const { text } = document;
  const { on, ownYear, workdays } = context;
  const own = bracketParties(text, piece.span);
  const parties = piece.parties ?? own?.parties ?? partiesInSentence(text, piece.span);
  // What is said, without the bracket of parties at its end.
  const said = withoutStop(
    text,
    own && own.at > piece.span.start ? { start: piece.span.start, end: own.before } : piece.span,
  );
  const words = text.slice(said.start, said.end);
  // “一要谋划好。” names no task.
  if (words.length < 8 && !own) return undefined;
  // Words may go on behind the bracket: “…（市发改委牵头），三季度末完成”.
  const goesOn = own !== undefined && piece.span.end - own.end > 3;
  const read = goesOn ? piece.span : said;
  const dates = officialDates(text.slice(read.start, read.end), on, workdays, ownYear).map((date) => ({
    ...date,
    start: date.start + read.start,
    end: date.end + read.start,
  }));
  const quantities = quantitiesIn(text.slice(read.start, read.end), read.start);
  const due = dueOf(text, parties, dates, context);
  const hasParties = parties !== null && (parties.lead !== null || parties.co.length > 0);
  const hasLimit = due !== null && (due.day === null || due.day >= on);
  const signs = { hasLimit, hasAmount: quantities.length > 0, hasParties, isItem: piece.isItem };
  if (piece.isReport && !hasParties) return undefined;
  if (!isOrder(words, signs)) return undefined;

  const spans: FieldSpan[] = [];
  const mark = (field: SpanField, span: Span | null | undefined): string | null => {
    if (!span) return null;
    spans.push({ field, start: span.start, end: span.end, text: text.slice(span.start, span.end) });
    return spans.at(-1)!.text;
  };
  mark('text', piece.span);
  const title = titleSpan(text, said, piece.name);
  const titleText = mark('title', title)!;
  const targetText = mark('target', targetSpan(text, said, title));
  const category = mark('category', piece.category);
  const leadText = mark('lead', parties?.lead);
  const co = (parties?.co ?? []).filter((party) => party.text !== parties?.lead?.text);
  for (const party of co) mark('co', party);
  const leaderText = mark('leader', parties?.leader);
  const handlerText = mark('handler', parties?.handler);
  if (due) mark('due', due);
  const goals = goalsIn(text, said, on, ownYear);
  for (const goal of goals) mark('quarter', goal.span);
  return {
    title: titleText.replace(/\s*\n\s*/g, ''),
    target: targetText,
    quantities,
    category,
    leadText,
    coTexts: co.map((party) => party.text),
    leaderText,
    handlerText,
    dueOn: due?.day ?? null,
    dueWords: due?.words ?? null,
    dueWhy: due?.why ?? null,
    goals: goals.map(({ span: _, ...goal }) => goal),
    spans,
  };
}

const withoutStop = (text: string, span: Span): Span => {
  const tail = /[。；;，,：:\s]+$/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  return trimSpan(text, { start: span.start, end: span.end - tail });
};

type Due = Pick<OfficialDate, 'day' | 'why' | 'words'> & Span;

/**
 * The limit of a task: what stands behind 完成时限, else the last limit with a day, else a day still to come that is mentioned
 * (三季度开工), else what had to stay open.
 */
function dueOf(
  text: string,
  parties: Parties | null,
  dates: readonly OfficialDate[],
  context: RuleContext,
): Due | null {
  if (parties?.due) {
    const { start, end } = parties.due;
    const [date] = officialDates(text.slice(start, end), context.on, context.workdays, context.ownYear).toReversed();
    return date
      ? { ...date, start: start + date.start, end: start + date.end }
      : { day: null, why: 'vague', words: parties.due.text, start, end };
  }
  const latest = (list: readonly OfficialDate[]) =>
    list
      .filter((d) => d.day !== null)
      .toSorted((a, b) => (a.day! < b.day! ? -1 : 1))
      .at(-1);
  const limits = dates.filter((date) => date.isLimit);
  const damaged = dates.find((date) => date.why === 'unreadable' || date.why === 'impossible');
  // A year that is only named (2021年重点) sets no limit.
  const coming = dates.filter((d) => !d.isLimit && d.day !== null && d.day >= context.on && d.precision !== 'year');
  return damaged ?? latest(limits) ?? latest(coming) ?? limits[0] ?? null;
}

/** “由市发改委牵头，市财政局配合，…” and “责成市水利局…” within the sentence. */
function partiesInSentence(text: string, span: Span): Parties | null {
  const words = text.slice(span.start, span.end);
  const by = /(?:由|责成)([^，。；,由]{2,40}?)(?:牵头|负责|落实|(?=于|在|尽快|抓紧|限期|制定|加快|会同))/.exec(words);
  if (!by) return null;
  const start = span.start + by.index + by[0].indexOf(by[1]!);
  const parties = readParties(text, { start, end: start + by[1]!.length }, { isCertain: false });
  if (!parties.lead) return null;
  const helpers = /[，,]\s*([^，。；,]{2,60}?)(?:配合|协助|参与)/.exec(words.slice(by.index + by[0].length));
  if (!helpers) return parties;
  const from = span.start + by.index + by[0].length + helpers.index + helpers[0].indexOf(helpers[1]!);
  const more = readParties(text, { start: from, end: from + helpers[1]!.length }, { isCertain: false });
  return { ...parties, co: [...parties.co, ...(more.lead ? [more.lead, ...more.co] : more.co)] };
}

/** The first clauses up to about a line; words that only introduce are left out. */
function titleSpan(text: string, said: Span, name: Span | null): Span {
  if (name) return withoutStop(text, name);
  const start = taskStart(text, said);
  const whole = start < said.end ? { start, end: said.end } : said;
  const first = withoutStop(text, sentencesIn(text, whole)[0] ?? whole);
  let end = first.start;
  for (const clause of clausesIn(text, first)) {
    if (end > first.start && (clause.end - first.start > longestTitle || end - first.start >= 12)) break;
    end = clause.end;
  }
  return { start: first.start, end: end > first.start ? end : first.end };
}

/** Where the task itself begins: behind “会议要求，”, “由市发改委牵头，” and “于5月底前”. */
function taskStart(text: string, { start, end }: Span): number {
  let at = start + leadInLength(text.slice(start, end));
  const by =
    /^(?:由[^，。；,]{2,40}?牵头(?:负责)?[，,](?:[^，。；,]{2,60}?(?:配合|协助|参与)[，,])?|责成[^，。；,]{2,24}?(?=于|在|尽快|抓紧|限期|加快|制定|完成))/.exec(
      text.slice(at, end),
    )?.[0];
  at += by?.length ?? 0;
  const said = /^(?:务必|确保|力争)?[于在]?\s*/.exec(text.slice(at, end))![0].length;
  // Only where to begin: which day it is was read already.
  const [date] = officialDates(text.slice(at, at + said + 30), '2021-01-01');
  if (date?.isLimit && date.start === said)
    at += date.end + (/^[，,\s]*/.exec(text.slice(at + date.end, end))?.[0].length ?? 0);
  return at;
}

/** What is said behind the title: how much, by when, in which steps. */
function targetSpan(text: string, said: Span, title: Span): Span | null {
  const from = title.end + (/^[，,。；;：:\s]+/.exec(text.slice(title.end, said.end))?.[0].length ?? 0);
  const rest: Party | Span = trimSpan(text, { start: from, end: said.end });
  return rest.end - rest.start >= 4 ? { start: rest.start, end: rest.end } : null;
}
