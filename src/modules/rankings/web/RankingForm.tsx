import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import { type Definitions, rankings } from '../contract.ts';
import { type Group, memberKinds, Ranking, sumsBy } from '../definition.ts';
import { changedAt, DefinitionForm, DefinitionPart, freeCode, NamePair, withoutAt } from './DefinitionForm.tsx';
import * as text from './form-text.ts';

const newGroup = (code: string): Group => ({
  code,
  name: { zh: '', en: '' },
  by: 'county',
  kinds: ['county'],
  region: null,
  cityOnly: false,
  unitIds: [],
  exceptIds: [],
});
const emptyRanking = (indicator: string): Ranking => ({
  code: '',
  name: { zh: '', en: '' },
  indicator,
  direction: 'up',
  groups: [newGroup('group1')],
  leastCompleteness: '80',
  leastMembers: 2,
  small: 'apart',
  aim: { kind: 'none' },
  basis: '',
});

/** A ranking as data: saved, it is a new version with a reason. */
export function RankingForm({
  all,
  before,
  onClose,
}: {
  all: Definitions;
  before: Definitions['rankings'][number] | null;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(rankings);
  const [draft, setDraft] = useState<Ranking>(before?.definition ?? emptyRanking(all.indicators[0]?.code ?? ''));
  const [names, setNames] = useState(new Map(all.units.map(({ id, name }) => [id, name])));
  const set = (change: Partial<Ranking>) => setDraft((now) => ({ ...now, ...change }));
  const { aim, groups } = draft;
  return (
    <DefinitionForm
      kind="ranking"
      title={t.addRanking}
      before={before}
      draft={draft}
      isWhole={Ranking.safeParse(draft).success}
      taken={all.rankings}
      canDefine={all.canDefine}
      fields={['indicator', 'aim']}
      save={(version, reason) => api.saveRanking({ definition: draft, version, reason })}
      onChange={set}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <div className="form-pair">
            <FormField label={t.indicator} fault={fault('indicator')}>
              {(id) => (
                <Select
                  id={id}
                  value={draft.indicator}
                  options={all.indicators.map((i) => ({ value: i.code, label: words(i.name) || i.name.zh }))}
                  onChange={(indicator) => set({ indicator })}
                />
              )}
            </FormField>
            <FormField label={t.direction}>
              {(id) => (
                <Select
                  id={id}
                  value={draft.direction}
                  options={(['up', 'down'] as const).map((value) => ({ value, label: t.directions[value] }))}
                  onChange={(direction) => set({ direction })}
                />
              )}
            </FormField>
          </div>
          <div className="form-pair">
            <FormField label={t.floor} hint={t.floorHint}>
              {(id) => (
                <InputNumber
                  id={id}
                  min={0}
                  max={100}
                  value={Number(draft.leastCompleteness)}
                  onChange={(n) => n !== null && set({ leastCompleteness: String(n) })}
                />
              )}
            </FormField>
            <FormField label={t.least}>
              {(id) => (
                <InputNumber
                  id={id}
                  min={0}
                  max={1000}
                  precision={0}
                  value={draft.leastMembers}
                  onChange={(n) => n !== null && set({ leastMembers: n })}
                />
              )}
            </FormField>
          </div>
          <div className="form-pair">
            <FormField label={t.small}>
              {(id) => (
                <Select
                  id={id}
                  value={draft.small}
                  options={(['apart', 'warn'] as const).map((value) => ({ value, label: t.smalls[value] }))}
                  onChange={(small) => set({ small })}
                />
              )}
            </FormField>
            <FormField label={t.aim} fault={fault('aim')}>
              {(id) => (
                <Select
                  id={id}
                  value={aim.kind}
                  options={(['none', 'clock', 'value'] as const).map((value) => ({ value, label: t.aims[value] }))}
                  onChange={(kind) => set({ aim: kind === 'value' ? { kind, value: '100' } : { kind } })}
                />
              )}
            </FormField>
          </div>
          {aim.kind === 'value' && (
            <FormField label={t.aimValue}>
              {(id) => (
                <Input
                  id={id}
                  value={aim.value}
                  maxLength={20}
                  onChange={(e) => set({ aim: { kind: 'value', value: e.target.value } })}
                />
              )}
            </FormField>
          )}
          <FormField label={t.basis}>
            {(id) => (
              <Input id={id} value={draft.basis} maxLength={300} onChange={(e) => set({ basis: e.target.value })} />
            )}
          </FormField>
          {groups.map((group, i) => (
            <GroupPart
              key={group.code}
              group={group}
              number={i + 1}
              names={names}
              onNames={(some) =>
                setNames((now) => new Map([...now, ...some.map(({ id, name }) => [id, name] as const)]))
              }
              onChange={(change) => set({ groups: changedAt(groups, i, change) })}
              {...(groups.length > 1 && { onRemove: () => set({ groups: withoutAt(groups, i) }) })}
            />
          ))}
          <Button onClick={() => set({ groups: [...groups, newGroup(freeCode(groups, 'group'))] })}>
            {t.addGroup}
          </Button>
        </>
      )}
    </DefinitionForm>
  );
}

function GroupPart({
  group,
  number,
  names,
  onNames,
  onChange,
  onRemove,
}: {
  group: Group;
  number: number;
  names: ReadonlyMap<string, string>;
  onNames: (some: readonly { id: string; name: string }[]) => void;
  onChange: (change: Partial<Group>) => void;
  onRemove?: () => void;
}) {
  const t = useText(text);
  const units = useClient(organization);
  const picks = (label: string, key: 'unitIds' | 'exceptIds') => (
    <FormField label={label}>
      {(id) => (
        <SearchPicks
          id={id}
          value={group[key].map((unitId) => ({ id: unitId, name: names.get(unitId) ?? '' }))}
          placeholder={t.pickUnits}
          queryKey={['organization', 'search', 'rankings']}
          find={(typed, signal) => units.searchUnits({ text: typed }, { signal })}
          onChange={(chosen) => {
            onNames(chosen);
            onChange({ [key]: chosen.map((one) => one.id) });
          }}
        />
      )}
    </FormField>
  );
  return (
    <DefinitionPart
      kind={t.group}
      name={group.name}
      number={number}
      remove={t.removeGroup}
      {...(onRemove && { onRemove })}
    >
      <NamePair label={t.groupName} name={group.name} onChange={(name) => onChange({ name })} />
      <div className="form-pair">
        <FormField label={t.sums}>
          {(id) => (
            <Select
              id={id}
              value={group.by}
              options={sumsBy.map((value) => ({ value, label: t.by_[value] }))}
              onChange={(by) => onChange({ by })}
            />
          )}
        </FormField>
        <FormField label={t.kinds}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={group.kinds}
              options={memberKinds.map((value) => ({ value, label: t.unitKinds[value] }))}
              onChange={(kinds) => onChange({ kinds })}
            />
          )}
        </FormField>
      </div>
      {group.kinds.includes('county') && (
        <FormField label={t.region}>
          {(id) => (
            <Select<'all' | 'gb' | 'zone'>
              id={id}
              value={group.region ?? 'all'}
              options={(['all', 'gb', 'zone'] as const).map((value) => ({ value, label: t.regions[value] }))}
              onChange={(region) => onChange({ region: region === 'all' ? null : region })}
            />
          )}
        </FormField>
      )}
      <Checkbox checked={group.cityOnly} onChange={(e) => onChange({ cityOnly: e.target.checked })}>
        {t.cityOnly}
      </Checkbox>
      {picks(t.named, 'unitIds')}
      {picks(t.excepted, 'exceptIds')}
    </DefinitionPart>
  );
}
