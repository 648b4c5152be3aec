import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { SearchPicks } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import { type Definitions, rankings } from '../contract.ts';
import { type Group, memberKinds, Ranking, sumsBy } from '../definition.ts';
import * as text from './form-text.ts';
import { History } from './History.tsx';

const newGroup = (n: number): Group => ({
  code: `group${n}`,
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
  groups: [newGroup(1)],
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
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Ranking>(before?.definition ?? emptyRanking(all.indicators[0]?.code ?? ''));
  const [reason, setReason] = useState('');
  const [names, setNames] = useState(new Map(all.units.map(({ id, name }) => [id, name])));
  const set = (change: Partial<Ranking>) => setDraft((now) => ({ ...now, ...change }));
  const setGroup = (at: number, change: Partial<Group>) =>
    set({ groups: draft.groups.map((group, i) => (i === at ? { ...group, ...change } : group)) });
  const save = useMutation({
    mutationFn: () => api.saveRanking({ definition: draft, version: before?.version ?? 0, reason }),
    onSuccess: async ({ version }) => {
      message.success(t.saved(version));
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  const { aim } = draft;
  const isTaken = before === null && all.rankings.some((r) => r.definition.code === draft.code);
  return (
    <FormDrawer
      title={before ? words(before.definition.name) || before.definition.name.zh : t.addRanking}
      size={720}
      error={save.error}
      fields={['definition.indicator', 'definition.aim']}
      isReady={Ranking.safeParse(draft).success && !isTaken && reason.trim().length >= 2}
      isPending={save.isPending}
      {...(all.canDefine && { onSave: () => save.mutate() })}
      onClose={onClose}
      below={
        before && (
          <History
            kind="ranking"
            code={before.definition.code}
            canWithdraw={all.canDefine && before.version > 0}
            onClose={onClose}
          />
        )
      }
    >
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
        <FormField label={t.indicator} fault={fieldSentence(save.error, 'definition.indicator')}>
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
        <FormField label={t.aim} fault={fieldSentence(save.error, 'definition.aim')}>
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
        {(id) => <Input id={id} value={draft.basis} maxLength={300} onChange={(e) => set({ basis: e.target.value })} />}
      </FormField>
      {draft.groups.map((group, i) => (
        <GroupPart
          key={group.code}
          group={group}
          names={names}
          isOnly={draft.groups.length === 1}
          onNames={(some) => setNames((now) => new Map([...now, ...some.map(({ id, name }) => [id, name] as const)]))}
          onChange={(change) => setGroup(i, change)}
          onRemove={() => set({ groups: draft.groups.filter((_, other) => other !== i) })}
        />
      ))}
      <Button
        onClick={() => {
          const codes = draft.groups.map((g) => g.code);
          let n = draft.groups.length + 1;
          while (codes.includes(`group${n}`)) n += 1;
          set({ groups: [...draft.groups, newGroup(n)] });
        }}
      >
        {t.addGroup}
      </Button>
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}

function GroupPart({
  group,
  names,
  isOnly,
  onNames,
  onChange,
  onRemove,
}: {
  group: Group;
  names: ReadonlyMap<string, string>;
  isOnly: boolean;
  onNames: (some: readonly { id: string; name: string }[]) => void;
  onChange: (change: Partial<Group>) => void;
  onRemove: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const units = useClient(organization);
  const title = words(group.name) || group.name.zh || group.code;
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
    <fieldset className="definition-part">
      <legend>
        {t.group} {title}
      </legend>
      <div className="form-pair">
        <FormField label={t.groupName}>
          {(id) => (
            <Input
              id={id}
              value={group.name.zh}
              maxLength={60}
              onChange={(e) => onChange({ name: { ...group.name, zh: e.target.value } })}
            />
          )}
        </FormField>
        <FormField label={t.nameEn}>
          {(id) => (
            <Input
              id={id}
              value={group.name.en}
              maxLength={100}
              onChange={(e) => onChange({ name: { ...group.name, en: e.target.value } })}
            />
          )}
        </FormField>
      </div>
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
      {!isOnly && (
        <Button size="small" onClick={onRemove}>
          {t.removeGroup(title)}
        </Button>
      )}
    </fieldset>
  );
}
