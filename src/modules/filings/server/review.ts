import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { ReviewCycle, ReviewLine, ReviewTab } from '../contract.ts';
import type { FilingState } from '../flow.ts';
import { type Level, levelPermission, levels } from '../levels.ts';
import { severities } from '../validation.ts';
import { listRecentCycles } from './cycle-store.ts';
import { listSurroundings } from './facts.ts';
import { authorOf, hitsOf, lineOf } from './present.ts';
import { insertEvent, listContents, listFilings, setFiling } from './store.ts';
import type { CycleRow } from './tables.ts';
import { advance, levelOf, vacancies } from './turn.ts';

/** Tab of the review page → states in it. */
const tabStates: Record<ReviewTab, readonly FilingState[]> = {
  waiting: ['submitted'],
  elsewhere: ['submitted'],
  returned: ['returned'],
  accepted: ['accepted', 'frozen'],
  missing: ['opened', 'draft', 'checked'],
};

const unitOfLevel: Record<Exclude<Level, 'office'>, RawBuilder<unknown>> = {
  responsibleUnit: sql`coalesce(p.lead_unit_id, p.county_unit_id)`,
  commandPost: sql`p.command_unit_id`,
};

/** True for rows of `filing f` and `pub_project p` that wait at a level at which the caller reviews; as `isReviewerAt`. */
function waitsForCaller(scope: Scope): RawBuilder<boolean> {
  const each = levels.flatMap((level) => {
    const permission = levelPermission[level];
    if (!scope.can(permission)) return [];
    if (level === 'office') return [sql`coalesce(f.level, 'office') = 'office' and ${withinReach(scope, permission)}`];
    const reach = scope.reach(permission);
    if (reach.all) return [sql`f.level = ${level}`];
    const unit = unitOfLevel[level];
    return [
      sql`f.level = ${level} and ${unit} is not null and (${unit} = any(${[...reach.unitIds]}::uuid[]) or p.id = any(${[...reach.projectIds]}::uuid[]))`,
    ];
  });
  return each.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`(${sql.join(
        each.map((c) => sql`(${c})`),
        sql` or `,
      )})`;
}

/** The queue of a cycle: what has the worst hits first, then what waits longest. */
export async function listReview(scope: Scope, cycle: CycleRow, tab: ReviewTab): Promise<ReviewLine[]> {
  const also =
    tab === 'waiting'
      ? waitsForCaller(scope)
      : tab === 'elsewhere'
        ? sql<boolean>`not ${waitsForCaller(scope)}`
        : undefined;
  const rows = await listFilings(scope, 'filings.review', { cycleIds: [cycle.id], states: tabStates[tab], also });
  const around = await listSurroundings(scope, rows);
  const contents = await listContents(
    scope,
    rows.filter((r) => r.state === 'submitted').map((r) => ({ id: r.id, seq: r.seq })),
  );
  const lines = rows.map((row) => {
    const near = around.get(row.id)!;
    const content = contents.get(row.id);
    return { ...lineOf(scope, row, near), hits: content ? hitsOf(row, content, near) : [] };
  });
  // Worst first: more 强制, then more 准强制, and so on; equals by who waits longest.
  const weight = (line: ReviewLine) => severities.map((s) => line.hits.filter((h) => h.severity === s).length);
  return lines.sort((a, b) => {
    const [left, right] = [weight(a), weight(b)];
    for (const [i, n] of left.entries()) if (n !== right[i]) return right[i]! - n;
    return (a.submittedAt ?? '').localeCompare(b.submittedAt ?? '');
  });
}

/** Cycles of the last weeks with what waits for the caller in each and, submitted, at other levels. */
export async function listReviewCycles(scope: Scope): Promise<ReviewCycle[]> {
  const cycles = await listRecentCycles(scope, 45);
  const { rows } = await sql<{ cycleId: string; waiting: number; elsewhere: number }>`
    select f.cycle_id, count(*) filter (where ${waitsForCaller(scope)}) as waiting,
      count(*) filter (where not ${waitsForCaller(scope)}) as elsewhere
    from filings.filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.state = 'submitted' and f.cycle_id = any(${cycles.map((c) => c.id)}::uuid[])
      and ${withinReach(scope, 'filings.review')}
    group by f.cycle_id`.execute(scope.db);
  const counts = new Map(rows.map((row) => [row.cycleId, row]));
  return cycles.map(({ id, kind, period, dueAt }) => ({
    kind,
    period,
    dueAt: dueAt.toISOString(),
    waiting: counts.get(id)?.waiting ?? 0,
    elsewhere: counts.get(id)?.elsewhere ?? 0,
  }));
}

/**
 * Moves on what waits at a level that nobody holds any more: somebody left, a post ended. Written down as a skip, so that
 * it is seen that nobody looked. Returns how many moved.
 */
export async function moveOnFromEmptyLevels(scope: Scope): Promise<number> {
  const rows = (await listFilings(scope, 'filings.review', { states: ['submitted'] })).filter(
    (row) => levelOf(row) !== 'office',
  );
  const vacancy = vacancies(scope);
  let moved = 0;
  for (const row of rows) {
    const why = await vacancy(levelOf(row), row, authorOf(row));
    if (why === null) continue;
    const next = await advance(scope, row, levelOf(row), authorOf(row), vacancy);
    // Whoever looked or did not below, the last word is never given by an empty chair.
    const skipped = [{ level: levelOf(row), why }, ...next.skipped];
    await setFiling(scope, row.id, { level: next.level ?? 'office', levelSince: scope.now });
    await insertEvent(scope, { filingId: row.id, event: 'moveOn', seq: row.seq, skipped });
    moved += 1;
  }
  return moved;
}
