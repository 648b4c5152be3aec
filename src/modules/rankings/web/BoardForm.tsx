// Long because one form holds a board whole: its places, conditions, way out and consequences are decided together.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { type Definitions, rankings } from '../contract.ts';
import { Board, boardColours, type Consequence } from '../definition.ts';
import * as text from './form-text.ts';
import { History } from './History.tsx';
import * as pageText from './text.ts';

type Pool = Board['pools'][number];

const free = (codes: readonly string[], stem: string): string => {
  let n = codes.length + 1;
  while (codes.includes(`${stem}${n}`)) n += 1;
  return `${stem}${n}`;
};
const emptyBoard = (ranking: string): Board => ({
  code: '',
  name: { zh: '', en: '' },
  colour: 'red',
  isInForce: true,
  ranking,
  pools: [{ code: 'pool1', name: { zh: '', en: '' }, of: [], places: 5 }],
  end: 'top',
  target: null,
  heedsExemptions: false,
  streak: 1,
  wayOut: null,
  consequences: [],
  source: '',
  note: null,
});

/** A board as data: place, target, exemption, months running and the way out; saved, it is a new version with a reason. */
export function BoardForm({
  all,
  before,
  onClose,
}: {
  all: Definitions;
  before: Definitions['boards'][number] | null;
  onClose: () => void;
}) {
  const t = useText(text);
  const colours = useText(pageText).boards.colours;
  const words = useWords();
  const api = useClient(rankings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Board>(before?.definition ?? emptyBoard(all.rankings[0]?.definition.code ?? ''));
  const [reason, setReason] = useState('');
  const set = (change: Partial<Board>) => setDraft((now) => ({ ...now, ...change }));
  const save = useMutation({
    mutationFn: () => api.saveBoard({ definition: draft, version: before?.version ?? 0, reason }),
    onSuccess: async ({ version }) => {
      message.success(t.saved(version));
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  const groups = all.rankings.find((r) => r.definition.code === draft.ranking)?.definition.groups ?? [];
  const isTaken = before === null && all.boards.some((b) => b.definition.code === draft.code);
  const { wayOut } = draft;
  return (
    <FormDrawer
      title={before ? words(before.definition.name) || before.definition.name.zh : t.addBoard}
      size={720}
      error={save.error}
      fields={['definition.ranking', 'definition.target']}
      isReady={Board.safeParse(draft).success && !isTaken && reason.trim().length >= 2}
      isPending={save.isPending}
      {...(all.canDefine && { onSave: () => save.mutate() })}
      onClose={onClose}
      below={
        before && (
          <History
            kind="board"
            code={before.definition.code}
            canWithdraw={all.canDefine && before.version > 0}
            onClose={onClose}
          />
        )
      }
    >
      <Checkbox checked={draft.isInForce} onChange={(e) => set({ isInForce: e.target.checked })}>
        {t.isInForce}
      </Checkbox>
      <div className="form-pair">
        <FormField label={t.nameZh}>
          {(id) => (
            <Input
              id={id}
              value={draft.name.zh}
              maxLength={60}
              onChange={(e) => set({ name: { ...draft.name, zh: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.nameEn}>
          {(id) => (
            <Input
              id={id}
              value={draft.name.en}
              maxLength={100}
              onChange={(e) => set({ name: { ...draft.name, en: e.target.value } })}
            />
          )}
        </FormField>
      </div>
      {before === null && (
        <FormField label={t.code} hint={t.codeHint}>
          {(id) => <Input id={id} value={draft.code} maxLength={40} onChange={(e) => set({ code: e.target.value })} />}
        </FormField>
      )}
      <div className="form-pair">
        <FormField label={t.colour}>
          {(id) => (
            <Select
              id={id}
              value={draft.colour}
              options={boardColours.map((value) => ({ value, label: colours[value] }))}
              onChange={(colour) => set({ colour })}
            />
          )}
        </FormField>
        <FormField label={t.ranking} fault={fieldSentence(save.error, 'definition.ranking')}>
          {(id) => (
            <Select
              id={id}
              value={draft.ranking}
              options={all.rankings.map(({ definition: { code, name } }) => ({
                value: code,
                label: words(name) || name.zh,
              }))}
              onChange={(ranking) => set({ ranking })}
            />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        <FormField label={t.end}>
          {(id) => (
            <Select
              id={id}
              value={draft.end}
              options={(['top', 'bottom'] as const).map((value) => ({ value, label: t.ends[value] }))}
              onChange={(end) => set({ end })}
            />
          )}
        </FormField>
        <FormField label={t.target} fault={fieldSentence(save.error, 'definition.target')}>
          {(id) => (
            <Select<'none' | NonNullable<Board['target']>>
              id={id}
              value={draft.target ?? 'none'}
              options={(['none', 'exceeded', 'reached', 'missed'] as const).map((value) => ({
                value,
                label: t.targets[value],
              }))}
              onChange={(target) => set({ target: target === 'none' ? null : target })}
            />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        <FormField label={t.streak}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={24}
              precision={0}
              value={draft.streak}
              onChange={(n) => n !== null && set({ streak: n })}
            />
          )}
        </FormField>
        <FormField label={t.wayOut}>
          {(id) => (
            <Select
              id={id}
              value={wayOut ? 'stays' : 'none'}
              options={(['none', 'stays'] as const).map((value) => ({ value, label: t.wayOuts[value] }))}
              onChange={(way) => set({ wayOut: way === 'none' ? null : { reached: true, rises: null } })}
            />
          )}
        </FormField>
      </div>
      {wayOut && (
        <div className="form-pair">
          <Checkbox
            checked={wayOut.reached}
            onChange={(e) => set({ wayOut: { ...wayOut, reached: e.target.checked } })}
          >
            {t.wayReached}
          </Checkbox>
          <FormField label={t.wayRises}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={100}
                precision={0}
                value={wayOut.rises}
                onChange={(rises) => set({ wayOut: { ...wayOut, rises } })}
              />
            )}
          </FormField>
        </div>
      )}
      <Checkbox checked={draft.heedsExemptions} onChange={(e) => set({ heedsExemptions: e.target.checked })}>
        {t.heeds}
      </Checkbox>
      {draft.pools.map((pool, i) => (
        <PoolPart
          key={pool.code}
          pool={pool}
          groups={groups.map(({ code, name }) => ({ value: code, label: words(name) || name.zh }))}
          isOnly={draft.pools.length === 1}
          onChange={(change) => set({ pools: draft.pools.map((one, n) => (n === i ? { ...one, ...change } : one)) })}
          onRemove={() => set({ pools: draft.pools.filter((_, n) => n !== i) })}
        />
      ))}
      <Button
        onClick={() =>
          set({
            pools: [
              ...draft.pools,
              {
                code: free(
                  draft.pools.map((p) => p.code),
                  'pool',
                ),
                name: { zh: '', en: '' },
                of: [],
                places: 5,
              },
            ],
          })
        }
      >
        {t.addPool}
      </Button>
      {draft.consequences.map((one, i) => (
        <ConsequencePart
          key={one.code}
          one={one}
          onChange={(change) =>
            set({ consequences: draft.consequences.map((c, n) => (n === i ? { ...c, ...change } : c)) })
          }
          onRemove={() => set({ consequences: draft.consequences.filter((_, n) => n !== i) })}
        />
      ))}
      <Button
        onClick={() =>
          set({
            consequences: [
              ...draft.consequences,
              {
                code: free(
                  draft.consequences.map((c) => c.code),
                  'consequence',
                ),
                text: { zh: '', en: '' },
                from: 1,
                to: null,
                raisesMatter: true,
              },
            ],
          })
        }
      >
        {t.addConsequence}
      </Button>
      <FormField label={t.source}>
        {(id) => (
          <Input id={id} value={draft.source} maxLength={300} onChange={(e) => set({ source: e.target.value })} />
        )}
      </FormField>
      <FormField label={t.note}>
        {(id) => (
          <Input
            id={id}
            value={draft.note?.zh ?? ''}
            maxLength={300}
            onChange={(e) =>
              set({ note: e.target.value === '' ? null : { zh: e.target.value, en: draft.note?.en ?? '' } })
            }
          />
        )}
      </FormField>
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

function PoolPart({
  pool,
  groups,
  isOnly,
  onChange,
  onRemove,
}: {
  pool: Pool;
  groups: { value: string; label: string }[];
  isOnly: boolean;
  onChange: (change: Partial<Pool>) => void;
  onRemove: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const title = words(pool.name) || pool.name.zh || pool.code;
  return (
    <fieldset className="definition-part">
      <legend>
        {t.pools} {title}
      </legend>
      <div className="form-pair">
        <FormField label={t.poolName}>
          {(id) => (
            <Input
              id={id}
              value={pool.name.zh}
              maxLength={60}
              onChange={(e) => onChange({ name: { ...pool.name, zh: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.places}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={1000}
              precision={0}
              value={pool.places}
              onChange={(places) => onChange({ places })}
            />
          )}
        </FormField>
      </div>
      <FormField label={t.poolOf}>
        {(id) => (
          <Select id={id} mode="multiple" value={pool.of} options={groups} onChange={(of) => onChange({ of })} />
        )}
      </FormField>
      {!isOnly && (
        <Button size="small" onClick={onRemove}>
          {t.remove(title)}
        </Button>
      )}
    </fieldset>
  );
}

function ConsequencePart({
  one,
  onChange,
  onRemove,
}: {
  one: Consequence;
  onChange: (change: Partial<Consequence>) => void;
  onRemove: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const title = words(one.text) || one.text.zh || one.code;
  const months = (label: string, value: number | null, change: (n: number | null) => void) => (
    <FormField label={label}>
      {(id) => <InputNumber id={id} min={1} max={24} precision={0} value={value} onChange={change} />}
    </FormField>
  );
  return (
    <fieldset className="definition-part">
      <legend>
        {t.consequences} {title}
      </legend>
      <FormField label={t.consequenceText}>
        {(id) => (
          <Input
            id={id}
            value={one.text.zh}
            maxLength={60}
            onChange={(e) => onChange({ text: { ...one.text, zh: e.target.value } })}
          />
        )}
      </FormField>
      <div className="form-pair">
        {months(t.from, one.from, (n) => n !== null && onChange({ from: n }))}
        {months(t.to, one.to, (to) => onChange({ to }))}
      </div>
      <Checkbox checked={one.raisesMatter} onChange={(e) => onChange({ raisesMatter: e.target.checked })}>
        {t.raisesMatter}
      </Checkbox>
      <Button size="small" onClick={onRemove}>
        {t.remove(title)}
      </Button>
    </fieldset>
  );
}
