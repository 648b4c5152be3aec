import type { Words } from '#core/shared/words.ts';
import type { MatterLight } from './light.ts';

/** What each colour is called, on the screen and on paper; the one that needs attention first. */
export const matterLightWords: Record<MatterLight, Words> = {
  red: { zh: '逾期', en: 'Overdue' },
  yellow: { zh: '预警', en: 'Warning' },
  blue: { zh: '临近', en: 'Near' },
  normal: { zh: '正常', en: 'On track' },
  idle: { zh: '不计时', en: 'Clock stopped' },
  done: { zh: '已销号', en: 'Struck off' },
};
