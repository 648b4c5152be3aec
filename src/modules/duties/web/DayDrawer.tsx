import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { addDays } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { weekday } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties, type Month, type Roster, type Turn } from '../contract.ts';
import { dayOf, fromLocal, shortMoment, toLocal } from './moments.ts';
import { SwapForm } from './SwapForm.tsx';
import * as text from './text.ts';

/** One day: of a draft its turns can be changed, of a published roster they can be exchanged with a reason. */
export function DayDrawer({
  day,
  data,
  turns,
  rosters,
  onClose,
}: {
  day: string;
  data: Month;
  turns: readonly Turn[];
  rosters: readonly Roster[];
  onClose: () => void;
}) {
  const t = useText(text);
  const known = data.days.find((one) => one.day === day);
  const own = turns.filter((turn) => dayOf(turn.from) === day);
  const draft = rosters.find((roster) => roster.allowed.includes('edit'));
  return (
    <Drawer open title={t.day(day, weekday(day))} size="30rem" onClose={onClose}>
      {known?.kind && (
        <p className="soft">
          {t.kindNames[known.kind]} {known.name}
        </p>
      )}
      {draft ? (
        <DraftDay key={draft.edition} roster={draft} own={own} data={data} day={day} />
      ) : (
        <PublishedDay own={own} turns={turns} rosters={rosters} data={data} />
      )}
    </Drawer>
  );
}

function PublishedDay({
  own,
  turns,
  rosters,
  data,
}: {
  own: readonly Turn[];
  turns: readonly Turn[];
  rosters: readonly Roster[];
  data: Month;
}) {
  const t = useText(text);
  const [swapping, setSwapping] = useState<Turn | null>(null);
  if (own.length === 0) return <p className="muted">{t.none}</p>;
  return (
    <ul className="duties-turns">
      {own.map((turn) => {
        const roster = rosters.find(({ id }) => id === turn.rosterId);
        return (
          <li key={turn.id}>
            <span className="soft">{t.posts[turn.post]}</span> <b>{turn.name}</b>{' '}
            {turn.phone && <a href={`tel:${turn.phone}`}>{turn.phone}</a>}
            <p className="muted num">{t.turnTime(shortMoment(turn.from), shortMoment(turn.to, turn.from))}</p>
            {roster?.allowed.includes('swap') && turn.to > data.madeAt && swapping?.id !== turn.id && (
              <Button size="small" onClick={() => setSwapping(turn)}>
                {t.swap}
              </Button>
            )}
            {roster && swapping?.id === turn.id && (
              <SwapForm
                roster={roster}
                turn={turn}
                turns={turns}
                members={data.members}
                madeAt={data.madeAt}
                onClose={() => setSwapping(null)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface Line {
  key: string;
  post: Turn['post'];
  memberId: string | null;
  from: string;
  to: string;
}

function DraftDay({ roster, own, data, day }: { roster: Roster; own: readonly Turn[]; data: Month; day: string }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [lines, setLines] = useState<Line[]>(() =>
    own.map(({ id, post, memberId, from, to }) => ({
      key: id,
      post,
      memberId,
      from: toLocal(from),
      to: toLocal(to),
    })),
  );
  const save = useMutation({
    mutationFn: () =>
      api.saveTurns({
        id: roster.id,
        edition: roster.edition,
        from: fromLocal(`${day}T00:00`),
        to: fromLocal(`${addDays(day, 1)}T00:00`),
        turns: lines.map(({ post, memberId, from, to }) => ({
          post,
          memberId: memberId!,
          from: fromLocal(from),
          to: fromLocal(to),
        })),
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['duties'] }),
  });
  const set = (key: string, change: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const faults = roster.faults.filter((fault) => dayOf(fault.from) === day);
  const add = () => {
    // What the day lacks comes first: its leader, then its officer, for the whole day.
    const post = lines.some((line) => line.post === 'leader') ? 'officer' : 'leader';
    const { handover } = roster.pattern;
    const key = `new ${lines.length}`;
    setLines([
      ...lines,
      { key, post, memberId: null, from: `${day}T${handover}`, to: `${addDays(day, 1)}T${handover}` },
    ]);
  };
  return (
    <div className="duties-form">
      {faults.map((fault) => (
        <p key={`${fault.post} ${fault.kind} ${fault.from}`} className="late">
          ■{' '}
          {t.faultLine(
            t.posts[fault.post],
            t.faultKinds[fault.kind],
            shortMoment(fault.from),
            shortMoment(fault.to, fault.from),
          )}
        </p>
      ))}
      {lines.map((line) => (
        <fieldset key={line.key} className="duties-turn">
          <legend className="only-aloud">{t.posts[line.post]}</legend>
          <Select
            aria-label={t.fPost}
            value={line.post}
            options={(['leader', 'officer', 'deputy'] as const).map((value) => ({ value, label: t.posts[value] }))}
            onChange={(post) => set(line.key, { post, memberId: null })}
          />
          <Select
            aria-label={t.fPerson}
            placeholder={t.fPerson}
            value={line.memberId}
            options={data.members
              .filter((member) => member.isActive && member.posts.includes(line.post))
              .map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(memberId) => set(line.key, { memberId })}
          />
          <Input
            type="datetime-local"
            aria-label={t.fFromAt}
            value={line.from}
            onChange={(e) => set(line.key, { from: e.target.value })}
          />
          <Input
            type="datetime-local"
            aria-label={t.fToAt}
            value={line.to}
            onChange={(e) => set(line.key, { to: e.target.value })}
          />
          <Button size="small" type="text" onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
            {t.removeTurn}
          </Button>
        </fieldset>
      ))}
      <div className="duties-buttons">
        <Button onClick={add}>{t.addTurn}</Button>
        <Button
          type="primary"
          loading={save.isPending}
          disabled={lines.some((line) => line.memberId === null || !line.from || !line.to)}
          onClick={() => save.mutate()}
        >
          {t.save}
        </Button>
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </div>
  );
}
