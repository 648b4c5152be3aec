import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { challenges } from '../contract.ts';
import type { ChallengeView } from '../shapes.ts';
import { keys } from './show.ts';
import * as text from './text.ts';

/** The selection table: every bid gets a judgement, exactly one is chosen. */
export function SelectForm({ challenge, onClose }: { challenge: ChallengeView; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(challenges);
  const cache = useQueryClient();
  const { today } = useSession();
  const open = challenge.bids.filter((bid) => bid.state === 'submitted');
  const [chosen, setChosen] = useState<string | null>(open.length === 1 ? open[0]!.id : null);
  const [judged, setJudged] = useState<Record<string, { score: string; reason: string }>>({});
  const [method, setMethod] = useState('');
  const [panel, setPanel] = useState('');
  const [on, setOn] = useState<string | null>(today);
  const of = (id: string) => judged[id] ?? { score: '', reason: '' };
  const set = (id: string, change: Partial<{ score: string; reason: string }>) =>
    setJudged((all) => ({ ...all, [id]: { ...of(id), ...change } }));
  const save = useMutation({
    mutationFn: () =>
      api.select({
        id: challenge.id,
        version: challenge.version,
        method,
        panel,
        on: on!,
        bids: open.map((bid) => ({
          bidId: bid.id,
          score: of(bid.id).score.trim() || null,
          isChosen: bid.id === chosen,
          reason: of(bid.id).reason,
        })),
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.all });
      onClose();
    },
  });
  const isReady =
    chosen !== null &&
    on !== null &&
    method.trim().length > 1 &&
    panel.trim().length > 1 &&
    open.every((bid) => of(bid.id).reason.trim().length > 1);
  return (
    <FormDrawer
      title={t.bids}
      size={760}
      error={save.error}
      fields={[]}
      isReady={isReady}
      isPending={save.isPending}
      saveWords={t.send}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <div className="form-pair">
        <FormField label={t.fields.method}>
          {(id) => <Input id={id} value={method} onChange={(e) => setMethod(e.target.value)} />}
        </FormField>
        <FormField label={t.fields.panel}>
          {(id) => <Input id={id} value={panel} onChange={(e) => setPanel(e.target.value)} />}
        </FormField>
      </div>
      <DayField label={t.fields.on} value={on} to={today} onChange={setOn} />
      <ScrollX label={t.bids}>
        <table className="plain chl-select">
          <thead>
            <tr>
              <th>{t.fields.chosen}</th>
              <th>{t.bidHeads.taker}</th>
              <th>{t.bidHeads.promise}</th>
              <th>{t.fields.score}</th>
              <th>{t.bidHeads.reason}</th>
            </tr>
          </thead>
          <tbody>
            {open.map((bid) => {
              const name = bid.takers.map((taker) => taker.name).join(t.listSign);
              return (
                <tr key={bid.id}>
                  <td>
                    <Radio aria-label={name} checked={chosen === bid.id} onChange={() => setChosen(bid.id)} />
                  </td>
                  <td>{name}</td>
                  <td>{bid.promise}</td>
                  <td>
                    <Input
                      aria-label={`${t.fields.score} ${name}`}
                      inputMode="decimal"
                      value={of(bid.id).score}
                      onChange={(e) => set(bid.id, { score: e.target.value })}
                    />
                  </td>
                  <td>
                    <Input
                      aria-label={`${t.bidHeads.reason} ${name}`}
                      value={of(bid.id).reason}
                      onChange={(e) => set(bid.id, { reason: e.target.value })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollX>
    </FormDrawer>
  );
}
