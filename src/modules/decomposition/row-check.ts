import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';

/** What a row still lacks before it can be issued. */
export const rowFaults = {
  noTitle: { zh: '没有任务内容', en: 'No task' },
  noLead: { zh: '没有牵头单位', en: 'No lead unit' },
  unknownLead: { zh: '牵头单位在组织中没有找到，请选择', en: 'The lead unit was not found in the register: choose it' },
  unknownCo: { zh: '有配合单位没有找到，请选择或删去', en: 'A co-responsible unit was not found: choose or remove it' },
  leadTwice: { zh: '牵头单位又列为配合单位', en: 'The lead unit is listed as co-responsible as well' },
  unknownLeader: { zh: '牵头领导没有找到，请选择或清空', en: 'The lead leader was not found: choose or clear it' },
  noDue: { zh: '没有完成时限', en: 'No limit' },
  openDue: { zh: '完成时限未定到日', en: 'The words of the limit name no day' },
} as const satisfies Record<string, Words>;
export type RowFault = keyof typeof rowFaults;

export interface CheckedRow {
  title: string;
  leadText: string | null;
  leadUnitId: string | null;
  co: readonly { text: string; unitId: string | null }[];
  leaderText: string | null;
  leaderId: string | null;
  dueOn: Day | null;
  dueWords: string | null;
}

/** Empty: the row is ready. */
export function faultsOf(row: CheckedRow): RowFault[] {
  const faults: RowFault[] = [];
  if (row.title.trim().length < 2) faults.push('noTitle');
  if (row.leadUnitId === null) faults.push(row.leadText === null ? 'noLead' : 'unknownLead');
  if (row.co.some((party) => party.unitId === null)) faults.push('unknownCo');
  if (row.leadUnitId !== null && row.co.some((party) => party.unitId === row.leadUnitId)) faults.push('leadTwice');
  if (row.leaderText !== null && row.leaderId === null) faults.push('unknownLeader');
  if (row.dueOn === null) faults.push(row.dueWords === null ? 'noDue' : 'openDue');
  return faults;
}
