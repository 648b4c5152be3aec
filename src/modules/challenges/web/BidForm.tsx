import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { challenges } from '../contract.ts';
import type { ChallengeView } from '../shapes.ts';
import type { TakerKind } from '../terms.ts';
import { takerWords } from '../words.ts';
import { keys } from './show.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';

interface Wanted {
  key: number;
  kind: TakerKind;
  name: string;
  creditCode: string;
}

/** 揭榜: who takes it, what they promise, and how they mean to keep it. */
export function BidForm({ challenge, onClose }: { challenge: ChallengeView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(challenges);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { units } = useSession();
  const kinds = challenge.terms.takerKinds;
  const empty = (key: number): Wanted => ({ key, kind: kinds[0] ?? 'unit', name: '', creditCode: '' });
  const [lead, setLead] = useState(units[0] ?? null);
  const [takers, setTakers] = useState<Wanted[]>([empty(0)]);
  const [promise, setPromise] = useState('');
  const [plan, setPlan] = useState('');
  const [contact, setContact] = useState('');
  const change = (key: number, to: Partial<Wanted>) =>
    setTakers((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const save = useMutation({
    mutationFn: () =>
      api.bid({
        id: challenge.id,
        leadUnitId: lead!.id,
        takers: takers.map(({ kind, name, creditCode }) => ({
          kind,
          name: name.trim(),
          creditCode: creditCode.trim().toUpperCase() || null,
          // A unit that takes it itself is the one that speaks.
          unitId: kind === 'unit' && name.trim() === lead!.name ? lead!.id : null,
        })),
        promise,
        plan,
        contact,
      }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: keys.all });
      void message.success(t.saved);
      onClose();
    },
  });
  const isReady =
    lead !== null &&
    takers.every((one) => one.name.trim().length > 1) &&
    [promise, plan, contact].every((value) => value.trim().length > 1);
  return (
    <FormDrawer
      title={`${t.actNames.bid}：${challenge.title}`}
      error={save.error}
      fields={['takers']}
      isReady={isReady}
      isPending={save.isPending}
      saveWords={t.send}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.fields.leadUnit}>
        {(id) => (
          <UnitPick
            id={id}
            value={lead?.id ?? null}
            name={lead?.name}
            onChange={(unitId, name) => setLead(unitId ? { id: unitId, name: name ?? '' } : null)}
          />
        )}
      </FormField>
      {takers.map((one, i) => (
        <fieldset key={one.key} className="chl-taker">
          <legend>
            {t.fields.bidTakers} {i + 1}
          </legend>
          <div className="form-pair">
            <FormField label={t.fields.takerKind}>
              {(id) => (
                <Select
                  id={id}
                  value={one.kind}
                  options={kinds.map((value) => ({ value, label: words(takerWords[value]) }))}
                  onChange={(kind) => change(one.key, { kind })}
                />
              )}
            </FormField>
            <FormField label={t.fields.takerName} fault={i === 0 ? fieldSentence(save.error, 'takers') : undefined}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={100}
                  value={one.name}
                  onChange={(e) => change(one.key, { name: e.target.value })}
                />
              )}
            </FormField>
          </div>
          {one.kind === 'firm' && (
            <FormField label={t.fields.creditCode}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={18}
                  value={one.creditCode}
                  onChange={(e) => change(one.key, { creditCode: e.target.value })}
                />
              )}
            </FormField>
          )}
          {takers.length > 1 && (
            <Button size="small" onClick={() => setTakers((all) => all.filter((other) => other.key !== one.key))}>
              {t.fields.remove}
            </Button>
          )}
        </fieldset>
      ))}
      {challenge.terms.allowsConsortia && (
        <Button onClick={() => setTakers((all) => [...all, empty(Math.max(...all.map((one) => one.key)) + 1)])}>
          {t.fields.addTaker}
        </Button>
      )}
      <FormField label={t.fields.promise}>
        {(id) => <TextBox id={id} maxLength={1000} value={promise} onChange={(e) => setPromise(e.target.value)} />}
      </FormField>
      <FormField label={t.fields.plan}>
        {(id) => (
          <TextBox id={id} minRows={4} maxLength={4000} value={plan} onChange={(e) => setPlan(e.target.value)} />
        )}
      </FormField>
      <FormField label={t.fields.contact}>
        {(id) => <Input id={id} maxLength={60} value={contact} onChange={(e) => setContact(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
