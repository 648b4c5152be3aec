import { type EvidenceKind, evidenceKinds, evidenceNeeded } from '../evidence.ts';
import type { MatterKind, Track } from '../kinds.ts';

/** What is asked for stands in front; whatever else may be shown is one step away. */
export interface OfferedKinds {
  first: readonly EvidenceKind[];
  rest: readonly EvidenceKind[];
}
const offered = (first: readonly EvidenceKind[]): OfferedKinds => ({
  first,
  rest: evidenceKinds.filter((kind) => !first.includes(kind)),
});

export const kindsOfClaim = (kind: MatterKind, track: Track): OfferedKinds =>
  offered([...new Set(evidenceNeeded(kind, track).flat())]);
export const kindsOfReport: OfferedKinds = offered(['photo', 'document']);
