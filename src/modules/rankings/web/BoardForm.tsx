import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { type Definitions, rankings } from '../contract.ts';
import { Board, boardColours, type Consequence } from '../definition.ts';
import { changedAt, DefinitionForm, DefinitionPart, freeCode, withoutAt } from './DefinitionForm.tsx';
import * as text from './form-text.ts';
import * as pageText from './text.ts';

type Pool = Board['pools'][number];

const newPool = (code: string): Pool => ({ code, name: { zh: '', en: '' }, of: [], places: 5 });
const newConsequence = (code: string): Consequence => ({
  code,
  text: { zh: '', en: '' },
  from: 1,
  to: null,
  raisesMatter: true,
});
const emptyBoard = (ranking: string): Board => ({
  code: '',
  name: { zh: '', en: '' },
  colour: 'red',
  isInForce: true,
  ranking,
  pools: [newPool('pool1')],
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
  const [draft, setDraft] = useState<Board>(before?.definition ?? emptyBoard(all.rankings[0]?.definition.code ?? ''));
  const set = (change: Partial<Board>) => setDraft((now) => ({ ...now, ...change }));
  const groups = all.rankings.find((r) => r.definition.code === draft.ranking)?.definition.groups ?? [];
  const { wayOut, pools, consequences } = draft;
  return (
    <DefinitionForm
      kind="board"
      title={t.addBoard}
      before={before}
      draft={draft}
      isWhole={Board.safeParse(draft).success}
      taken={all.boards}
      canDefine={all.canDefine}
      fields={['ranking', 'target']}
      above={
        <Checkbox checked={draft.isInForce} onChange={(e) => set({ isInForce: e.target.checked })}>
          {t.isInForce}
        </Checkbox>
      }
      save={(version, reason) => api.saveBoard({ definition: draft, version, reason })}
      onChange={set}
      onClose={onClose}
    >
      {(fault) => (
        <>
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
            <FormField label={t.ranking} fault={fault('ranking')}>
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
            <FormField label={t.target} fault={fault('target')}>
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
          {pools.map((pool, i) => (
            <PoolPart
              key={pool.code}
              pool={pool}
              number={i + 1}
              groups={groups.map(({ code, name }) => ({ value: code, label: words(name) || name.zh }))}
              onChange={(change) => set({ pools: changedAt(pools, i, change) })}
              {...(pools.length > 1 && { onRemove: () => set({ pools: withoutAt(pools, i) }) })}
            />
          ))}
          <Button onClick={() => set({ pools: [...pools, newPool(freeCode(pools, 'pool'))] })}>{t.addPool}</Button>
          {consequences.map((one, i) => (
            <ConsequencePart
              key={one.code}
              one={one}
              number={i + 1}
              onChange={(change) => set({ consequences: changedAt(consequences, i, change) })}
              onRemove={() => set({ consequences: withoutAt(consequences, i) })}
            />
          ))}
          <Button
            onClick={() =>
              set({ consequences: [...consequences, newConsequence(freeCode(consequences, 'consequence'))] })
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
        </>
      )}
    </DefinitionForm>
  );
}

function PoolPart({
  pool,
  number,
  groups,
  onChange,
  onRemove,
}: {
  pool: Pool;
  number: number;
  groups: { value: string; label: string }[];
  onChange: (change: Partial<Pool>) => void;
  onRemove?: () => void;
}) {
  const t = useText(text);
  return (
    <DefinitionPart kind={t.pools} name={pool.name} number={number} remove={t.remove} {...(onRemove && { onRemove })}>
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
    </DefinitionPart>
  );
}

function ConsequencePart({
  one,
  number,
  onChange,
  onRemove,
}: {
  one: Consequence;
  number: number;
  onChange: (change: Partial<Consequence>) => void;
  onRemove: () => void;
}) {
  const t = useText(text);
  const months = (label: string, value: number | null, change: (n: number | null) => void) => (
    <FormField label={label}>
      {(id) => <InputNumber id={id} min={1} max={24} precision={0} value={value} onChange={change} />}
    </FormField>
  );
  return (
    <DefinitionPart kind={t.consequences} name={one.text} number={number} remove={t.remove} onRemove={onRemove}>
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
    </DefinitionPart>
  );
}
