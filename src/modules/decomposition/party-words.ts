import { type Span, trimSpan } from '#core/shared/document-text.ts';

/** A unit or person as named in the text, with its place. */
export interface Party extends Span {
  text: string;
}

export interface Parties {
  /** 先列者为牵头: the unit named first leads, unless the words say who does. */
  lead: Party | null;
  co: Party[];
  leader: Party | null;
  handler: Party | null;
  /** 完成时限：…, where the words of the limit stand among the parties. */
  due: Party | null;
}

const none: Parties = { lead: null, co: [], leader: null, handler: null, due: null };

const ending =
  '局|委|办|厅|院|中心|集团|公司|部|会|政府|单位|部门|社|队|馆|所|银行|学校|大学|区|县|市|镇|乡|街道|组|专班|指挥部|处|站|台|署|分局|支队|办公室|委员会|业主|平台';
const unitLike = new RegExp(`^(?:各|有关|相关|市直)?[\\p{Script=Han}A-Za-z0-9“”（）()·]{1,24}(?:${ending})$`, 'u');
/** Verbs that no unit carries in its name, so that “加快建设示范区” is not taken for one. */
const verbLike = /加快|推进|完成|确保|力争|落实|建设好|打造|提升|按照|根据|纳入|加强|做好|实施|围绕|聚焦/;

export const isUnitLike = (words: string): boolean =>
  unitLike.test(words) && !verbLike.test(words) && !/[，。；：]/.test(words);

const separator =
  /[、，,；;／/\n\s\u3000]+|(?<=[局委办院部会]|中心|集团|公司|政府|单位|指挥部)(?:以及|及|和|与|会同)(?=[市县区省各相有])/;
const before = /^(?:由|以及|及|和|会同|其他|其它)(?=[市县区省各相有])/;
const behind =
  /(?:（牵头）|\(牵头\)|等(?:有关|相关)?(?:市直)?(?:单位|部门)?(?:按照?职责(?:分工)?)?(?:负责|落实|配合)?|牵头(?:负责|组织)?|按照?职责(?:分工)?(?:负责|落实)?|分工负责|配合|协助|参与|负责|承办|落实)+$/;

/** The units named in a list, in order, each with its place; words around them (由…牵头, 等按职责分工) left out. */
export function listParties(text: string, { start, end }: Span): Party[] {
  const found: Party[] = [];
  for (const piece of pieces(text, start, end)) {
    let span = trimSpan(text, piece);
    const lead = before.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
    span = { ...span, start: span.start + lead };
    const tail = behind.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
    span = trimSpan(text, { ...span, end: span.end - tail });
    const words = text.slice(span.start, span.end);
    if (/\p{Script=Han}|[A-Za-z]/u.test(words) && !/^(?:—+|无|等|待定)$/.test(words))
      found.push({ ...span, text: words });
  }
  return found;
}

/** Cut at separators outside brackets: 市商务粮食局（市投促中心、口岸办）is one. */
function pieces(text: string, start: number, end: number): Span[] {
  const found: Span[] = [];
  let [from, depth] = [start, 0];
  for (let at = start; at < end; at += 1) {
    if (/[（(]/.test(text[at]!)) depth += 1;
    else if (/[)）]/.test(text[at]!)) depth -= 1;
  }
  // Brackets that do not close count as text.
  const isBalanced = depth === 0;
  depth = 0;
  for (let at = start; at < end; ) {
    const char = text[at]!;
    if (isBalanced && /[（(]/.test(char)) depth += 1;
    else if (isBalanced && /[)）]/.test(char)) depth -= 1;
    const cut = depth === 0 ? cutAt(text, at, end) : 0;
    if (cut > 0) {
      found.push({ start: from, end: at });
      at += cut;
      from = at;
    } else at += 1;
  }
  found.push({ start: from, end });
  return found.filter((span) => span.end > span.start);
}

const cutter = new RegExp(separator.source, 'y');
function cutAt(text: string, at: number, end: number): number {
  cutter.lastIndex = at;
  const cut = cutter.exec(text)?.[0].length ?? 0;
  return Math.min(cut, end - at);
}

