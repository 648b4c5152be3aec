import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { publications } from '../contract.ts';
import type { Content } from '../draft.ts';
import type { Publication } from '../shapes.ts';

export interface Edited {
  content: Content;
  number: string | null;
  note: string | null;
}
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'lost';
export interface Autosave {
  edited: Edited;
  edit: (change: (now: Edited) => Edited) => void;
  state: SaveState;
  /** Somebody else kept a change first: their name. What was typed is still in `edited`. */
  conflict: string | null;
  keepMine: () => void;
  takeTheirs: () => void;
  /** Keeps what is not kept yet; resolves with the version to act on. */
  flush: () => Promise<number>;
}

const pause = 1_200;

/** Keeps a draft a moment after the last key, and what could not be kept on this device. */
export function useAutosave(publication: Publication): Autosave {
  const api = useClient(publications);
  const cache = useQueryClient();
  const kept: Edited = { content: publication.content, number: publication.number, note: publication.note };
  // With the version it was typed on top of: a tab that was closed goes on where it stopped, or meets the conflict.
  const draft = useDraft<{ on: number; edited: Edited } | null>(`publications.${publication.id}`, null);
  const [conflict, setConflict] = useState<string | null>(null);
  const latest = useRef(draft.value);
  latest.current = draft.value;
  const key = ['publications', 'one', publication.id];
  const save = useMutation({
    mutationFn: ({ on, edited }: { on: number; edited: Edited }) =>
      api.save({ id: publication.id, draftVersion: on, ...edited }),
    onSuccess: (saved, { edited }) => {
      cache.setQueryData(key, saved);
      setConflict(null);
      // What was typed while it was being kept goes on top of it.
      if (latest.current?.edited === edited) draft.clear();
      else draft.set((now) => now && { on: saved.draftVersion, edited: now.edited });
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'changed_meanwhile')
        void api.get({ id: publication.id }).then((theirs) => setConflict(theirs.editedByName));
    },
  });
  const { mutateAsync, isPending } = save;
  const pending = draft.value;
  const isLost = save.isError && conflict === null;
  useEffect(() => {
    if (!pending || conflict !== null || isPending) return;
    const timer = setTimeout(() => void mutateAsync(pending).catch(() => {}), isLost ? 5_000 : pause);
    return () => clearTimeout(timer);
  }, [pending, conflict, isPending, isLost, mutateAsync]);

  const edit = useCallback(
    (change: (now: Edited) => Edited) =>
      draft.set((now) => ({
        on: now?.on ?? publication.draftVersion,
        edited: change(
          now?.edited ?? { content: publication.content, number: publication.number, note: publication.note },
        ),
      })),
    [draft.set, publication],
  );
  return {
    edited: pending?.edited ?? kept,
    edit,
    state: isPending ? 'saving' : !pending ? 'saved' : isLost ? 'lost' : 'unsaved',
    conflict,
    keepMine: () =>
      void api.get({ id: publication.id }).then((theirs) => {
        setConflict(null);
        draft.set((now) => now && { ...now, on: theirs.draftVersion });
      }),
    takeTheirs: () => {
      draft.clear();
      setConflict(null);
      save.reset();
      void cache.invalidateQueries({ queryKey: key });
    },
    flush: async () => (latest.current ? (await mutateAsync(latest.current)).draftVersion : publication.draftVersion),
  };
}
