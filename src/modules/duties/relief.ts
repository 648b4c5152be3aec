/** A duty officer's turn, as relief needs it; moments in milliseconds or any other number that grows with time. */
export interface OfficerTurn {
  memberId: string;
  name: string;
  personId: string | null;
  from: number;
  to: number;
}
export interface Relief {
  at: number;
  outgoing: OfficerTurn;
  incoming: OfficerTurn;
}

/**
 * The moments at which one duty officer relieves another, latest first. Somebody who follows himself hands over nothing;
 * where nobody was on before, or nobody comes, there is nobody to hand over to.
 */
export function reliefs(turns: readonly OfficerTurn[]): Relief[] {
  const sorted = [...turns].sort((a, b) => a.from - b.from);
  return sorted
    .flatMap((incoming, i) => {
      const outgoing = sorted[i - 1];
      return outgoing && outgoing.to === incoming.from && outgoing.memberId !== incoming.memberId
        ? [{ at: incoming.from, outgoing, incoming }]
        : [];
    })
    .reverse();
}

const hour = 3_600_000;
/** A hand-over may be written from two hours before its moment on. */
export const writableBefore = 2 * hour;
/** One that was never written is asked for this long, then it stands as missing. */
export const askedFor = 72 * hour;
/** After this long without both signatures the leader on call hears of it: ours, no published rule says when. */
export const leaderToldAfter = hour / 2;
