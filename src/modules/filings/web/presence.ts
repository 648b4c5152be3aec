import { useEffect, useEffectEvent, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { filings } from '../contract.ts';
import { type Presence, presenceEveryMs } from '../presence-contract.ts';

/** A form in which nothing was typed for so long is only looked at. */
const writingMs = 30_000;

/**
 * Says every few seconds that the filing is open here, and learns who else has it open and whether the draft on the
 * server has moved. Silent while the page is hidden or the line is down: presence is worth no queue.
 */
export function usePresence(
  filingId: string,
  isWriting: () => number | null,
  onAnswer: (presence: Presence) => void,
): Presence['others'] {
  const call = useClient(filings);
  const [others, setOthers] = useState<Presence['others']>([]);
  const tell = useEffectEvent(async (isLeaving: boolean) => {
    if (!navigator.onLine || (document.hidden && !isLeaving)) return setOthers([]);
    const typedAt = isWriting();
    try {
      const answer = await call.showPresence({
        id: filingId,
        isWriting: typedAt !== null && Date.now() - typedAt < writingMs,
        isLeaving,
      });
      if (isLeaving) return;
      setOthers(answer.others);
      onAnswer(answer);
    } catch {
      setOthers([]);
    }
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filing is another room
  useEffect(() => {
    void tell(false);
    const timer = setInterval(() => void tell(false), presenceEveryMs);
    return () => {
      clearInterval(timer);
      void tell(true);
    };
  }, [filingId]);
  return others;
}
