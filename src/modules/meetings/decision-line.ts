import type { Day } from '#core/shared/day.ts';
import { type OpenReason, readDeadline, type Workdays } from '#core/shared/official-date.ts';

export interface NamedUnit {
  id: string;
  name: string;
}

export interface DecisionLine {
  /** The decision as it will be cited: the line without its number and without what a bracket says of unit and date. */
  title: string;
  lead: NamedUnit | null;
  co: NamedUnit[];
  /** Words that stand where a unit should and name none that is known: a person chooses. */
  unknown: string[];
  dueOn: Day | null;
  dueWords: string | null;
  /** Why the words about time give no day. */
  dueOpen: OpenReason | null;
}

interface Hit {
  unit: NamedUnit;
  start: number;
  end: number;
}

const before = /(^|[，,；;。：:、（()\s“]|由|请|责成|会同|联合|配合|协助|督促|和|及|与|并|要求|明确)$/;
const after =
  /^($|[，,；;。：:、）)\s”]|牵头|负责|配合|协助|会同|联合|和|及|与|于|要|应|须|在|尽快|抓紧|立即|组织|落实|督促|加快|完成|承办|\d|今年|本月|下月|年内|年底)/;
const helps = /^.{0,2}(配合|协助)/;
const leads = /^.{0,2}(牵头|负责|承办)/;

/**
 * A line of minutes as a decision: its owner, those who help, and its day, recognised from the words. The first unit named
 * leads (先列者为牵头), unless another one is called 牵头; those after 会同, before 配合 or behind an “、” help. Nothing is
 * guessed: a unit that is not known and words that name no day stay open.
 * @param findUnit Units of that name, short name or alias.
 */
export function readDecisionLine(
  line: string,
  {
    on,
    findUnit,
    workdays,
  }: { on: Day; findUnit: (text: string) => readonly NamedUnit[]; workdays?: Workdays | undefined },
): DecisionLine {
  const text = line
    .trim()
    .replace(/^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?[.．、：:]?\s*)(?=\D)/, (found) =>
      /[.．、）)：:]/.test(found) ? '' : found,
    )
    .replace(/^(?:会议)?(?:议定|决定|明确|要求)[:：，,]\s*/, '');
  const hits = unitsIn(text, findUnit);
  const isHelper = (hit: Hit, i: number) => {
    const ahead = text.slice(Math.max(0, hit.start - 2), hit.start);
    return /会同|联合/.test(ahead) || helps.test(restAfter(text, hits, i));
  };
  const isNamedLead = (hit: Hit) =>
    leads.test(text.slice(hit.end)) || /牵头(单位)?[:：]?$/.test(text.slice(0, hit.start));
  const lead = hits.find(isNamedLead) ?? hits.find((hit, i) => !isHelper(hit, i)) ?? null;
  const co = distinct(hits.filter((hit) => hit !== lead && hit.unit.id !== lead?.unit.id).map((hit) => hit.unit));
  const due = readDeadline(text, on, workdays);
  return {
    title: titleOf(text),
    lead: lead?.unit ?? null,
    co,
    unknown: unknownIn(text, hits),
    dueOn: due?.day ?? null,
    dueWords: due?.words ?? null,
    dueOpen: due?.why ?? null,
  };
}

/** What follows a unit, past the other units of the same list: 财政局、住建局配合 makes both help. */
function restAfter(text: string, hits: readonly Hit[], i: number): string {
  let end = hits[i]!.end;
  for (const next of hits.slice(i + 1)) {
    if (!/^[、和及与]$/.test(text.slice(end, next.start))) break;
    end = next.end;
  }
  return text.slice(end);
}

const longest = 24;

/** Every unit named, the longest name at each place. A name counts only where a name can stand, not inside a project's. */
function unitsIn(text: string, findUnit: (text: string) => readonly NamedUnit[]): Hit[] {
  const hits: Hit[] = [];
  for (let start = 0; start < text.length; ) {
    let found: Hit | undefined;
    for (let end = Math.min(text.length, start + longest); end > start + 1 && !found; end--) {
      const words = text.slice(start, end);
      // Marks do not count in a name's key, so that a piece with marks at its ends would match as well.
      if (!/^[\p{L}\p{N}].*[\p{L}\p{N}）)]$/u.test(words)) continue;
      const units = findUnit(words);
      if (units.length !== 1) continue;
      if (!before.test(text.slice(0, start)) || !after.test(text.slice(end))) continue;
      found = { unit: { id: units[0]!.id, name: units[0]!.name }, start, end };
    }
    if (found) hits.push(found);
    start = found ? found.end : start + 1;
  }
  return hits;
}

const unitPlace =
  /(?:由|请|责成|会同|牵头单位[:：]|责任单位[:：]|配合单位[:：])\s*([^，,；;。：:（()）\s]{2,40}?)(?=牵头|负责|配合|协助|会同|尽快|抓紧|于|[，,；;。）)]|$)/g;

function unknownIn(text: string, hits: readonly Hit[]): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(unitPlace)) {
    const from = match.index + match[0].length - match[1]!.length;
    let at = from;
    for (const part of match[1]!.split(/([、和及与])/)) {
      const isMark = /^[、和及与]$/.test(part);
      const covered = hits.some((hit) => hit.start < at + part.length && hit.end > at);
      if (
        !isMark &&
        part.length >= 2 &&
        !covered &&
        /(局|委|办|厅|部|院|会|县|市|区|镇|公司|中心|政府|银行|集团|队|所|站)$/.test(part)
      )
        words.push(part);
      at += part.length;
    }
  }
  return [...new Set(words)];
}

const titleOf = (text: string): string =>
  text
    .replace(/[（(][^（()）]*(?:责任单位|牵头单位|完成时限|配合单位)[^（()）]*[）)]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

const distinct = (units: readonly NamedUnit[]): NamedUnit[] => [
  ...new Map(units.map((unit) => [unit.id, unit])).values(),
];
