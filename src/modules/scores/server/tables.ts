import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Act, ObjectionState, SchemeState } from '../course.ts';
import type { SchemeBody } from '../scheme.ts';

export interface SchemeTable {
  cityId: string;
  id: string;
  year: number;
  code: string;
  name: string;
  state: SchemeState;
  version: number;
  selfUntil: Day | null;
  publicityUntil: Day | null;
  demo: boolean;
  madeAt: Date;
}
interface Signed {
  actorId: string;
  actorName: string;
  at: Date;
}
export interface VersionTable extends Signed {
  cityId: string;
  schemeId: string;
  version: number;
  body: SchemeBody;
  reason: string;
}
export interface StepTable extends Signed {
  cityId: string;
  id: string;
  schemeId: string;
  act: Act | 'create';
  fromState: SchemeState | null;
  toState: SchemeState;
  note: string;
}
interface Evidenced extends Signed {
  cityId: string;
  id: string;
  schemeId: string;
  unitId: string;
  fileId: string | null;
  fileName: string | null;
}
export interface FigureTable extends Evidenced {
  item: string;
  input: string;
  value: string;
  note: string;
}
export interface MarkTable extends Evidenced {
  item: string | null;
  input: string | null;
  quantity: string;
  onDay: Day;
  reason: string;
  document: string;
  approver: string;
  struckAt: Date | null;
  struckBy: string | null;
  struckByName: string | null;
  struckReason: string | null;
}
export interface SelfTable extends Evidenced {
  item: string;
  points: string;
  note: string;
}
export interface ResultTable extends Signed {
  cityId: string;
  schemeId: string;
  version: number;
  schemeVersion: number;
  day: Day;
  inputs: string;
  body: string;
  inputsHash: string;
  hash: string;
  note: string;
  publishedAt: Date | null;
}
export interface ObjectionTable {
  cityId: string;
  id: string;
  schemeId: string;
  resultVersion: number;
  unitId: string;
  item: string | null;
  reason: string;
  fileId: string | null;
  fileName: string | null;
  filedBy: string;
  filedByName: string;
  filedAt: Date;
  state: ObjectionState;
  decision: string | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'scores.scheme': SchemeTable;
    'scores.schemeVersion': VersionTable;
    'scores.courseStep': StepTable;
    'scores.enteredFigure': FigureTable;
    'scores.mark': MarkTable;
    'scores.selfScore': SelfTable;
    'scores.result': ResultTable;
    'scores.objection': ObjectionTable;
  }>();
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
export const signed = (scope: Scope): Signed => ({
  actorId: scope.actor.id,
  actorName: scope.actor.name,
  at: scope.now,
});
