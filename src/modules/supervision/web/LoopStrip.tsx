import type { OutputOf } from '#core/shared/contract.ts';
import { useText, useWords } from '#core/web/text.ts';
import type { ledger } from '#modules/ledger/contract.ts';
import { loopOf, loopWords } from '../loop.ts';
import './supervision.css';
import * as text from './text.ts';

export type Matter = OutputOf<(typeof ledger)['endpoints']['matter']>;

/** The eight nodes of the loop out of the matter's own history: where it stands, when and by whom each was done. */
export function LoopStrip({ matter }: { matter: Matter }) {
  const t = useText(text);
  const words = useWords();
  return (
    <ol className="sv-loop" aria-label={t.loop}>
      {loopOf(matter.events, matter.state).map((step) => (
        <li key={step.node} data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <b>{words(loopWords[step.node])}</b>
          <small>
            {step.on && (step.state === 'done' || step.state === 'now') ? step.on : t.loopStates[step.state]}
          </small>
          {step.state === 'done' && step.by && <small>{step.by}</small>}
        </li>
      ))}
    </ol>
  );
}
