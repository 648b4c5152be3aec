import { useText } from '#core/web/text.ts';
import * as text from '../act-text.ts';

/** Says that what stands in the form is from last time, and offers to start anew. */
export function RestoredNote({ restoredAt, onClear }: { restoredAt: string | null; onClear: () => void }) {
  const t = useText(text);
  if (restoredAt === null) return null;
  return (
    <p className="mt-restored">
      {t.restored}{' '}
      <button type="button" className="link" onClick={onClear}>
        {t.throwAway}
      </button>
    </p>
  );
}
