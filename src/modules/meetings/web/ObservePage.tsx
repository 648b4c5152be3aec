import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, InputNumber, Rate, Slider } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { meetings } from '../contract.ts';
import { totalHundredths } from '../ranking.ts';
import type { Observation } from '../shapes.ts';
import { keys, topics } from './keys.ts';
import { scoreOf, timeOf } from './show.ts';
import * as text from './text.ts';
import './meetings.css';

/** `/meetings/:id/observe`: one page for each stop, on the observer's phone. */
export function ObservePage() {
  const t = useText(text);
  const { id = '' } = useParams();
  const api = useClient(meetings);
  const [at, setAt] = useState<number | null>(null);
  const found = useQuery({
    queryKey: keys.observation(id),
    queryFn: ({ signal }) => api.observation({ id }, { signal }),
  });
  useLiveRefetch(topics, [keys.all]);
  const route = found.data;
  // Begins with the first stop that waits for a score.
  const first = route?.stops.findIndex((stop) => !stop.isOwn && !stop.score) ?? 0;
  const place = at ?? Math.max(0, first);
  const stop = route?.stops[place];
  const mine = route?.stops.filter((one) => !one.isOwn) ?? [];
  return (
    <>
      <PageHead
        title={route?.title ?? t.observe}
        crumbs={<Link to={`/meetings/${id}`}>{t.backToMeeting}</Link>}
        note={route && t.scored(mine.filter((one) => one.score).length, mine.length)}
      />
      <div className="page-body mtg-observe">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {route && (
          <nav className="mtg-stopbar" aria-label={t.route}>
            {route.stops.map((one, i) => (
              <button
                type="button"
                key={one.id}
                aria-current={i === place}
                data-done={one.score !== null}
                data-own={one.isOwn}
                aria-label={one.projectName}
                onClick={() => setAt(i)}
              >
                {i + 1}
              </button>
            ))}
          </nav>
        )}
        {route && stop && (
          <section className="card" key={stop.id}>
            <p className="muted">
              {t.stop(place + 1, route.stops.length)} · {timeOf(stop.plannedAt)} · {stop.countyName}
            </p>
            <h2>{stop.projectName}</h2>
            {stop.note && <p className="soft">{stop.note}</p>}
            {stop.isOwn ? (
              <p className="warn">{t.ownProject}</p>
            ) : route.allowed.includes('score') ? (
              <ScoreForm route={route} stop={stop} onDone={() => place < route.stops.length - 1 && setAt(place + 1)} />
            ) : (
              <>
                <p className="warn">{route.state === 'preparing' ? t.notOpen : t.scoringOver}</p>
                {stop.score && <p>{t.givenScore(scoreOf(stop.score.total))}</p>}
              </>
            )}
            <div className="mtg-turn">
              <Button disabled={place === 0} onClick={() => setAt(place - 1)}>
                {t.lastStop}
              </Button>
              <Button disabled={place === route.stops.length - 1} onClick={() => setAt(place + 1)}>
                {t.nextStop}
              </Button>
            </div>
          </section>
        )}
      </div>
    </>
  );
}

interface Given {
  points: Record<string, number>;
  comment: string;
  fileId: string | null;
}

function ScoreForm({
  route,
  stop,
  onDone,
}: {
  route: Observation;
  stop: Observation['stops'][number];
  onDone: () => void;
}) {
  const t = useText(text);
  const api = useClient(meetings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const isStars = route.scale === 'stars';
  const usual = isStars ? 3 : 80;
  const draft = useDraft<Given>(`meetings.score.${stop.id}`, {
    points: stop.score?.points ?? Object.fromEntries(route.criteria.map((c) => [c.code, usual])),
    comment: stop.score?.comment ?? '',
    fileId: stop.score?.fileId ?? null,
  });
  const [isPending, setPending] = useState(false);
  const { points, comment, fileId } = draft.value;
  const set = (code: string, value: number) =>
    draft.set((now) => ({ ...now, points: { ...now.points, [code]: value } }));
  const send = async () => {
    setPending(true);
    try {
      await api.score({ id: route.meetingId, stopId: stop.id, points, comment: comment.trim() || null, fileId });
      draft.clear();
      await cache.invalidateQueries({ queryKey: keys.all });
      onDone();
    } catch (error) {
      void message.error(sentenceOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <form
      className="form-body"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {stop.score && <p className="good">{t.givenScore(scoreOf(stop.score.total))}</p>}
      <ul className="mtg-points">
        {route.criteria.map((c) => (
          <li key={c.code}>
            <span>
              {c.name} <small className="muted">{c.weight}</small>
            </span>
            {isStars ? (
              <Rate
                aria-label={c.name}
                allowClear={false}
                value={points[c.code] ?? usual}
                onChange={(n) => set(c.code, n)}
              />
            ) : (
              <>
                <Slider
                  ariaLabelForHandle={c.name}
                  min={0}
                  max={100}
                  value={points[c.code] ?? usual}
                  tooltip={{ open: false }}
                  onChange={(n) => set(c.code, n)}
                />
                <InputNumber
                  aria-label={`${c.name} ${t.score}`}
                  min={0}
                  max={100}
                  precision={0}
                  controls={false}
                  value={points[c.code] ?? usual}
                  onChange={(n) => set(c.code, n ?? 0)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="mtg-total">{t.total100(scoreOf(totalHundredths(route.criteria, route.scale, points)))}</p>
      <TextBox
        aria-label={t.comment}
        placeholder={t.comment}
        value={comment}
        maxLength={500}
        onChange={(e) => draft.set((now) => ({ ...now, comment: e.target.value }))}
      />
      {fileId ? (
        <p className="good">{t.photoKept}</p>
      ) : (
        <FileDrop
          accept=".jpg,.jpeg,.png,.webp"
          hint={t.photo}
          onFile={({ id }) => draft.set((now) => ({ ...now, fileId: id }))}
        />
      )}
      <Button type="primary" size="large" htmlType="submit" block loading={isPending}>
        {stop.score ? t.changeScore : t.submitScore}
      </Button>
    </form>
  );
}
