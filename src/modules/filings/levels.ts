import type { Words } from '#core/shared/words.ts';

/** Who reviews after the 业主 has filed, from below: 责任单位 → 协调指挥部 → 总指挥部办公室 (dispatch.md §5.9). */
export const levels = ['responsibleUnit', 'commandPost', 'office'] as const;
export type Level = (typeof levels)[number];

export const levelWords: Record<Level, Words> = {
  responsibleUnit: { zh: '责任单位', en: 'responsible unit' },
  commandPost: { zh: '协调指挥部', en: 'command post' },
  office: { zh: '总指挥部办公室', en: 'headquarters office' },
};

/** What somebody must hold, reaching the level's unit, to review at the level. */
export const levelPermission: Record<Level, string> = {
  responsibleUnit: 'filings.passAsUnit',
  commandPost: 'filings.passAsCommand',
  office: 'filings.accept',
};

export interface LevelParties {
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

/** The unit that reviews at the level; a project without a lead unit answers to its county. The office has the whole city. */
export function unitOfLevel(level: Level, parties: LevelParties): string | null {
  if (level === 'responsibleUnit') return parties.leadUnitId ?? parties.countyUnitId;
  return level === 'commandPost' ? parties.commandUnitId : null;
}

/** Why a level was left out: no such unit, nobody there who may review, or 越级审核 after the due moment. */
export const skipReasons = ['noUnit', 'nobody', 'bypassed'] as const;
export type SkipReason = (typeof skipReasons)[number];
export interface Skip {
  level: Level;
  why: SkipReason;
}

/** Null: somebody is there. The office is always there. */
export type Vacancy = (level: Level) => Exclude<SkipReason, 'bypassed'> | null;

/** The levels of the chain above `after`, which need not be one of it (the office, when all others are empty). */
export const levelsAbove = (chain: readonly Level[], after: Level | null): readonly Level[] =>
  after === null ? chain : chain.filter((level) => levels.indexOf(level) > levels.indexOf(after));

/**
 * Where a filing goes next, and which levels it passes over because nobody is there. `level: null` means that the chain
 * ends and the filing is accepted. A chain in which nobody at all is left goes to the office: no filing is accepted unseen.
 */
export function nextLevel(
  chain: readonly Level[],
  after: Level | null,
  vacancy: Vacancy,
): { level: Level | null; skipped: Skip[] } {
  const skipped: Skip[] = [];
  for (const level of levelsAbove(chain, after)) {
    const why = level === 'office' ? null : vacancy(level);
    if (why === null) return { level, skipped };
    skipped.push({ level, why });
  }
  return { level: after === null ? 'office' : null, skipped };
}
