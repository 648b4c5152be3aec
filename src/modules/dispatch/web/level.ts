import type { Level } from '../contract.ts';
import { defaultLevels } from '../level.ts';

/** How a level is drawn: nothing of its own where it looks as its light does anyway. */
export function markOfLevel(level: Level | null | undefined): Level | null {
  if (!level) return null;
  const plain = defaultLevels.find((d) => d.code === level.code);
  return plain && plain.colour === level.colour && plain.shape === level.shape && plain.words.zh === level.words.zh
    ? null
    : level;
}
