import { useText } from '#core/web/text.ts';
import { count, month } from '#core/web/ui/format.ts';
import type { ChainCheck } from '../contract.ts';
import * as text from './text.ts';

/** What recomputing the chain found: that it is whole, or the first snapshot that is not what it was. */
export function ChainResult({ check: { count: all, broken, otherTables } }: { check: ChainCheck }) {
  const t = useText(text);
  return (
    <div className={broken ? 'card snap-chain is-broken' : 'card snap-chain'} role="status">
      <b>{broken ? t.broken(month(broken.period), broken.version) : t.whole(count(all))}</b>
      {broken && <p>{t.faults[broken.what]}</p>}
      {otherTables.length > 0 && <p>{t.otherTables(count(otherTables.length))}</p>}
    </div>
  );
}
