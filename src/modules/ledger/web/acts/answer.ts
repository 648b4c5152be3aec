import { useDraft } from '#core/web/ui/use-draft.ts';
import type { Piece } from '../EvidencePicker.tsx';

/** What a person is about to say on a matter, with what shows it. */
export interface Answer {
  words: string;
  pieces: readonly Piece[];
  node: string | null;
}
const empty: Answer = { words: '', pieces: [], node: null };

/** Kept on this device until it is sent: a closed tab or a lost line costs nothing. */
export const useAnswer = (matterId: string, act: 'report' | 'claim') =>
  useDraft<Answer>(`ledger.${act}.${matterId}`, empty);
