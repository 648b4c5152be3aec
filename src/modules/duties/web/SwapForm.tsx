import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties, type Member, type Roster, type Turn } from '../contract.ts';
import { shortMoment } from './moments.ts';
import * as text from './text.ts';

/** Exchange with a turn to come, or somebody takes it over; never without a reason. */
export function SwapForm({
  roster,
  turn,
  turns,
  members,
  madeAt,
  onClose,
}: {
  roster: Roster;
  turn: Turn;
  turns: readonly Turn[];
  members: readonly Member[];
  madeAt: string;
  onClose: () => void;
}) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const hasBegun = turn.from <= madeAt;
  const [way, setWay] = useState<'replace' | 'exchange'>('replace');
  const [withId, setWithId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () =>
      api.swap({
        id: roster.id,
        version: roster.version,
        turnId: turn.id,
        reason,
        ...(way === 'replace' ? { memberId: withId! } : { withTurnId: withId! }),
      }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['duties'] });
    },
  });
  const options =
    way === 'replace'
      ? members
          .filter((one) => one.isActive && one.posts.includes(turn.post) && one.id !== turn.memberId)
          .map(({ id, name }) => ({ value: id, label: name }))
      : turns
          .filter(
            (one) =>
              one.rosterId === roster.id &&
              one.post === turn.post &&
              one.memberId !== turn.memberId &&
              one.from > madeAt,
          )
          .map((one) => ({
            value: one.id,
            label: `${shortMoment(one.from)} – ${shortMoment(one.to, one.from)} ${one.name}`,
          }));
  return (
    <div className="duties-form">
      {hasBegun ? (
        <p className="warn">{t.swapBegun}</p>
      ) : (
        <Field label={t.swapHow}>
          {(id) => (
            <Select
              id={id}
              value={way}
              options={(['replace', 'exchange'] as const).map((value) => ({ value, label: t.swapWays[value] }))}
              onChange={(value) => {
                setWay(value);
                setWithId(null);
              }}
            />
          )}
        </Field>
      )}
      <Field label={way === 'replace' ? t.swapBy : t.swapWith}>
        {(id) => <Select id={id} value={withId} options={options} onChange={setWithId} />}
      </Field>
      <Field label={t.reason}>
        {(id) => <Input id={id} maxLength={300} value={reason} onChange={(e) => setReason(e.target.value)} />}
      </Field>
      <div className="duties-buttons">
        <Button
          type="primary"
          loading={save.isPending}
          disabled={withId === null || reason.trim().length < 2}
          onClick={() => save.mutate()}
        >
          {t.confirmSwap}
        </Button>
        <Button onClick={onClose}>{t.logCancel}</Button>
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </div>
  );
}
