import { ratio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { add, emptySums, ranked, type Sums } from '#modules/dispatch/server/public.ts';
import type { MonthCells, SnapshotRow } from '#modules/snapshots/server/public.ts';
import type { EditionBody, EditionGroup, EditionProject, EditionSums } from '../body.ts';

/** What a month is made of, besides its cells; gathered by `collect.ts`. */
export interface EditionInput {
  cells: MonthCells;
  /** The month before, for movements; null where it was never frozen. */
  before: MonthCells | null;
  /** Whole yuan done by the same day a year before, by the key of a group (`city`, `county:<id>` …). */
  lastYear: ReadonlyMap<string, number> | null;
  headquarters: string;
  ruleSetName: Words;
  /** What each rule of the set in force is called. */
  ruleNames: ReadonlyMap<string, Words>;
  indicators: EditionBody['indicators'];
  rankings: EditionBody['rankings'];
  boardLists: EditionBody['boardLists'];
  scores: EditionBody['scores'];
  challenges: EditionBody['challenges'];
  matters: EditionBody['matters'];
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const isCounted = (row: SnapshotRow): boolean =>
  row.parentId === null && row.light !== null && row.stage !== 'terminated' && row.stage !== 'withdrawn';

const groupings = {
  counties: { prefix: 'county', key: 'countyUnitId', name: 'countyName' },
  commands: { prefix: 'command', key: 'commandUnitId', name: 'commandName' },
  boards: { prefix: 'board', key: 'board', name: 'board' },
  leads: { prefix: 'lead', key: 'leadName', name: 'leadName' },
} as const;
type Grouping = keyof typeof groupings;

/** Done in the month: a package without a filing of its own has its items'. */
function monthOfEach(rows: readonly SnapshotRow[]): Map<string, number> {
  const found = new Map<string, number>();
  const ofItems = new Map<string, number>();
  for (const row of rows) {
    const yuan = number(row.monthYuan);
    if (yuan === null) continue;
    found.set(row.id, yuan);
    if (typeof row.parentId === 'string') ofItems.set(row.parentId, (ofItems.get(row.parentId) ?? 0) + yuan);
  }
  for (const [id, yuan] of ofItems) if (!found.has(id)) found.set(id, yuan);
  return found;
}

interface Collected {
  sums: Sums;
  monthYuan: number;
  totalYuan: number;
}

const begin = (key: string | null): Collected => ({ sums: emptySums(key), monthYuan: 0, totalYuan: 0 });

function collect(row: SnapshotRow, months: ReadonlyMap<string, number>, into: Collected): void {
  add(into.sums, {
    childCount: number(row.childCount) ?? 0,
    planYuan: number(row.yearPlanYuan),
    doneYuan: number(row.yearDoneYuan),
    light: row.light as EditionProject['light'],
  });
  // As with the year's figure, money without a plan is no part of a rate.
  if (number(row.yearPlanYuan)) into.monthYuan += months.get(row.id) ?? 0;
  into.totalYuan += number(row.totalYuan) ?? 0;
}

const sumsOf = ({ sums, monthYuan, totalYuan }: Collected, lastYearYuan: number | null): EditionSums => ({
  projects: sums.projects,
  items: sums.items,
  planYuan: sums.planYuan,
  monthYuan,
  doneYuan: sums.doneYuan,
  lastYearYuan,
  totalYuan,
  lights: sums.lights,
});

function wholeOf(rows: readonly SnapshotRow[], lastYear: ReadonlyMap<string, number> | null): EditionSums {
  const months = monthOfEach(rows);
  const whole = begin(null);
  for (const row of rows) if (isCounted(row)) collect(row, months, whole);
  return sumsOf(whole, lastYear?.get('city') ?? null);
}

const zero = { n: 0n, d: 1n };

/** Groups by rank, those without one after them; ranks of the month before beside them. */
function groupsOf(input: EditionInput, which: Grouping): EditionGroup[] {
  const { prefix, key: keyField, name: nameField } = groupings[which];
  const names = new Map<string, string>();
  const collectBy = (rows: readonly SnapshotRow[]) => {
    const months = monthOfEach(rows);
    const found = new Map<string | null, Collected>();
    for (const row of rows) {
      if (!isCounted(row)) continue;
      const key = text(row[keyField]);
      const name = text(row[nameField]);
      if (key !== null && name !== null && !names.has(key)) names.set(key, name);
      const group = found.get(key) ?? begin(key);
      found.set(key, group);
      collect(row, months, group);
    }
    return found;
  };
  const placesOf = (found: ReadonlyMap<string | null, Collected>) =>
    new Map(
      ranked(
        [...found.values()].map((g) => g.sums),
        () => null,
        zero,
      ).map((g) => [g.key, g.rank]),
    );
  const now = collectBy(input.cells.rows);
  const places = placesOf(now);
  const earlier = input.before ? placesOf(collectBy(input.before.rows)) : null;
  return [...now]
    .map(([key, group]) => ({
      key,
      name: key === null ? '' : (names.get(key) ?? key),
      rank: places.get(key) ?? null,
      previousRank: earlier?.get(key) ?? null,
      ...sumsOf(group, (key === null ? null : input.lastYear?.get(`${prefix}:${key}`)) ?? null),
    }))
    .sort(
      (a, b) =>
        (a.rank ?? 1e9) - (b.rank ?? 1e9) ||
        Number(a.key === null) - Number(b.key === null) ||
        b.planYuan - a.planYuan ||
        ((a.key ?? '') < (b.key ?? '') ? -1 : 1),
    );
}

function projectsOf({ cells, before, ruleNames }: EditionInput): EditionProject[] {
  const months = monthOfEach(cells.rows);
  const lightsBefore = new Map(before?.rows.map((row) => [row.id, text(row.light)]));
  return cells.rows
    .filter(isCounted)
    .map((row) => ({
      id: row.id,
      serial: Number(row.serial),
      code: text(row.code),
      name: String(row.name),
      demo: row.demo === true,
      county: text(row.countyName),
      command: text(row.commandName),
      lead: text(row.leadName),
      board: text(row.board),
      tier: text(row.tiers),
      planKind: text(row.planKind),
      stage: String(row.stage),
      totalYuan: number(row.totalYuan),
      planYuan: number(row.yearPlanYuan),
      monthYuan: months.get(row.id) ?? null,
      doneYuan: number(row.yearDoneYuan),
      light: row.light as EditionProject['light'],
      cause: text(row.lightCause),
      why: ruleNames.get(text(row.lightCause) ?? '') ?? null,
      previousLight: lightsBefore.get(row.id) ?? null,
      startPlanned: text(row.startPlanned),
      startActual: text(row.startActual),
      finishPlanned: text(row.finishPlanned),
      finishActual: text(row.finishActual),
      enrolledOn: text(row.enrolledOn),
      progressText: text(row.imageProgress),
      problemText: text(row.problems),
      filing: text(row.filingState) ?? 'none',
    }))
    .sort((a, b) => a.serial - b.serial || (a.id < b.id ? -1 : 1));
}

/**
 * One month of dispatch out of its cells and what others worked out for it. Pure: no clock, no chance, no database, so the
 * same inputs give the same body whenever it is worked out.
 */
export function composeEdition(input: EditionInput): EditionBody {
  const { head, rows, snapshot, missing } = input.cells;
  const [year, month] = head.period.split('-').map(Number) as [number, number];
  const clock = ratio(head.clock.n, head.clock.d);
  const states = rows.map((row) => row.filingState);
  const filed = states.filter((state) => state === 'accepted').length;
  return {
    schema: 'guatu.edition/1',
    period: head.period,
    year,
    month,
    day: head.day,
    city: head.city,
    headquarters: input.headquarters,
    snapshot: {
      id: snapshot?.id ?? '',
      version: snapshot?.version ?? 0,
      hash: snapshot?.hash ?? '',
      // A trial is named by its day alone: two trials of the same figures are the same bytes.
      asOf: snapshot ? head.asOf : '',
    },
    ruleSet: {
      code: head.ruleSet.code,
      version: head.ruleSet.version,
      name: input.ruleSetName,
      clock: head.clock.kind,
    },
    clock: { n: Number(clock.n), d: Number(clock.d) },
    completeness: {
      due: filed + missing.length,
      filed,
      exempt: states.filter((state) => state === 'exempt').length,
      missing: missing
        .map((m) => ({ id: m.projectId, name: m.projectName, unit: m.unitName }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    },
    total: wholeOf(rows, input.lastYear),
    previous: input.before && {
      ...wholeOf(input.before.rows, null),
      snapshotId: input.before.snapshot?.id ?? '',
      snapshotVersion: input.before.snapshot?.version ?? 0,
    },
    counties: groupsOf(input, 'counties'),
    commands: groupsOf(input, 'commands'),
    boards: groupsOf(input, 'boards'),
    leads: groupsOf(input, 'leads'),
    projects: projectsOf(input),
    indicators: input.indicators,
    rankings: input.rankings,
    boardLists: input.boardLists,
    scores: input.scores,
    challenges: input.challenges,
    matters: input.matters,
  };
}
