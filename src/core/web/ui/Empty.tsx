import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import * as text from './text.ts';

/** Nothing to show: says so, and offers the next step when there is one. */
export function Empty({ title, hint, action }: { title?: string; hint?: ReactNode; action?: ReactNode }) {
  const t = useText(text);
  return (
    <div className="empty">
      <p>{title ?? t.empty}</p>
      {hint && <p className="muted">{hint}</p>}
      {action}
    </div>
  );
}
