import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { newId } from '#core/shared/id.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { ledger } from '../../contract.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { MatterPick } from '../MatterPick.tsx';
import { type Named, UnitPick } from '../UnitPick.tsx';
import { useAct } from '../use-matter.ts';
import { NoteDrawer } from './NoteDrawer.tsx';
import { RestoredNote } from './RestoredNote.tsx';

interface Props {
  matter: MatterView;
  onClose: () => void;
}

interface Part {
  key: string;
  title: string;
  lead: Named | null;
  dueOn: string | null;
}
const part = (): Part => ({ key: newId(), title: '', lead: null, dueOn: null });

/** Two or more parts, each with its lead unit; all else (kind, project, rule) is that of the whole. */
export function SplitDrawer({ matter, onClose }: Props) {
  const t = useText(text).split;
  const call = useClient(ledger);
  const { today } = useSession();
  const [start] = useState(() => [part(), part()]);
  const { value: parts, set, restoredAt, clear } = useDraft<readonly Part[]>(`ledger.split.${matter.id}`, start);
  const change = (key: string, next: Partial<Part>) =>
    set((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const save = useAct(
    matter.id,
    () =>
      call.split({
        id: matter.id,
        version: matter.version,
        parts: parts.map(({ title, lead, dueOn }) => ({
          kind: matter.kind,
          title: title.trim(),
          category: matter.category,
          urgency: matter.urgency,
          source: matter.source,
          projectId: matter.projectId,
          leadUnitId: lead?.id ?? null,
          verifierUnitId: matter.verifierUnit?.id ?? null,
          template: matter.template.code,
          dueOn,
        })),
      }),
    () => 'split',
    () => {
      clear();
      onClose();
    },
  );
  return (
    <FormDrawer
      title={t.title}
      help={t.help}
      size={620}
      error={save.error}
      fields={[]}
      isPending={save.isPending}
      isReady={parts.length >= 2 && parts.every((one) => one.title.trim().length >= 2 && one.lead !== null)}
      saveWords={t.save(parts.length)}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={<RestoredNote restoredAt={restoredAt} onClear={clear} />}
    >
      {parts.map((one, i) => (
        <fieldset key={one.key} className="mt-group">
          <legend>
            {t.part(i + 1)}
            {parts.length > 2 && (
              <Button
                type="text"
                size="small"
                aria-label={t.remove(i + 1)}
                onClick={() => set((now) => now.filter((other) => other.key !== one.key))}
              >
                ×
              </Button>
            )}
          </legend>
          <FormField label={t.name} fault={fieldSentence(save.error, `parts.${i}.title`)}>
            {(id) => (
              <Input
                id={id}
                value={one.title}
                maxLength={300}
                onChange={(event) => change(one.key, { title: event.target.value })}
              />
            )}
          </FormField>
          <div className="form-pair">
            <FormField label={t.lead} fault={fieldSentence(save.error, `parts.${i}.leadUnitId`)}>
              {(id) => <UnitPick id={id} value={one.lead} onChange={(lead) => change(one.key, { lead })} />}
            </FormField>
            <DayField
              label={t.due}
              hint={t.dueHint}
              value={one.dueOn}
              from={today}
              to={matter.dueCurrent}
              onChange={(dueOn) => change(one.key, { dueOn })}
            />
          </div>
        </fieldset>
      ))}
      <Button onClick={() => set((now) => [...now, part()])}>{t.add}</Button>
    </FormDrawer>
  );
}

export function MergeDrawer({ matter, onClose }: Props) {
  const t = useText(text).merge;
  const call = useClient(ledger);
  const [into, setInto] = useState<Named | null>(null);
  const [asDuplicate, setDuplicate] = useState(false);
  return (
    <NoteDrawer
      matterId={matter.id}
      act="merge"
      title={t.title}
      label={t.reason}
      field="reason"
      fields={['intoId']}
      saveWords={t.save}
      isReady={into !== null}
      send={(reason) =>
        call.merge({ id: matter.id, version: matter.version, intoId: into?.id ?? '', asDuplicate, reason })
      }
      onClose={onClose}
    >
      {(fault) => (
        <>
          <FormField label={t.into} fault={fault('intoId')}>
            {(id) => <MatterPick id={id} value={into} without={matter.id} placeholder={t.find} onChange={setInto} />}
          </FormField>
          <Checkbox checked={asDuplicate} onChange={(event) => setDuplicate(event.target.checked)}>
            {t.duplicate}
          </Checkbox>
        </>
      )}
    </NoteDrawer>
  );
}

const rels = ['supports', 'causedBy', 'blockedBy'] as const;

export function LinkDrawer({ matter, onClose }: Props) {
  const t = useText(text).link;
  const call = useClient(ledger);
  const [to, setTo] = useState<Named | null>(null);
  const [rel, setRel] = useState<(typeof rels)[number]>('supports');
  return (
    <NoteDrawer
      matterId={matter.id}
      act="link"
      title={t.title}
      label={t.note}
      field="note"
      fields={['toId', 'rel']}
      saveWords={t.save}
      isOptional
      isReady={to !== null}
      send={(note) => call.link({ id: matter.id, toId: to?.id ?? '', rel, ...(note && { note }) })}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <FormField label={t.rel}>
            {(id) => (
              <Select
                id={id}
                value={rel}
                options={rels.map((one) => ({ value: one, label: t.rels[one] }))}
                onChange={setRel}
              />
            )}
          </FormField>
          <FormField label={t.to} fault={fault('toId')}>
            {(id) => <MatterPick id={id} value={to} without={matter.id} placeholder={t.find} onChange={setTo} />}
          </FormField>
        </>
      )}
    </NoteDrawer>
  );
}
