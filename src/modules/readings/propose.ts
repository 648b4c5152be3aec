import type { KnownNames, Mark, Pledge, Reading, Span } from '#modules/bulletins/contract.ts';
import type { Values } from './contract.ts';

/** What the reader proposes; `key` is its kind and its place in the original, which no later learning moves. */
export interface Proposed {
  key: string;
  kind: Values['kind'];
  span: Span;
  original: Span;
  text: string;
  values: Values;
}

type Place = (span: Span) => Span;
/** No title of a matter is longer than a table can hold. */
const longest = 200;

/** What a person may take from a document: requirements, promises, facts of the register, and names that nobody knows yet. */
export function proposalsOf(reading: Reading, known: KnownNames, inOriginal: Place): Proposed[] {
  const make = (span: Span, values: Values, more = ''): Proposed => {
    const original = inOriginal(span);
    const text = reading.text.clean.slice(span.start, span.end);
    return {
      key: `${values.kind}:${original.start}-${original.end}${more}`,
      kind: values.kind,
      span,
      original,
      text,
      values,
    };
  };
  const near = nearby(reading.marks);
  const found = [
    ...reading.marks.filter((m) => m.kind === 'requirement').map((m) => make(m.span, requirementOf(m, near))),
    ...reading.promises.flatMap((p) =>
      pledgesOf(p).map((values) =>
        make(p.span, values, values.kind === 'fact' ? `:${values.field}` : `:${p.what}:${p.project}`),
      ),
    ),
    ...totalsOf(reading, near).map(({ span, values }) => make(span, values, ':totalYuan')),
    ...namesOf(reading, known).map(({ span, values }) => make(span, values)),
  ];
  const once = new Map(found.map((p) => [p.key, p]));
  return [...once.values()].sort((a, b) => a.span.start - b.span.start || (a.key < b.key ? -1 : 1));
}

/** Marks that begin in a stretch of the text, in its order: found without looking at all of them, so that reading stays linear. */
type Nearby = (from: number, to: number) => Mark[];
function nearby(marks: readonly Mark[]): Nearby {
  const sorted = marks.toSorted((a, b) => a.span.start - b.span.start);
  return (from, to) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]!.span.start < from) low = middle + 1;
      else high = middle;
    }
    const found: Mark[] = [];
    for (let i = low; i < sorted.length && sorted[i]!.span.start <= to; i += 1) found.push(sorted[i]!);
    return found;
  };
}

/** How far before a requirement whoever it is addressed to may stand, and how long a name may be. */
const reach = 120;
const longestName = 200;

function requirementOf(mark: Mark, near: Nearby): Values {
  const { requirement } = mark;
  const within = near(mark.span.start, mark.span.end).filter((m) => m.span.end <= mark.span.end);
  const isUnit = (m: Mark) => m.kind === 'unit' && Boolean(m.registerId);
  const unit =
    near(mark.span.start - reach - longestName, mark.span.end).find(
      (m) => isUnit(m) && requirement?.who === m.text && isNear(m, mark),
    ) ?? within.find(isUnit);
  const others = within.filter((m) => isUnit(m) && m !== unit);
  const project = within.find((m) => m.kind === 'project' && m.registerId);
  const by = requirement?.by;
  const date = by
    ? near(by.start, by.start).find((m) => m.kind === 'date')
    : within.find((m) => m.kind === 'date' && m.date?.bound !== 'asOf');
  return {
    kind: 'requirement',
    title: (requirement?.what || mark.text).replace(/\s+/g, '').slice(0, longest),
    leadUnitId: unit?.registerId ?? null,
    coUnitIds: [...new Set(others.map((m) => m.registerId!))].filter((id) => id !== unit?.registerId).slice(0, 20),
    projectId: project?.registerId ?? null,
    dueOn: date?.date?.to ?? null,
    hedge: requirement?.hedge ?? null,
  };
}

/** A unit that is spoken to stands before its requirement: in the same sentence or the one before. */
const isNear = (unit: Mark, requirement: Mark): boolean =>
  unit.span.start <= requirement.span.end && requirement.span.start - unit.span.end < reach;

/** A promise; and when it is reported as done, of a known project, the day for the register. */
function pledgesOf(pledge: Pledge): Values[] {
  const promise: Values = {
    kind: 'promise',
    projectId: pledge.registerId,
    projectName: pledge.project.slice(0, longest),
    what: pledge.what,
    by: pledge.by,
    amountYuan: pledge.amountYuan,
    hedge: pledge.hedge,
    speaker: pledge.speaker,
  };
  const field = pledge.what === 'start' ? 'startActual' : pledge.what === 'finish' ? 'finishActual' : null;
  const isDone = pledge.hedge === '已' && pledge.registerId !== null && pledge.by !== null && field !== null;
  return isDone
    ? [promise, { kind: 'fact', projectId: pledge.registerId!, field: field!, value: pledge.by! }]
    : [promise];
}

/** “某项目总投资 12.8 亿元” of a project of the register. */
function totalsOf(reading: Reading, near: Nearby): { span: Span; values: Values }[] {
  return reading.marks.flatMap((mark) => {
    if (mark.kind !== 'amount' || !mark.quantity || mark.quantity.to !== null) return [];
    if (!/总投资/.test(mark.measures?.label ?? '')) return [];
    const project = near(mark.span.start - 40 - longestName, mark.span.start).findLast(
      (m) => m.kind === 'project' && m.registerId && m.span.end <= mark.span.start && mark.span.start - m.span.end < 40,
    );
    const yuan = Number(mark.quantity.value);
    if (!project || !Number.isSafeInteger(yuan) || mark.quantity.bend !== null) return [];
    const between = reading.text.clean.slice(project.span.end, mark.span.start);
    if (/[。；;\n]/.test(between)) return [];
    return [
      {
        span: { start: project.span.start, end: mark.span.end },
        values: { kind: 'fact', projectId: project.registerId!, field: 'totalYuan', value: yuan } satisfies Values,
      },
    ];
  });
}

/** Names found by rule alone, each once: whom they mean only a person can say. */
function namesOf(reading: Reading, known: KnownNames): { span: Span; values: Values }[] {
  const taken = new Set([...known.units, ...known.projects].flatMap((one) => one.names));
  const seen = new Set<string>();
  return reading.marks.flatMap((mark) => {
    if ((mark.kind !== 'unit' && mark.kind !== 'project') || mark.registerId) return [];
    const alias = mark.text.trim().slice(0, 100);
    if (alias.length < 3 || seen.has(alias) || taken.has(alias)) return [];
    seen.add(alias);
    return [
      { span: mark.span, values: { kind: 'name', register: mark.kind, registerId: null, alias } satisfies Values },
    ];
  });
}
