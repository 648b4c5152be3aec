import { useText } from '#core/web/text.ts';
import type { Deviation } from './deviation.ts';
import * as text from './text.ts';

export function DeviationMark({ deviation }: { deviation: Deviation }) {
  const t = useText(text);
  switch (deviation.kind) {
    case 'none':
      return null;
    case 'onTime':
      return <span className="good">{t.onTime}</span>;
    case 'early':
      return <span className="good">{t.early(deviation.days)}</span>;
    case 'late':
      return <span className="late">{t.late(deviation.days)}</span>;
    case 'overdue':
      return <span className="late">{t.overdueOpen(deviation.days)}</span>;
    case 'expectedLate':
      return <span className="warn">{t.expectedLate(deviation.days)}</span>;
  }
}
