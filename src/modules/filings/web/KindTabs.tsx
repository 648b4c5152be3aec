import { useText } from '#core/web/text.ts';
import { type CycleKind, cycleKinds } from '../period.ts';
import * as text from './cycle-text.ts';

/** Months first: they carry the money, and every city has them. */
const order: readonly CycleKind[] = ['monthly', 'weekly', 'halfMonthly', 'quarterly'];

export const isKind = (value: string | null): value is CycleKind => cycleKinds.some((kind) => kind === value);

export function KindTabs({ kind, onKind }: { kind: CycleKind; onKind: (kind: CycleKind) => void }) {
  const t = useText(text);
  return (
    <span className="chips">
      {order.map((one) => (
        <button
          key={one}
          type="button"
          className={one === kind ? 'chip on' : 'chip'}
          aria-pressed={one === kind}
          onClick={() => onKind(one)}
        >
          {t.kinds[one]}
        </button>
      ))}
    </span>
  );
}
