import type { Language } from '#core/shared/words.ts';
import type { Desk, Mark } from '../contract.ts';
import type { Place } from './MarkedText.tsx';
import type * as text from './text.ts';

interface DeskMarks {
  clean: Place[];
  original: Place[];
  kinds: { kind: Mark['kind']; count: number }[];
}

/** The marks of a desk for both columns, requirements first so that what lies within them is drawn on top. */
export function marksOfDesk(desk: Desk, t: typeof text.zh, language: Language): DeskMarks {
  const sorted = desk.marks.toSorted(
    (a, b) => Number(b.kind === 'requirement') - Number(a.kind === 'requirement') || a.span.start - b.span.start,
  );
  const say = (mark: Mark) => [t.kinds[mark.kind], mark.says].filter(Boolean).join('：');
  const odd = desk.checks.filter((check) => check.verdict !== 'agrees' && check.verdict !== 'cannot-judge');
  const place = (kind: string, says: string) => (span: { start: number; end: number }) => ({ ...span, kind, says });
  const clean = [
    ...sorted.map((mark) => place(mark.kind, say(mark))(mark.span)),
    ...desk.unreadable.map((lost) => place('unreadable', t.unreadable(lost.why[language]))(lost.span)),
    ...odd.map((check) => place(check.verdict, check.says[language])(check.spans[0]!)),
  ];
  const original = [
    ...sorted.map((mark) => place(mark.kind, say(mark))(mark.original)),
    ...desk.unreadable.map((lost) => place('unreadable', t.unreadable(lost.why[language]))(lost.original)),
    ...odd.map((check) => place(check.verdict, check.says[language])(check.originals[0]!)),
  ];
  const counts = new Map<Mark['kind'], number>();
  for (const mark of desk.marks) counts.set(mark.kind, (counts.get(mark.kind) ?? 0) + 1);
  return { clean, original, kinds: [...counts].map(([kind, count]) => ({ kind, count })) };
}
