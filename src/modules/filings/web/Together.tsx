import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { Filing } from '../contract.ts';
import type { Presence } from '../presence-contract.ts';
import { keys } from './keys.ts';
import * as offline from './offline-text.ts';
import { usePresence } from './presence.ts';
import { shortMoment } from './show.ts';

/** Who else has this filing open, and what they have saved meanwhile. */
export function Together({
  filing,
  typedAt,
  hasUnsaved,
  onMoved,
}: {
  filing: Filing;
  typedAt: () => number | null;
  /** Something here is not on the server yet: it is merged with what the other saved, field by field. */
  hasUnsaved: boolean;
  onMoved: () => void;
}) {
  const o = useText(offline);
  const cache = useQueryClient();
  const { account } = useSession();
  const [renewed, setRenewed] = useState<{ by: string; at: string } | null>(null);
  /** The newest draft we know of, so that each is dealt with once. */
  const known = useRef(filing.draftVersion);
  known.current = Math.max(known.current, filing.draftVersion);
  const onAnswer = ({ draftVersion, draftBy, draftAt }: Presence) => {
    if (draftVersion <= known.current) return;
    known.current = draftVersion;
    // Our own save, whose answer is still on its way.
    if (draftBy === account.name) return;
    if (hasUnsaved) return onMoved();
    void cache.invalidateQueries({ queryKey: keys.of(filing.projectId, filing.period) });
    if (draftAt) setRenewed({ by: draftBy ?? o.together.somebody, at: shortMoment(moment(draftAt)) });
  };
  const others = usePresence(filing.id, typedAt, onAnswer);
  const writing = others.filter((other) => other.isWriting);
  const names = (some: Presence['others']) => some.map((other) => other.name).join(o.together.and);
  return (
    <>
      {others.length > 0 && (
        <p className="ff-together" role="status">
          {writing.length > 0 ? o.together.writing(names(writing)) : o.together.looking(names(others))}
        </p>
      )}
      {renewed && !hasUnsaved && (
        <p className="ff-together" role="status">
          {o.together.renewed(renewed.by, renewed.at)}
        </p>
      )}
    </>
  );
}
