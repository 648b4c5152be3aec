import type { Day } from '#core/shared/day.ts';
import type { Workdays } from '#core/shared/official-date.ts';
import { datesIn } from './date-mark.ts';
import { linkIndicators } from './indicator.ts';
import { type KnownMatch, knownNamesIn } from './known-name.ts';
import { personsIn } from './person-name.ts';
import { projectsIn } from './project-name.ts';
import { quantitiesIn, ranksIn } from './quantity-mark.ts';
import { requirementsIn } from './requirement.ts';
import type { CleanText, KnownNames, Mark, Span } from './shapes.ts';
import { SpanSet } from './span-set.ts';
import { unitsIn } from './unit-name.ts';

export interface MarkOptions {
  /** The document's own day; dates without a year stay open when it is null. */
  documentDate: Day | null;
  known?: KnownNames | undefined;
  workdays?: Workdays | undefined;
}

type Found = Omit<Mark, 'id'>;

/** Addresses, times of the day, numbers of telephones: figures in them are none. */
const figureless =
  /https?:\/\/[^\s\u3400-\u9fff，。；]{1,400}|www\.[^\s\u3400-\u9fff，。；]{1,200}|(?<![\w.-])[\w.-]{1,60}@[\w.-]{1,60}|\d{1,2}:\d{2}(?::\d{2})?|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?!\d)/g;

/**
 * Everything of a clean text that a desk marks, in order: figures, dates, names, requirements, each with its span. Names
 * of the city's register come first and are certain; rules find others and say how sure they are. Nothing is read out
 * of a place that cannot be read. Linear in the length of the text.
 */
export function markText(
  text: Pick<CleanText, 'clean' | 'unreadable'> & Partial<Pick<CleanText, 'tables'>>,
  { documentDate, known, workdays }: MarkOptions,
): Mark[] {
  const { clean } = text;
  const lostSpans = text.unreadable.map(({ span }) => span);
  const lost = new SpanSet(lostSpans);
  const isLost = (span: Span) => lost.touches(span);
  const addresses = Array.from(
    clean.matchAll(figureless),
    (m): Span => ({ start: m.index, end: m.index + m[0].length }),
  );
  const dates = datesIn(clean, { documentDate, workdays }, isLost);
  const noFigure = new SpanSet([...lostSpans, ...addresses, ...dates.map(({ span }) => span)]);
  const ranks = ranksIn(clean, (span) => noFigure.touches(span));
  const rankSpans = new SpanSet(ranks.map(({ span }) => span));
  const quantities = quantitiesIn(clean, (span) => noFigure.touches(span) || rankSpans.touches(span));
  const figures: Found[] = [...dates, ...ranks, ...quantities].toSorted(inOrder);
  linkIndicators(clean, figures, text.tables);
  const names = namesIn(clean, known).filter(({ span }) => !isLost(span));
  const requirements = requirementsIn(
    clean,
    dates.map(({ span }) => span),
  ).map(
    ({ span, requirement, sure }): Found => ({
      kind: 'requirement',
      span,
      text: clean.slice(span.start, span.end),
      requirement,
      sure,
    }),
  );
  return [...figures, ...names, ...requirements].toSorted(inOrder).map((mark, id) => ({ id, ...withoutScope(mark) }));
}

const inOrder = (a: Found, b: Found): number => a.span.start - b.span.start || b.span.end - a.span.end;

const withoutScope = (mark: Found & { scope?: unknown }): Found => {
  const { scope: _, ...rest } = mark;
  return rest;
};

/** Persons, units and projects; where the register and a rule overlap the register counts. */
function namesIn(clean: string, known: KnownNames | undefined): Found[] {
  const matches = known ? knownNamesIn(clean, known) : [];
  const registered = matches.map((match): Found => knownMark(clean, match));
  const taken = new SpanSet(matches);
  const persons = personsIn(clean).filter((person) => !taken.touches(person));
  const personSpans = new SpanSet(persons);
  const projects = projectsIn(clean).filter((project) => !taken.touches(project));
  const projectSpans = new SpanSet(projects);
  const units = unitsIn(clean, (span) => personSpans.touches(span)).filter(
    (unit) => !taken.touches(unit) && !projectSpans.touches(unit),
  );
  const byRule = (kind: 'unit' | 'project', list: readonly (Span & { sure: number })[]): Found[] =>
    list.map(({ start, end, sure }) => ({
      kind,
      span: { start, end },
      text: clean.slice(start, end),
      registerId: null,
      sure,
    }));
  return [
    ...registered,
    ...persons.map(
      ({ start, end, name, post, sure }): Found => ({
        kind: 'person',
        span: { start, end },
        text: clean.slice(start, end),
        registerId: null,
        sure,
        person: { name, post },
      }),
    ),
    ...byRule('project', projects),
    ...byRule('unit', units),
  ];
}

function knownMark(clean: string, { start, end, kind, id, name, posts }: KnownMatch): Found {
  const mark: Found = { kind, span: { start, end }, text: clean.slice(start, end), registerId: id, sure: 1 };
  if (kind !== 'person') return mark;
  const head = clean.slice(Math.max(0, start - 16), start);
  // The post that stands in front of the name; else the one that the register knows.
  const post = posts.find((words) => head.endsWith(words)) ?? posts[0] ?? null;
  return { ...mark, person: { name, post } };
}
