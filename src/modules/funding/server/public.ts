import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { BondFields, ContractFields, NewEntry } from '../shapes.ts';
import { type AllotmentToInsert, insertAllotments, insertBonds as writeBonds } from './bond-store.ts';
import {
  blankContract,
  type ModificationToInsert,
  insertContracts as writeContracts,
  insertModifications as writeModifications,
} from './contract-store.ts';
import { insertEntries as writeEntries } from './entry-store.ts';
import { keepRegistered, type RevisionToInsert, insertRevisions as writeRevisions } from './revision-store.ts';
import { written } from './tables.ts';

export { keepRegistered };

/**
 * Loading money that was kept somewhere else: an earlier system, a ledger, the demonstration. Whole yuan. Nothing here is
 * checked against reach or against other figures; what does not fit shows as an open query on the page. None emits an
 * event: say `announceFunding` once at the end.
 */
export type EntryToInsert = Pick<NewEntry, 'kind' | 'year' | 'yuan' | 'onDay' | 'document'> &
  Partial<NewEntry> & {
    projectId: string;
    /** When it was known and who entered it; now and the caller, if left out. */
    at?: Date;
    by?: string;
  };

/** Plans, arrivals, payments of many projects; their sums are brought up to date. */
export const insertEntries = (scope: Scope, entries: readonly EntryToInsert[]): Promise<void> =>
  writeEntries(
    scope,
    entries.map(({ at = scope.now, by = scope.actor.name, ...entry }) => ({
      cityId: scope.cityId,
      id: newId(),
      period: null,
      source: null,
      bondId: null,
      contractId: null,
      fileId: null,
      ...entry,
      fileName: null,
      correctsId: null,
      reason: null,
      ...written(scope),
      actorName: by,
      at,
    })),
  );

/** Values of the total or agreed investment, each behind the newest. A `total` must be written into the register too. */
export const insertRevisions = async (scope: Scope, revisions: readonly RevisionToInsert[]): Promise<void> =>
  void (await writeRevisions(scope, revisions));

export const insertBonds = (
  scope: Scope,
  bonds: readonly (BondFields & { id?: string; demo?: boolean })[],
  allotments: (ids: readonly string[]) => readonly AllotmentToInsert[] = () => [],
): Promise<string[]> =>
  writeBonds(scope, bonds).then(async (ids) => {
    await insertAllotments(scope, allotments(ids));
    return ids;
  });

/** Contracts with what is known of them; ids in the given order. */
export const insertContracts = (
  scope: Scope,
  contracts: readonly (Partial<ContractFields> &
    Pick<ContractFields, 'title' | 'nature'> & { id?: string; projectId: string; demo?: boolean })[],
): Promise<string[]> =>
  writeContracts(
    scope,
    contracts.map(({ id, projectId, demo = false, ...fields }) => ({
      ...(id !== undefined && { id }),
      projectId,
      demo,
      fields: { ...blankContract, ...fields },
    })),
  );

export const insertModifications = (scope: Scope, modifications: readonly ModificationToInsert[]): Promise<void> =>
  writeModifications(scope, modifications);

/** One event for the money of many projects: lights are worked out again, pages refetch. */
export const announceFunding = (scope: Scope, count: number): Promise<void> =>
  emit(scope, { topic: 'funding.changed', unitIds: [], data: { count } });
