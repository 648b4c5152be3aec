import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Board, Ranking } from '../definition.ts';
import type { MonthRankings } from '../month.ts';

interface Signed {
  actorId: string;
  actorName: string;
  at: Date;
}

export interface DefinitionVersion extends Signed {
  cityId: string;
  kind: 'ranking' | 'board';
  code: string;
  version: number;
  definition: Ranking | Board | null;
  reason: string;
}
export interface ExternalVersion extends Signed {
  cityId: string;
  id: string;
  version: number;
  ranking: string;
  subject: string;
  rank: number;
  ofCount: number | null;
  scope: string;
  publisher: string;
  publishedOn: Day;
  value: string | null;
  source: string;
  isWithdrawn: boolean;
  demo: boolean;
  reason: string;
}
export interface ExemptionTable extends Signed {
  cityId: string;
  id: string;
  unitId: string;
  board: string | null;
  kind: 'forceMajeure' | 'justified';
  reason: string;
  approver: string;
  document: string | null;
  fromOn: Day;
  untilOn: Day;
  endedOn: Day | null;
  endReason: string | null;
  demo: boolean;
}
export interface MonthTable extends Signed {
  cityId: string;
  period: string;
  version: number;
  day: Day;
  result: MonthRankings;
  reason: string | null;
}
export interface ConsequenceTable extends Signed {
  cityId: string;
  id: string;
  period: string;
  board: string;
  pool: string;
  unitId: string;
  code: string;
  boardName: Words;
  text: Words;
  why: Words;
  streak: number;
  state: 'raised' | 'waived';
  matterId: string | null;
  reason: string | null;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'rankings.definitionVersion': DefinitionVersion;
    'rankings.externalVersion': ExternalVersion;
    'rankings.exemption': ExemptionTable;
    'rankings.month': MonthTable;
    'rankings.consequence': ConsequenceTable;
  }>();
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
export const signed = (scope: Scope): Signed => ({
  actorId: scope.actor.id,
  actorName: scope.actor.name,
  at: scope.now,
});
