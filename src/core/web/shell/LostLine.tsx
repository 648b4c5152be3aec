import { useLive, useLiveStatus } from '../live.ts';
import { useOnline } from '../offline/online.ts';
import { useLanguage, useText } from '../text.ts';
import { span } from '../ui/format.ts';
import * as text from './text.ts';

/** One line over the page while the server cannot be heard; it goes by itself. Also keeps the line open on every page. */
export function LostLine() {
  const t = useText(text);
  const language = useLanguage();
  const { state, stateSeconds, ageSeconds } = useLiveStatus();
  const isOnline = useOnline();
  useLive([], () => {});
  // The device says so itself: no need to wait and see.
  if (!isOnline)
    return (
      <div className="lost-line" role="status">
        {t.offline}
      </div>
    );
  // A restart takes a second or two; a line that flashes teaches people to overlook it.
  if (state !== 'lost' || stateSeconds < 4) return null;
  return (
    <div className="lost-line" role="status">
      {t.lost}
      {ageSeconds !== null && <>（{t.lostAge(span(ageSeconds, language))}）</>}
    </div>
  );
}
