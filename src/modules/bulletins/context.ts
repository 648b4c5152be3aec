import type { Claim, Group, Statements } from './claims.ts';
import type { Figure } from './figures.ts';
import type { Attribute } from './measure.ts';
import type { Months } from './months.ts';
import type { Check, CleanText } from './shapes.ts';
import type { SheetTable } from './table-sheet.ts';

/** Everything that the checks of one document look at, with what is looked up often by attribute. */
export interface Context {
  text: CleanText;
  figures: readonly Figure[];
  statements: Statements;
  tables: readonly SheetTable[];
  documentDate: string | null;
  byAttribute: ReadonlyMap<Attribute, Claim[]>;
  /** Completion rates as worked out, for the gaps that follow them. */
  rates: Map<Claim, Check>;
}

export const listOf = ({ byAttribute }: Context, attribute: Attribute): readonly Claim[] =>
  byAttribute.get(attribute) ?? [];

/** Of a group's claims the first that does not stand before a figure. */
export function indexIn({ claims }: Group, { start }: Figure): number {
  let [low, high] = [0, claims.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (claims[middle]!.figure.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last claims of a group before a figure: groups may be as long as the text, so nobody looks back further. */
export function claimsBefore(group: Group, figure: Figure, most = 60): Claim[] {
  const end = indexIn(group, figure);
  return group.claims.slice(Math.max(0, end - most), end);
}

export const nearestIn = (group: Group, attribute: Attribute, before: Figure, place = 0): Claim | undefined =>
  claimsBefore(group, before).findLast((claim) => claim.attribute === attribute && claim.place === place);

/** Claims of one attribute around a figure in its article: some before it and a few behind. */
export function around(context: Context, attribute: Attribute, claim: Claim, before = 40, behind = 10): Claim[] {
  const list = listOf(context, attribute);
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.figure.start < claim.figure.start) low = middle + 1;
    else high = middle;
  }
  return list
    .slice(Math.max(0, low - before), low + behind)
    .filter((other) => other !== claim && other.group.article === claim.group.article);
}

/** Whether two groups speak of the same projects. */
export function isSame(a: Group, b: Group): boolean {
  if (a === b) return true;
  if (isNobody(a) || isNobody(b)) return false;
  if (a.parent && b.parent && a.parent.subject.key !== b.parent.subject.key) return false;
  if (a.subject.key === b.subject.key) return true;
  const [short, long] = a.subject.key.length < b.subject.key.length ? [a, b] : [b, a];
  if (short.subject.key === '' || !long.subject.key.includes(short.subject.key)) return false;
  const [n, m] = [short, long].map((group) => group.claims.slice(0, 20).find((claim) => claim.attribute === 'count'));
  return n !== undefined && m !== undefined && n.figure.value.equals(m.figure.value) && n.figure.value.greaterThan(1);
}

export const isNobody = (group: Group): boolean => group.subject.words === '';

/** The months a claim is about: its own sentence's, its paragraph's, the title's. */
export function monthsOf(context: Context, claim: Claim): { months: Months; isWritten: boolean } | null {
  if (claim.months) return { months: claim.months, isWritten: true };
  const { paragraphs } = context.statements;
  const own = paragraphs[claim.group.paragraph];
  if (own?.months) return { months: own.months, isWritten: true };
  const title = paragraphs.slice(0, 40).find((p) => p.article === claim.group.article && p.months !== null);
  if (title?.months) return { months: title.months, isWritten: true };
  return null;
}
