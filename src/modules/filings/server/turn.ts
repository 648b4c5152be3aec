import { conflict, type Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { isWithinReach } from '#modules/projects/server/public.ts';
import {
  type Level,
  type LevelParties,
  levelPermission,
  levels,
  levelsAbove,
  levelWords,
  nextLevel,
  type Skip,
  unitOfLevel,
} from '../levels.ts';
import type { PlacedFiling } from './store.ts';

type Placed = Pick<
  PlacedFiling,
  'projectId' | 'ownerUnitId' | 'leadUnitId' | 'commandUnitId' | 'countyUnitId' | 'chain' | 'level' | 'dueAt'
>;
/** Who filed: nobody reviews what they filed themselves, under whichever account. */
export interface Author {
  accountId: string | null;
  personId: string | null;
}

/** Where a submitted filing waits; what was submitted before there were levels waits for the office. */
export const levelOf = (filing: Pick<PlacedFiling, 'level'>): Level => filing.level ?? 'office';

/** True when the caller reviews at the level for this project. */
export function isReviewerAt(scope: Scope, level: Level, filing: Placed): boolean {
  const permission = levelPermission[level];
  if (!scope.can(permission)) return false;
  if (level === 'office') return isWithinReach(scope, permission, { ...filing, id: filing.projectId });
  const reach = scope.reach(permission);
  if (reach.all) return true;
  const unitId = unitOfLevel(level, filing);
  return unitId !== null && (reach.unitIds.includes(unitId) || reach.projectIds.includes(filing.projectId));
}

/** Levels that are left out for a project; what is asked once is known for all that follow. */
export function vacancies(
  scope: Scope,
): (
  level: Level,
  filing: Pick<Placed, 'projectId' | keyof LevelParties>,
  author: Author,
) => Promise<'noUnit' | 'nobody' | null> {
  const known = new Map<Level, ReturnType<typeof holdersOf>>();
  return async (level, filing, author) => {
    if (level === 'office') return null;
    const unitId = unitOfLevel(level, filing);
    if (unitId === null) return 'noUnit';
    const found = known.get(level) ?? holdersOf(scope, levelPermission[level]);
    known.set(level, found);
    const holders = await (await found)({ unitId, projectId: filing.projectId });
    const others = holders.filter((h) => h.accountId !== author.accountId && h.personId !== author.personId);
    return others.length === 0 ? 'nobody' : null;
  };
}

/** Where a filing goes after `after`, with the levels that nobody holds left out; `level: null` is the end of the chain. */
export async function advance(
  scope: Scope,
  filing: Pick<Placed, 'projectId' | 'chain' | keyof LevelParties>,
  after: Level | null,
  author: Author,
  vacancy = vacancies(scope),
): Promise<{ level: Level | null; skipped: Skip[] }> {
  const empty = new Map<Level, 'noUnit' | 'nobody'>();
  for (const level of levelsAbove(filing.chain, after)) {
    const why = await vacancy(level, filing, author);
    if (why === 'noUnit' || why === 'nobody') empty.set(level, why);
    else break;
  }
  return nextLevel(filing.chain, after, (level) => empty.get(level) ?? null);
}

export interface Turn {
  level: Level;
  /** Levels below that did not review, each with its reason. */
  skipped: Skip[];
}

/** The levels at which it may be decided now: where it waits, what the chain has above, and the office in any case. */
const levelsFrom = (filing: Placed): Level[] => {
  const waits = levelOf(filing);
  return levels.filter(
    (level) => level === waits || level === 'office' || levelsAbove(filing.chain, waits).includes(level),
  );
};

/** The caller's levels among those, the lowest first. */
export const ownLevels = (scope: Scope, filing: Placed): Level[] =>
  levelsFrom(filing).filter((level) => isReviewerAt(scope, level, filing));

/**
 * As which level the caller may pass the filing now. Nobody passes before the level below has: unless nobody is there any
 * more, or, for the office, the due moment is over and a reason is given (越级审核).
 * @throws Problem 409 not_your_level, level_below
 */
export async function turnFor(
  scope: Scope,
  filing: Placed,
  author: Author,
  bypassReason: string | null,
): Promise<Turn> {
  const [own] = ownLevels(scope, filing);
  if (!own) throw notYourLevel(filing);
  const skipped: Skip[] = [];
  const vacancy = vacancies(scope);
  for (const level of levelsFrom(filing)) {
    if (level === own) break;
    const why = await vacancy(level, filing, author);
    if (why !== null) skipped.push({ level, why });
    else if (own === 'office' && mayBypass(scope, filing) && bypassReason !== null)
      skipped.push({ level, why: 'bypassed' });
    else throw levelBelow(level, own === 'office' && mayBypass(scope, filing));
  }
  return { level: own, skipped };
}

/** A level has passed it already: then it is taken back no more, only returned. */
export const isPassedUp = (filing: Pick<PlacedFiling, 'levelSince' | 'submittedAt'>): boolean =>
  filing.levelSince !== null && filing.submittedAt !== null && filing.levelSince > filing.submittedAt;

export const mayBypass = (scope: Scope, filing: Pick<Placed, 'dueAt'>): boolean => scope.now > filing.dueAt;

export const notYourLevel = (filing: Pick<Placed, 'level'>): Problem =>
  conflict('not_your_level', {
    zh: `这份填报现由${levelWords[levelOf(filing)].zh}审核`,
    en: `This filing waits for the ${levelWords[levelOf(filing)].en}`,
  });

const levelBelow = (level: Level, mayBypassNow: boolean): Problem =>
  conflict(
    'level_below',
    mayBypassNow
      ? {
          zh: `${levelWords[level].zh}逾期未审；越级审核请写明理由`,
          en: `The ${levelWords[level].en} has not reviewed it in time: give a reason to review past that level`,
        }
      : {
          zh: `${levelWords[level].zh}还没有审核；截止时间之后仍未审的，可以写明理由越级审核`,
          en: `The ${levelWords[level].en} has not reviewed it yet; after the due moment it may be passed over with a reason`,
        },
    { level },
  );
