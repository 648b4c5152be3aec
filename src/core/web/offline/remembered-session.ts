import type { Session } from '../session.tsx';

const place = 'guatu.session';
/** After a week without a word from the server nobody is shown as signed in: the post may have ended long ago. */
const lifeMs = 7 * 86_400_000;
const beijing = 8 * 3_600_000;

/** Who was here when the server last answered, so that the pages open without a network. Signing out forgets it. */
export function rememberSession(session: Session): void {
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), session }));
  } catch {
    // not remembered: without a network the sign-in page says what to do
  }
}

export function forgetSession(): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // nothing was kept
  }
}

/** The day goes on by the device's clock, in Beijing; a demonstration's day stands still. */
export function recallSession(now = Date.now()): Session | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as { at: number; session: Session } | null;
    if (!kept || now - kept.at > lifeMs) return null;
    const { session } = kept;
    const day = new Date(now + beijing).toISOString().slice(0, 10);
    return { ...session, today: session.demoClock || day < session.today ? session.today : day };
  } catch {
    return null;
  }
}
