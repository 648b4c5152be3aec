import type { Words } from '#core/shared/words.ts';

/** Lateness as people say it: measured in seconds, told in days and hours (city-systems.md §4.4), under an hour in minutes. */
export function latenessWords(seconds: number): Words {
  const minutes = Math.ceil(seconds / 60);
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3_600)];
  if (minutes < 60) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  if (days === 0) return { zh: `${hours} 小时`, en: `${hours} h` };
  return hours === 0
    ? { zh: `${days} 天`, en: `${days} d` }
    : { zh: `${days} 天 ${hours} 小时`, en: `${days} d ${hours} h` };
}
