import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { MeetingView } from '../shapes.ts';
import { ScreenPage } from './ScreenPage.tsx';
import { clockOf } from './show.ts';
import * as text from './text.ts';
import { useMeeting } from './use-meeting.ts';
import './present.css';

/** `/meetings/:id/present`: one page for each item, over the whole screen. What it shows was frozen with the agenda. */
export function PresentPage() {
  const { data: meeting, error } = useMeeting();
  if (error) return <ProblemView error={error} />;
  return meeting ? <Screen meeting={meeting} /> : null;
}

/** Seconds on each item, kept over turning back and forth. */
function useItemClock(itemId: string | undefined): number {
  const spent = useRef(new Map<string, number>());
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (itemId && !document.hidden) spent.current.set(itemId, (spent.current.get(itemId) ?? 0) + 1);
      tick((n) => n + 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [itemId]);
  return spent.current.get(itemId ?? '') ?? 0;
}

function Screen({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(0);
  const { agenda } = meeting;
  const item = agenda[Math.min(page, agenda.length - 1)];
  const used = useItemClock(item?.id);
  const turn = (by: number) => setPage((now) => Math.max(0, Math.min(agenda.length - 1, now + by)));
  const leave = () => void navigate(`/meetings/${meeting.id}`);
  const enlarge = () => void place.current?.requestFullscreen?.().catch(() => {});
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      ArrowRight: () => turn(1),
      PageDown: () => turn(1),
      ' ': () => turn(1),
      ArrowLeft: () => turn(-1),
      PageUp: () => turn(-1),
      Home: () => setPage(0),
      End: () => setPage(agenda.length - 1),
      f: enlarge,
      F: enlarge,
      // In full screen the browser takes the first Esc for itself.
      Escape: leave,
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  if (!item) return null;
  const isOver = used > item.minutes * 60;
  return (
    <div className="mtg-screen" ref={place} data-theme="light">
      <header>
        <span className="mtg-screen-meeting">{meeting.title}</span>
        <span className="mtg-screen-clock num" data-over={isOver} role="timer">
          {t.used(clockOf(used))}
          <small>{t.planned(item.minutes)}</small>
        </span>
      </header>
      <ScreenPage key={item.id} meeting={meeting} item={item} no={page + 1} />
      <footer>
        <button type="button" onClick={() => turn(-1)} disabled={page === 0}>
          {t.lastItem}
        </button>
        <span className="num">{t.page(page + 1, agenda.length)}</span>
        <button type="button" onClick={() => turn(1)} disabled={page === agenda.length - 1}>
          {t.nextItem}
        </button>
        <span className="mtg-screen-next">
          {agenda[page + 1] && `${t.nextItem}${t.colon}${agenda[page + 1]!.title}`}
        </span>
        <small className="mtg-screen-keys">{t.keysHint}</small>
        <button type="button" onClick={enlarge}>
          {t.fullScreen}
        </button>
        <button type="button" onClick={leave}>
          {t.leave}
        </button>
      </footer>
    </div>
  );
}
