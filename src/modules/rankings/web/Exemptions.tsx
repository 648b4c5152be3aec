import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { organization } from '#modules/organization/contract.ts';
import { type ExemptionView, rankings } from '../contract.ts';
import * as text from './text.ts';

/** Why a unit does not stand on a board for a time. Each lapses after its last day. */
export function Exemptions({ canRecord }: { canRecord: boolean }) {
  const all = useText(text);
  const t = all.exemptions;
  const words = useWords();
  const api = useClient(rankings);
  const [isAdding, setAdding] = useState(false);
  const [ended, setEnded] = useState<ExemptionView | null>(null);
  const list = useQuery({
    queryKey: ['rankings', 'exemptions'],
    queryFn: ({ signal }) => api.exemptions({}, { signal }),
  });
  const definitions = useQuery({
    queryKey: ['rankings', 'definitions'],
    queryFn: ({ signal }) => api.definitions({}, { signal }),
  });
  const boards = definitions.data?.boards.map((b) => b.definition) ?? [];
  const boardName = (code: string | null) => {
    const found = boards.find((b) => b.code === code);
    return code === null ? t.everyBoard : found ? words(found.name) : code;
  };
  const rows = list.data ?? [];
  return (
    <section className="card">
      <h2>
        {t.title} <small>{t.note}</small>
        {canRecord && (
          <span className="to">
            <Button onClick={() => setAdding(true)}>{t.add}</Button>
          </span>
        )}
      </h2>
      {list.data && rows.length === 0 && <p className="muted">{t.none}</p>}
      {rows.length > 0 && (
        <ScrollX label={t.title}>
          <table className="plain consequence-table">
            <thead>
              <tr>
                <th>{t.unit}</th>
                <th>{t.board}</th>
                <th>{t.kind}</th>
                <th>{t.reason}</th>
                <th>{t.approver}</th>
                <th>{t.period}</th>
                <th>{t.state}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.id} className={one.state === 'active' ? undefined : 'muted'}>
                  <th scope="row">
                    {one.unitName} {one.demo && <span className="tag">{t.demo}</span>}
                  </th>
                  <td>{boardName(one.board)}</td>
                  <td>{t.kinds[one.kind]}</td>
                  <td>
                    {one.reason}
                    {one.document && <small className="muted">{one.document}</small>}
                  </td>
                  <td>{one.approver}</td>
                  <td>
                    {one.fromOn} — {one.untilOn}
                  </td>
                  <td>
                    {t.states[one.state]}
                    {one.endReason && <small className="muted">{one.endReason}</small>}{' '}
                    {canRecord && (one.state === 'active' || one.state === 'coming') && (
                      <Button size="small" aria-label={`${t.end} ${one.unitName}`} onClick={() => setEnded(one)}>
                        {t.end}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {isAdding && (
        <ExemptionForm
          boards={boards.map(({ code, name }) => ({ value: code, label: words(name) }))}
          onClose={() => setAdding(false)}
        />
      )}
      {ended && <EndForm one={ended} onClose={() => setEnded(null)} />}
    </section>
  );
}

function ExemptionForm({
  boards,
  onClose,
}: {
  boards: readonly { value: string; label: string }[];
  onClose: () => void;
}) {
  const t = useText(text).exemptions;
  const { today } = useSession();
  const api = useClient(rankings);
  const units = useClient(organization);
  const cache = useQueryClient();
  const [entry, setEntry] = useState({
    unitId: null as string | null,
    board: null as string | null,
    kind: 'forceMajeure' as ExemptionView['kind'],
    reason: '',
    approver: '',
    document: null as string | null,
    fromOn: today as string | null,
    untilOn: null as string | null,
  });
  const set = (change: Partial<typeof entry>) => setEntry((now) => ({ ...now, ...change }));
  const { unitId, fromOn, untilOn } = entry;
  const save = useMutation({
    mutationFn: () => api.exempt({ ...entry, unitId: unitId!, fromOn: fromOn!, untilOn: untilOn! }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  return (
    <FormDrawer
      title={t.add}
      error={save.error}
      fields={['untilOn']}
      isReady={
        unitId !== null &&
        fromOn !== null &&
        untilOn !== null &&
        entry.reason.trim().length >= 2 &&
        entry.approver.trim() !== ''
      }
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.unit}>
        {(id) => (
          <SearchPick
            id={id}
            value={unitId}
            placeholder={t.pickUnit}
            queryKey={['organization', 'search', 'rankings']}
            find={(typed, signal) => units.searchUnits({ text: typed }, { signal })}
            onChange={(next) => set({ unitId: next })}
          />
        )}
      </FormField>
      <div className="form-pair">
        <FormField label={t.board}>
          {(id) => (
            <Select
              id={id}
              value={entry.board ?? ''}
              options={[{ value: '', label: t.everyBoard }, ...boards]}
              onChange={(code) => set({ board: code === '' ? null : code })}
            />
          )}
        </FormField>
        <FormField label={t.kind}>
          {(id) => (
            <Select
              id={id}
              value={entry.kind}
              options={(['forceMajeure', 'justified'] as const).map((value) => ({ value, label: t.kinds[value] }))}
              onChange={(kind) => set({ kind })}
            />
          )}
        </FormField>
      </div>
      <FormField label={t.reason}>
        {(id) => (
          <Input id={id} value={entry.reason} maxLength={300} onChange={(e) => set({ reason: e.target.value })} />
        )}
      </FormField>
      <div className="form-pair">
        <FormField label={t.approver}>
          {(id) => (
            <Input id={id} value={entry.approver} maxLength={60} onChange={(e) => set({ approver: e.target.value })} />
          )}
        </FormField>
        <FormField label={t.document}>
          {(id) => (
            <Input
              id={id}
              value={entry.document ?? ''}
              maxLength={120}
              onChange={(e) => set({ document: e.target.value === '' ? null : e.target.value })}
            />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        <DayField label={t.from} value={fromOn} onChange={(day) => set({ fromOn: day })} />
        <DayField
          label={t.until}
          value={untilOn}
          from={fromOn}
          fault={fieldSentence(save.error, 'untilOn')}
          onChange={(day) => set({ untilOn: day })}
        />
      </div>
    </FormDrawer>
  );
}

function EndForm({ one, onClose }: { one: ExemptionView; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(rankings);
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.endExemption({ id: one.id, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['rankings'] });
    },
  });
  return (
    <FormDrawer
      title={`${t.exemptions.end} ${one.unitName}`}
      error={save.error}
      fields={[]}
      isReady={reason.trim().length >= 2}
      isPending={save.isPending}
      saveWords={t.exemptions.end}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <FormField label={t.reason}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(e) => setReason(e.target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
