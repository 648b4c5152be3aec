import type { Words } from '#core/shared/words.ts';
import type { MatterKind, Track } from './kinds.ts';

export const evidenceKinds = ['photoBefore', 'photoAfter', 'photo', 'document', 'figure', 'statement'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const evidenceWords: Record<EvidenceKind, Words> = {
  photoBefore: { zh: '整改前照片', en: 'Photo before' },
  photoAfter: { zh: '整改后照片', en: 'Photo after' },
  photo: { zh: '照片', en: 'Photo' },
  document: { zh: '文件', en: 'Document' },
  figure: { zh: '数据', en: 'Figure' },
  statement: { zh: '情况说明', en: 'Statement' },
};
export const isPhoto = (kind: EvidenceKind): boolean => kind.startsWith('photo');
/** Kinds that are a file; a figure and a statement are typed. */
export const isFileKind = (kind: EvidenceKind): boolean => isPhoto(kind) || kind === 'document';

/**
 * What closing needs: one of the alternatives, each of them whole. What was fixed on the spot shows both sides; a problem
 * or finding shows the mended place or the paper that settles it; a task shows a document, a figure or the work itself; what
 * was decided, ordered or promised may rest on a document or on a photo. A statement alone closes nothing
 * (dispatch.md §2.11; city-systems.md REQ-H4).
 */
const needs: Record<MatterKind, readonly (readonly EvidenceKind[])[]> = {
  problem: [['photoAfter'], ['document']],
  finding: [['photoBefore', 'photoAfter'], ['document']],
  task: [['document'], ['figure'], ['photoAfter'], ['photo']],
  instruction: [['document'], ['statement', 'photo'], ['statement', 'photoAfter']],
  decision: [['document'], ['photo'], ['photoAfter']],
  commitment: [['document'], ['photo'], ['photoAfter'], ['figure']],
};
const onSpotNeeds: readonly (readonly EvidenceKind[])[] = [['photoBefore', 'photoAfter']];

export const evidenceNeeded = (kind: MatterKind, track: Track): readonly (readonly EvidenceKind[])[] =>
  track === 'onSpot' ? onSpotNeeds : needs[kind];

/** Null when the evidence suffices, else what is missing, said as a choice. */
export function missingEvidence(kind: MatterKind, track: Track, given: readonly EvidenceKind[]): Words | null {
  const choices = evidenceNeeded(kind, track);
  if (choices.some((choice) => choice.every((one) => given.includes(one)))) return null;
  const say = (language: 'zh' | 'en', and: string, or: string) =>
    choices.map((choice) => choice.map((one) => evidenceWords[one][language]).join(and)).join(or);
  return { zh: say('zh', '和', '，或'), en: say('en', ' and ', ', or ') };
}
