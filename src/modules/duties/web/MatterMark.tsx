import { useText } from '#core/web/text.ts';
import type { FollowUp } from '../incident-contract.ts';
import * as text from './text.ts';

const shapes = { red: 'late', yellow: 'warn', blue: 'ahead', normal: 'normal', idle: 'idle' } as const;

/** The light of a matter of the ledger: colour, shape and word. */
export function MatterMark({ value }: { value: FollowUp['light'] }) {
  const t = useText(text);
  if (value === 'done') return <span className="good">✓ {t.lights.done}</span>;
  return (
    <span className="light" data-light={shapes[value]}>
      {t.lights[value]}
    </span>
  );
}
