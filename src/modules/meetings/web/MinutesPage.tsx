import { useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type Client, ProblemError } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import type { meetings } from '../contract.ts';
import type { AgendaItem, MeetingView } from '../shapes.ts';
import { DecisionRow } from './DecisionRow.tsx';
import { keys } from './keys.ts';
import { PreambleCard } from './PreambleCard.tsx';
import { StateTag } from './StateTag.tsx';
import { lineAt } from './show.ts';
import * as text from './text.ts';
import { useMeeting } from './use-meeting.ts';
import { type SaveState, useMinute } from './use-minute.ts';
import './meetings.css';

/** `/meetings/:id/minutes`: typed while the meeting runs; a line becomes a decision by one keystroke. */
export function MinutesPage() {
  const { api, data: meeting, error, refetch } = useMeeting();
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  return meeting ? <Page api={api} meeting={meeting} /> : null;
}

interface Waiting {
  key: string;
  itemId: string;
  line: string;
}

/** Lines that were to become decisions while the line was lost: sent in order, once each, as soon as it is back. */
function useDecisions(api: Client<typeof meetings>, id: string) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const queue = useDraft<Waiting[]>(`meetings.decide.${id}`, []);
  const isBusy = useRef(false);
  const flush = useEffectEvent(async () => {
    const next = queue.value[0];
    if (!next || isBusy.current) return;
    isBusy.current = true;
    try {
      const { key, itemId, line } = next;
      await api.decide({ id, itemId, line }, { idempotencyKey: key });
      queue.set((now) => now.filter((one) => one.key !== key));
      void cache.invalidateQueries({ queryKey: keys.all });
    } catch (error) {
      // Refused for good: it is said and not tried again. A lost line is.
      if (error instanceof ProblemError && error.status >= 400 && error.status < 500) {
        queue.set((now) => now.filter((one) => one.key !== next.key));
        void message.error(sentenceOf(error));
      }
    } finally {
      isBusy.current = false;
    }
  });
  const first = queue.value[0]?.key;
  useEffect(() => {
    if (first === undefined) return;
    void flush();
    const timer = setInterval(() => void flush(), 4000);
    return () => clearInterval(timer);
  }, [first]);
  const decide = (itemId: string, line: string) =>
    queue.set((now) => [...now, { key: crypto.randomUUID(), itemId, line }]);
  return { decide, waiting: queue.value.length };
}

function Page({ api, meeting }: { api: Client<typeof meetings>; meeting: MeetingView }) {
  const t = useText(text);
  const [itemId, setItem] = useState(meeting.agenda[0]?.id);
  const { decide, waiting } = useDecisions(api, meeting.id);
  const item = meeting.agenda.find((one) => one.id === itemId) ?? meeting.agenda[0];
  const canWrite = meeting.allowed.includes('minute');
  const own = meeting.decisionList.filter((d) => d.itemId === item?.id);
  const at = meeting.agenda.findIndex((one) => one.id === item?.id);
  return (
    <>
      <PageHead
        title={meeting.title}
        tabTitle={`${t.minutes} ${meeting.title}`}
        crumbs={<Link to={`/meetings/${meeting.id}`}>{t.backToMeeting}</Link>}
        mark={<StateTag state={meeting.state} />}
        note={t.minutes}
        actions={
          <Link className="mtg-button" to={`/meetings/${meeting.id}/present`} target="_blank">
            {t.present}
          </Link>
        }
      />
      <div className="page-body mtg-minutes">
        <PreambleCard key={meeting.id} meeting={meeting} canWrite={canWrite} />
        <nav aria-label={t.agenda}>
          <ol>
            {meeting.agenda.map((one, i) => (
              <li key={one.id}>
                <button type="button" aria-current={one.id === item?.id} onClick={() => setItem(one.id)}>
                  <span className="num">{i + 1}</span>
                  <span>{one.title}</span>
                  <small className="num">
                    {meeting.decisionList.filter((d) => d.itemId === one.id && !d.isDropped).length || ''}
                  </small>
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {item && (
          <section className="card mtg-typing">
            <h2>
              {item.title}
              <small>{t.itemOf(at + 1, meeting.agenda.length)}</small>
            </h2>
            {canWrite ? (
              <Typing
                key={item.id}
                api={api}
                meeting={meeting}
                item={item}
                onDecide={(line) => decide(item.id, line)}
              />
            ) : (
              <>
                <p className="warn">{meeting.state === 'planned' ? t.notMinuted.planned : t.notMinuted.later}</p>
                <p className="mtg-typed">{item.minute?.text}</p>
              </>
            )}
          </section>
        )}
        <section className="card mtg-made">
          <h2>
            {t.decisions} <small>{own.filter((d) => !d.isDropped).length}</small>
          </h2>
          {waiting > 0 && <p className="warn">{t.queued(waiting)}</p>}
          {own.length === 0 && waiting === 0 && <p className="muted">{t.noDecisions}</p>}
          <ol>
            {own.map((decision) => (
              <DecisionRow key={decision.id} meeting={meeting} decision={decision} />
            ))}
          </ol>
          {own.length > 0 && <p className="muted">{t.dueByRule}</p>}
        </section>
      </div>
    </>
  );
}

function Typing({
  api,
  meeting,
  item,
  onDecide,
}: {
  api: Client<typeof meetings>;
  meeting: MeetingView;
  item: AgendaItem;
  onDecide: (line: string) => void;
}) {
  const t = useText(text);
  const { message } = App.useApp();
  const place = useRef<HTMLTextAreaElement>(null);
  const minute = useMinute(api, meeting.id, item);
  const decide = () => {
    const box = place.current;
    if (!box) return;
    const { start, end } = lineAt(box.value, box.selectionStart);
    const line = box.value.slice(start, end).trim();
    if (line.length < 2) {
      void message.info(t.emptyLine);
      return;
    }
    onDecide(line);
    minute.saveNow();
    // On to the next line, as after Enter.
    if (end === box.value.length) minute.type(`${box.value}\n`);
    setTimeout(() => {
      box.focus();
      box.setSelectionRange(end + 1, end + 1);
    });
  };
  return (
    <>
      <textarea
        ref={place}
        aria-label={`${item.title} ${t.line}`}
        value={minute.text}
        placeholder={t.typeHere}
        onChange={(event) => minute.type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          decide();
        }}
      />
      <div className="mtg-typing-foot">
        <Button onClick={decide}>
          {t.toDecision} <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </Button>
        <SaveLine state={minute.state} changedAt={item.minute?.changedAt ?? null} onMerge={minute.merge} />
      </div>
    </>
  );
}

function SaveLine({ state, changedAt, onMerge }: { state: SaveState; changedAt: string | null; onMerge: () => void }) {
  const t = useText(text);
  if (state.kind === 'conflict')
    return (
      <span className="warn" role="alert">
        {state.sentence}{' '}
        <Button size="small" onClick={onMerge}>
          {t.merge}
        </Button>
      </span>
    );
  return (
    <span className={state.kind === 'waiting' ? 'warn' : 'muted'} role="status">
      {state.kind === 'waiting' && t.notSaved}
      {state.kind === 'saving' && t.saving}
      {state.kind === 'saved' && changedAt && t.saved(moment(changedAt).slice(11))}
    </span>
  );
}