const labels: [keyof Parties | 'responsible', RegExp][] = [
  ['leader', /^(?:牵头(?:市|区|县)?领导|责任领导|分管(?:市)?领导|包联领导|市领导|挂帅领导|牵头部领导)$/],
  ['lead', /^(?:牵头(?:责任)?(?:单位|部门|科室)?|主办(?:单位|部门)|主责单位)$/],
  ['co', /^(?:配合(?:责任)?(?:单位|部门|科室)?|协办(?:单位|部门)|参与单位|协同单位|责任配合单位)$/],
  ['responsible', /^(?:责任(?:单位|部门|科室|主体)|承办(?:单位|部门)|落实单位|实施单位)$/],
  ['handler', /^(?:责任人|具体责任人|联系人|经办人|负责人)$/],
  ['due', /^(?:完成时限|完成时间|办结时限|时限|时间要求|截止时间)$/],
];
const label = /(?:^|[；;，,。\s\n（(])\s*([\p{Script=Han}（）()]{2,10})\s*[：:]/gu;

/**
 * Who does it, from the words of a cell, a bracket or a line: “市发改委牵头，市财政局配合”, “牵头单位：…；责任单位：…”,
 * “市住建局、市城管局按职责分工负责”, “市发改委（牵头）、市财政局”. `certain` is false where nothing says that it names units at
 * all: then every piece must look like one, else the answer has none.
 */
export function readParties(text: string, span: Span, { isCertain = true } = {}): Parties {
  const words = text.slice(span.start, span.end);
  const labelled = readLabels(text, span);
  if (labelled) return labelled;
  const list = listParties(text, span);
  const said = /牵头|配合|负责|承办|落实|协助/.test(words);
  if (
    !isCertain &&
    !(list.length > 0 && (said ? list.some((p) => isUnitLike(p.text)) : list.every((p) => isUnitLike(p.text))))
  )
    return none;
  if (list.length === 0) return none;
  // Who stands right before 牵头 leads, wherever in the list.
  const leads = list.filter((party) => /^(?:（牵头）|\(牵头\)|牵头)/.test(text.slice(party.end, span.end).trimStart()));
  // “市发改委、市财政局牵头”: of several that lead together, the first.
  const named = leads[0];
  const first = named && isJoint(text, list, named) ? list[0]! : (named ?? list[0]!);
  return { ...none, lead: first, co: list.filter((party) => party !== first) };
}

/** Whether everything before the one with 牵头 is joined to it by 、: they lead together. */
function isJoint(text: string, list: readonly Party[], lead: Party): boolean {
  const between = text.slice(list[0]!.end, lead.start);
  return list[0] !== lead && !/[，,；;。（(]/.test(between);
}

function readLabels(text: string, span: Span): Parties | undefined {
  const words = text.slice(span.start, span.end);
  const marks = [...words.matchAll(label)].flatMap((m) => {
    const name = m[1]!.replace(/[（）()]/g, '');
    const role = labels.find(([, known]) => known.test(name))?.[0];
    if (!role) return [];
    return [{ role, at: m.index + m[0].indexOf(m[1]!), from: m.index + m[0].length }];
  });
  if (marks.length === 0) return undefined;
  const made: Parties = { ...none };
  const co: Party[] = [];
  let responsible: Party[] = [];
  for (const [index, mark] of marks.entries()) {
    const part = { start: span.start + mark.from, end: span.start + (marks[index + 1]?.at ?? words.length) };
    const tidy = trimSpan(text, {
      ...part,
      end: part.end - (/[；;，,。\s（(]+$/.exec(text.slice(part.start, part.end))?.[0].length ?? 0),
    });
    const whole = { ...tidy, text: text.slice(tidy.start, tidy.end) };
    if (tidy.end <= tidy.start) continue;
    if (mark.role === 'leader' || mark.role === 'handler' || mark.role === 'due') made[mark.role] = whole;
    else if (mark.role === 'lead') {
      const [first, ...rest] = listParties(text, tidy);
      made.lead = first ?? null;
      co.push(...rest);
    } else if (mark.role === 'co') co.push(...listParties(text, tidy));
    else responsible = listParties(text, tidy);
  }
  if (!made.lead && responsible.length > 0) [made.lead, ...responsible] = responsible as [Party, ...Party[]];
  made.co = [...co, ...responsible];
  return made;
}
