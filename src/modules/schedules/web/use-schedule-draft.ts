import { useCallback, useState } from 'react';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { Content } from '../shapes.ts';

export interface ScheduleDraft {
  content: Content;
  /** Something differs from what the server has. */
  isChanged: boolean;
  restoredAt: string | null;
  /** One step that can be undone. */
  change: (next: Content) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  /** Forgets the copy on this device, after saving or discarding. */
  clear: () => void;
}

/**
 * The draft under the hand: each step can be undone, and what is not saved yet survives a closed tab. The key carries
 * the number of the server's draft, so that a copy never comes back on top of somebody else's newer one.
 */
export function useScheduleDraft(projectId: string, draftVersion: number, initial: Content): ScheduleDraft {
  const kept = useDraft<Content>(`schedules.${projectId}.${draftVersion}`, initial);
  const [steps, setSteps] = useState<{ past: Content[]; future: Content[]; of: number }>({
    past: [],
    future: [],
    of: draftVersion,
  });
  // Another draft of the server: what was done to the last one cannot be undone here.
  const mine = steps.of === draftVersion ? steps : { past: [], future: [], of: draftVersion };
  const { value, set } = kept;
  const change = useCallback(
    (next: Content) => {
      if (next === value) return;
      setSteps({ past: [...mine.past.slice(-99), value], future: [], of: draftVersion });
      set(next);
    },
    [value, set, mine.past, draftVersion],
  );
  const last = mine.past.at(-1);
  const next = mine.future[0];
  return {
    content: value,
    isChanged: JSON.stringify(value) !== JSON.stringify(initial),
    restoredAt: kept.restoredAt,
    change,
    undo: last
      ? () => {
          setSteps({ past: mine.past.slice(0, -1), future: [value, ...mine.future], of: draftVersion });
          set(last);
        }
      : null,
    redo: next
      ? () => {
          setSteps({ past: [...mine.past, value], future: mine.future.slice(1), of: draftVersion });
          set(next);
        }
      : null,
    clear: kept.clear,
  };
}
