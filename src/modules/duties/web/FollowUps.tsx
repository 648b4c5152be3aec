import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { organization } from '#modules/organization/contract.ts';
import { duties } from '../contract.ts';
import type { Incident } from '../incident-contract.ts';
import * as text from './incident-text.ts';
import { MatterMark } from './MatterMark.tsx';
import * as dutyText from './text.ts';

/** What is to be done because of the incident: matters of the ledger with their state and light. */
export function FollowUps({ incident }: { incident: Incident }) {
  const t = useText(text);
  const duty = useText(dutyText);
  const [isRaising, setRaising] = useState(false);
  return (
    <section className="card">
      <h2>
        {t.matters}
        {incident.allowed.includes('raiseMatter') && (
          <Button className="to" size="small" onClick={() => setRaising(true)}>
            {t.raiseMatter}
          </Button>
        )}
      </h2>
      {incident.matters.length === 0 && <p className="muted">{t.mattersNone}</p>}
      <ul className="incident-matters">
        {incident.matters.map((matter) => (
          <li key={matter.id}>
            <MatterMark value={matter.light} /> <Link to={`/matters/${matter.id}`}>{matter.title}</Link>
            <p className="muted">
              {matter.no} · {matter.leadUnitName} · {duty.matterStates[matter.state] ?? matter.state}
              {matter.dueOn && ` · ${t.mDueOn(matter.dueOn)}`}
            </p>
          </li>
        ))}
      </ul>
      {isRaising && <RaiseMatter incident={incident} onClose={() => setRaising(false)} />}
    </section>
  );
}

function RaiseMatter({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const tree = useClient(organization);
  const cache = useQueryClient();
  const [form, setForm] = useState({
    kind: 'problem' as 'problem' | 'task',
    title: '',
    body: '',
    leadUnitId: null as string | null,
    dueOn: '',
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const units = useQuery({
    queryKey: ['organization', 'tree'],
    queryFn: ({ signal }) => tree.tree({}, { signal }),
  });
  const save = useMutation({
    mutationFn: () =>
      api.raiseMatter({
        id: incident.id,
        kind: form.kind,
        title: form.title,
        body: form.body,
        leadUnitId: form.leadUnitId!,
        dueOn: form.dueOn || null,
      }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['incidents'] });
    },
  });
  return (
    <Drawer
      open
      title={t.raiseMatterTitle}
      size="30rem"
      onClose={onClose}
      extra={
        <Button
          type="primary"
          disabled={!form.title.trim() || form.leadUnitId === null}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t.issue}
        </Button>
      }
    >
      <div className="incident-form">
        <p className="muted">{t.raiseMatterNote}</p>
        {save.error && <ProblemView error={save.error} compact />}
        <Field label={t.mKind}>
          {(id) => (
            <Select
              id={id}
              value={form.kind}
              options={(['problem', 'task'] as const).map((value) => ({ value, label: t.mKinds[value] }))}
              onChange={(kind) => set({ kind })}
            />
          )}
        </Field>
        <Field label={t.mTitle}>
          {(id) => (
            <Input id={id} maxLength={200} value={form.title} onChange={(e) => set({ title: e.target.value })} />
          )}
        </Field>
        <Field label={t.mBody}>
          {(id) => (
            <TextBox id={id} maxLength={2000} value={form.body} onChange={(e) => set({ body: e.target.value })} />
          )}
        </Field>
        <Field label={t.mLead}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={form.leadUnitId}
              options={(units.data?.units ?? [])
                .filter((unit) => unit.canOpen)
                .map((unit) => ({ value: unit.id, label: unit.name }))}
              onChange={(leadUnitId) => set({ leadUnitId })}
            />
          )}
        </Field>
        <Field label={t.mDue}>
          {(id) => <Input id={id} type="date" value={form.dueOn} onChange={(e) => set({ dueOn: e.target.value })} />}
        </Field>
      </div>
    </Drawer>
  );
}
