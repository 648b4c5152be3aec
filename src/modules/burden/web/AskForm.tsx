import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { organization } from '#modules/organization/contract.ts';
import { burden } from '../contract.ts';
import { effortSeconds, type FieldEffort } from '../effort.ts';
import { duplicateOf } from '../known-fields.ts';
import * as text from './text.ts';

interface Field {
  /** Known by this until it is sent. */
  key: number;
  name: string;
  kind: FieldEffort;
  keepReason: string | null;
}
const kinds = Object.keys(effortSeconds) as FieldEffort[];

/** Asking units for data. A field that the platform holds is flagged while it is typed, with where it can be read. */
export function AskForm({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const api = useClient(burden);
  const cache = useQueryClient();
  const [title, setTitle] = useState('');
  const [purpose, setPurpose] = useState('');
  const [issuer, setIssuer] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [unitIds, setUnitIds] = useState<string[]>([]);
  const [fields, setFields] = useState<Field[]>([{ key: 0, name: '', kind: 'text', keepReason: null }]);
  const tree = useClient(organization);
  const units = useQuery({
    queryKey: ['organization', 'tree'],
    queryFn: ({ signal }) => tree.tree({}, { signal }),
  });
  const send = useMutation({
    mutationFn: () =>
      api.ask({ title, purpose, issuer, dueOn, fields: fields.map(({ key: _, ...field }) => field), unitIds }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['burden'] });
    },
  });
  const setField = (key: number, change: Partial<Field>) =>
    setFields(fields.map((field) => (field.key === key ? { ...field, ...change } : field)));
  const isWhole =
    title && purpose && issuer && dueOn && unitIds.length > 0 && fields.every((f) => f.name.trim().length > 1);
  return (
    <Drawer
      open
      title={t.askTitle}
      size="40rem"
      onClose={onClose}
      extra={
        <Button type="primary" disabled={!isWhole} loading={send.isPending} onClick={() => send.mutate()}>
          {t.send}
        </Button>
      }
    >
      <div className="burden-form">
        <div>
          <span>{t.fTitle}</span>
          <Input aria-label={t.fTitle} maxLength={120} value={title} onChange={(e) => setTitle(e.target.value)} />
        </div>
        <div>
          <span>{t.fPurpose}</span>
          <Input aria-label={t.fPurpose} maxLength={500} value={purpose} onChange={(e) => setPurpose(e.target.value)} />
        </div>
        <div>
          <span>{t.fIssuer}</span>
          <Input aria-label={t.fIssuer} maxLength={100} value={issuer} onChange={(e) => setIssuer(e.target.value)} />
        </div>
        <div>
          <span>{t.fDue}</span>
          <Input type="date" aria-label={t.fDue} value={dueOn} onChange={(e) => setDueOn(e.target.value)} />
        </div>
        <div>
          <span>{t.fUnits}</span>
          <Select
            mode="multiple"
            aria-label={t.fUnits}
            value={unitIds}
            optionFilterProp="label"
            maxTagCount={8}
            options={units.data?.units.map((unit) => ({ value: unit.id, label: unit.name })) ?? []}
            onChange={setUnitIds}
          />
        </div>
      </div>
      <h3>{t.fFields}</h3>
      {fields.map((field) => (
        <FieldRow
          key={field.key}
          field={field}
          onChange={(change) => setField(field.key, change)}
          onRemove={fields.length > 1 ? () => setFields(fields.filter(({ key }) => key !== field.key)) : undefined}
        />
      ))}
      <Button
        size="small"
        onClick={() =>
          setFields([...fields, { key: fields.at(-1)!.key + 1, name: '', kind: 'text', keepReason: null }])
        }
      >
        {t.addField}
      </Button>
      {send.error && <ProblemView error={send.error} />}
    </Drawer>
  );
}

function FieldRow({
  field,
  onChange,
  onRemove,
}: {
  field: Field;
  onChange: (change: Partial<Field>) => void;
  onRemove: (() => void) | undefined;
}) {
  const t = useText(text);
  const words = useWords();
  const known = duplicateOf(field.name);
  return (
    <div className="ask-field">
      <div className="row">
        <Input
          aria-label={t.fFields}
          maxLength={100}
          value={field.name}
          onChange={(e) => onChange({ name: e.target.value })}
        />
        <Select
          aria-label={field.name}
          value={field.kind}
          options={kinds.map((value) => ({ value, label: t.fKinds[value] }))}
          onChange={(kind) => onChange({ kind })}
          style={{ width: '6rem' }}
        />
        {onRemove && (
          <Button size="small" type="text" onClick={onRemove}>
            {t.removeField}
          </Button>
        )}
      </div>
      {known && (
        <>
          <p className="warn">
            {t.heldIn(words(known.words), words(known.from))} <Link to={known.link}>{t.see}</Link>
          </p>
          <Input
            aria-label={t.keep}
            placeholder={t.keep}
            maxLength={300}
            value={field.keepReason ?? ''}
            onChange={(e) => onChange({ keepReason: e.target.value || null })}
          />
        </>
      )}
    </div>
  );
}
