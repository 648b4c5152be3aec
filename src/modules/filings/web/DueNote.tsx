import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment, span } from '#core/web/ui/format.ts';
import type { FilingLine } from '../contract.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';

/** When it is due, or by how much it is late: the due moment is the cycle's and never moves. */
export function DueNote({ filing }: { filing: Pick<FilingLine, 'dueAt' | 'latenessSeconds' | 'state'> }) {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const due = moment(filing.dueAt);
  const [day, time] = [due.slice(0, 10), due.slice(11)];
  if (filing.latenessSeconds !== null && filing.latenessSeconds > 0 && filing.state !== 'returned')
    return <span className="warn">{t.late(span(filing.latenessSeconds, language))}</span>;
  if (day === today) return <b>{t.dueToday(time)}</b>;
  return <span className={day < today ? 'late' : undefined}>{t.due(shortMoment(due))}</span>;
}
