import { type EvidenceKind, evidenceKinds, evidenceNeeded } from '../evidence.ts';
import type { MatterKind, Track } from '../kinds.ts';

/** What is asked for stands first, then whatever else may be shown. */
export const kindsFor = (kind: MatterKind, track: Track): EvidenceKind[] => [
  ...new Set<EvidenceKind>([...evidenceNeeded(kind, track).flat(), ...evidenceKinds]),
];
