import { type Day, makeDay } from '#core/shared/day.ts';

// One sign throughout: 2021年1-9月份 is no day.
const long =
  '(?<y>20\\d{2})\\s?(?:年\\s?(?<m>\\d{1,2})\\s?月\\s?(?<d>\\d{1,2})\\s?日|(?<s>[-./])(?<m2>\\d{1,2})\\k<s>(?<d2>\\d{1,2})(?!\\d))';
const weekday = '(?:\\s?星期[一二三四五六日天])?';
const places: readonly { form: RegExp; within: 'head' | 'tail' | 'both' }[] = [
  { form: new RegExp(`(?:时间|日期)\\s?[:：]?\\s?${long}`, 'g'), within: 'both' },
  { form: new RegExp(`^[^\\n。]{0,40}?${long}${weekday}\\s?\\d{1,2}:\\d{2}`, 'gm'), within: 'head' },
  { form: new RegExp(`^\\s?${long}(?=\\s|$|[|星])`, 'gm'), within: 'head' },
  // A letter carries its date on a line of its own below the signature.
  { form: new RegExp(`^[^\\n。]{0,30}?[（(]?${long}[)）]?\\s?$`, 'gm'), within: 'tail' },
  { form: /https?:\/\/\S{0,200}?[/_-]t?(?<y>20\d{2})(?<m>\d{2})(?<d>\d{2})(?=[_./?\s]|$)/g, within: 'head' },
  { form: /https?:\/\/\S{0,200}?\/(?<y>20\d{2})[-/](?<m>\d{1,2})[-/](?<d>\d{1,2})(?=[/_])/g, within: 'head' },
];

/** The document's own day as it stands in its text (head, foot or address), the surest place first; null when it does not say. */
export function documentDateOf(text: string): Day | null {
  const head = text.slice(0, 2_000);
  const tail = text.slice(Math.max(0, text.length - 600));
  for (const { form, within } of places) {
    const found = within === 'tail' ? [...tail.matchAll(form)].toReversed() : [...head.matchAll(form)];
    if (within === 'both' && found.length === 0) found.push(...tail.matchAll(form));
    for (const { groups } of found) {
      const { y, m, m2, d, d2 } = groups!;
      const day = makeDay(Number(y), Number(m ?? m2), Number(d ?? d2));
      if (day) return day;
    }
  }
  return null;
}
