/** What is frozen beside the cells and hashed with them. */
export interface SnapshotHead {
  format: 1;
  id: string;
  position: number;
  city: string;
  period: string;
  version: number;
  /** Everything accepted by this moment counts; ISO, UTC. */
  asOf: string;
  /** The day for which lights and the clock were worked out: the last of the month, or the day of the freeze before that. */
  day: string;
  clock: { n: number; d: number; shown: string; kind: string };
  ruleSet: { code: string; version: number; zh: string; en: string };
  counts: { projects: number; filed: number; exempt: number; missing: number };
  missingReason: string | null;
  note: string | null;
  createdBy: string;
  createdAt: string;
}

/** Lower-case hexadecimal digits of a hash as they are printed: enough to tell snapshots apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/** The first snapshot of a city is chained to this. */
export const noHash = '0'.repeat(64);
